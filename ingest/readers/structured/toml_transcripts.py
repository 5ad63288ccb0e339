"""Transcripts in TOML: ``[[turn]]`` with ``speaker`` and ``text``."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.structured.json_facts import facts_of
from ingest.readers.structured.json_shapes import shape_of
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "TOML transcript"

_SNIFFED = 20_000  # characters
_TABLE = re.compile(r"^\[\[[\w.-]{1,60}\]\]", re.MULTILINE)
_TEXT = re.compile(
    r"^\s{0,8}(?:text|content|transcript|utterance|line|said|words)\s?=\s?[\"']", re.MULTILINE
)
_FEWEST = 2  # turns


def sniff(source: SourceFile) -> bool:
    """Several tables of a list that have a text."""
    text = source.text[:_SNIFFED]
    return all(len(found.findall(text)) >= _FEWEST for found in (_TABLE, _TEXT))


def read(source: SourceFile) -> Reading:
    """Raises UnreadableFile for what is no TOML, or holds no list of turns."""
    try:
        data = tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{source.name}: not usable TOML") from error
    found = shape_of(data)
    if found is None:
        raise UnreadableFile(f"{source.name}: TOML without a list of turns")
    facts = facts_of(data)
    builder = TranscriptBuilder(FORMAT, title=facts.title, date=facts.date or _date(data))
    said = list(found[1](data))
    lines = _lines_of_texts(source.text)
    known = len(lines) == len(said)
    add_cues(
        builder,
        (
            Cue(u.text, lines[place] if known else 1, u.start, u.end, u.speaker)
            for place, u in enumerate(said)
        ),
    )
    return builder.build()


def _date(data: dict[str, object]) -> str | None:
    found = str(data.get("date", ""))[:10]
    return found if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found) else None


def _lines_of_texts(text: str) -> list[int]:
    ends = [found.start() for found in re.finditer("\n", text)]
    return [bisect_right(ends, found.end()) + 1 for found in _TEXT.finditer(text)]
