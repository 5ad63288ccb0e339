"""Gold claims: JSON lines that say what should be found, and which numbers are no claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, BaseModel, Field

from kb.errors import InputError
from kb.evaluation.places import Places, Span
from kb.evaluation.questions import Evidence, Text, json_lines
from kb.types import ClaimKind, Comparator

Salience = Literal["core", "restated", "minor", "verbal"]

CLAIMS_HINT = 'Each line is one JSON object: {"kind": "timeline", "quote": "…", "surface": "…"}.'
NEGATIVES_HINT = 'Each line is one JSON object: {"quote": "…", "borderline": false}.'


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """What should be found. Fields that a `Claim` has too mean the same here.

    ``surface`` is the figure as it stands in the quote; empty means the whole quote.
    ``superseded_by`` is the id of another gold claim. ``part`` tells which annotated stretch of
    its document it belongs to; ``place`` is the file and line, for messages.
    """

    place: str
    evidence: Evidence
    surface: str
    kinds: tuple[ClaimKind, ...]  # the first one counts, the others are also right
    salience: Salience
    part: int
    speaker: str | None
    claimant: str | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    comparator: Comparator | None
    year_low: int | None
    year_high: int | None
    event_year: int | None
    hedge: str | None
    negated: bool
    superseded_by: str | None

    @property
    def kind(self) -> ClaimKind:
        return self.kinds[0]

    def span(self, places: Places) -> Span | None:
        """Where its quote stands, in the first document that has it."""
        return next(iter(places.find(self.evidence)), None)


@dataclass(frozen=True, slots=True)
class GoldNegative:
    """A number that is no claim; one that is ``borderline`` may be found or not."""

    place: str
    evidence: Evidence
    borderline: bool

    def span(self, places: Places) -> Span | None:
        """Where its quote stands, in the first document that has it."""
        return next(iter(places.find(self.evidence)), None)


class _PlacedRow(BaseModel):
    quote: Text
    document: str | None = Field(None, validation_alias=AliasChoices("document", "file"))

    def evidence(self) -> Evidence:
        return Evidence(self.quote, self.document)


class _ClaimRow(_PlacedRow):
    kind: ClaimKind
    alt_kind: ClaimKind | None = None
    surface: str = ""
    salience: Salience = "core"
    part: int = 0
    speaker: str | None = None
    claimant: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    comparator: Comparator | None = None
    year_low: int | None = None
    year_high: int | None = None
    event_year: int | None = None
    hedge: str | None = None
    negated: bool = False
    superseded_by: str | None = None

    def claim(self, place: str) -> GoldClaim:
        fields = self.model_dump(exclude={"quote", "document", "kind", "alt_kind"})
        kinds = (self.kind, self.alt_kind) if self.alt_kind else (self.kind,)
        return GoldClaim(place=place, evidence=self.evidence(), kinds=kinds, **fields)


class _NegativeRow(_PlacedRow):
    borderline: bool = False


def read_gold_claims(path: Path) -> list[GoldClaim]:
    """Gold from JSON lines; raises NotFound, and InputError that names the line."""
    claims = [row.claim(place) for place, row in json_lines(path, _ClaimRow, CLAIMS_HINT)]
    if not claims:
        raise InputError(f"{path} holds no claims.", CLAIMS_HINT)
    return claims


def read_negatives(path: Path) -> list[GoldNegative]:
    """Numbers that are no claims; raises NotFound, and InputError that names the line."""
    return [
        GoldNegative(place, row.evidence(), row.borderline)
        for place, row in json_lines(path, _NegativeRow, NEGATIVES_HINT)
    ]


def missing_quotes(rows: Iterable[GoldClaim | GoldNegative], places: Places) -> list[str]:
    """Quotes that no document has; one line each."""
    return [
        f"{row.place}: no document has the quote “{row.evidence.quote[:60]}”"
        for row in rows
        if not places.find(row.evidence)
    ]
