"""Labels that only a whole talk shows, and what is nobody's where no labels are found."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from readings import document, read, read_file, said, spoken
from test_conversion import packed, word

TALK = [
    ("Hedda", "Is it safe? Tell me, Jonas."),
    ("Jonas", "It is: mostly."),
    ("Hedda", "What of the lid?"),
    ("Jonas", "It sings [at night]."),
    ("Hedda", "Good."),
    ("Jonas", "Quite."),
]


@pytest.mark.parametrize(
    "people", ["Participants: Hedda Brandt, Jonas Ekwall", "Guests: Ada Quill, Bo Lind"]
)
def test_who_takes_part_does_not_say_all_the_rest(people: str) -> None:
    """Where nobody else is named, a list of people is no label of what follows."""
    reading = read(f"Kettles of the harbour\n\n{people}\n\nIs it safe?\n\nIt is.\n\nGood.\n")
    assert {None} == {name for name, _ in said(reading)}


def test_whom_a_legend_explains_does_not_say_all_the_rest() -> None:
    legend = "HB: Hedda Brandt\nJE: Jonas Ekwall"
    reading = read(f"Kettles\n\n{legend}\n\n~HB~ Is it safe?\n\n~JE~ It is.\n\n~HB~ Good.\n")
    assert {None} == {name for name, _ in said(reading)}


def test_a_list_of_people_above_names_alone() -> None:
    """``Guest: …`` does not hide that names stand on lines of their own."""
    turns = "\n\n".join(f"{name}\n{words}" for name, words in TALK)
    found = document(f"Kettles\n\nHost: Hedda Brandt\nGuest: Jonas Ekwall\n\n{turns}")
    names = {"Hedda": "Hedda Brandt", "Jonas": "Jonas Ekwall"}
    assert [(names[name], words) for name, words in TALK] == spoken(found)


def test_what_only_comes_back_is_no_show() -> None:
    """Somebody else has to speak between its turns."""
    notes = [("Key Point", "Lids."), ("Key Point", "Pots."), ("Key Point", "Steam.")]
    text = "\n\n".join(f"{name}: {words}" for name, words in [*TALK, *notes])
    assert {"Hedda", "Jonas"} == {name for name, _ in spoken(read(text))}


def test_names_in_headings_below_a_legend() -> None:
    legend = "H.B.: Hedda Brandt\nJ.E.: Jonas Ekwall"
    names = {"Hedda": "H.B.", "Jonas": "J.E."}
    turns = [f"### {names[name]} [0:0{at}]\n\n{words}" for at, (name, words) in enumerate(TALK)]
    reading = read("\n\n".join(["# Kettles", legend, *turns]))
    assert [(names[name], words) for name, words in TALK] == spoken(reading)


def test_a_question_between_a_time_and_an_answer_is_no_heading() -> None:
    turns = [f"{name}\n\n(0:0{at})\n\n{words}" for at, (name, words) in enumerate(TALK)]
    assert TALK == spoken(read("\n\n".join(turns)))


@pytest.mark.parametrize("form", ["({}:{})", "[0:0{}:{}]", "[{}m {}s]"])
def test_times_in_brackets_that_stand_nowhere_but_amid_words(form: str) -> None:
    """They go forward; numbers that do not are words."""
    words = "It is {0} mostly. {1} And so on. {2} And on."
    times = [form.format(at, 10 + at) for at in (1, 2, 3)]
    text = f"Hedda: Is it safe?\n\nJonas: {words.format(*times)}\n\nHedda: Good.\n\nJonas: Yes."
    assert "It is mostly. And so on. And on." == spoken(read(text))[1][1]
    verses = words.format("(3:16)", "(2:11)", "(1:17)")
    text = f"Hedda: Is it safe?\n\nJonas: {verses}\n\nHedda: Good.\n\nJonas: Yes."
    assert verses == spoken(read(text))[1][1]


def test_print_with_empty_lines_between_all_lines_and_times() -> None:
    lines = ["[00:0{0}] {1}: The kettle of the harbour that everybody", "has heard of sings again."]
    names = ["Hedda J. Brandt", "Jonas Ekwall"] * 6
    text = "\n\n".join("\n\n".join(lines).format(at % 10, name) for at, name in enumerate(names))
    assert names == [name for name, _ in spoken(read(text))]


def test_a_page_with_an_author_and_labels_in_bold_beside_a_talk() -> None:
    turns = "".join(f"<p>{name} ({role})</p><p>{words}</p>" for (name, words), role in zip(
        TALK, ["host", "guest"] * 3, strict=True
    ))  # fmt: skip
    page = (
        "<html><body><article><div><b>Talks</b></div><h1>Kettles</h1><h4>Ada Quill</h4>"
        f"<div>May 3, 2023 — 12 min read</div>{turns}</article></body></html>"
    )
    assert [words for _, words in TALK] == [words for _, words in spoken(read(page))]
    assert {"Hedda (host)", "Jonas (guest)"} == {name for name, _ in spoken(read(page))}


def test_a_page_whose_text_is_in_boxes_is_not_left_out() -> None:
    boxes = "".join(f"<div>{words}</div>" for _, words in TALK)
    reading = read(f"<html><body><div>{boxes}</div><p>Listen everywhere.</p></body></html>")
    assert all(words in reading.text for _, words in TALK)


def test_times_in_brackets_in_a_table_of_a_page() -> None:
    rows = "".join(
        f"<tr><td>(0:0{at})</td><td><b>{name}:</b></td><td>{words}</td></tr>"
        for at, (name, words) in enumerate(TALK)
    )
    reading = read(f"<html><body><table>{rows}</table></body></html>")
    assert TALK == spoken(reading)
    assert [0, 1, 2] == [turn.start_seconds for turn in reading.turns[:3]]


def test_who_posted_a_page_says_nothing_of_what_stands_above_the_talk() -> None:
    turns = "".join(
        f"<p>{name} Brandt (0:0{at})</p><p>{w}</p>" for at, (name, w) in enumerate(TALK)
    )
    page = f"<html><body><p>By Hedda Brandt | May 3, 2023</p><p>On lids.</p>{turns}</body></html>"
    assert "On lids." not in [words for _, words in spoken(read(page))]


def test_a_tab_behind_names_in_a_document() -> None:
    """A hanging indent: the name, then the words."""
    runs = "".join(
        f"<w:p><w:r><w:t>{name}</w:t></w:r><w:r><w:tab/><w:t>{words}</w:t></w:r></w:p>"
        for name, words in TALK
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = packed(f'<w:document xmlns:w="{space}"><w:body>{runs}</w:body></w:document>')
    assert TALK == spoken(read_file("kettles.docx", file))
    terms = word("Lid", "a cover", "Pot", "a vessel")
    assert {None} == {name for name, _ in said(read_file("kettles.docx", terms))}


def test_a_number_word_in_captions_is_nobody() -> None:
    turns = [*TALK, ("One", "is it safe? Two: does it sing?")]
    cues = (
        f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{name}: {words}\n"
        for at, (name, words) in enumerate(turns, 1)
    )
    assert {"Hedda", "Jonas"} == {name for name, _ in spoken(read("\n".join(cues)))}


def test_initials_that_are_a_word_are_no_end_of_a_name() -> None:
    """``IS`` is not somebody called ``Larkspur Tea is``."""
    text = "Sponsor\n\nLarkspur Tea is grown on one hill.\n\n"
    turns = [("IS", "Is it safe?"), ("TW", "It is."), ("IS", "Good."), ("TW", "Quite.")]
    found = document(text + "\n\n".join(f"{name}: {words}" for name, words in turns))
    assert {"IS", "TW"} == {name for name, _ in spoken(found)}


def test_a_licence_below_a_talk_is_not_said() -> None:
    turns = "\n\n".join(f"{name}: {words}" for name, words in TALK)
    reading = read(f"{turns}\n\nThis work is licensed under CC BY 4.0.")
    assert TALK == spoken(reading)


def test_accents_that_are_letters_of_their_own() -> None:
    """Names are found as if they were composed; the words stay as they are written."""
    talk = [("José", "Café?"), ("Zoë", "Te\u0301."), ("José", "Yes."), ("Zoë", "Good.")]
    turns = [f"{normalize('NFD', name).upper()}. {normalize('NFD', w)}" for name, w in talk]
    expected = [(name.upper(), normalize("NFD", words)) for name, words in talk]
    assert expected == spoken(read("\n\n".join(turns)))


def test_words_between_two_remarks_in_brackets_are_said() -> None:
    turns = "\n\n".join(f"{name}\n\n{words}" for name, words in TALK)
    said_last = ("Hedda", "[laughing] Thank you. That was lovely. [00:36]")
    found = spoken(read(f"{turns}\n\nHedda\n\n{said_last[1]}\n\nJonas\n\nBye."))
    assert "[laughing] Thank you. That was lovely." in found[-2][1]


def test_a_colon_amid_a_definition_stays() -> None:
    terms = "\n\n".join(f"{name}\n: {words}" for name, words in TALK)
    assert TALK == spoken(read(f"# Kettles\n\n{terms}"))


def test_a_page_whose_words_are_all_in_spans_has_no_headings_among_them() -> None:
    turns = "".join(f"<h3>{n}</h3><p><span>{w} {'Steam. ' * 12}</span></p>" for n, w in TALK[:2])
    turns += "".join(f"<h3>{n}</h3><p><span>{w}</span></p>" for n, w in TALK[2:])
    page = f"<html><body><h1>Kettles</h1>{turns}</body></html>"
    assert [name for name, _ in TALK] == [name for name, _ in spoken(read(page))]


def test_a_quoted_talk_of_a_page_with_an_author_is_no_quotation() -> None:
    turns = "\n>\n".join(f"> {name} Ekwall: {words}" for name, words in TALK)
    text = f"# Kettles\n\nBy Ada Quill | May 3, 2023\n\nWhat they said.\n\n{turns}\n"
    assert {"Hedda Ekwall", "Jonas Ekwall"} <= {name for name, _ in spoken(read(text))}


def test_an_author_does_not_say_what_others_seem_to_say() -> None:
    """Words that come back before the lines tell that this is a talk, of whomever."""
    turns = "\n\n".join(f"({name[:2]}) {words}" for name, words in TALK)
    found = document(f"Kettles\n\nBy Ada Quill\nMay 3, 2023\n\n{turns}\n")
    assert {None} == {name for name, _ in spoken(found)}
