"""PDF documents, by pdfminer.six: its text boxes as paragraphs, larger type as headings.

A PDF holds lines where they were printed, and no paragraphs. What is put together here: the lines
of a box, a paragraph that goes on over the page, a word that was divided and stands undivided
elsewhere. What is left out: what repeats at the top or the foot of the pages.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from ingest.converters.page import page
from ingest.converters.pdf_tables import with_rows
from ingest.converters.printed import ALIGNED, Box, Line
from ingest.superscripts import raised

HEADING_SIZE = 1.15  # of the size of the body's type
LONGEST_HEADING = 200  # characters
RAISED_SIZE, RAISED_BY = 0.85, 0.15  # of the size of the line's type
MARGIN = 0.12  # of the page's height, in which running heads and page numbers stand
FEWEST_REPEATS = 2
LEAST_REPEATED = 1 / 3  # of the pages, on which a running head stands
MOST_UNREADABLE = 0.1  # of the words: letters that the fonts do not name, or in the order of print
FEWEST_NUMBERED = 15  # lines that are numbers or begin with them, where lines are numbered
LEAST_NUMBERED = 0.45  # of all lines: every number may stand apart from its line

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": "-"})
_STAMP = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?:[ ,(&]+[\w.'’-]+\)?){0,4})"
_LABEL = re.compile(rf"(?:{_STAMP}\s*)?{_NAME}(?:\s*{_STAMP})?[:：](?:\s|$)")
_LABEL_ALONE = re.compile(rf"{_NAME}\s+{_STAMP}$")
_STAMPED = re.compile(rf"{_STAMP}(?:\s|$)|[QA][.)]\s")
_IN_NAMES = frozenset({"and", "de", "der", "of", "the", "van", "von"})
_NUMBERED = re.compile(r"\d{1,3}(?:\s+(?=\S)|$)")
_UNREADABLE = re.compile(r"\(cid:\d+\)|[\uFB50-\uFDFF\uFE70-\uFEFF]")
_COMPLETE = re.compile(r"[.?!:…][\"”’')\]]*$")
_WORD_END = re.compile(r"(\w+)-$")
_WORD_START = re.compile(r"^[a-z]\w*")


def html(file: BytesIO) -> str:
    """Raises ValueError for a document without text or with a password."""
    try:
        title = _title(file)
        file.seek(0)
        boxes = [[*_boxes(leaf)] for leaf in extract_pages(file, laparams=LAParams())]
        boxes = with_rows(boxes)
    except PDFPasswordIncorrect as error:
        raise ValueError("it is protected by a password") from error
    leaves = _without_running_heads(_without_line_numbers(boxes))
    body = [box for leaf in leaves for box in leaf]
    if not body:
        raise ValueError("it holds no text; if it was scanned, recognise its text first (OCR)")
    unreadable = sum(len(_UNREADABLE.findall(box.text)) for box in body)
    if unreadable > MOST_UNREADABLE * sum(len(box.text) for box in body) / 5:
        raise ValueError("its fonts do not say which letters they hold")
    sizes: Counter[float] = Counter()
    for box in body:
        for line in box.lines:
            sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    words = Counter(re.findall(r"\w+", " ".join(box.text for box in body).lower()))
    return page(_blocks(leaves, usual, words), title)


def _title(file: BytesIO) -> str:
    information = PDFDocument(PDFParser(file)).info
    title = information[0].get("Title") if information else None
    return decode_text(title) if isinstance(title, bytes) else ""


def _boxes(leaf: LTPage) -> Iterator[Box]:
    for element in leaf:
        if isinstance(element, LTTextBox):
            lines = tuple(line for part in element if (line := _line(part)) is not None)
            if lines:
                top, foot = leaf.height * (1 - MARGIN), leaf.height * MARGIN
                yield Box(lines, element.y0 >= top or element.y1 <= foot)


def _line(part: object) -> Line | None:
    if not isinstance(part, LTTextLine):
        return None
    characters = [c for c in part if isinstance(c, LTChar) and c.get_text().strip()]
    if not characters:
        return None
    size = Counter(round(character.size, 1) for character in characters).most_common(1)[0][0]
    foot = next(c.y0 for c in characters if round(c.size, 1) == size)
    printed = (raised(c.get_text()) if _is_raised(c, size, foot) else c.get_text() for c in part)
    text = " ".join("".join(printed).translate(_LIGATURES).split())
    bold = next(
        (i for i, c in enumerate(characters) if "bold" not in c.fontname.lower()), len(characters)
    )
    bold = _length_with_spaces(text, bold)
    return Line(text, size, bold, part.x0, part.x1, part.y1, part.y0)


def _is_raised(character: object, size: float, foot: float) -> bool:
    """Whether one is smaller than those of its line, and stands higher."""
    return (
        isinstance(character, LTChar)
        and character.size < RAISED_SIZE * size
        and character.y0 > foot + RAISED_BY * size
    )


def _length_with_spaces(text: str, letters: int) -> int:
    """How many characters hold the first so many that are no spaces."""
    for position, character in enumerate(text):
        if letters == 0:
            return position
        letters -= not character.isspace()
    return len(text)


def _without_running_heads(leaves: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """The boxes without what stands, but for page numbers, on the margins of many pages.

    Labels stay: they may well repeat where pages begin, and so do lines that also stand amid them.
    """
    pages: dict[str, set[int]] = defaultdict(set)
    for number, leaf in enumerate(leaves):
        for box in leaf:
            for key in _keys(box, number) if box.margin else ():
                pages[key].add(number)
    amid = Counter(
        line.text for leaf in leaves for box in leaf if not box.margin for line in box.lines
    )
    fewest = max(FEWEST_REPEATS, math.ceil(LEAST_REPEATED * len(leaves)))

    def repeats(box: Box, number: int) -> bool:
        often = any(len(pages[key]) >= fewest for key in _keys(box, number))
        is_said = amid[box.text] >= FEWEST_REPEATS
        return box.margin and often and not (is_said or _begins_turn(box.text))

    return [[box for box in leaf if not repeats(box, number)] for number, leaf in enumerate(leaves)]


def _keys(box: Box, number: int) -> set[str]:
    """What is alike on pages whose running heads differ, if at all, by the page's number."""
    text = re.sub(r"\d+\s*(?:of|/)\s*\d+$", "#", box.text)
    last = re.sub(r"\d{1,6}(?=\D*$)", lambda found: f"#{int(found[0]) - number}", text)
    first = re.sub(r"^\D*\d{1,6}", lambda found: _relative(found[0], number), text)
    return {text, last, first}


