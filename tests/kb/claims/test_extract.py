"""What a sentence claims: chances, computing, sums of money, things that are counted."""

from __future__ import annotations

import pytest


def amount(claim):
    """The value, or the ends of the range."""
    return (claim.low, claim.high) if claim.value is None else claim.value


def told(claim):
    return claim.kind, amount(claim), claim.unit


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
    assert expected == pytest.approx(amount(claim))


@pytest.mark.parametrize(
    "said", ["I'm 290% sure that AGI comes.", "There is a 120% chance of doom.", "110% likely."]
)
def test_more_than_all_is_no_chance(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


@pytest.mark.parametrize("answer", ["About 15%.", "Fifteen percent, maybe.", "I'd say 15."])
def test_an_answer_is_a_chance_of_what_was_asked(claim_in, answer):
    claim = claim_in(
        "Host: In percent, so as a % figure, what is your p(doom)?", f"Guest: {answer}"
    )
    assert ("probability", "AI catastrophe") == (claim.kind, claim.topic)
    assert pytest.approx(0.15) == claim.value


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
    assert ("probability", pytest.approx(value)) == (claim.kind, claim.value)
    assert year == claim.year_high


def test_each_chance_keeps_its_own_year(claims_in):
    found = claims_in("Guest: I give AGI a 10% chance by 2030 and a 50% chance by 2045.")
    assert [(0.1, 2030), (0.5, 2045)] == [(claim.value, claim.year_high) for claim in found]


def test_a_chance_within_some_years_holds_until_the_last(claim_in):
    claim = claim_in("Guest: There is a 10% chance of extinction in the next five years.")
    assert ("probability", pytest.approx(0.1), 2028) == (claim.kind, claim.value, claim.year_high)


def test_the_year_of_a_condition_is_not_the_year_of_the_chance(claim_in):
    claim = claim_in("Guest: Conditional on AGI by 2035, my p(doom) is 20%.")
    assert (pytest.approx(0.2), True, None) == (claim.value, claim.conditional, claim.year_high)
    assert "2035" in claim.condition


@pytest.mark.parametrize(
    "said",
    [
        "We are saving 85 percent on the chemicals.",
        "Again, 50 percent is probably not good enough.",
        "I guess those 85% cases will come up more.",
        "Today it's 15 percent or something of our code, I guess.",
        "It is 75% more likely to rain there.",
        "If it stops for a minute, it's not the end of the world. Now it's 75%.",
    ],
)
def test_a_percentage_is_no_chance_because_of_a_word_beside_it(claims_in, said):
    """“Probably” tells how sure a sentence is, not what its figure measures."""
    found = claims_in(f"Guest: {said}")
    assert ["quantity"] == [
        claim.kind for claim in found if "%" in claim.figure or "per" in claim.figure
    ]


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
    assert (comparator, pytest.approx(0.1)) == (claim.comparator, claim.value)


@pytest.mark.parametrize(
    "said",
    [
        "We will almost certainly get AGI.",
        "Doom is almost certain.",
        "AGI is extremely unlikely.",
        "There is a high probability of extinction.",
        "I see p(doom) as very high.",
        "AGI carries a small extinction risk.",
    ],
)
def test_a_chance_in_words_has_no_number(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("probability", None, None, None) == (claim.kind, claim.value, claim.low, claim.high)


def test_p_doom_in_an_essay_is_a_chance(claim_in):
    assert "probability" == claim_in("Guest: My p(doom) is 20 percent in my essay.").kind


def test_anything_from_none_to_all_is_no_chance(claims_in):
    assert [] == claims_in("Guest: My p(doom) was anything from 0 to 100 percent.")


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
        ("The next generation of models will be 1e27.", 1e27, "FLOP"),
        ("The training run took ten to the power of 25 FLOPs.", 1e25, "FLOP"),
        ("The threshold is 10^26 operations.", 1e26, "FLOP"),
        ("The machine does ten to the 15 FLOP per second.", 1e15, "FLOP/s"),
        ("The chip does 300 teraflops.", 3e14, "FLOP/s"),
        ("A fly does 20 trillion operations per second.", 2e13, "FLOP/s"),
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
        ("That takes two orders of magnitude more FLOPs.", 100, "x"),
        ("That takes an order of magnitude more FLOPs.", 10, "x"),
        ("Compute grows by half an order of magnitude a year.", 10**0.5, "x"),
        ("We only have a 7B model.", 7e9, "parameters"),
        ("They trained a 175 billion parameter model.", 175e9, "parameters"),
        ("It has a 128k context window.", 128_000, "tokens"),
        ("The chip does about a petaflop.", 1e15, "FLOP/s"),
    ],
)
def test_units_of_computing(claim_in, said, expected, unit):
    claim = claim_in(f"Guest: {said}")
    assert ("compute", unit) == (claim.kind, claim.unit)
    assert expected == pytest.approx(amount(claim))


