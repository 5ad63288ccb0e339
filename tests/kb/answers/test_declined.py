"""A figure that somebody will not give is an answer, too."""

from __future__ import annotations

import pytest

from kb.answers.declined import is_declined
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import DocumentSummary, Speaker


@pytest.fixture(scope="module")
def asked():
    speakers = ((Speaker("Ana Ruiz", "guest"), 100),)
    talk = DocumentSummary("talk", "A talk", "", "", None, None, "", speakers, 1, 1, 0)
    directory = Directory([talk])

    def ask(question):
        return understand(question, directory)

    return ask


@pytest.mark.parametrize(
    "text",
    [
        "I do not know what the correct AI timelines are.",
        "I have a very high degree of uncertainty on AI timelines.",
        "It is very difficult in practice to estimate good AI timelines.",
        "I won't give you a year for AGI.",
    ],
)
def test_whoever_gives_no_year_says_so(asked, text):
    """Of the topic that is asked for, whatever its name: timelines are of AGI."""
    assert is_declined(asked("When does Ana expect AGI?"), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When does Ana expect AGI?", "I do not know where my keys are."),
        ("When does Ana expect AGI?", "I expect AGI by 2040."),
        ("When will AGI come?", "I do not know when AGI comes."),  # of nobody in particular
        ("What does Ana think of AGI?", "I do not know what AGI is."),  # no figure is asked for
        ("What is Ana's p(doom)?", "I do not know when AGI comes."),
    ],
)
def test_other_ignorance_is_no_answer(asked, question, text):
    assert not is_declined(asked(question), text)
