"""Numbered lines of a text file, and the time stamps that stand in them."""

from __future__ import annotations

import html
import re
import string
from dataclasses import dataclass

from ingest.superscripts import with_raised_numbers

_UNITS = r"(?:\d{1,2}\s?h\s?)?\d{1,3}\s?m\s?\d{1,2}(?:\.\d{1,3})?\s?s"
_ARROW = r"\s?(?:--?>|→|[-–—])\s?"
_DECIMAL = r"\d{1,6}\.\d{1,3}\s?s?"
_TIME = (
    rf"(?:{_UNITS}|"
    r"\d{1,2}[:;]\d{2}[:;]\d{2}[:;]\d{2}(?!\d)"  # hours to frames
    r"|(?:\d{1,2}[h:])?\d{1,3}['’′]\d{2}(?:[\"”″]|['’′]{2})"  # minutes and seconds
    r"|(?<=[\[(])\d{1,2}\s?s(?=[\])])"
    r"|T\+(?:\d{1,3}:)?\d{1,2}:\d{2}(?:\.\d{1,3})?"
    # A stretch in seconds.
    rf"|(?<=[\[(]){_DECIMAL}(?={_ARROW}{_DECIMAL}[\])])|(?<=[-–—>→ ]){_DECIMAL}(?=[\])])"
    r"|\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,3}|(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)"
)
TIMECODE = r"(?:\d{2}:\d{2}:\d{2}:\d{2}|\d{2};\d{2};\d{2};\d{2})"  # the last are frames
_NO_TIME_OF_DAY = r"(?!(?::\d{2})?\s?[AaPp]\.?[Mm]\b)"
_STAMP = re.compile(
    rf"(?P<mark>\*\*|`)?[*_]{{0,2}}(?P<open>\\?[\[(])?\s?(?P<time>{_TIME})(?(open){_NO_TIME_OF_DAY})"
    rf"(?:{_ARROW}{_TIME})?"
    r"(?:\s?\\?[\])])?(?:\(https?:[^\s()]{1,500}\))?"
    r"(?:(?P<closed>(?(mark)(?P=mark)|(?!)))|[*_]{0,2})(?P<colon>:)?(?=[\s*_:,.\-–—]|$)"
)
_TRAILING_STAMP = re.compile(rf"\s\\?[\[(](?P<time>{_TIME})(?:{_ARROW}{_TIME})?\\?[\])]$")
_TRAILING_MARK = re.compile(r"\s?#\d{2}:\d{2}:\d{2}(?:[-.]\d{1,3})?#$")
_RULE = re.compile(r"(?:[*_\-=~•·⁂]\s?){3,}|⁂")
_RULER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?|\|\s*:?-+:?\s*\|")
_PRIMES = re.compile(r"['’′\"”″]{1,3}|(?<=\d)h(?=\d{1,3}['’′])")
_WITH_UNITS = re.compile(r"(?:(\d+)\s?h\s?)?(?:(\d+)\s?m\s?)?([\d.]+)\s?s")
_ENTITY = re.compile(
    r"&(?:amp;)?(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,4}|#x[\da-f]{2,4});",
    re.IGNORECASE,
)
_QUOTED_SHARE = 3  # one of so many lines at least
_UNSEEN = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_TAG = re.compile(
    r"<!--[^<>]{0,2000}-->|</?(?:a|abbr|b|big|blockquote|body|br|button|center|cite|code|dd|del|div|dl"
    r"|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|ins|kbd|label|li|link|mark|meta"
    r"|object|ol|p|pre|q|s|samp|script|small|source|span|strike|strong|style|sub|sup|svg|table"
    r"|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video)(?:[\s/][^<>]{0,2000})?>",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"<[a-z][a-z0-9]{0,10}[\s/][^<>=]{0,200}=[^<>]{0,2000}>", re.IGNORECASE)
_DEFINITION = re.compile(r"\A:\s{1,4}(?=\S)")
_FEWEST_DEFINITIONS = 3
_BULLET = re.compile(r"(?:[•‣◦▪●∙–*+-]|\d{1,3}[.)])\s+(?=\S)")


_BEFORE = f"{string.whitespace}{_UNSEEN}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, stripped; ``number`` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp at the start of a text and what follows it."""

    seconds: float
    rest: str
    bracketed: bool


