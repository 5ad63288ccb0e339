"""Print with an empty line below every line: its paragraphs are put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_FEWEST = 20  # lines
_SHARE = 0.85  # of the lines have one empty line below them
_BROKEN = 0.4  # of the lines break off amid a sentence
_FULL = 0.75  # of the longest line fills a line
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LABEL = re.compile(
    r"[\[(<>#*•@–—-]|\d{1,3}:\d{2}|[^\W\d_a-z]"
    r"(?:[^:.?!]|(?<=\b[^\W\d_a-z])\.|(?<=\b[A-Z][a-z])\.|(?<=\bProf)\.){0,50}"
    r"(?::\s|\s[-–—|]{1,2}\s|\s[\[(]?(?:\d{1,3}:\d{2}|\d{1,3}[hm]\b))"
)  # or what else begins a turn


def single_spaced(text: str) -> str:
    """Lines keep their numbers: what goes on moves up to where its paragraph begins."""
    lines = text.split("\n")
    written = [place for place, line in enumerate(lines) if line.strip()]
    if len(written) < _FEWEST or not _is_double_spaced(lines, written):
        return text
    indents = Counter(_indent(lines[place]) for place in written)
    usual = indents.most_common(1)[0][0]
    longest = max(len(lines[place]) for place in written)
    joined = list(lines)
    begin = written[0]
    for above, place in pairwise(written):
        line = lines[place].strip()
        is_full = len(lines[above].rstrip()) >= _FULL * longest
        starts = _indent(lines[place]) > usual or _LABEL.match(line) is not None
        if starts or not (is_full or line[:1].islower()):
            begin = place
            continue
        joined[begin] = f"{joined[begin].rstrip()} {line}"
        joined[place] = ""
    return "\n".join(joined)


def _is_double_spaced(lines: Sequence[str], written: Sequence[int]) -> bool:
    steps = list(pairwise(written))
    spaced = sum(1 for above, place in steps if place - above == 2)
    broken = sum(
        1
        for above, place in steps
        if lines[place].strip()[:1].islower() and not _SENTENCE_END.search(lines[above].rstrip())
    )
    return spaced >= _SHARE * len(steps) and broken >= _BROKEN * len(steps)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
