"""The shapes of JSON that speech recognizers write word by word, each as utterances.

A word is an utterance of its own, so that speakers and times stay exact; marks of punctuation that
a service counts as words are joined to the word before them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ingest.readers.structured.json_sections import (
    are_sections,
    are_tokens,
    sections,
    tokens,
)
from ingest.readers.structured.json_values import (
    Record,
    Shape,
    Utterance,
    label,
    records,
    string,
    text_of,
)
from ingest.readers.structured.located_json import located
from ingest.readers.timestamps import MILLISECONDS, seconds

_TICKS = 10_000_000.0  # of Azure, in a second


def service_shape(data: Record) -> tuple[str, Shape] | None:
    """The name and the reader of the service that wrote this, or None."""
    results = data.get("results")
    words, segments = records(data, "words"), records(data, "segments")
    return next(
        (
            (name, shape)
            for name, shape, fits in (
                ("AWS Transcribe JSON", aws, bool(records(results, "items"))),
                ("AWS Transcribe JSON", aws, bool(records(results, "audio_segments"))),
                ("Speechmatics JSON", speechmatics, _is_speechmatics(records(data, "results"))),
                ("IBM Watson JSON", watson, _is_watson(data)),
                ("Trint JSON", trint, _is_trint(data)),
                ("Google Speech-to-Text JSON", google, _has_alternatives(data)),
                ("Azure Speech JSON", azure, bool(_azure_phrases(data))),
                ("Rev AI JSON", rev, bool(records(data, "monologues"))),
                ("whisper.cpp JSON", whisper_cpp, bool(records(data, "transcription"))),
                ("JSON sections", sections, are_sections(data)),
                ("JSON tokens", tokens, are_tokens(data)),
                ("YouTube json3", youtube, any("segs" in e for e in records(data, "events"))),
                ("ElevenLabs JSON", elevenlabs, any("type" in word for word in words)),
                ("Whisper JSON", timed_words, not segments and any("word" in w for w in words)),
            )
            if fits
        ),
        None,
    )


def aws(data: Any) -> Iterator[Utterance]:
    """Amazon Transcribe: segments where it has them, else words, whose speakers may stand apart."""
    results = data["results"]
    segments = [s for s in records(results, "audio_segments") if text_of(s)]
    for segment in segments:
        yield _aws_utterance(segment, text_of(segment), {})
    if not segments:
        voices = {
            string(item.get("start_time")): label(item.get("speaker_label"))
            for part in records(results.get("speaker_labels"), "segments")
            for item in records(part, "items")
        }
        words = (
            (_aws_utterance(item, _content(item), voices), item.get("type") == "punctuation")
            for item in records(results, "items")
        )
        yield from _attached(words)


def _aws_utterance(record: Record, text: str, voices: dict[str, str | None]) -> Utterance:
    start = record.get("start_time")
    speaker = label(record.get("speaker_label")) or voices.get(string(start))
    return Utterance(text, speaker, seconds(start), seconds(record.get("end_time")))


def speechmatics(data: Any) -> Iterator[Utterance]:
    """Speechmatics: the speaker stands with each alternative of a word."""
    words = []
    for result in records(data, "results"):
        best = next(iter(records(result, "alternatives")), {})
        start, end = seconds(result.get("start_time")), seconds(result.get("end_time"))
        word = Utterance(_content(result), label(best.get("speaker")), start, end)
        words.append((word, result.get("type") == "punctuation"))
    yield from _attached(words)


def google(data: Any) -> Iterator[Utterance]:
    """Google: with speakers, the last result may repeat all words; else it is one of many."""
    best = [next(iter(records(r, "alternatives")), {}) for r in records(data, "results")]
    results = [[_google_word(word) for word in records(each, "words")] for each in best]
    printed = [
        text_of(each) or " ".join(word.text for word in words)
        for each, words in zip(best, results, strict=True)
    ]
    if _is_repetition(results, printed):
        yield from results[-1]
        return
    for words, text in zip(results, printed, strict=True):
        if any(word.speaker for word in words):
            yield from words
        else:
            start, end = (words[0].start, words[-1].end) if words else (None, None)
            yield Utterance(text, None, start, end)


def _is_repetition(results: Sequence[Sequence[Utterance]], printed: Sequence[str]) -> bool:
    """Whether the last result says again, with speakers, what those before it say.

    Those name nobody then; where they do, it begins as they do and is as long as they are.
    """
    *before, last = results
    words = [word for text in printed[:-1] for word in text.split()]
    if not any(word.speaker for word in last):
        return False
    if not any(word.speaker for result in before for word in result):
        return 2 * len(last) >= len(words)
    same_start = _letters(words[0]) == _letters(last[0].text) if words else True
    return same_start and 10 * len(last) >= 9 * len(words)


def _google_word(word: Record) -> Utterance:
    tag = _first_of(word, "speakerTag", "speaker_tag", "speakerLabel", "speaker_label")
    start = _first_of(word, "startTime", "start_time", "startOffset", "start_offset")
    end = _first_of(word, "endTime", "end_time", "endOffset", "end_offset")
    number = int(tag) if isinstance(tag, str) and tag.isdecimal() and len(tag) < 4 else tag
    speaker = label(number or None)
    return Utterance(string(word.get("word")), speaker, _duration(start), _duration(end))


def _duration(value: Any) -> float | None:
    if isinstance(value, dict):
        whole, nanos = seconds(value.get("seconds", 0)), seconds(value.get("nanos", 0), 1e9)
        return None if whole is None or nanos is None else whole + nanos
    return seconds(value)


def azure(data: Any) -> Iterator[Utterance]:
    """Azure, batch and fast transcription: phrases; two channels are two people."""
    phrases = _azure_phrases(data)
    channels = {label(phrase.get("channel")) for phrase in phrases}
    said = []
    for phrase in phrases:
        speaker = label(phrase.get("speaker") or None)
        if speaker is None and len(channels) > 1:
            speaker = (label(phrase.get("channel")) or "").replace("Speaker", "Channel") or None
        best = next(iter(records(phrase, "nBest")), {})
        text = string(best.get("display")) or text_of(phrase)
        start, length = _azure_times(phrase)
        end = start + length if start is not None and length is not None else None
        said.append(Utterance(text, speaker, start, end))
    yield from sorted(said, key=lambda utterance: utterance.start or 0.0)


def _azure_phrases(data: Any) -> list[Record]:
    recognized = records(data, "recognizedPhrases")
    return recognized or [p for p in records(data, "phrases") if "offsetMilliseconds" in p]


def _azure_times(phrase: Record) -> tuple[float | None, float | None]:
    if "offsetInTicks" in phrase:
        keys, units = ("offsetInTicks", "durationInTicks"), _TICKS
    else:
        keys, units = ("offsetMilliseconds", "durationMilliseconds"), MILLISECONDS
    start, length = (seconds(phrase.get(key), units) for key in keys)
    return start, length


def rev(data: Any) -> Iterator[Utterance]:
    """Rev AI: monologues of words and punctuation; a list may name the speakers."""
    names = {
        speaker["id"]: label(speaker.get("name"))
        for speaker in records(data, "speakers")
        if isinstance(speaker.get("id"), int | str)
    }
    for monologue in records(data, "monologues"):
        key = monologue.get("speaker")
        named = names.get(key) if isinstance(key, int | str) else None
        info = monologue.get("speaker_info")
        shown = label(info.get("display_name")) if isinstance(info, dict) else None
        speaker = named or shown or label(key)
        words = []
        for element in records(monologue, "elements"):
            value = string(element.get("value"))
            start, end = seconds(element.get("ts")), seconds(element.get("end_ts"))
            words.append((Utterance(value, speaker, start, end), element.get("type") == "punct"))
        yield from _attached(words)


def whisper_cpp(data: Any) -> Iterator[Utterance]:
    """whisper.cpp: offsets in milliseconds."""
    for segment in records(data, "transcription"):
        offsets = segment.get("offsets")
        start, end = (
            seconds(offsets.get(key), MILLISECONDS) if isinstance(offsets, dict) else None
            for key in ("from", "to")
        )
        yield Utterance(text_of(segment), label(segment.get("speaker") or None), start, end)


def youtube(data: Any) -> Iterator[Utterance]:
    """YouTube's json3, as youtube-dl saves it."""
    for event in records(data, "events"):
        pieces = [piece for s in records(event, "segs") if (piece := string(s.get("utf8")))]
        start = seconds(event.get("tStartMs"), MILLISECONDS)
        length = seconds(event.get("dDurationMs"), MILLISECONDS)
        end = start + length if start is not None and length is not None else None
        if pieces:
            yield Utterance(located("".join(pieces), pieces[0]), None, start, end)


