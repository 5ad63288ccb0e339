"""Wiki text: names between three apostrophes, headings between equals signs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import read, said, spoken

SAID = [
    ("Ada Quill", "Is it safe? Tell me, please."),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite."),
]


@pytest.mark.parametrize(
    "form",
    [
        "'''{0}:''' {1}",
        "'''{0}''': {1}",
        ":'''{0}:''' {1}",
        "* '''{0}''': {1}",
        ";'''{0}'''\n:{1}",
        "'''{0}''' (Lid Labs): {1}",
        "'''[[{0}]]:''' {1}",
        "'''[[User:Quill|{0}]]:''' {1}",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_names_in_bold_speak(form: str, between: str) -> None:
    assert SAID == spoken(read(between.join(form.format(*turn) for turn in SAID)))


def test_headings_and_what_stands_around_the_talk() -> None:
    """Templates, categories and notes are nobody's words; links are their words."""
    reading = read(
        "{{Talk|lang=en}}\n= On kettles =\n\n== The first ==\n"
        "'''Ada Quill''' (0:05): I met ''it'' at [[Gdynia|the port]].<ref>A book</ref>\n\n"
        "'''Bo Lind''' (0:25): Is it [https://example.org still there]?\n\n"
        "== The last ==\n'''Ada Quill''' (0:40): No.\n\n'''Bo Lind''' (0:45): Good.\n"
        "[[Category:Kettles]]\n"
    )
    assert [
        ("Ada Quill", "I met it at the port."),
        ("Bo Lind", "Is it still there?"),
        ("Ada Quill", "No."),
        ("Bo Lind", "Good."),
    ] == said(reading)
    assert ["On kettles", "The first", "The last"] == [
        section.title for section in reading.sections
    ]
    assert [5.0, 25.0, 40.0, 45.0] == [turn.start_seconds for turn in reading.turns]
    assert ("On kettles", 5) == (reading.title, reading.turns[0].line_start)


def test_an_article_that_names_people_in_bold_is_no_talk() -> None:
    reading = read(
        "'''Ada Quill''' (born 1950) makes kettles.\n\n'''Bo Lind''' makes lids.\n\n"
        "'''Ada Quill''' met '''Bo Lind''' in Gdynia.\n"
    )
    assert {None} == {turn.speaker for turn in reading.turns}


@given(st.lists(st.text("'[]{}=:*|<> aB\u0301\u200f🙂\r", max_size=30), max_size=8))
@settings(deadline=None)
def test_offsets_are_exact(texts: list[str]) -> None:
    reading = read(
        "\n\n".join(["'''Ada:''' a", "'''Bo:''' b", *texts, "'''Ada:''' c", "'''Bo:''' d"])
    )
    for turn in reading.turns:
        words = reading.text[turn.char_start : turn.char_end]
        assert words == words.strip() != ""
