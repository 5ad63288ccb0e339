"""CSV and TSV: which column is what."""

from __future__ import annotations

import pytest
from readings import read, spoken

from ingest.transcript import Reading
from kb.errors import UnreadableFile


def said(reading: Reading) -> list[tuple[str | None, str, float | None, int]]:
    return [
        (t.speaker, reading.text[t.char_start : t.char_end], t.start_seconds, t.line_start)
        for t in reading.turns
    ]


def test_columns_may_have_names_in_other_languages() -> None:
    table = "Sprecher;Beginn;Ende;Text\nAda Quill;00:00:02;00:00:04;Is it safe?\nBo;0:05;0:06;Yes."
    reading = read(table)
    assert [("Ada Quill", 2.0), ("Bo", 5.0)] == [
        (t.speaker, t.start_seconds) for t in reading.turns
    ]


def test_the_header_names_the_columns() -> None:
    """In any order; a quoted cell may hold line breaks."""
    reading = read(
        'Speaker Name;Text;Start Time;Duration\nAda;"Is it ""safe""?\nWell; is it?";0:01;3\n'
        "Bo;Hm.;1:02;1\n"
    )
    assert [("Ada", 'Is it "safe"? Well; is it?', 1.0, 2), ("Bo", "Hm.", 62.0, 4)] == said(reading)


def test_commas_in_a_last_column_that_is_not_quoted_are_text() -> None:
    assert [("Ada", "Yes, yes, yes.", None, 2)] == said(read("speaker,text\nAda,Yes, yes, yes."))


def test_whisper_counts_milliseconds() -> None:
    """Its marks of quotation are those of the speaker."""
    reading = read('start\tend\ttext\n1500\t3000\t"Ready\n3000\t4000\tand set"')
    assert [(None, '"Ready and set"', 1.5, 2)] == said(reading)
    assert [1.5, 3.0] == [anchor.seconds for anchor in reading.anchors]


def test_without_a_header_the_cells_tell() -> None:
    """Times, names and text between tabs."""
    rows = ["0:01\tAda Quill\tIs it?", "0:03\tBo\tIt is, Ada.", "0:05\tAda Quill\tGood."]
    assert [
        ("Ada Quill", "Is it?", 1.0, 1),
        ("Bo", "It is, Ada.", 3.0, 2),
        ("Ada Quill", "Good.", 5.0, 3),
    ] == said(read("\n".join(rows)))


def test_other_tables_are_refused() -> None:
    """Columns without words are no transcript."""
    with pytest.raises(UnreadableFile, match="table"):
        read("name,start,licence\na,1,MIT\nb,2,MIT\n")


@pytest.mark.parametrize("form", ["{name}\t{text}", "{name} | {text}", "{name} | 0:0{n} | {text}"])
def test_names_that_come_back_need_no_header(form: str) -> None:
    """Beside sentences; a list of terms is no conversation."""
    turns = [("Ada", "Is it safe, then?"), ("Bo", "It is not, I fear.")] * 2
    lines = [form.format(name=name, text=text, n=n) for n, (name, text) in enumerate(turns)]
    assert turns == [(name, text) for name, text, _, _ in said(read("\n".join(lines)))]
    terms = read("Apple\tA fruit that grows\nQuince\tA sour fruit, too\nApple\tAlso a maker\n")
    assert {None} == {turn.speaker for turn in terms.turns}


def test_columns_of_title_and_date() -> None:
    """They tell of the whole where every row has the same; a number is no title."""
    rows = "{0},2024-05-03,0:01,Ada,Is it?\n{0},2024-05-03,0:02,Bo,It is.\n"
    head = "Episode,Date,Timestamp,Speaker,Text\n"
    reading = read(head + rows.format("On meters"))
    assert ("On meters", "2024-05-03") == (reading.title, reading.date)
    assert [("Ada", "Is it?"), ("Bo", "It is.")] == spoken(reading)
    assert (None, "2024-05-03") == ((again := read(head + rows.format("12"))).title, again.date)
    both = read(head + rows.format("One") + rows.format("Two").replace("05-03", "05-04"))
    assert (None, None) == (both.title, both.date)


def test_frames_are_less_than_a_second() -> None:
    """``00:01:03:24`` is hours, minutes, seconds and frames."""
    reading = read("Speaker,Start,Text\nAda,00:01:03:24,Is it?\nBo,00;01;05;00,It is.\n")
    assert [63.0, 65.0] == [turn.start_seconds for turn in reading.turns]


def test_names_as_in_a_directory() -> None:
    """All of them are turned round, or none."""
    rows = '"Quill, Ada",Is it safe?\n"Lind, Bo",It is.\n"Quill, Ada",Good.\n'
    names = [name for name, _ in spoken(read(f"speaker,text\n{rows}"))]
    assert ["Ada Quill", "Bo Lind", "Ada Quill"] == names
    names = [
        name for name, _ in spoken(read(f'speaker,text\n{rows}"Lids, kettles and steam",No.\n'))
    ]
    assert "Quill, Ada" == names[0]


def test_columns_of_time_codes() -> None:
    rows = [f"Ada Quill\t00:00:0{n}:12\t00:00:0{n}:20\tGood." for n in (1, 2)]
    reading = read("\n".join(["Speaker\tTimecode In\tTimecode Out\tDialogue", *rows]))
    assert [("Ada Quill", "Good. Good.", 1.0, 2)] == said(reading)


def test_commas_part_columns_that_no_head_names() -> None:
    """Where one holds names and another one times."""
    rows = ['Ada Quill,0:01,"Is it, then?"', 'Bo Lind,0:02,"It is."', 'Ada Quill,0:03,"Good."']
    assert [("Ada Quill", "Is it, then?", 1.0, 1), ("Bo Lind", "It is.", 2.0, 2)] == said(
        read("\n".join(rows))
    )[:2]


def test_tracks_of_labels_with_seconds() -> None:
    """Audacity's have the names in the text, others a column of codes."""
    spoken_by = [
        ("Ada Quill", "Is it safe to say?"),
        ("Bo Lind", "It is safe."),
        ("Ada Quill", "Ah."),
    ]
    rows = [f"{n}.500000\t{n}.9\t{name}: {words}" for n, (name, words) in enumerate(spoken_by)]
    assert spoken_by == spoken(read("\n".join(rows)))
    codes = [f"TO\t0.5\t0.9\t{spoken_by[0][1]}", f"JF\t1.5\t1.9\t{spoken_by[1][1]}"]
    reading = read("\n".join([*codes, "TO\t2.5\t2.9\tVery well then."]))
    assert [("TO", 0.5), ("JF", 1.5), ("TO", 2.5)] == [
        (turn.speaker, turn.start_seconds) for turn in reading.turns
    ]
