"""The less common ways to say in a text who speaks, and what only looks like one of them."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from readings import read, spoken

from ingest.documents import read_document
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes
from kb.types import Document

SAID = [
    ("Ada Quill", "Is it safe? Tell me, please."),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite."),
]


def document(text: str) -> Document:
    source = source_from_bytes("talk.txt", text.encode())
    origin = Origin("talk", str(PurePosixPath("talk.txt")), lambda: source, None, ())
    return read_document(origin, source, None, None)


@pytest.mark.parametrize(
    "form",
    [
        "[{0}] {1}",
        "[{0}]: {1}",
        "[{0}] 00:00:01\n{1}",
        "{0} — {1}",
        "{0} - {1}",
        "**{0}** {1}",
        "**{0}** — {1}",
        "- **{0}:** {1}",
        "* {0} (0:01): {1}",
        "0:01\n{0}\n{1}",
        "[00:00:01.12] - {0}\n{1}",
        "{0}:\t00:00:01\t{1}",
        "### {0} 00:00:01\n\n{1}",
        "{0}\n{1}",
        "{0}\n\n{1}",
        "{0} • 0:01\n{1}",
        "[{0} 0:01]: {1}",
        "{0}—{1}",
        "> **{0}**: {1}",
        "@0:01 - {0}\n{1}",
        "0:01 | {0}\n{1}",
        "{0}, Lid Labs: {1}",
        "{0}, moderator: {1}",
        "{0} - Institute of Lids: {1}",
        "{0} @ Lids: {1}",
        "{0} [host]: {1}",
        "🎙️ {0}: {1}",
        "{0}:{1}",
        "**{0}, Lid Labs:** {1}",
        "{0}, Lid Labs (0:01): {1}",
        "[0:01] {0}, Lid Labs: {1}",
        "* {0}: {1}",
        "1. {0}: {1}",
        "{0} @ 0:01\n{1}",
        "{0}?: {1}",
        "(0:01) {0} - {1}",
        "0:01 — {0} — {1}",
        "{0} 0:01 {1}",
        "**{0}: {1}**",
        "### {0}, Lid Labs\n\n{1}",
        "<{0}> {1}",
        "<@{0}> {1}",
        "{0} / Lid Labs: {1}",
        "{0} / Lid Labs\n{1}",
        "{0} / Lid Labs 0:01\n{1}",
        "[{0} / Lid Labs] {1}",
        "**{0}** (Lid Labs): {1}",
        "**{0}** [Lid Labs]: {1}",
        "**[0:01] {0}:** {1}",
        "- **[[{0}]]** (0:01): {1}",
        "- **[[People/{0}|{0}]]**: {1}",
        "Q12        {0}: {1}",
        "Q12  **{0}:** {1}",
    ],
)
def test_notations(form: str) -> None:
    """Names, words and nothing else, whether turns are parted by blank lines or not."""
    turns = [form.format(*turn) for turn in SAID]
    assert SAID == spoken(read("\n\n".join(turns)))


@pytest.mark.parametrize(
    "work", ["Lid Labs", "Lids: a society", "founder of the Laboratory of Lids, Gdynia", "she/her"]
)
def test_what_stands_in_brackets_behind_a_name_is_no_name(work: str) -> None:
    turns = [f"{name} ({work}): {words}" for name, words in SAID]
    assert SAID == spoken(document("\n\n".join(turns)))


@pytest.mark.parametrize(
    "joint", ["Ada Quill / Bo Lind", "Ada/Bo", "Bo Lind, Ada Quill", "Ada + Bo"]
)
def test_what_two_say_together_is_said_by_neither_alone(joint: str) -> None:
    """Where the name beside a name is that of somebody who speaks, it is no place of work."""
    turns = [f"{name}: {words}" for name, words in [*SAID, (joint, "Goodbye."), SAID[0]]]
    assert [*SAID, (joint, "Goodbye."), SAID[0]] == spoken(read("\n\n".join(turns)))


def test_tags_are_not_names_of_people() -> None:
    turns = "<Note> It is.\n<Form> It was.\n" * 3
    assert {None} == {name for name, _ in spoken(read(turns.lower()))}


def test_a_doubtful_name_is_the_one_that_is_printed() -> None:
    """Whoever wrote it down was not sure, but the words are not those of the turn above."""
    turns = [f"{name}: {words}" for name, words in SAID]
    turns[3] = turns[3].replace("Bo Lind", "Bo Lind (?)")
    assert SAID == spoken(read("\n\n".join(turns)))


@pytest.mark.parametrize("form", ["{0}: {1}", "**{0}:** {1}"])
def test_who_speaks_in_bold_beside_one_in_plain_type(form: str) -> None:
    turns = [
        f"**{name}: {words}**" if name == "Ada Quill" else form.format(name, words)
        for name, words in SAID
    ]
    assert SAID == spoken(read("\n\n".join(["# Kettles", *turns])))


def test_a_bold_heading_with_a_colon_is_nobody() -> None:
    first, *others = [f"**{name}:** {words}" for name, words in SAID]
    turns = "\n\n".join([first, "**Gdynia: a town of lids**", *others])
    reading = read(f"# Kettles\n\n{turns}")
    assert {"Ada Quill", "Bo Lind"} == {name for name, _ in spoken(reading)}


def test_full_names_come_first_and_then_surnames() -> None:
    """As broadcasters print them."""
    full = {"Ada Quill": "ADA QUILL, HOST", "Bo Lind": "BO LIND, INSTITUTE OF LIDS"}
    later = {name: name.split()[1].upper() for name in full}
    turns = [
        f"{(full if i < 2 else later)[name]}: {w}" for i, (name, w) in enumerate([*SAID, *SAID])
    ]
    assert [*SAID, *SAID] == spoken(document("\n\n".join(["ON KETTLES", *turns])))


def test_a_remark_beside_a_name_on_its_own_line() -> None:
    remarks = [" (V.O.)", "", " (CONT’D)", ""]
    turns = [f"{name.upper()}{r}\n{w}" for (name, w), r in zip(SAID, remarks, strict=True)]
    assert SAID == spoken(document("\n\n".join(turns)))


@pytest.mark.parametrize("form", ["({1}) {0} - {2}", "{1} — {0} — {2}", "{0} {1} {2}"])
def test_chapters_that_begin_with_a_speaker_are_no_turns(form: str) -> None:
    """Times and dashes count as labels only where most lines have them."""
    chapters = [form.format("Bo Lind", "0:01", "On lids"), form.format("Ada Quill", "0:09", "End")]
    turns = [f"{name}: {words}" for name, words in SAID]
    assert SAID == spoken(read("\n\n".join(["On kettles", *chapters, *turns])))


def test_questions_in_bold_with_their_mark() -> None:
    turns = [f"**Q: {words}**" if name == "Ada Quill" else f"A: {words}" for name, words in SAID]
    expected = [({"Ada Quill": "Q", "Bo Lind": "A"}[name], words) for name, words in SAID]
    assert expected == spoken(read("\n\n".join(["# Kettles", *turns])))


@pytest.mark.parametrize("work", ["{0}\n{1}\n0:01\n{2}", "{0}\n({1})\n\n{2}", "{0}\n({1})\n{2}"])
def test_where_somebody_works_may_stand_below_the_name(work: str) -> None:
    works = {"Ada Quill": "moderator", "Bo Lind": "Institute of Lids"}
    turns = [work.format(name, works[name], words) for name, words in SAID]
    assert SAID == spoken(read("\n\n".join(turns)))


def test_what_changes_below_a_name_is_said_or_done() -> None:
    first, *others = [f"{name}:\n(He sits down.)\n{words}" for name, words in SAID]
    reading = read("\n\n".join([first.replace("sits", "stands"), *others]))
    assert [f"(He sits down.) {words}" for _, words in SAID[1:]] == [w for _, w in spoken(reading)][
        1:
    ]


@pytest.mark.parametrize("form", ["[{0}] {1}", "{0} — {1}", "**{0}** {1}", "0:01\n{0}\n{1}"])
def test_who_speaks_once_among_others(form: str) -> None:
    """Is no part of the turn above, where most lines have a label."""
    said_by_three = [*SAID, ("Cai Moss", "May I?"), ("Ada Quill", "Go on.")]
    assert said_by_three == spoken(read("\n\n".join(form.format(*turn) for turn in said_by_three)))


def test_a_surname_may_stand_first() -> None:
    turns = [f"{', '.join(reversed(name.split()))}: {words}" for name, words in SAID]
    assert SAID == spoken(read("\n\n".join(turns)))


def test_where_somebody_works_may_stand_beside_the_name_once() -> None:
    """Elsewhere the same name stands alone."""
    turns = [f"{name}: {words}" for name, words in SAID]
    turns[1] = turns[1].replace("Bo Lind", "Bo Lind, Institute of Lids")
    assert SAID == spoken(read("\n\n".join(turns)))


@pytest.mark.parametrize(
    "words",
    [
        "Gdynia, Poland: that is where they make them.",
        "Kettle Works, Part Two: the lid.",
        "Cai Moss, Dee Hale, Eli Orr: all of them said so.",
        "Cai Moss, Lid Labs: nobody else.",
        "Kettle:Works is how they spell it.",
    ],
)
def test_whom_no_other_label_names_does_not_speak(words: str) -> None:
    first, *others = [f"{name}: {said}" for name, said in SAID]
    turns = spoken(read("\n\n".join([first, words, *others])))
    assert ("Ada Quill", f"{SAID[0][1]}\n\n{words}") == turns[0]


def test_small_names_and_questions_and_answers() -> None:
    """They are labels where they come back."""
    small = "\n\n".join(f"{name.split()[0].lower()}: {text}" for name, text in SAID)
    assert [("ada", SAID[0][1]), ("bo", SAID[1][1])] == spoken(read(small))[:2]
    answers = "\n\n".join(f"{'QA'[i % 2]}. {text}" for i, (_, text) in enumerate(SAID))
    assert [("Q", SAID[0][1]), ("A", SAID[1][1])] == spoken(read(answers))[:2]


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\n**Meters** count watts.\n\n**Budgets** count money.\n\nThat is all there is.",
        "# Notes\n\n- **Meters:** count watts.\n- **Budgets:** count money.\n- **Clocks:** tick.",
        "[Laughter] Well.\n\n[Music] And so on.\n\n[Laughter] Yes.\n\n[Music] No.",
        "(Reuters) Well.\n\n(Bloomberg) And so on.\n\n(Reuters) Yes.\n\n(Bloomberg) No.",
        "* Ada Quill: to buy lids.\n* Bo Lind: to sell.\n* Ada Quill: to rest.\n* Bo Lind: to pay.",
        "- Open Question: who?\n- Ada Quill: to buy a lid.\n- Bo Lind: to sell one.\n",
        "- Decision: two kettles.\n- Action: buy.\n- Decision: tea.\n- Action: brew.\n",
        "price: 3\n\nA. First of all.\n\nB. Then again.\n\nA. Once more.",
    ],
    ids=[
        "bold terms",
        "definitions",
        "sounds",
        "sources",
        "tasks",
        "tasks and terms",
        "a list",
        "an enumeration",
    ],
)
def test_what_only_looks_like_a_label(text: str) -> None:
    """Terms, sounds and letters are nobody."""
    assert {None} == {turn.speaker for turn in read(text).turns}


@pytest.mark.parametrize(
    "legend",
    [
        "AQ: Ada Quill\nBL: Bo Lind",
        "AQ = Ada Quill, BL = Bo Lind",
        "Ada Quill (AQ) and Dr. Bo Lind (BL) talked on 3 March.",
    ],
)
def test_initials_stand_for_the_names_that_the_head_explains(legend: str) -> None:
    """The explanation is no speech."""
    initials = {"Ada Quill": "AQ", "Bo Lind": "BL"}
    turns = [f"{initials[name]}: {text}" for name, text in SAID]
    assert SAID == spoken(document("\n\n".join(["On meters", legend, *turns])))


def test_a_degree_belongs_to_the_name() -> None:
    turns = [f"{name}{', PhD' * (name < 'B')}: {text}" for name, text in SAID]
    assert ["Ada Quill, PhD", "Bo Lind"] == [name for name, _ in spoken(read("\n\n".join(turns)))][
        :2
    ]


def test_one_enormous_line_is_cut_at_names_that_come_back() -> None:
    """A saying with a colon stays in its turn, and all turns stand on that line."""
    turns = [(name, f"{text} My rule: wait. Note: it rains and") for name, text in SAID * 8]
    turns = [
        (name, f"{text} breaks off." if i % 3 else text) for i, (name, text) in enumerate(turns)
    ]
    reading = read(" ".join(f"{name}: {text}" for name, text in turns))
    assert turns == spoken(reading)
    assert {1} == {anchor.line for anchor in reading.anchors}


def test_what_services_add_is_said_by_nobody() -> None:
    """Their notes, and times that stand alone between the turns."""
    text = (
        "Ada: Ready?\nBo: Quite.\n\n00:01:40\n\nAda: Good.\nBo: Yes.\n\n"
        "Meeting ended after 00:03:20 👋\n\n"
        "This editable transcript was computer generated and might contain errors.\n\n"
        "Transcribed by https://otter.example"
    )
    reading = read(text)
    assert [("Ada", "Ready?"), ("Bo", "Quite."), ("Ada", "Good."), ("Bo", "Yes.")] == spoken(
        reading
    )
    assert [None, None, 100.0, None] == [
        turn.start_seconds for turn in reading.turns if turn.kind == "speech"
    ]
    assert ["speech"] * 4 + ["editorial"] == [turn.kind for turn in reading.turns]


def test_a_bold_heading_may_end_in_a_time() -> None:
    """As contents of an interview are often written into its text."""
    reading = read(
        "**Ada:** Ready?\n\n**What meters count** [00:01:02]\n\n**Bo:** Watts.\n\n**Ada:** Oh."
    )
    assert ["What meters count"] == [section.title for section in reading.sections]
    assert [("Ada", "Ready?"), ("Bo", "Watts."), ("Ada", "Oh.")] == spoken(reading)


@pytest.mark.parametrize(
    "form", ["@0:01 - {0} (Meter Works)\n{1}", "{role} ({0}): {1}", "{role} 1 ({0}): {1}"]
)
def test_whoever_a_remark_explains_has_one_name(form: str) -> None:
    """A company is no part of it, and a role stands for whom it names."""
    roles = {"Ada Quill": "Host", "Bo Lind": "Guest"}
    lines = [form.format(name, text, role=roles[name]) for name, text in SAID]
    assert SAID == spoken(document("\n\n".join(lines)))


def test_a_remark_beside_a_role_is_no_name() -> None:
    """Though it is written like one, and comes back."""
    lines = ["Host: Is it safe?", "Guest (Via Zoom): Yes.", "Host (Off Mic): Hm.", "Guest: No."]
    names = {name for name, _ in spoken(document("\n\n".join([*lines, *lines])))}
    assert {"Host", "Guest"} == names


@pytest.mark.parametrize(
    "outline",
    [
        "Timestamps\n\n(0:04) – On lids",
        "Timestamps\n(0:04) – On lids\n(1:00) – On steam",
        "Chapters\n\n0:04 On lids\n1:00 On steam",
        "Ada Quill\nMay 3, 2021",
    ],
)
def test_names_alone_on_their_lines_below_an_outline_or_byline(outline: str) -> None:
    """A list of times, or a name above a date, is no turn."""
    turns = [f"{name}\n\n{words}" for name, words in SAID]
    assert SAID == spoken(read("\n\n".join(["On meters", outline, *turns])))


def test_a_date_in_a_row_of_the_head_is_found() -> None:
    turns = [f"{name}: {words}" for name, words in SAID]
    head = "On meters\n\nA talk\nBy Ada Quill\nMay 3, 2021\n12 minutes"
    assert "2021-05-03" == document("\n\n".join([head, *turns])).date
    assert document("\n\n".join([*turns, "It was on the same day.\nMay 3, 2021"])).date is None
