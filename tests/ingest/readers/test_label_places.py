"""Names in unusual places of a text: behind times, in columns, below the words, in records."""

from __future__ import annotations

import textwrap

import pytest
from readings import read, spoken

SAID = [
    ("Ada Quill", "Is it safe? Tell me, please."),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite, I say."),
    ("Ada Quill", "And the lid?"),
    ("Bo Lind", "No. Never the lid."),
]


def turns(form: str, between: str = "\n\n") -> str:
    return between.join(
        form.format(name, text, at=5 * place) for place, (name, text) in enumerate(SAID)
    )


@pytest.mark.parametrize(
    ("form", "between"),
    [
        ("[0:{at:02}] {0} {1}", "\n"),
        ("{0} at 0:{at:02}\n{1}", "\n\n"),
        ("{0} (0'{at:02}\"): {1}", "\n\n"),
        ("T+00:{at:02} {0}: {1}", "\n\n"),
        ("{0} (00.{at:02}): {1}", "\n\n"),
        ("{0} [host] 0:{at:02} — {1}", "\n\n"),
        ("Speaker: {0}\nStart: 00:00:{at:02}\nText: {1}", "\n\n"),
    ],
)
def test_times_stand_with_names(form: str, between: str) -> None:
    reading = read(turns(form, between))
    assert SAID == spoken(reading)
    assert [0.0, 5.0, 10.0, 15.0, 20.0, 25.0] == [turn.start_seconds for turn in reading.turns]


@pytest.mark.parametrize(
    "form",
    [
        "10:45 am – {0}: {1}",
        "{0} > {1}",
        "{0} (Lid Labs) >> {1}",
        "{0} » {1}",
        "({0}) {1}",
        "{1}\n— {0}",
        "{1}\n({0})",
    ],
)
def test_names_stand_without_a_colon(form: str) -> None:
    assert SAID == spoken(read(turns(form)))


def test_times_that_end_what_is_said_are_no_words() -> None:
    assert SAID == spoken(read(turns("{0}: {1} #00:00:{at:02}-4#")))


def test_names_in_a_column_of_their_own() -> None:
    """Lines that go on are indented as far."""
    rows = [f"{name:<14}{text}\n{'':<14}So there." for name, text in SAID]
    assert [(n, f"{t} So there.") for n, t in SAID] == spoken(read("\n\n".join(rows)))


def test_brackets_part_turns_within_a_paragraph() -> None:
    assert SAID == spoken(read(turns("[{0}] {1}", " ")))


def test_a_slip_of_the_hand_in_place_of_a_colon() -> None:
    text = turns("{0}: {1}")
    for slip in (";", "::"):
        assert SAID == spoken(read(text.replace("Bo Lind: Quite", f"Bo Lind{slip} Quite")))


def test_voices_from_the_floor_are_their_own() -> None:
    text = turns("{0}: {1}").upper() + "\n\nVOICE FROM THE FLOOR: Louder!"
    assert ("VOICE FROM THE FLOOR", "Louder!") == spoken(read(text))[-1]


def test_a_paragraph_without_a_time_is_no_turn_where_all_turns_have_one() -> None:
    text = turns("{0} [host] 0:{at:02} — {1}").replace(
        "mostly.", "mostly.\n\nLesson one: two lids."
    )
    assert ("Bo Lind", "It is: mostly.\n\nLesson one: two lids.") == spoken(read(text))[1]


def test_remarks_on_a_talk_page_are_signed() -> None:
    sign = "--[[User:X|{0}]] ([[User talk:X|talk]]) 10:12, 3 May 2023 (UTC)"
    assert SAID == spoken(read(f"== Lids ==\n{turns(':{1} ' + sign, chr(10))}"))


def test_who_interviews_may_be_a_single_letter() -> None:
    short = {"Ada Quill": "I", "Bo Lind": "P"}
    text = "\n\n".join(f"{short[name]}: {said}" for name, said in SAID)
    assert [(short[name], said) for name, said in SAID] == spoken(read(text))


def test_numbered_questions_and_answers_are_those_of_two() -> None:
    text = "\n\n".join(f"{'QA'[p % 2]}{p // 2 + 1}: {said}" for p, (_, said) in enumerate(SAID))
    assert [("QA"[p % 2], said) for p, (_, said) in enumerate(SAID)] == spoken(read(text))


def test_initials_may_have_points() -> None:
    legend = "A.Q. — Ada Quill, host\nB.L. — Bo Lind\n\n"
    short = {"Ada Quill": "A.Q.", "Bo Lind": "B.L."}
    text = legend + "\n\n".join(f"{short[name]} — {said}" for name, said in SAID)
    reading = read(text)
    assert ["Ada Quill", "Bo Lind"] == [speaker.name for speaker in reading.speakers]
    assert [(short[name], said) for name, said in SAID] == spoken(reading)


def test_numbers_in_brackets_before_turns_are_no_words() -> None:
    numbered = "\n".join(f"({n}) {name}: {text}" for n, (name, text) in enumerate(SAID, start=1))
    assert SAID == spoken(read(numbered))


def test_a_court_says_who_asks_and_who_is_sworn() -> None:
    """Also where a sentence is cut before a colon; a small word is nobody."""
    text = (
        "ADA QUILL,\nhaving been duly sworn, testified as follows:\nEXAMINATION\nBY MR. LIND:\n"
        "Q.  Is it safe?\nA.  It was, and then he\nsaid: “Never.”\nQ.  When?\nA.  At 10:30.\n"
        "THE WITNESS:  Or so.\nQ.  Good.\nA.  Yes.\n"
    )
    assert [
        ("Mr. Lind", "Is it safe?"),
        ("Ada Quill", "It was, and then he said: “Never.”"),
        ("Mr. Lind", "When?"),
    ] == spoken(read(text))[:3]


