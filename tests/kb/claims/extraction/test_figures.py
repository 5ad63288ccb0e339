"""Figures: numbers with their sign and their bounds, joined to ranges; never names or labels."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion, seconds
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.claims.extraction.figures import figures


def every_figure(text):
    return figures(text, 0, len(text))


def said(text):
    """Low, high, sign and words of each figure."""
    found = every_figure(text)
    return [(f.low, f.high, f.mark, text[f.start : f.end]) for f in found]


DIGITS = "one two three four five six seven eight nine".split()
SCALES = st.sampled_from(
    [("hundred", 1e2), ("thousand", 1e3), ("hundred thousand", 1e5), ("million", 1e6),
     ("hundred million", 1e8), ("billion", 1e9), ("hundred billion", 1e11)]
)  # fmt: skip
JOINTS = st.sampled_from(["{} to {}", "{} or {}", "between {} and {}", "from {} to {}", "{}-{}"])


@given(st.integers(1, 8), st.integers(2, 9), SCALES, JOINTS, st.booleans())
def test_the_first_of_two_numbers_shares_the_whole_scale(first, second, scale, joint, in_digits):
    """“Three to four hundred thousand” begins at three hundred thousand, not at three."""
    assume(first < second)
    assume(in_digits or joint != "{}-{}")
    names = (str(first), str(second)) if in_digits else (DIGITS[first - 1], DIGITS[second - 1])
    [figure] = every_figure(f"It was {joint.format(*names)} {scale[0]} boats.")
    assert (first * scale[1], second * scale[1]) == (figure.low, figure.high)


@pytest.mark.parametrize(
    ("low", "high", "mark", "words"),
    [
        (15, 15, "%", "15%"),
        (15, 15, "%", "15 %"),
        (15, 15, "%", "fifteen percent"),
        (15, 15, "%", "15 per cent"),
        (20, 20, "USD", "$20"),
        (20, 20, "USD", "20 dollars"),
        (1.2e12, 1.2e12, "USD", "$1.2 trillion"),
        (3e6, 3e6, "EUR", "€3m"),
        (2e6, 2e6, "GBP", "£2 million"),
        (100, 100, "x", "100x"),
        (1000, 1000, "x", "three orders of magnitude"),
        (1000, 10_000, "x", "three or four orders of magnitude"),
        (1000, 1000, "x", "a thousand or three orders of magnitude"),
        (20_000, 80_000, "", "20 to 80k"),
        (20_000, 80_000, "", "20k to 80k"),
        (5000, 6000, "USD", "$5k-6k"),
        (1000, 2000, "USD", "one or $2,000"),
        (5e9, 6e9, "USD", "$5-6 billion"),
        (5e9, 6e9, "USD", "$5 to $6 billion"),
        (50_000, 100_000, "", "50 to a hundred thousand"),
        (10, 20, "%", "ten to 20 percent"),
        (60, 70, "%", "60, 70 percent"),
        (130, 140, "", "130, 140"),
        (10, 20, "", "10–20"),
        (8, 64, "", "8 to 64"),
        (1e12, 1e14, "", "10 to the 12 to 10 to the 14"),
        (1e25, 1e26, "", "1e25 to 1e26"),
        (2, 9, "", "two, or maybe like nine"),
        (1e10, 1e11, "", "tens of billions"),
        (3e5, 4e5, "", "three, four hundred thousand"),
        (50_000, 2e5, "", "fifty to two hundred thousand"),
        (2030, 2035, "", "2030-35"),
        (20, 20, "%", "20ish percent"),
        (4e6, 4e6, "CAD", "C$4 million"),
        (4e6, 4e6, "CAD", "4 million Canadian dollars"),
        (4e6, 4e6, "AUD", "A$4 million"),
        (4e6, 4e6, "JPY", "¥4 million"),
        (4e6, 4e6, "JPY", "4 million yen"),
        (4e6, 4e6, "CNY", "4 million yuan"),
        (4e6, 4e6, "INR", "40 lakh rupees"),
        (4e6, 4e6, "CHF", "4 million Swiss francs"),
        (3.5, 3.5, "%", "3,5 %"),
    ],
)
def test_a_figure_has_its_ends_and_its_sign(low, high, mark, words):
    assert [(low, high, mark, words)] == said(f"We counted {words} boats.")


@pytest.mark.parametrize(
    ("low", "high", "words", "text"),
    [
        (5, 20, "5 and 20", "between 5 and 20 boats"),
        (2012, 2020, "2012 to 2020", "from 2012 to 2020"),
        (2030, 2035, "2030 or 2035", "it comes in 2030 or 2035"),
        (2030, 2030, "2030", "it comes in 2030"),
    ],
)
def test_words_around_may_join_two_numbers(low, high, words, text):
    assert [(low, high, "", words)] == said(text)


def test_two_things_that_are_counted_stay_two():
    assert [3, 40] == [low for low, _, _, _ in said("They have 3 boats and 40 sailors.")]
    assert [5, 10] == [low for low, _, _, _ in said("It is $5 or 10% of it.")]


@pytest.mark.parametrize(
    "text",
    [
        "We asked GPT-4 about it.",
        "An H100 is dear.",
        "I bought a 4090 for it.",
        "Both R1 and o1 are out.",
        "It is Python 3 we use.",
        "1. Buy bread.",
        "2) Buy milk.",
        "See section 4.2 for it.",
        "In chapter 5 we ask why.",
        "It fell in round #3.",
        "She is number one here.",
        "They work 24/7 on it.",
        "Use version 3.11 now.",
        "We met at 10:30.",
        "It was the 3rd of its kind.",
        "The 21st century began.",
        "A level 4 car drives alone.",
        "The 2030s will be calm.",
    ],
)
def test_names_labels_and_times_of_day_are_no_figures(text):
    assert [] == said(text)


@pytest.mark.parametrize(
    ("comparator", "text"),
    [
        ("=", "It needs 40 cooks."),
        (">", "It needs at least 40 cooks."),
        (">", "It needs more than, like, 40 cooks."),
        (">", "It needs 40+ cooks."),
        (">", "The cooks were 40 or more."),
        ("<", "It needs fewer than 40 cooks."),
        ("<", "It needs up to 40 cooks."),
        ("~", "It needs about 40 cooks."),
        ("~", "It needs maybe 40 cooks."),
        ("~", "It needs 40ish cooks."),
        ("range", "It needs 40 to 50 cooks."),
        ("range", "It needs maybe 40 to 50 cooks."),
        (">", "It starts after 2030."),
        ("<", "It ends by 2030."),
    ],
)
def test_a_bound_or_a_doubt_stands_beside_its_figure(comparator, text):
    assert [comparator] == [f.comparator for f in figures(text, 0, len(text))]


def test_years_are_told_from_counts():
    text = "In 2031 there were 2,031 boats and $2031."
    assert [True, False, False] == [f.bare_year for f in figures(text, 0, len(text))]


def test_a_long_list_of_years_is_no_endless_range():
    text = ", ".join(str(year) for year in range(1900, 2000))
    assert all(len(f.numerals) < 30 for f in figures(text, 0, len(text)))
    assert 1999 == figures(text, 0, len(text))[-1].high


# --- ranges in every format ---------------------------------------------------------------------

NUMBERS = st.integers(2, 499)


def test_a_slip_between_powers_of_ten_is_no_range():
    assert 2 == len(said("It was 10 to the 30 or 10 to the 13 a second."))


JOINTS = st.sampled_from([" to ", "-", "–", " or ", " or maybe ", " to like ", ", or "])
MARKED = {
    "plain": ("{}", "", 1.0),
    "thousands": ("{}k", "", 1e3),
    "millions": ("{} million", "", 1e6),
    "commas": ("{},000,000", "", 1e6),
    "decimals": ("{}.5", "", None),
    "percent sign": ("{}%", "%", 1.0),
    "percent": ("{} percent", "%", 1.0),
    "dollar sign": ("${}", "USD", 1.0),
    "dollars": ("{} dollars", "USD", 1.0),
    "dollars with a scale": ("${}bn", "USD", 1e9),
    "euros": ("€{}", "EUR", 1.0),
    "pounds": ("£{}k", "GBP", 1e3),
    "factor": ("{}x", "x", 1.0),
    "power": ("10^{}", "", "power"),
}


def worth(number, factor):
    if factor == "power":
        return 10.0**number
    return number + 0.5 if factor is None else number * factor


@pytest.mark.parametrize("form", MARKED)
@given(number=NUMBERS)
def test_a_single_figure_gives_its_number_back(form, number):
    pattern, mark, factor = MARKED[form]
    number = number % 99 + 1 if factor == "power" else number
    words = pattern.format(number)
    value = pytest.approx(worth(number, factor))
    assert [(value, value, mark, words)] == said(f"We counted {words} boats.")


@pytest.mark.parametrize("form", MARKED)
@given(low=NUMBERS, more=NUMBERS, joint=JOINTS)
def test_a_range_gives_both_its_ends_back(form, low, more, joint):
    pattern, mark, factor = MARKED[form]
    if factor == "power":
        low, more = low % 49 + 1, more % 49 + 1
        assume(not joint.startswith("-"))
    words = f"{pattern.format(low)}{joint}{pattern.format(low + more)}"
    ends = pytest.approx(worth(low, factor)), pytest.approx(worth(low + more, factor))
    assert [(*ends, mark, words)] == said(f"We counted {words} boats.")


@pytest.mark.parametrize(
    ("pattern", "mark", "factor"),
    [("{}k", "", 1e3), ("{} million", "", 1e6), ("{}%", "%", 1.0), ("{} dollars", "USD", 1.0),
     ("{} billion dollars", "USD", 1e9)],
)  # fmt: skip
@given(low=st.integers(2, 400), more=st.integers(1, 400), joint=JOINTS)
def test_the_first_end_shares_what_is_said_once(pattern, mark, factor, low, more, joint):
    words = f"{low}{joint}{pattern.format(low + more)}"
    ends = pytest.approx(low * factor), pytest.approx((low + more) * factor)
    assert [(*ends, mark, words)] == said(f"We counted {words} boats.")


# --- any text -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["5", "20", "2030", "1,000", "k", "$", "€", "%", "-", "–", "/", "to", "or", "and", ",", "maybe",
     "like", "between", "about", "at least", "x", "times", "orders of magnitude", "ten", "percent",
     "tens of billions", "GPT", ".", "section", "10^9", "٣", "５", "ſ", "ı", "dollars", "\n"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=30), st.sampled_from(["", " "]))
def test_no_text_breaks_the_reading_of_figures(pieces, joint):
    text = joint.join(pieces)
    found = figures(text, 0, len(text))
    assert all(0 <= f.start < f.end <= len(text) and 0 <= f.low <= f.high for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "1 or " + "maybe, " * 40 + "zebra 2 boats.",
        "1 or " + "like " * 40 + "zebra 2 boats.",
        "over " + "um," * 14 + "z5 boats 5.",
        "about " + ", " * 20 + "z 5 boats.",
        "1" + " " * 40_000 + "2",
    ],
)
def test_fillers_take_no_endless_time(text):
    assert seconds(every_figure, text) < 5


@pytest.mark.parametrize(
    "piece",
    ["9", "one ", ",", "1,", "1,000,", "10 to the ", "$", "$ ", "$5 ", "a hundred ", "5-", "5 to ",
     "5 or ", "between 5 and ", "2030, ", "tens of billions, ", "60, 70 ", "maybe ", "10^", "(1) "],
)  # fmt: skip
def test_time_grows_with_the_length_of_the_text(piece):
    short, long = ("1" + piece * (length // len(piece)) for length in (1_000, 16_000))
    assert grows_in_proportion(every_figure, short, long)
