"""When a talk was, and what somebody said in the talk of a year."""

from __future__ import annotations

import pytest

from ingest.pipeline import ingest_paths
from kb.knowledge_base import KnowledgeBase

EARLY = """Fog and Salt: Ilse Brandvold on lanterns

Recorded on May 3, 2021

Speakers: Ilse Brandvold (guest), Orson Kettleby (host)

Orson Kettleby: What is your p(doom)?

Ilse Brandvold: My p(doom) is 30 percent. The lanterns of the harbour are too dim.

Orson Kettleby: And what about herring?

Ilse Brandvold: Herring will come back when the nets are wider.
"""
LATE = """Fog and Salt: Ilse Brandvold on ferries

Recorded on October 9, 2023

Speakers: Ilse Brandvold (guest), Petra Lindqvist (host)

Petra Lindqvist: What is your p(doom)?

Ilse Brandvold: My p(doom) is 12 percent. The ferries run on time again.

Petra Lindqvist: And what about herring?

Ilse Brandvold: Herring has gone for good, whatever the nets are like.
"""


@pytest.fixture(scope="module")
def quotes(tmp_path_factory, default_settings, embedder):
    """What is quoted for a question; nothing where there is silence."""
    folder = tmp_path_factory.mktemp("fog")
    for name, talk in (("early.txt", EARLY), ("late.txt", LATE)):
        (folder / name).write_text(talk, encoding="utf-8")
    settings = default_settings.model_copy(update={"data_dir": folder / "store", "llm": "none"})
    ingest_paths(settings, [folder / "early.txt", folder / "late.txt"], embedder=embedder)
    with KnowledgeBase(settings) as opened:

        def asked(question):
            answer = opened.answer(question, mode="extractive")
            return [] if answer.abstained else [q.quote for q in answer.citations]

        yield asked


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("When was the interview with Orson recorded?", ["Recorded on May 3, 2021"]),
        ("What was the date of the talk with Petra Lindqvist?", ["Recorded on October 9, 2023"]),
        ("When was the lanterns episode recorded?", ["Recorded on May 3, 2021"]),
        ("Which talk is the newest?", ["Recorded on October 9, 2023"]),
        ("Which talk was recorded in 2021?", ["Recorded on May 3, 2021"]),
        ("Which talk was recorded in 2022?", []),
    ],
)
def test_the_date_of_a_talk_is_told_by_the_line_that_holds_it(quotes, question, dates):
    assert dates == quotes(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was Ilse's p(doom) in 2021?", "30 percent"),
        ("What was Ilse's p(doom) in 2023?", "12 percent"),
        ("What did Ilse say about herring in 2021?", "when the nets are wider"),
        ("In October 2023, what did Ilse say about herring?", "gone for good"),
        ("What did Ilse say about herring in the 2021 talk?", "when the nets are wider"),
    ],
)
def test_a_year_asks_for_the_talk_of_that_year(quotes, question, words):
    """Also for a view that was given up since."""
    found = quotes(question)

    assert words in found[0]
    assert not any("12 percent" in quote and "30 percent" in words for quote in found)


def test_of_a_year_without_a_talk_nothing_is_told(quotes):
    """Words of another year are not passed off as those of this one."""
    assert [] == quotes("What did Ilse say in 2022 about herring?")


def test_who_speaks_and_when_is_no_answer_to_anything_else(quotes):
    """Lines of the head name people and dates of which other questions are full, too."""
    found = quotes("What do Ilse Brandvold and Petra Lindqvist say about herring?")

    assert found
    assert not any(quote.startswith(("Speakers", "Recorded")) for quote in found)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was said about herring before 2022?", "when the nets are wider"),
        ("What was said about herring after 2021?", "gone for good"),
        ("What did Ilse say about herring before 2023?", "when the nets are wider"),
        ("What did people say about herring since May 2022?", "gone for good"),
    ],
)
def test_only_talks_of_the_time_that_is_named_answer(quotes, question, told):
    """Before, after and since a date restrict what was said, whoever said it."""
    (quote,) = quotes(question)
    assert told in quote
