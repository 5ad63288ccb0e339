"""The question of a message into which a text was pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions.long_messages import asked_within

PASTED = "The kettle was cold. Who had left it? Nobody knew. " * 60
QUESTION = "What does Ana think of kettles?"


@pytest.mark.parametrize(
    "message",
    [
        f"{PASTED}\n\n{QUESTION}",
        f"{QUESTION}\n\n{PASTED.replace('?', '.')}",
        f"{PASTED}\nThat is the article. {QUESTION} Thanks!",
        f"{PASTED.replace('?', '.')}{QUESTION}",
    ],
)
def test_the_question_beside_a_pasted_text_is_asked(message: str) -> None:
    """Below it or above it, whatever the text itself asks."""
    assert asked_within(message, 2_000) == QUESTION


def test_a_message_that_fits_stays_as_it_is() -> None:
    message = f"Hello. {QUESTION} I wonder."
    assert asked_within(message, 2_000) == message


def test_without_a_question_the_end_is_taken() -> None:
    """Whole sentences of it."""
    message = PASTED.replace("?", ".") + "Kettles are a burden."
    asked = asked_within(message, 100)

    assert asked.endswith("Kettles are a burden.")
    assert asked.startswith(("The", "Who", "Nobody"))


@given(st.text(max_size=300), st.integers(1, 100))
def test_whatever_is_asked_fits_and_stands_in_the_message(message: str, longest: int) -> None:
    asked = asked_within(message, longest)

    assert len(asked) <= longest
    assert asked or not message.strip() or len(message) > longest
