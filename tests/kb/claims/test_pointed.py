"""Whom "he" and "she" mean, and people who are told of without a name."""

from __future__ import annotations

import pytest


def last_claimant(claims):
    return claims[-1].claimant


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Ada Brightwater rings. She says AGI comes in 2050.", "Ada Brightwater"),
        ("I met Ada in Taipei. She says AGI comes in 2050.", "Ada"),
        ("Ada was on Slow Signal, and she said AGI comes in 2050.", "Ada"),
        ("I like what Ada says. She's got this estimate that AGI comes in 2050.", "Ada"),
        ("She was here. Then Ada was here. She says AGI comes in 2050.", "Ada"),
        ("Wen Ada Vale rang. She says AGI comes in 2050.", "Wen Ada Vale"),
    ],
)
def test_the_person_named_last_is_meant(claims_in, said, claimant):
    assert claimant == last_claimant(claims_in(f"Host: {said}"))


def test_an_own_forecast_after_somebody_elses_is_the_speakers(claims_in):
    said = "I think Ada's number was 2040 for AGI, and, um, our own forecast for AGI is 2050."
    assert last_claimant(claims_in(f"Host: {said}")) is None


@pytest.mark.parametrize(
    "said",
    [
        "She said it in Taipei, for AGI, 2050.",
        "It was cold in Taipei. She says AGI comes in 2050.",
        "I like Tobias. He was here, he'd tell us to record Edda. He says AGI comes in 2050.",
        "What a day. She says AGI comes in 2050.",
        "AGI by 2050, she says.",
        "Larkfield says so. He thinks AGI comes in 2050.",
    ],
)
def test_nobody_is_named_where_it_is_not_sure_who_is_meant(claims_in, said):
    """A forecast that somebody reports is not their own, either."""
    assert last_claimant(claims_in(f"Host: {said}")) == "someone"


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("The fellow who runs the mill says AGI comes in 2050.", "fellow"),
        ("I have a friend who's at 2050 for AGI.", "a friend of Maren Holt"),
        ("A client, I won't say who, they told me AGI comes in 2050.", "client"),
        ("The people who say AGI comes in 2050 are loud.", "people"),
        ("There's a study, and it says 2050 for AGI.", "study"),
    ],
)
def test_somebody_without_a_name_holds_a_view(claims_in, said, claimant):
    assert claimant == last_claimant(claims_in(f"Host: {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "The fellow who runs the mill left. I say AGI comes in 2050.",
        "I have a friend who's tall. AGI comes in 2050.",
        "A client, I won't say who, left, and AGI comes in 2050.",
        "The people who think about AGI are 2050 people.",
        "There's a study from 2021.",
    ],
)
def test_somebody_who_is_only_named_holds_none(claims_in, said):
    assert last_claimant(claims_in(f"Host: {said}")) is None


def test_a_guest_who_says_you_said_means_the_host(claims_in):
    said = claims_in("Host: Hi.", "Guest: You said AGI comes in 2050.")
    assert "Maren Holt" == last_claimant(said)
    anybody = claims_in("Host: Hi.", "Guest: You think AGI comes in 2050, and then it rains.")
    assert last_claimant(anybody) is None


def test_to_say_a_word_so_many_times_is_no_view(claims_in):
    said = claims_in("Guest: Hi.", 'Host: You said "hello" 90 times.')
    assert last_claimant(said) is None


def test_an_organisation_that_says_something_is_no_he(claims_in):
    said = "Guest: I met Tobias Vale. Larkfield says so. He thinks AGI comes in 2050."
    assert "Tobias Vale" == last_claimant(claims_in(said))
