"""The shapes of JSON transcripts, each as a generator of utterances.

A shape takes decoded JSON and trusts none of it: what is missing or of the wrong type is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from ingest.readers.structured.json_frames import as_records
from ingest.readers.structured.json_moments import from_first, moment
from ingest.readers.structured.json_rows import (
    are_pairs,
    are_rows,
    has_pairs,
    pairs,
    pairs_within,
    rows,
)
from ingest.readers.structured.json_services import service_shape
from ingest.readers.structured.json_speakers import SPEAKER_KEYS, speaker_of
from ingest.readers.structured.json_values import (
    Record,
    Shape,
    Utterance,
    label,
    records,
    string,
    text_of,
)
from ingest.readers.timestamps import MILLISECONDS, seconds

_START_KEYS = (
    "start", "timeOffset", "startTime", "start_time", "start_ms", "startMs", "start_time_ms",
    "timestamp", "time", "start_timestamp", "data_start", "timecode", "startOffset", "offset",
    "begin", "timestamps", "ts", "start_seconds", "startSeconds", "start_sec", "startSec", "from",
    "at", "timestamp_ms", "tSec", "t_sec",
)  # fmt: skip
_END_KEYS = (
    "end", "endTime", "end_time", "end_ms", "endMs", "end_time_ms", "end_timestamp", "data_end",
    "endOffset", "end_seconds", "endSeconds", "end_sec", "endSec", "end_ts", "to",
)  # fmt: skip
_START_SET = frozenset(_START_KEYS)
_SPAN_KEYS = ("timestamp", "timestamps")
_NAMES_KEYS = ("speakers", "speaker_mapping", "speaker_map", "speaker_names")
_WORD_KEYS = ("punctuated_word", "word", "text")
_PART_KEYS = ("words", "sentences", "segments", "utterances", "paragraphs", "lines")
_NOTICE = re.compile(
    r"(?:channel|group)_(?:join|leave|topic|purpose|name|archive)|bot_(?:add|remove)"
)
_SLOWEST = 30  # seconds for a word
_FEW = 3  # parts of a recording, each of which may hold an object with the turns
_DEEPEST = 5  # objects within each other in which an unknown shape is looked for


def podcasting(data: Any) -> Iterator[Utterance]:
    """Podcasting 2.0, version 1.0.0: without ``speaker`` a segment continues the one before.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts
    """
    speaker: str | None = None
    for segment in records(data, "segments"):
        speaker = label(segment.get("speaker")) or speaker
        start, end = seconds(segment.get("startTime")), seconds(segment.get("endTime"))
        yield Utterance(text_of(segment), speaker, start, end)


def whisper(data: Any) -> Iterator[Utterance]:
    """OpenAI Whisper and WhisperX, whose words may carry speakers of their own."""
    segments = records(data, "segments")
    if not segments:
        yield Utterance(text_of(data), None, None, None)
    for segment in segments:
        yield from _whisper_segment(segment)


def _whisper_segment(segment: Record) -> Iterator[Utterance]:
    speaker = label(segment.get("speaker"))
    words = records(segment, "words")
    voices = {voice for word in words if (voice := label(word.get("speaker")))}
    if len(voices | ({speaker} if speaker else set())) > 1:
        yield from _spoken_words(words, speaker, 1)
    else:
        start, end = seconds(segment.get("start")), seconds(segment.get("end"))
        yield Utterance(text_of(segment), speaker or next(iter(voices), None), start, end)


def _spoken_words(
    words: Sequence[Record], speaker: str | None, units: float
) -> Iterator[Utterance]:
    """One utterance per word; a word without a speaker belongs to the one before it."""
    for word in words:
        speaker = label(word.get("speaker")) or speaker
        start, end = _time(word, _START_KEYS, units), _time(word, _END_KEYS, units)
        yield Utterance(_word_of(word), speaker, start, end)


def _word_of(word: Record) -> str:
    return next((text for key in _WORD_KEYS if (text := string(word.get(key)))), "")


def deepgram(data: Any) -> Iterator[Utterance]:
    """Deepgram: utterances where asked for, else paragraphs, else words, else the whole text."""
    results = data["results"]
    utterances = records(results, "utterances")
    for record in utterances:
        yield _timed(record, 1)
    if not utterances:
        channels = records(results, "channels")
        spoken = [
            (utterance, number)
            for number, channel in enumerate(channels)
            for alternative in records(channel, "alternatives")[:1]
            for utterance in _deepgram_alternative(alternative)
        ]
        if len(channels) > 1:
            spoken.sort(key=lambda pair: pair[0].start or 0.0)
        for utterance, number in spoken:
            channel_label = f"Channel {number}" if len(channels) > 1 else None
            yield Utterance(
                utterance.text, utterance.speaker or channel_label, utterance.start, utterance.end
            )


def _deepgram_alternative(alternative: Record) -> Iterator[Utterance]:
    paragraphs = records(alternative.get("paragraphs"), "paragraphs")
    words = records(alternative, "words")
    for paragraph in paragraphs:
        speaker = label(paragraph.get("speaker"))
        for sentence in records(paragraph, "sentences"):
            start, end = seconds(sentence.get("start")), seconds(sentence.get("end"))
            yield Utterance(text_of(sentence), speaker, start, end)
    if not paragraphs and words:
        yield from _spoken_words(words, None, 1)
    elif not paragraphs:
        yield Utterance(text_of(alternative), None, None, None)


def assemblyai(data: Any) -> Iterator[Utterance]:
    """AssemblyAI: speakers ``A``, ``B``, …; times in milliseconds."""
    utterances = records(data, "utterances")
    words = records(data, "words")
    names = next((names for key in _NAMES_KEYS if (names := _names_by_id(data.get(key)))), {})
    for utterance in utterances:
        yield _named(utterance, names, MILLISECONDS)
    if not utterances and words:
        yield from _spoken_words(words, None, MILLISECONDS)
    elif not utterances:
        yield Utterance(text_of(data), None, None, None)


def named_segments(data: Any) -> Iterator[Utterance]:
    """``{speakers, segments}``: segments name their speaker by id, position or name."""
    names = _names_by_id(data["speakers"])
    for segment in records(data, "segments"):
        yield _named(segment, names, 1)


def _named(record: Record, names: dict[str, str], units: float) -> Utterance:
    key = next((record[k] for k in SPEAKER_KEYS if record.get(k) is not None), None)
    named = names.get(str(key)) if isinstance(key, str | int) else None
    said = _timed(record, units)
    return replace(said, speaker=named) if named else said


def _names_by_id(speakers: Any) -> dict[str, str]:
    if isinstance(speakers, dict):
        pairs = list(speakers.items())
    elif isinstance(speakers, list):
        pairs = [
            (speaker.get("id", position) if isinstance(speaker, dict) else position, speaker)
            for position, speaker in enumerate(speakers)
        ]
    else:
        pairs = []
    return {str(key): name for key, speaker in pairs if (name := label(speaker))}


def qmsum(data: Any) -> Iterator[Utterance]:
    """QMSum meetings (https://github.com/Yale-LILY/QMSum)."""
    return listed(data["meeting_transcripts"])


def listed(data: Any) -> Iterator[Utterance]:
    """A plain list of ``{speaker, text}`` or ``{speaker, words}``."""
    yield from from_first(list(_listed(data)))


def _listed(data: Any) -> Iterator[Utterance]:
    units = _units(data)
    for record in data:
        if isinstance(record, dict) and _NOTICE.fullmatch(string(record.get("subtype"))):
            continue
        if isinstance(record, dict) and text_of(record):
            yield _timed(record, units)
        elif isinstance(record, dict):
            parts, units = _parts(record)
            yield from _spoken_words(parts, speaker_of(record), units)


def _parts(record: Record) -> tuple[list[Record], float]:
    """The words or sentences of somebody, and how many units of their times make a second."""
    parts = next((found for key in _PART_KEYS if (found := records(record, key))), [])
    return parts, _units(parts)


def _units(data: Any) -> float:
    """How many units of whole times make a second: nobody needs half a minute for each word."""
    said = [_timed(record, 1) for record in data if isinstance(record, dict) and text_of(record)]
    spans = [
        (u.end - u.start) / len(u.text.split())
        for u in said
        if u.start is not None and u.end is not None and u.text.split()
    ]
    whole = all(time.is_integer() for u in said for time in (u.start, u.end) if time is not None)
    slow = bool(spans) and whole and median(spans) > _SLOWEST
    return MILLISECONDS if slow else 1


def _timed(record: Record, units: float) -> Utterance:
    instances = records(record, "instances")
    timed = instances[0] if instances and not _START_SET & record.keys() else record
    start, end = _time(timed, _START_KEYS, units), _time(timed, _END_KEYS, units)
    length = seconds(record.get("duration"), units)
    if end is None and start is not None and length is not None:
        end = start + length
    return Utterance(text_of(record), speaker_of(record), start, end)


def _time(record: Record, keys: Sequence[str], units: float) -> float | None:
    for key in keys:
        if key in record:
            in_milliseconds = key.lower().endswith("ms")
            value = record[key][0] if _is_span(record[key]) else record[key]
            time = seconds(value, MILLISECONDS if in_milliseconds else units)
            return moment(value) if time is None else time
    span = next((record[key] for key in _SPAN_KEYS if _is_span(record.get(key))), None)
    return seconds(span[1], units) if span and keys is _END_KEYS else None


def _is_span(value: Any) -> bool:
    """``[start, end]``."""
    return isinstance(value, list) and len(value) == 2


def framed(data: Any) -> Iterator[Utterance]:
    """A table whose columns or rows have keys."""
    yield from listed(as_records(data))


def nested(data: Any) -> Iterator[Utterance]:
    """The longest list of spoken records in an object of a shape that nobody knows.

    The object may say who the labels are.
    """
    lists = list(_spoken_lists(data, _DEEPEST))
    names = _names_within(data, _DEEPEST)
    for said in listed(max(lists, key=lambda found: sum(map(_length, found)))):
        bare = (said.speaker or "").removeprefix("Speaker ")
        yield replace(said, speaker=names.get(said.speaker or "") or names.get(bare, said.speaker))


def _names_within(data: Any, depth: int) -> dict[str, str]:
    """Who the labels are, as an object or one within it says."""
    if not isinstance(data, dict) or not depth:
        return {}
    names = next((names for key in _NAMES_KEYS if (names := _names_by_id(data.get(key)))), {})
    within = [
        v for value in data.values() for v in (value[:_FEW] if isinstance(value, list) else [value])
    ]
    return names or next(filter(None, (_names_within(v, depth - 1) for v in within)), {})


def _length(record: Record) -> int:
    return len(text_of(record)) or sum(len(_word_of(part)) for part in _parts(record)[0])


def _spoken_lists(data: Any, depth: int) -> Iterator[list[Record]]:
    """Lists of texts that have speakers or times; other lists of texts may be anything.

    Those of several parts of a recording, ``{chunks: [{segments: […]}, …]}``, are one.
    """
    if isinstance(data, dict) and depth:
        for key, value in data.items():
            found = records(data, key)
            if 2 * sum(1 for record in found if _is_spoken(record)) > len(found):
                yield found
            yield from _spoken_lists(value, depth - 1)
            yield from _spoken_lists(_joined(found), depth - 1)
            for part in found if len(found) <= _FEW else []:
                inner = {key: value for key, value in part.items() if isinstance(value, dict)}
                yield from _spoken_lists(inner, depth - 1)


def _joined(parts: Sequence[Record]) -> dict[str, list[Record]]:
    """The lists that stand in each of several objects, end to end."""
    keys = dict.fromkeys(key for part in parts for key in part if records(part, key))
    return {key: [record for part in parts for record in records(part, key)] for key in keys}


def _is_spoken(record: Record) -> bool:
    said = _timed(record, 1)
    spoken = bool(said.text.strip()) and (said.speaker, said.start) != (None, None)
    return spoken or _has_spoken_words([record])


WHOLE_TEXT: tuple[str, Shape] = ("Whisper JSON", whisper)


def shape_of(data: Any) -> tuple[str, Shape] | None:
    """The name and the reader of the shape that fits, or None."""
    if isinstance(data, list) and are_rows(data):
        return "JSON rows", rows
    if isinstance(data, list) and are_pairs(data):
        return "JSON list of turns", pairs
    if isinstance(data, list):
        is_list = _has_text(data) or _has_spoken_words(data)
        return ("JSON list of turns", listed) if is_list else None
    if not isinstance(data, dict):
        return None
    if as_records(data):
        return "JSON table of turns", framed
    segments = records(data, "segments")
    service = service_shape(data)
    return service or next(
        (
            (name, shape)
            for name, shape, fits in (
                ("QMSum JSON", qmsum, _has_text(data.get("meeting_transcripts"))),
                ("Deepgram JSON", deepgram, isinstance(data.get("results"), dict)),
                ("Podcasting 2.0 JSON", podcasting, any("body" in s for s in segments)),
                ("JSON segments", named_segments, "speakers" in data and _has_text(segments)),
                ("WhisperX JSON", whisper, _has_text(segments) and _has_speakers(segments)),
                ("Whisper JSON", whisper, _has_text(segments)),
                ("AssemblyAI JSON", assemblyai, "utterances" in data or "words" in data),
                ("JSON turns", nested, any(_spoken_lists(data, _DEEPEST))),
                ("JSON list of turns", pairs_within, has_pairs(data)),
                (*WHOLE_TEXT, bool(string(data.get("text")))),
            )
            if fits
        ),
        None,
    )


def _has_text(items: Any) -> bool:
    return isinstance(items, list) and any(isinstance(i, dict) and text_of(i) for i in items)


def _has_spoken_words(items: list[Any]) -> bool:
    """Whether somebody is named who says a list of words."""
    return any(
        isinstance(item, dict) and speaker_of(item) and any(map(_word_of, _parts(item)[0]))
        for item in items
    )


def _has_speakers(segments: Sequence[Record]) -> bool:
    return any(
        "speaker" in record
        for segment in segments
        for record in (segment, *records(segment, "words"))
    )
