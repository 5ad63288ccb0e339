"""In which documents to look: those that a question names by who speaks there, or when."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.questions.people import Directory, Mention
from kb.questions.periods import DATE, MONTHS, period_asked
from kb.questions.utterances import Utterance

_EPISODE = re.compile(
    r"(?<!\bnot )\bin (?:the |that )?(?P<name>(?:(?!\bin\b)[^,:;?]){2,40}?)(?:[’']s)? "
    r"(?:episode|interview|conversation|podcast|transcript)(?: only)?\b[,:]?",
    re.IGNORECASE,
)
_TALK = r"(?:talk|interview|episode|conversation|podcast|panel|discussion|transcript)"
_IN_THE_TALK_OF = re.compile(
    rf",?\s*\bin (?:the|that|his|her|their) {DATE} {_TALK}\b,?"
    rf"|,?\s*\bin (?:the|that|his|her|their) {_TALK} (?:of|from) "
    + DATE.replace("<month>", "<month_after>").replace("<year>", "<year_after>")
    + r"\b,?",
    re.IGNORECASE,
)
NOWHERE = "-"  # the id of no document


def documents_named(question: str, directory: Directory) -> tuple[tuple[str, ...], str]:
    """The documents of "in the Ruiz episode only", and the question without these words.

    So does "in 2024", or "before May 2024", name those of that time in which somebody speaks of
    whom it is asked what they said or thought, or anybody where nobody is named. Where there is
    none, it is part of what is asked, unless it can only mean when they said it, and all their
    talks are of other years: then nothing answers.
    """
    for name, found in ((_EPISODE, _of_name), (_IN_THE_TALK_OF, _of_date)):
        match = name.search(question)
        if match and (documents := found(match, directory)):
            return tuple(sorted(documents)), _without(question, match.span())
    mentions = directory.mentions(question)
    period = period_asked(question, anybody=not mentions)
    if period is None:
        return (), question
    theirs = {d for m in mentions for d in m.person.documents} or directory.dates.keys()
    dated = theirs & directory.dates.keys()
    documents = {d for d in dated if period.holds(directory.dates[d])}
    if period.bounded and documents == dated:
        return (), question  # it says nothing of when they spoke
    if not documents and period.certain and theirs == dated:
        documents = {NOWHERE} if dated else set()
    if not documents:
        return (), question
    return tuple(sorted(documents)), _without(question, (period.start, period.end))


def _without(question: str, span: tuple[int, int]) -> str:
    rest = f"{question[: span[0]]} {question[span[1] :]}"
    return " ".join(rest.split()) or question


def _of_name(match: re.Match[str], directory: Directory) -> set[str]:
    mentions = directory.mentions(match["name"])
    return {document for mention in mentions for document in mention.person.documents}


def _of_date(match: re.Match[str], directory: Directory) -> set[str]:
    """The documents of those whom the question names that bear its date."""
    named = {key.removesuffix("_after"): value for key, value in match.groupdict().items() if value}
    month = named.get("month", "").lower()
    date = named["year"] + (f"-{MONTHS.index(month) + 1:02}" if month else "")
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
