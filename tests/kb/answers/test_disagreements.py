"""Where people disagree: their figures that do not meet, side by side."""

from __future__ import annotations

import pytest

from kb.answers.disagreements import asks_for_disagreements
from kb.questions.people import Directory
from kb.questions.query import understand


@pytest.mark.parametrize(
    "question",
    [
        "where do Priyanka and Mateusz disagree?",
        "What are the main disagreements between Priyanka and Mateusz?",
        "compare Priyanka and Mateusz",
    ],
)
def test_what_doubts_each_others_figures_is_quoted_in_pairs(sample_kb, question):
    """Sixty percent against two, 2029 against 2060: each said by whoever holds it."""
    quotes = [(c.speaker, c.quote.split(".")[0]) for c in sample_kb.answer(question).citations]

    assert quotes == [
        ("Mateusz Wroński", "Less than two percent"),
        ("Priyanka Deshmukh", "Sixty percent"),
        ("Priyanka Deshmukh", "2029"),
        ("Mateusz Wroński", "I say not before 2060"),
    ]


def test_every_item_names_who_says_it(sample_kb):
    """Two quotes of one person in a row do not share a name: an item is read alone."""
    lines = sample_kb.answer("where do Priyanka and Mateusz disagree?").answer.splitlines()

    assert [line.split(":")[0] for line in lines] == [
        "1. Mateusz Wroński",
        "2. Priyanka Deshmukh",
        "3. Priyanka Deshmukh",
        "4. Mateusz Wroński",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Where do Priyanka and Mateusz disagree on licences?",
        "Why does Priyanka disagree?",
        "Compare the views of Priyanka and Mateusz on towels",
    ],
)
def test_a_named_matter_is_searched(sample_kb, question):
    """Only a bare question for disagreements is answered from the claims."""
    query = understand(question, Directory(sample_kb.documents()))

    assert not asks_for_disagreements(query)


def test_where_no_figures_differ_a_subject_is_asked_for(sample_kb):
    """Whoever says "disagree" of something else is no answer."""
    answer = sample_kb.answer("Where do Leilani Kahale and Kenji Morioka disagree?")

    assert answer.abstained
    assert "no figures of Leilani Kahale and Kenji Morioka differ" in answer.answer
    assert "Name a subject" in answer.answer
    assert not answer.citations
