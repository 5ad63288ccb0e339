"""Plain labelled transcripts: who speaks, where headings are, what is not speech."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.labels import labelled
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading

INTERVIEW = """\
Wren Okafor on quiet machines

Wren Okafor builds meters. In this episode we discuss what they measure.

  • Meters
  • Budgets

Metering

Why Meters Lie

Zoé: Hi everyone, I’m here with Wren Okafor. What is a meter?

Wren: It is a clock that counts watts.

It also counts people.

What A Meter Costs

So that is the price of it.

Zoé: Fine.

Wren I think that nothing has changed about it since.

How budgets grow

Zoé: And budgets?

Wren: They grow"""


def read(text: str) -> Reading:
    return labelled.read(source_from_bytes("talk.txt", text.encode()))


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(t.speaker, reading.text[t.char_start : t.char_end]) for t in reading.turns]


def headings(reading: Reading) -> list[tuple[int, int, str, str]]:
    return [(s.line, s.level, s.kind, s.title) for s in reading.sections]


def test_headings_have_two_levels_and_their_lines() -> None:
    """A heading above a heading is the outer one; the introduction and outline are apart."""
    assert [
        (1, 1, "title", "Wren Okafor on quiet machines"),
        (3, 1, "intro", "Wren Okafor builds meters. In this episode we…"),
        (5, 1, "outline", "Outline"),
        (8, 1, "section", "Metering"),
        (10, 2, "section", "Why Meters Lie"),
        (18, 2, "section", "What A Meter Costs"),
        (26, 2, "section", "How budgets grow"),
    ] == headings(read(INTERVIEW))


def test_bare_paragraphs_belong_to_the_running_speaker() -> None:
    """Also after a heading that interrupts the turn, and in a last line without newline."""
    spoken = [turn for turn in said(read(INTERVIEW)) if turn[0]]
    assert ("Wren", "It is a clock that counts watts.\n\nIt also counts people.") == spoken[1]
    assert ("Wren", "So that is the price of it.") == spoken[2]
    assert ("Wren", "They grow") == spoken[-1]


def test_a_label_that_lost_its_colon_still_counts() -> None:
    assert ("Wren", "I think that nothing has changed about it since.") in said(read(INTERVIEW))


def test_a_surname_after_a_known_first_name_is_no_label() -> None:
    """Only a word that opens a sentence shows that a colon is missing."""
    text = (
        "Ada: One.\n\nBo: Two.\n\nAda: Three.\n\nBo: Four.\n\nAda Vale was never here to say it.\n"
    )
    assert ("Bo", "Four.\n\nAda Vale was never here to say it.") == said(read(text))[-1]


def test_introduction_and_outline_are_editorial() -> None:
    reading = read(INTERVIEW)
    assert ["editorial", "editorial"] == [turn.kind for turn in reading.turns[:2]]
    assert "speech" == reading.turns[2].kind


def test_short_answers_and_remarks_with_a_colon_are_not_structure() -> None:
    """``Yes.`` is no heading, ``Note:`` nobody's name."""
    text = "Ada: So?\n\nYes.\n\nBo: Exactly.\n\nNote: it is late.\n\nAda: Right.\n\nBo: Go on.\n"
    reading = read(text)
    assert [] == headings(reading)
    assert {"Ada", "Bo"} == {turn.speaker for turn in reading.turns}


def test_labels_with_times_titles_and_other_scripts() -> None:
    text = (
        "[00:01:02] Dr. Élodie N'Guessan: One.\n(1:10) Speaker 1: Two.\n"
        "Dr. Élodie N'Guessan (00:02:00): Three.\nSpeaker 1: Four.\n\n"
        "דנה לוי: חמש.\n\nדנה לוי: שש.\n"
    )
    turns = read(text).turns
    assert ["Dr. Élodie N'Guessan", "Speaker 1"] * 2 + ["דנה לוי"] == [t.speaker for t in turns]
    assert [62.0, 70.0, 120.0, None, None] == [t.start_seconds for t in turns]


def test_a_header_of_fields_declares_title_and_people() -> None:
    reading = read(
        "Title: Quiet Machines\nDate: 2024-01-02\nHost: Ada Vale\n\nAda: Hello.\n\nBo: Hello.\n"
    )
    assert ("Quiet Machines", "2024-01-02") == (reading.title, reading.date)
    assert [("Ada Vale", "host")] == [(s.name, s.role) for s in reading.speakers]
    assert "editorial" == reading.turns[0].kind


def test_prose_without_labels_is_not_labelled() -> None:
    assert not labelled.sniff(source_from_bytes("a.txt", b"I think: it rains.\n\nNote: it does.\n"))


def test_names_in_front_of_comments_are_text() -> None:
    """Anybody can type any name there."""
    reading = read("Reader comments\n\nAnonymous: I read it.\nZoé: I never said so.\n")
    assert [(None, "Anonymous: I read it."), (None, "Zoé: I never said so.")] == said(reading)
    assert {"comment"} == {turn.kind for turn in reading.turns}


def test_comments_below_prose_of_nobody_known_are_text() -> None:
    prose = "A letter on meters\n\nWhoever reads a meter at night sees what it wants to show.\n\n"
    reading = read(f"{prose}Comments\n\nAda Vale: I do.\n\nBo Lind: Me too.\n\nAda Vale: Ha.\n")
    assert [None] * 3 == [turn.speaker for turn in reading.turns if turn.kind == "comment"]


def test_html_with_attributes_is_no_words_of_anybody() -> None:
    """Tags without any may be what somebody speaks of."""
    reading = read(
        'A talk <img src=x onerror="a(1)"> on meters\n\n'
        "Zoé: Layer <b onmouseover=a(1)>17</b>, if x < y and y > z.\n\nBo: An <i> is not a <b>.\n"
    )
    assert "A talk on meters" == reading.title
    assert [("Zoé", "Layer 17, if x < y and y > z."), ("Bo", "An <i> is not a <b>.")] == said(
        reading
    )


WORDS = st.text(
    st.sampled_from("abé\u0301🙂\u200f\u202e שñ.,?’\t"), min_size=1, max_size=40
).filter(lambda words: words.strip(" \t\u200f\u202e.,?’\u0301"))


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bo"]), WORDS), min_size=2), st.booleans())
def test_every_turn_is_exactly_what_was_written(
    turns: list[tuple[str, str]], windows: bool
) -> None:
    """Offsets hold with combining marks, emoji, right-to-left marks and CRLF."""
    turns = [*turns, ("Ada", "End."), ("Bo", "End.")] * 2
    end = "\r\n" if windows else "\n"
    reading = read((end * 2).join(f"{name}: {words}" for name, words in turns))
    written = " ".join(" ".join(words.split()) for _, words in turns)
    spoken = " ".join(words for _, words in said(reading))
    assert written.split() == spoken.split()
    for turn in reading.turns:
        assert reading.text[turn.char_start : turn.char_end].strip()


def test_a_byline_in_small_letters_right_below_the_title() -> None:
    head = "Transcript: Bo Lind on how lids sing\nby Ada Quill\n21st Feb 2025"
    reading = read(f"{head}\n\nAda Quill: Is it?\n\nBo Lind: It is.\n\nAda Quill: Good.")
    assert "Transcript: Bo Lind on how lids sing" == reading.title
