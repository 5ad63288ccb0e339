"""WebVTT (https://www.w3.org/TR/webvtt1/), with voices, and YouTube's rolling captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.names import is_name
from ingest.readers.captions.caption_labels import labels_beside_voices, speech_cues
from ingest.readers.captions.cues import Caption, Cue, add_cues, parse_captions, plain, unroll
from ingest.readers.dates import date_of_recording
from ingest.readers.labels.header import read_field
from ingest.readers.titles import is_title_line
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "WebVTT"

_LONGEST_HEAD = 5_000  # characters
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>", re.IGNORECASE)
_SAME = ""  # no voice here: whoever speaks goes on
_IDENTIFIED = re.compile(r"\d{1,9} \"(?P<name>[^\"]{1,100})\" \(\d{1,20}\)")


def sniff(source: SourceFile) -> bool:
    return bool(re.match(r"\s*WEBVTT(?:[ \t].*)?(?:\n|$)", source.text))


def read(source: SourceFile) -> Reading:
    """A voice (``<v Name>``) speaks until the next one, also across cues without a tag.

    Between the tags names may stand in other notations: ``Name: text``, ``(Name) text``.
    """
    captions = unroll(parse_captions(source, "vtt"))
    has_voices = any(_VOICE.search(line) for caption in captions for _, line in caption.lines)
    builder = TranscriptBuilder(FORMAT)
    _read_head(source.text, builder)
    if has_voices:
        add_cues(builder, _voice_cues(captions))
    elif any(_IDENTIFIED.fullmatch(caption.identifier) for caption in captions):
        add_cues(builder, _identified_cues(captions))
    elif _are_names([caption.identifier for caption in captions]):
        add_cues(builder, _named_cues(captions))
    else:
        add_cues(builder, speech_cues(captions))
    return builder.build()


def _read_head(text: str, builder: TranscriptBuilder) -> None:
    """Title, date and people from the line ``WEBVTT - …`` and the notes above the first cue.

    The one line of a note that is no field is the title when it looks like one.
    """
    head = text.lstrip()[:_LONGEST_HEAD].split("-->", 1)[0]
    first, *blocks = re.split(r"\n\s*\n", head)
    signature, *fields = first.split("\n")
    unread = _not_fields(fields, builder)
    titles = [signature.removeprefix("WEBVTT").removeprefix(" FILE").strip(" \t-–—:")]
    for block in blocks:
        if re.match(r"NOTE(?:\s|$)", block):
            others = _not_fields(block.removeprefix("NOTE").split("\n"), builder)
            titles += others if len(others) == 1 else []
            unread += others
    builder.title = builder.title or next(filter(is_title_line, titles), None)
    builder.date = builder.date or date_of_recording("\n".join(unread))


def _not_fields(lines: Sequence[str], builder: TranscriptBuilder) -> list[str]:
    """The lines that are no ``Key: value``; the others are taken over."""
    plain = (line.strip() for line in lines)
    return [line for line in plain if line and not read_field(line, builder)]


def _voice_cues(captions: Sequence[Caption]) -> Iterator[Cue]:
    parts = list(_voice_parts(captions))
    labels = labels_beside_voices([plain(text).strip() for _, _, text, _ in parts], _voices(parts))
    speaker: str | None = None
    for caption, number, text, voice in parts:
        speaker = voice if voice != _SAME else speaker
        speaker, said = labels.get(plain(text).strip(), (speaker, text))
        yield _cue(caption, number, said, speaker)


def _voice_parts(captions: Sequence[Caption]) -> Iterator[tuple[Caption, int, str, str | None]]:
    """What stands before, between and behind the voices of each line, with the voice above it."""
    for caption in captions:
        for number, line in caption.lines:
            position = 0
            speaker: str | None = _SAME
            for voice in _VOICE.finditer(line):
                yield caption, number, line[position : voice.start()], speaker
                speaker = " ".join(plain(voice["name"] or "").split()) or None
                position = voice.end()
            yield caption, number, line[position:], speaker


def _voices(parts: Sequence[tuple[Caption, int, str, str | None]]) -> frozenset[str]:
    return frozenset(voice for _, _, _, voice in parts if voice and voice != _SAME)


def _identified_cues(captions: Sequence[Caption]) -> Iterator[Cue]:
    """Webex names the speaker of each cue beside its number."""
    for caption in captions:
        found = _IDENTIFIED.fullmatch(caption.identifier)
        name = " ".join(found["name"].split()) if found else ""
        for number, line in caption.lines:
            yield _cue(caption, number, line, name or None)


def _are_names(identifiers: Sequence[str]) -> bool:
    """Whether nearly all are names, and those of several people come back."""
    counts = Counter(name for name in identifiers if is_name(name))
    several = sum(1 for count in counts.values() if count > 1) > 1
    return several and 10 * sum(counts.values()) >= 9 * len(identifiers)


def _named_cues(captions: Sequence[Caption]) -> Iterator[Cue]:
    for caption in captions:
        speaker = caption.identifier if is_name(caption.identifier) else None
        for number, line in caption.lines:
            yield _cue(caption, number, line, speaker)


def _cue(caption: Caption, number: int, text: str, speaker: str | None) -> Cue:
    return Cue(plain(text), number, caption.start, caption.end, speaker)
