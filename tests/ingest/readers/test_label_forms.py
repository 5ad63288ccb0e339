"""Labels that only the rest of a file explains, and forms of other tools and places."""

from __future__ import annotations

import pytest
from readings import document, read, spoken

SAID = [
    ("Ada Quill", "Is it safe? Tell me, please."),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite."),
]


def test_initials_may_be_a_word() -> None:
    """``TO`` is Tamsin Okoro where others are shortened, too."""
    for form in ("{0}: {1}", "**{0}** {1}", "**{0}:** {1}", "0:01:02.5 {0}: {1}"):
        said = [
            ("Tamsin Okoro", "Where?"),
            ("Jonas Feld", "There."),
            ("TO", "When?"),
            ("JF", "Now."),
        ]
        turns = [form.format(*turn) for turn in said]
        names = [name for name, _ in spoken(document("\n\n".join(["# Kettles", *turns])))]
        assert ["Tamsin Okoro", "Jonas Feld"] * 2 == names


def test_no_initials_where_nobody_else_is_shortened() -> None:
    turns = [f"{name}: {words}" for name, words in [("Tamsin Okoro", "Where?"), *SAID]]
    reading = read("\n\n".join([*turns, "TO: be, or not."]))
    assert (SAID[-1][0], f"{SAID[-1][1]}\n\nTO: be, or not.") == spoken(reading)[-1]


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202b", "\ufeff", "\u2068"])
def test_marks_of_direction_before_a_name_are_none_of_it(mark: str) -> None:
    turns = [f"{mark}{name}: {words}" for name, words in SAID]
    assert SAID == spoken(read("\n\n".join(turns)))


@pytest.mark.parametrize("form", ["{0}: {1}", "{0}:\n{1}", "{0}:    {1}"])
def test_who_speaks_once_in_wrapped_paragraphs(form: str) -> None:
    """Lines that go on are none that lack a label."""
    said = [
        ("Ada Quill", "Is it safe? Tell\nme, and do not\nleave anything out."),
        ("Bo Lind", "It is. Note: nobody\nhas tried it\nfor long."),
        ("Ada Quill", "Good."),
    ]
    turns = [form.format(*turn) for turn in said]
    expected = [(name, " ".join(words.split())) for name, words in said]
    assert expected == spoken(read("\n\n".join(turns)))


def test_words_and_what_they_mean_are_no_turns() -> None:
    text = (
        "Three metals are used.\n\nBrass: it bends.\n\nCopper: it glows.\n\nTin: nobody wants it."
    )
    assert {None} == {name for name, _ in spoken(read(text))}


def test_how_it_is_said_is_not_said() -> None:
    turns = [f"{name.upper()}\n(smiling)\n{words}" for name, words in SAID]
    assert SAID == spoken(document("\n\n".join(turns)))


def test_full_names_above_times_speak_though_one_does_so_once() -> None:
    turns = [f"{name}\n\n0:0{n}\n\n{words}" for n, (name, words) in enumerate(SAID[:3])]
    assert SAID[:3] == spoken(read("\n\n".join(turns)))


@pytest.mark.parametrize("legend", ["Speaker 1: Ada Quill", "Speaker 1 = Ada Quill"])
def test_a_legend_of_those_who_speak_by_name_is_of_the_page(legend: str) -> None:
    second = legend.replace("1", "2").replace("Ada Quill", "Bo Lind")
    turns = [f"{name}: {words}" for name, words in SAID]
    assert SAID == spoken(read("\n\n".join([f"{legend}\n{second}", *turns])))


@pytest.mark.parametrize("note", ["Meeting ended after 00:06:12 👋", "Transcribed by Lid Scribe"])
def test_what_a_program_wrote_below_the_last_words_is_not_said(note: str) -> None:
    turns = [f"{name}: {words}" for name, words in SAID]
    assert SAID == spoken(read("\n".join([*turns, note])))


