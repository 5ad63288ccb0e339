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


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        (
            "Tell me Ana's p(doom), her team size and her budget.",
            ["What is Ana's p(doom)?", "What is Ana's team size?", "What is Ana's budget?"],
        ),
        ("What are Bo's budget and his salary?", ["What is Bo's budget?", "What is Bo's salary?"]),
        ("What is Bo's view on ships and boats?", ["What is Bo's view on ships and boats?"]),
        ("What is Ana's and Bo's p(doom)?", ["What is Ana's and Bo's p(doom)?"]),
    ],
)
def test_things_of_one_person_are_several_questions(message, questions):
    """Each is asked of the person by name; what is joined otherwise stays together."""
    assert questions == questions_in(message)
