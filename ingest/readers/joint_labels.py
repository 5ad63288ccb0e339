"""Several people who say something together: ``Ada Vale / Bo Lind: Goodbye.``

What stands beside a name is usually where that person works; where it is somebody else who speaks
in the same file, the words are neither's alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.names import fold
from ingest.readers.label_shapes import Label
from ingest.readers.lines import Line

_NAME = r"[^\W\d_][^:,/|+&*\[\]<>()]{0,50}?"
_JOINT = re.compile(
    rf"(?:\*\*)?(?P<names>{_NAME}(?:\s?(?:/|, (?:and |& )?|\+|&| and )\s?{_NAME}){{1,4}})"
    r"(?::\*\*|\*\*:|:)\s+(?P<rest>\S.*)"
)
_BETWEEN = re.compile(r"\s?(?:/|, (?:and |& )?|\+|&| and )\s?")


def add_joint_labels(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Labels that hold nothing but names of people who also speak alone."""
    alone = {fold(name) for label in labels if label and (name := label.name)}
    known = alone | {name.split()[0] for name in alone}
    for position, line in enumerate(lines):
        match = _JOINT.fullmatch(line.text) if ":" in line.text else None
        if match is None:
            continue
        people = [fold(name) for name in _BETWEEN.split(match["names"])]
        if all(name in known for name in people) and len({*people}) > 1:
            label = labels[position] or Label(None, None, match["rest"], certain=True)
            labels[position] = replace(label, name=match["names"], weak=False)
