"""When something was said, where a question is restricted to a time."""

from __future__ import annotations

import pytest

from kb.questions.periods import period_asked, with_the_period


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("What was said about kettles before 2024?", "2023-12-31", "2024-01-01"),
        ("What was said about kettles until May 2024?", "2024-05-31", "2024-06-01"),
        ("What did people say about licensing after 2023?", "2024-01-01", "2023-12-31"),
        ("Who spoke about kettles since 2023?", "2023-01-01", "2022-12-31"),
        ("Who supports a halt in 2023?", "2023-05", "2024-05"),
        ("What was said about kettles between 2021 and 2023?", "2023-04-01", "2024-01-01"),
    ],
)
def test_what_was_said_is_asked_of_a_time(question: str, inside: str, outside: str) -> None:
    """The date of a talk lies in it or not; a talk without one never does."""
    period = period_asked(question, anybody=True)

    assert period is not None
    assert (True, False, False) == tuple(period.holds(date) for date in (inside, outside, ""))


@pytest.mark.parametrize(
    "question",
    [
        "What will happen before 2030?",
        "Who gives a date before 2035?",
        "How many kettles were sold in 2023?",
        "What was said about kettles sold before 2020?",
        "What was said about what will happen after 2030?",
        "Who said “the harbour closed in 2023”?",
    ],
)
def test_the_time_of_what_is_spoken_of_restricts_no_talks(question: str) -> None:
    assert period_asked(question, anybody=True) is None


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("In 2023?", "What does Ana think of tea?", "What did Ana think of tea in 2023?"),
        ("and before 2024?", "Who supports a halt?", "Who supports a halt before 2024?"),
        ("What about 2021?", "What was said in 2023?", "What was said in 2021?"),
        ("And May 2021?", "What was said in 2023?", "What was said in May 2021?"),
        ("And Bo?", "What was said in 2023?", "And Bo?"),
    ],
)
def test_a_time_alone_takes_over_the_question_before(
    question: str, before: str, whole: str
) -> None:
    assert whole == with_the_period(question, before)
