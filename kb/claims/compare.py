"""The claims on one subject, by event and by person, and where they do not meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from kb.claims.contradictions import Difference, Event, View, find_differences
from kb.claims.identity import Identity, identity_of
from kb.claims.same_event import place
from kb.claims.selection import Suggestion, select, suggestions, understand_subject
from kb.claims.spans import Measure, condition_of, figure_text, horizon_of, span_of
from kb.shapes import claim_shape
from kb.types import Claim

MOST_DIFFERENCES = 100  # more are counted, not listed


@dataclass(frozen=True, slots=True)
class Person:
    """What one person says of an event: the current view, then what it replaced."""

    holder: str | None
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One event in one measure, with everybody who speaks of it, from the lowest figure up."""

    event: str
    measure: Measure
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found on a subject.

    ``total`` counts the claims, ``unmatched`` are words of the subject that no claim has.
    ``differences`` are the weightiest ``MOST_DIFFERENCES`` of ``difference_total``. ``available``
    are subjects that there is something on, most claims first, when nothing was found.
    """

    subject: str
    total: int
    unmatched: tuple[str, ...]
    groups: tuple[Group, ...]
    differences: tuple[Difference, ...]
    difference_total: int
    available: tuple[Suggestion, ...]


def compare(claims: Sequence[Claim], subject: str) -> Comparison:
    """Compare the claims on a subject, such as "AGI timelines" or "cost of GPT-2".

    Raises InputError for a subject without words.
    """
    wanted = understand_subject(subject, claims)
    found, unmatched = select(claims, wanted)
    views = views_of(found)
    differences, difference_total = find_differences(views, MOST_DIFFERENCES)
    return Comparison(
        subject=subject.strip(),
        total=len(found),
        unmatched=unmatched,
        groups=groups_of(views, wanted.event),
        differences=tuple(differences),
        difference_total=difference_total,
        available=() if found else suggestions(claims),
    )


def comparison_shape(comparison: Comparison) -> dict[str, Any]:
    """The JSON value, on the command line and over HTTP."""
    return {
        "subject": comparison.subject,
        "total": comparison.total,
        "unmatched": list(comparison.unmatched),
        "groups": [
            {
                "event": group.event,
                "measure": group.measure,
                "people": [
                    {
                        "holder": person.holder,
                        "views": [_view_shape(one) for one in person.views],
                    }
                    for person in group.people
                ],
            }
            for group in comparison.groups
        ],
        "differences": [
            {
                "kind": difference.kind,
                "aspects": list(difference.aspects),
                "event": difference.event,
                "measure": difference.measure,
                "explanations": list(difference.explanations),
                "claims": [claim_shape(claim) for claim in difference.claims],
            }
            for difference in comparison.differences
        ],
        "difference_total": comparison.difference_total,
        "available": [
            {"subject": suggestion.subject, "claims": suggestion.claims}
            for suggestion in comparison.available
        ],
    }


def _view_shape(view: View) -> dict[str, Any]:
    return {
        "figure": figure_text(view.claim),
        "superseded": view.claim.superseded_by is not None,
        "times": view.times,
        "claim": claim_shape(view.claim),
        "restated": [claim_shape(claim) for claim in view.restated],
    }


def views_of(claims: Sequence[Claim]) -> list[View]:
    """Claims with those folded in that say the same again, linked or with the same figure."""
    by_date = sorted(claims, key=lambda claim: claim.as_of or "~")  # "~" stands after all digits
    by_id = {claim.id: claim for claim in by_date}
    events = place(by_date)
    firsts: dict[tuple[object, ...], Claim] = {}
    again: dict[str, list[Claim]] = defaultdict(list)
    for claim in by_date:
        stated = _first_statement(claim, by_id)
        first = firsts.setdefault(_sameness(stated, events[stated.id]), stated)
        again[first.id].append(claim)
    return [
        View(
            by_id[first],
            tuple(claim for claim in members if claim.id != first),
            events[first],
        )
        for first, members in again.items()
    ]


def _first_statement(claim: Claim, by_id: dict[str, Claim]) -> Claim:
    """Where the chain of restatements begins, as far as it was found; of a circle, one for all."""
    chain = [claim.id]
    while before := by_id.get(by_id[chain[-1]].restates or ""):
        if before.id in chain:
            return by_id[min(chain[chain.index(before.id) :])]
        chain.append(before.id)
    return by_id[chain[-1]]


def _sameness(claim: Claim, event: Event) -> tuple[object, ...]:
    """Equal for claims that say the same, in figures or else in words."""
    said = span_of(claim) or claim.figure.casefold() or claim.id
    nobody = claim.id if claim.holder is None else None
    return (
        identity_of(claim), nobody, event, said, horizon_of(claim), condition_of(claim).casefold(),
        claim.negated, claim.asked, claim.fiction, claim.superseded_by is not None,
    )  # fmt: skip


def groups_of(views: Iterable[View], asked: str | None = None) -> tuple[Group, ...]:
    """By event; the one that was asked for first, then those of most people."""
    events: dict[Event, dict[Identity | None, list[View]]] = {}
    for view in views:
        people = events.setdefault(view.event, {})
        people.setdefault(identity_of(view.claim), []).append(view)
    ordered = sorted(
        events,
        key=lambda event: (event.label != asked, not event.forecast_of_many, -len(events[event])),
    )
    return tuple(
        Group(
            event.label,
            event.measure,
            tuple(
                Person(own[0].claim.holder, tuple(_current_first(own)))
                for _, own in sorted(events[event].items(), key=_place_of_person)
            ),
        )
        for event in ordered
    )


def _place_of_person(entry: tuple[Identity | None, list[View]]) -> tuple[bool, float, Identity]:
    """By the figure of the view that is held; those nobody knows stand last."""
    person, own = entry
    spans = [one.span for one in own if one.span and one.claim.superseded_by is None]
    ends = [end for span in spans for end in span if abs(end) != float("inf")]
    return person is None, median(ends) if ends else float("inf"), person or ("", "")


def _current_first(own: Sequence[View]) -> list[View]:
    """Beliefs from the newest on, then what is no belief, each followed by what it replaced."""
    by_id = {claim.id: one for one in own for claim in (one.claim, *one.restated)}
    replaced: dict[str, list[View]] = defaultdict(list)
    heads: list[View] = []
    for view in sorted(own, key=_weight, reverse=True):
        successor = by_id.get(view.claim.superseded_by or "")
        if successor is None or successor is view:
            heads.append(view)
        else:
            replaced[successor.claim.id].append(view)
    ordered: list[View] = []
    waiting = [*reversed(heads)]
    while waiting:
        view = waiting.pop()
        ordered.append(view)
        waiting += reversed(replaced.pop(view.claim.id, []))
    rest = [one for members in replaced.values() for one in members]  # links in a circle
    return ordered + rest


def _weight(view: View) -> tuple[bool, str, int]:
    return view.is_belief, view.as_of or "", view.times
