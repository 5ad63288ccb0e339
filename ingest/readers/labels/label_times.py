"""Times and names in places where only a whole file shows that they are such.

``Ada Vale: 0:04 text`` and ``Ada Vale: text [0:04]`` have a time where nearly all turns have one;
otherwise somebody may speak of ten past four. ``SPEAKER: S1`` above the words names S1 where all
labels are of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.labels.label_shapes import PREFIX, Label
from ingest.readers.lines import Line, take_stamp, without_time_behind

_FEWEST = 3  # labels
_SHARE = 0.8  # of the turns begin with a time, and of the times do not go back
_SPEAKER = re.compile(r"speaker(?: (?:name|id))?", re.IGNORECASE)
_KEYED = re.compile(r"[^()]{1,60} \((?P<key>[^()\s]{1,4})\)")
_ASKED = re.compile(r"(?P<kind>[QA])[ .]?\d{1,3}", re.IGNORECASE)
_DOTTED = re.compile(r"[\[(](\d{2,3})\.([0-5]\d)[\])]")
_NUMBERED = re.compile(r"(?:s|spk|speaker)?[ _#-]?\d{1,3}|unknown|[A-Z]", re.IGNORECASE)


def take_times(labels: list[Label | None]) -> None:
    """Times that begin the words of nearly all turns, and go forward, are no words."""
    named = [i for i, label in enumerate(labels) if label and label.name and label.rest]
    found = {
        i: stamp
        for i in named
        if (label := labels[i]) and label.seconds is None and (stamp := take_stamp(label.rest))
    }
    if len(found) < _FEWEST or len(found) < _SHARE * len(named):
        return
    steps = [b.seconds >= a.seconds for a, b in pairwise(found.values())]
    if sum(steps) < _SHARE * len(steps):
        return
    for i, stamp in found.items():
        if label := labels[i]:
            labels[i] = replace(label, seconds=stamp.seconds, rest=stamp.rest, certain=True)


def drop_times_behind(labels: list[Label | None]) -> None:
    """Times in brackets that end nearly all turns are no words; when these began is not said."""
    named = [i for i, label in enumerate(labels) if label and label.name and label.rest]
    found = {
        i: text
        for i in named
        if (label := labels[i]) and (text := without_time_behind(label.rest)) != label.rest
    }
    if len(found) < _FEWEST or len(found) < _SHARE * len(named):
        return
    for i, text in found.items():
        if label := labels[i]:
            labels[i] = replace(label, rest=text)


def take_names(labels: list[Label | None]) -> None:
    """``SPEAKER: S1`` is a label S1, where every label names a numbered speaker."""
    named = [label for label in labels if label and label.name]
    if len(named) < _FEWEST or not all(_is_numbered(label) for label in named):
        return
    for i, label in enumerate(labels):
        if label and label.name:
            labels[i] = replace(label, name=label.rest, rest="")


def take_keys(labels: list[Label | None]) -> None:
    """``T: text`` below ``Tamsin (T): text`` is hers."""
    names = {name for label in labels if label and (name := label.name)}
    keyed = [match for name in names if (match := _KEYED.fullmatch(name)) and match["key"] in names]
    people = {match["key"]: match[0] for match in keyed}
    if len(people) < len(keyed):
        return
    for i, label in enumerate(labels):
        if label and label.name in people:
            labels[i] = replace(label, name=people[label.name])


def take_numbered_questions(labels: list[Label | None]) -> None:
    """``Q3:`` and ``A3:`` are the two who ask and answer, where each number stands once."""
    found = {
        place: match
        for place, label in enumerate(labels)
        if label and label.name and (match := _ASKED.fullmatch(label.name))
    }
    names = [match[0].casefold() for match in found.values()]
    kinds = {match["kind"].upper() for match in found.values()}
    if len(names) < _FEWEST or len({*names}) < len(names) or len(kinds) < 2:
        return
    for place, match in found.items():
        if label := labels[place]:
            labels[place] = replace(label, name=match["kind"].upper())


def take_dotted_times(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """``(02.03)`` is two minutes and three seconds, where all times are written so."""
    found = {
        place: time
        for place, line in enumerate(lines)
        if labels[place] and (time := _DOTTED.search(line.text[:PREFIX]))
    }
    times = [float(time[1]) * 60 + float(time[2]) for time in found.values()]
    is_padded = any(time[1].startswith("0") for time in found.values())
    others = sum(1 for label in labels if label and label.seconds is not None)
    if len(found) < _FEWEST or not is_padded or others > len(found) or times != sorted(times):
        return
    for place, seconds in zip(found, times, strict=True):
        if label := labels[place]:
            labels[place] = replace(label, seconds=seconds)


def _is_numbered(label: Label) -> bool:
    return bool(_SPEAKER.fullmatch(label.name or "") and _NUMBERED.fullmatch(label.rest))
