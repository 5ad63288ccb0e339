"""Claims of a document, and why each is what it is: deterministic, from the words alone.

A sentence's figures are found, measured, read as claims of a kind, given to whoever holds them,
and linked to what they correct or repeat. ``explain`` runs the same steps and tells the rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kb.claims.extraction.among_chances import among_chances
from kb.claims.extraction.among_forecasts import among_forecasts
from kb.claims.extraction.cast import Cast
from kb.claims.extraction.drafts import Draft, drafts_of
from kb.claims.extraction.explanation import reasons_of
from kb.claims.extraction.links import Links, linked
from kb.claims.extraction.repeats import continued, echoed
from kb.claims.extraction.shared_topics import topics_of
from kb.claims.extraction.statements import statements
from kb.claims.extraction.subjects import subject_of
from kb.errors import NotFound
from kb.types import Claim, Document, Reason


def extract_claims(document: Document) -> list[Claim]:
    """Every claim, in the order of the text. Linear in the length of the text."""
    drafts, links = _read(document)
    ids = [_identifier(document, draft) for draft in drafts]
    supersedes: dict[int, list[str]] = {}
    for old, new in links.superseded_by.items():
        supersedes.setdefault(new, []).append(ids[old])
    topics = topics_of(drafts, links)
    return [
        _claim(draft, ids, position, links, topics[position], tuple(supersedes.get(position, ())))
        for position, draft in enumerate(drafts)
    ]


def _read(document: Document) -> tuple[list[Draft], Links]:
    cast = Cast(document)
    found = [draft for statement in statements(document) for draft in drafts_of(statement, cast)]
    found.sort(key=lambda draft: (draft.start, draft.end))
    drafts = continued(echoed(among_forecasts(among_chances(found, cast)), cast))
    return drafts, linked(drafts)


def _identifier(document: Document, draft: Draft) -> str:
    """Twelve hexadecimal digits, the same for the same figure of the same text."""
    reading = draft.reading
    parts = (document.id, draft.start, draft.end, reading.kind, reading.unit)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _claim(
    draft: Draft,
    ids: Sequence[str],
    position: int,
    links: Links,
    topic: str | None,
    supersedes: tuple[str, ...],
) -> Claim:
    statement, reading, document = draft.statement, draft.reading, draft.statement.document
    single = reading.low is not None and reading.low == reading.high
    newer, first = links.superseded_by.get(position), links.restates.get(position)
    anchor = document.anchor_at(statement.start)
    start, end = draft.start - statement.start, draft.end - statement.start
    return Claim(
        id=ids[position],
        kind=reading.kind,
        subject=subject_of(statement, start, end),
        topic=topic,
        speaker=statement.speaker,
        speaker_confidence=statement.confidence,
        claimant=draft.holder.name,
        value=reading.low if single else None,
        low=None if single else reading.low,
        high=None if single else reading.high,
        unit=reading.unit or None,
        comparator=draft.comparator,
        year_low=reading.year_low,
        year_high=reading.year_high,
        event_year=reading.event_year,
        as_of=document.date,
        hedge=draft.stance.hedge,
        negated=draft.stance.negation is not None,
        conditional=draft.stance.condition is not None,
        condition=draft.stance.condition,
        asked=draft.stance.asked,
        fiction=statement.fiction,
        superseded_by=None if newer is None else ids[newer],
        supersedes=supersedes,
        restates=None if first is None else ids[first],
        note=reading.note,
        figure=document.text[draft.start : draft.end],
        figure_start=draft.start,
        figure_end=draft.end,
        quote=statement.text,
        document_id=document.id,
        title=document.title,
        char_start=statement.start,
        char_end=statement.end,
        line_start=anchor.line if anchor else 1,
        start_seconds=anchor.seconds if anchor else None,
    )


def explain(document: Document, claim: Claim) -> tuple[Reason, ...]:
    """Which rule and which words gave each field of a claim of this document.

    Raises NotFound when the rules of today would not make this claim.
    """
    drafts, links = _read(document)
    for position, draft in enumerate(drafts):
        if _identifier(document, draft) == claim.id:
            return reasons_of(draft, claim, links.rules.get(position))
    raise NotFound(
        f"Claim {claim.id} was extracted by another version.",
        "Ingest its document again: kb ingest --force PATH.",
    )
