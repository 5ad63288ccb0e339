"""In which documents to look: those that a question names by who speaks there, or when."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.questions.people import Directory, Mention
from kb.questions.utterances import Utterance

_EPISODE = re.compile(
    r"(?<!\bnot )\bin (?:the |that )?(?P<name>(?:(?!\bin\b)[^,:;?]){2,40}?)(?:[’']s)? "
    r"(?:episode|interview|conversation|podcast|transcript)(?: only)?\b[,:]?",
    re.IGNORECASE,
)
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DATE = rf"(?:(?P<month>{'|'.join(_MONTHS)}),? (?:of )?)?(?P<year>(?:19|20)\d\d)"
_TALK = r"(?:talk|interview|episode|conversation|podcast|panel|discussion|transcript)"
_IN_THE_TALK_OF = re.compile(
    rf",?\s*\bin (?:the|that|his|her|their) {_DATE} {_TALK}\b,?"
    rf"|,?\s*\bin (?:the|that|his|her|their) {_TALK} (?:of|from) "
    + _DATE.replace("<month>", "<month_after>").replace("<year>", "<year_after>")
    + r"\b,?",
    re.IGNORECASE,
)
_IN_THE_YEAR = re.compile(
    rf",?\s*\b(?:back )?(?:in|of) {_DATE}\b,?(?! (?:and|or|to)\b)", re.IGNORECASE
)
_SAID_IN = re.compile(
    r"\b(?:say|think|believe|expect|predict|give|claim|argue|ask) (?:back )?in (?:\w+,? )?"
    r"(?:19|20)\d\d\b"
    r"|^\W*(?:back )?in (?:\w+,? )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
NOWHERE = "-"  # the id of no document
_PAST_VIEW = re.compile(
    r"\bdid\b.{2,60}?\b(?:say|think|believe|expect|predict|estimate|forecast|give|claim|argue|ask|"
    r"tell|talk|mention|hold|put)\b"
    r"|\b(?:was|were)\b.{2,60}?\b(?:p ?\(?doom\b|probability|views?|opinions?|time ?lines?|"
    r"estimates?|forecasts?|positions?|stance|median|predictions?|odds)",
    re.IGNORECASE,
)


def documents_named(question: str, directory: Directory) -> tuple[tuple[str, ...], str]:
    """The documents of "in the Ruiz episode only", and the question without these words.

    So does "in 2024" name those of that year in which somebody speaks of whom it is asked what
    they said or thought. Where there is none, it is part of what is asked, unless it can only mean
    when they said it, and all their talks are of other years: then nothing answers.
    """
    for name, found in (
        (_EPISODE, _of_name),
        (_IN_THE_TALK_OF, _of_date),
        (_IN_THE_YEAR, _of_date),
    ):
        match = name.search(question)
        if match is None or (name is _IN_THE_YEAR and not _PAST_VIEW.search(question)):
            continue
        documents = found(match, directory)
        if not documents and name is _IN_THE_YEAR and _SAID_IN.search(question):
            documents = _none_of_dated(question, directory)
        if documents:
            rest = f"{question[: match.start()]} {question[match.end() :]}"
            return tuple(sorted(documents)), " ".join(rest.split()) or question
    return (), question


def _of_name(match: re.Match[str], directory: Directory) -> set[str]:
    mentions = directory.mentions(match["name"])
    return {document for mention in mentions for document in mention.person.documents}


def _none_of_dated(question: str, directory: Directory) -> set[str]:
    """``NOWHERE`` where it is known when everybody spoke whom the question names."""
    documents = {d for m in directory.mentions(question) for d in m.person.documents}
    return {NOWHERE} if documents and documents <= directory.dates.keys() else set()


def _of_date(match: re.Match[str], directory: Directory) -> set[str]:
    """The documents of those whom the question names that bear its date."""
    named = {key.removesuffix("_after"): value for key, value in match.groupdict().items() if value}
    month = named.get("month", "").lower()
    date = named["year"] + (f"-{_MONTHS.index(month) + 1:02}" if month else "")
    asked = f"{match.string[: match.start()]} {match.string[match.end() :]}"
    return {
        document
        for mention in directory.mentions(asked)
        for document in mention.person.documents
        if directory.dates.get(document, "").startswith(date)
    }


def documents_of_listeners(
    utterance: Utterance | None, question: str, mentions: Iterable[Mention]
) -> tuple[str, ...]:
    """The documents in which those speak whom somebody asked: "who asked Ana about kettles?"."""
    if utterance is None or not utterance.asks:
        return ()
    begin = question.find(utterance.words)
    asked = {place for m in mentions if m.end <= begin for place in m.person.documents}
    return tuple(sorted(asked))