def numbered_lines(text: str) -> list[Line]:
    r"""All lines of a text whose line ends are ``\\n``."""
    lines = enumerate(text.split("\n"), start=1)
    return [Line(number, line.strip().lstrip(_BEFORE)) for number, line in lines]


def without_tags(text: str) -> str:
    """A text without the HTML of its lines that are marked up.

    A tag with attributes is no words of anybody; without any, somebody may speak of ``<b>``.
    """
    if "<" not in text:
        return text
    lines = with_raised_numbers(text).split("\n")
    return "\n".join(_TAG.sub("", li) if _ATTRIBUTES.search(li) else li for li in lines)


def without_entities(text: str) -> str:
    """``&amp;#39;`` and ``&gt;`` as the signs that they stand for."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: html.unescape(html.unescape(found.group())), text)


def without_quote_marks(lines: list[Line]) -> list[Line]:
    """``> text`` without its mark, where a good part of the lines has one."""
    quoted = sum(1 for line in lines if line.text.startswith("> "))
    if _QUOTED_SHARE * quoted < sum(1 for line in lines if line.text):
        return lines
    return [Line(line.number, line.text.removeprefix("> ").lstrip()) for line in lines]


def without_definition_marks(lines: list[Line]) -> list[Line]:
    """``:   text`` below a term without its mark, where several lines have one."""
    if sum(1 for line in lines if _DEFINITION.match(line.text)) < _FEWEST_DEFINITIONS:
        return lines
    return [Line(line.number, _DEFINITION.sub("", line.text, count=1)) for line in lines]


def is_tag(text: str) -> bool:
    """Whether a text is a tag of HTML."""
    return _TAG.fullmatch(text) is not None


def without_comments(text: str) -> str:
    """HTML comments become as many empty lines as they had."""
    pieces: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + len("-->")
    return "".join([*pieces, text[position:]])


def take_stamp(text: str) -> Stamp | None:
    """The time stamp that a text starts with: ``[00:01:42]``, ``(1:42):``, ``**1:42**``, ``1:42``.

    It may be a link, ``[1:42](https://…)``, or count frames, ``00:01:42:10``.
    """
    match = _STAMP.match(text)
    if match is None:
        return None
    rest = text[match.end() :].lstrip()
    set_apart = bool(match["open"] or match["colon"] or match["closed"])
    return Stamp(clock_seconds(match["time"]), rest, set_apart)


def split_stamp(title: str) -> tuple[str, float | None]:
    """A heading without the time stamp that it begins or ends with, and the stamp's seconds."""
    leading = take_stamp(title)
    if leading and leading.rest:
        return leading.rest.lstrip("-–—:|•· "), leading.seconds
    trailing = _TRAILING_STAMP.search(title)
    if trailing:
        return title[: trailing.start()].rstrip("-–—|•·, "), clock_seconds(trailing["time"])
    return title, None


def without_time_behind(text: str) -> str:
    """A paragraph without the time in brackets, or between ``#``, that it ends with."""
    trailing = _TRAILING_STAMP.search(text) or _TRAILING_MARK.search(text)
    return text[: trailing.start()].rstrip() if trailing else text


def clock_seconds(clock: str) -> float:
    """``01:02:03.5``, ``1h 2m 3s`` or ``2'03"`` as seconds; of ``01:02:03:12`` without frames."""
    clock = _PRIMES.sub(":", clock.removeprefix("T+")).strip(":")
    with_units = _WITH_UNITS.fullmatch(clock)
    clock = ":".join(part or "0" for part in with_units.groups()) if with_units else clock
    seconds = 0.0
    for part in clock.replace(",", ".").replace(";", ":").split(":")[:3]:
        seconds = seconds * 60 + float(part)
    return seconds


def is_rule(text: str) -> bool:
    """Whether a line is only a separator, such as ``***`` or ``---``."""
    return len(text) <= 80 and _RULE.fullmatch(text) is not None


def is_ruler(text: str) -> bool:
    """Whether a line parts the head of a table from its rows, in GitHub's Markdown."""
    return _RULER.fullmatch(text.strip()) is not None


def without_bullet(text: str) -> str | None:
    """The text of a list item, or None when the line is not one."""
    match = _BULLET.match(text)
    return text[match.end() :] if match else None


def first_words(text: str, count: int = 8) -> str:
    """A short name for a paragraph that has no heading."""
    words = text.split(maxsplit=count)
    return " ".join(words[:count]) + ("…" if len(words) > count else "")
