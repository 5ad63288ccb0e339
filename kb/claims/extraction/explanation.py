"""Why each field of a claim has its value: the rule, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from kb.claims.extraction.drafts import Draft
from kb.types import Claim, Reason

PRINTED = 1.0
"""Confidence of a speaker whose name is printed in the transcript."""


def reasons_of(draft: Draft, claim: Claim, superseded: str | None) -> tuple[Reason, ...]:
    """The reasons for every field that says something, in the order in which people read them.

    ``superseded`` is the rule by which another claim took its place.
    """
    parts = (
        _what(draft, claim),
        _who(draft, claim),
        _when(draft, claim),
        _how(draft, claim),
        _links(claim, superseded),
    )
    return tuple(reason for part in parts for reason in part)


def _what(draft: Draft, claim: Claim) -> Iterator[Reason]:
    reading = draft.reading
    yield Reason("kind", claim.kind, reading.rule, reading.words)
    if claim.value is not None:
        yield Reason("value", f"{claim.value:g}", draft.figure_form, claim.figure)
    elif claim.low is not None and claim.high is not None:
        yield Reason(
            "low, high", f"{claim.low:g} to {claim.high:g}", draft.figure_form, claim.figure
        )
    if claim.unit:
        yield Reason("unit", claim.unit, draft.unit_rule, claim.figure)
    yield Reason("subject", claim.subject, "the words around the figure", claim.quote)
    if claim.topic:
        yield Reason("topic", claim.topic, "named in or just before the sentence", claim.quote)
    if claim.note:
        yield Reason("note", claim.note, reading.rule, claim.figure)


def _who(draft: Draft, claim: Claim) -> Iterator[Reason]:
    printed = claim.speaker_confidence >= PRINTED
    rule = "the label of the turn" if printed else "worked out from the words of the conversation"
    if draft.statement.is_heading:
        rule = "headings are the editor's"
    yield Reason("speaker", claim.speaker or "unknown", rule, "")
    if claim.claimant:
        yield Reason("claimant", claim.claimant, draft.holder.rule, draft.holder.words)


def _when(draft: Draft, claim: Claim) -> Iterator[Reason]:
    rule, words = draft.reading.rule, draft.reading.words
    years = (
        ("year_low", claim.year_low), ("year_high", claim.year_high),
        ("event_year", claim.event_year),
    )  # fmt: skip
    for name, year in years:
        if year is not None:
            yield Reason(name, str(year), rule, words)
    if claim.as_of:
        yield Reason("as_of", claim.as_of, "the date of the recording", "")


def _how(draft: Draft, claim: Claim) -> Iterator[Reason]:
    stance = draft.stance
    yield Reason("comparator", claim.comparator, "the words beside the figure", stance.hedge or "")
    if stance.hedge:
        yield Reason("hedge", stance.hedge, "words of doubt in its clause", stance.hedge)
    if stance.negation:
        yield Reason("negated", "true", "a word that denies the figure", stance.negation)
    if stance.condition:
        yield Reason("conditional", "true", "a condition in the sentence", stance.condition)
    if claim.asked:
        yield Reason("asked", "true", "the sentence is a question", claim.quote)
    if claim.fiction:
        yield Reason("fiction", "true", "it is told of a story", draft.statement.heading)


def _links(claim: Claim, superseded: str | None) -> Iterator[Reason]:
    if claim.superseded_by:
        yield Reason("superseded_by", claim.superseded_by, superseded or "", claim.quote)
    for older in claim.supersedes:
        yield Reason("supersedes", older, "a link back from what it corrects", claim.quote)
    if claim.restates:
        yield Reason("restates", claim.restates, "the same figure of the same person", claim.figure)
