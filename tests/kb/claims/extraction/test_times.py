"""Durations placed before or after the recording, and dates named by their month."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from kb.claims.extraction.measures import measures
from kb.claims.extraction.times import named_dates, occurrence, placed

SAID = 2024


def place(text, year=SAID):
    """Where the first duration of a text lies: relation, first and last year, year of the event."""
    duration = next(m for m in measures(text, 0, len(text)) if m.dimension == "duration")
    found = placed(text, (0, len(text)), duration, year)
    return found.relation, found.year_low, found.year_high, found.event_year


def dates(text):
    """Month and year of each date, with the words that name it."""
    found = named_dates(text, 0, len(text))
    return [(date.month, date.year, text[date.start : date.end]) for date in found]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (("ahead", None, 2028, 2028), "The bridge stands four years from now."),
        (("ahead", 2024, 2029, None), "We build it in the next five years."),
        (("ahead", 2029, 2044, None), "It is 5 to 20 years away."),
        (("ahead", None, 2034, 2034), "It will be done in ten years."),
        (("ahead", None, 2044, 2044), "It is two decades away."),
        (("ago", None, None, 2014), "It fell ten years ago."),
        (("ago", None, None, 2004), "It fell two decades ago."),
        (("lasting", 2021, 2021, None), "We built it for the past three years."),
        (("lasting", 2019, 2019, None), "I have worked on it for five years."),
        (("ahead", None, 2034, 2034), "There are ten years left, ten years before the sea rises."),
        (("plain", None, None, None), "That was ten years before the flood."),
        (("plain", None, None, None), "A boat lasts 30 years."),
        (("plain", None, None, None), "It took 50 hours."),
    ],
)
def test_a_duration_lies_before_or_after_the_recording(expected, text):
    assert expected == place(text)


def test_without_the_year_of_the_recording_no_year_is_told():
    assert ("ahead", None, None, None) == place("It is four years from now.", year=None)
    assert ("ago", None, None, None) == place("It fell ten years ago.", year=None)


@pytest.mark.parametrize("text", ["It is 1e50 years away.", "It fell 90,000 years ago."])
def test_times_beyond_the_calendar_have_no_year(text):
    assert (None, None, None) == place(text)[1:]


def test_a_place_tells_the_words_that_it_rests_on():
    text = "It fell ten years ago."
    assert "ago" == placed(text, (0, len(text)), measures(text, 0, len(text))[0], SAID).words


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ((3, 2021, "March 2021"), "They met in March 2021."),
        ((3, 2021, "March 3rd, 2021"), "They met on March 3rd, 2021."),
        ((11, None, "November 30"), "They met on November 30."),
        ((11, None, "late November"), "They met in late November."),
        ((5, None, "May"), "They met in May."),
        ((8, 2019, "end of August 2019"), "They met at the end of August 2019."),
        ((9, 2019, "Sept. 2019"), "They met in Sept. 2019."),
    ],
)
def test_a_date_names_its_month(expected, text):
    month, year, words = expected
    found = dates(text)
    assert [(month, year)] == [date[:2] for date in found]
    assert found[0][2].endswith(words)


@pytest.mark.parametrize(
    "text",
    ["They may sail.", "May I sail?", "They march on.", "April Ogunleye sails.", "Mayors met."],
)
def test_months_that_are_other_words_are_no_dates(text):
    assert [] == dates(text)


def test_two_joined_dates_are_one_span():
    text = "We sailed from March to June 2019."
    (span,) = named_dates(text, 0, len(text))
    assert (3, 2019, 6, 2019) == (span.month, span.year, span.end_month, span.end_year)
    assert "March to June 2019" == text[span.start : span.end]


@pytest.mark.parametrize(
    ("year", "month", "said"),
    [(2024, 3, "2024-03-11"), (2024, 1, "2024-03-11"), (2023, 11, "2024-03-11"),
     (None, 3, "2024"), (None, 3, None), (None, 3, "soon")],
)  # fmt: skip
def test_a_month_was_last_in_the_year_of_the_recording_or_before(year, month, said):
    assert year == occurrence(month, said)


def test_a_month_to_come_is_the_next_one():
    assert 2025 == occurrence(2, "2024-03-11", coming=True)
    assert 2024 == occurrence(11, "2024-03-11", coming=True)


def test_the_last_such_month_is_not_the_one_of_the_recording():
    assert 2023 == occurrence(3, "2024-03-11", last=True)


def test_half_a_year_may_lie_in_another_year():
    """When the month of the recording is known, months count."""
    text = "It fell six months ago."
    (measure,) = measures(text, 0, len(text))
    years = [placed(text, (0, len(text)), measure, SAID, month=m).event_year for m in (3, 10)]
    assert [2023, 2024] == years


# --- any years, any text ------------------------------------------------------------------------


@given(st.integers(2, 900), st.integers(1950, 2100))
def test_years_are_counted_from_the_recording(years, said):
    assert said + years == place(f"It is {years} years from now.", said)[3]
    assert said - years == place(f"It was {years} years ago.", said)[3]


@given(st.integers(2, 90), st.integers(1, 90), st.integers(1950, 2100))
def test_a_range_of_years_has_both_its_ends(low, more, said):
    first, last = said + low, said + low + more
    assert ("ahead", first, last, None) == place(f"It is {low} to {low + more} years away.", said)


PIECES = st.sampled_from(
    "5 20 years months decades ago from now in the next past last for March May 2030 June 3rd , to "
    "or late early end of 1e50 '90s ２０ ſ ı away later".split()
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map(" ".join))
def test_no_text_breaks_the_reading_of_times(text):
    for measure in measures(text, 0, len(text)):
        if measure.dimension == "duration":
            found = placed(text, (0, len(text)), measure, SAID)
            years = found.year_low, found.year_high, found.event_year
            assert all(abs(year) < 10_000 for year in years if year is not None)
    for date in named_dates(text, 0, len(text)):
        assert 0 <= date.start < date.end <= len(text)
        assert 1 <= date.month <= 12


@pytest.mark.parametrize(
    "piece", ["in March 2030 ", "March, ", "early ", "May ", " ", "end of ", "June 3rd "]
)
def test_time_grows_with_the_length_of_the_text(piece):
    short, long = (piece * (length // len(piece)) for length in (3_000, 48_000))
    assert grows_in_proportion(lambda text: list(named_dates(text, 0, len(text))), short, long)
