"""Several people who say something together: ``Ada Vale / Bo Lind: Goodbye.``

What stands beside a name is usually where that person works; where it is somebody else who speaks
in the same file, the words are neither's alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.names import fold
from ingest.readers.labels.label_shapes import PREFIX, Label
from ingest.readers.lines import Line

_BETWEEN = re.compile(r"\s?[/+&]\s?|, (?:and |& )?| and ")
_MOST = 5  # people


def add_joint_labels(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Labels that hold nothing but names of people who also speak alone."""
    alone = {fold(name) for label in labels if label and (name := label.name)}
    known = alone | {name.split()[0] for name in alone}
    for position, line in enumerate(lines):
        names, colon, _ = line.text[:PREFIX].partition(":")
        names = names.strip("* ")
        people = [fold(name) for name in _BETWEEN.split(names, maxsplit=_MOST) if name.strip()]
        if colon and 1 < len({*people}) <= _MOST and all(name in known for name in people):
            rest = line.text.partition(":")[2].lstrip("* ")
            label = labels[position] or Label(None, None, rest, certain=True)
            labels[position] = replace(label, name=names, weak=False)
