"""Requests that are no plain question after one thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.types import Answer

TALK = """# The Ladle Hour

**Runa Vale:** Welcome to The Ladle Hour. I'm Runa Vale. With me are Tomas Ekker and Siri Lund.

**Tomas Ekker:** Hello.

**Runa Vale:** Tomas, what is your p(doom)?

**Tomas Ekker:** My p(doom) is forty percent.

**Runa Vale:** And yours, Siri?

**Siri Lund:** My p(doom) is three percent.

**Runa Vale:** Siri Lund, you built a ferry engine with open plans.

**Siri Lund:** Open plans are how strangers found the leak. My budget is two million euros.

**Runa Vale:** You told me you were against ferries.

**Siri Lund:** I was. Ferries are noisy, but I have changed my mind.

**Runa Vale:** I would ban ferries on Sundays.
"""


@pytest.fixture(scope="module")
def asked(open_talk: Callable[[str], KnowledgeBase]) -> Callable[[str], Answer]:
    talk = open_talk(TALK)
    return lambda question: talk.answer(question, mode="extractive")


@pytest.mark.parametrize(
    "question",
    ["Summarise Siri Lund's view on ferries", "Give me a summary of Siri's views on ferries."],
)
def test_a_summary_of_a_view_is_that_view(asked: Callable[[str], Answer], question: str) -> None:
    """Nobody says "summary"; what is asked for is what she thinks."""
    (first, *_) = asked(question).citations

    assert first.speaker == "Siri Lund"
    assert "Ferries are noisy" in first.quote


@pytest.mark.parametrize(
    "question",
    ["Who is more pessimistic, Tomas or Siri?", "Is Tomas more pessimistic than Siri?"],
)
def test_a_mood_is_compared_by_figures(asked: Callable[[str], Answer], question: str) -> None:
    """Each side gives its own."""
    quotes = [quote.quote for quote in asked(question).citations]

    assert quotes == ["My p(doom) is forty percent.", "My p(doom) is three percent."]


def test_several_things_of_one_person_are_each_answered(asked: Callable[[str], Answer]) -> None:
    """“Her p(doom) and her budget” are two questions."""
    quotes = [q.quote for q in asked("Tell me Siri Lund's p(doom) and her budget").citations]

    assert any("three percent" in quote for quote in quotes)
    assert any("two million" in quote for quote in quotes)


def test_who_hosts_a_show_is_whoever_welcomes_to_it(asked: Callable[[str], Answer]) -> None:
    """The verb is no name of a speaker called Host."""
    (quote, *_) = asked("Who hosts The Ladle Hour?").citations

    assert "Welcome to The Ladle Hour" in quote.quote
