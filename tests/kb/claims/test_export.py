"""Claims come back from CSV and Parquet as they went in, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, fields

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from kb.claims.export import to_csv, to_parquet
from kb.text.plain_text import safe
from kb.types import Claim

FORMULA = '=HYPERLINK("https://evil.example","AGI")'


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def read_parquet(data):
    return parquet.read_table(io.BytesIO(data))


def test_every_field_is_a_column_of_the_csv_and_comes_back(make_claim):
    claim = make_claim(
        quote='she said "2034",\nor so, café 🤖', supersedes=("c0", "c9"), low=-1.5, value=1e25
    )
    (row,) = read_csv(to_csv([claim]))

    assert [field.name for field in fields(Claim)] == list(row)
    assert claim.quote == row["quote"]
    assert "c0 c9" == row["supersedes"]
    assert (1e25, -1.5, "") == (float(row["value"]), float(row["low"]), row["high"])
    assert ("=", "false", "") == (row["comparator"], row["negated"], row["claimant"])
    assert (claim.char_start, claim.event_year) == (int(row["char_start"]), int(row["event_year"]))


def test_a_table_of_no_claims_has_its_header():
    assert [] == read_csv(to_csv([]))
    assert to_csv([]).startswith("id,kind,subject,topic,speaker,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝", "\r="])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(make_claim, start):
    """Quotes come from transcripts, and anybody may have written those."""
    (row,) = read_csv(to_csv([make_claim(quote=f"{start}cmd", subject=FORMULA, low=-3.0)]))

    assert row["quote"].startswith("'")
    assert f"'{FORMULA}" == row["subject"]
    assert "-3.0" == row["low"]


@given(st.text().map(safe))
def test_any_text_comes_back_but_for_the_apostrophe(make_claim, text):
    (row,) = read_csv(to_csv([make_claim(note=text)]))

    assert row["note"] in (text, f"'{text}")
    assert not row["note"].startswith(("=", "+", "-", "@", "\t", "\n"))


def test_claims_come_back_from_parquet_exactly(make_claim):
    """Also what CSV changes: formulas, control characters, None beside an empty text."""
    claims = [
        make_claim(),
        make_claim(
            id="c2", quote=f"{FORMULA}\r\x1b", supersedes=("c0", "c1"), note="", value=None,
            low=1e25, negated=True, start_seconds=12.5,
        ),
    ]  # fmt: skip
    rows = read_parquet(to_parquet(claims)).to_pylist()

    assert claims == [Claim(**(row | {"supersedes": tuple(row["supersedes"])})) for row in rows]


def test_the_columns_of_parquet_have_types_even_without_claims():
    schema = read_parquet(to_parquet([])).schema

    assert [field.name for field in fields(Claim)] == schema.names
    assert {
        "id": pa.string(), "kind": pa.string(), "claimant": pa.string(), "value": pa.float64(),
        "speaker_confidence": pa.float64(), "year_low": pa.int64(), "char_start": pa.int64(),
        "negated": pa.bool_(), "supersedes": pa.list_(pa.string()), "start_seconds": pa.float64(),
    }.items() <= {name: schema.field(name).type for name in schema.names}.items()  # fmt: skip


def test_a_generator_will_do(make_claim):
    assert to_csv([make_claim()]) == to_csv(claim for claim in [make_claim()])
    assert asdict(make_claim())["quote"] in to_csv(iter([make_claim()]))


def test_what_controls_or_hides_is_left_out(make_claim):
    """An escape sequence, a bidirectional override, and a letter of the invisible tags."""
    hidden = "\x1b[31m", "\u202e", "\U000e0041"
    (row,) = read_csv(to_csv([make_claim(note="a".join(hidden))]))

    assert "[31maa" == row["note"]
