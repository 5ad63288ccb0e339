"""What of a web page nobody says: bylines, pull quotes, boxes, lists above the talk, what follows.

A page tells by its containers, its headings and its labels where the talk begins and ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.names import PARTICLES, is_name
from ingest.readers.dates import date_of_recording
from ingest.readers.headings import (
    is_closing_title,
    is_comments_heading,
    is_transcript_title,
)
from ingest.readers.labels.finding import Label, find_labels, speaker_count
from ingest.readers.lines import Line, take_stamp
from ingest.readers.masthead import read_credit
from ingest.readers.newsletter_lines import is_thanks
from ingest.readers.pages.html_lines import HtmlLine

_SMALL_WORD = r"[^\W\d_A-Z][^\W\d_A-Z.'’-]{0,20}"
_SMALL_NAME = re.compile(
    rf"\*\*(?P<name>{_SMALL_WORD}(?: {_SMALL_WORD}){{1,3}})(?::\*\*|\*\*:|\*\*$)"
)
_SMALL_SHARE = 3  # one of so many lines at least has such a name
_BUTTON = re.compile(r"[·•|]?\s?(?:follow(?:ing)?|subscribe)", re.IGNORECASE)
_READ = re.compile(r"^\d{1,3} min(?:ute)?s? (?:read|listen)\s?[·•|—-]\s?", re.IGNORECASE)
_FEWEST = 3  # other labels, by which the first is told from a byline
_FEWEST_AFTER = 2  # labels below a heading that announces the transcript


@dataclass(frozen=True, slots=True)
class Talk:
    """The lines of a page up to the end of its talk, with their labels, and those that follow.

    ``apart`` holds the places of lines that nobody says.
    """

    lines: list[HtmlLine]
    labels: list[Label | None]
    apart: frozenset[int]
    tail: list[HtmlLine]


def find_talk(lines: list[HtmlLine]) -> Talk:
    """Nothing around the talk, and nothing set apart within it, is said by the last speaker."""
    labels = _labels(lines)
    if not speaker_count(labels):
        lines = with_capitals(lines)
        labels = _labels(lines)
    aside = _asides(lines, labels)
    if aside:
        kept = ["" if place in aside else line.marked for place, line in enumerate(lines)]
        labels = find_labels([Line(li.number, t) for li, t in zip(lines, kept, strict=True)])
    byline = _byline(lines, labels)
    for place in byline:
        labels[place] = None
    apart = aside | byline | _above_transcript(lines, labels)
    end = _end(lines, labels)
    tail = [line for line in lines[end:] if line.text]
    return Talk(lines[:end], labels[:end], apart, tail)


def with_capitals(lines: list[HtmlLine]) -> list[HtmlLine]:
    """Lines that begin with names in small letters, which a style sheet shows with capitals.

    They are names of several words in bold, and several come back in a good part of the lines.
    """
    found = [_SMALL_NAME.match(line.marked) for line in lines]
    counts = Counter(match["name"] for match in found if match)
    names = {name for name, count in counts.items() if count > 1 and is_name(_capitalised(name))}
    named = sum(counts[name] for name in names)
    if len(names) < 2 or _SMALL_SHARE * named < sum(1 for line in lines if line.text):
        return lines
    return [
        replace(line, marked=f"**{_capitalised(match['name'])}{line.marked[match.end('name') :]}")
        if match and match["name"] in names
        else line
        for line, match in zip(lines, found, strict=True)
    ]


def _capitalised(name: str) -> str:
    return " ".join(word if word in PARTICLES else word.title() for word in name.split())


def _labels(lines: Sequence[HtmlLine]) -> list[Label | None]:
    return find_labels([Line(line.number, line.marked) for line in lines])


def _asides(lines: Sequence[HtmlLine], labels: Sequence[Label | None]) -> frozenset[int]:
    """Lines in boxes beside the text, unless it is the boxes that hold the talk."""
    named = [line.aside for line, label in zip(lines, labels, strict=True) if label and label.name]
    outside = named.count(False)
    if outside < 2 or outside <= named.count(True):
        return frozenset()
    return frozenset(place for place, line in enumerate(lines) if line.aside and line.text)


def _byline(lines: Sequence[HtmlLine], labels: Sequence[Label | None]) -> frozenset[int]:
    """The first name where a date follows it; or where it alone stands alone, above a heading."""
    named = [(place, label) for place, label in enumerate(labels) if label and label.name]
    if not named:
        return frozenset()
    (first, label), *others = named
    if _has_mark(lines[first], label):
        return frozenset()
    below = next((line.text for line in lines[first + 1 :] if line.text), "")
    if label.rest:
        is_byline = _is_date(label.rest) or (_BUTTON.fullmatch(label.rest) and _is_date(below))
        return frozenset([first] if is_byline else [])
    is_other = len(others) >= _FEWEST and all(
        other.rest or _has_mark(lines[place], other) for place, other in others
    )
    is_parted = is_other and any(line.level for line in lines[first : others[0][0]])
    return frozenset([first] if is_parted or _is_date(below) else [])


def _is_date(text: str) -> bool:
    text = _READ.sub("", text)
    credit = read_credit(text)
    return bool(credit and credit.date) or date_of_recording(text) is not None


def _has_mark(line: HtmlLine, label: Label) -> bool:
    """Whether a colon or a time shows that a name is a label."""
    name_end = line.marked.find(label.name or "") + len(label.name or "")
    return label.seconds is not None or line.marked[name_end:].lstrip("* ").startswith(":")


def _above_transcript(lines: Sequence[HtmlLine], labels: Sequence[Label | None]) -> frozenset[int]:
    """Lines below a heading, above the one of the transcript, before anybody is named there."""
    titles = (i for i, line in enumerate(lines) if line.level and is_transcript_title(line.text))
    start = next(titles, 0)
    if speaker_count(labels[start:]) < _FEWEST_AFTER or not speaker_count(labels[:start]):
        return frozenset()
    apart: set[int] = set()
    speaking = False
    for place, line in enumerate(lines[:start]):
        label = labels[place]
        speaking = not line.level and (speaking or bool(label and label.name))
        if line.text and not line.level and not speaking:
            apart.add(place)
    return frozenset(apart)


def _end(lines: Sequence[HtmlLine], labels: Sequence[Label | None]) -> int:
    """Where the talk ends: nothing outside the part of the page with the labels belongs to it.

    Nor does anything from a closing word to readers on, or from a heading that says so, or from
    the first heading below the last label where no other heading stands within a turn.
    """
    named = [place for place, label in enumerate(labels) if label and label.name]
    if len(named) < 2:
        return len(lines)
    first, last = named[0], named[-1]
    inside = _shared(lines[first].within, lines[last].within)
    after = range(last + 1, len(lines))
    outside = (i for i in after if lines[i].text and lines[i].within[: len(inside)] != inside)
    end = next(outside, len(lines))
    below = next((i for i in range(last + 1, end) if lines[i].level), end)
    parts = _headings_part_turns(lines, labels, first, last) and _is_short(lines, first, below, end)
    for place in range(last + 1, end):
        line = lines[place]
        if line.level and is_comments_heading(line.text):
            return end
        if not line.text or labels[place]:
            continue
        if (place == below and parts and take_stamp(line.text) is None) or _says_so(line):
            return place
    return end


def _is_short(lines: Sequence[HtmlLine], first: int, below: int, end: int) -> bool:
    """Whether what follows is less than half of the talk: a lecture may have only one label."""
    said, rest = (
        sum(len(line.text.split()) for line in part)
        for part in (lines[first:below], lines[below:end])
    )
    return 2 * rest < said


def _says_so(line: HtmlLine) -> bool:
    """A heading of what follows a talk, or thanks to readers."""
    is_heading = line.level > 0 or line.bold
    named = is_heading and is_closing_title(line.text)
    return named or is_thanks(line.text)


def _shared(first: tuple[int, ...], last: tuple[int, ...]) -> tuple[int, ...]:
    """The containers around both of two lines."""
    other = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[: len(first) if other is None else other][: len(last)]


def _headings_part_turns(
    lines: Sequence[HtmlLine], labels: Sequence[Label | None], first: int, last: int
) -> bool:
    """Whether no heading within the talk stands above words without a label."""
    above_heading = False
    for place in range(first, last + 1):
        line, label = lines[place], labels[place]
        if line.level:
            above_heading = True
        elif line.text:
            if above_heading and not (label and label.name):
                return False
            above_heading = False
    return True