def elevenlabs(data: Any) -> Iterator[Utterance]:
    """ElevenLabs: words and sounds, with the spaces between them as words of their own."""
    for word in records(data, "words"):
        if word.get("type") in {"word", None}:
            start, end = seconds(word.get("start")), seconds(word.get("end"))
            yield Utterance(text_of(word), label(word.get("speaker_id")), start, end)


def watson(data: Any) -> Iterator[Utterance]:
    """IBM Watson: times stand with the words, and speakers apart from them, by these times."""
    voices = {record.get("from"): record.get("speaker") for record in _watson_speakers(data)}
    for result in records(data, "results"):
        best = next(iter(records(result, "alternatives")), {})
        for word in _watson_words(best):
            start, end = seconds(word[1]), seconds(word[2])
            yield Utterance(word[0], label(voices.get(start)), start, end)


def _watson_speakers(data: Any) -> list[Record]:
    """Records whose times are numbers."""
    found = records(data, "speaker_labels")
    return [record for record in found if isinstance(record.get("from"), int | float)]


def _watson_words(alternative: Record) -> list[list[Any]]:
    """``[word, start, end]``."""
    found = alternative.get("timestamps")
    rows = found if isinstance(found, list) else []
    return [r for r in rows if isinstance(r, list) and len(r) == 3 and isinstance(r[0], str)]


