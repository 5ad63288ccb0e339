"""The shapes of JSON transcripts, each as a generator of utterances.

A shape takes decoded JSON and trusts none of it: what is missing or of the wrong type is skipped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]

_TEXT_KEYS = ("text", "content", "body", "transcript", "utterance")
_SPEAKER_KEYS = ("speaker", "speaker_name", "speaker_id", "name")
_MILLISECONDS = 1000.0  # in a second


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of text with its speaker's label; times in seconds."""

    text: str
    speaker: str | None
    start: float | None
    end: float | None


Shape = Callable[[Any], Iterator[Utterance]]


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
        text = next(
            (t for key in ("punctuated_word", "word", "text") if (t := string(word.get(key)))), ""
        )
        start, end = seconds(word.get("start"), units), seconds(word.get("end"), units)
        yield Utterance(text, speaker, start, end)


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
    for utterance in utterances:
        yield _timed(utterance, _MILLISECONDS)
    if not utterances and words:
        yield from _spoken_words(words, None, _MILLISECONDS)
    elif not utterances:
        yield Utterance(text_of(data), None, None, None)


def named_segments(data: Any) -> Iterator[Utterance]:
    """``{speakers, segments}``: segments name their speaker by id, position or name."""
    names = _names_by_id(data["speakers"])
    for segment in records(data, "segments"):
        utterance = _timed(segment, 1)
        key = next((segment[k] for k in _SPEAKER_KEYS if segment.get(k) is not None), None)
        named = names.get(str(key)) if isinstance(key, str | int) else None
        yield Utterance(utterance.text, named or utterance.speaker, utterance.start, utterance.end)


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
    """A plain list of ``{speaker, text}``."""
    for record in data:
        if isinstance(record, dict):
            yield _timed(record, 1)


def _timed(record: Record, units: float) -> Utterance:
    speaker = next((name for key in _SPEAKER_KEYS if (name := label(record.get(key)))), None)
    start = next((record[k] for k in ("start", "startTime", "start_time") if k in record), None)
    end = next((record[k] for k in ("end", "endTime", "end_time") if k in record), None)
    return Utterance(text_of(record), speaker, seconds(start, units), seconds(end, units))


def shape_of(data: Any) -> tuple[str, Shape] | None:
    """The name and the reader of the shape that fits, or None."""
    if isinstance(data, list):
        return ("JSON list of turns", listed) if _has_text(data) else None
    if not isinstance(data, dict):
        return None
    segments = records(data, "segments")
    return next(
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
                ("Whisper JSON", whisper, bool(string(data.get("text")))),
            )
            if fits
        ),
        None,
    )


def _has_text(items: Any) -> bool:
    return isinstance(items, list) and any(isinstance(i, dict) and text_of(i) for i in items)


def _has_speakers(segments: Sequence[Record]) -> bool:
    return any(
        "speaker" in record
        for segment in segments
        for record in (segment, *records(segment, "words"))
    )


def records(data: Any, key: str) -> list[Record]:
    """The objects in the list ``data[key]``; none when there is no such list."""
    items = data.get(key) if isinstance(data, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def text_of(record: Record) -> str:
    return next((text for key in _TEXT_KEYS if (text := string(record.get(key)))), "")


def label(value: Any) -> str | None:
    """A speaker as printed; numbers, as Deepgram has them, become ``Speaker 0``."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "label", "id") if value.get(key)), None)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return " ".join(value.split()) or None if isinstance(value, str) else None


def seconds(value: Any, units: float = 1) -> float | None:
    """A time as a number, ``"12.5"``, ``"12.5s"`` or ``"1:02:03.5"``; None for anything else.

    ``units`` of the value make a second.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        total = 0.0
        for part in str(value).strip().removesuffix("s").replace(",", ".").split(":"):
            total = total * 60 + float(part)
    except (ValueError, OverflowError):
        return None
    return total / units if math.isfinite(total) and total >= 0 else None
