"""Numbers that are counts, shares and factors by what stands around them, and others."""

from __future__ import annotations

import pytest


def told(claims):
    return [(claim.value, claim.unit) for claim in claims]


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        ("How many are you now?", "We're twenty-six.", [(26, "people")]),
        (
            "How many are you now?",
            "Forty. We were nineteen last year.",
            [(40, "people"), (19, "people")],
        ),
        ("What came of it? How many letters?", "As of last week, seventeen.", [(17, "letters")]),
        (
            "How many letters?",
            "Seventeen. There should have been twenty-five.",
            [(17, "letters"), (25, "letters")],
        ),
        ("How many letters?", "We're seventeen days late.", [(17, "days")]),
        ("How many times?", "Forty.", []),
        ("How many are you now?", "We're fine, thank you.", []),
        ("What is new?", "We're twenty-six.", []),
        ("How do you do it? How many letters?", "I read seventeen books.", [(17, "books")]),
    ],
)
def test_how_many_gives_the_answer_its_unit(claims_in, asked, answer, expected):
    assert expected == told(claims_in(f"Host: {asked}", f"Guest: {answer}"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The success went from 22 percent to 31.", [(0.22, "fraction"), (0.31, "fraction")]),
        ("The fee rose from 40 dollars to 60 in May.", [(40, "USD"), (60, "USD"), (None, "date")]),
        ("It went from 22 percent to 31 people.", [(0.22, "fraction"), (31, "people")]),
        ("Answers went from 5 percent to 80.", [(None, "fraction")]),
        ("It takes from 22 to 31 percent.", [(None, "fraction")]),
        ("It went from 20 to 30 chairs.", [(None, "chairs")]),
    ],
)
def test_a_change_has_two_figures_and_a_spread_is_one(claims_in, said, expected):
    assert expected == told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("The trend in the biggest mills has been about four times a year.", "x/year"),
        ("Their output has gone up about four times a year.", "x/year"),
        ("It has been doubling every year.", "x/year"),
        ("The price falls by a factor of three each year.", "x/year"),
        ("The price fell by a factor of three.", "x"),
        ("We meet in Lund about four times a year.", "times/year"),
        ("It has grown tenfold.", "x"),
    ],
)
def test_growth_that_is_told_by_the_year_has_a_rate(claim_in, said, unit):
    assert unit == claim_in(f"Guest: {said}").unit


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Of that nearly half went on rent.", [(0.5, "fraction")]),
        ("And of those, a third are bakers.", [(pytest.approx(1 / 3), "fraction")]),
        ("I think of it half asleep.", []),
        ("I dream of that half hour.", []),
        (
            "So out of fourteen tests there were nine where it failed.",
            [(14, "tests"), (9, "tests")],
        ),
        ("I talked my way out of fourteen tests.", []),
        ("I joined the ministry, which then was four people.", [(4, "people")]),
        ("They never agree, they're like three divorced uncles.", []),
        ("It is like three long days.", [(3, "days")]),
        ("But ask me again in a year.", []),
        ("It opens again in 3 years.", [(3, "years")]),
        ("The law says that if you hire more than 40 people you must report it.", [(40, "people")]),
        ("If you hire more than 40 people you must report it.", []),
        ("The law is old, and if I hired more than 40 people I would report it.", []),
        (
            "We rent 300 GPUs. The other side has twenty-four thousand.",
            [(300, "GPUs"), (24000, "GPUs")],
        ),
        ("We rent 300 halls. The other side has twenty-four thousand.", [(300, "halls")]),
    ],
)
def test_a_number_counts_only_where_it_is_told_as_a_count(claims_in, said, expected):
    assert expected == told(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nobody thought it would take more than two years.", []),
        ("No one expected it to cost more than 40 dollars.", []),
        ("I said nobody would pay more than 40 dollars.", [("<", False)]),
        ("Nobody told me that it costs 40 dollars.", [("=", False)]),
        ("Nobody paid 40 dollars.", [("=", True)]),
        ("Nobody's going to close a 20-billion-dollar mill.", [("=", False)]),
        ("Nobody thought of it, it took two years.", [("=", False)]),
        ("Nobody expected AGI before 2040.", [("<", True)]),
    ],
)
def test_what_nobody_expected_is_no_denial(claims_in, said, expected):
    assert expected == [(claim.comparator, claim.negated) for claim in claims_in(f"Guest: {said}")]


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("There are four or five hundred bakers.", 400, 500),
        ("It runs eight to nine thousand hours.", 8000, 9000),
        ("There are five hundred to six hundred bakers.", 500, 600),
        ("There are forty or five hundred bakers.", 40, 500),
        ("There are ten to two thousand bakers.", 10, 2000),
        ("There are ninety to a hundred bakers.", 90, 100),
        ("We bake it over ten or fifteen sites.", 10, 15),
        ("We bake at two hundred and five or six hundred and ten degrees.", 205, 610),
    ],
)
def test_the_first_of_two_numbers_in_words_shares_the_hundreds(claim_in, said, low, high):
    claim = claim_in(f"Guest: {said}")
    assert (low, high, "range") == (claim.low, claim.high, claim.comparator)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Prices fell by two thirds.", [(pytest.approx(2 / 3), "fraction")]),
        ("We cut the bill by about half.", [(0.5, "fraction")]),
        ("The fee has gone up by a third.", [(pytest.approx(1 / 3), "fraction")]),
        ("He is too clever by half.", []),
        ("We drove past by a third.", []),
        ("The loaf fell in half.", []),
        ("They won by half.", []),
    ],
)
def test_by_how_much_something_changed_is_told(claims_in, said, expected):
    assert expected == told(claims_in(f"Guest: {said}"))


