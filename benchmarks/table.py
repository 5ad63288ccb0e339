"""The rows of the table: ours beside a peer and a limit, with ratios, and whether goals are met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("what", "ours", "peer", "limit", "ours / peer", "ours / limit", "goal", "met")
MET = {True: "yes", False: "**no**", None: ""}


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be: at least or at most so much."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``peer`` and ``limit`` are a name and a figure in the unit of ours."""

    what: str
    ours: float | None
    unit: str = ""
    peer: tuple[str, float] | None = None
    limit: tuple[str, float] | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            f"{self.what} ({self.note})" if self.note else self.what,
            "not measured" if self.ours is None else number(self.ours, self.unit),
            self._beside(self.peer),
            self._beside(self.limit),
            self._ratio(self.peer),
            self._ratio(self.limit),
            self.goal.text if self.goal else "",
            MET[self.goal.met] if self.goal and self.ours is not None else "",
        )

    def _beside(self, other: tuple[str, float] | None) -> str:
        return f"{other[0]}: {number(other[1], self.unit)}" if other else ""

    def _ratio(self, other: tuple[str, float] | None) -> str:
        return number(self.ours / other[1]) if other and other[1] and self.ours is not None else ""


def not_measured(what: str, reason: str) -> Row:
    return Row(what, None, note=reason)


def at_least(value: float, least: float, text: str = "") -> Goal:
    return Goal(text or f"≥ {number(least)}", value >= least)


def at_most(value: float, most: float, text: str = "") -> Goal:
    return Goal(text or f"≤ {number(most)}", value <= most)


def number(value: float, unit: str = "") -> str:
    """Three figures that tell something."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f} {unit}".strip()


def markdown(rows: Sequence[Row]) -> str:
    lines = [HEADINGS, ("---", *("---:" for _ in HEADINGS[1:-2]), "---", "---")]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [*lines, *(row.cells for row in rows)])
