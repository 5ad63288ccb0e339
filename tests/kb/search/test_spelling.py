"""Typing errors in a question are put right before the search; names and known words stay."""

from __future__ import annotations

import pytest

from kb.search.spelling import corrected


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("how much fundng so far?", "how much funding so far?"),
        ("what is the goverment doing?", "what is the government doing?"),
        ("what does Okwuosaa say of towels?", "what does Okwuosaa say of towels?"),  # a name
        ("who blorfs?", "who blorfs?"),  # like nothing known
        ("mcuh", "mcuh"),  # too short to tell
    ],
)
def test_unknown_words_become_the_known_word_that_they_are_most_like(sample_kb, typed, read):
    parts = sample_kb._parts()

    assert read == corrected(typed, parts.statistics, parts.neighbours)


@pytest.mark.parametrize("typed", ["interpretabilty", "interpretabillity", "interpertability"])
def test_a_long_word_may_be_known_to_the_passages_alone(sample_kb, typed):
    """The vocabulary of the model has no whole "interpretability"."""
    parts = sample_kb._parts()

    assert "interpretability" not in parts.neighbours.positions
    assert parts.statistics.document_frequency(["interpret"])["interpret"]
    assert "interpretability" == corrected(typed, parts.statistics, parts.neighbours)


@pytest.mark.parametrize(
    "word",
    (
        "lengthen devastate unfilled hooters strategist wager wagered tinker trawlers conveys "
        "coders behaviours publicising neuron"
    ).split(),
)
def test_right_words_that_the_vocabulary_lacks_are_left_alone(sample_kb, word):
    parts = sample_kb._parts()

    assert word == corrected(word, parts.statistics, parts.neighbours)


def test_of_several_words_that_may_be_meant_it_is_the_one_that_is_spoken(sample_kb):
    """A taster is as near to it as a tester, but the talks are about tests."""
    parts = sample_kb._parts()
    said = parts.statistics.document_frequency(["test", "tast"])

    assert said["test"] > said["tast"]
    assert "testing" == corrected("tsting", parts.statistics, parts.neighbours)
