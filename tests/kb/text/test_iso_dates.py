"""Which texts are dates of the calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.iso_dates import is_date


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_its_month_and_its_year_are_dates(day):
    iso = day.isoformat()
    assert [True] * 3 == [is_date(iso[:length]) for length in (4, 7, 10)]


@pytest.mark.parametrize("text", ["2023-02-29", "2021-13", "0000", "23", "2023-7-1", "2023-07-16T"])
def test_other_texts_are_none(text):
    assert not is_date(text)