@pytest.mark.parametrize("numbered", ["{:10} {}", "{:>3}\t{}"])
def test_numbers_of_lines_are_no_words(numbered: str) -> None:
    """As courts print them, from 1 on each page."""
    lines = "MS. QUILL:  Is it\nsafe?\nTHE WITNESS:  It is:\nmostly.\nMS. QUILL:  Good.".split("\n")
    pages = [numbered.format(n, line) for _ in range(2) for n, line in enumerate(lines, start=1)]
    turns = [
        ("MS. QUILL", "Is it safe?"),
        ("THE WITNESS", "It is: mostly."),
        ("MS. QUILL", "Good."),
    ]
    merged = [*turns[:2], ("MS. QUILL", "Good.\n\nIs it safe?"), *turns[1:]]
    assert merged == spoken(read("\n".join(pages)))


def test_what_is_said_below_a_name_alone_is_no_heading() -> None:
    turns = [f"{name.upper()}\n\n{words}" for name, words in SAID]
    assert SAID == spoken(document("\n\n".join(turns)))
    assert not read("\n\n".join(turns)).sections


def test_times_with_frames_above_names_of_whom_one_speaks_once() -> None:
    turns = [f"00;00;0{n};12 - 00;00;0{n};20\n{who}\n{w}" for n, (who, w) in enumerate(SAID[:3])]
    reading = read("\n\n".join(turns))
    assert SAID[:3] == spoken(reading)
    assert [0.0, 1.0, 2.0] == [turn.start_seconds for turn in reading.turns]


def test_letters_in_brackets_behind_the_first_names() -> None:
    """The label that they explain may stand alone from then on."""
    first = [("Ada Quill (A)", "Is it?"), ("Bo Lind (B)", "It is.")]
    turns = [f"{name}: {words}" for name, words in [*first, ("A", "Good."), ("B", "Quite.")]]
    names = [name for name, _ in spoken(document("\n\n".join(turns)))]
    assert ["Ada Quill", "Bo Lind"] * 2 == names


def test_names_in_brackets_behind_the_first_roles() -> None:
    """But not where they are remarks on how somebody is heard."""
    roles = ["Host (Ada Quill)", "Guest 1 (Bo Lind)", "Host", "Guest 1"]
    turns = [f"{role}: It is so." for role in roles]
    assert ["Ada Quill", "Bo Lind"] * 2 == [n for n, _ in spoken(document("\n\n".join(turns)))]
    turns = [turn.replace("Ada Quill", "Off Camera") for turn in turns]
    assert "Host" == spoken(document("\n\n".join(turns)))[0][0]


def test_a_time_behind_a_stroke() -> None:
    turns = [f"**{name}** | 0:0{n}\n\n{words}" for n, (name, words) in enumerate(SAID)]
    reading = read("\n\n".join(turns))
    assert SAID == spoken(reading)
    assert [0.0, 1.0, 2.0, 3.0] == [turn.start_seconds for turn in reading.turns]


def test_a_list_of_things_is_no_talk() -> None:
    text = "Needed: water, brass.\nTools: a drill.\nWait: 20 minutes.\nMethod: drill two holes.\n"
    assert {None} == {name for name, _ in spoken(read(text))}


@pytest.mark.parametrize(
    "form",
    [
        "{{{0}}} {1}",
        "【{0}】{1}",
        "**{0}**\\: {1}",
        "<b>{0}:</b> {1}",
        "<strong>{0}</strong><br />\n{1}",
        "{0}「{1}」",
    ],
)
def test_notations_of_other_places(form: str) -> None:
    """Braces, the brackets and quotation marks of Japanese, and what converters leave."""
    names = {"Ada Quill": "Ada", "Bo Lind": "Bo"} if "「" in form else {}
    turns = [(names.get(name, name), words) for name, words in SAID]
    assert turns == spoken(read("\n\n".join(form.format(*turn) for turn in turns)))


def test_names_in_small_letters_above_what_they_say() -> None:
    """A page shows them with capitals; a remark with a colon above them is no turn."""
    turns = [f"{name.lower()}\n\n{words}" for name, words in SAID]
    text = "\n\n".join(["From the kitchen, this is a talk.", "Today: kettles.", *turns])
    assert SAID == spoken(read(text))


