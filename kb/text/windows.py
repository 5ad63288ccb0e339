"""A passage as it is read again: its sentences, who says them, and the words around them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.text.sentences import sentence_spans
from kb.types import Document, Passage

WORDS_BEFORE, WORDS_AFTER, CHARACTERS_AFTER = 40, 25, 220  # of what is around a passage


@dataclass(frozen=True, slots=True)
class Window:
    """The sentences of a passage, and the words around them that help to understand it."""

    speaker: str | None
    before: str
    sentences: tuple[str, ...]
    after: str


def window_of(document: Document, passage: Passage) -> tuple[tuple[int, ...], Window]:
    """Where the sentences of a passage start (character offsets), and the passage to read."""
    text, end = document.text, document.turns[passage.turn].char_end
    spans = list(sentence_spans(text, passage.char_start, passage.char_end))
    said = passage.context.split("\n")[2:]  # below the title and the speaker
    before = said[-1] if said else ""
    after = text[passage.char_end : min(end, passage.char_end + CHARACTERS_AFTER)]
    window = Window(
        passage.speaker,
        " ".join(before.split()[-WORDS_BEFORE:]),
        tuple(" ".join(text[start:stop].split()) for start, stop in spans),
        " ".join(after.split()[:WORDS_AFTER]),
    )
    return tuple(start for start, _ in spans), window