def test_how_much_longer_is_no_figure_of_computing(claims_in):
    first, last = claims_in(
        "Guest: I expect training runs to be twice as long and maybe three times as long as today."
    )
    assert [("quantity", 2), ("quantity", 3)] == [(c.kind, c.value) for c in (first, last)]
    assert (False, None) == (first.conditional, first.superseded_by)


def test_two_adjectives_may_stand_before_what_is_counted(claim_in):
    claim = claim_in("Guest: There were over 600 live and recorded sessions.")
    assert (600, "sessions", ">") == (claim.value, claim.unit, claim.comparator)


@pytest.mark.parametrize(
    ("said", "kind", "value", "unit"),
    [
        ("We handle 40,000 a day.", "quantity", 40_000, "per day"),
        ("They make 3 million GPUs per year.", "compute", 3e6, "GPUs/year"),
        ("They make one million per year of these GPUs.", "compute", 1e6, "GPUs/year"),
        ("They have an annualised revenue rate of $16 billion.", "money", 16e9, "USD/year"),
        ("Our monthly budget is about $40,000.", "money", 40_000, "USD/month"),
        ("The lab bought 500 GPUs a year ago.", "compute", 500, "GPUs"),
        ("We had 300 people a year ago.", "quantity", 300, "people"),
        ("The annual report says that they raised $5 billion.", "money", 5e9, "USD"),
    ],
)
def test_rates_are_told_beside_the_figure(claims_in, said, kind, value, unit):
    claim = claims_in(f"Guest: {said}")[0]
    assert (kind, value, unit) == (claim.kind, claim.value, claim.unit)


@pytest.mark.parametrize(
    ("said", "kind", "value", "unit"),
    [
        ("They bought like 400 something thousand GPUs.", "compute", 400_000, "GPUs"),
        ("The paper has forty-some thousand readers.", "quantity", 40_000, "readers"),
        ("We serve 100 billion tokens per day.", "compute", 1e11, "tokens/day"),
        ("You would need 10^36 FLOP per year.", "compute", 1e36, "FLOP/year"),
        ("Our output grows 3% per year.", "quantity", 0.03, "fraction/year"),
        ("Maybe we grow 4X per year.", "quantity", 4, "x/year"),
        ("He owns a little more than half the company.", "quantity", 0.5, "fraction"),
        ("I'd say half the country knows it.", "quantity", 0.5, "fraction"),
    ],
)
def test_loose_numbers_and_rates(claim_in, said, kind, value, unit):
    claim = claim_in(f"Guest: {said}")
    assert (kind, value, unit) == (claim.kind, claim.value, claim.unit)


@pytest.mark.parametrize(
    "said",
    ["You know that two plus two equals four.", "And you think 2000 is the right number?"],
)
def test_sums_and_numbers_that_look_like_years_are_no_claims(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("They dug 200 to 300,000 wells.", (200_000, 300_000)),
        ("They have 2 to 3,000 people.", (2_000, 3_000)),
        ("It takes between 200 and 1,200 people.", (200, 1_200)),
    ],
)
def test_thousands_are_shared_by_a_number_near_the_other(claim_in, said, ends):
    claim = claim_in(f"Guest: {said}")
    assert ends == (claim.low, claim.high)


def test_what_grows_by_itself_has_a_factor(claims_in):
    claim = claims_in("Guest: Demand could double by 2026.")[0]
    assert ("quantity", 2, "x") == (claim.kind, claim.value, claim.unit)


def test_to_double_check_is_no_factor(claims_in):
    assert [] == claims_in("Guest: I want to double check that, and to double down.")


@pytest.mark.parametrize(
    ("said", "unit"),
    [("We've got three licensees in Asia.", "licensees"), ("He had four boats here.", "boats")],
)
def test_a_small_number_that_somebody_has_is_counted(claim_in, said, unit):
    assert unit == claim_in(f"Guest: {said}").unit


def test_what_is_only_listed_is_not_counted_though_somebody_has_it(claims_in):
    assert [] == claims_in("Guest: We have three questions, and you have two options.")
