"""The words over a plot: what it is about, how much it shows, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.claims.plots import wording
from kb.claims.plots.marks import Mark, PlotKind
from kb.claims.plots.wording import counted

_NAMES = {"timeline": "timelines", "probability": "probabilities", "compute": "compute"}
_ONE_AND_MANY = {
    "timeline": ("forecast", "forecasts"),
    "probability": ("probability", "probabilities"),
    "compute": ("figure", "figures"),
}


def title(kind: PlotKind, marks: Sequence[Mark]) -> str:
    """What the picture is about: the topic too, when all claims share it."""
    topics = {wording.one_line(mark.claim.topic or "") for mark in marks}
    topic = topics.pop() if len(topics) == 1 else ""
    return f"{topic}: {_NAMES[kind]}" if topic else _NAMES[kind].capitalize()


def summary(kind: PlotKind, marks: Sequence[Mark]) -> str:
    """How many claims of how many people, and when they were stated."""
    people = {wording.holder(mark.claim) for mark in marks} - {wording.UNKNOWN}
    words = counted(len(marks), *_ONE_AND_MANY[kind])
    if people:
        words += f" of {people.pop() if len(people) == 1 else f'{len(people):,} people'}"
    years = [date[0] for mark in marks if (date := wording.date_parts(mark.claim.as_of))]
    if years:
        first, last = min(years), max(years)
        words += f", stated in {first}" if first == last else f", stated {first} to {last}"
    return f"{words}."


def omissions(left_out: Mapping[str, int]) -> str:
    """``Left out: 2 in fiction, 1 about the past.``, or nothing."""
    if not left_out:
        return ""
    return f"Left out: {', '.join(f'{count:,} {reason}' for reason, count in left_out.items())}."
