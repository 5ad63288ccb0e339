"""What is asked in a message that is too long for a question: a text was pasted into it."""

from __future__ import annotations

import re

from kb.text.sentences import sentence_spans

_PARAGRAPHS = re.compile(r"\n\s*\n|\n(?=\S)")


def asked_within(message: str, longest: int) -> str:
    """The message, or where it has more than ``longest`` characters, its question alone.

    Whoever pastes a text asks below or above it, so a question in the last paragraph goes before
    one in the first, and that before one within. Without any, the end stands for the whole.
    """
    if len(message) <= longest:
        return message
    paragraphs = [part.strip() for part in _PARAGRAPHS.split(message) if part.strip()]
    for paragraph in paragraphs[-1:] + paragraphs[:1] + paragraphs[-2::-1]:
        sentences = [paragraph[start:end] for start, end in sentence_spans(paragraph)]
        questions = [one for one in sentences if one.endswith("?") and len(one) <= longest]
        if questions:
            together = " ".join(questions)
            return together if len(together) <= longest else questions[-1]
    return _end(message, longest)


def _end(message: str, longest: int) -> str:
    """As many of the last sentences, or of the last words, as fit."""
    least = len(message) - longest
    begins = next((start for start, _ in sentence_spans(message) if start >= least), None)
    if begins is None:
        space = re.search(r"\s", message[least:])
        begins = least + space.end() if space else least
    return message[begins:].strip() or message[least:]
