"""Markdown dialects of transcripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import detect
from ingest.readers.markup import markdown
from ingest.readers.markup.inline_markdown import plain_text
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading


def read(text: str) -> Reading:
    return markdown.read(source_from_bytes("talk.md", text.encode()))


def said(reading: Reading) -> list[tuple[str | None, float | None, str]]:
    return [
        (t.speaker, t.start_seconds, reading.text[t.char_start : t.char_end])
        for t in reading.turns
        if t.kind == "speech"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "**Ada Vale** (00:00:05):\n\nHi.\n\n**Bo Lind** (1:10):\n\nYes.\n",
        "**Ada Vale:** [00:05] Hi.\n\n**Bo Lind:** \\[1:10\\] Yes.\n",
        "[00:00:05] **Ada Vale:** Hi.\n\n[00:01:10] **Bo Lind:** Yes.\n",
        (
            "[[00:00:05](https://x.org/?t=5)] **Ada Vale**\n\nHi.\n\n"
            "[[00:01:10](https://x.org/?t=70)] **Bo Lind**\n\nYes.\n\n"
            "[[00:01:20](https://x.org/?t=80)] **Ada Vale**\n\nOK.\n\n"
            "[[00:01:30](https://x.org/?t=90)] **Bo Lind**\n\nOK.\n"
        ),
        "## Start\n\nAda Vale: 00:05\n\nHi.\n\nBo Lind: 01:10\n\nYes.\n",
        (
            "# Talk\n\nAda Vale\n[(00:00:05)](https://x.org/?t=5) Hi.\n\n"
            "Bo Lind\n[(00:01:10)](https://x.org/?t=70) Yes.\n\n"
            "Ada Vale\n[(00:01:20)](https://x.org) OK.\n\n"
            "Bo Lind\n[(00:01:30)](https://x.org) OK.\n"
        ),
    ],
)
def test_names_and_times_are_found_in_every_notation(text: str) -> None:
    source = source_from_bytes("talk.md", text.encode())
    assert markdown.sniff(source)
    assert [("Ada Vale", 5.0, "Hi."), ("Bo Lind", 70.0, "Yes.")] == said(read(text))[:2]


def test_a_bare_stamp_continues_the_turn_and_leaves_an_anchor() -> None:
    reading = read(
        "**Ada Vale** (00:05):\n\nOne.\n\n(01:00): Two.\n\n**Bo Lind** (02:00):\n\nNo.\n"
    )
    assert ("Ada Vale", 5.0, "One.\n\nTwo.") == said(reading)[0]
    assert 60.0 in [anchor.seconds for anchor in reading.anchors]


def test_front_matter_declares_title_date_link_and_speakers() -> None:
    reading = read(
        "---\ntitle: Quiet Machines\ndate: 2021-11-11\nmedia: https://x.org/a\nspeakers:\n"
        "  - Bo Lind\nhost: Ada Vale\n---\n\n**Ada:** Hi.\n\n**Bo:** Yes.\n"
    )
    assert ("Quiet Machines", "2021-11-11", "https://x.org/a") == (
        reading.title,
        reading.date,
        reading.link,
    )
    assert {("Ada Vale", "host"), ("Bo Lind", None)} == {(s.name, s.role) for s in reading.speakers}
    assert 10 == reading.turns[0].line_start


@pytest.mark.parametrize("date", ["2021-11-11", "2021-11-11T09:00:00Z", '"November 11, 2021"'])
def test_front_matter_in_toml(date: str) -> None:
    fields = f'title = "Quiet Machines"\ndate = {date}\n[params]\nguests = ["Bo Lind"]'
    reading = read(f"+++\n{fields}\n+++\n\n**Ada:** Hi.\n\n**Bo:** Yes.\n")
    assert ("Quiet Machines", "2021-11-11") == (reading.title, reading.date)
    assert [("Bo Lind", "guest")] == [(person.name, person.role) for person in reading.speakers]
    assert [("Ada", None, "Hi."), ("Bo", None, "Yes.")] == said(reading)


def test_damaged_front_matter_is_noted_and_not_read_as_speech() -> None:
    reading = read("---\ntitle: [unclosed\n---\n**Ada:** Hi.\n\n**Bo:** Yes.\n")
    assert ("The front matter is not valid YAML.",) == reading.notes
    other = read("+++\ntitle = [unclosed\n+++\n**Ada:** Hi.\n\n**Bo:** Yes.\n")
    assert ("The front matter is not valid TOML.",) == other.notes
    assert [("Ada", None, "Hi."), ("Bo", None, "Yes.")] == said(reading)


def test_headings_keep_their_levels_and_contents_are_an_outline() -> None:
    reading = read(
        "## Table of Contents\n\n- [[00:00] Start](#start)\n- [[01:00] End](#end)\n\n# Episode\n\n"
        "## Start {#start}\n\n**Ada:** Hi.\n\n## End [01:00]\n\n**Bo:** Yes.\n\n**Ada:** OK.\n"
    )
    assert [
        (1, 2, "outline", "Table of Contents"),
        (6, 1, "section", "Episode"),
        (8, 2, "section", "Start"),
        (12, 2, "section", "End"),
    ] == [(s.line, s.level, s.kind, s.title) for s in reading.sections]
    assert ["editorial", "speech", "speech"] == [turn.kind for turn in reading.turns[:3]]


def test_a_bold_line_that_is_no_speaker_is_a_heading() -> None:
    reading = read(
        "**Ada:** Hi.\n\n**Where Power Comes From**\n\n**Bo:** Yes.\n\n**Ada:** **OK.**\n"
    )
    assert ["Where Power Comes From"] == [section.title for section in reading.sections]
    assert ("Ada", None, "OK.") == said(reading)[-1]


TALK = "**Ada:** Hi.\n\n## Heat\n\n**Bo:** Yes.\n\n**Ada:** OK.\n"


@pytest.mark.parametrize(
    "title", ["Bo Lind on kilns, heat and the end of clay", "Is Clay Finished? A Conversation"]
)
def test_a_first_line_without_a_mark_is_the_title(title: str) -> None:
    reading = read(f"{title}\n\nIn this episode we speak of kilns.\n\n{TALK}")
    assert (title, "title") == (reading.title, reading.sections[0].kind)
    assert "In this episode we speak of kilns." == reading.sections[1].title


@pytest.mark.parametrize(
    "line",
    [
        "In this episode we speak of kilns.",
        "Transcript of the interview",
        "This transcript was generated automatically",
        "Click here to listen",
        "Recorded on 3 March 2031",
        "By Wren Okafor",
        "Table of contents",
        "Kilns",
        "[music plays for long]",
        "Well we are here to speak of kilns",
        "Kilns and " + 20 * "more " + "kilns",
    ],
)
def test_a_first_line_of_another_kind_is_no_title(line: str) -> None:
    assert read(f"{line}\n\n{TALK}").title is None


def test_where_nobody_is_labelled_a_first_line_may_be_speech() -> None:
    """It is a title only in title case."""
    below = "## Heat\n\nI would like to speak of kilns tonight.\n"
    assert read(f"Good evening everybody here\n\n{below}").title is None
    assert "The Last of the Kilns" == read(f"The Last of the Kilns\n\n{below}").title


@pytest.mark.parametrize("field", ["date: May 3, 2021", "recorded: 2021-05-03"])
def test_front_matter_has_dates_by_other_names_and_in_words(field: str) -> None:
    assert "2021-05-03" == read(f"---\ntitle: Kilns\n{field}\n---\n\n{TALK}").date


def test_markup_leaves_the_canonical_text() -> None:
    assert "[laughs] Read the paper & a_b, 2 * 3, code" == plain_text(
        "\\[laughs\\] *Read* [the **paper**](https://x.org) &amp; a_b, 2 * 3, `code`"
    )


@given(st.text(st.sampled_from("ab é\u0301🙂\u200f*_[]()\\`<>&#\r\n:-"), max_size=200))
def test_any_text_reads_with_exact_offsets(text: str) -> None:
    """Turns are in order, never empty, and never overlap headings."""
    reading = read(f"# Talk\n\n**Ada:** {text}\n\n**Bo:** Yes.\n\n**Ada:** Yes.\n")
    end = 0
    for turn in reading.turns:
        assert end <= turn.char_start < turn.char_end <= len(reading.text)
        words = reading.text[turn.char_start : turn.char_end]
        assert words == words.strip() != ""
        end = turn.char_end


TABLES = {
    "times": (
        "| Time | Speaker | Text |\n| --- | --- | --- |\n"
        "| 0:05 | Ada | *Is* it safe? |\n| 1:10 | **bo** | It is a \\| b, I think. |\n"
        "| 1:15 | Ada | Hm. |\n"
    ),
    "bare": (
        "Speaker|Start|Text|Notes\n:--|:-:|--:|--\nAda|[0:05]|Is it safe?|hm\n"
        "bo|1:10|It is a \\| b, I think.|\nAda|1:15|Hm.|\n"
    ),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_of_turns_is_read_cell_by_cell(table: str) -> None:
    """Whatever the names look like; what stands around the table is nobody's."""
    text = f"# On meters\n\n{table}\nThat is all.\n"
    reading = detect.read(source_from_bytes("talk.txt", text.encode()))
    assert ("Markdown table of turns", "On meters") == (reading.format, reading.title)
    assert [
        ("Ada", "speech", 5.0, "Is it safe?"),
        ("bo", "speech", 70.0, "It is a | b, I think."),
        ("Ada", "speech", 75.0, "Hm."),
        (None, "editorial", None, "That is all."),
    ] == [
        (t.speaker, t.kind, t.start_seconds, reading.text[t.char_start : t.char_end])
        for t in reading.turns
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Talk\n\n**Ada:** See.\n\n|Kettle|Price|\n|-|-|\n|Blue|4|\n\n**Bo:** Hm.\n\n**Ada:** So.",
        "|Name|Content|Price|\n|-|-|-|\n|Alpha|1.5 litres|30|\n|Beta|2 litres|40|\n\nI like Beta.",
        "|Who|Message|\n|-|-|\n|Alpha|It is a long one.|\n|Beta|It is a longer one.|",
    ],
    ids=["prices", "products", "nobody comes back"],
)
def test_a_table_of_other_things_names_nobody(text: str) -> None:
    speakers = {turn.speaker for turn in detect.read(source_from_bytes("t", text.encode())).turns}
    assert speakers <= {"Ada", "Bo", None}


