"""Caption cues: what WebVTT, SubRip, SBV and speech-recognition JSON have in common.

The webvtt library decides what a cue is; here its lines get their numbers in the file, rolling
captions lose their repetitions, and speech that names nobody is cut into paragraphs.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from ingest.names import as_spoken
from ingest.transcript import SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

PARAGRAPH_WORDS = 120  # of unknown speakers; about what one embedding holds

_TIMING = re.compile(r"\d:\d{1,2}(?::\d{1,2})?[.,]\d+\s*(?:-->|,)\s*\d")
_COMMA_TIMES = re.compile(
    r"^[\d:]{4,12},\d{3}[ \t]{0,8}-->[ \t]{0,8}[\d:]{4,12},\d{3}(?!\d)", re.MULTILINE
)
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|s|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_WORD_TIME = re.compile(r"<(?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3}>")
_ENTITY = re.compile(r"&#?\w+;")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of speech on one line of the file; times in seconds.

    ``new_turn`` marks a change of speaker that the file shows without naming anybody.
    ``paragraph_end`` says whether a paragraph may end here; None leaves it to the punctuation.
    """

    text: str
    line: int
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    new_turn: bool = False
    paragraph_end: bool | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A cue as its format has it: raw lines with their numbers; times in seconds.

    ``identifier`` is what stands above its times.
    """

    lines: tuple[tuple[int, str], ...]
    start: float
    end: float
    identifier: str = ""


def parse_captions(source: SourceFile, file_format: str) -> list[Caption]:
    """The cues of a ``vtt``, ``srt`` or ``sbv`` file. Raises UnreadableFile when malformed."""
    text = source.text.lstrip()
    if file_format == "vtt":
        text = _COMMA_TIMES.sub(lambda found: found.group().replace(",", "."), text)
    try:
        parsed = webvtt.from_buffer(io.StringIO(text), format=file_format)
    except (MalformedFileError, MalformedCaptionError) as error:
        raise UnreadableFile(f"{source.name}: not valid {file_format.upper()}: {error}") from error
    return list(_located(parsed.captions, source.text.split("\n")))


def _located(captions: Iterable[webvtt.Caption], lines: Sequence[str]) -> Iterator[Caption]:
    timings = [number for number, line in enumerate(lines) if _TIMING.search(line)]
    following = 0
    for caption in captions:
        payload = [line for line in caption.lines if line.strip()]
        for position in range(following, len(timings) if payload else 0):
            end = timings[position + 1] if position + 1 < len(timings) else len(lines)
            numbered = _numbered(payload, lines, timings[position] + 1, end)
            if numbered:
                following = position + 1
                start = caption.start_time.in_milliseconds() / 1000
                end_seconds = caption.end_time.in_milliseconds() / 1000
                identifier = caption.identifier or ""
                yield Caption(numbered, start, max(start, end_seconds), identifier)
                break


def _numbered(
    payload: Sequence[str], lines: Sequence[str], first: int, end: int
) -> tuple[tuple[int, str], ...]:
    """The payload with its line numbers; empty when it does not stand at ``lines[first:end]``."""
    numbered = []
    wanted = 0
    for number in range(first, end):
        if wanted < len(payload) and lines[number] == payload[wanted]:
            numbered.append((number + 1, payload[wanted]))
            wanted += 1
    return tuple(numbered) if wanted == len(payload) else ()


def plain(text: str) -> str:
    """Caption text without tags and word times, its entities decoded."""
    return decode_entities(_TAG.sub("", text))


def decode_entities(text: str) -> str:
    """``&amp;`` and its like; a bare ampersand, as in ``R&D``, stays."""
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def unroll(captions: Sequence[Caption]) -> list[Caption]:
    """Rolling captions show each line again while the next one appears: keep the first showing."""
    if not _are_rolling(captions):
        return list(captions)
    unrolled = []
    shown: list[str] = []
    for caption in captions:
        visible = [(n, line) for n, line in caption.lines if plain(line).strip()]
        now = [plain(line).strip() for _, line in visible]
        fresh = visible[_overlap(shown, now) :]
        if fresh:
            unrolled.append(replace(caption, lines=tuple(fresh)))
        if now:
            shown = now
    return unrolled


def _are_rolling(captions: Sequence[Caption]) -> bool:
    if any(_WORD_TIME.search(line) for caption in captions for _, line in caption.lines):
        return True
    shown = [[t for _, line in c.lines if (t := plain(line).strip())] for c in captions]
    pairs = list(pairwise(shown))
    repeating = sum(1 for before, after in pairs if 0 < _overlap(before, after) < len(after))
    return len(pairs) >= 4 and repeating * 2 > len(pairs)


def _overlap(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines at the start of ``after`` were the last ones of ``before``."""
    for size in range(min(len(before), len(after)), 0, -1):
        if list(before[-size:]) == list(after[:size]):
            return size
    return 0


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def add_cues(builder: TranscriptBuilder, cues: Iterable[Cue]) -> None:
    """Join cues into turns; speech of nobody known becomes paragraphs of ``PARAGRAPH_WORDS``."""
    for stretch in _stretches(_in_order(cues)):
        paragraphs = [stretch] if stretch[0].speaker else _paragraphs(stretch)
        for paragraph in paragraphs:
            for position, cue in enumerate(paragraph):
                starts = position == 0 and (cue.new_turn or cue.speaker is None)
                builder.speech(
                    cue.text,
                    speaker=cue.speaker,
                    line=cue.line,
                    seconds=cue.start,
                    end_seconds=cue.end,
                    joiner=" ",
                    new_turn=starts,
                )


def _in_order(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Names that stand as in a directory, ``Quill, Ada``, as they are spoken; all or none."""
    said = list(cues)
    found = {cue.speaker: as_spoken(cue.speaker) for cue in said if "," in (cue.speaker or "")}
    names = found if all(found.values()) else {}
    return (replace(cue, speaker=names.get(cue.speaker) or cue.speaker) for cue in said)


def _stretches(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    stretch: list[Cue] = []
    for cue in cues:
        if not cue.text.strip():
            continue
        if stretch and (cue.new_turn or cue.speaker != stretch[0].speaker):
            yield stretch
            stretch = []
        stretch.append(cue)
    if stretch:
        yield stretch


def _paragraphs(stretch: Sequence[Cue]) -> Iterator[list[Cue]]:
    paragraph: list[Cue] = []
    length = 0
    for run in _runs(stretch):
        words = sum(len(cue.text.split()) for cue in run)
        if paragraph and length + words > PARAGRAPH_WORDS:
            yield paragraph
            paragraph, length = [], 0
        paragraph.extend(run)
        length += words
    if paragraph:
        yield paragraph


def _runs(stretch: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Cues up to where a paragraph may end; without punctuation, up to its usual length."""
    run: list[Cue] = []
    words = 0
    for cue in stretch:
        run.append(cue)
        words += len(cue.text.split())
        ends = ends_sentence(cue.text) if cue.paragraph_end is None else cue.paragraph_end
        if ends or words >= PARAGRAPH_WORDS:
            yield run
            run, words = [], 0
    if run:
        yield run
