"""NIST rich transcription time marks (RTTM): who speaks when, without words.

Beside a timed transcript that names nobody, an RTTM assigns its speakers.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.transcript import Reading, SourceFile
from kb.errors import UnreadableFile
from kb.types import Anchor, Turn

FORMAT = "RTTM"

_RECORD = re.compile(
    r"(?:SPEAKER|SPKR-INFO|LEXEME|SEGMENT|NOSCORE|NO_RT_METADATA|NON-LEX|NON-SPEECH|FILLER|EDIT"
    r"|SU|IP|CB|A/P)\s+\S+\s+\S+\s+(?:\d|<NA>)"
)
_FIELDS = 8  # type, file, channel, start, duration, orthography, subtype, speaker


@dataclass(frozen=True, slots=True)
class SpeakerSegment:
    """``speaker`` talks from ``start`` to ``end``, in seconds."""

    start: float
    end: float
    speaker: str


def sniff(source: SourceFile) -> bool:
    lines = (line for line in source.text[:20_000].split("\n") if _is_record_line(line))
    return bool(_RECORD.match(next(lines, "")))


def read(source: SourceFile) -> Reading:
    """Always raises UnreadableFile: there are no words in it."""
    raise UnreadableFile(
        f"{source.name}: speaker times without words",
        "Put it beside a transcript of the same name, and ingest the folder.",
    )


def parse_rttm(source: SourceFile) -> tuple[SpeakerSegment, ...]:
    """The speaker segments in order of time. Raises UnreadableFile for a malformed one."""
    segments = []
    for number, line in enumerate(source.text.split("\n"), start=1):
        fields = line.split()
        if _is_record_line(line) and fields[0] == "SPEAKER":
            segments.append(_segment(source.name, number, fields))
    return tuple(sorted(segments, key=lambda segment: (segment.start, segment.end)))


def _segment(name: str, number: int, fields: Sequence[str]) -> SpeakerSegment:
    try:
        start, duration = float(fields[3]), float(fields[4])
        speaker = fields[_FIELDS - 1]
    except (ValueError, IndexError) as error:
        raise UnreadableFile(f"{name}: line {number} is not an RTTM segment") from error
    if not (math.isfinite(start + duration) and start >= 0 and duration >= 0):
        raise UnreadableFile(f"{name}: line {number} has an impossible time")
    return SpeakerSegment(start, start + duration, speaker)


def _is_record_line(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(";")


class _Diarization:
    """Speaker segments, searchable by time."""

    def __init__(self, segments: Iterable[SpeakerSegment]) -> None:
        self._segments = sorted(segments, key=lambda segment: segment.start)
        self._starts = [segment.start for segment in self._segments]
        self._longest = max((s.end - s.start for s in self._segments), default=0.0)
        self.end = max((segment.end for segment in self._segments), default=0.0)

    def speaker_between(self, start: float, end: float) -> tuple[str | None, float]:
        """Who talks most between two times, and the share of that time; (None, 0) if nobody."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        shared: defaultdict[str, float] = defaultdict(float)
        for segment in self._segments[first:last]:
            overlap = min(end, segment.end) - max(start, segment.start)
            if overlap > 0:
                shared[segment.speaker] += overlap
        if not shared:
            return None, 0.0
        speaker = max(shared, key=lambda name: shared[name])
        return speaker, min(1.0, shared[speaker] / (end - start))


def assign(reading: Reading, segments: Iterable[SpeakerSegment]) -> Reading:
    """Give speech of nobody known the speakers with the largest overlap in time.

    Works cue by cue: a cue lasts from its anchor's time to the next anchor's. The text stays as
    it is; turns are cut where the speaker changes and joined where it does not. A turn's
    confidence is the mean share of its cues that its speaker covers. Turns that name a speaker,
    and cues that nobody covers, stay.
    """
    diarization = _Diarization(segments)
    cues = [cue for turn in reading.turns for cue in _cues_of(turn, reading, diarization)]
    groups = [[cue for _, cue in group] for _, group in groupby(cues, key=_same_turn)]
    turns = tuple(_joined(index, group) for index, group in enumerate(groups))
    return replace(reading, turns=turns)


def _same_turn(cue: tuple[bool, Turn]) -> tuple[object, ...]:
    """Neighbours with the same key become one turn."""
    assigned, turn = cue
    return turn.speaker, turn.section, None if assigned else turn.index


def _joined(index: int, cues: Sequence[Turn]) -> Turn:
    """One turn of neighbouring cues."""
    first, last = cues[0], cues[-1]
    return replace(
        first,
        index=index,
        char_end=last.char_end,
        line_end=last.line_end,
        end_seconds=last.end_seconds,
        speaker_confidence=sum(cue.speaker_confidence for cue in cues) / len(cues),
    )


def _cues_of(
    turn: Turn, reading: Reading, diarization: _Diarization
) -> Iterator[tuple[bool, Turn]]:
    """The turn cut at its anchors, each piece with whether a speaker was assigned to it."""
    first = bisect_left(reading.anchors, turn.char_start, key=lambda anchor: anchor.char_start)
    end = bisect_left(reading.anchors, turn.char_end, key=lambda anchor: anchor.char_start)
    anchors = reading.anchors[first:end]
    if turn.speaker or turn.kind != "speech" or any(a.seconds is None for a in anchors):
        yield False, turn
        return
    for position, anchor in enumerate(anchors):
        following = reading.anchors[first + position + 1 : first + position + 2]
        is_last = position == len(anchors) - 1
        cue = _cue(turn, anchor, following[0] if following else None, is_last, reading, diarization)
        yield cue.speaker is not None, cue


def _cue(
    turn: Turn,
    anchor: Anchor,
    following: Anchor | None,
    is_last: bool,
    reading: Reading,
    diarization: _Diarization,
) -> Turn:
    start = anchor.seconds or 0.0
    next_start = following.seconds if following else None
    end = turn.end_seconds if is_last else next_start
    if end is None:
        end = next_start if next_start is not None else diarization.end
    char_end = turn.char_end if is_last or following is None else following.char_start
    text = reading.text[anchor.char_start : char_end].rstrip()
    speaker, share = diarization.speaker_between(start, max(start, end))
    return replace(
        turn,
        speaker=speaker,
        speaker_confidence=share,
        char_start=anchor.char_start,
        char_end=anchor.char_start + len(text),
        line_start=anchor.line,
        line_end=turn.line_end if is_last else anchor.line,
        start_seconds=start,
        end_seconds=max(start, end),
    )
