"""Newsletters: whose words are whose, in sections, fiction and comments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.prose import newsletter
from ingest.readers.prose.quotations import SectionQuotations, quotation_spans
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading
from kb.types import Speaker

LETTER = """\
Slow Watts 12: meters, and who reads them
…Who watches the meter?…
Welcome to Slow Watts, a newsletter about power. Please subscribe.
Meters learn to lie:
…A philosopher has a theory…
Philosopher Wren Okafor has written an essay about meters. In it she names two reasons:
"The first reason is that nobody ever reads a meter at night, not even once."
Night: "Whoever reads a meter at night sees only what the meter wants to show."
I read mine twice. "A meter that is read often becomes a kind of witness," Okafor writes. Hm!
The maker told me that "meters are fine".
Read more: On Meters (Wren Okafor, PDF).
***
Batteries got cheap:
…Again…
Researchers at Larkfield: "Our batteries last eleven years in the cold north," they write.
***
Tech Tales:
The Night Clock
[Rotterdam, later.]
I was a clock, and I lied.
Things that inspired this story: clocks.
Thanks for reading!
> I read mine twice.
You are too kind to clocks.
"""


def read(text: str) -> Reading:
    return newsletter.read(source_from_bytes("letter.txt", text.encode()))


def by_kind(reading: Reading, kind: str) -> list[tuple[str | None, str]]:
    return [
        (t.speaker, reading.text[t.char_start : t.char_end])
        for t in reading.turns
        if t.kind == kind
    ]


def test_the_masthead_names_author_and_date() -> None:
    """A line that only begins like a byline names nobody."""
    title, below = LETTER.split("\n", 1)
    reading = read(f"{title}\nBy Wren van Loon | 3 March 2031\n{below}")
    assert (Speaker("Wren van Loon", "author"),) == reading.speakers
    assert "2031-03-03" == reading.date
    assert by_kind(reading, "editorial")[0][1].startswith("By Wren van Loon | 3 March 2031\n")
    assert () == read(f"{title}\nby the way\n{below}").speakers


def test_the_date_in_the_name_of_the_file_goes_first() -> None:
    text = LETTER.replace("\n", "\n3 March 2031\n", 1)
    dates = [
        newsletter.read(source_from_bytes(name, text.encode())).date
        for name in ("letter.txt", "2031-03-05_letter.txt")
    ]
    assert ["2031-03-03", None] == dates


def test_sections_fiction_and_comments_are_told_apart() -> None:
    assert newsletter.sniff(source_from_bytes("letter.txt", LETTER.encode()))
    assert [
        (1, 1, "title"),
        (4, 1, "section"),
        (13, 1, "section"),
        (17, 1, "fiction"),
        (18, 2, "fiction"),
        (23, 1, "comments"),
    ] == [(s.line, s.level, s.kind) for s in read(LETTER).sections]


def test_quotations_belong_to_the_person_whom_the_text_names() -> None:
    """By surname, and after a lead-in with a colon."""
    assert [
        (
            "Wren Okafor",
            '"The first reason is that nobody ever reads a meter at night, not even once."',
        ),
        ("Wren Okafor", '"Whoever reads a meter at night sees only what the meter wants to show."'),
        ("Wren Okafor", '"A meter that is read often becomes a kind of witness,"'),
        (None, "> I read mine twice."),
    ] == by_kind(read(LETTER), "quotation")


def test_a_quotation_of_nobody_in_particular_stays_in_the_paragraph() -> None:
    spoken = " ".join(text for _, text in by_kind(read(LETTER), "speech"))
    assert 'The maker told me that "meters are fine".' in spoken
    assert '"Our batteries last eleven years in the cold north," they write.' in spoken


def test_the_story_is_fiction_and_its_sources_are_not() -> None:
    reading = read(LETTER)
    assert [(None, "[Rotterdam, later.]\n\nI was a clock, and I lied.")] == by_kind(
        reading, "fiction"
    )
    assert any("inspired" in text for _, text in by_kind(reading, "editorial"))


def test_readers_comments_have_no_author() -> None:
    assert [(None, "You are too kind to clocks.")] == by_kind(read(LETTER), "comment")


def test_a_last_section_of_comments_is_of_readers() -> None:
    letter = (
        LETTER.split("Tech Tales:", maxsplit=1)[0]
        + "Comments\nBo Lind: Too kind.\nI agree with Bo.\n"
    )
    assert [(None, "Bo Lind: Too kind."), (None, "I agree with Bo.")] == by_kind(
        read(letter), "comment"
    )


def test_link_lines_and_masthead_are_editorial() -> None:
    editorial = " ".join(text for _, text in by_kind(read(LETTER), "editorial"))
    assert "Read more: On Meters (Wren Okafor, PDF)." in editorial
    assert "Please subscribe." in editorial


def test_they_is_nobody_when_two_people_are_introduced() -> None:
    section = SectionQuotations()
    section.split("Economist Ada Vale and philosopher Wren Okafor met.")
    pieces = section.split('"It was a long evening and we agreed on nothing at all," they write.')
    assert [None] == [piece.speaker for piece in pieces]


def test_an_organisation_is_no_person() -> None:
    pieces = SectionQuotations().split(
        '"We have built a machine that nobody wants," wrote Larkfield.'
    )
    assert [None] == [piece.speaker for piece in pieces]


def test_unbalanced_marks_make_no_quotation() -> None:
    assert [] == list(quotation_spans('He said "yes and "no.'[:10]))


@given(st.text(st.sampled_from('ab é\u0301🙂\u200f"“”…*>.\r\n:'), max_size=200))
def test_any_text_reads_with_exact_offsets(text: str) -> None:
    reading = read(LETTER + text)
    end = 0
    for turn in reading.turns:
        assert end <= turn.char_start < turn.char_end <= len(reading.text)
        end = turn.char_end
