"""Durations that tell or shift a forecast, and those that only tell how long something takes."""

from __future__ import annotations

import pytest

MEDIAN = ("Guest: My median for AGI is 2035.", "Host: Go on.")


def duration_in(claims):
    (claim,) = (claim for claim in claims if claim.unit in ("years", "months", "weeks", "days"))
    return claim


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("With a second factory I'd add two years.", 2),
        ("Without them I would push it out by, I don't know, three years.", 3),
        ("So if she is right, add a year.", 1),
        ("Since then I've pulled it in by a decade.", 10),
        ("Then I'd move my median in by four years.", 4),
    ],
)
def test_by_how_much_a_forecast_is_shifted_is_of_its_kind(claims_in, said, years):
    claim = duration_in(claims_in(*MEDIAN, f"Guest: {said}"))
    assert ("timeline", years) == (claim.kind, claim.value)
    assert claim.event_year is claim.year_low is claim.year_high is None


@pytest.mark.parametrize(
    "said",
    [
        "For the roof I'd add two years of work.",
        "I'd push the cart out of the barn for two years.",
        "I learned to add, two years before my brother.",
        "We add two years to the lease.",
        "I moved the wall in two years.",
    ],
)
def test_what_shifts_no_forecast_is_none(claims_in, said):
    assert "timeline" != duration_in(claims_in(*MEDIAN, f"Guest: {said}")).kind


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("How long was his sentence?", "I think it's five years."),
        ("How old is the calf?", "I think it's nine months."),
        ("How long did the roof take?", "The builder says it's two years."),
        ("Go on.", "My shoulder, I'd say it's six months."),
        ("Go on.", "The fair, I pushed it back two years."),
        ("Go on.", "The first harvest, add two months."),
        ("Go on.", "We have a new mill. I pushed it back two years."),
    ],
)
def test_what_is_told_of_something_else_is_no_forecast(claims_in, asked, said):
    lines = (MEDIAN[0], f"Host: {asked}", f"Guest: {said}")
    assert "timeline" != duration_in(claims_in(*lines)).kind


def test_a_shift_of_something_else_is_no_forecast(claims_in):
    said = "Guest: The mill needs eight men for the wall. I'd add two years."
    assert "quantity" == duration_in(claims_in(said)).kind


@pytest.mark.parametrize(
    "said",
    ["My sister thinks it's three years, flat.", "For the plain work we're there in three years."],
)
def test_a_view_in_years_beside_forecasts_counts_from_the_recording(claims_in, said):
    claim = duration_in(claims_in(*MEDIAN, f"Guest: {said}"))
    assert ("timeline", 3, 2026) == (claim.kind, claim.value, claim.year_low)
    alone = duration_in(claims_in(f"Guest: The bridge is shut. {said}"))
    assert "quantity" == alone.kind


@pytest.mark.parametrize(
    "said",
    [
        "My sister thinks it's three years old.",
        "My sister says it takes three years of school.",
        "My sister had it for three years.",
    ],
)
def test_other_durations_beside_forecasts_are_no_views(claims_in, said):
    assert "timeline" != duration_in(claims_in(*MEDIAN, f"Guest: {said}")).kind


@pytest.mark.parametrize(
    "said",
    [
        "It was gone within five weeks.",
        "Within five weeks they had sold the boat.",
        "Inside five weeks somebody found the key.",
        "On average we have five weeks.",
        "They usually have five weeks.",
        "When I started, you could order one and have it in five weeks.",
    ],
)
def test_how_long_something_took_or_takes_lies_not_ahead(claims_in, said):
    assert "quantity" == duration_in(claims_in(f"Guest: {said}")).kind


@pytest.mark.parametrize(
    "said",
    [
        "It will be gone within five weeks.",
        "Within five weeks we open the shop.",
        "Inside five weeks we'll have a boat.",
        "We have five weeks.",
        "It was said that it could be gone within five weeks.",
    ],
)
def test_what_is_yet_to_come_lies_ahead(claims_in, said):
    assert "timeline" == duration_in(claims_in(f"Guest: {said}")).kind


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("There is a ten percent chance of a flood, some time this century.", None, 2100),
        ("Some time this century, there is a ten percent chance of a flood.", None, 2100),
        ("There is a ten percent chance that it comes after 2050.", 2050, None),
        ("There is a ten percent chance that we get to 2050 without it.", None, 2050),
        ("There is a ten percent chance. We talked about it after 2021.", None, None),
    ],
)
def test_the_years_of_a_chance(claims_in, said, low, high):
    (chance,) = (c for c in claims_in(f"Guest: {said}") if c.kind == "probability")
    assert (low, high) == (chance.year_low, chance.year_high)


@pytest.mark.parametrize(
    ("said", "kind", "year"),
    [
        ("We met in February of last year.", "event", 2022),
        ("It opens in May of next year.", "timeline", 2024),
        ("We met in February of this year.", "event", 2023),
        ("She's coming in December.", "event", 2023),
        ("We met in November.", "event", 2022),
        ("She came in December.", "event", 2022),
    ],
)
def test_the_year_of_a_month(claims_in, said, kind, year):
    found = claims_in(f"Guest: {said}")
    assert [(kind, year)] == [(c.kind, c.event_year) for c in found if c.kind != "quantity"]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("My old boss used to say eighteen months.", "timeline"),
        ("She has gone down to six years.", "timeline"),
        ("And Ada reckons nine years.", "timeline"),
        ("The manual reckons nine years.", "quantity"),
        ("The queue has grown to nine months.", "quantity"),
    ],
)
def test_what_somebody_says_beside_a_forecast_is_one(claims_in, said, kind):
    assert kind == duration_in(claims_in(*MEDIAN, f"Guest: {said}")).kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [("We got nine days.", "quantity"), ("We have nine days.", "timeline")],
)
def test_days_that_were_granted_are_none_that_are_left(claim_in, said, kind):
    assert kind == claim_in(f"Guest: {said}").kind


def test_a_year_that_somebody_else_foretells_is_a_forecast_beside_a_view_in_years(claims_in):
    _, years = claims_in("Guest: Our CEO says 2031. And there's a weaver who says 18 months.")
    assert ("timeline", 18) == (years.kind, years.value)
