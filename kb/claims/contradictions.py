"""Where statements on one subject do not meet: between people, and of one person over time.

The rules favour precision. Two statements are compared only when they measure the same (a year
with a year, dollars with dollars) of the same event, and when both are beliefs: nothing negated,
asked, told as fiction or withdrawn. A median year is not compared with a probability by a year.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise, product
from typing import Literal

from kb.claims.identity import Identity, identity_of
from kb.claims.spans import (
    Measure,
    Span,
    condition_of,
    figure_text,
    horizon_of,
    span_of,
    widened,
    year_of,
)
from kb.search.lexical import stem
from kb.text.words import content_words
from kb.types import Claim

DifferenceKind = Literal["contradiction", "changed view", "difference"]
Aspect = Literal["value", "definition", "condition", "date of the statement"]

LEAST_LIKENESS = 0.6  # share of the words that two conditions have in common when they are one

# The speaker's own affairs ("our rent", "I worked there for"): two people have two of them.
_PERSONAL = re.compile(
    r"\b(?:mine|ours|(?:my|our)(?! (?:best |own )?(?:estimate|guess|median|forecast|prediction|"
    r"number|view|timeline|probability|opinion))|(?:I|we)(?:['’]ve| have| had| did| was| were| "
    r"(?:work|start|join|spen|mov|hir|pa[iy])\w*))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Event:
    """What is measured of what. Events of one ``family`` are near to each other ("AGI" and
    "human-level AI"); ``unit`` parts amounts that cannot be compared.
    """

    label: str
    measure: Measure
    unit: str | None
    family: str
    forecast_of_many: bool  # has a topic, so that it is the same event whoever speaks of it


@dataclass(frozen=True)
class View:
    """A claim as it was first stated, and the claims that say the same again."""

    claim: Claim
    restated: tuple[Claim, ...]
    event: Event

    @property
    def times(self) -> int:
        return 1 + len(self.restated)

    @cached_property
    def as_of(self) -> str | None:
        """The last date on which it was still held."""
        dates = [claim.as_of for claim in (self.claim, *self.restated) if claim.as_of]
        return max(dates, default=None)

    @property
    def is_belief(self) -> bool:
        """Whether somebody holds it, with a figure; a forecast of a year gone by is none."""
        claim = self.claim
        if claim.negated or claim.asked or claim.fiction or claim.holder is None or not self.span:
            return False
        said = year_of(claim.as_of)
        return self.event.measure != "year" or said is None or self.span[1] >= said

    @cached_property
    def condition(self) -> str:
        return condition_of(self.claim)

    @cached_property
    def span(self) -> Span | None:
        return span_of(self.claim)

    @cached_property
    def room(self) -> Span | None:
        return widened(self.claim)

    @cached_property
    def horizon(self) -> float:
        return horizon_of(self.claim)

    @cached_property
    def personal(self) -> bool:
        """Whether it is about the speaker's own affairs."""
        return not self.event.forecast_of_many and bool(_PERSONAL.search(self.claim.quote))


@dataclass(frozen=True, slots=True)
class Difference:
    """Two claims that do not meet: of a changed view the earlier first, else the lower figure.

    A ``contradiction`` is about the same event under the same condition; a ``changed view`` is one
    person's, over time; a ``difference`` may come from the definition or the condition alone.
    ``explanations`` say for every aspect what stands against what.
    """

    kind: DifferenceKind
    aspects: tuple[Aspect, ...]
    event: str
    measure: Measure
    claims: tuple[Claim, Claim]
    explanations: tuple[str, ...]


Found = tuple[DifferenceKind, View, View]


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The words of a text without inflection and mere grammar."""
    return frozenset(stem(" ".join(content_words(text))))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of all words that both have, 0 to 1; nothing is like nothing."""
    together = len(first | second)
    return len(first & second) / together if together else 0.0


def meet(first: View, second: View) -> bool:
    """Whether two views of one measure can both be true, as far as their figures go.

    A probability by an earlier year may be lower than one by a later year, or without a year.
    """
    one, other = first.room, second.room
    if one is None or other is None:
        return True
    if first.event.measure == "probability" and first.horizon != second.horizon:
        sooner, later = (one, other) if first.horizon < second.horizon else (other, one)
        return sooner[0] <= later[1]
    return one[0] <= other[1] and other[0] <= one[1]


def find_differences(views: Iterable[View], most: int) -> tuple[list[Difference], int]:
    """The weightiest differences, and how many there are.

    Contradictions first, then changed views, then what differs in definition or condition; in each
    of them the widest gap of a measure first.
    """
    fields: dict[tuple[Measure, str | None, str], dict[Identity | None, list[View]]] = {}
    for view in views:
        if view.is_belief:
            event = view.event
            holders = fields.setdefault((event.measure, event.unit, event.family), {})
            holders.setdefault(identity_of(view.claim), []).append(view)
    found: list[Found] = []
    for holders in fields.values():
        for own in holders.values():
            found += _corrections(own)
            found += _over_time(own)
        held = [[view for view in _current(own) if not view.personal] for own in holders.values()]
        found += filter(None, (_between(one, other) for one, other in combinations(held, 2)))
    order = ("contradiction", "changed view", "difference")
    found.sort(key=lambda one: (order.index(one[0]), one[1].event.measure, -_gap(*one[1:])))
    return [_difference(*one) for one in found[:most]], len(found)


