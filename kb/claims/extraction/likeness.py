"""What two claims in the making have in common: their turn, their sentence, their figure."""

from __future__ import annotations

from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.durations import YEARS_EACH


def same_turn(first: Draft, second: Draft) -> bool:
    """Whether both stand in one turn; where nobody knows the turns, in one sentence."""
    same = first.statement.turn == second.statement.turn
    return same and (first.statement.turn is not None or same_sentence(first, second))


def same_sentence(first: Draft, second: Draft) -> bool:
    """Whether both stand in one sentence."""
    return first.statement.start == second.statement.start


def same_figure(first: Draft, second: Draft) -> bool:
    """Whether both tell the same value, whatever the unit of time."""
    size = sizes(first)
    return size is not None and size == sizes(second)


def sizes(draft: Draft) -> tuple[str, float, float] | None:
    """The figure in a unit common to its class: two weeks are not two months."""
    reading = draft.reading
    if reading.low is None or reading.high is None:
        return None
    each = YEARS_EACH.get(reading.unit.removeprefix("GPU-"), 1.0)
    return unit_class(reading.unit), reading.low * each, reading.high * each


def unit_class(unit: str) -> str:
    """The unit, or one name for all units of time."""
    if unit in YEARS_EACH:
        return "time"
    return "GPU-time" if unit.startswith("GPU-") else unit