def test_answers_below_questions_that_alone_are_labelled() -> None:
    """Nobody answers what they ask themselves."""
    asked = [("Q", "Is it safe?"), ("A", "It is.\n\nMostly, that is."), ("Q", "Ah?"), ("A", "Yes.")]
    text = "\n\n".join(f"**Q: {words}**" if name == "Q" else words for name, words in asked)
    assert asked == spoken(read(f"# Kettles\n\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "**Ada Quill** makes it. She lives here.\n\n**Bo Lind** met her.\n\n" * 2,
        "- **Kettles**: why they sing\n- **Lids**: why not\n- **Kettles**: again\n- **Lids**: so",
    ],
)
def test_subjects_of_sentences_are_no_speakers(text: str) -> None:
    assert {None} == {name for name, _ in spoken(read(f"# Steam\n\n{text}"))}


def test_honours_before_a_name() -> None:
    turns = [f"The Honourable {name}: {words}" for name, words in SAID]
    said = [(f"The Honourable {name}", words) for name, words in SAID]
    assert said == spoken(read("\n\n".join(turns)))


def test_the_sentence_ends_of_other_scripts_end_no_heading() -> None:
    said = [("राहुल शर्मा", "यह कहाँ है?"), ("प्रिया रमन", "दो प्लेटों से।"), ("राहुल शर्मा", "बस?")]
    assert said == spoken(read("\n\n".join(f"{name}: {words}" for name, words in said)))


def test_times_above_and_amid_what_is_said_below_a_name() -> None:
    reading = read(
        "Ada Quill\n\n0:01\n\nIs it?\n\n0:30\n\nIs it safe?\n\nBo Lind\n\n0:45\n\nIt is.\n\n"
        "Ada Quill\n\n1:20\n\nGood.\n"
    )
    assert [
        ("Ada Quill", "Is it?\n\nIs it safe?"),
        ("Bo Lind", "It is."),
        ("Ada Quill", "Good."),
    ] == (spoken(reading))
    assert [1.0, 45.0, 80.0] == [turn.start_seconds for turn in reading.turns]


@pytest.mark.parametrize(
    "head",
    [
        "Ada Quill and Bo Lind on kettles",
        "On kettles\n\nBo Lind talks with Ada Quill, who makes them.",
        "On kettles\n\nWith Dr. Ada Quill, Mr. Bo Lind",
    ],
)
@pytest.mark.parametrize("form", ["{}: {}", "Dr. {}: {}"])
def test_surnames_of_those_whom_the_head_names(head: str, form: str) -> None:
    turns = [form.format(name.split()[1], words) for name, words in SAID]
    assert SAID == spoken(document("\n\n".join([head, *turns])))


@pytest.mark.parametrize(
    "head", ["Why Quill sings, and Does Lind", "Ada Quill, Eva Quill, Kettle Lind"]
)
def test_what_stands_before_a_surname_may_be_no_first_name(head: str) -> None:
    """Nor is it known which of two is meant."""
    turns = [f"{name.split()[1]}: {words}" for name, words in SAID]
    assert "Quill" == spoken(document("\n\n".join([f"About: {head}", *turns])))[0][0]


@pytest.mark.parametrize(
    "legend",
    [
        "TO = Tamsin Okoro\nJF = Jonas Feld",
        "Speakers: Tamsin Okoro (TO), Jonas Feld (JF)",
        "[TO: Tamsin Okoro; JF: Jonas Feld]",
    ],
)
def test_a_legend_explains_initials_that_are_a_word(legend: str) -> None:
    said = [("TO", "Where?"), ("JF", "There."), ("TO", "When?"), ("JF", "Now.")]
    turns = [f"{name}: {words}" for name, words in said]
    names = [name for name, _ in spoken(document("\n\n".join([legend, *turns])))]
    assert ["Tamsin Okoro", "Jonas Feld"] * 2 == names


@pytest.mark.parametrize(
    "form",
    [
        "=> {0}: {1}",
        "» {0}: {1}",
        "&gt;&gt; {0}: {1}",
        "== {0} ==\n{1}",
        "--- {0} ---\n{1}",
        "{0}\n> {1}",
        "> {0}: {1}",
    ],
)
def test_marks_around_a_label_are_no_part_of_it(form: str) -> None:
    assert SAID == spoken(read("\n\n".join(form.format(*turn) for turn in SAID)))


