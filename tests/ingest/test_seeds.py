"""The real transcripts, where they are at hand: headings, introductions, speakers."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ingest.detect import read
from ingest.sources.sidecar import find_entry, find_sidecars
from ingest.sources.source import load_source
from ingest.speakers.identities import resolve_speakers
from ingest.transcript import Reading

SHARED = Path(__file__).resolve().parents[3] / "shared"
SPEECH = {"000": 2, "002": 2, "003": 1}

pytestmark = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="the real transcripts are not beside this checkout"
)


def seed(number: str) -> Reading:
    path = next((SHARED / "seeds").glob(f"{number}_*"))
    source = load_source(path)
    entry = find_entry(path.name, hashlib.sha256(source.data).hexdigest(), find_sidecars([]))
    return resolve_speakers(read(source), entry)[0]


def gold(name: str, number: str) -> list[dict[str, object]]:
    lines = (SHARED / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["file"] == number]


@pytest.mark.parametrize("number", ["000", "003"])
def test_every_heading_is_a_section_at_its_line_and_nothing_else_is(number: str) -> None:
    expected = {(row["line"], row["kind"], row["level"]) for row in gold("headings", number)}
    assert expected == {(s.line, s.kind, s.level) for s in seed(number).sections}


@pytest.mark.parametrize("number", sorted(SPEECH))
def test_only_the_people_of_the_conversation_speak(number: str) -> None:
    reading = seed(number)
    speaking = {turn.speaker for turn in reading.turns if turn.kind == "speech"}
    assert SPEECH[number] == len(speaking - {None})
    assert None not in speaking


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_quotes_are_attributed_to_their_speaker(number: str) -> None:
    """Except where the printed label is wrong, which no reader can know."""
    reading = seed(number)
    plain = letters(reading.text)
    for row in gold("attribution", number):
        if "printed_label" in row:
            continue
        quote = letters(str(row["quote"]))
        assert quote in plain
        speakers = {
            turn.speaker
            for turn in reading.turns
            if quote in letters(reading.text[turn.char_start : turn.char_end])
        }
        assert row["speaker"] in speakers


def test_the_newsletter_keeps_fiction_quotations_and_comments_apart() -> None:
    turns = seed("001").turns
    assert {"Milton Mueller", "Henry Shevlin"} <= {
        turn.speaker for turn in turns if turn.kind == "quotation"
    }
    assert {None} == {turn.speaker for turn in turns if turn.kind == "comment"}
    assert 1 == len({turn.section for turn in turns if turn.kind == "fiction"})


def letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
