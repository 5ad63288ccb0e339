"""Speakers who are no person: ``The Long Shelf: text``, where a magazine or a show asks.

Such a label has no shape of a name, so only the whole talk shows what it is: it comes back, and
somebody else speaks in between. It is read as a numbered speaker, and gets its own name again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.names import is_name, is_sound
from ingest.readers.headings import is_comments_heading, is_outline_title, is_transcript_title
from ingest.readers.labels.header import fields_of
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, take_stamp, without_bullet

_NAME = (
    r"(?:(?:The|\d[\d,.]{0,6}|[^\W\d_a-z](?:[^\W_]|[.'’&-]){0,24}) "
    r"(?:(?:of|the|and|for|on|in|at|to|&) ){0,2}"
    r"(?:[^\W\d_a-z](?:[^\W_]|[.'’&-]){0,24} ){0,3}[^\W\d_a-z](?:[^\W_]|[.'’&-]){0,24})"
)
_PRINTED = re.compile(
    rf"(?:[*_#>\[(<{{=~–—-]{{1,5}}\s?)?(?P<name>{_NAME})"
    r"(?=\s{0,4}(?:[:*_\[\](){}>|•·,\t–—-]|\d{1,3}:\d|$))"
)
_FEWEST = 3  # turns
_MOST = 4  # names that are tried
_BETWEEN = 0.75  # of its turns have those of others between them
_SHARE = 6  # one of so many turns at least

Find = Callable[[Sequence[Line]], list[Label | None]]


def find_with_shows(lines: Sequence[Line], find: Find) -> list[Label | None]:
    """What ``find`` finds, also where somebody has a name that only comes back."""
    names = _recurring(lines)
    if not names:
        return find(lines)
    stand_ins = {f"Speaker {901 + number}": name for number, name in enumerate(names)}
    labels = [_with_own_name(label, stand_ins) for label in find(_replaced(lines, stand_ins))]
    people = {label.name for label in labels if label and label.name} - set(names)
    wrong = [name for name in names if not (people and _takes_turns(name, labels))]
    if not wrong:
        return labels
    kept = {number: name for number, name in stand_ins.items() if name not in wrong}
    found = find(_replaced(lines, kept) if kept else lines)
    return [_with_own_name(label, kept) for label in found]


def _recurring(lines: Sequence[Line]) -> list[str]:
    """What often begins a line and is written like a name, but has no shape of a person's."""
    counts: Counter[str] = Counter()
    for line in lines:
        text = line.text[:120]
        inner = (without_bullet(text) or text).lstrip("> »")
        stamp = take_stamp(inner)
        match = _PRINTED.match(stamp.rest.lstrip("-–—| ") if stamp else inner)
        if match and not is_name(match["name"]):
            counts[match["name"]] += 1
    often = [name for name, count in counts.most_common(_MOST) if count >= _FEWEST]
    return [name for name in often if not _is_of_page(name)]


def _is_of_page(name: str) -> bool:
    shapes = (is_comments_heading, is_outline_title, is_transcript_title, is_sound)
    return any(fields_of(f"{name}:")) or any(is_such(name) for is_such in shapes)


def _replaced(lines: Sequence[Line], stand_ins: dict[str, str]) -> list[Line]:
    """The lines with stand-ins near their begin in place of such names."""
    texts = [line.text for line in lines]
    for stand_in, name in stand_ins.items():
        texts = [
            text.replace(name, stand_in, 1) if 0 <= text.find(name, 0, 120) < 40 else text
            for text in texts
        ]
    return [Line(line.number, text) for line, text in zip(lines, texts, strict=True)]


def _with_own_name(label: Label | None, stand_ins: dict[str, str]) -> Label | None:
    if label is None:
        return None
    rest = label.rest
    for stand_in, name in stand_ins.items():
        rest = rest.replace(stand_in, name)
    return replace(label, name=stand_ins.get(label.name or "", label.name), rest=rest)


def _takes_turns(name: str, labels: Sequence[Label | None]) -> bool:
    """Whether others speak between most of the turns that a name has."""
    speakers = [label.name for label in labels if label and label.name]
    own = sum(1 for speaker in speakers if speaker == name)
    again = sum(a == b == name for a, b in pairwise(speakers))
    return own >= _FEWEST and _SHARE * own >= len(speakers) and again <= (1 - _BETWEEN) * own
