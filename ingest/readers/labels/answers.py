"""Answers below labelled questions: where only ``Q:`` is printed, what follows is not asked."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line

_FEWEST = 2  # questions
_QUESTIONS = frozenset({"Q", "Question"})
_ANSWER = "A"


def add_answers(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """A paragraph right below a question is the answer, if nearly all questions have one."""
    asked = [place for place, label in enumerate(labels) if label and label.name]
    names = {label.name for label in labels if label and label.name}
    if len(asked) < _FEWEST or not names <= _QUESTIONS:
        return
    found = [place for at in asked if (place := _answer(lines, labels, at)) is not None]
    if len(found) + 1 < len(asked):
        return
    for place in found:
        labels[place] = Label(_ANSWER, None, lines[place].text, certain=True)


def _answer(lines: Sequence[Line], labels: Sequence[Label | None], question: int) -> int | None:
    """Where the paragraph begins that follows a question; None for a label or heading."""
    end = question + 1
    while end < len(lines) and lines[end].text:
        end += 1
    below = next((place for place in range(end, len(lines)) if lines[place].text), None)
    if below is None or labels[below] or lines[below].text.startswith("#"):
        return None
    return below