def test_a_long_file_that_begins_with_a_table_is_judged_whole() -> None:
    """What follows may be most of it: then it is no table of turns, and no error either."""
    row = "| 0:05 | Ada | It is as safe as it can be. |\n"
    text = "| Time | Speaker | Text |\n| --- | --- | --- |\n" + 6_000 * row + 7_000 * "\nHm.\n"
    assert "Markdown table of turns" != detect.read(source_from_bytes("t", text.encode())).format


def test_a_row_of_equals_signs_makes_a_heading() -> None:
    reading = read("Whistles\n========\n\n**Ada Quill:** Is it?\n\n**Bo Lind:** It is.\n")
    assert ("Whistles", ["Whistles"]) == (reading.title, [s.title for s in reading.sections])


def test_notes_below_the_last_words_are_nobodys() -> None:
    """As forums print them, with a link back."""
    reading = read(
        "# Whistles\n\n**Ada Quill:** Is it?[[1]](#fn1)\n\n**Bo Lind:** It is.\n\n"
        "1. ^[](#fnref1) See the handbook.\n"
    )
    assert [("Ada Quill", None, "Is it?"), ("Bo Lind", None, "It is.")] == said(reading)


def test_the_first_heading_is_the_title_beside_one_of_the_transcript() -> None:
    text = "# Call about lids\n\nNotes.\n\n# Transcript\n\nAda: Is it?\n\nBo: It is.\n\nAda: Good."
    assert "Call about lids" == read(text).title


