"""A plain sentence in front of the quotes, written by the local model and shown only if proven."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence

from kb.protocols import Generator
from kb.types import AnswerSentence, Quote
from kb.verify import Verdict, check_sentence

SYSTEM = (
    "You answer a question about what somebody said. Use only words of the quotes. "
    "Answer in one short sentence. Name the speaker."
)
MOST_TOKENS = 48
LONGEST = 30  # words
SHORTEST = 4
DEADLINE = 12.0  # seconds; a machine that is slower shows the quotes alone
QUOTED = 2  # quotes that the model sees: with more, a small model mixes them up

_SENTENCE_END = re.compile(r"[.!?][\"'”]?(?:\s|$)")


def lead_sentence(
    generator: Generator, question: str, quotes: Sequence[Quote]
) -> tuple[AnswerSentence | None, Verdict]:
    """A generated sentence that its quotes carry, or None and what spoke against it."""
    cited = list(quotes[:QUOTED])
    pieces = generator.generate(SYSTEM, _prompt(question, cited), max_tokens=MOST_TOKENS)
    text = _first_sentence(pieces)
    words = len(text.split())
    if not SHORTEST <= words <= LONGEST:
        return None, Verdict(False, f"{words} words")
    for support in (cited[:1], cited):
        verdict = check_sentence(text, support)
        if verdict.passed:
            numbers = tuple(quote.number for quote in support)
            marks = "".join(f"[{number}]" for number in numbers)
            return AnswerSentence(f"{text} {marks}", numbers), verdict
    return None, verdict


def _prompt(question: str, quotes: Sequence[Quote]) -> str:
    lines = [f"{quote.speaker or 'Somebody'} said: {quote.quote}" for quote in quotes]
    return "\n".join([*lines, f"Question: {question}"])


def _first_sentence(pieces: Iterator[str]) -> str:
    began, text = time.monotonic(), ""
    for piece in pieces:
        text += piece
        if _SENTENCE_END.search(text.strip() + " ") and len(text.split()) >= SHORTEST:
            break
        if "\n" in text.strip() or time.monotonic() - began > DEADLINE:
            break
    close = getattr(pieces, "close", None)
    if close:
        close()
    return text.strip().split("\n")[0]
