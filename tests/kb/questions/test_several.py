"""A message that asks several things is several questions, unless they lean on each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions.several import questions_in


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


@given(st.text())
def test_no_message_is_lost(message):
    assert questions_in(message)
