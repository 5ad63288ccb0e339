"""Tables of turns, as CSV or TSV: columns for the text and for the speaker, the time, or both."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.names import is_name
from ingest.readers.captions.caption_labels import with_labels
from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.dates import day_of
from ingest.readers.labels.chats import is_from_zoom
from ingest.readers.lines import is_ruler
from ingest.readers.timestamps import MILLISECONDS, seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "table of turns"

_TEXT = frozenset(
    "text transcript transcription utterance content sentence sentences caption dialogue speech "
    "message words body texte texto testo tekst".split()
)
_SPEAKER = frozenset(
    "speaker speakername speakerlabel name who participant person sprecher sprecherin locuteur "
    "intervenant hablante orador character talent".split()
)
_START = frozenset(
    "start starttime startms begin begintime time timestamp timecode in startseconds starts "
    "beginn anfang zeit inicio timecodein tcin timein timestampin timespan timerange".split()
)
_END = frozenset(
    "end endtime endms stop stoptime out endseconds ends ende fin timecodeout tcout timeout "
    "timestampout".split()
)
_TITLE = frozenset("episode title episodetitle".split())
_DATE = frozenset("date recorded published publishdate pubdate publicationdate".split())
_TIME = r"\d{1,3}(?::\d{2}){1,2}(?:[.,]\d{1,3})?"
_CLOCK = re.compile(rf"[\[(]?{_TIME}(?:\s?(?:--?>|→|[-–—])\s?{_TIME})?[\])]?")
_SPAN = re.compile(r"[\[(]?(\d[\d:.,]{2,15})\s?(?:--?>|→|[-–—])\s?(\d[\d:.,]{2,15})[\])]?")
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,11}")
_SECONDS = re.compile(r"\d{1,6}\.\d{1,9}")
_SAMPLE = 20  # rows
_FEWEST = 3  # rows of a table that does not name its columns
_FEWEST_WORDS = 3  # that a text has on average
_DELIMITERS = "\t,;|"
_LATEST_HEADER = 10  # lines above it
_LONGEST_ABOVE = 120  # characters of a line above it


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of the columns, from 0, that a head names."""

    text: int
    speaker: int | None
    start: int | None
    end: int | None

    @property
    def numbers(self) -> tuple[int | None, ...]:
        return self.text, self.speaker, self.start, self.end


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a row things stand, and how many units of its times make a second."""

    delimiter: str
    places: Places
    has_header: bool
    units: float = 1.0


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


def sniff(source: SourceFile) -> bool:
    _, text = _parted(source.text[:100_000])
    found = _find_columns(text)
    return found is not None and (found.has_header or not is_from_zoom(source))


def read(source: SourceFile) -> Reading:
    """A turn for every row, joined where the speaker stays the same. Raises UnreadableFile."""
    above, text = _parted(source.text)
    columns = _find_columns(text[:100_000])
    if columns is None:
        raise UnreadableFile(f"{source.name}: a table without a column of text")
    builder = TranscriptBuilder(FORMAT)
    for number, line in enumerate(above, start=1):
        builder.editorial(line.strip(_DELIMITERS + '" '), line=number)
    try:
        if columns.has_header:
            builder.title, builder.date = _title_and_date(text, columns)
        add_cues(builder, with_labels(_cues(text, columns)))
    except csv.Error as error:
        raise UnreadableFile(f"{source.name}: not a usable table: {error}") from error
    return builder.build()


def _parted(text: str) -> tuple[list[str], str]:
    """The lines above a header that is not the first line, and the text with these emptied."""
    lines = text.split("\n", _LATEST_HEADER + 1)
    for place, line in enumerate(lines[: _LATEST_HEADER + 1]):
        cells = next((line.split(mark) for mark in _DELIMITERS if line.count(mark) > 1), [])
        if not named_places([cell.strip('" ') for cell in cells]):
            continue
        above = lines[:place]
        short = all(len(text) < _LONGEST_ABOVE for text in above)
        if above and short:
            return above, "\n" * place + "\n".join(lines[place:])
        break
    return [], text


def _title_and_date(text: str, columns: _Columns) -> tuple[str | None, str | None]:
    """From columns of their own, in which every row has the same."""
    header, *rows = (row.cells for row in _rows(text, columns.delimiter, skips_header=False))

    def same(names: frozenset[str]) -> str:
        place = next((i for i, cell in enumerate(header) if _plain(cell) in names), None)
        if place is None or place in columns.places.numbers:
            return ""
        found = {row[place].strip() for row in rows if place < len(row)}
        return found.pop() if len(found) == 1 else ""

    title = same(_TITLE)
    return title if any(map(str.isalpha, title)) else None, day_of(same(_DATE))


def _cues(text: str, columns: _Columns) -> Iterator[Cue]:
    places = columns.places
    speaker: str | None = None
    for row in _rows(text, columns.delimiter, columns.has_header):
        cells = row.cells
        if len(cells) > places.text + 1 and places.text == _last(places):
            cells = [*cells[: places.text], columns.delimiter.join(cells[places.text :])]
        said = cells[places.text] if places.text < len(cells) else " ".join(cells)

        def cell(position: int | None, cells: Sequence[str] = cells) -> str:
            return cells[position].strip() if position is not None and position < len(cells) else ""

        first, last = cell(places.start), cell(places.end)
        span = _SPAN.fullmatch(first) if not last else None
        first, last = (span[1], span[2]) if span else (first, last)
        start, end = (seconds(time.strip("[]()"), columns.units) for time in (first, last))
        name = cell(places.speaker).rstrip(": ")
        speaker = name or (speaker if not first else None)  # cells of a turn that are one
        yield Cue(said, row.line, start, end, speaker)


def _last(places: Places) -> int:
    return max(number for number in places.numbers if number is not None)


def _rows(text: str, delimiter: str, skips_header: bool) -> Iterator[_Row]:
    """Rows with the lines that they begin on. A mark of quotation may be only that in a TSV."""
    lines = text.split("\n")
    reader = csv.reader(
        (f"{line}\n" for line in lines),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if _has_plain_quotes(lines, delimiter) else csv.QUOTE_MINIMAL,
    )
    begins = 1
    is_header = skips_header
    for cells in reader:
        written = any(cell.strip() for cell in cells)
        if written and is_header:
            is_header = False
        elif written:
            first = next(cell for cell in cells if cell.strip())
            yield _Row(begins + first[: len(first) - len(first.lstrip())].count("\n"), cells)
        begins = reader.line_num + 1


def _has_plain_quotes(lines: Sequence[str], delimiter: str) -> bool:
    """Whether a cell of a TSV begins with a mark of quotation and does not end with one."""
    cells = (cell for line in lines for cell in line.split("\t") if delimiter == "\t")
    return any(cell.startswith('"') and (len(cell) < 2 or cell[-1] != '"') for cell in cells)


def _find_columns(text: str) -> _Columns | None:
    lines = [line for line in text.split("\n") if line.strip()][: _SAMPLE + 1]
    if any(map(is_ruler, lines[1:2])):
        return None  # Markdown
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        found = _named_columns(rows, delimiter) if rows else None
        found = found or (_unnamed_columns(rows, delimiter) if delimiter in "\t|," else None)
        if found:
            return found
    return None


def named_places(header: Sequence[str]) -> Places | None:
    """Where a header names the text and who says it or when."""
    cells = [_plain(cell) for cell in header]
    text, speaker, start, end = (
        next((place for place, name in enumerate(cells) if name in names), None)
        for names in (_TEXT, _SPEAKER, _START, _END)
    )
    if text is None or (speaker, start) == (None, None):
        return None
    return Places(text, speaker, start, end)


def _named_columns(rows: Sequence[Sequence[str]], delimiter: str) -> _Columns | None:
    places = named_places(rows[0])
    if places is None or len(rows) < 2:
        return None
    header = [_plain(cell) for cell in rows[0]]
    of_whisper = header == ["start", "end", "text"] and delimiter == "\t"
    whole = all(cell.strip().isdigit() for row in rows[1:] for cell in row[:2])
    in_ms = places.start is not None and header[places.start].endswith("ms")
    units = MILLISECONDS if in_ms or (of_whisper and whole) else 1.0
    return _Columns(delimiter, places, True, units)


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell.casefold())


def _unnamed_columns(rows: Sequence[Sequence[str]], delimiter: str) -> _Columns | None:
    """By their cells: times, or names of several that come back, or both, and last the text."""
    width = len(rows[0])
    if len(rows) < _FEWEST or not 2 <= width <= 4 or any(len(row) != width for row in rows):
        return None

    def all_are(position: int, fits: Callable[[str], object]) -> bool:
        return all(fits(row[position].strip()) for row in rows)

    times = [p for p in range(width - 1) if all_are(p, _CLOCK.fullmatch)]
    times = times or [p for p in range(width - 1) if _are_seconds([row[p] for row in rows])]
    names = [p for p in range(width - 1) if p not in times and all_are(p, _is_voice)]
    if len(times) + len(names) < width - 1 or len(names) > 1:
        return None
    is_conversation = come_back([r[0] for r in rows]) and are_sentences([r[-1] for r in rows])
    if not times and not is_conversation:
        return None
    if delimiter == "," and not (times and names):
        return None
    start, end = (times[place] if place < len(times) else None for place in (0, 1))
    return _Columns(delimiter, Places(width - 1, names[0] if names else None, start, end), False)


def _is_voice(cell: str) -> bool:
    """A name, or the code of a speaker in capitals."""
    return is_name(cell) or _CODE.fullmatch(cell) is not None


def _are_seconds(cells: Sequence[str]) -> bool:
    """Whether numbers with decimals go forward."""
    if not all(_SECONDS.fullmatch(cell.strip()) for cell in cells):
        return False
    numbers = [float(cell) for cell in cells]
    return numbers == sorted(numbers)


def come_back(names: Sequence[str]) -> bool:
    """Whether names are those of several people who speak again, and no list of terms."""
    return len({*names}) > 1 and 2 * len({*names}) <= len(names)


def are_sentences(texts: Sequence[str]) -> bool:
    """Whether texts are long enough, on average, to be what somebody says."""
    return sum(len(text.split()) for text in texts) >= _FEWEST_WORDS * len(texts)
