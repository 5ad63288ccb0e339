"""Times without a number of their own, times with a tolerance, and the bounds of times."""

from __future__ import annotations

import pytest

WHEN = "Host: So how long until we have AGI?"


def years(claim):
    return claim.year_low, claim.year_high


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("We get AGI in the early 2030s.", 2030, 2033),
        ("We get AGI in the mid-2030s.", 2034, 2036),
        ("We get AGI in the late 2030s.", 2037, 2039),
        ("We get AGI in the first half of the 2030s.", 2030, 2034),
        ("AGI will be built in the second half of the 2030s.", 2035, 2039),
        ("We get AGI in the early '30s.", 2030, 2033),
        ("We get AGI in the early to mid 2030s.", 2030, 2036),
    ],
)
def test_a_part_of_a_decade_is_not_the_whole_of_it(claim_in, said, first, last):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", first, last) == (claim.kind, *years(claim))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("In the sixties they counted chips by hand.", 1960, 1969),
        ("Early nineties meters had no screen.", 1990, 1993),
        ("I moved to Rotterdam in the late eighties.", 1987, 1989),
        ("We soldered our own boards in the mid-2000s.", 2004, 2006),
    ],
)
def test_a_decade_in_words_is_an_event(claim_in, said, first, last):
    claim = claim_in(f"Guest: {said}")
    assert ("event", first, last) == (claim.kind, *years(claim))


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("I think we will have AGI by the end of the decade.", 2029),
        ("AGI will not wait for the end of this century.", 2100),
        ("We will see transformative AI before mid-century.", 2050),
        ("I expect AGI by the end of next year.", 2024),
        ("AGI will come next year.", 2024),
    ],
)
def test_a_stretch_of_the_calendar_counts_from_the_recording(claim_in, said, year):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", year, "year") == (claim.kind, claim.value, claim.unit)


def test_this_decade_lasts_from_the_recording_to_its_end(claim_in):
    assert (2023, 2029) == years(claim_in("Guest: I expect AGI this decade."))


@pytest.mark.parametrize(
    "said",
    [
        "This century has been kind to clerks.",
        "The end of the year is busy here.",
        "Next year is the census.",
    ],
)
def test_a_stretch_of_the_calendar_for_which_nothing_is_foretold_claims_nothing(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


def test_the_end_of_the_decade_of_nobody_knows_when_is_no_year(claims_in):
    assert [] == claims_in("Guest: We will have AGI by the end of the decade.", date=None)


def test_a_chance_holds_until_the_end_of_the_stretch(claim_in):
    claim = claim_in("Guest: There is a 30% chance of extinction this century.")
    assert ("probability", 2100) == (claim.kind, claim.year_high)


@pytest.mark.parametrize(
    ("said", "ends", "unit"),
    [
        ("I expect AGI in 2034 plus or minus four years.", (2030, 2038), "year"),
        ("I expect AGI in 2034, give or take three.", (2031, 2037), "year"),
        ("AGI is ten years away, plus or minus two.", None, "years"),
        ("My p(doom) is 20%, plus or minus 5.", (0.15, 0.25), "probability"),
        ("It weighs 12 tons, give or take 2 tons.", (10, 14), "tons"),
    ],
)
def test_a_figure_with_its_tolerance_is_a_range(claims_in, said, ends, unit):
    found = claims_in(f"Guest: {said}")
    assert unit == found[0].unit
    if ends:
        assert pytest.approx(ends) == (found[0].low, found[0].high)


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("We get AGI no later than 2035.", "<"),
        ("We get AGI in 2035 at the latest.", "<"),
        ("We get AGI no earlier than 2035.", ">"),
        ("We get AGI in 2035 at the earliest.", ">"),
        ("We get AGI in 2035, give or take.", "~"),
    ],
)
def test_the_latest_and_the_earliest_year(claim_in, said, comparator):
    claim = claim_in(f"Guest: {said}")
    assert (2035, comparator, False) == (claim.value, claim.comparator, claim.negated)


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        ("I don't know, ten, maybe fifteen years.", (10, 15)),
        ("Between six months and two years.", (6, 24)),
        ("My median would be more like ten or fifteen.", (10, 15)),
        ("The earliest is 2026, the latest is anybody's guess.", None),
        ("As early as 2026 or as late as 2040.", (2026, 2040)),
        ("Within the next couple of years.", None),
        ("It's 2023 now, so maybe 2026 to 2040.", (2026, 2040)),
    ],
)
def test_two_ends_are_one_answer(claim_in, answer, ends):
    claim = claim_in(WHEN, f"Guest: {answer}")
    assert "timeline" == claim.kind
    assert ends is None or ends == (claim.low, claim.high)


def test_a_figure_that_is_put_right_takes_the_unit_of_the_wrong_one(claims_in):
    wrong, right = claims_in("Guest: AGI is not five years away, it's fifty.")
    assert (True, False) == (wrong.negated, right.negated)
    assert (50, "years") == (right.value, right.unit)


