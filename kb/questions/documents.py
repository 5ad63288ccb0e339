"""In which documents to look: those that a question names by who speaks there."""

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


def documents_named(question: str, directory: Directory) -> tuple[tuple[str, ...], str]:
    """The documents of "in the Ruiz episode only", and the question without these words."""
    match = _EPISODE.search(question)
    mentions = directory.mentions(match["name"]) if match else []
    if not match or not mentions:
        return (), question
    documents = {document for mention in mentions for document in mention.person.documents}
    rest = f"{question[: match.start()]} {question[match.end() :]}"
    return tuple(sorted(documents)), " ".join(rest.split()) or question


def documents_of_listeners(
    utterance: Utterance | None, question: str, mentions: Iterable[Mention]
) -> tuple[str, ...]:
    """The documents in which those speak whom somebody asked: "who asked Ana about kettles?"."""
    if utterance is None or not utterance.asks:
        return ()
    begin = question.find(utterance.words)
    asked = {place for m in mentions if m.end <= begin for place in m.person.documents}
    return tuple(sorted(asked))
