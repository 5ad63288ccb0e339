"""Questions or answers without a label, where the others have one.

What follows ``Q:`` is not asked, and what stands above the answers of people who never ask is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line

_FEWEST = 2  # questions
_QUESTIONS = frozenset({"Q", "Question"})
_ANSWER = "A"
_FEWEST_ASKED = 3
_ASKER = "Interviewer"


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


def add_askers(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Paragraphs that ask, each right above somebody's answer, are a magazine's: nobody who is
    named asks anything, and the first answer has a question above it, too.
    """
    blocks = [place for place, line in enumerate(lines) if line.text and _begins(lines, place)]
    named = [place for place in blocks if (label := labels[place]) and label.name and label.rest]
    answers = frozenset(named)
    asking = [
        above
        for above, below in pairwise(blocks)
        if labels[above] is None and below in answers and _asks(lines, above)
    ]
    if len(asking) < _FEWEST_ASKED or not named or any(_asks(lines, place) for place in named):
        return
    if asking[0] > named[0] or 3 * len(asking) < len(named):
        return
    for place in asking:
        labels[place] = Label(_ASKER, None, lines[place].text, certain=True)


def _begins(lines: Sequence[Line], place: int) -> bool:
    return not place or not lines[place - 1].text


def _asks(lines: Sequence[Line], place: int) -> bool:
    """Whether the paragraph that begins there ends with a question."""
    while place + 1 < len(lines) and lines[place + 1].text:
        place += 1
    return lines[place].text.rstrip('*_"”’) ').endswith("?")


def _answer(lines: Sequence[Line], labels: Sequence[Label | None], question: int) -> int | None:
    """Where the paragraph begins that follows a question; None for a label or heading."""
    end = question + 1
    while end < len(lines) and lines[end].text:
        end += 1
    below = next((place for place in range(end, len(lines)) if lines[place].text), None)
    if below is None or labels[below] or lines[below].text.startswith("#"):
        return None
    return below
