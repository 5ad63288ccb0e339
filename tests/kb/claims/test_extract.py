"""What a sentence claims: times, chances, computing, sums, counts; and what claims nothing."""

from __future__ import annotations

import pytest
from pytest import approx

WHEN = "Host: So how long until we have AGI?"


def amount(claim):
    """The value, or the ends of the range."""
    return (claim.low, claim.high) if claim.value is None else claim.value


def years(claim):
    return claim.year_low, claim.year_high, claim.event_year


def told(claim):
    return claim.kind, amount(claim), claim.unit


# --- times ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "comparator", "year"),
    [
        ("My median for AGI is 2034.", "=", 2034),
        ("I think we get AGI by 2040.", "<", 2040),
        ("AGI will be here before 2035.", "<", 2035),
        ("Everybody at Larkfield expects AGI around 2038.", "~", 2038),
    ],
)
def test_a_year_ahead_is_a_forecast(claim_in, said, comparator, year):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", year, "year") == told(claim)
    assert (comparator, year) == (claim.comparator, claim.event_year)
    assert str(year) == claim.figure


@pytest.mark.parametrize(
    "said",
    ["I expect AGI somewhere between 2030 and 2045.", "AGI arrives in 2030, or maybe 2045."],
)
def test_two_years_ahead_are_a_range(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", (2030, 2045), "year") == told(claim)
    assert ("range", 2030, 2045) == (claim.comparator, claim.year_low, claim.year_high)


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("The lab opened in 2021.", 2021),
        ("The lab opened in late 2021.", 2021),
        ("We moved to Rotterdam in mid-2022.", 2022),
        ("We moved in the summer of 2022.", 2022),
        ("Since 2019 I have lived in Rotterdam.", 2019),
        ("The treaty was signed in June of 2020.", 2020),
        ("On June 3, 2022 we published the meter.", 2022),
        ("In January 2022 we moved.", 2022),
    ],
)
@pytest.mark.parametrize("date", ["2023-07-16", None])
def test_a_year_that_has_passed_is_an_event_whenever_it_was_said(claim_in, said, year, date):
    claim = claim_in(f"Guest: {said}", date=date)
    assert ("event", year, date) == (claim.kind, claim.event_year, claim.as_of)


def test_a_month_ahead_is_a_forecast_without_being_about_ai(claim_in):
    claim = claim_in("Guest: The treaty will be signed in June 2025.")
    assert ("timeline", 2025) == (claim.kind, claim.event_year)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("I worked at the shipyard from 2012 to 2020.", 2012, 2020),
        ("The old lab existed between 2010 and 2015.", 2010, 2015),
        ("We thought of it in the '90s.", 1990, 1999),
    ],
)
def test_a_span_of_years_that_has_passed_is_one_event(claim_in, said, first, last):
    claim = claim_in(f"Guest: {said}")
    assert ("event", first, last) == (claim.kind, claim.year_low, claim.year_high)


@pytest.mark.parametrize(
    ("said", "value", "last"),
    [
        ("I think we will have AGI four years from now.", 4, 2027),
        ("I expect AGI in the next five years.", 5, 2028),
        ("AGI within a decade seems plausible to me.", 10, 2033),
        ("AGI comes in five years.", 5, 2028),
        ("AGI is half a decade away.", 5, 2028),
        ("AGI is at most ten years away.", 10, 2033),
    ],
)
def test_a_time_ahead_is_counted_from_the_recording(claim_in, said, value, last):
    claim = claim_in(f"Guest: {said}")
    assert ("timeline", value, "years") == told(claim)
    assert last in {claim.year_high, claim.event_year}


@pytest.mark.parametrize(
    "said",
    [
        "I think we will have AGI four years from now.",
        "I expect AGI in the next four years.",
        "AGI is four years away.",
    ],
)
def test_a_time_ahead_of_nobody_knows_when_has_no_year(claim_in, said):
    claim = claim_in(f"Guest: {said}", date=None)
    assert ("timeline", 4, "years") == told(claim)
    assert (None, None, None) == years(claim)


def test_a_time_ago_is_an_event_counted_back_from_the_recording(claim_in):
    said = "Guest: I left the shipyard two years ago."
    assert ("event", 2, "years") == told(claim_in(said))
    assert 2021 == claim_in(said).event_year
    assert (None, None, None) == years(claim_in(said, date=None))


