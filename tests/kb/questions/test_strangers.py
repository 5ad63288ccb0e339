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
