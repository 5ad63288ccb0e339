"""A "No" is quoted where it answers what is asked, and nowhere else."""

from __future__ import annotations

import pytest

TALK = """# Levies and goats

2024-05-05

Rita Sand: Should there be a levy on training, Ada Vale?
Ada Vale: Only if the smaller labs are spared.
Rita Sand: Did you resign over the levy?
Ada Vale: No. I resigned over my knee.
Rita Sand: Have you ever worked at a brewery?
Ada Vale: No, never at a brewery.
Rita Sand: You raised bees, I hear.
Ada Vale: I never said that. I raised goats.
Rita Sand: Do you own the lab?
Ada Vale: No. The town owns it.
Rita Sand: Would you back a ban on open weights?
Ada Vale: God, no. It would kill research.
Rita Sand: Was the merger with Larkspur a mistake?
Ada Vale: Yes, a big one.
Rita Sand: Have you signed the open letter on watermarks?
Ada Vale: I have. Twice.
Rita Sand: Does Larkspur plan to sell its next model?
Ada Vale: No. Not the next one.
"""


@pytest.fixture(scope="module")
def talk(open_talk):
    return open_talk(TALK)


@pytest.mark.parametrize(
    ("quote", "question"),
    [
        ("Only if the smaller labs are spared.", "Does Ada Vale support a levy on training?"),
        ("Only if the smaller labs are spared.", "What is Ada Vale's stance on the levy?"),
        ("No, never at a brewery.", "Did Ada Vale ever work at a brewery?"),
        ("No. The town owns it.", "Does Ada Vale own the lab?"),
        ("God, no. It would kill research.", "Is Ada Vale in favour of banning open weights?"),
        ("Yes, a big one.", "Does Ada Vale think the merger with Larkspur was a mistake?"),
        ("I have. Twice.", "Did Ada Vale sign the open letter on watermarks?"),
    ],
)
def test_a_yes_or_no_answers_what_was_asked_so(talk, quote, question):
    answer = talk.answer(question, mode="extractive")
    assert quote == answer.citations[0].quote
    assert not answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "Did Ada Vale ever work at a school?",
        "Did Ada Vale go to prison?",
        "Does Ada Vale own a boat?",
        "Did Ada Vale leave Larkspur?",
        "Did Ada Vale found Larkspur?",
    ],
)
def test_a_no_to_something_else_is_no_answer(talk, question):
    """It was said of a brewery, of bees, of the lab, and of the next model."""
    assert talk.answer(question, mode="extractive").abstained
