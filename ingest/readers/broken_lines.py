"""Lines that a page's copy broke around what was in bold or a link: the name, and the time.

``Ada Vale`` / ``: It sings. (`` / ``1:02`` / ``)`` is one line of the page.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.readers.lines import Line

_FEWEST = 3  # names above a colon
_NAME = re.compile(r"[^\W\d_](?:[^:.?!]{0,58}[\w.)])?")
_COLON = re.compile(r":\s(?=\S)")
_TIME = re.compile(r"(?:\d{1,3}:)?\d{1,2}[:.]\d{1,2}")


def with_joined_lines(lines: list[Line]) -> list[Line]:
    """The lines with a name and the time in brackets where the page had them."""
    below = [
        place
        for place in range(1, len(lines))
        if _COLON.match(lines[place].text) and _NAME.fullmatch(lines[place - 1].text)
    ]
    if len(below) < _FEWEST:
        return lines
    joined = list(lines)
    for place in below:
        joined[place] = replace(lines[place], text=lines[place - 1].text + lines[place].text)
        joined[place - 1] = replace(lines[place - 1], text="")
    for place in range(len(joined) - 2):
        line, time, end = joined[place : place + 3]
        if line.text.endswith("(") and _TIME.fullmatch(time.text) and end.text == ")":
            joined[place] = replace(line, text=line.text[:-1].rstrip())
            joined[place + 1 : place + 3] = [replace(time, text=""), replace(end, text="")]
    return joined
