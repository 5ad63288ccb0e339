"""Pages of a printed text, parted by form feeds or by their numbers: their heads, feet and numbers
are no words.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_NUMBER = re.compile(
    r"[-–—|\s]{0,4}(?:page |p\. ?)?(?P<number>\d{1,4})(?: (?:of|/) \d{1,4})?[-–—|\s]{0,4}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_FEWEST = 2  # pages that have the same line
_SHORTEST = 10  # lines of a page
_LONGEST = 100  # characters of a running head
_MOST = 5_000  # pages
_GAP = 20  # lines around the end of a page in which a sentence goes on
_DEPTH = 3  # lines at the head and at the foot of a page


def without_page_breaks(text: str) -> str:
    """The text with its running lines emptied; a paragraph goes on over the end of a page."""
    text = text if "\f" in text else _with_form_feeds(text)
    if "\f" not in text:
        return text
    parts = text.split("\f")
    if len(parts) > _MOST:
        return text
    pages = [page.split("\n") for page in parts]
    running = _running(pages)
    for page in pages:
        for place in _edges(page):
            if _key(page[place]) in running or _NUMBER.fullmatch(page[place].strip()):
                page[place] = ""
    lines: list[str] = []
    for number, page in enumerate(pages):
        if not number:
            lines += page
            continue
        # The form feed stands within a line: what is left of it, and of the first one, is one line.
        lines[-1] = f"{lines[-1]}{page[0]}"
        lines += page[1:]
        _close_gap(lines, len(lines) - len(page))
    return "\n".join(lines)


def _with_form_feeds(text: str) -> str:
    """A form feed below every line that is the number of a page: these count, far enough apart."""
    lines = text.split("\n")
    found = [
        (place, int(match["number"]))
        for place, line in enumerate(lines)
        if len(line) <= _LONGEST and (match := _NUMBER.fullmatch(line.strip()))
    ]
    pages = [
        (before, after)
        for before, after in pairwise(found)
        if after[1] == before[1] + 1
        and (after[0] - before[0] >= _SHORTEST or (after == found[-1] and len(found) > _FEWEST))
    ]
    set_off = all(not lines[place].strip().isdigit() for place, _ in found)
    if len(pages) < (1 if set_off else _FEWEST) or len(pages) + 1 < len(found):
        return text
    for place, _ in {found for pair in pages for found in pair}:
        if place + 1 < len(lines):
            lines[place + 1] = f"\f{lines[place + 1]}"
    return "\n".join(lines)


def _edges(page: list[str]) -> list[int]:
    written = [place for place, line in enumerate(page) if line.strip()]
    return list(dict.fromkeys([*written[:_DEPTH], *written[-_DEPTH:]]))


def _running(pages: list[list[str]]) -> frozenset[str]:
    """Lines at the edges of several pages that differ in nothing but numbers."""
    keys = (
        {_key(page[place]) for place in _edges(page) if len(page[place].strip()) <= _LONGEST}
        for page in pages
    )
    counts = Counter(key for found in keys for key in found if any(map(str.isalpha, key)))
    title = next((_key(line) for page in pages for line in page if line.strip()), "")
    headed = {key for key in counts if len(title.split()) > 1 and title in key}
    return frozenset(key for key, count in counts.items() if count >= _FEWEST) | headed - {title}


def _key(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", line).casefold().split())


def _close_gap(lines: list[str], place: int) -> None:
    """Without the empty lines around the end of a page where a sentence goes on.

    They are moved above what goes on, so that the lines keep their numbers.
    """
    last = min(place, len(lines) - 1)
    above = next((i for i in range(last, max(-1, last - _GAP), -1) if lines[i].strip()), None)
    below = next(
        (i for i in range(place, min(place + _GAP, len(lines))) if lines[i].strip() and i != above),
        None,
    )
    if above is None or below is None or below <= above + 1:
        return
    if _SENTENCE_END.search(lines[above].rstrip()) or not lines[below].strip()[:1].islower():
        return
    lines[above] = f"{lines[above].rstrip()} {lines[below].strip()}"
    lines[below] = ""
