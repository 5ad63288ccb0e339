"""Whoever asks how many wants a number of just that."""

from __future__ import annotations

import pytest

from kb.answers.counting import counted_in, counts, names_around


@pytest.mark.parametrize(
    ("question", "clause", "told"),
    [
        ("how many kettles does Bo own?", "He owns seventeen old kettles.", True),
        ("how many kettles does Bo own?", "Kettles came up in 2021.", False),
        ("how many kettles does Bo own?", "One of the kettles leaks.", False),
        ("how many people work there?", "The shop has nine employees.", True),
        ("how many people work there?", "There's thirty-four of us.", True),
        ("how many people work there?", "We're nineteen now.", True),
        ("how many pumps are there?", "There's thirty-four of us.", False),
        ("how many pumps failed?", "Nine people left.", False),
    ],
)
def test_a_number_counts_what_stands_after_it(question, clause, told):
    """A year counts nothing; who works somewhere is its people, its staff, its employees."""
    assert counts(counted_in(question), clause) is told


@pytest.mark.parametrize(
    ("around", "named"),
    [("Kettle Lab is loud.", True), ("Another lab is loud.", False)],
)
def test_what_is_named_stands_around_the_number(around, named):
    """Nine people of another lab are no answer."""
    assert names_around("how many people work at Kettle?", around) is named