def test_parliaments_print_seats_and_offices_once() -> None:
    text = (
        "The Minister for Lids (Bo Lind): I beg to move.\n\nAda Quill (Lidford) (Ind): Why?\n\n"
        "Bo Lind: Because.\n\nAda Quill: When?\n\nBo Lind: Soon.\n\nAda Quill: Good.\n"
    )
    first, second, *_ = spoken(read(text))
    assert (("Bo Lind", "I beg to move."), ("Ada Quill", "Why?")) == (first, second)


def test_a_screenplay_has_names_in_capitals_above_the_words() -> None:
    """Scenes are headings; directions are nobody's words."""
    cues = "\n\n".join(f"{name.upper()}\n(softly)\n{text}" for name, text in SAID)
    reading = read(
        f"Title: Kettles\nCredit: by\nAuthor: Desk\n\nINT. STUDIO - DAY\n\nA hum.\n\n{cues}\n"
    )
    assert [(name.upper(), text) for name, text in SAID] == spoken(reading)
    assert ("Kettles", "INT. STUDIO - DAY") == (reading.title, reading.sections[0].title)


def test_a_turn_goes_on_over_the_page_of_a_printed_text() -> None:
    """Running heads and numbers of pages are no words."""
    long = "It is the kind of thing that you"
    text = (
        f"Ada Quill: Is it safe?\n\nBo Lind: {long}\n\n1\n\n\fKETTLES 12\n\nsee once a year.\n\n"
        "Ada Quill: Good.\n\n2\n\n\fKETTLES 13\n\nBo Lind: Quite.\n"
    )
    assert [
        ("Ada Quill", "Is it safe?"),
        ("Bo Lind", f"{long} see once a year."),
        ("Ada Quill", "Good."),
        ("Bo Lind", "Quite."),
    ] == spoken(read(text))


@pytest.mark.parametrize(
    "form",
    [
        "Mon Mar 11 2024, 07:05:02 PM - {0}: {1}",
        "[03/11/2024 07:05 PM] {0}\n{1}",
        "2024-03-11 19:05:02\t{0}\t{1}",
        "by {0} » Mon Mar 11, 2024 7:05 pm\n\n{1}",
        "{0}\n  7:05 PM\n{1}",
    ],
)
def test_messages_of_other_chats(form: str) -> None:
    assert SAID == spoken(read(turns(form)))


@pytest.mark.parametrize(
    "text",
    [
        "[0:05] New York is loud.\n[0:09] New York is large.\n[0:12] Old York is small.",
        "2 > 1\n\n3 > 2\n\nLids > pots\n\nPots > lids\n\nSo it goes on.",
        "It sings.\n— an old saying\n\nIt rings.\n— another\n\nIt is a kettle, and that is all.",
    ],
)
def test_what_only_looks_like_a_name_in_such_a_place(text: str) -> None:
    assert {None} == {turn.speaker for turn in read(text).turns}


LONG = "It is the kind of thing that you see once a year where nobody counts the years at all"
PRINTED = [
    ("Ada Quill", "Is it?"),
    ("Bo Lind", LONG),
    ("Ada Quill", f"{LONG}, and"),
    ("Bo Lind", "No."),
]


@pytest.mark.parametrize("number", ["- {} -", "Page {} of 9", "{}"])
def test_numbers_that_count_pages_without_form_feeds(number: str) -> None:
    said = [(name, f"{words} Part {part}.") for part in "abcdefgh" for name, words in PRINTED]
    turns = [f"{name}: {words}" for name, words in said]
    pages = ["\n\n".join(turns[at : at + 8]) for at in range(0, len(turns), 8)]
    numbered = (f"{page}\n\n{number.format(at)}" for at, page in enumerate(pages, start=1))
    assert said == spoken(read("\n\n".join(numbered)))


@pytest.mark.parametrize("form", ["     {}: {}", "{}: {}"])
def test_print_with_an_empty_line_below_every_line(form: str) -> None:
    lines = [line for turn in PRINTED * 3 for line in textwrap.wrap(form.format(*turn), 30)]
    reading = read("\n\n".join(lines))
    assert PRINTED * 3 == spoken(reading)
    assert [1, 3] == [turn.line_start for turn in reading.turns[:2]]


@pytest.mark.parametrize(
    "end", ["[Whereupon, at 12:04 p.m., the hearing ended.]\n\nA P P E N D I X\n\nLids"]
)
def test_the_end_of_a_hearing_is_said_by_nobody(end: str) -> None:
    turns = "\n".join(f"    Mr. {name.split()[1]}. {words}" for name, words in SAID)
    assert [words for _, words in SAID] == [words for _, words in spoken(read(f"{turns}\n{end}"))]


def test_three_lines_at_the_foot_of_each_page() -> None:
    said = [(name, f"{words} Part {part}.") for part in "abcd" for name, words in PRINTED]
    turns = [f"{name}: {words}" for name, words in said]
    foot = "lids_final (Completed 05/20/24)\nTranscript by Lidscript\n\nPage {} of 2"
    pages = ["\n\n".join(turns[at : at + 8]) for at in range(0, len(turns), 8)]
    text = "\n\n".join(f"{page}\n{foot.format(at)}" for at, page in enumerate(pages, start=1))
    assert said == spoken(read(text))
