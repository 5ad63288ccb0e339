"""What to select: as SQL conditions, never with a value in the text, and of passages at hand."""

from __future__ import annotations

from collections.abc import Iterable

from kb.storage.relational import Dialect
from kb.storage.rows import fold, folded
from kb.types import ClaimFilters, Filters, Passage


def passage_conditions(filters: Filters) -> tuple[str, list[str]]:
    """An SQL condition over ``passages`` and the values of its placeholders."""
    conditions: list[str] = []
    values: list[str] = []
    if filters.speakers:
        conditions.append(f"speaker_folded IN ({_marks(filters.speakers)})")
        values += map(fold, filters.speakers)
    if filters.documents:
        conditions.append(f"document_id IN ({_marks(filters.documents)})")
        values += filters.documents
    if filters.topics:
        topics = f"SELECT passage_id FROM passage_topics WHERE folded IN ({_marks(filters.topics)})"
        conditions.append(f"id IN ({topics})")
        values += map(fold, filters.topics)
    for bound, comparison in ((filters.date_from, ">="), (filters.date_to, "<=")):
        if bound:
            dates = (
                "SELECT id FROM documents WHERE substr(date, 1, length(CAST(? AS TEXT))) "
                f"{comparison} substr(CAST(? AS TEXT), 1, length(date))"
            )
            conditions.append(f"document_id IN ({dates})")
            values += [bound, bound]
    return " AND ".join(conditions) or "TRUE", values


def passes(filters: Filters, passage: Passage, date: str | None) -> bool:
    """Whether a passage passes, whose document has this date, without asking the store."""
    speakers = [passage.speaker] if passage.speaker else []
    return (
        (not filters.speakers or _share(speakers, filters.speakers))
        and (not filters.documents or passage.document_id in filters.documents)
        and (not filters.topics or _share(passage.topics, filters.topics))
        and (not filters.date_from or _on_or_after(date, filters.date_from))
        and (not filters.date_to or _on_or_before(date, filters.date_to))
    )


def _share(names: Iterable[str], wanted: Iterable[str]) -> bool:
    return not set(map(fold, names)).isdisjoint(map(fold, wanted))


def _on_or_after(date: str | None, bound: str) -> bool:
    """At the coarser precision of both; an undated document passes no bound."""
    return date is not None and date[: len(bound)] >= bound[: len(date)]


def _on_or_before(date: str | None, bound: str) -> bool:
    return date is not None and date[: len(bound)] <= bound[: len(date)]


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def claim_conditions(
    filters: ClaimFilters, document_id: str | None, dialect: Dialect
) -> tuple[str, list[str | int]]:
    """An SQL condition over ``claims`` and the values of its placeholders."""
    tests: list[tuple[str, str | int | None]] = [
        ("kind = ?", filters.kind),
        ("topic = ?", filters.topic),
        ("speaker_folded = ?", folded(filters.speaker)),
        ("claimant_folded = ?", folded(filters.claimant)),
        ("coalesce(claimant_folded, speaker_folded) = ?", folded(filters.holder)),
        ("document_id = ?", document_id),
        ("coalesce(year_high, event_year, year_low) >= ?", filters.year_from),
        ("coalesce(year_low, event_year, year_high) <= ?", filters.year_to),
        *((dialect.contains, word) for word in fold(filters.query or "").split()),
    ]
    given = [(condition, value) for condition, value in tests if value is not None]
    conditions = " AND ".join(condition for condition, _ in given)
    return conditions or "TRUE", [value for _, value in given]
