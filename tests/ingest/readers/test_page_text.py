"""What the page says below a talk, and between the marks of an advert, is said by nobody."""

from __future__ import annotations

import pytest
from readings import read, spoken

TURNS = [
    ("Ada Quill", "Is it safe?"),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good, and thanks."),
    ("Bo Lind", "Bye."),
]
FORMS = ["{}: {}", "**{}:** {}"]
SURE = [
    "This transcript was made by Cai Moss and may contain errors.",
    "Transcript edited for clarity.",
    "Thanks for reading Kettles! Subscribe for free to receive new posts.",
    "© 2021 Kettles. All rights reserved.",
    "Footnotes\n\n1. See the study of lids.\n\n2. See another.",
    "References\n\n[1] Lind (2020). On lids.",
    "Leave a comment\n\nShare this post",
    "## Related episodes\n\nSteam\n\nLids",
    "Transcript by Lid Labs\n\nPage 3 of 3",
    "[END OF TRANSCRIPT]\n\nKettle Media, Gdynia",
    "Links:\n- https://example.org/lids",
    "Learn more\nWhy lids sing\nAbout the show\nKettles is a show about lids.",
    "Kettles is a reader-supported publication.",
    "[a]can we check this?",
    "^\n\nIt may have been a pot.",
    "---\n\nMore about lids",
    "Return to the lids home page",
    "Created with Lidmaker | Notes on lids",
]
WHERE_ALL_IS_LABELLED = [
    "Subscribe to our newsletter at example.org.",
    "Ada Quill is the host of Kettles.",
    "This episode was produced by Cai Moss.",
    "Follow us on the usual platforms.",
    "Kettles & Lids is produced by Cai Moss.",
    "Our theme music is by Dee.",
    "Kettles is a production of Lid Media.",
    "*With thanks to Cai Moss for the lids.*",
]


