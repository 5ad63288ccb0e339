"""Whoever asks what something is wants the sentence that defines it."""

from __future__ import annotations

import pytest

from kb.questions.definitions import defines, term_asked
from kb.questions.people import Directory
from kb.questions.query import understand


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("what is a kettle descaler?", "kettle descaler"),
        ("wtf is descaling", "descaling"),
        ("what does descaling mean?", "descaling"),
        ("descaling", "descaling"),
        ("what do you mean by descaling?", None),
        ("what is meant by descaling?", "descaling"),
        ("what is the price of a kettle?", None),
        ("what is descaling and how long does it take?", None),
        ("why is descaling needed?", None),
    ],
)
def test_a_bare_term_asks_for_its_definition(question, term):
    """So does "what is" before it; a price is a figure, and a reason no definition."""
    assert term == term_asked(understand(question, Directory([])))


@pytest.mark.parametrize(
    ("sentence", "is_definition"),
    [
        ("So descaling is when you take the lime out.", True),
        ("Descaling is basically, like, a bath for pots.", True),
        ("By descaling I mean that nothing white is left.", True),
        ("The whole thing is what we call descaling.", False),
        ("And that is called descaling.", True),
        ("Descaling is hard.", False),
        ("Descaling is the most annoying part.", False),
        ("I work on descaling.", False),
    ],
)
def test_a_definition_says_what_the_term_means(sentence, is_definition):
    """What is said of the thing, or that somebody works on it, is none."""
    assert defines("descaling", sentence) is is_definition
