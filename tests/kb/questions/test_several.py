"""A message that asks several things is several questions, unless they lean on each other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions.several import questions_in

JOINING = {"and", "also", "plus", "but", "or"}


def test_each_question_stands_alone():
    message = "What is Ana's p(doom)? And when does Bo expect AGI?"
    assert ["What is Ana's p(doom)?", "When does Bo expect AGI?"] == questions_in(message)


def test_what_is_said_around_a_question_stays_with_it():
    message = "I read his essay. What is Ana's p(doom)? When does Bo expect AGI? Be brief."
    assert [
        "I read his essay. What is Ana's p(doom)?",
        "When does Bo expect AGI? Be brief.",
    ] == questions_in(message)


@pytest.mark.parametrize(
    "message",
    [
        "When does Ana expect AGI?",
        "When does Ana expect AGI? How sure is she?",
        "Do Ana and Bo agree? What does each prefer?",
        "When does Ana expect AGI? Why?",
        "Tell me about the kettles.",
        "Really? Ana said that.",
        "",
    ],
)
def test_questions_that_lean_on_each_other_are_one(message):
    assert [message] == questions_in(message)


SENTENCES = ("What is Ana's p(doom)?", "And when does Bo expect AGI?", "Why?", "I read his essay.")


@given(st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join) | st.text())
def test_no_word_of_a_message_is_lost(message):
    """But the "and" before a question of its own."""

    def words(text):
        return [word for word in re.findall(r"\w+", text.casefold()) if word not in JOINING]

    assert words(message) == [word for part in questions_in(message) for word in words(part)]
