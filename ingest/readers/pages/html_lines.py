"""The text of a web page as lines: what a browser would begin on a line of its own.

The parser of the standard library reports tags and text in order; no tree is built, so that time
and memory stay in proportion to the file whatever is left open in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ingest.readers.lines import without_comments
from ingest.readers.tables.delimited import Places, named_places
from ingest.superscripts import raised

DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = frozenset(
    "article aside blockquote body center details dl fieldset figure header hgroup main ol "
    "section table tbody ul div figcaption".split()
)
_LINES = frozenset("address caption dd dt hr li p pre summary tr".split())
_EMPHASIS = frozenset("b strong em i cite span a u mark font".split())
_UNSPOKEN = frozenset(
    "script style template noscript nav footer form button select textarea svg iframe".split()
)
_STRUCK = frozenset({"del", "s", "strike"})
_ASIDES = frozenset({"aside", "figcaption"})
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:pull-?quote|subscription|subscribe|newsletter|sign-?up|advert(?:isement)?|ad|sponsor|promo|"
    r"related|byline|userpic|avatar|initials|date details)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_SPEAKER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:speaker|ts-name|from_name|(?:chatlog|message)__author|sender[-_]name)",
    re.IGNORECASE,
)
_DAY_AND_TIME = re.compile(
    r"\s*(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\D{2,20}\d{1,2},?(?: \d{4})?),?\s(?:at )?"
    r"\d{1,2}:\d{2}[\w :.]{0,15}\s*"
)
_NAME_CLASS = re.compile(
    r"(?:^|\s)(?:from_name|(?:chatlog|message)__author|sender[-_]name)(?:$|\s)", re.IGNORECASE
)
_TIME_CLASS = re.compile(r"(?:^|[\s_-])time(?:stamp|code)?(?:$|[\s_-])", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_LONGEST_NAME = 60  # characters
_CLOCK = re.compile(r"\s*(?:\d{1,3}:)?\d{1,2}:\d{2}\s*")
# A section of XML, a condition for old browsers, a declaration in a document type, which stay out.
_SECTION = re.compile(r"<!(?:\[|entity\b)[^<>]*>", re.IGNORECASE)
# A tag that does not end: the parser would look for its end from each anew.
_NO_TAG = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_SPEAKER_DATA = ("data-speaker", "data-speaker-name", "data-speaker-label")
_TIME_DATA = ("data-start", "data-time", "data-timestamp", "data-timecode", "data-start-time")
_LONGEST_MARK = 120  # characters of emphasis that may be a label
_LONGEST_SIGN = 8  # characters of the sign of a note, such as [12]
_DEEPEST = 50  # containers within each other that are told apart


@dataclass(slots=True)
class HtmlLine:
    """A line of the page. ``marked`` is its text with a label-like start in Markdown's notation.

    ``level`` is that of a heading, else 0; ``within`` numbers the containers around it, one of
    which stands ``aside`` of the text. An empty text parts paragraphs.
    """

    number: int
    text: str = ""
    marked: str = ""
    level: int = 0
    bold: bool = False
    within: tuple[int, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines and its ``<title>``; ``left_out`` counts words of menus and the like."""

    title: str
    lines: list[HtmlLine]
    left_out: int


@dataclass(slots=True)
class _Run:
    """The text of a line while it is collected: pieces, and how long its emphasised start is."""

    number: int = 0
    has_text: bool = False
    pieces: list[str] = field(default_factory=list)
    emphasised: int = 0
    is_label: bool = False
    cells: list[int] = field(default_factory=list)
    head_cells: int = 0
    raised_from: int | None = None  # the first piece above the line
    link_from: int | None = None  # the first piece of a link within the page
    time_from: int | None = None  # the first piece of what a class says to be a time

    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def texts_of_cells(self) -> list[str]:
        """Those of a row of a table."""
        spans = zip(self.cells, [*self.cells[1:], len(self.pieces)], strict=False)
        return [" ".join("".join(self.pieces[a:b]).split()) for a, b in spans]

    def end_time(self) -> None:
        """A time on its own gets brackets, by which it is told from a number that is spoken."""
        if self.time_from is None:
            return
        words = "".join(self.pieces[self.time_from :])
        if _CLOCK.fullmatch(words):
            self.pieces[self.time_from :] = [f"[{words.strip()}] "]
        elif _DAY_AND_TIME.fullmatch(words):
            self.pieces[self.time_from :] = []  # at which a message was written
        self.time_from = None

    def end_raised(self) -> None:
        """What stands above the line is a number, or the sign of a note, which nobody speaks."""
        if self.raised_from is None:
            return
        words = "".join(self.pieces[self.raised_from :])
        is_linked = self.link_from is not None and self.link_from >= self.raised_from
        is_sign = is_linked and len(words.strip()) <= _LONGEST_SIGN
        self.pieces[self.raised_from :] = [] if is_sign else [raised(words)]
        self.raised_from = self.link_from = None