def _relative(start: str, number: int) -> str:
    digits = re.sub(r"\D", "", start)
    return f"{start.removesuffix(digits)}#{int(digits) - number}"


def _without_line_numbers(leaves: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """The boxes without the numbers of lines, which stand in their margin or begin them."""
    lines = [line for leaf in leaves for box in leaf for line in box.lines]
    numbered = sum(1 for line in lines if _NUMBERED.match(line.text))
    if numbered < FEWEST_NUMBERED or numbered < LEAST_NUMBERED * len(lines):
        return [[*leaf] for leaf in leaves]
    found = []
    for leaf in leaves:
        boxes = []
        for box in leaf:
            kept = [(line, _NUMBERED.sub("", line.text)) for line in box.lines]
            spoken = tuple(replace(line, text=text, bold=0) for line, text in kept if text)
            if spoken:
                boxes.append(replace(box, lines=spoken))
        found.append(boxes)
    return found


def _begins_turn(text: str) -> bool:
    """Whether a line begins with a label or a time, or is one."""
    found = _LABEL.match(text) or _LABEL_ALONE.match(text)
    if found:
        words = re.findall(r"[^\W\d_][\w.'’-]*", found["name"])
        return all(not word[0].islower() or word in _IN_NAMES for word in words)
    return bool(_STAMPED.match(text))


def _blocks(leaves: Sequence[Sequence[Box]], usual: float, words: Counter[str]) -> Iterator[str]:
    """Headings and paragraphs of all pages."""
    largest = max(line.size for leaf in leaves for box in leaf for line in box.lines)
    text, bold, room = "", 0, 0.0
    for leaf in leaves:
        for box_number, box in enumerate(leaf):
            size = max(line.size for line in box.lines)
            larger = size >= HEADING_SIZE * usual and len(box.text) <= LONGEST_HEADING
            if larger and not _begins_turn(box.text):
                yield from _paragraph(text, bold)
                text, bold = "", 0
                level = 1 if size == largest else 2
                yield f"<h{level}>{escape(box.text)}</h{level}>"
                continue
            edge = _right_edge(box, leaf)
            for line_number, line in enumerate(box.lines):
                follows = line_number or not box_number  # in its box, or over the page
                if follows and _goes_on(text, line, ended_early=line.first_word <= room):
                    text = _joined(text, line.text, words)
                else:
                    yield from _paragraph(text, bold)
                    text, bold = line.text, line.bold
                room = edge - line.right
    yield from _paragraph(text, bold)


def _right_edge(box: Box, leaf: Sequence[Box]) -> float:
    """How far the lines of a box's column reach: a line whose next word had fitted ends there."""
    left = box.lines[0].left
    return max(
        line.right
        for other in leaf
        for line in other.lines
        if other is box or abs(other.lines[0].left - left) <= ALIGNED
    )


def _goes_on(text: str, line: Line, *, ended_early: bool) -> bool:
    """Whether a line belongs to the paragraph before it, which may have ended before its edge.

    A label, or what stands out in bold, begins a turn only after a whole sentence or an early end:
    a line may well begin with "London: …". What begins with a small letter goes on.
    """
    if not text or _LABEL_ALONE.match(text):
        return False
    label = _LABEL.match(line.text)
    if _COMPLETE.search(text):
        begins = line.bold or _begins_turn(line.text) or (label and ended_early)
        if begins:
            return False
    return not ended_early or (line.text[0].islower() and not _begins_turn(line.text))


def _paragraph(text: str, bold: int) -> Iterator[str]:
    if text:
        label, rest = text[:bold].rstrip(), text[bold:].lstrip()
        start = f"<strong>{escape(label)}</strong> " if label else ""
        yield f"<p>{start}{escape(rest)}</p>"


def _joined(before: str, after: str, words: Counter[str]) -> str:
    """Two lines of a paragraph; a hyphen goes only where the undivided word stands elsewhere."""
    end, start = _WORD_END.search(before), _WORD_START.match(after)
    if end and start:
        undivided = (end.group(1) + start.group()).lower()
        return before[:-1] + after if words[undivided] else before + after
    return f"{before} {after}"
