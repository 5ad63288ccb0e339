"""Where somebody works, on a line of its own below the name, is no name and no words.

``Ada Vale`` / ``Kettle Labs`` / ``0:05``, and ``Ada Vale`` / ``(Kettle Labs)``: where nearly all
turns begin so, and everybody always works at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.names import is_name, is_sound, person_of
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line

_FEWEST = 3  # turns
_SHARE = 0.8  # of the turns
_REMARK = re.compile(r"\([^\W\d_][^()]{1,60}\)")
_DIRECTION = re.compile(r"\([^\W\d_A-Z][^()]{1,60}\)")  # how it is said
_NOTHING = Label(None, None, "", certain=True)


def add_names_above_work(lines: Sequence[Line], parsed: list[Label | None]) -> bool:
    """A name, what the person does, and a time, each on a line of its own."""
    stamps = [
        position
        for position, label in enumerate(parsed)
        if label and (label.name, label.rest) == (None, "") and lines[position].text
    ]
    found = [position for position in stamps if _is_below_work(lines, position)]
    pairs = [(lines[at - 2].text, lines[at - 1].text) for at in found]
    if len(found) < _FEWEST or len(found) < _SHARE * len(stamps) or not _are_fixed(pairs):
        return False
    for position in found:
        stamp = parsed[position] or _NOTHING
        parsed[position - 2] = Label(lines[position - 2].text, stamp.seconds, "", certain=True)
        parsed[position - 1] = _NOTHING
    return True


def drop_work_below(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """``(Kettle Labs)`` directly below a name that stands alone."""
    alone = [at for at, label in enumerate(labels[:-1]) if label and label.name and not label.rest]
    found = [at for at in alone if labels[at + 1] is None and _is_remark(lines[at + 1].text)]
    pairs = [((labels[at] or _NOTHING).name or "", lines[at + 1].text) for at in found]
    if len(found) < _FEWEST or len(found) < _SHARE * len(alone) or not _are_fixed(pairs):
        return
    for at in found:
        labels[at + 1] = replace(_NOTHING)


def drop_directions(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """``(smiling)`` directly below a name that stands alone says how the words are said."""
    for at, label in enumerate(labels[:-1]):
        is_alone = label and label.name and not label.rest and labels[at + 1] is None
        if is_alone and _DIRECTION.fullmatch(lines[at + 1].text):
            labels[at + 1] = replace(_NOTHING)


def _is_below_work(lines: Sequence[Line], position: int) -> bool:
    if position < 2 or (position > 2 and lines[position - 3].text):
        return False
    name, work = lines[position - 2].text, lines[position - 1].text
    return bool(work) and is_name(name) and person_of(f"{name}, {work}") == name


def _is_remark(text: str) -> bool:
    return _REMARK.fullmatch(text) is not None and not is_sound(text.strip("()"))


def _are_fixed(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether several people speak, each of whom has one work only."""
    different = set(pairs)
    names = {name for name, _ in different}
    return len(different) == len(names) > 1
