"""Whoever is asked for a view and speaks nowhere is told from speakers and from things."""

from __future__ import annotations

import pytest

from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import DocumentSummary, Speaker

TALK = DocumentSummary(
    "talk", "A talk", "talk.txt", "labelled", None, None, "0" * 64,
    ((Speaker("Ana Ruiz"), 100), (Speaker("Bo Lind"), 100)), 1, 1, 0,
)  # fmt: skip
DIRECTORY = Directory([TALK])


@pytest.mark.parametrize(
    ("question", "stranger"),
    [
        ("What does Wim Kroll think about pauses?", "Wim Kroll"),
        ("What is Wim van Kroll's p(doom)?", "Wim van Kroll"),
        ("Why is Kroll worried?", "Kroll"),
        ("According to Kettle Lab, when do tests end?", "Kettle Lab"),
        ("What does Ana Ruiz think about pauses?", ""),
        ("What is Ruiz's p(doom)?", ""),
        ("What does the Netherlands export?", ""),
        ("What is the probability of doom?", ""),
        ("What do people think about AGI?", ""),
        ("What is said in “Kroll's views on tides”?", ""),
    ],
)
def test_who_is_asked_and_speaks_nowhere(question, stranger):
    assert stranger == understand(question, DIRECTORY).told_of


@pytest.mark.parametrize(
    ("question", "stranger"),
    [
        ("Why did Kroll leave the shipyard?", "Kroll"),
        ("When has Wim Kroll resigned?", "Wim Kroll"),
        ("Why did Ana leave the shipyard?", ""),
        ("When did tests leave the shipyard?", ""),
        ("Why does Kettleworks leave that to others?", ""),
    ],
)
def test_who_did_what_is_asked_and_speaks_nowhere(question, stranger):
    """Reasons that somebody else gives for the same deed of theirs are no answer."""
    assert stranger == understand(question, DIRECTORY).told_of


@pytest.mark.parametrize(
    ("question", "relative"),
    [
        ("What does Ana's brother think?", "brother|sibling"),
        ("What is Ana Ruiz’s former boss's p(doom)?", "boss"),
        ("What do Lind's critics say?", "critic"),
        ("What does Ana think of brothers?", ""),
        ("What does Ana's institute cost?", ""),
        ("What did Ana's colleagues say?", ""),
    ],
)
def test_somebody_else_may_be_asked_about_by_what_they_are_to_a_speaker(question, relative):
    """By kin, not by work: those may be told of by their names."""
    assert relative == understand(question, DIRECTORY).relative
