"""How answers look."""

from __future__ import annotations

import io

from rich.console import Console

from cli.render import make_console, print_answer, print_hits, print_transcript
from kb.types import Answer, AnswerSentence, Document, Hit, Passage, Quote, Section, Turn

WORDS = "The meter ran for ninety days, and a meter has no reason to flatter anybody at all."
QUOTE = Quote(1, WORDS, "Ines Quarto", "d1", "On meters", "Evidence", 10, 93, 12, 754.0, "/d")
ANSWER = Answer(
    "How long?",
    "It ran for ninety days [1].",
    False,
    (AnswerSentence("It ran for ninety days [1].", (1,)),),
    (QUOTE,),
    "extractive",
    None,
    {"total": 1234.0},
)


def rendered(events, *, width: int = 60, terminal: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    print_answer(console, events)
    return console.file.getvalue()


def test_an_answer_is_followed_by_its_quotes_with_their_places():
    assert (
        rendered([QUOTE, "It ran for ", "ninety days [1].", ANSWER])
        == """\
It ran for ninety days [1].

Quotes:

[1] The meter ran for ninety days, and a meter has no reason
    to flatter anybody at all.
    Ines Quarto · On meters · Evidence · line 12 · 12:34

extractive · 1.23 s
"""
    )


def test_a_quote_is_only_wrapped_whatever_the_width():
    for width in (24, 40, 100):
        text = rendered([QUOTE, ANSWER], width=width)
        assert " ".join(WORDS.split()) in " ".join(text.split())


def test_colours_appear_on_terminals_only():
    assert "\x1b[" not in rendered([QUOTE, ANSWER])
    assert "\x1b[" in rendered([QUOTE, ANSWER], terminal=True)


def test_an_abstention_shows_nearest_passages_not_quotes():
    abstention = Answer(
        "Why?", "The transcripts do not say.", True, (), (QUOTE,), "extractive", None
    )
    text = rendered([QUOTE, "The transcripts do not say.", abstention])
    assert text.startswith("The transcripts do not say.\n")
    assert "Nearest passages:" in text
    assert "Quotes:" not in text


def test_a_transcript_cannot_steer_the_terminal():
    evil = Quote(1, "a\x1b]0;title\x07b", "E\x1b[2Jve", "d1", "T\u202e", None, 0, 9, 1, None, "/d")
    answer = Answer("?", "x\x1b[8m", False, (), (evil,), "extractive", None)
    text = rendered(["x\x1b[8m", answer])
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_markup_of_the_renderer_in_a_transcript_is_plain_text(capsys):
    passage = Passage(
        1, "d1", 0, 0, None, "speech", None, 0, 9, 1, None, "[bold red]not red[/] :smile:", ""
    )
    print_hits(make_console(), [Hit(passage, 1.0, 1, "T")])
    assert "[bold red]not red[/] :smile:" in capsys.readouterr().out


DOCUMENT = Document(
    "d1", "On meters", "meters.txt", "labelled", None, None, "0" * 64,
    "Evidence\n\nIt ran.\n\nFor ninety days.\n\nDoubts\n\nDid it?", (),
    (
        Turn(0, "Ines Quarto", 1.0, "speech", 10, 35, 3, 5, 4.0, None, 0),
        Turn(1, None, 0.0, "editorial", 45, 52, 9, 9, None, None, 1),
    ),
    (
        Section("Evidence", 2, "section", 0, 37, 1),
        Section("Doubts", 2, "section", 37, 52, 7),
    ),
    (),
)  # fmt: skip


def test_a_transcript_is_printed_with_headings_speakers_times_and_lines(capsys):
    print_transcript(make_console(), DOCUMENT, start=0, end=52, lines=None)
    assert (
        capsys.readouterr().out
        == """
## Evidence

Ines Quarto 00:04 · line 3
    It ran.
    For ninety days.

## Doubts

editorial · line 9
    Did it?
"""
    )


def test_a_transcript_can_be_limited_to_lines(capsys):
    print_transcript(make_console(), DOCUMENT, start=0, end=52, lines=range(7, 20))
    shown = capsys.readouterr().out
    assert "Did it?" in shown
    assert "It ran." not in shown