def test_a_month_without_a_year_is_the_last_one_before_the_recording(claim_in):
    """The guess is noted; without a recording date nothing is guessed."""
    spring, autumn = (claim_in(f"Guest: I started in {month}.") for month in ("May", "October"))
    assert (2023, 2022) == (spring.event_year, autumn.event_year)
    assert spring.note
    assert claim_in("Guest: I started in May.", date=None).event_year is None


def test_a_decade_ahead_is_a_range_of_years(claim_in):
    claim = claim_in("Guest: We get transformative AI in the 2030s.")
    assert ("timeline", 2030, 2039) == (claim.kind, claim.year_low, claim.year_high)


def test_a_time_at_the_least_has_no_end(claim_in):
    claim = claim_in("Guest: AGI is at least fifteen years away.")
    assert ("timeline", 15, "years") == told(claim)
    assert (">", 2038, None) == (claim.comparator, claim.year_low, claim.year_high)


def test_a_time_after_something_else_has_no_year(claim_in):
    """Two years after AGI are not two years from the recording."""
    claim = claim_in("Guest: Superintelligence comes maybe two years after AGI.")
    assert (2, "years") == (claim.value, claim.unit)
    assert (None, None, None) == years(claim)


@pytest.mark.parametrize("answer", ["I would say 5 to 20.", "Something like 5 to 20, maybe."])
def test_an_answer_takes_its_unit_from_the_question(claim_in, answer):
    claim = claim_in(WHEN, f"Guest: {answer}")
    assert ("timeline", (5, 20), "years") == told(claim)
    assert (2028, 2043) == (claim.year_low, claim.year_high)


def test_the_host_names_the_unit_of_an_answer_afterwards(claims_in):
    """The host only repeats: both are the guest's, and the second restates the first."""
    answer, echo = claims_in(WHEN, "Guest: Maybe 5 to 20.", "Host: 5 to 20 years?", "Guest: Yes.")
    assert ("timeline", (5, 20), "years") == told(answer) == told(echo)
    assert answer.id == echo.restates
    assert answer.holder == echo.holder == "Ngozi Okwuosa"


def test_how_long_something_took_is_no_date(claim_in):
    claim = claim_in("Guest: The paperwork took three months.")
    assert ("quantity", 3, "months") == told(claim)
    assert (None, None, None) == years(claim)


def test_a_time_in_words_alone_has_no_figure(claim_in):
    claim = claim_in("Guest: My timelines are very short.")
    assert ("timeline", None, None) == (claim.kind, claim.value, claim.low)
    assert (None, None, None) == years(claim)


# --- probabilities ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("My probability of doom is 15%.", 0.15),
        ("There is a 30% chance that we all die from AI.", 0.3),
        ("I put 50 percent on AGI.", 0.5),
        ("There is a one in ten chance that AI kills everyone.", 0.1),
        ("There is a 50-50 chance of extinction.", 0.5),
        ("There is a fifty-fifty chance that we solve alignment.", 0.5),
        ("I'd say maybe 20%, 30% that we die from AI.", (0.2, 0.3)),
        ("I'm 80% sure that the meter works.", 0.8),
        ("There is a 0.1% chance of extinction.", 0.001),
        ("My p(doom) is somewhere between 10 and 20%.", (0.1, 0.2)),
        ("My p(doom) is 5 to 10 percent.", (0.05, 0.1)),
    ],
)
def test_chances_are_fractions(claim_in, said, expected):
    claim = claim_in(f"Guest: {said}")
    assert ("probability", "probability") == (claim.kind, claim.unit)
    assert expected == approx(amount(claim))


@pytest.mark.parametrize("answer", ["About 15%.", "Fifteen percent, maybe.", "I'd say 15."])
def test_an_answer_is_a_chance_of_what_was_asked(claim_in, answer):
    claim = claim_in(
        "Host: In percent, so as a % figure, what is your p(doom)?", f"Guest: {answer}"
    )
    assert ("probability", "AI catastrophe") == (claim.kind, claim.topic)
    assert approx(0.15) == claim.value


