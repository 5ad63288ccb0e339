"""Single numbers: every spelling is read as its value, and no text is too strange or too long."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from kb.claims.extraction.numerals import number_of, numerals

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number, joint=" ", conjunction=" "):
    """A number below 10,000 in words; ``joint`` stands in "twenty-five"."""
    if number < 20:
        return ONES[number]
    if number < 100:
        tens = TENS[number // 10 - 2]
        return f"{tens}{joint}{ONES[number % 10]}" if number % 10 else tens
    size, word = (100, "hundred") if number < 1000 else (1000, "thousand")
    whole = f"{ONES[number // size]} {word}"
    if not number % size:
        return whole
    before_rest = conjunction if number % size < 100 else " "
    return f"{whole}{before_rest}{spelled(number % size, joint, conjunction)}"


def said(text):
    """The words of each number and the values between which it lies."""
    return [(text[n.start : n.end], n.value, n.high) for n in numerals(text)]


# --- a table of what people say -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "7"),
        (2.5, "2.5"),
        (0.5, ".5"),
        (400_000, "400,000"),
        (1_234_567.5, "1,234,567.5"),
        (1.5e9, "1.5bn"),
        (80_000, "80k"),
        (7e10, "70B"),
        (3e6, "3 million"),
        (2e15, "2 million billion"),
        (50_000, "50, 000"),
        (17.7e6, "17. 7 million"),
        (25, "twenty-five"),
        (300_000, "three hundred thousand"),
        (2_500_000, "two point five million"),
        (2_500_000, "two and a half million"),
        (24, "two dozen"),
        (40_000, "40 grand"),
        (1e13, "10 to the 13"),
        (1e13, "10 to the 13th"),
        (1e-3, "10^-3"),
        (1e-3, "10⁻³"),
        (2e-5, "2 times 10 to the minus 5"),
        (1e19, "ten to the power of 19"),
        (1e19, "ten to the nineteen"),
        (1e26, "10^26"),
        (1e26, "10**26"),
        (1e26, "10²⁶"),
        (1.2e26, "1.2 x 10^26"),
        (2e25, "2e25"),
        (100, "a hundred"),
        (100_000, "a hundred thousand"),
        (12, "a dozen"),
        (2, "a couple"),
        (200, "a couple hundred"),
        (2000, "a couple of thousand"),
        (500_000, "half a million"),
        (250_000, "a quarter of a million"),
        (1984, "nineteen eighty four"),
        (2030, "twenty thirty"),
        (2012, "twenty twelve"),
        (150, "a hundred fifty"),
        (150_000, "a hundred fifty thousand"),
        (1500, "a thousand five hundred"),
        (1_500_000, "a million five hundred thousand"),
        (1_250_000, "1 million 250 thousand"),
        (1_250_000, "a million and a quarter"),
        (2500, "two-and-a-half thousand"),
        (100_000, "a hundred-odd thousand"),
        (20e6, "twenty-odd million"),
        (128, "one-twenty-eight"),
        (3_500_000, "3,5 million"),
        (1_200_000, "1.200.000"),
        (12_000, "12.000"),
        (1200, "1'200"),
        (1200, "1’200"),
        (1200, "1\u202f200"),
        (50_000, "50 000"),
        (2_000_000, "20 lakh"),
        (3e7, "three crore"),
        (1e26, "ten to the twenty-sixth"),
        (1e25, "10 to the twenty fifth"),
        (3e24, "three times ten to the twenty-fourth"),
        (5e24, "five e 24"),
        (1e26, "1 e twenty-six"),
    ],
)
def test_a_number_has_one_value_however_it_is_said(value, words):
    assert [(words, pytest.approx(value), pytest.approx(value))] == said(words)
    text = f"They told us {words}, in short."
    assert [(words, pytest.approx(value), pytest.approx(value))] == said(text)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1e4, 1e5, "tens of thousands"),
        (1e10, 1e11, "tens of billions"),
        (1e3, 1e4, "thousands"),
        (1e8, 1e9, "hundreds of millions"),
        (1e11, 3e11, "low hundreds of billions"),
        (12, 120, "dozens"),
        (200, 900, "a few hundred"),
        (2e6, 9e6, "several million"),
    ],
)
def test_an_order_of_magnitude_reaches_to_the_next(low, high, words):
    assert [(words, low, high)] == said(words)
    assert [True] == [n.vague for n in numerals(words)]


def test_numbers_come_in_the_order_of_the_text():
    text = "From 3 boats to a hundred, then tens of thousands."
    assert ["3", "a hundred", "tens of thousands"] == [words for words, _, _ in said(text)]


def test_two_exponents_are_a_range_where_operations_are_counted():
    """And only there: of years the second number is something else."""
    assert [("ten to the 25 or 26", 1e25, 1e26)] == said("ten to the 25 or 26 FLOP")
    assert [1e13, 14] == [value for _, value, _ in said("10 to the 13 or 14 years")]


@pytest.mark.parametrize("text", ["4x8 GPUs", "4×8", "the 8x7B model", "1920x1080"])
def test_sizes_and_products_are_no_numbers(text):
    assert [] == said(text)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([1e6, 500], "1 million, 500 people"),
        ([1e6, 3], "a million three years ago"),
        ([100, 2], "a hundred two-bedroom flats"),
        ([1, 3, 5e6], "1,3,5 million"),
        ([1, 2], "one-two"),
    ],
)
def test_numbers_side_by_side_are_not_one(parts, text):
    assert parts == [value for _, value, _ in said(text)]


@pytest.mark.parametrize("text", ["", "no number", "the H100", "v2", "someone", "tone", "often"])
def test_letters_and_names_hold_no_number(text):
    assert [] == said(text)


@pytest.mark.parametrize("text", ["٣٤٥", "३४५", "３４５", "³⁴⁵", "೩", "Ⅻ", "一二三"])
def test_digits_of_other_scripts_are_left_alone(text):
    assert [] == said(f"We counted {text} boats.")


@pytest.mark.parametrize("text", ["a thouſand", "a mıllıon", "5 mİllion", "nıneteen eighty"])
def test_letters_that_look_like_others_make_no_number_word(text):
    """Ignoring case takes "ſ" for an s and "ı" for an i; no scale is called so."""
    assert all(value < 1000 for _, value, _ in said(text))


@pytest.mark.parametrize("text", ["9" * 10_000, "1e999", "10 to the 999", "10^998", "9" * 160])
def test_numbers_that_count_nothing_are_no_numbers(text):
    assert [] == [value for _, value, _ in said(text) if value > 1e150]


def test_only_a_part_of_a_longer_text_is_read():
    text = "12 boats, 34 boats, 56 boats"
    assert [34.0] == [n.value for n in numerals(text, 9, 20)]


@pytest.mark.parametrize(
    ("value", "words"), [(1500.5, "1,500.5"), (25, "Twenty-five"), (None, "boats"), (None, "")]
)
def test_number_of_reads_digits_and_words(value, words):
    assert value == number_of(words)


# --- every format, any number -------------------------------------------------------------------

AMOUNTS = st.integers(0, 10**15)
SHORT = st.integers(1, 999)
TENTHS = st.integers(1, 9)
SUFFIXES = st.sampled_from(
    [("k", 1e3), ("K", 1e3), ("m", 1e6), ("M", 1e6), ("mn", 1e6), ("b", 1e9), ("B", 1e9),
     ("bn", 1e9), ("t", 1e12), ("tn", 1e12), ("trn", 1e12), (" hundred", 1e2), (" thousand", 1e3),
     (" million", 1e6), (" billion", 1e9), ("-billion", 1e9), (" trillion", 1e12),
     (" quadrillion", 1e15), (" quintillion", 1e18), (" bn", 1e9), (" dozen", 12.0)]
)  # fmt: skip
SCALES = st.sampled_from([("", 1.0), (" million", 1e6), (" billion", 1e9), (" trillion", 1e12)])
EXPONENTS = st.integers(1, 99)
POWERS = st.sampled_from(
    ["10^{}", "10 ^ {}", "10**{}", "10 to the {}", "10 to the {}th", "10 to the power {}",
     "10 to the power of {}", "ten to the {}", "ten to the power of {}"]
)  # fmt: skip
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
ARTICLES = st.sampled_from(
    [("a hundred", 1e2), ("a thousand", 1e3), ("a million", 1e6), ("a billion", 1e9),
     ("a trillion", 1e12), ("a hundred thousand", 1e5), ("a hundred million", 1e8),
     ("a thousand billion", 1e12), ("half a million", 5e5), ("half a billion", 5e8),
     ("a quarter of a million", 2.5e5), ("a couple hundred", 2e2), ("a couple of million", 2e6)]
)  # fmt: skip

FORMATS = {
    "plain digits": AMOUNTS.map(lambda n: (str(n), float(n))),
    "commas": AMOUNTS.map(lambda n: (f"{n:,}", float(n))),
    "commas and decimals": st.tuples(AMOUNTS, TENTHS).map(
        lambda parts: (f"{parts[0]:,}.{parts[1]}", float(f"{parts[0]}.{parts[1]}"))
    ),
    "digits and a scale": st.tuples(SHORT, SUFFIXES).map(
        lambda parts: (f"{parts[0]}{parts[1][0]}", parts[0] * parts[1][1])
    ),
    "decimals and a scale": st.tuples(SHORT, TENTHS, SUFFIXES).map(
        lambda parts: (
            f"{parts[0]}.{parts[1]}{parts[2][0]}",
            float(f"{parts[0]}.{parts[1]}") * parts[2][1],
        )
    ),
    "split thousands": SHORT.map(lambda n: (f"{n}, 000", n * 1000.0)),
    "words": st.tuples(
        st.integers(0, 9999), st.sampled_from(" -"), st.sampled_from([" ", " and "])
    ).map(lambda parts: (spelled(*parts), float(parts[0]))),
    "words and a scale": st.tuples(SHORT, SCALES).map(
        lambda parts: (spelled(parts[0]) + parts[1][0], parts[0] * parts[1][1])
    ),
    "spoken decimals": st.tuples(st.integers(1, 99), TENTHS, SCALES).map(
        lambda parts: (
            f"{spelled(parts[0])} point {ONES[parts[1]]}{parts[2][0]}",
            (parts[0] + parts[1] / 10) * parts[2][1],
        )
    ),
    "powers": st.tuples(POWERS, EXPONENTS).map(
        lambda parts: (parts[0].format(parts[1]), 10.0 ** parts[1])
    ),
    "powers in words": st.tuples(POWERS, EXPONENTS).map(
        lambda parts: (parts[0].removesuffix("th").format(spelled(parts[1])), 10.0 ** parts[1])
    ),
    "superscripts": EXPONENTS.map(
        lambda n: ("10" + str(n).translate(SUPERSCRIPTS), 10.0**n)
    ),
    "factor and power": st.tuples(TENTHS, TENTHS, st.sampled_from("x×*"), EXPONENTS).map(
        lambda parts: (
            f"{parts[0]}.{parts[1]} {parts[2]} 10^{parts[3]}",
            float(f"{parts[0]}.{parts[1]}e{parts[3]}"),
        )
    ),
    "scientific": st.tuples(TENTHS, TENTHS, st.sampled_from(["e", "E", "e+"]), EXPONENTS).map(
        lambda parts: (
            f"{parts[0]}.{parts[1]}{parts[2]}{parts[3]}",
            float(f"{parts[0]}.{parts[1]}e{parts[3]}"),
        )
    ),
    "articles": ARTICLES,
}  # fmt: skip
CARRIERS = st.sampled_from(["{} boats came.", "We counted {} of them.", "It was ({}), I think."])


@pytest.mark.parametrize("form", FORMATS)
@given(data=st.data())
def test_every_format_gives_its_number_back(form, data):
    words, value = data.draw(FORMATS[form])
    carrier = data.draw(CARRIERS)
    text = carrier.format(words)
    found = list(numerals(text))
    start = carrier.index("{")
    assert [(start, start + len(words))] == [(n.start, n.end) for n in found]
    assert pytest.approx(value, rel=1e-12) == found[0].value
    assert found[0].value == found[0].high


# --- any text -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["1", "9" * 40, ",", "000", ".", "10", "to the", "^", "⁵", "e", "k", "bn", "one", "twenty",
     "hundred", "thousand", "a", "couple", "tens", "of", "half", "point", "-", " ", "٣", "５", "ſ",
     "ı", "İ", "K", "$", "%", "x"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=4), max_size=30), st.sampled_from(["", " "]))
def test_no_text_breaks_the_reading_of_numbers(pieces, joint):
    text = joint.join(pieces)
    found = list(numerals(text))
    assert all(0 <= n.value <= n.high < 1e152 for n in found)
    ends = [0, *(n.end for n in found)]
    assert all(end <= n.start < n.end <= len(text) for end, n in zip(ends, found, strict=False))


@given(st.text(max_size=200))
def test_number_of_never_raises(text):
    assert isinstance(number_of(text), float | None)


@pytest.mark.parametrize(
    "piece",
    ["9", "one ", "one hundred ", ",", "1,", ",000", "10 to the ", "10^", "a hundred ", "tens of ",
     "point one ", ", 000", " ", "٣", "1e", "half a ", "twenty-"],
)  # fmt: skip
def test_time_grows_with_the_length_of_the_text(piece):
    short, long = ("1" + piece * (length // len(piece)) for length in (3_000, 48_000))
    assert grows_in_proportion(lambda text: list(numerals(text)), short, long)
