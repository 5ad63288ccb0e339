"""Transcripts in YAML: a list of turns, with speaker or time beside the text, or before it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.front_matter import PlainLoader
from ingest.readers.structured.json_facts import facts_of
from ingest.readers.structured.json_shapes import shape_of
from ingest.readers.structured.located_json import UNSTORABLE, LineNumbers, LocatedString
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "YAML transcript"

_SNIFFED = 20_000  # characters
_KEY = r"[a-z_]{2,20}"
_START = re.compile(rf"(?:---\n)?(?:{_KEY}:|- {_KEY}: )")
_TURN = re.compile(
    rf"^(?P<margin> {{0,8}})- {_KEY}: .*\n(?:(?P=margin)  {_KEY}: .*\n){{0,6}}?"
    r"(?P=margin)  (?:text|content|transcript|utterance|line|said|sentence|caption): ?\S",
    re.MULTILINE,
)
_SAID = re.compile(
    rf"^{_KEY}:[ ]*\n(?:(?P<margin> {{0,8}})- [\"']?[^\W\d_][^:\n]{{0,60}}: .*\n"
    r"(?:(?P=margin) .*\n|\n)*){2}",
    re.MULTILINE,
)


class _Loader(PlainLoader):
    """Strings know where they stand."""


def _string(loader: _Loader, node: Any) -> LocatedString:
    value = LocatedString(UNSTORABLE.sub("\ufffd", loader.construct_scalar(node)))
    value.offset = node.start_mark.index
    return value


def _date(loader: _Loader, node: Any) -> str:
    found = loader.construct_yaml_timestamp(node)
    return found.isoformat() if isinstance(found, dt.date) else str(node.value)


def _with_named_values(data: Any) -> Any:
    """Without what stands behind a number or nothing, which are keys in YAML, too."""
    if isinstance(data, list):
        return [_with_named_values(value) for value in data]
    if not isinstance(data, dict):
        return data
    return {key: _with_named_values(value) for key, value in data.items() if isinstance(key, str)}


_Loader.add_constructor("tag:yaml.org,2002:str", _string)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


def sniff(source: SourceFile) -> bool:
    """Keys at the margin, and entries of a list that have a text beside another key or a name.

    What ends with ``---`` is the front matter of another text. A list of names and words is only
    YAML if no words have a colon that YAML forbids; else it is read as labelled text.
    """
    text = source.text[:_SNIFFED].lstrip()
    if "\n---" in text or not _START.match(text):
        return False
    return bool(_TURN.search(text) or (_SAID.search(text) and _is_usable(source)))


def _is_usable(source: SourceFile) -> bool:
    try:
        return shape_of(_data(source)) is not None
    except UnreadableFile:
        return False


def read(source: SourceFile) -> Reading:
    """Raises UnreadableFile for what is no YAML, or holds no list of turns."""
    data = _data(source)
    found = shape_of(data)
    if found is None:
        raise UnreadableFile(f"{source.name}: YAML without a list of turns")
    facts = facts_of(data)
    lines = LineNumbers(source)
    builder = TranscriptBuilder(FORMAT, title=facts.title, date=facts.date)
    add_cues(
        builder,
        (Cue(u.text, lines.of(u.text), u.start, u.end, u.speaker) for u in found[1](data)),
    )
    return builder.build()


def _data(source: SourceFile) -> Any:
    try:
        return _with_named_values(_Loader(source.text.strip()).get_single_data())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableFile(f"{source.name}: not usable YAML") from error