@pytest.mark.parametrize(
    ("said", "value", "year"),
    [
        ("There is a 25% chance of AGI by 2030.", 0.25, 2030),
        ("I put 50 percent on AGI by 2040.", 0.5, 2040),
        ("There is a 10 percent chance of extinction before 2050.", 0.1, 2050),
    ],
)
def test_a_chance_keeps_the_year_by_which_it_holds(claim_in, said, value, year):
    """The year is no forecast of its own."""
    claim = claim_in(f"Guest: {said}")
    assert ("probability", approx(value)) == (claim.kind, claim.value)
    assert year == claim.year_high


def test_each_chance_keeps_its_own_year(claims_in):
    found = claims_in("Guest: I give AGI a 10% chance by 2030 and a 50% chance by 2045.")
    assert [(0.1, 2030), (0.5, 2045)] == [(claim.value, claim.year_high) for claim in found]


def test_a_chance_within_some_years_holds_until_the_last(claim_in):
    said = "Guest: There is a 10% chance of extinction in the next five years."
    assert ("probability", 2028) == (claim_in(said).kind, claim_in(said).year_high)
    assert claim_in(said, date=None).year_high is None


def test_the_year_of_a_condition_is_not_the_year_of_the_chance(claim_in):
    claim = claim_in("Guest: Conditional on AGI by 2035, my p(doom) is 20%.")
    assert (approx(0.2), True, None) == (claim.value, claim.conditional, claim.year_high)
    assert "2035" in claim.condition


@pytest.mark.parametrize("said", ["99.9% of us die", "my p(doom) is 99.9%", "99.9% likely"])
def test_percentages_have_no_noise_of_division(claims_in, said):
    (claim,) = claims_in(f"Guest: The chance is {said}.")
    assert "0.999" == repr(claim.value)


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("There is at least a 10% chance of an AI catastrophe.", ">"),
        ("The chance that we survive AGI is less than 10%.", "<"),
        ("The chance of doom is around 10%.", "~"),
    ],
)
def test_bounds_of_a_chance(claim_in, said, comparator):
    claim = claim_in(f"Guest: {said}")
    assert (comparator, approx(0.1)) == (claim.comparator, claim.value)


