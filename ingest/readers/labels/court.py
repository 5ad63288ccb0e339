"""Transcripts of courts: who asks and who answers behind ``Q.`` and ``A.``.

``BY MR. VALE:`` tells who asks from there on, and ``having been duly sworn`` who the witness is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line

_BY = re.compile(
    r"(?:(?:CROSS|DIRECT|REDIRECT|RECROSS|FURTHER)?[- ]?EXAMINATION )?BY (?P<name>"
    r"(?:MR|MS|MRS|MX|DR)\. [^\W\d_a-z][^a-z:\d]{1,40}):?"
)
_SWORN = re.compile(r"\b(?:duly|first|previously) (?:duly )?(?:sworn|affirmed)\b", re.IGNORECASE)
_CAPITALS = re.compile(
    r"(?:\b(?:DR|PROF|MR|MS|MRS)\. )?(?:[^\W\d_a-z][^\W\d_a-z.'’-]{0,20},? ?){2,5}"
)
_EXAMINATION = re.compile(
    r"(?:(?:CROSS|DIRECT|REDIRECT|RECROSS|FURTHER|VOIR DIRE)[- ]?)?EXAMINATION(?: \(.{1,40}\))?"
)
_WITNESS = frozenset({"the witness", "the deponent", "a"})
_ABOVE = 3  # lines in which the name of a witness stands above the oath


def name_questioners(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """``Q`` is whoever examines, ``A`` the witness, where the file says so."""
    examining = [_BY.fullmatch(line.text) for line in lines]
    if not any(examining) or not any(label and label.name == "Q" for label in labels):
        return
    asks: str | None = None
    witness: str | None = None
    for place, line in enumerate(lines):
        label = labels[place]
        by = examining[place]
        if by or _EXAMINATION.fullmatch(line.text):
            asks = _printed(by["name"]) if by else asks
            labels[place] = Label(None, None, line.text, certain=True, page=True)
            continue
        if _SWORN.search(line.text):
            witness = _sworn(lines, place) or witness
        if label is None or label.name is None:
            continue
        if label.name == "Q" and asks:
            labels[place] = replace(label, name=asks)
        elif label.name.casefold() in _WITNESS and witness:
            labels[place] = replace(label, name=witness)


def _sworn(lines: Sequence[Line], place: int) -> str | None:
    """The name in capitals on the line of the oath or right above it."""
    for line in lines[max(0, place - _ABOVE) : place + 1][::-1]:
        found = _CAPITALS.match(line.text)
        if found and len(found.group().replace(",", "").split()) > 1:
            return _printed(found.group().strip(" ,"))
    return None


def _printed(name: str) -> str:
    return name.strip(" :.,").title()