def test_how_long_something_will_last_is_not_the_past(claim_in):
    claim = claim_in("Guest: I expect the strike to last about two years.")
    assert ("quantity", 2) == (claim.kind, claim.value)


def test_the_time_until_agi_is_a_forecast(claim_in):
    claim = claim_in("Guest: It will take five years to get from AGI to superintelligence.")
    assert ("timeline", 5, "years") == (claim.kind, claim.value, claim.unit)


def test_a_month_takes_the_year_that_is_said_before_it(claim_in):
    assert 2020 == claim_in("Guest: We moved in 2020, October or so.").event_year


def test_a_month_before_a_name_is_a_date(claim_in):
    claim = claim_in("Guest: Last November Larkfield closed.")
    assert ("event", 2022) == (claim.kind, claim.event_year)


def test_short_timelines_in_numbers_are_told_once(claim_in):
    said = "My timelines are very short, something like five years."
    assert 5 == claim_in(f"Guest: {said}").value


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("AGI comes sometime in the thirties.", (2030, 2039)),
        ("My median for AGI is the late twenties.", (2027, 2029)),
        ("I keep landing in the mid-thirties for AGI.", (2034, 2036)),
    ],
)
def test_a_forecast_in_the_thirties_means_the_decade_to_come(claim_in, said, years):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", *years) == (claim.kind, claim.year_low, claim.year_high)


@pytest.mark.parametrize(
    "said",
    [
        "She is in her mid-thirties.",
        "She is in the mid-thirties.",
        "In the thirties people queued for bread.",
        "It was warm, in the low thirties.",
        "The thirties were hard, and AGI was far away.",
        "The late twenties are the best age.",
    ],
)
def test_other_thirties_are_no_years_to_come(claims_in, said):
    assert claims_in(f"Guest: {said}") == []


def kind_and_amount(claim):
    return claim.kind, claim.value, claim.unit


@pytest.mark.parametrize(
    "said",
    [
        "It took 12 years to go from the first draft to superintelligence of that sort.",
        "The shift in AGI forecasts happened over the course of 12 years.",
    ],
)
def test_how_long_something_took_is_no_forecast(claim_in, said):
    """“To go from … to …” tells a stretch, not what is left until then."""
    assert ("quantity", 12, "years") == kind_and_amount(claim_in(f"Guest: {said}"))


def test_how_long_others_do_something_is_not_how_long_it_has_gone_on(claims_in):
    """In “we have seen people testing for two weeks” the perfect is not that of the testing."""
    first, last = claims_in(
        "Guest: We have gone from people testing for two weeks, to testing for four months today."
    )
    assert ("quantity", 2, "weeks") == kind_and_amount(first)
    assert ("quantity", 4, "months") == kind_and_amount(last)


def test_times_in_a_list_are_no_range(claims_in):
    """Each thing has its own time: “21 years, 30 years for tennis”."""
    first, last = claims_in("Guest: Rowing took 21 years, 30 years for tennis.")
    assert (21, 30) == (first.value, last.value)


@pytest.mark.parametrize(("said", "year"), [("in '09", 2009), ("since '98", 1998)])
def test_a_year_may_be_told_by_its_last_two_digits(claim_in, said, year):
    assert ("event", year, "year") == kind_and_amount(claim_in(f"Guest: It opened {said}."))


def test_a_past_year_that_opens_a_forecast_tells_when_it_was_made(claims_in):
    when, forecast = claims_in("Guest: At the start of 2021, forecasters had AGI in 2040.")
    assert ("event", 2021) == (when.kind, when.event_year)
    assert ("timeline", 2040) == (forecast.kind, forecast.event_year)


def test_a_view_may_be_shifted_by_whatever_is_spoken_of(claim_in):
    claim = claim_in(
        "Guest: They had missed one factor, and putting it into the newest version of the sheet "
        "pushed out their timelines by three years."
    )
    assert ("timeline", 3, "years") == kind_and_amount(claim)


def test_a_number_after_a_time_is_a_time_even_among_percentages(claims_in):
    *_, last = claims_in(
        "Guest: Fifty percent of them answered.",
        "Guest: For those in Rome it was like 20 years. For those in Milan I guess it was 55.",
    )
    assert ("quantity", 55, "years") == kind_and_amount(last)
    assert [] == [claim for claim in claims_in("Guest: It was 20 years.") if claim.superseded_by]


def test_another_group_gives_no_view_up(claims_in):
    """“For the one it was like 30 years, for the other maybe 50” takes nothing back."""
    first, _ = claims_in("Guest: It was like a 44 year gap. For the Danes it was like 30 years.")
    assert first.superseded_by is None


def test_a_timescale_lies_ahead(claim_in):
    claim = claim_in("Guest: Within a timescale of two to three years we get better at AGI.")
    assert ("timeline", 2, 3) == (claim.kind, claim.low, claim.high)


def test_the_person_of_a_year_is_no_event(claims_in):
    assert [] == claims_in("Guest: So 2016 me would have laughed.")
