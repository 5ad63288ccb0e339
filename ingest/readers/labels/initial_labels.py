"""Initials of people whose full names stand before turns, too: ``TO`` for ``Tamsin Okoro``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.names import initials
from ingest.readers.labels.label_shapes import Label
from ingest.readers.labels.legends import explained_people
from ingest.readers.lines import Line, take_stamp
from kb.text.generic_labels import GENERIC_LABEL

_HEAD = 80  # lines in which a legend can stand
_KEY = r"[^\W\d_a-z]{2,4}"
_SHORT = re.compile(
    rf"(?:\*\*(?P<bold>{_KEY})(?::\*\*|\*\*:?)|(?P<plain>{_KEY}):)\s+(?P<rest>\S.*)"
)


def add_initials(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """Also those that are a word; where at least two people are so shortened, the notation counts.

    Nobody else may have the same initials.
    """
    full = {name for label in parsed if label and (name := label.name) and _is_full(name)}
    explained = {name for line in lines[:_HEAD] for name in explained_people(line.text)}
    counts = Counter(map(initials, full | explained))
    stamps = [take_stamp(line.text) for line in lines]
    found = {
        position: Label(key, stamp.seconds if stamp else None, match["rest"], certain=True)
        for position, (line, stamp) in enumerate(zip(lines, stamps, strict=True))
        if (match := _SHORT.fullmatch(stamp.rest if stamp else line.text))
        and counts[(key := match["bold"] or match["plain"]).casefold()] == 1
    }
    keys = {label.name.casefold() for label in found.values() if label.name}
    if len(keys) < 2:
        return
    for position, short in found.items():
        parsed[position] = short
    for position, label in enumerate(parsed):
        if label and label.name in full and initials(label.name) in keys:
            parsed[position] = replace(label, weak=False)


def _is_full(name: str) -> bool:
    return " " in name and GENERIC_LABEL.fullmatch(name) is None
