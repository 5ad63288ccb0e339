"""Lines with times and no speakers, or few: the transcript of a YouTube page, LRC, Whisper's log.

A time stands in front of its text or on a line above it; the text runs to the next time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.names import is_sound, person_of
from ingest.readers.captions.caption_labels import speech_cues
from ingest.readers.captions.cues import Caption, Cue, add_cues
from ingest.readers.headings import is_possible_heading
from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.lines import (
    TIMECODE,
    Line,
    clock_seconds,
    is_rule,
    numbered_lines,
    take_stamp,
    without_entities,
)
from ingest.readers.titles import is_title_line
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "timed lines"
_SNIFFED = 200_000  # characters
_FEWEST = 3  # times
_SINGLE = 2 / 3  # of the times have one line below them where another may be a chapter
_SHARE = 0.4  # of the lines from the first time on begin with one
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_RANGE = re.compile(rf"\[?{_CLOCK}\s*--?>\s*{_CLOCK}(?=[\]\s]|$)")
_LYRIC = re.compile(rf"\[(?P<clock>{_CLOCK})\](?=[^\s(])")
_GLUED = re.compile(r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?=[^\W\d_])(?![ap]\.?m\b)", re.IGNORECASE)
_SUBTITLE = re.compile(rf"(?P<start>{TIMECODE})\s{{0,4}},\s{{0,4}}{TIMECODE}\s{{0,4}},\s{{0,4}}")
_HEADING = re.compile(
    r"#{1,6}\s+(?P<marked>\S.{0,300})|\[(?P<loud>(?=[^\[\]]*\w\s\w)[^\[\]a-z]{5,300}?)\s?\]"
)
_ESCAPED = re.compile(r"\\(?=[\[\]*_#])")
_DAYTIME = re.compile(r"[ap]\.?m\.?", re.IGNORECASE)
_SETTING = re.compile(r"\$\w{1,40}\s{0,40}=.*|//.*")  # of subtitles as Spruce has them
_POINT = re.compile(r"starting point is (?=\d)", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,3}) hours?)?(?:, )?(?:(?P<minutes>\d{1,2}) minutes?)?(?:, )?"
    r"(?:(?P<seconds>\d{1,2}) seconds?)?"
)  # which YouTube reads out
_OF_PANEL = re.compile(
    r"Transcript|Search in video|Follow along using the transcript\.?|Show transcript|"
    r"In this video|Chapters|Sync to video time|[A-Z][a-z]{2,20}(?: \([A-Za-z -]{1,30}\))? "
    r"\(auto-generated\)"
)  # what YouTube has around it
_MARKED = (_RANGE, _LYRIC, _SUBTITLE)
_TAG = re.compile(r"\[(?P<key>[a-z]{2,8}):(?P<value>[^\[\]]{0,300})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A line without the time in front of it; ``seconds`` is None when it has none."""

    line: int
    text: str
    seconds: float | None


def sniff(source: SourceFile) -> bool:
    """Times in front of lines that name nobody; or times with arrows, or as lyrics have them."""
    written = _lines(source.text[:_SNIFFED])
    lines = [line for line in written if line.text]
    while lines and _timed(lines[0]).seconds is None:
        del lines[0]
    found = [_timed(line) for line in lines]
    stamps = sum(1 for line in found if line.seconds is not None)
    if stamps < _FEWEST or (stamps < _SHARE * len(lines) and not _stand_alone(lines, found)):
        return False
    if _are_below_names(written):
        return False
    labels = max((find_labels(found) for found in (lines, written)), key=speaker_count)
    if speaker_count(labels) < 2:
        return True
    marked = sum(1 for line in lines if any(shape.match(line.text) for shape in _MARKED))
    if 2 * marked <= stamps:
        return False
    cues = speech_cues(list(_captions([_timed(line) for line in lines])))
    people = {label.name for label in labels if label and label.name}
    return len({cue.speaker for cue in cues if cue.speaker}) >= len(people)


def _stand_alone(lines: Sequence[Line], timed: Sequence[_Timed]) -> bool:
    """Whether all times stand in brackets on lines of their own, and go forward."""
    found = [
        (time.seconds, not time.text and line.text[0] in "[(")
        for line, time in zip(lines, timed, strict=True)
        if time.seconds is not None
    ]
    seconds = [time for time, _ in found]
    return seconds == sorted(seconds) and all(alone for _, alone in found)


def _are_below_names(lines: Sequence[Line]) -> bool:
    """Whether names that come back are headings: ``## Ada Vale`` above ``[0:04] text``."""
    titles = (line.text.lstrip("#").strip() for line in lines if line.text.startswith("#"))
    counts = Counter(name for title in titles if (name := person_of(title)))
    return max(counts.values(), default=0) > 1


def read(source: SourceFile) -> Reading:
    """What stands above the first time is editorial; tags such as ``[ti:…]`` are no text."""
    builder = TranscriptBuilder(FORMAT)
    timed: list[_Timed] = []
    above: list[Line] = []
    lines = _lines(source.text)
    is_subtitle = any(_SUBTITLE.match(line.text) for line in lines)
    for line in lines:
        tag = _TAG.fullmatch(line.text)
        if tag and tag["key"].lower() == "ti":
            builder.title = tag["value"]
        if tag or not line.text or is_rule(line.text):
            continue
        if timed and _OF_PANEL.fullmatch(line.text):
            continue
        if is_subtitle and _SETTING.fullmatch(line.text):
            continue
        found = _timed(line)
        if timed or found.seconds is not None:
            timed.append(found)
        elif builder.title is None and _is_title(line, lines):
            builder.title = line.text.lstrip("# ")
            builder.heading(builder.title, level=1, line=line.number, kind="title")
        else:
            above.append(line)
    chapters, timed = _without_chapters(timed)
    above += [Line(chapter.line, chapter.text) for chapter in chapters]
    marked = [replace(t, text=title) for t in timed if (title := _heading_in(t))]
    timed = [found for found in timed if _heading_in(found) is None]
    timed, headings = _parted(timed)
    headings = sorted((*marked, *headings), key=lambda heading: heading.line)
    if headings and above and is_possible_heading(above[-1].text, strict=True):
        headings.insert(0, _Timed(above[-1].number, above.pop().text, timed[0].seconds))
    for line in above:
        builder.editorial(line.text, line=line.number)
    _write(list(speech_cues(list(_captions(timed)))), headings, builder)
    return builder.build()