@pytest.mark.parametrize(
    "said",
    [
        "We will almost certainly get AGI.",
        "Doom is almost certain.",
        "AGI is extremely unlikely.",
        "There is a high probability of extinction.",
    ],
)
def test_a_chance_in_words_has_no_number(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("probability", None, None, None) == (claim.kind, claim.value, claim.low, claim.high)


@pytest.mark.parametrize("said", ["About 15% of our staff left.", "Half of the meters failed."])
def test_a_share_is_no_chance(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("quantity", "fraction") == (claim.kind, claim.unit)


# --- computing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected", "unit"),
    [
        ("The training run took 10^24 FLOP.", 1e24, "FLOP"),
        ("Training it took 3e23 FLOP.", 3e23, "FLOP"),
        ("The training run took ten to the power of 25 FLOPs.", 1e25, "FLOP"),
        ("The threshold is 10^26 operations.", 1e26, "FLOP"),
        ("The machine does ten to the 15 FLOP per second.", 1e15, "FLOP/s"),
        ("The chip does 300 teraflops.", 3e14, "FLOP/s"),
        ("The brain does 10 trillion synaptic operations per second.", 1e13, "FLOP/s"),
        ("It needs 10 to the 13 to 10 to the 17 FLOP per second.", (1e13, 1e17), "FLOP/s"),
        ("They trained it on 8 to 64 GPUs.", (8, 64), "GPUs"),
        ("They have 10,000 H100s.", 10_000, "GPUs"),
        ("It took 2,000 GPU hours.", 2000, "GPU-hours"),
        ("It took 5 million A100 hours.", 5e6, "GPU-hours"),
        ("We run it on 512 A100 GPUs.", 512, "GPUs"),
        ("They buy 400,000 GPUs per quarter.", 400_000, "GPUs/quarter"),
        ("They ship tens of thousands of GPUs a quarter.", (1e4, 1e5), "GPUs/quarter"),
        ("The small one has 7 billion parameters.", 7e9, "parameters"),
        ("It is a 70b parameter model.", 70e9, "parameters"),
        ("The model saw 1.4 trillion tokens.", 1.4e12, "tokens"),
        ("The network has 96 layers.", 96, "layers"),
        ("The next run used 100x more compute.", 100, "x"),
        ("It needs three orders of magnitude more compute.", 1000, "x"),
    ],
)
def test_units_of_computing(claim_in, said, expected, unit):
    claim = claim_in(f"Guest: {said}")
    assert ("compute", unit) == (claim.kind, claim.unit)
    assert expected == approx(amount(claim))


def test_a_total_called_per_second_is_a_total_with_a_note(claim_in):
    """A slip of the tongue is neither repeated nor repaired in silence."""
    slip = claim_in("Guest: The whole training run was ten to the 26 flops per second.")
    right = claim_in("Guest: The whole training run was ten to the 26 flops.")
    assert ("compute", approx(1e26), "FLOP") == told(slip) == told(right)
    assert slip.note
    assert right.note is None
    assert slip.figure.endswith("per second")


@pytest.mark.parametrize(
    ("said", "expected", "unit"),
    [
        ("It ran on a single GPU for 12 hours.", 12, "GPU-hours"),
        ("It took 4 days on one A100.", 4, "GPU-days"),
        ("They have hundreds of H100s. You need ten of them for 100 days.", 1000, "GPU-days"),
    ],
)
def test_time_on_devices_is_devices_times_duration(claims_in, said, expected, unit):
    found = claims_in(f"Guest: {said}")
    assert ("compute", expected, unit) in [told(claim) for claim in found]


def test_power_is_a_figure_too(claim_in):
    claim = claim_in("Guest: The chip draws about 700 watts.")
    assert (700, "~", "700 watts") == (claim.value, claim.comparator, claim.figure)


# --- sums and counts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected", "unit"),
    [
        ("We raised $300 million.", 3e8, "USD"),
        ("It cost 1.5bn dollars.", 1.5e9, "USD"),
        ("It cost one or $2,000.", (1000, 2000), "USD"),
        ("It costs $5-6 billion a year.", (5e9, 6e9), "USD/year"),
        ("They earn $400k a year.", 4e5, "USD/year"),
        ("They manage tens of billions of dollars.", (1e10, 1e11), "USD"),
        ("The prize is 50 thousand euros.", 5e4, "EUR"),
    ],
)
def test_sums_of_money(claim_in, said, expected, unit):
    claim = claim_in(f"Guest: {said}")
    assert ("money", unit) == (claim.kind, claim.unit)
    assert expected == approx(amount(claim))


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("We raised $300 million in 2019.", "money", 3e8),
        ("We had 3,000 visitors in 2019.", "quantity", 3000),
        ("By 2019 we had forty auditors.", "quantity", 40),
    ],
)
def test_a_figure_keeps_the_year_it_is_of(claim_in, said, kind, value):
    """The year is no event of its own."""
    claim = claim_in(f"Guest: {said}")
    assert (kind, value, 2019) == (claim.kind, claim.value, claim.event_year)


@pytest.mark.parametrize(
    ("said", "expected", "unit"),
    [
        ("The lab has 300 researchers.", 300, "researchers"),
        ("A couple hundred people came.", 200, "people"),
        ("Fifteen thousand meters are out there.", 15_000, "meters"),
        ("They sold 20 to 80 thousand robots.", (20_000, 80_000), "robots"),
        ("The new meter is 100x cheaper.", 100, "x"),
        ("The staff doubled.", 2, "x"),
        ("About 15% of our staff left.", 0.15, "fraction"),
    ],
)
def test_things_that_are_counted(claim_in, said, expected, unit):
    claim = claim_in(f"Guest: {said}")
    assert ("quantity", unit) == (claim.kind, claim.unit)
    assert expected == approx(amount(claim))


def test_figures_of_one_sentence_come_in_their_order(claims_in):
    found = claims_in("Guest: I wrote 11 papers, raised $2 million and had 64 GPUs.")
    assert ["quantity", "money", "compute"] == [claim.kind for claim in found]
    assert [11, 2e6, 64] == [claim.value for claim in found]
    assert 1 == len({claim.quote for claim in found})