def test_times_within_the_marks_around_a_name() -> None:
    turns = [f"--- {name} (0:0{n}) ---\n{words}" for n, (name, words) in enumerate(SAID)]
    reading = read("\n\n".join(turns))
    assert SAID == spoken(reading)
    assert [0.0, 1.0, 2.0, 3.0] == [turn.start_seconds for turn in reading.turns]


def test_quotation_marks_right_behind_the_colon() -> None:
    said = [(name, f"“{words}”") for name, words in SAID]
    assert said == spoken(read("\n".join(f"{name}:{words}" for name, words in said)))


def test_entities_are_the_signs_that_they_stand_for() -> None:
    """As tools leave them that copy captions; twice, at times."""
    signs = {"'": "&#39;", "&": "&amp;", "<": "&lt;", "’": "&amp;#8217;"}
    said = [("Ada Quill", "It's <b>old</b>."), ("Bo Lind", "R&D isn’t."), *SAID]
    turns = [f"{name}: {words}" for name, words in said]
    text = "\n\n".join("".join(signs.get(sign, sign) for sign in turn) for turn in turns)
    assert said == spoken(read(text))
    assert "AT&T &rest;" == spoken(read(f"{text}\n\nAda Quill: AT&T &rest;"))[-1][1]


def test_a_remark_in_brackets_within_the_words_stays() -> None:
    said = [("Ada Quill", "It is (so they say): true."), ("Bo Lind", "It [the lid]: sings."), *SAID]
    assert said == spoken(read("\n\n".join(f"**{name}:** {words}" for name, words in said)))


@pytest.mark.parametrize("form", ["{0}: {1}", "**{0}:** {1}"])
def test_words_before_a_colon_within_what_somebody_says(form: str) -> None:
    """They come back, but stand before small letters, and are nobody's name."""
    said = [
        *SAID,
        (SAID[0][0], "Why?\n\nPros: it is loud.\n\nCons: it is loud.\n\nPros: so it is."),
    ]
    assert said == spoken(read("\n\n".join(form.format(*turn) for turn in said)))
    known = [*said[:4], ("Ada", "it is.")]
    assert known == spoken(read("\n\n".join(form.format(*turn) for turn in known)))


@pytest.mark.parametrize("heard", ["*applause*", "♪ theme music ♪", "_laughter in the hall_"])
def test_what_is_heard_between_marks_is_not_said(heard: str) -> None:
    turns = [f"{name}: {words}" for name, words in SAID]
    turns.insert(1, heard)
    assert SAID == spoken(read("\n\n".join(turns)))


def test_a_note_of_whoever_wrote_it_down_below_the_talk() -> None:
    turns = [f"{name}: {words}" for name, words in SAID]
    assert SAID == spoken(read("\n\n".join([*turns, "Transcriber's note: the tape ends."])))


def test_a_legend_may_stand_below_the_talk() -> None:
    keys = {"Ada Quill": "AQ", "Bo Lind": "BL"}
    turns = [f"**{keys[name]}**: {words}" for name, words in SAID]
    legend = "AQ: Ada Quill, moderator\nBL: Bo Lind, makes lids"
    rest = "# Licence\n\nCC BY 4.0"
    assert SAID == spoken(document("\n\n".join(["# Kettles", *turns, "---", legend, rest])))


@pytest.mark.parametrize(
    "form", ["**{0}** [[0:0{2}](https://example.org)]: {1}", "{0} (0:0{2}) {1}"]
)
def test_a_name_in_small_letters_with_times(form: str) -> None:
    """Beside one with a capital it has to come back."""
    said = [("quill" if name == "Ada Quill" else name, words) for name, words in SAID * 2]
    turns = [form.format(*turn, second) for second, turn in enumerate(said)]
    assert said == spoken(read("\n\n".join(turns)))


def test_where_somebody_is_from_behind_a_surname_that_stands_first() -> None:
    names = {"Ada Quill": "Quill, Ada", "Bo Lind": "Lind, Bo (External)"}
    turns = [f"{names[name]}   0:0{at}\n{words}" for at, (name, words) in enumerate(SAID)]
    assert SAID == spoken(document("\n\n".join(turns)))


