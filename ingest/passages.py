"""Cuts a document into passages: one turn, one speaker, whole sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from kb.text.sentences import Span, clause_spans, length_in_words, sentence_spans
from kb.types import Document, Passage, Turn

TARGET_WORDS = 40
"""One or two spoken sentences. Of 22, 35, 50, 70, 90 and 120 words, 35 to 50 found the evidence of
most questions within a reader's 600 words: longer passages fill them with what was not asked."""

MAX_SENTENCE_WORDS = 80
"""Longer ones are cut at their clauses; a quote of a part is of the whole sentence again. Whole
ones of 105 and 160 words lost two and four of 238 answers."""

CLAUSE_WORDS = 40  # of the parts into which these are cut
CONTEXT_WORDS = 60
LONGEST_FIELD = 600  # characters of each part of the context
EMBEDDED_CONTEXT_WORDS = 35


def passages_of(document: Document) -> list[Passage]:
    """All passages of a document in reading order.

    A passage never crosses a turn. Its context holds what helps matching and must not be quoted
    as the speaker's: the document's title, the headings above, the end of the turn before.
    """
    passages: list[Passage] = []
    for turn in document.turns:
        for start, end in passage_spans(document.text, turn):
            passages.append(_passage(document, turn, len(passages), start, end))
    return passages


def embedding_text(passage: Passage) -> str:
    """What is embedded: the heading, the end of what was said before, then the passage.

    Short turns ("About ten.") mean nothing without the question before them, and a heading often
    says what a whole exchange is about. Names of speakers and the title stay out: a question that
    names a speaker would match every turn of theirs.
    """
    before = passage.context.rpartition("\n")[2] if passage.index else ""
    words = before.split()[-EMBEDDED_CONTEXT_WORDS:]
    heading = [f"{passage.section}."] if passage.section else []
    return " ".join([*heading, *words, passage.text])


def passage_spans(text: str, turn: Turn) -> list[Span]:
    """Spans of whole sentences of at most ``TARGET_WORDS`` words, filled evenly.

    Even filling avoids a last passage of a few orphaned words.
    """
    sentences = list(_bounded_sentences(text, turn.char_start, turn.char_end))
    total = sum(_words(text, span) for span in sentences)
    parts = max(1, -(-total // TARGET_WORDS))
    size = total / parts
    spans: list[Span] = []
    filled = 0.0
    for span in sentences:
        words = _words(text, span)
        if spans and filled + words / 2 <= size * len(spans):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
        filled += words
    return spans


def _bounded_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for span in sentence_spans(text, start, end):
        if _words(text, span) > MAX_SENTENCE_WORDS:
            yield from clause_spans(text, span, CLAUSE_WORDS)
        else:
            yield span


def _passage(document: Document, turn: Turn, index: int, start: int, end: int) -> Passage:
    anchor = document.anchor_at(start)
    path = document.section_path(turn)
    text = document.text[start:end]
    return Passage(
        id=_passage_id(document.id, start, end, text),
        document_id=document.id,
        index=index,
        turn=turn.index,
        speaker=turn.speaker,
        kind=turn.kind,
        section=path[-1] if path else None,
        char_start=start,
        char_end=end,
        line_start=anchor.line if anchor else turn.line_start,
        start_seconds=anchor.seconds if anchor else turn.start_seconds,
        text=text,
        context=_context(document, turn, path, start),
    )


def _context(document: Document, turn: Turn, path: tuple[str, ...], start: int) -> str:
    before = document.text[turn.char_start : start]
    if not before.strip() and turn.index > 0:
        previous = document.turns[turn.index - 1]
        before = document.text[previous.char_start : previous.char_end]
    neighbour = " ".join(before.split()[-CONTEXT_WORDS:])
    people = ", ".join(speaker.name for speaker in document.speakers)
    fields = (document.title, " / ".join(path), turn.speaker or people)
    heads = [field[:LONGEST_FIELD] for field in fields if field]
    return "\n".join([*heads, neighbour[-LONGEST_FIELD:]] if neighbour else heads)


def _passage_id(document_id: str, start: int, end: int, text: str) -> int:
    """63 bits of a SHA-256: equal content at an equal place keeps its id in every store."""
    digest = hashlib.sha256(f"{document_id}\0{start}\0{end}\0{text}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _words(text: str, span: Span) -> int:
    return length_in_words(text[span[0] : span[1]])