def test_a_line_above_dashes_is_a_heading() -> None:
    text = "**Ada:**\nIs it?\n\nLids\n----\n\n**Bo:**\nIt is.\n\n**Ada:**\nGood."
    reading = read(text)
    assert ["Lids"] == [section.title for section in reading.sections]
    assert ["Is it?", "It is.", "Good."] == [words for _, _, words in said(reading)]


def test_what_jekyll_replaces_is_not_said() -> None:
    head = "{% include player.html %}\n\n## Talk\n{: .no_toc}"
    text = f"{head}\n\n__Ada__: Is it?\n{{: .turn}}\n\n__Bo__: It is."
    assert ["Is it?", "It is."] == [words for name, _, words in said(read(text)) if name]


def test_a_turn_above_a_rule_is_no_heading() -> None:
    text = "# Talk\n\nAda: Is it?\n---\n\nBo: It is, I think\n---\n\nAda: Good\n"
    assert ["Is it?", "It is, I think", "Good"] == [words for _, _, words in said(read(text))]


@pytest.mark.parametrize("struck", ["~~not~~", "<del>not</del>", "<s>not</s>"])
def test_what_is_struck_out_is_not_said(struck: str) -> None:
    text = f"**Ada:** Did you sign?\n\n**Bo:** I did {struck} sign ~5 of them.\n"
    assert "I did sign ~5 of them." == said(read(text))[-1][2]
