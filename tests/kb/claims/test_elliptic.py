"""Numbers without a unit take that of what was counted or measured just before."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("lines", "value", "unit"),
    [
        (("Guest: It draws 300 megawatts. It draws more like 230.",), 230, "MW"),
        (("Guest: The wait is 140 weeks. Before all this it was under fifty.",), 50, "weeks"),
        (
            ("Guest: We scrapped 900 wafers.", "Host: All?", "Guest: No, sorry, 1800."),
            1800,
            "wafers",
        ),
        (("Guest: I said 300 inspectors. We'd start with sixty.",), 60, "inspectors"),
        (("Host: You had eleven people?", "Guest: We're nineteen now."), 19, "people"),
        (("Host: How many people do this?", "Guest: Maybe six hundred."), 600, "people"),
        (("Guest: It went from 96 percent down to eighty-one.",), 0.81, "fraction"),
        (("Guest: The rate was 90 euros a page. It is about eleven.",), 11, "EUR"),
    ],
)
def test_a_number_that_says_again_has_the_unit_of_the_one_before(claims_in, lines, value, unit):
    *_, claim = claims_in(*lines)
    assert (pytest.approx(value), unit) == (claim.value, claim.unit)
    assert ("money" if unit == "EUR" else "quantity") == claim.kind


@pytest.mark.parametrize(
    "lines",
    [
        ("Guest: We raised 2 million dollars. I was nineteen.",),
        ("Guest: My son weighs twenty kilos. He's about six.",),
        ("Guest: The meeting lasted 3 hours. It started around two.",),
        ("Guest: We're now at 10 million dollars. We're about forty.",),
        ("Guest: We had 40 employees.", "Host: And what about revenue?", "Guest: About fifty."),
        ("Guest: We had 5 people. My boss was fifty, sorry, sixty.",),
    ],
)
def test_ages_and_answers_to_other_questions_take_no_unit(claims_in, lines):
    assert 1 == len(claims_in(*lines))


@pytest.mark.parametrize(
    "lines",
    [
        ("Host: How many kids does she have?", "Guest: She's about forty."),
        ("Host: How many papers did you write?", "Guest: I was about thirty."),
        ("Host: How many does it take?", "Guest: About seven."),
        ("Host: How many people work there? And what does one cost?", "Guest: About fifty."),
    ],
)
def test_not_every_number_after_how_many_counts_what_was_asked_for(claims_in, lines):
    assert [] == claims_in(*lines)


@pytest.mark.parametrize(
    "said",
    [
        "It draws 300 megawatts. I live in number four.",
        "It draws 300 megawatts. He is one of the three.",
        "It draws 300 megawatts. It was 9000000.",  # far from it in size
        "There were 300 inspectors. In the end we took the second.",
    ],
)
def test_other_numbers_take_no_unit(claims_in, said):
    assert 1 == len(claims_in(f"Guest: {said}"))


def test_nothing_is_taken_from_far_before(claims_in):
    far = "The dog likes the garden and the cat likes the dog. " * 8
    assert 1 == len(claims_in(f"Guest: It draws 300 megawatts. {far}It was about 230."))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("We have 40 bakers, down from 60.", [(40, "bakers"), (60, "bakers")]),
        ("It is 40 percent of them, up from about ten.", [(0.4, "fraction"), (0.1, "fraction")]),
        ("We have 40 bakers, far from 60.", [(40, "bakers")]),
        ("We have 40 bakers who came up from 60 Mill Lane.", [(40, "bakers")]),
        ("The 40 bakers came down from 60 metres.", [(40, "bakers"), (60, "meters")]),
        ("We went down from the hill, and 40 bakers came.", [(40, "bakers")]),
        ("It is up from here, then 60.", []),
    ],
)
def test_down_from_tells_what_there_was_before(claims_in, said, expected):
    assert expected == [(claim.value, claim.unit) for claim in claims_in(f"Guest: {said}")]


def test_a_chance_that_is_down_from_another_supersedes_that(claims_in):
    found = claims_in("Guest: I'm at thirty percent on doom, down from fifty.")
    assert [(0.3, False), (0.5, True)] == [(c.value, bool(c.superseded_by)) for c in found]


def test_what_a_figure_is_not_has_its_unit(claims_in):
    """Also where devices are talked of, which a large number alone would count."""
    gpus = "Guest: The H100s are ours. It took 1,200 GPU-hours, not the twelve thousand we had."
    figure, other = claims_in(gpus)
    assert (1200, "GPU-hours", False) == (figure.value, figure.unit, figure.negated)
    assert (12_000, "GPU-hours", True) == (other.value, other.unit, other.negated)


def test_others_have_as_many_of_the_same(claims_in):
    """“Orla has 200,000 GPUs. Larkfield has like 128,000, Quillon has 90,000.”"""
    counts = claims_in(
        "Guest: Orla has 200,000 GPUs. Larkfield has like 128,000, Quillon has 90,000."
    )
    assert [(n, "GPUs") for n in (200_000, 128_000, 90_000)] == [(c.value, c.unit) for c in counts]


def test_a_second_sum_needs_no_unit(claims_in):
    first, second = claims_in(
        "Guest: They had 100 billion dollars of revenue last year, 200 billion this year."
    )
    assert (100e9, 200e9) == (first.value, second.value)


def test_what_others_say_has_the_unit_of_what_some_say(claims_in):
    some, others = claims_in("Guest: Some people say 5 to 10 years. Others say 10 to 20.")
    assert [(5, 10, "years"), (10, 20, "years")] == [
        (c.low, c.high, c.unit) for c in (some, others)
    ]