def _heading_in(found: _Timed) -> str | None:
    """``### Kettles`` and ``[CALL TO ORDER]`` between the times; no sound that is heard there."""
    heading = _HEADING.fullmatch(found.text) if found.seconds is None else None
    if heading is None:
        return None
    title: str = heading["marked"] or heading["loud"]
    return title if heading["marked"] or not is_sound(title) else None


def _without_chapters(timed: list[_Timed]) -> tuple[list[_Timed], list[_Timed]]:
    """The list of chapters above a talk whose times begin anew, and the talk."""
    starts = [(place, found.seconds) for place, found in enumerate(timed) if found.seconds]
    drops = [
        after
        for (place, earlier), (after, later) in pairwise(starts)
        if later < earlier / 2 and place + 1 <= after
    ]
    place = drops[0] if len(drops) == 1 else 0
    while place and timed[place - 1].seconds == 0:
        place -= 1
    is_list = place and 2 * place <= len(timed) and len({t.seconds for t in timed[:place]}) > 2
    return (timed[:place], timed[place:]) if is_list else ([], timed)


def _parted(timed: Sequence[_Timed]) -> tuple[list[_Timed], list[_Timed]]:
    """Speech, and chapters: a second line below a time where others have one line of words."""
    starts = [place for place, found in enumerate(timed) if found.seconds is not None]
    sizes = [after - first - 1 for first, after in pairwise([*starts, len(timed)])]
    alone = all(not timed[place].text for place in starts)
    if not alone or sizes.count(1) < _SINGLE * len(sizes):
        return list(timed), []
    chapters = {
        after - 1: replace(timed[after - 1], seconds=timed[after].seconds)
        for size, after in zip(sizes, starts[1:], strict=False)
        if size > 1 and is_possible_heading(timed[after - 1].text, strict=True)
    }
    kept = [found for place, found in enumerate(timed) if place not in chapters]
    return kept, list(chapters.values())


def _write(cues: Sequence[Cue], headings: Sequence[_Timed], builder: TranscriptBuilder) -> None:
    ends = [heading.line for heading in headings]
    for heading, first, after in zip([None, *headings], [0, *ends], [*ends, None], strict=True):
        if heading:
            builder.heading(heading.text, level=1, line=heading.line, seconds=heading.seconds)
        add_cues(builder, (c for c in cues if first < c.line and (after is None or c.line < after)))


def _is_title(line: Line, lines: Sequence[Line]) -> bool:
    """A heading of Markdown, or a first line in the shape of a title."""
    first = next(found for found in lines if found.text)
    return line.text.startswith("# ") or (line is first and is_title_line(line.text))


def _lines(text: str) -> list[Line]:
    """Without a time in words below the same time in figures."""
    lines = _with_times_apart(numbered_lines(without_entities(text)))
    for position in range(1, len(lines)):
        seconds = _in_words(lines[position].text)
        stamp = take_stamp(lines[position - 1].text) if seconds is not None else None
        if stamp and not stamp.rest and stamp.seconds == seconds:
            lines[position] = replace(lines[position], text="")
    return lines


def _with_times_apart(lines: list[Line]) -> list[Line]:
    """``0:14So it sings`` with a space between, where most times stand so."""
    glued = [line for line in lines if _GLUED.match(line.text)]
    times = sum(1 for line in lines if take_stamp(line.text))
    if len(glued) < max(_FEWEST, times):
        return lines
    return [replace(li, text=_GLUED.sub(r"\g<clock> ", li.text, count=1)) for li in lines]


def _in_words(text: str) -> float | None:
    """``1 minute, 5 seconds``."""
    found = _DURATION.fullmatch(text) if text else None
    if found is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds


def _timed(line: Line) -> _Timed:
    lyric = _LYRIC.match(line.text)
    if lyric:
        return _Timed(line.number, line.text[lyric.end() :], clock_seconds(lyric["clock"]))
    subtitle = _SUBTITLE.match(line.text)
    if subtitle:
        text = line.text[subtitle.end() :].replace("|", " ")
        return _Timed(line.number, text, clock_seconds(subtitle["start"]))
    stamp = take_stamp(_POINT.sub("", line.text))
    if stamp is None:
        return _Timed(line.number, line.text, None)
    rest = _ESCAPED.sub("", stamp.rest.lstrip("-–—:|· "))
    return _Timed(line.number, "" if _DAYTIME.fullmatch(rest) else rest, stamp.seconds)


def _captions(timed: Sequence[_Timed]) -> Iterator[Caption]:
    """The lines below each time; a caption ends where the next one begins."""
    starts = [i for i, found in enumerate(timed) if found.seconds is not None]
    for first, after in pairwise([*starts, len(timed)]):
        block = timed[first:after]
        start = block[0].seconds or 0.0
        end = timed[after].seconds if after < len(timed) else None
        lines = tuple((found.line, found.text) for found in block if found.text)
        if lines:
            yield Caption(lines, start, max(start, end or start))
