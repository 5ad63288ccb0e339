"""Transcripts as web pages: who speaks, what is a heading, and what is around the transcript."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from readings import Said, read, spoken

SAID: Said = [("Ada Quill", "Is 3 < 5?\n\nOr not?"), ("Bo", "It is."), ("Ada Quill", "Good.")]


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>Talk</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        "<p><b>Ada Quill:</b> Is 3 &lt; 5?</p><p>Or not?</p><p><b>Bo:</b> It is.</p>",
        "<p><strong>Ada Quill</strong>: Is 3 &lt; 5?<p>Or not?<p><strong>Bo</strong>: It is.",
        "<p>Ada Quill: Is 3 &lt; 5?</p><p>Or not?</p><p>Bo: It is.</p>",
        "<div><b>Ada Quill:</b> Is 3 &lt; 5?<br><br>Or not?<br><br>Bo: It is.</div>",
        "<dl><dt>Ada Quill</dt><dd>Is 3 &lt; 5?</dd><dd>Or not?</dd><dt>Bo</dt><dd>It is.</dl>",
        "<p><u class=speaker>Ada Quill</u> Is 3 &lt; 5?<p>Or not?<p><u class=speaker>Bo</u> It is.",
    ],
    ids=["bold", "strong", "plain", "breaks", "definitions", "class"],
)
def test_speakers_of_pages(body: str) -> None:
    """However the names are set, the same is said, in a whole page and in a part of one."""
    part = body + "<p><b>Ada Quill:</b> Good.</p>"
    assert SAID == spoken(read(page(part)))
    assert SAID == spoken(read(part.replace("><", ">\n<")))


def test_a_link_around_the_time_of_a_label() -> None:
    talk = "".join(
        f"<p><strong>{name} (<a href='https://x.org/?t={at}'>0:0{at}</a>):</strong> {words}</p>"
        for at, (name, words) in enumerate(
            [("Ada Quill", "Is it?"), ("Bo", "It is."), ("Ada Quill", "Good.")]
        )
    )
    reading = read(page(talk))
    assert [("Ada Quill", "Is it?"), ("Bo", "It is."), ("Ada Quill", "Good.")] == spoken(reading)
    assert [0.0, 1.0, 2.0] == [turn.start_seconds for turn in reading.turns]


def test_a_paragraph_beside_a_bold_one_on_the_same_line_of_the_file_is_no_heading() -> None:
    talk = "<h1>On lids</h1><p>May 3, 2021</p><p><b>Ada Quill:</b> Hm.</p><p><b>Bo:</b> Yes.</p>"
    reading = read(page(talk + "<p><b>More of it</b></p><p><b>Ada Quill:</b> Good.</p>"))
    titles = [s.title for s in reading.sections if s.kind == "section"]
    assert ["More of it"] == titles


def test_speakers_in_headings_and_in_tables() -> None:
    """A name over its words, or in a cell beside them."""
    headings = (
        "<h3>Ada Quill</h3><p>Is 3 &lt; 5?</p><p>Or not?</p><h3>Bo</h3><p>It is.</p>"
        "<h3>Ada Quill</h3><p>Good.</p>"
    )
    table = (
        "<table><tr><td>0:01</td><td>Ada Quill</td><td>Is 3 &lt; 5?</td></tr>"
        "<tr><td colspan=3>Or not?</td></tr><tr><td>0:03</td><td>Bo</td><td>It is.</td></tr>"
        "<tr><td>0:04</td><td>Ada Quill</td><td>Good.</td></tr></table>"
    )
    assert SAID == spoken(read(page(headings)))
    assert SAID == spoken(read(page(table)))


def test_times_and_headings() -> None:
    """As on pages whose names, times and words stand in elements of their own."""
    reading = read(
        page(
            "<h1>On meters</h1>\n<h2>Start</h2>\n"
            "<div><span>Ada Quill</span>\n <a href='#'>(00:01:02)</a> <span>Ready?</span></div>\n"
            "<h2>(1:10) End</h2>\n<div><span>Bo</span> <a href='#'>(1:12)</a> Quite.</div>"
        )
    )
    assert ("On meters", [("Ada Quill", "Ready?"), ("Bo", "Quite.")]) == (
        reading.title,
        spoken(reading),
    )
    assert [("On meters", "title", 1), ("Start", "section", 2), ("End", "section", 5)] == [
        (section.title, section.kind, section.line) for section in reading.sections
    ]
    assert [(62.0, 3), (72.0, 6)] == [
        (turn.start_seconds, turn.line_start) for turn in reading.turns
    ]


def test_what_stands_around_the_transcript_is_said_by_nobody() -> None:
    """Menus are counted; what follows the part that holds the labels is not the last speaker's."""
    reading = read(
        page(
            "<nav>Home About us</nav><p>An introduction.</p><article><div><p>Ada: Yes.</p></div>"
            "<div><p>Bo: No.</p></div><div><p>Ada: Why?</p></div></article><div>More episodes</div>"
        )
    )
    assert [("Ada", "Yes."), ("Bo", "No."), ("Ada", "Why?")] == spoken(reading)
    assert ["An introduction.", "More episodes"] == [
        reading.text[turn.char_start : turn.char_end]
        for turn in reading.turns
        if turn.kind == "editorial"
    ]
    assert ("3 words of menus and the like were left out",) == reading.notes