def read_page(text: str) -> Page:
    """The lines of an HTML page, in order."""
    reader = _LineReader()
    plain = _SECTION.sub(lambda m: "\n" * m.group().count("\n"), without_comments(text))
    reader.feed(_NO_TAG.sub("&lt;", plain))
    reader.close()
    reader.end_line()
    return Page(" ".join("".join(reader.title).split()), reader.lines, reader.left_out)


class _LineReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[HtmlLine] = []
        self.title: list[str] = []
        self.left_out = 0
        self._open: list[tuple[str, int]] = []
        self._counts: Counter[str] = Counter()
        self._containers: list[int] = []
        self._asides: set[int] = set()  # containers that are open
        self._number = 0
        self._run = _Run()
        self._marks = 0
        self._columns: Places | None = None  # of the table that is open
        self._told = ""  # who speaks next, and when, as attributes say in Markdown's notation
        self._struck = 0  # elements that are open whose words are struck out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._struck += tag in _STRUCK
        if tag in {"br", "hr"}:
            self.end_line(parts_paragraphs=tag == "hr" or not self._run.pieces)
        elif tag in {"td", "th"}:
            self._run.pieces.append(" ")
            self._run.cells.append(len(self._run.pieces))
            self._run.head_cells += tag == "th"
        elif tag == "sup":
            self._run.raised_from = len(self._run.pieces)
        elif tag in _EMPHASIS:
            values = dict(attrs)
            if tag == "a" and "#" in (values.get("href") or ""):
                self._run.link_from = len(self._run.pieces)
            self._start_emphasis(values.get("class") or "")
            if _TIME_CLASS.search(values.get("class") or ""):
                self._run.time_from = len(self._run.pieces)
        if tag in _CONTAINERS or tag in _LINES or tag in _HEADINGS:
            self._start_block(tag)
            classes = next((value or "" for name, value in attrs if name == "class"), "")
            if tag in _CONTAINERS and _NAME_CLASS.search(classes):
                self._run.is_label = True
            self._told = _told(attrs) or self._told
        if (
            tag in _UNSPOKEN
            or tag in _HEADINGS
            or tag in _CONTAINERS
            or tag in {"title", "head", "pre"}
        ):
            self._counts[tag] += 1
            self._open.append((tag, len(self._containers)))
            if tag in _CONTAINERS and len(self._containers) < _DEEPEST:
                self._number += 1
                self._containers.append(self._number)
                if _is_aside(tag, attrs):
                    self._asides.add(self._number)

    def handle_endtag(self, tag: str) -> None:
        if tag in _STRUCK:
            self._struck = max(0, self._struck - 1)
        elif tag == "sup":
            self._run.end_raised()
        elif tag == "a" and self._run.raised_from is None:
            self._run.link_from = None
        if tag in _EMPHASIS:
            self._run.end_time()
            self._end_emphasis()
        if tag in _CONTAINERS or tag in _LINES or tag in _HEADINGS:
            self.end_line(parts_paragraphs=tag != "dt")
            self._struck = 0
        while self._counts[tag]:
            name, depth = self._open.pop()
            self._counts[name] -= 1
            self._asides.difference_update(self._containers[depth:])
            del self._containers[depth:]
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._counts["title"] and not self._counts["svg"]:
            self.title.append(data)
        elif self._struck or any(self._counts[tag] for tag in _UNSPOKEN):
            spoken = not (self._counts["script"] or self._counts["style"])
            self.left_out += len(data.split()) if spoken else 0
        elif self._counts["pre"] and "\n" in data:
            self._add_printed(data)
        elif data.strip() and not self._counts["head"]:
            if not self._run.has_text:
                self._run.has_text = True
                leading = data[: len(data) - len(data.lstrip())]
                self._run.number = self.getpos()[0] + leading.count("\n")
            self._run.pieces.append(data)
        elif self._run.pieces:
            self._run.pieces.append(data)

    def _add_printed(self, data: str) -> None:
        """Lines of a text that is shown as it is printed in the file."""
        first = self.getpos()[0]
        for place, line in enumerate(data.split("\n")):
            if place:
                self.end_line(parts_paragraphs=not self._run.has_text)
            if line.strip() and not self._run.has_text:
                self._run.has_text, self._run.number = True, first + place
            self._run.pieces.append(line)

    def end_line(self, *, parts_paragraphs: bool = False) -> None:
        """The text so far is a line; after it a paragraph may end."""
        run, self._run = self._run, _Run()
        self._marks = 0
        text = run.text()
        if text:
            level = next((n for tag, n in _HEADINGS.items() if self._counts[tag]), 0)
            cells = run.texts_of_cells()
            self._columns = named_places(cells) or self._columns
            is_head = len(cells) == run.head_cells
            row = None if is_head else _row(cells, self._columns)
            marked, bold = row or _marked(run, text)
            told, self._told = self._told, ""
            if told and marked == text and not _names(text, told):
                marked = f"{told} {text}"
            within = tuple(self._containers)
            aside = bool(self._asides)
            self.lines.append(HtmlLine(run.number, text, marked, level, bold, within, aside))
        if parts_paragraphs and self.lines and self.lines[-1].text:
            self.lines.append(HtmlLine(self.lines[-1].number))

    def _start_block(self, tag: str) -> None:
        self.end_line(parts_paragraphs=tag != "dd")
        self._run.is_label = tag == "dt"
        self._columns = None if tag == "table" else self._columns

    def _start_emphasis(self, classes: str) -> None:
        if not self._run.has_text:
            self._marks += 1
            self._run.is_label = self._run.is_label or bool(_SPEAKER_CLASS.search(classes))

    def _end_emphasis(self) -> None:
        if self._marks:
            self._marks -= 1
            if not self._marks and not self._run.emphasised:
                self._run.emphasised = len(self._run.text())
                # A speaker whose name is left out goes on.
                self._run.is_label = self._run.is_label and self._run.has_text