def test_a_title_that_announces_a_transcript_of_somebody_is_no_name() -> None:
    turns = [f"**{name}:** {words}" for name, words in SAID]
    reading = read("\n\n".join(["**Transcript: Cai Moss (Ep. 7)**", "Edited a bit.", *turns]))
    assert {"Ada Quill", "Bo Lind", None} == {turn.speaker for turn in reading.turns}


def test_nicks_alone_on_their_lines() -> None:
    nicks = {"Ada Quill": "ada_quill", "Bo Lind": "Bo_Lind"}
    said = [(nicks[name], words) for name, words in SAID]
    text = "\n\n".join(f"{name}\n\n{words}" for name, words in said)
    reading = read(f"On lids (a dialogue)\nby ada_quill, Bo_Lind\n20th May 2024\n\n{text}")
    assert ("On lids (a dialogue)", said) == (reading.title, spoken(reading))
    other = [("Lids", "They sing."), ("Pots", "They do not.")] * 2
    nobody = read("\n\n".join(f"{name}\n\n{words}" for name, words in other))
    assert {None} == {name for name, _ in spoken(nobody)}


@pytest.mark.parametrize("people", ["Speakers", "About the panelists", "Guests:"])
def test_what_people_do_above_the_transcript_is_not_said(people: str) -> None:
    bios = "Ada Quill: Makes kettles.\nBo Lind: Sings. Formerly a lid.\nModerator: Cai Moss, Lids"
    turns = [f"{name}: {words}" for name, words in [("Moderator", "Welcome."), *SAID]]
    text = "\n\n".join(["Panel: Do lids sing?", people, bios, "Transcript", *turns])
    found = document(text)
    assert [("Cai Moss", "Welcome."), *SAID] == spoken(found)
    assert "Panel: Do lids sing?" == found.title


def test_headings_between_turns_without_gaps() -> None:
    parts = ("\n".join(f"{name}: {words}\nAnd so on." for name, words in SAID) for _ in range(2))
    reading = read(
        "\n".join(["On lids", "Kettles and Pots", next(parts), "What sings", next(parts)])
    )
    said = [(name, f"{words} And so on.") for name, words in SAID]
    assert said + said == spoken(reading)
    assert ["On lids", "Kettles and Pots", "What sings"] == [s.title for s in reading.sections]


def test_part_of_a_long_name_is_its_owner() -> None:
    names = ["Ada Maria Quill", "Bo Lind", "Ada Maria", "BO", "Ada"]
    turns = [f"{name}: It is so, I think." for name in names]
    found = [name for name, _ in spoken(document("\n\n".join(turns)))]
    assert ["Ada Maria Quill", "Bo Lind", "Ada Maria Quill", "Bo Lind", "Ada Maria Quill"] == found


def test_several_turns_on_each_of_several_lines() -> None:
    said = [(name, f"{words} It is so.") for name, words in SAID * 3]
    turns = [f"{name}: {words}" for name, words in said]
    lines = (" ".join(turns[at : at + 4]) for at in range(0, len(turns), 4))
    assert said == spoken(read("\n\n".join(lines)))


def test_surnames_with_a_title_of_those_whom_the_head_names() -> None:
    """Also with a second name, and next to the name on the line below."""
    keys = {"Ada Maria Quill": "MS. QUILL", "Bo Lind": "MR. LIND"}
    said = [(next(k for k in keys if k[0] == name[0]), words) for name, words in SAID]
    turns = "\n\n".join(f"{keys[name]}:  {words}" for name, words in said)
    head = "A Conversation with Bo Lind\nAda Maria Quill, moderator\nMonday, May 3, 2021"
    assert said == spoken(document(f"{head}\n\n{turns}"))


def test_times_with_a_short_arrow() -> None:
    turns = [f"[00:0{at}.5 -> 00:0{at}.9] {n}: {words}" for at, (n, words) in enumerate(SAID)]
    assert SAID == spoken(read("\n".join(turns)))