def test_pages_that_name_nobody() -> None:
    """Every line, or paragraph where there are any, is a turn of nobody known."""
    reading = read(
        page("<h2>One</h2><div>It rained.</div><h2>Two</h2><div>Nobody <b>cared</b>.</div>")
    )
    assert [(None, "It rained."), (None, "Nobody cared.")] == spoken(reading)
    assert ["One", "Two"] == [section.title for section in reading.sections]
    assert [(None, "It rained."), (None, "Nobody cared.")] == (
        spoken(read(page("<p>It rained.</p><p>Nobody <b>cared</b>.</p>")))
    )


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b>", "<p>x", "<b>x", "x<br>", "<td>", "</div>", "<![if x]>", "<![x[", "<dt>x<b>"],
)
def test_hostile_pages_take_linear_time(piece: str) -> None:
    """Whatever is left open, over and over."""
    talk = "<p>Ada: Yes.<p>Bo: No.<p>Ada: Why?"
    short, long = (page(piece * count + talk) for count in (500, 8_000))
    assert "Why?" in read(long).text
    assert grows_in_proportion(read, short, long)


def test_a_time_of_day_beside_a_name_is_not_spoken() -> None:
    """And gives no time in a recording."""
    turns = [("Ada", "Is it safe?"), ("Bo", "It is.")] * 2
    reading = read(page("".join(f"<p><b>{n}</b> <i>(11:05 AM)</i>: {t}</p>" for n, t in turns)))
    assert turns == spoken(reading)
    assert {None} == {turn.start_seconds for turn in reading.turns}


def test_the_head_of_a_table_is_no_turn() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>It is.</td></tr>" for n in ("Ada Quill", "Bo Lind") * 2)
    reading = read(f"<table><tr><th>Speaker</th><th>Text</th></tr>{rows}</table>")
    assert ["Ada Quill", "Bo Lind"] * 2 == [name for name, _ in spoken(reading)]


@pytest.mark.parametrize("cell", ["th", "td"])
def test_the_head_of_a_table_tells_which_column_holds_the_words(cell: str) -> None:
    head = "".join(f"<{cell}>{name}</{cell}>" for name in ("Timespan", "Content", "Speaker"))
    turns = [("Ada Quill", "Is it?"), ("Bo Lind", "It is.")] * 2
    rows = "".join(
        f"<tr><td>0:0{at},0 - 0:0{at + 1},0</td><td>{words}</td><td>{name}</td></tr>"
        for at, (name, words) in enumerate(turns)
    )
    reading = read(f"<table><tr>{head}</tr>{rows}</table>")
    assert turns == spoken(reading)
    assert [0.0, 1.0, 2.0, 3.0] == [t.start_seconds for t in reading.turns if t.speaker]


def test_what_is_struck_out_is_not_said() -> None:
    """And a tag that is left open strikes out no more than its paragraph."""
    turns = "<p><b>Ada:</b> Is it 40?</p><p><b>Bo:</b> It is <del>40</del> <ins>14</ins>.</p>"
    open_tag = "<p><b>Ada:</b> Good <s>grief.</p><p><b>Bo:</b> Yes.</p>"
    words = [text for _, text in spoken(read(f"<html><body>{turns}{open_tag}</body></html>"))]
    assert ["Is it 40?", "It is 14.", "Good", "Yes."] == words
