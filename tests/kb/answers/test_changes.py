"""Who asks for a change of mind gets the view that was given up, and the one in its place."""

from __future__ import annotations

import pytest

from kb.answers.changes import asks_for_changes, asks_who_changed
from kb.answers.told_changes import tells_of_change
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import DocumentSummary, Exchange, Speaker

KENJI = "I'd say 45 percent. And I was at 20 percent when I started this job in 2022."
NGOZI = "My P(doom) was 40 percent in 2021 and today it’s about 15 percent."
PRIYANKA = (
    "2029. It was 2036 when I joined Copperbeech in 2022, so it's moved by seven years in two "
    "years, which is, yeah."
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("has Ngozi changed her mind?", NGOZI),
        ("Did Kenji change his p(doom)?", KENJI),
        ("what did Kenji think before", KENJI),
        ("how has Ngozi's p(doom) changed over time?", NGOZI),
        ("whose p(doom) went up?", KENJI),
        ("whose p(doom) went down?", NGOZI),
    ],
)
def test_a_change_of_mind_is_told_by_the_old_view_and_the_new(sample_kb, question, first):
    """One quote where both stand in it; a slip of the tongue is no change of mind."""
    assert first == sample_kb.answer(question).citations[0].quote


def test_a_view_without_a_figure_is_found_by_the_words_that_give_it_up(sample_kb):
    """Mateusz gave up "never", which no claim holds; only what he holds now stands beside it."""
    before, now = sample_kb.answer("Has Mateusz changed his mind?").citations

    assert before.quote.startswith("Until last winter I said never")
    assert "So I went from never to not before 2060." in now.quote


@pytest.mark.parametrize("question", ["Did Abena change her mind?", "has Abena changed her views"])
def test_of_whoever_gave_up_nothing_nothing_is_said(sample_kb, question):
    """Words like "change" and "mind" stand in many sentences that answer nothing."""
    assert sample_kb.answer(question).abstained


def test_all_whose_forecasts_moved_are_told(sample_kb):
    """Up and down alike where no direction is asked for."""
    quotes = [citation.quote for citation in sample_kb.answer("who changed their mind?").citations]

    assert {PRIYANKA, NGOZI, KENJI} == set(quotes)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("what was Ngozi's timeline before?", True),
        ("what does Ngozi think now that she didn't before?", True),
        ("what changed Ngozi's mind?", True),
        ("what did Ngozi use to believe? what changed her mind", True),
        ("why did Ngozi change her mind?", False),
        ("which finding would make Ngozi change her mind?", False),
        ("where did Ngozi work before?", False),
        ("what does Ngozi think about ledgers?", False),
    ],
)
def test_changes_are_asked_for_in_many_words(sample_kb, question, asks):
    """Reasons are more than the change, what may come has not, and an old job is no view."""
    query = understand(question, Directory(sample_kb.documents()))

    assert asks_for_changes(query) is asks


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("who changed their mind?", True),
        ("whose timelines got longer?", True),
        ("who changed the locks of the shed?", False),
        ("who went to the conference?", False),
    ],
)
def test_whoever_asks_for_movers_asks_for_nothing_else(question, asks):
    """With any other matter the words are searched."""
    assert asks_who_changed(understand(question, Directory([]))) is asks


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("I used to think that sheep can be counted.", True),
        ("I’ve come round to fences since.", True),
        ("Until last spring I said that no gate would hold.", True),
        ("We no longer count sheep.", False),
        ("Only a flood would make me change my mind.", False),
        ("That would probably change my mind.", False),
        ("Shearing is what I used to do.", False),
        ("Mine has moved as well.", True),
        ("I went from forty sheep in the barn to four.", True),
        ("I've stopped believing in fences.", True),
        ("Back then I said forty, and now I say four.", True),
        ("In 2019 I was at the mill.", False),
    ],
)
def test_a_change_is_told_by_whoever_made_it(sentence, tells):
    """What might change it one day has not, and an old trade is no old view."""
    assert tells_of_change(sentence) is tells


def test_what_is_thought_now_belongs_to_the_quote(open_talk):
    """Else the view that was given up would stand for the one that is held."""
    change = (
        "I changed my mind tonight. I came in thinking that sheep should be counted. "
        "I now think that counting them is useless."
    )
    talk = f"Ada Vale: Anything that surprised you?\n\nBo Lind: {change}\n\nAda Vale: I see.\n"
    answer = open_talk(talk).answer("Has Bo changed his mind?", mode="extractive")
    assert [change] == [quote.quote for quote in answer.citations]


@pytest.mark.parametrize(
    ("before", "sentence", "after", "tells"),
    [
        ("", "Last year I told the shepherd 40 percent.", "I'm at 12 now.", True),
        ("", "As a student I thought that wool was dead.", "Today I see it differently.", True),
        ("", "Last year I told the shepherd 40 percent.", "He laughed.", False),
        ("", "Two years ago I was at the mill.", "I'm at the barn now.", False),
        ("I told the council that sheep would stay shy.", "That was wrong.", "", True),
        ("The council told us so.", "That was wrong.", "", False),
    ],
)
def test_a_change_may_take_two_sentences(before, sentence, after, tells):
    """What was said then, and what is said now; where somebody was is no view."""
    assert tells_of_change(sentence, before, after) is tells


def test_what_came_before_may_be_asked_in_a_follow_up():
    """It asks for the view that another took the place of."""
    directory = Directory(
        [
            DocumentSummary(
                "barn", "Barn", "barn", "labelled", None, None, "0" * 64,
                ((Speaker("Edda Vane"), 9),), 1, 1, 0,
            )
        ]
    )  # fmt: skip
    history = [Exchange("What is Edda's p(doom)?", "…")]

    assert asks_for_changes(understand("And before that?", directory, history))
    assert not asks_for_changes(understand("And who came before that?", directory, history))