_IS_OPEN = re.compile(r"[(\[][^()\[\]]*$")


def _told(attrs: list[tuple[str, str | None]]) -> str:
    """``[12 s] **Name:**`` of attributes that programs read, unless it is a mere number."""
    values = dict(attrs)
    name = next((v.strip() for key in _SPEAKER_DATA if (v := values.get(key))), "")
    if not name[:1].isalpha() or len(name) > _LONGEST_NAME or "*" in name:
        return ""
    time = next((v.strip() for key in _TIME_DATA if (v := values.get(key))), "")
    clock = _as_clock(time)
    return f"[{clock}] **{name}:**" if clock else f"**{name}:**"


def _as_clock(time: str) -> str:
    """Seconds, or a clock, as a clock."""
    if _CLOCK.fullmatch(time):
        return time
    if not _NUMBER.fullmatch(time):
        return ""
    minutes, seconds = divmod(int(float(time)), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def _names(text: str, told: str) -> bool:
    """Whether a line begins with the name that attributes tell, which is its label then."""
    name = told.rpartition("**")[0].rpartition("**")[2].rstrip(":")
    return text.casefold().startswith(name.casefold())


def _is_aside(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """A box beside the text: a caption, a quotation from it, an invitation to subscribe."""
    classes = next((value or "" for name, value in attrs if name == "class"), "")
    return tag in _ASIDES or (tag != "body" and _ASIDE_CLASS.search(classes) is not None)


def _marked(run: _Run, text: str) -> tuple[str, bool]:
    """The line with its emphasised start as a label; and if all is bold."""
    if len(run.cells) > 1:
        return text, False
    end = len(text) if run.is_label and not run.emphasised else run.emphasised
    if not 0 < end <= _LONGEST_MARK or "*" in text[:end]:
        return text, 0 < end == len(text) and not run.is_label
    while _IS_OPEN.search(text[:end]) and text[end : end + 1] in {")", "]"}:
        end += 1  # a link around the time ends before its bracket
    start, rest = text[:end], text[end:]
    if run.is_label and start.strip()[:1] + start.strip()[-1:] in {"[]", "()"}:
        start = start.strip()[1:-1]
    colon = ":" if run.is_label and not start.endswith(":") else ""
    return f"**{start.strip()}{colon}**{rest}", end == len(text) and not run.is_label


def _row(cells: Sequence[str], columns: Places | None) -> tuple[str, bool] | None:
    """A row of a table whose head names its columns, else with the words in the last one."""
    if named_places(cells):
        return " ".join(cells), False
    places = columns.numbers[:3] if columns else ()
    if places and max(place or 0 for place in places) < len(cells):
        said, name, time = (cells[place] if place is not None else "" for place in places)
    else:
        written = [cell for cell in cells if cell]
        if len(written) < 2:
            return None
        *times, name, said = written
        time = times[0] if times else ""
    name, time = name.rstrip(":"), time.strip("[]() ")
    marked = f"**{name}:** {said}" if name else said
    return f"[{time}] {marked}" if time else marked, False
