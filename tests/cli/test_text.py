"""Text that may be printed to a terminal."""

from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cli.json_output import json_line
from cli.text import CONTROLS, WordStream, clock, safe


def streamed(pieces: list[str], width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    stream = WordStream(console)
    for piece in pieces:
        stream.write(piece)
    stream.close()
    return console.file.getvalue()


def test_escape_sequences_and_direction_overrides_are_taken_out():
    assert safe("\x1b[31mred\x1b[0m \u202eevil\u202c\x07\x9b2J") == "[31mred[0m evil2J"


def test_accents_emoji_and_right_to_left_text_stay():
    text = "Ćwikła\t🙂 \u05e9\u05dc\u05d5\u05dd\n"
    assert safe(text) == text


@given(st.text())
def test_json_keeps_every_character_and_prints_none_that_acts(text):
    line = json_line({"text": text.encode(errors="replace").decode()})
    assert CONTROLS.search(line) is None
    assert json.loads(line) == {"text": text.encode(errors="replace").decode()}


def test_seconds_become_clock_times():
    assert [clock(4.6), clock(754), clock(3_723)] == ["00:04", "12:34", "1:02:03"]


def test_words_are_wrapped_although_they_come_in_pieces():
    assert (
        streamed(["The quick br", "own fox ju", "mps"], width=10)
        == "The quick \nbrown fox \njumps\n"
    )


@given(st.lists(st.text(alphabet="ab \n"), max_size=20), st.integers(4, 20))
def test_a_stream_prints_the_words_that_were_written(pieces, width):
    assert streamed(pieces, width).split() == "".join(pieces).split()