def _is_watson(data: Record) -> bool:
    results = records(data, "results")
    words = any(_watson_words(best) for r in results for best in records(r, "alternatives")[:1])
    return words and bool(_watson_speakers(data))


def trint(data: Any) -> Iterator[Utterance]:
    """Trint: words have times, and paragraphs with times their speakers; milliseconds."""
    transcript = data["transcript"]
    names = {
        speaker["id"]: label(speaker.get("name"))
        for speaker in records(transcript, "speakers")
        if isinstance(speaker.get("id"), int | str)
    }
    begun = [
        (time, key if isinstance(key := paragraph.get("speaker"), int | str) else None)
        for paragraph in records(transcript, "paragraphs")
        if (time := seconds(paragraph.get("time"), MILLISECONDS)) is not None
    ]
    begun.sort(key=lambda paragraph: paragraph[0])
    starts = [time for time, _ in begun]
    for word in records(transcript, "words"):
        start = seconds(word.get("time"), MILLISECONDS)
        length = seconds(word.get("duration"), MILLISECONDS)
        end = start + length if start is not None and length is not None else None
        place = bisect_right(starts, start) - 1 if start is not None else -1
        key = begun[place][1] if place >= 0 else None
        speaker = None if key is None else names.get(key) or label(key)
        yield Utterance(string(word.get("value")), speaker, start, end)


def _is_trint(data: Record) -> bool:
    transcript = data.get("transcript")
    words = any(string(word.get("value")) for word in records(transcript, "words"))
    return words and bool(records(transcript, "paragraphs"))


def timed_words(data: Any) -> Iterator[Utterance]:
    """OpenAI's ``words`` have times but no punctuation; the text has it, word for word."""
    words = records(data, "words")
    text = string(data.get("text"))
    printed = text.split()
    bare = [string(word.get("word")) for word in words]
    if not text:
        printed = bare
    elif [_letters(a) for a in printed] != [_letters(b) for b in bare]:
        yield Utterance(text, None, None, None)
        return
    for shown, word, place in zip(printed, words, bare, strict=True):
        start, end = seconds(word.get("start")), seconds(word.get("end"))
        at = text or place
        yield Utterance(located(shown, at), label(word.get("speaker")), start, end)


def _letters(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


def _attached(words: Iterable[tuple[Utterance, bool]]) -> Iterator[Utterance]:
    """Words with the punctuation that follows them."""
    held: Utterance | None = None
    for word, is_mark in words:
        if is_mark and held is not None:
            held = replace(held, text=located(held.text + word.text.strip(), held.text))
            continue
        if held is not None:
            yield held
        held = word if word.text.strip() else None
    if held is not None:
        yield held


def _content(record: Record) -> str:
    best = next(iter(records(record, "alternatives")), {})
    return string(best.get("content"))


def _first_of(record: Record, *keys: str) -> Any:
    return next((record[key] for key in keys if key in record), None)


def _is_speechmatics(results: Sequence[Record]) -> bool:
    return any(_content(result) for result in results)


def _has_alternatives(data: Record) -> bool:
    best = [a for r in records(data, "results") for a in records(r, "alternatives")[:1]]
    return any(text_of(alternative) or records(alternative, "words") for alternative in best)
