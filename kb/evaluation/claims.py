"""Claims judged against gold: which are found, which are invented, which fields are right.

A claim matches a gold claim when its quote covers at least 60 % of the gold figure, a number of
both agrees within 1 %, and its kind is one of those that the gold allows. Each matches at most one.
Precision is judged only inside the annotated parts of a document. Left out of it are further
readings of a figure that was found already or that has no number, and quotes that lie mostly in a
borderline negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import and_, attrgetter
from pathlib import PurePosixPath
from typing import Any, get_args

from kb.evaluation.answering import ALL
from kb.evaluation.figures import Figure, Miss, mean_figure
from kb.evaluation.gold_claims import GoldClaim, GoldNegative
from kb.evaluation.places import COVERED, Places, Span, covered, same_person
from kb.types import Claim, ClaimKind

CORE, VERBAL = "core", "verbal"
COUNTED = (CORE, "restated", "minor")  # whoever leaves out what has no number misses nothing
TOLERANCE = 0.01
BORDERLINE_SHARE = 0.5  # of a quote, inside a borderline negative
SHOWN_CHARACTERS = 120


# --- what matches ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Located:
    """A gold claim with the places of its figure and of its quote."""

    gold: GoldClaim
    figure: Span
    quote: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """Gold and claims side by side.

    ``found`` are gold claims with their match, by the place of the gold; ``judged`` are the claims
    that count for precision, each with whether it is right.
    """

    located: tuple[Located, ...]
    claims: tuple[Claim, ...]
    found: dict[str, tuple[GoldClaim, Claim]]
    judged: tuple[tuple[Claim, bool], ...]
    places: Places

    @property
    def pairs(self) -> list[tuple[GoldClaim, Claim]]:
        return list(self.found.values())

    def gold(self, salience: str) -> list[GoldClaim]:
        return [entry.gold for entry in self.located if entry.gold.salience == salience]


def compare(
    gold: Sequence[GoldClaim],
    negatives: Sequence[GoldNegative],
    claims: Sequence[Claim],
    places: Places,
) -> Comparison:
    """Pair claims with gold claims, both in their order, and tell which of the others are wrong."""
    located = _located(gold, places)
    found: dict[str, tuple[GoldClaim, Claim]] = {}
    used: set[int] = set()
    for number, claim in enumerate(claims):
        for entry in located:
            if entry.gold.place not in found and _matches(entry, claim):
                found[entry.gold.place] = entry.gold, claim
                used.add(number)
                break
    parts = _annotated(located)
    settled = [e.figure for e in located if e.gold.place in found or e.gold.salience == VERBAL]
    borderline = [span for row in negatives if row.borderline if (span := row.span(places))]
    judged = [
        (claim, number in used)
        for number, claim in enumerate(claims)
        if _is_inside(_span(claim), parts)
        and (number in used or not _is_neither(_span(claim), settled, borderline))
    ]
    return Comparison(tuple(located), tuple(claims), found, tuple(judged), places)


def _located(gold: Iterable[GoldClaim], places: Places) -> list[Located]:
    """Gold claims whose quote stands in a document, each with the first place of its figure."""
    entries: list[Located] = []
    for claim in gold:
        if span := claim.span(places):
            document, start, end = span
            at = places.documents[document].text.find(claim.surface, start, end)
            exact = claim.surface and at >= 0
            figure = (document, at, at + len(claim.surface)) if exact else span
            entries.append(Located(claim, figure, span))
    return entries


def _matches(entry: Located, claim: Claim) -> bool:
    if claim.kind not in entry.gold.kinds or covered(entry.figure, [_span(claim)]) < COVERED:
        return False
    wanted, offered = numbers_of(entry.gold), numbers_of(claim)
    return not wanted or any(_agree(one, other) for one in wanted for other in offered)


def _annotated(located: Iterable[Located]) -> list[Span]:
    """From the first to the last gold quote of every annotated part."""
    parts: dict[tuple[str, int], Span] = {}
    for entry in located:
        document, start, end = entry.quote
        _, low, high = parts.get((document, entry.gold.part), entry.quote)
        parts[document, entry.gold.part] = document, min(low, start), max(high, end)
    return list(parts.values())


def _is_inside(span: Span, parts: Iterable[Span]) -> bool:
    document, start, end = span
    return any(document == name and low <= start and end <= high for name, low, high in parts)


def _is_neither(span: Span, settled: Iterable[Span], borderline: Iterable[Span]) -> bool:
    """Neither right nor wrong: another reading of a settled figure, or a borderline number."""
    return any(covered(figure, [span]) >= COVERED for figure in settled) or any(
        covered(span, [negative]) > BORDERLINE_SHARE for negative in borderline
    )


def _span(claim: Claim) -> Span:
    return claim.document_id, claim.char_start, claim.char_end


# --- fields ---------------------------------------------------------------------------------------


def numbers_of(claim: GoldClaim | Claim) -> tuple[float, ...]:
    """All that a claim says in numbers, years included."""
    fields = (claim.value, claim.low, claim.high)
    years = (claim.year_low, claim.year_high, claim.event_year)
    return tuple(float(number) for number in (*fields, *years) if number is not None)


def years_of(claim: GoldClaim | Claim) -> frozenset[float]:
    """The calendar years that a claim speaks of."""
    years: tuple[float | None, ...] = (claim.year_low, claim.year_high, claim.event_year)
    if claim.unit == "year":
        years += (claim.value, claim.low, claim.high)
    return frozenset(float(year) for year in years if year is not None)


def _agree(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def _all_agree(wanted: Sequence[float], offered: Sequence[float]) -> bool:
    return all(any(_agree(one, other) for other in offered) for one in wanted)


def _same_words(one: str | None, other: str | None) -> bool:
    return (one or "").lower() == (other or "").lower()


def _both(wanted: object, offered: object) -> bool:
    return bool(wanted) and bool(offered)


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """A field of matched claims: when the gold asks for it, and what is as good as the gold."""

    name: str
    of: Callable[[GoldClaim | Claim], Any]
    right: Callable[[Any, Any], bool]
    when_given: bool = True  # judged only where the gold has a value


FIELDS = (
    FieldCheck("value_exact", numbers_of, _all_agree, when_given=False),
    FieldCheck("years_exact", years_of, frozenset.issubset),
    FieldCheck("unit", attrgetter("unit"), _same_words, when_given=False),
    FieldCheck("comparator", attrgetter("comparator"), _same_words),
    FieldCheck("speaker", attrgetter("speaker"), same_person, when_given=False),
    FieldCheck("claimant_when_different", attrgetter("claimant"), same_person),
    FieldCheck("hedge_found", attrgetter("hedge"), _both),
    FieldCheck("negated_found", attrgetter("negated"), and_),
    FieldCheck("superseded_found", attrgetter("superseded_by"), _both),
)

FALSE: dict[str, Callable[[GoldClaim | Claim], Any]] = {
    "fields.false_negations": attrgetter("negated"),
    "fields.false_claimants": attrgetter("claimant"),
    "fields.false_supersessions": attrgetter("superseded_by"),
}
"""Shares of claims that have what their gold has not; lower is better."""


# --- figures --------------------------------------------------------------------------------------


def claim_figures(comparison: Comparison) -> list[Figure]:
    """Recall by salience and kind, precision by kind, and the share of right fields."""
    return [
        *_recall_figures(comparison),
        *_precision_figures(comparison),
        *_field_figures(comparison),
    ]


def _recall_figures(comparison: Comparison) -> list[Figure]:
    figures: list[Figure] = []
    for salience in COUNTED:
        hits = [gold.place in comparison.found for gold in comparison.gold(salience)]
        figures += _share(f"recall.{salience}", hits)
    core = comparison.gold(CORE)
    for kind in get_args(ClaimKind):
        hits = [gold.place in comparison.found for gold in core if gold.kind == kind]
        figures += _share(f"recall.{CORE}.{kind}", hits)
    return figures


def _precision_figures(comparison: Comparison) -> list[Figure]:
    figures = _share(f"precision.{ALL}", [right for _, right in comparison.judged])
    for kind in get_args(ClaimKind):
        rights = [right for claim, right in comparison.judged if claim.kind == kind]
        figures += _share(f"precision.{kind}", rights)
    return figures


def _field_figures(comparison: Comparison) -> list[Figure]:
    figures: list[Figure] = []
    for field in FIELDS:
        rights = [right for _, _, right in _checked(field, comparison)]
        figures += _share(f"fields.{field.name}", rights)
    for name, of in FALSE.items():
        wrongs = [bool(of(claim)) for gold, claim in comparison.pairs if not of(gold)]
        figures += _share(name, wrongs)
    texts = comparison.places.documents
    verbatim = [
        texts[claim.document_id].text[claim.char_start : claim.char_end] == claim.quote != ""
        for claim in comparison.claims
    ]
    return figures + _share("fields.quote_verbatim", verbatim)


def _checked(field: FieldCheck, comparison: Comparison) -> list[tuple[GoldClaim, Claim, bool]]:
    return [
        (gold, claim, bool(field.right(field.of(gold), field.of(claim))))
        for gold, claim in comparison.pairs
        if field.of(gold) or not field.when_given
    ]


def _share(name: str, rights: Sequence[bool]) -> list[Figure]:
    return [mean_figure(name, [float(right) for right in rights])] if rights else []


# --- what failed ----------------------------------------------------------------------------------


def claim_misses(comparison: Comparison) -> list[Miss]:
    """Gold that was not found, false alarms, and fields of found claims that are wrong."""
    missed = [
        _not_found(gold)
        for salience in COUNTED
        for gold in comparison.gold(salience)
        if gold.place not in comparison.found
    ]
    alarms = [
        _false_alarm(claim, comparison.places) for claim, right in comparison.judged if not right
    ]
    wrong = [
        _wrong_field(f"fields.{field.name}", gold, claim, field.of)
        for field in FIELDS
        for gold, claim, right in _checked(field, comparison)
        if not right
    ]
    invented = [
        _wrong_field(name, gold, claim, of)
        for name, of in FALSE.items()
        for gold, claim in comparison.pairs
        if of(claim) and not of(gold)
    ]
    return [*missed, *alarms, *wrong, *invented]


def _not_found(gold: GoldClaim) -> Miss:
    text = f"{gold.kind} “{gold.surface}” in {_shown(gold.evidence.quote)}"
    return Miss(f"recall.{gold.salience}", gold.place, text)


def _false_alarm(claim: Claim, places: Places) -> Miss:
    source = PurePosixPath(places.documents[claim.document_id].source).name
    text = f"“{claim.figure}” in {_shown(claim.quote)}"
    return Miss(f"precision.{claim.kind}", f"{source}, line {claim.line_start}", text)


def _wrong_field(
    name: str, gold: GoldClaim, claim: Claim, of: Callable[[GoldClaim | Claim], Any]
) -> Miss:
    text = f"{_said(of(claim))} instead of {_said(of(gold))} in {_shown(claim.quote)}"
    return Miss(name, gold.place, text)


def _said(value: Any) -> str:
    if not value:
        return "nothing"
    if isinstance(value, tuple | frozenset):
        return ", ".join(f"{number:.12g}" for number in sorted(set(value)))
    return "yes" if value is True else str(value)


def _shown(quote: str) -> str:
    text = " ".join(quote.split())
    return f"“{text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + '…'}”"