def _corrections(own: Sequence[View]) -> Iterator[Found]:
    """What a person withdrew for something else, as the extraction linked it."""
    by_id = {claim.id: one for one in own for claim in (one.claim, *one.restated)}
    for earlier in own:
        later = by_id.get(earlier.claim.superseded_by or "")
        if later and later is not earlier and later.span != earlier.span:
            yield "changed view", earlier, later


def _over_time(own: Sequence[View]) -> Iterator[Found]:
    """What a person said on two dates, or twice on one, that does not meet."""
    for alike in _by_circumstance(own):
        steps = _steps(alike)
        for before, after in pairwise(steps):
            if all(_contradict(*pair) for pair in product(before, after)):
                yield "changed view", *_nearest(product(before, after))
        for step in steps:
            apart = [
                pair for pair in combinations(step, 2) if _at_one_time(*pair) and _contradict(*pair)
            ]
            if apart:
                yield "contradiction", *max(apart, key=lambda pair: _gap(*pair))


def _between(one: Sequence[View], other: Sequence[View]) -> Found | None:
    """How two people differ; in nothing when any two of their current views meet."""
    pairs = list(product(one, other))
    alike = [pair for pair in pairs if _same_circumstance(*pair)]
    chosen = alike or pairs
    if not chosen or any(meet(*pair) for pair in chosen):
        return None
    return "contradiction" if alike else "difference", *_nearest(chosen)


def _contradict(one: View, other: View) -> bool:
    return _same_circumstance(one, other) and not meet(one, other)


def _at_one_time(one: View, other: View) -> bool:
    """Not in one breath: two figures of a sentence are said to be weighed against each other."""
    if one.claim.quote == other.claim.quote:
        return False
    dated = one.as_of is not None and other.as_of is not None
    return dated or one.claim.document_id == other.claim.document_id


def _current(own: Sequence[View]) -> list[View]:
    """The last views of a person, for each event and condition."""
    return [view for alike in _by_circumstance(own) for view in _steps(alike)[-1]]


def _by_circumstance(own: Sequence[View]) -> list[list[View]]:
    """Views that were not withdrawn, by event and condition."""
    parts: dict[tuple[str, frozenset[str] | str], list[View]] = defaultdict(list)
    for view in own:
        if view.claim.superseded_by is None:
            condition = stems(view.condition) or view.condition
            parts[view.event.label, condition].append(view)
    return list(parts.values())


def _steps(alike: Sequence[View]) -> list[list[View]]:
    """Views by date, the earliest first; those without a date stand with the last."""
    steps: list[list[View]] = []
    for view in sorted(alike, key=lambda one: (one.as_of is None, one.as_of or "")):
        if steps and not (view.as_of and _is_later(view, steps[-1][0])):
            steps[-1].append(view)
        else:
            steps.append([view])
    return steps


def _is_later(one: View, other: View) -> bool:
    """By the part of the dates that both have: 2024-03 is not later than 2024."""
    first, second = one.as_of or "", other.as_of or ""
    length = min(len(first), len(second))
    return first[:length] > second[:length]


def _same_circumstance(one: View, other: View) -> bool:
    return one.event.label == other.event.label and _same_condition(one, other)


def _same_condition(one: View, other: View) -> bool:
    """Two conditions that are not named are not the same."""
    if not one.condition and not other.condition:
        return True
    return likeness(stems(one.condition), stems(other.condition)) >= LEAST_LIKENESS


def _nearest(pairs: Iterable[tuple[View, View]]) -> tuple[View, View]:
    chosen = list(pairs)
    return chosen[0] if len(chosen) == 1 else min(chosen, key=lambda pair: _gap(*pair))


def _gap(one: View, other: View) -> float:
    """How far apart the figures are, in the measure's unit; for amounts the factor between."""
    assert one.span is not None
    assert other.span is not None
    low, high = (one.span, other.span) if one.span <= other.span else (other.span, one.span)
    if one.event.measure in {"year", "date", "probability"}:
        return high[0] - low[1]
    return high[0] / low[1] if low[1] > 0 else math.inf


def _difference(kind: DifferenceKind, one: View, other: View) -> Difference:
    if kind != "changed view" and one.span and other.span and other.span < one.span:
        one, other = other, one
    aspects: list[Aspect] = ["value"]
    told = [_against("value", figure_text(one.claim), figure_text(other.claim))]
    if one.event.label != other.event.label:
        aspects.append("definition")
        told.append(_against("definition of the event", one.event.label, other.event.label))
    if not _same_condition(one, other):
        aspects.append("condition")
        told.append(_against("condition", one.condition or "none", other.condition or "none"))
    if _is_later(one, other) or _is_later(other, one):
        aspects.append("date of the statement")
        told.append(_against("date of the statement", str(one.as_of), str(other.as_of)))
    return Difference(
        kind, tuple(aspects), one.event.label, one.event.measure, (one.claim, other.claim),
        tuple(told),
    )  # fmt: skip


def _against(name: str, one: str, other: str) -> str:
    return f"{name}: {one} against {other}"
