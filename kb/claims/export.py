"""Claims as files: CSV for spreadsheets, Parquet for data frames. One column for each field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields

from kb.text.plain_text import safe
from kb.types import Claim

COLUMNS = tuple(field.name for field in fields(Claim))
FORMULA_STARTS = tuple("=+-@\t\n＝＋－＠")


def to_csv(claims: Iterable[Claim]) -> str:
    """A header, and a row for each claim, with line feeds between rows.

    None is an empty cell, a truth is ``true`` or ``false``, ids of several claims are separated by
    spaces. A quote comes from a transcript that nobody vouches for, so text that a spreadsheet
    would run as a formula (it begins with = + - @, a tab or a line feed) gets an apostrophe before
    it, and control characters are left out; numbers and the sign in ``comparator`` are as they
    are. ``to_parquet`` keeps every text exactly.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for claim in claims:
        writer.writerow(_cell(name, value) for name, value in asdict(claim).items())
    return written.getvalue()


def to_parquet(claims: Iterable[Claim]) -> bytes:
    """A Parquet file with a typed column for each field; ``supersedes`` is a list of strings."""
    import pyarrow as pa  # it costs .1 s, and few commands need it
    from pyarrow import parquet

    types = {
        "bool": pa.bool_(),
        "int": pa.int64(),
        "float": pa.float64(),
        "tuple[str, ...]": pa.list_(pa.string()),
    }
    schema = pa.schema(
        # An annotation is text here; what is none of the types above is a string or a Literal.
        pa.field(field.name, types.get(str(field.type).removesuffix(" | None"), pa.string()))
        for field in fields(Claim)
    )
    table = pa.Table.from_pylist([asdict(claim) for claim in claims], schema=schema)
    written = io.BytesIO()
    parquet.write_table(table, written)
    return written.getvalue()


def _cell(name: str, value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        value = " ".join(value)
    if not isinstance(value, str) or name == "comparator":
        return value
    text = safe(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