def talk(form: str = "{}: {}") -> str:
    return "\n\n".join(form.format(*turn) for turn in TURNS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("tail", SURE + WHERE_ALL_IS_LABELLED)
def test_below_the_last_turn_the_page_speaks(tail: str, form: str) -> None:
    reading = read(f"{talk(form)}\n\n{tail}\n")
    assert TURNS == spoken(reading)
    assert (
        tail.rsplit("\n", maxsplit=1)[-1].lstrip("- 2.[1]").split(":\n- ")[-1].strip("*")
        in reading.text
    )


@pytest.mark.parametrize("tail", SURE)
def test_what_is_surely_of_the_page_is_so_below_any_talk(tail: str) -> None:
    long = "Bo Lind: It is: mostly.\n\nThere are lids, too."
    reading = read(f"{talk()}\n\n{long}\n\n{talk()}\n\n{tail}")
    assert ("Bo Lind", "Bye.") == spoken(reading)[-1]


@pytest.mark.parametrize("words", WHERE_ALL_IS_LABELLED)
def test_whoever_speaks_in_several_paragraphs_may_say_such_things(words: str) -> None:
    long = "Bo Lind: It is: mostly.\n\nThere are lids, too."
    assert ("Bo Lind", f"Bye.\n\n{words}") in spoken(
        read(f"{talk()}\n\n{long}\n\n{talk()}\n\n{words}")
    )


@pytest.mark.parametrize(
    "words",
    [
        "So that is the end of it.",
        "Subscriptions are no way to sell kettles.",
        "Notes are what I take.",
        "Bo Lind and I met before.",
        "It is, I think, produced by nobody.",
        "*Never* was it *mine*, though.",
        "The transcript is what they read.\n\nAnd so it goes.",
    ],
)
def test_other_last_paragraphs_stay_in_the_turn(words: str) -> None:
    assert ("Bo Lind", f"Bye.\n\n{words}") == spoken(read(f"{talk()}\n\n{words}"))[-1]


@pytest.mark.parametrize("words", ["Footnotes", "© 2021 Kettles", "Note: it is late."])
def test_in_the_midst_of_a_talk_all_words_are_somebodys(words: str) -> None:
    reading = read(f"{talk()}\n\n{words}\n\nI mean it.\n\nAda Quill: I see.\n\nBo Lind: Yes.")
    assert words in "\n".join(text for _, text in spoken(reading)) or words in [
        section.title for section in reading.sections
    ]
    assert ("Bo Lind", "I mean it.") in [(n, t.split("\n\n")[-1]) for n, t in spoken(reading)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "heading",
    [
        "Comments",
        "Discussion about this post",
        "2 thoughts on “Kettles”",
        "7\nNew Comment\nSubmit\n2 comments, sorted by top scoring",
    ],
)
def test_names_below_a_heading_of_comments_are_no_speakers(heading: str, form: str) -> None:
    turns = read(f"{talk(form)}\n\n{heading}\n\nCai Moss: great one!\n\nDee: Indeed.").turns
    assert {"Ada Quill", "Bo Lind", None} == {turn.speaker for turn in turns}
    assert "comment" == turns[-1].kind


def test_who_speaks_below_such_a_line_goes_on_talking() -> None:
    reading = read(f"{talk('**{}:** {}')}\n\nComments\n\n{talk('**{}:** {}')}")
    assert "comment" not in {turn.kind for turn in reading.turns}


@pytest.mark.parametrize(
    ("begin", "end"), [("[AD BREAK]", "[END AD]"), ("(Advertisement)", "(end of advertisement)")]
)
def test_an_advert_between_its_marks_is_said_by_nobody(begin: str, end: str) -> None:
    advert = f"{begin}\n\nBuy lids at example.org.\n\n{end}"
    first, second = talk().split("\n\nAda Quill: Good")
    assert TURNS == spoken(read(f"{first}\n\n{advert}\n\nAda Quill: Good{second}"))


def test_who_pays_in_italics_between_two_turns_is_said_by_nobody() -> None:
    first, second = talk("**{}:** {}").split("\n\n**Ada Quill:** Good")
    advert = "*This episode is brought to you by Lid Mail. It sorts lids.*"
    assert TURNS == spoken(read(f"{first}\n\n{advert}\n\n**Ada Quill:** Good{second}"))
    words = "*This episode is the one I like.*"
    other = spoken(read(f"{first}\n\n{words}\n\n**Ada Quill:** Good{second}"))
    assert ("Bo Lind", "It is: mostly.\n\nThis episode is the one I like.") in other


@pytest.mark.parametrize("end", ["", "[music]"])
def test_without_its_end_an_advert_hides_no_words(end: str) -> None:
    first, second = talk().split("\n\nAda Quill: Good")
    text = f"{first}\n\n[AD BREAK]\n\nThere is more.\n\n{end}\n\nAda Quill: Good{second}"
    assert ("Bo Lind", "There is more.") in spoken(read(text))


def test_names_and_dates_among_the_comments_are_no_headings_of_the_talk() -> None:
    page = (
        "<html><body><article>{}<h4>Discussion about this podcast</h4><p>Cai Moss</p><p>May 21</p>"
        "<p>Nobody needs lids.</p></article></body></html>"
    )
    turns = "".join(f"<p><strong>{name}:</strong> {words}</p>" for name, words in TURNS)
    assert TURNS == spoken(read(page.format(turns)))


def test_a_quote_from_the_talk_above_its_transcript_ends_with_the_quote() -> None:
    above = "Highlights\nAda Quill: Good.\n\nBooks discussed in the show\n\nLids (with Cai Moss)"
    reading = read(f"{above}\n\nTranscript\nCold open [0:00]\n{talk()}")
    assert [("Ada Quill", "Good."), *TURNS] == spoken(reading)
    assert "Cold open" in [section.title for section in reading.sections]


def test_a_rule_between_turns_as_well_is_no_end() -> None:
    reading = read(f"{talk()}\n\n---\n\nI mean it.\n\n{talk()}\n\n---\n\nI do.")
    assert ("Bo Lind", "Bye.\n\nI do.") == spoken(reading)[-1]


def test_between_the_parts_of_a_transcript_the_page_speaks() -> None:
    first, second = talk("**{}**\n\n{}").split("\n\n**Ada Quill**\n\nGood")
    parts = (first, f"**Ada Quill**\n\nGood{second}")
    head = "### Lids\n\n[🎧 Play](lids)\n\n#### ✨ Takeaways\n- Lids.\n\n#### 📚 Transcript"
    text = "\n\n".join(f"{head}\n\n{part}" for part in parts)
    assert TURNS == spoken(read(f"# Kettles\n\n{text}"))


@pytest.mark.parametrize("form", FORMS)
def test_tasks_that_a_program_wrote_into_a_talk(form: str) -> None:
    first, second = talk(form).split("\n\n" + form.format("Ada Quill", "Good"))
    task = "ACTION ITEM: Send lids to Bo - WATCH: https://lids.example"
    text = f"{first}\n\n{task}\n\n{form.format('Ada Quill', 'Good')}{second}"
    assert TURNS == spoken(read(text))


def test_a_talk_that_folds_ends_where_it_folds() -> None:
    text = (
        f"# Lids\n\n<details>\n<summary>Transcript</summary>\n\n{talk('**{}:** {}')}\n\n</details>"
    )
    assert TURNS == spoken(read(f"{text}\n\n## Kettles\n\nSoon.\n"))
