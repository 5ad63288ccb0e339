"""Numbers in front of the lines of a page, as courts print them: they are no words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.lines import Line

_NUMBERED = re.compile(r"(?P<open>[(\[])?(?P<number>\d{1,3})(?(open)[)\]])(?:\s+(?P<text>\S.*))?")
_FEWEST = 5  # lines
_SHARE = 0.9  # of the lines have a number, and of these most are one more than the one before


def without_line_numbers(lines: list[Line]) -> list[Line]:
    """The lines as they are said, where nearly all of them are counted, from 1 on each page."""
    found = {
        position: match
        for position, line in enumerate(lines)
        if line.text and (match := _NUMBERED.fullmatch(line.text))
    }
    written = sum(1 for line in lines if line.text)
    if len(found) < max(_FEWEST, _SHARE * written) or not _count(list(found.values())):
        return lines
    return [
        replace(line, text=found[position]["text"] or "") if position in found else line
        for position, line in enumerate(lines)
    ]


def _count(found: Sequence[re.Match[str]]) -> bool:
    numbers = [int(match["number"]) for match in found]
    steps = sum(1 for before, after in pairwise(numbers) if after in {before + 1, 1})
    return numbers[0] == 1 and steps >= _SHARE * (len(numbers) - 1)
