"""What kind of thing a sentence holds, where a question wants one kind and no other."""

from __future__ import annotations

import pytest

from kb.questions.answer_types import (
    asks_for_maker,
    is_other_quantity,
    is_other_sum,
    tells_of_making,
)
from kb.questions.people import Directory
from kb.questions.query import understand


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Who wrote Coconut?", "I wrote a language called Coconut.", True),
        ("who founded Larkfield", "I'm the co-founder of Larkfield.", True),
        ("Who wrote Coconut?", "I wrote a language called Peanut.", False),
        ("Who wrote Coconut?", "Coconut is a language.", False),
    ],
)
def test_whoever_made_a_thing_says_i_made_it(question, text, told):
    """Of the very thing that is asked for."""
    query = understand(question, Directory([]))

    assert asks_for_maker(query)
    assert told == tells_of_making(query, text)


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("How much did the run cost?", "Larkfield raised $340 million.", True),
        ("What is Larkfield's revenue?", "Larkfield raised $340 million.", True),
        ("How much did Larkfield raise?", "Larkfield raised $340 million.", False),
        ("How much did the run cost?", "They raised ten million and spent nine on it.", False),
        ("How much money is it?", "Larkfield raised $340 million.", False),
    ],
)
def test_what_is_raised_is_neither_spent_nor_earned(question, text, other):
    """A sum of another kind does not answer, however well its words fit."""
    assert other == is_other_sum(question, text)


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("how much compute did the run take?", "They raised $40 million.", True),
        ("how much compute did the run take?", "It draws forty megawatts.", True),
        ("how much compute did the run take?", "About 6e25 operations.", False),
        ("how much power does the lab draw?", "About forty megawatts.", False),
        ("how many people are there?", "They raised 40 million dollars.", True),
        ("how many people are there?", "Nine people raised $40 million.", False),
        ("how many dollars did they raise?", "They raised 40 million dollars.", False),
        ("how much is a kettle?", "It costs 40 dollars.", False),
    ],
)
def test_a_sum_of_money_counts_no_things_and_no_operations(question, text, other):
    """Neither does power answer for computation."""
    assert is_other_quantity(question, text) is other
