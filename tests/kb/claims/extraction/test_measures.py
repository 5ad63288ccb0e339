"""Figures with their units; and claims of whole documents in time that grows with their length."""

from __future__ import annotations

import math

import pytest
from growth import grows_in_proportion, seconds
from hypothesis import given
from hypothesis import strategies as st

from kb.claims.extract import extract_claims
from kb.claims.extraction.measures import measures
from kb.types import Document, Speaker, Turn


def measured(text):
    """Low, high and unit of everything that is measured, but not of mere numbers."""
    return [(m.low, m.high, m.unit) for m in measures(text, 0, len(text)) if m.unit]


def spoken(text):
    """A document in which one person says a text."""
    end = len(text)
    turn = Turn(0, "Ngozi Okwuosa", 1.0, "speech", 0, end, 1, 1, None, None, None)
    return Document(
        id="d", title="Boats", source="boats.txt", format="labelled", date="2024-03-11", link=None,
        sha256="0" * 64, text=text, speakers=(Speaker("Ngozi Okwuosa", "guest"),), turns=(turn,),
        sections=(), anchors=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (400_000, 400_000, "farms", "The survey reached 400,000 farms."),
        (20_000, 80_000, "people", "We hired 20 to 80k people."),
        (130, 140, "people", "We are 130, 140 people."),
        (200, 200, "ships", "A couple hundred ships sailed."),
        (12, 12, "pages", "Chapter 5 has 12 pages."),
        (1e13, 1e13, "FLOP/s", "It does 10 trillion synaptic operations per second."),
        (1e19, 1e19, "FLOP", "The run took ten to the power of 19 operations."),
        (2e25, 2e25, "FLOP", "It was 2e25 FLOP."),
        (8, 64, "GPUs", "We ran 8 to 64 GPUs."),
        (1000, 1000, "GPUs", "We rent 1,000 H100s."),
        (7e10, 7e10, "parameters", "It has 70 billion parameters."),
        (80, 80, "layers", "It has 80 layers."),
        (2048, 2048, "tokens", "It reads 2048 tokens."),
        (0.15, 0.15, "fraction", "About 15% of them sank."),
        (0.5, 0.5, "fraction", "Half of the fleet left."),
        (0.25, 0.25, "fraction", "A quarter of the fleet left."),
        (pytest.approx(2 / 3), pytest.approx(2 / 3), "fraction", "Two thirds of the fleet left."),
        (pytest.approx(1 / 3), pytest.approx(1 / 3), "fraction", "One in three boats leaks."),
        (100, 100, "x", "It is 100x cheaper."),
        (10, 10, "x", "It is ten times faster."),
        (1000, 1000, "x", "It is three orders of magnitude higher."),
        (2, 2, "x", "They doubled the crew."),
        (1000, 2000, "USD", "You pay one or $2,000."),
        (5e9, 6e9, "USD/year", "It burns $5-6 billion a year."),
        (20, 20, "USD/hour", "It is $20 per hour."),
        (1e10, 1e11, "USD", "They spent tens of billions."),
        (1.5e9, 1.5e9, "USD", "They paid 1.5bn for the dam."),
        (50_000, 50_000, "hours", "It took 50, 000 hours."),
        (5, 20, "years", "I'd say between 5 and 20 years."),
        (6, 12, "months", "Six months or maybe a year."),
        (5, 5, "years", "That took half a decade."),
        (20, 20, "years", "That took two decades."),
        (300, 300, "years", "That took 3 centuries."),
        (1.5, 1.5, "years", "In the last year and a half it grew."),
        (1984, 1984, "year", "In nineteen eighty four we began."),
        (2030, 2030, "year", "By twenty thirty it is done."),
        (2012, 2020, "year", "From 2012 to 2020 it grew."),
        (2030, 2039, "year", "The 2030s will be calm."),
        (1990, 1999, "year", "The '90s were calm."),
        (3, 3, "kilometers", "It is 3 kilometers long."),
    ],
)  # fmt: skip
def test_a_measure_has_its_unit(low, high, unit, text):
    assert [(low, high, unit)] == measured(text)


@pytest.mark.parametrize(
    "text",
    [
        "We asked GPT-4 about it.",
        "I bought a 4090 for it.",
        "She is number one here.",
        "He is one of the founders.",
        "They work 24/7 on it.",
        "Use version 3.11 now.",
        "We met at 10:30.",
        "Just a second, please.",
        "A billion dollars a year later came another.",
        "The second day came.",
    ],
)
def test_idioms_and_names_measure_nothing_but_money(text):
    assert [] == [unit for _, _, unit in measured(text) if not unit.startswith("USD")]


