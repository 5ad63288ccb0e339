"""What hosts say between the answers of their guests answers nothing, and neither do courtesies."""

from __future__ import annotations

import pytest

from kb.answers.answer import missing
from kb.answers.evidence import asks
from kb.answers.padding import breaks_off
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import DocumentSummary, Quote, Speaker

TALK = """# Kilns

**Ilse Brandvold:** Welcome to the Kiln Hour. With me are the potters Orson Kettleby and Runa Holt.
What does a good glaze mean to you, Orson?

**Orson Kettleby:** Thanks for having me on to talk about glaze, Ilse. A good glaze means that
nobody can tell where the clay ends.

**Ilse Brandvold:** I want to come back to what a good glaze means, and to how potters find one.
Runa, and to you?

**Runa Holt:** A good glaze is one that lead never touched, so that children can drink from it.

**Ilse Brandvold:** Orson, how do potters find a good glaze?

**Orson Kettleby:** Potters find a good glaze by burning many plates, and what we mostly try is
to... We write down every ash, and after a hundred plates we find the one that holds.

**Ilse Brandvold:** How many bricks did you count in the kiln? And what is the kiln like?

**Orson Kettleby:** It has a chimney that leans, and it took us two summers.
"""


@pytest.fixture(scope="module")
def answer(open_talk):
    opened = open_talk(TALK)
    return lambda question: opened.answer(question, mode="extractive")


def test_a_host_is_not_quoted_for_what_a_guest_says(answer):
    """Leading up to a question, they use its words."""
    cited = answer("How do potters find a good glaze?").citations

    assert {"Orson Kettleby", "Runa Holt"} == {quote.speaker for quote in cited}


def test_thanks_for_the_invitation_answer_nothing(answer):
    cited = answer("What does a good glaze mean to Orson and to Runa?").citations

    assert {"Orson Kettleby", "Runa Holt"} == {quote.speaker for quote in cited}
    assert not any("Thanks for having me" in quote.quote for quote in cited)


def test_of_two_in_one_talk_the_one_who_says_nothing_of_it_is_named():
    """That the other speaks in the same talk tells nothing of them."""
    spoken = ((Speaker("Orson Kettleby"), 9), (Speaker("Runa Holt"), 9))
    talk = DocumentSummary("k", "K", "k", "labelled", None, None, "0" * 64, spoken, 1, 1, 0)
    query = understand("Compare what Orson and Runa think of ash.", Directory([talk]))
    quote = Quote(1, "Ash holds.", "Runa Holt", "k", "K", None, 0, 10, 1, None, "/documents/k")

    assert ["Nothing fitting was found of Orson Kettleby."] == missing(query, [quote])


def test_a_sentence_that_breaks_off_takes_the_next_along(answer):
    cited = answer("What do potters mostly try?").citations

    assert not any(quote.quote.endswith("to...") for quote in cited)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("What we then did was to...", True),
        ("I think that it’s…", True),
        ("It was loud, and --", True),
        ("We sold it in all sorts of colours...", False),
        ("That is what I came for.", False),
    ],
)
def test_who_stops_at_a_small_word_breaks_off(text, broken):
    """Dots after a whole thought are only how somebody writes."""
    assert broken == breaks_off(text)


def test_a_question_before_an_omission_is_still_one():
    assert asks("Can you tell me what a kiln is? …")
    assert not asks("It is an oven. …")


def test_a_date_above_a_talk_answers_nothing_but_when(open_talk):
    """It has a year as forecasts do."""
    talk = open_talk(
        "# Yes or no\n\n2024-11-11\n\n**Rita Sand:** Fifty percent chance of AGI by when?\n\n"
        "**Ken Abara:** 2034.\n\n**Rita Sand:** Ninety percent?\n\n**Ken Abara:** 2065.\n"
    )

    quotes = [citation.quote for citation in talk.answer("list all AGI timelines").citations]

    assert "2034." in quotes
    assert "2024-11-11" not in quotes
