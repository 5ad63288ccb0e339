"""Chances that it goes well are no chances of doom, and odds have a side."""

from __future__ import annotations

import pytest

ASKED = "Host: What's your p(doom)?"


@pytest.mark.parametrize(
    "said",
    [
        "The chance we survive is 80%.",
        "I'd say 80% that it goes well.",
        "There's an 80% chance of avoiding it.",
        "There's an 80% chance that we don't die.",
        "My p(no doom) is 80%.",
    ],
)
def test_a_chance_that_it_goes_well_is_no_chance_of_doom(claims_in, said):
    (claim,) = claims_in(ASKED, f"Guest: {said}")

    assert ("AI going well", 0.8, False) == (claim.topic, claim.value, claim.negated)


@pytest.mark.parametrize(
    "said",
    [
        "There's an 80% chance that it does not go well.",
        "80% that we don't make it.",
        "It's 80%, and I hope it goes well.",
        "There's an 80% chance of doom, and the rest goes fine.",
    ],
)
def test_a_chance_that_it_does_not_is_one_of_doom(claims_in, said):
    (claim,) = claims_in(ASKED, f"Guest: {said}")

    assert ("AI catastrophe", 0.8) == (claim.topic, claim.value)


@pytest.mark.parametrize(
    "before", ["Are newspapers dying?", "Small labs die out.", "Are you dying to leave?"]
)
def test_what_else_dies_is_no_doom(claims_in, before):
    (chance,) = claims_in(f"Host: {before}", "Host: How sure are you?", "Guest: Eighty percent.")

    assert ("probability", None) == (chance.kind, chance.topic)


@pytest.mark.parametrize(
    ("said", "chance"),
    [
        ("Three to one against.", 0.25),
        ("I'd give four to one odds against doom.", 0.2),
        ("A hundred to one against.", 1 / 101),
        ("The odds against it are nine to one.", 0.1),
        ("Nine to one we make it.", 0.9),
        ("Point three percent.", 0.003),
    ],
)
def test_odds_and_parts_of_a_percent_are_chances(claims_in, said, chance):
    (claim,) = claims_in(ASKED, f"Guest: {said}")

    assert ("probability", pytest.approx(chance)) == (claim.kind, claim.value)


@pytest.mark.parametrize("said", ["Odds of three to one.", "I'd bet at four to one.", "At nine."])
def test_odds_without_a_side_and_times_of_day_are_none(claims_in, said):
    tail = "Guest: AGI tomorrow at nine." if said == "At nine." else f"Guest: {said}"

    assert [] == claims_in(ASKED, tail)


def test_a_year_is_of_the_chance_that_was_asked_for(claims_in):
    """The year of ninety percent is no median, and stands beside no other median."""
    half, most, few = claims_in(
        "Host: Fifty percent chance of AGI by when?",
        "Guest: 2034.",
        "Host: Ninety percent?",
        "Guest: 2065.",
        "Host: And ten percent?",
        "Guest: Maybe 2028.",
    )

    assert [0.5, 0.9, 0.1] == [claim.value for claim in (half, most, few)]
    assert [2034, 2065, 2028] == [claim.year_high for claim in (half, most, few)]


def test_a_share_that_is_asked_about_is_no_chance(claims_in):
    claims = claims_in("Host: When will AGI do ninety percent of the work?", "Guest: 2040.")

    assert ("timeline", 2040) == (claims[-1].kind, claims[-1].value)