def test_measures_keep_the_order_and_the_place_of_their_words():
    text = "In 2019 we paid $5 million for 40 boats and half of the crew."
    found = measures(text, 0, len(text))
    assert ["2019", "$5 million", "40 boats", "half"] == [text[m.start : m.end] for m in found]
    assert [m.words for m in found] == [text[m.start : m.end] for m in found]


def test_only_the_sentence_is_measured():
    text = "We saw 12 boats. We saw 34 boats. We saw 56 boats."
    assert [34] == [m.low for m in measures(text, 17, 33)]


# --- any text -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["5", "20", "2030", "1,000", "k", "$", "%", "-", "to", "or", "and", ",", "maybe", "years",
     "months", "ago", "GPUs", "FLOP", "FLOP/s", "per", "second", "a", "an", "half", "of", "quarter",
     "decade", "the", "past", "year", "doubled", "twıce the", "ınches", "dayſ", "kılograms",
     "thouſand", "trıpled", "year and a bıt", "people", "1e149", "9e149", "yotta", "FLOP-days",
     "for", "in", "every", "chance", "AGI", "by", "if", "not", "sorry", "March", "2030s", "'90s",
     "watts", "three", "10^149", "dollars", ".", "?", "\n\n"]
)  # fmt: skip
TEXTS = st.tuples(
    st.lists(PIECES | st.text(max_size=4), max_size=40), st.sampled_from(["", " "])
).map(lambda parts: parts[1].join(parts[0]))


@given(TEXTS)
def test_no_text_breaks_the_measuring(text):
    for m in measures(text, 0, len(text)):
        assert 0 <= m.start < m.end <= len(text)
        assert m.low <= m.high
        assert math.isfinite(m.high)


@given(TEXTS)
def test_no_text_breaks_the_extraction(text):
    for claim in extract_claims(spoken(text)):
        assert claim.quote == text[claim.char_start : claim.char_end]
        assert all(math.isfinite(n) for n in (claim.value, claim.low, claim.high) if n is not None)
        assert all(
            abs(year) < 10_000
            for year in (claim.year_low, claim.year_high, claim.event_year)
            if year is not None
        )


@pytest.mark.parametrize(
    "text",
    ["9" * 10_000, "1e999 boats", "10 to the 999 boats", "a 10% chance of doom for 1e50 years"],
)
def test_numbers_beyond_all_counting_are_borne(text):
    assert all(math.isfinite(claim.value or 0) for claim in extract_claims(spoken(text)))


# --- time ---------------------------------------------------------------------------------------


def repeated(piece):
    """A text of a piece over and over, and one sixteen times as long."""
    return ("1 " + piece * (length // len(piece)) for length in (800, 12_800))


def every_claim(text):
    return extract_claims(spoken(text))


@pytest.mark.parametrize(
    "piece",
    ["9", "one ", "1,", "1,000,", "10 to the ", "$", "$5 a ", "5-", "5 to ", "a hundred ",
     "3 years or ", "a year ago 5 ", "half of 5 ", "doubled 5 ", "1 in ", "5 people, ", "2030s ",
     "10^25 FLOP per second ", "1 dollar-"],
)  # fmt: skip
def test_measuring_takes_time_in_proportion_to_the_text(piece):
    assert grows_in_proportion(lambda text: measures(text, 0, len(text)), *repeated(piece))


@pytest.mark.parametrize(
    "piece",
    ["9", "one ", ",", "1,", "10 to the ", "$", "$5 a ", "5-", "5 to ", "a hundred ", " ", "...",
     "word ", "3 years or ", "5 people, ", "5%, ", "AGI in 5 years. ", "in March 2030 ",
     "if 5 people ", "you said 5 people ", "By 2030, AGI. Sorry, 2031. ", "5 years? ",
     "Sorry, it's not 3 hours, it's 30 hours. "],
)  # fmt: skip
def test_extracting_takes_time_in_proportion_to_the_text(piece):
    assert grows_in_proportion(every_claim, *repeated(piece))


def test_space_between_words_is_passed_quickly():
    text = "word " * 60 + " " * 20_000 + "word " * 60 + "1" + " " * 20_000 + "2 boats."
    assert seconds(every_claim, text) < 10
