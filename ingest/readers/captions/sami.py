"""SAMI captions (.smi): ``<SYNC Start=1200><P Class=ENCC>text``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.readers.captions.caption_labels import speech_cues
from ingest.readers.captions.cues import Caption, add_cues, decode_entities
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "SAMI"

_START = re.compile(r"\s*<sami\b", re.IGNORECASE)
_SYNC = re.compile(
    r"<sync\s[^<>]{0,80}?start\s?=\s?[\"']?(?P<start>\d{1,10})[^<>]{0,80}>", re.IGNORECASE
)
_CLASS = re.compile(
    r"<p\s[^<>]{0,80}?class\s?=\s?[\"']?(?P<name>\w{1,40})[^<>]{0,80}>", re.IGNORECASE
)
_TITLE = re.compile(r"<title>(?P<title>[^<>]{1,300})</title>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s?/?>|\n", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_MILLISECONDS = 1000.0


def sniff(source: SourceFile) -> bool:
    return _START.match(source.text) is not None


def read(source: SourceFile) -> Reading:
    """A caption runs to the next time; of several languages the one with most captions is read."""
    title = _TITLE.search(source.text[:5_000])
    builder = TranscriptBuilder(FORMAT, title=decode_entities(title["title"]) if title else None)
    add_cues(builder, speech_cues(list(_captions(source.text))))
    return builder.build()


def _captions(text: str) -> Iterator[Caption]:
    text = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    starts = list(_SYNC.finditer(text))
    ends = [*(found.start() for found in starts[1:]), len(text)]
    blocks = [text[found.end() : end] for found, end in zip(starts, ends, strict=True)]
    classes = Counter(found["name"] for block in blocks if (found := _CLASS.search(block)))
    language = classes.most_common(1)[0][0] if classes else None
    line, position = 1, 0
    for place, (found, block) in enumerate(zip(starts, blocks, strict=True)):
        line += text.count("\n", position, found.end())
        position = found.end()
        of = _CLASS.search(block)
        if of and of["name"] != language:
            continue
        start = float(found["start"]) / _MILLISECONDS
        after = (
            float(starts[place + 1]["start"]) / _MILLISECONDS if place + 1 < len(starts) else start
        )
        lines = _lines(block, line)
        if lines:
            yield Caption(tuple(lines), start, max(start, after))


def _lines(block: str, first: int) -> list[tuple[int, str]]:
    found = []
    number = first
    position = 0
    for part in [*_BREAK.finditer(block), None]:
        piece = block[position : part.start() if part else len(block)]
        words = " ".join(decode_entities(_TAG.sub("", piece)).split())
        if words:
            found.append((number, words))
        if part:
            number += part.group() == "\n"
            position = part.end()
    return found
