"""PDF documents, by pdfminer.six: its text boxes as paragraphs, larger type as headings.

A PDF holds lines where they were printed, and no paragraphs. What is put together here: the lines
of a box, a paragraph that goes on over the page, a word that was divided and stands undivided
elsewhere. What is left out: what repeats at the top or the foot of the pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from ingest.converters.page import page

HEADING_SIZE = 1.15  # of the size of the body's type
LONGEST_HEADING = 200  # characters
MARGIN = 0.12  # of the page's height, in which running heads and page numbers stand
FEWEST_REPEATS = 2

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": "-"})
_STAMP = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_NAME = r"[A-Z][\w.'’-]*(?:[ ,(&]+(?:[A-Z\d][\w.'’-]*|and|de|der|van|von)\)?){0,4}"
_LABEL = re.compile(rf"(?:{_STAMP}\s*)?{_NAME}:(?:\s|$)|{_STAMP}")
_LABEL_ALONE = re.compile(rf"{_NAME}\s+{_STAMP}$|{_STAMP}$")
_FILE_NAME = re.compile(r"\.\w{2,5}$|^untitled", re.IGNORECASE)
_COMPLETE = re.compile(r"[.?!:…][\"”’')\]]*$")
_WORD_END = re.compile(r"(\w+)-$")
_WORD_START = re.compile(r"^[a-z]\w*")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; ``bold`` characters of it, at its start, are bold."""

    text: str
    size: float
    bold: int


@dataclass(frozen=True, slots=True)
class Box:
    """Lines that stand together; ``margin`` where a running head or foot would."""

    lines: tuple[Line, ...]
    margin: bool

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def html(file: BytesIO) -> str:
    """Raises ValueError for a document without text or with a password."""
    try:
        title = _title(file)
        file.seek(0)
        boxes = [[*_boxes(leaf)] for leaf in extract_pages(file, laparams=LAParams())]
    except PDFPasswordIncorrect as error:
        raise ValueError("it is protected by a password") from error
    leaves = _without_running_heads(boxes)
    body = [box for leaf in leaves for box in leaf]
    if not body:
        raise ValueError("it holds no text; if it was scanned, recognise its text first (OCR)")
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
    title = decode_text(title).strip() if isinstance(title, bytes) else ""
    return "" if _FILE_NAME.search(title) else title


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
    text = " ".join(part.get_text().translate(_LIGATURES).split())
    characters = [c for c in part if isinstance(c, LTChar) and c.get_text().strip()]
    if not text or not characters:
        return None
    size = Counter(round(character.size, 1) for character in characters).most_common(1)[0][0]
    bold = next(
        (i for i, c in enumerate(characters) if "bold" not in c.fontname.lower()), len(characters)
    )
    return Line(text, size, _length_with_spaces(text, bold))


def _length_with_spaces(text: str, letters: int) -> int:
    """How many characters hold the first so many that are no spaces."""
    for position, character in enumerate(text):
        if letters == 0:
            return position
        letters -= not character.isspace()
    return len(text)


def _without_running_heads(leaves: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """The boxes without those that stand, but for numbers, on several pages' margins."""
    repeats = Counter(key for leaf in leaves for key in {_key(box) for box in leaf if box.margin})
    return [
        [
            box
            for box in leaf
            if not (box.margin and (repeats[_key(box)] >= FEWEST_REPEATS or not _key(box)))
        ]
        for leaf in leaves
    ]


def _key(box: Box) -> str:
    return re.sub(r"[\d\W]+", "", box.text)


def _blocks(leaves: Sequence[Sequence[Box]], usual: float, words: Counter[str]) -> Iterator[str]:
    """Headings and paragraphs of all pages."""
    largest = max(line.size for leaf in leaves for box in leaf for line in box.lines)
    text, bold = "", 0
    for leaf in leaves:
        for box_number, box in enumerate(leaf):
            size = max(line.size for line in box.lines)
            if size >= HEADING_SIZE * usual and len(box.text) <= LONGEST_HEADING:
                yield from _paragraph(text, bold)
                text, bold = "", 0
                level = 1 if size == largest else 2
                yield f"<h{level}>{escape(box.text)}</h{level}>"
                continue
            for line_number, line in enumerate(box.lines):
                over_the_page = not box_number and not _COMPLETE.search(text)
                if (line_number or over_the_page) and _goes_on(text, line):
                    text = _joined(text, line.text, words)
                    continue
                yield from _paragraph(text, bold)
                text, bold = line.text, line.bold
    yield from _paragraph(text, bold)


def _goes_on(text: str, line: Line) -> bool:
    """Whether a line belongs to the paragraph before it: no label begins it, or ended that.

    Bold words begin one only after a whole sentence; elsewhere they are stressed.
    """
    stands_out = line.bold and _COMPLETE.search(text)
    begins = stands_out or _LABEL.match(line.text) or _LABEL_ALONE.match(line.text)
    return bool(text) and not begins and not _LABEL_ALONE.match(text)


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