def test_a_total_called_per_second_is_a_total_with_a_note(claim_in):
    """A slip of the tongue is neither repeated nor repaired in silence."""
    slip = claim_in("Guest: The whole training run was ten to the 26 flops per second.")
    right = claim_in("Guest: The whole training run was ten to the 26 flops.")
    assert ("compute", pytest.approx(1e26), "FLOP") == told(slip) == told(right)
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


@pytest.mark.parametrize(
    ("said", "value"), [("It is a gigawatt campus.", 1), ("The campus draws two gigawatts.", 2)]
)
def test_power_is_told_in_words_too(claim_in, said, value):
    claim = claim_in(f"Guest: {said}")
    assert ("quantity", value, "GW") == told(claim)


def test_models_called_by_their_sizes_are_no_devices(claims_in):
    found = claims_in("Guest: On one GPU we compared the 8B and the 70B model.")
    assert {8e9, 70e9} == {c.value for c in found if c.unit == "parameters"}


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
        ("They want to spend half a trillion dollars.", 5e11, "USD"),
        ("The grant was 1.2 mil.", 1.2e6, "USD"),
        ("They gave something like 50 million to that.", 5e7, "USD"),
        ("They make $3.4 billion in annual revenue.", 3.4e9, "USD/year"),
        ("Salaries are in the six figures.", (1e5, 1e6), "USD"),
        ("We pay two dollars per GPU hour.", 2, "USD/hour"),
        ("It rents for $30 a square foot.", 30, "USD/square foot"),
        ("They spent $2 million on a week of coffee.", 2e6, "USD"),
    ],
)
def test_sums_of_money(claim_in, said, expected, unit):
    claim = claim_in(f"Guest: {said}")
    assert ("money", unit) == (claim.kind, claim.unit)
    assert expected == pytest.approx(amount(claim))


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
        ("The price fell tenfold.", 10, "x"),
        ("The staff doubled.", 2, "x"),
        ("About 15% of our staff left.", 0.15, "fraction"),
        ("We are a team of about 40.", 40, "people"),
        ("The meter runs eight hours a day.", 8, "hours/day"),
    ],
)
def test_things_that_are_counted(claim_in, said, expected, unit):
    claim = claim_in(f"Guest: {said}")
    assert ("quantity", unit) == (claim.kind, claim.unit)
    assert expected == pytest.approx(amount(claim))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Accuracy went from 40 to 90 percent.", [0.4, 0.9]),
        ("The score fell from 70% to 20%.", [0.7, 0.2]),
        ("We grew from 50 people to maybe 400.", [50, 400]),
    ],
)
def test_what_changed_has_a_figure_before_and_one_after(claims_in, said, values):
    found = claims_in(f"Guest: {said}")
    assert values == [claim.value for claim in found]
    assert 1 == len({claim.unit for claim in found})


def test_a_figure_keeps_no_year_of_the_next_clause(claims_in):
    found = claims_in("Guest: They sold 3,000 meters, so by 2030 everybody will have one.")
    assert None is found[0].event_year


def test_figures_of_one_sentence_come_in_their_order(claims_in):
    found = claims_in("Guest: I wrote 11 papers, raised $2 million and had 64 GPUs.")
    assert ["quantity", "money", "compute"] == [claim.kind for claim in found]
    assert [11, 2e6, 64] == [claim.value for claim in found]
    assert 1 == len({claim.quote for claim in found})
