"""What a follow-up takes over from the question before it."""

from __future__ import annotations

import pytest

from kb.questions.follow_ups import asks_again, possession, somebody_else, switches_topic


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("and her budget?", "What is her budget?"),
        ("what about Bo's budget?", "What is Bo's budget?"),
        ("and it's safe?", ""),
        ("and he's sure?", ""),
        ("Her budget is small.", ""),
    ],
)
def test_what_is_somebodys_is_asked_in_full(question: str, whole: str) -> None:
    """A verb cut short is no possession."""
    assert possession(question) == whole


@pytest.mark.parametrize(
    ("question", "before", "switches"),
    [
        ("and tea?", "What does Ana think about coffee?", True),
        ("and her view on tea?", "When did Ana leave?", True),
        ("and her salary?", "When did Ana leave?", True),
        ("and her reasons?", "When did Ana leave?", False),
        ("and tea?", "How much does coffee cost?", False),
        ("why?", "What does Ana think about coffee?", False),
    ],
)
def test_another_matter_replaces_the_one_before(question: str, before: str, switches: bool) -> None:
    """Not so where it needs what was spoken of to be understood."""
    assert switches == switches_topic(question, before)


def test_somebody_else_is_asked_for_the_same():
    """“And Bo?” after what Ana thinks about coffee is no question about a thing called Bo."""
    before = "What does Ana think about coffee?"

    assert not switches_topic("And what about Bo?", before, names=True)
    assert switches_topic("And Bo's view on tea?", before, names=True)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("and Gudrun?", "Gudrun"),
        ("what about Ana Ruiz?", "Ana Ruiz"),
        ("and AGI?", ""),
        ("Why?", ""),
    ],
)
def test_a_name_alone_stands_in_place_of_another(question: str, name: str) -> None:
    assert name == somebody_else(question)


@pytest.mark.parametrize(
    "question", ["Are you sure?", "really?", "Is that true?", "say that again"]
)
def test_doubt_asks_again(question: str) -> None:
    assert asks_again(question)
