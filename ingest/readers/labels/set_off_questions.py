"""Interviews whose questions are set in bold or italics, above answers in plain type.

Nobody is labelled. Questions and answers are turns of their own; names they have where the head
says whose interview it is: ``An interview with Ada Vale``, ``By Bo Lind``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.readers.dates import date_of_recording
from ingest.readers.labels.conversation import Item
from ingest.readers.labels.finding import Label
from ingest.readers.labels.legends import interviewed
from ingest.transcript import Reading
from kb.types import Speaker

_QUESTION, _ANSWER = "Q", "A"  # until the text is written
_FEWEST = 3  # questions
_SHARE = 0.6  # of what is set off ends with a question mark
_SET_OFF = re.compile(r"(?P<mark>\*\*|__|\*|_)[^*_\s][^*_]+(?P=mark)")
_ASKS = re.compile(r"\?[\"'”’»)]*$")
_SENTENCE = re.compile(r"[.?!…][\"'”’»)]*$|(?:\S+\s+){12}")
_IS = re.compile(r" (?:is|was|works|leads|runs|teaches|studies|hosts|writes|lives|has|holds)\b")


@dataclass(frozen=True, slots=True)
class Interview:
    """The paragraphs with labels, and what the head says."""

    items: list[Item]
    people: tuple[Speaker, ...]
    date: str | None


def set_off(items: Sequence[Item]) -> list[int]:
    """The paragraphs of Markdown that are emphasised as a whole, in the most common way."""
    marks = {
        at: match["mark"]
        for at, item in enumerate(items)
        if item.kind == "bare" and (match := _SET_OFF.fullmatch(item.text))
    }
    usual = Counter(marks.values()).most_common(1)
    return [at for at, mark in marks.items() if mark == usual[0][0]]


def as_interview(items: Sequence[Item], title: str, apart: Iterable[int]) -> Interview | None:
    """The interview of which the paragraphs ``apart`` are the questions; None for other texts.

    What stands there before the first question may be a greeting or a summary: nobody is named.
    """
    if any(item.label and item.label.name for item in items):
        return None
    asked = list(apart)
    opening: list[int] = []
    while asked and not _ends_as_question(items[asked[0]]):
        opening.append(asked.pop(0))
    end = _end(items, asked)
    asked = [at for at in asked if at < end]
    if len(asked) < _FEWEST or not _alternate(items, asked):
        return None
    opening = _answered(items, opening, asked)
    head = [title, *(item.text for item in items[: min(opening + asked)])]
    people = interviewed(head)
    guest = next((person.name for person in people if person.role == "guest"), None)
    host = next((person.name for person in people if person.role == "host"), None)
    names = {_QUESTION: (guest and host) or _QUESTION, _ANSWER: guest or _ANSWER}
    labelled = _labelled(items, asked, names)
    labelled = _labelled(labelled, opening, {_QUESTION: _QUESTION, _ANSWER: _ANSWER})
    labelled = _without_tail(labelled, asked[-1] + 2, guest)
    labelled = [replace(i, kind="page") if at >= end else i for at, i in enumerate(labelled)]
    date = date_of_recording("\n".join(head))
    return Interview(labelled, tuple(people if guest else ()), date)


def read_as_interview(reading: Reading, interview: Interview) -> Reading:
    """What was written of it, with the people of the head; who is not named is nobody known."""
    turns = [
        replace(turn, speaker=None) if turn.speaker in {_QUESTION, _ANSWER} else turn
        for turn in reading.turns
    ]
    people = (*reading.speakers, *interview.people)
    date = reading.date or interview.date
    return replace(reading, turns=tuple(turns), speakers=people, date=date)


def _alternate(items: Sequence[Item], asked: Collection[int]) -> bool:
    """Whether what is set off asks, and what follows each, and is longer, answers."""
    ends = sum(1 for at in asked if _ends_as_question(items[at]))
    places = set(asked)
    answered = sum(1 for at in asked if _can_answer(items, at + 1, places))
    first, last = min(asked), max(asked)
    if ends < _SHARE * len(asked) or answered + 1 < len(asked) or last + 1 == len(items):
        return False
    questions = sum(len(items[at].text.split()) for at in asked)
    words = sum(len(item.text.split()) for item in items[first:])
    return words > 2 * questions


def _can_answer(items: Sequence[Item], position: int, asked: set[int]) -> bool:
    is_other = position < len(items) and position not in asked
    return is_other and items[position].kind in {"bare", "bullet"}


def _end(items: Sequence[Item], asked: Sequence[int]) -> int:
    """Where a paragraph set off that asks nothing stands above lines that are no sentences."""
    last = asked[-1] if asked else len(items)
    below = [item.text for item in items[last + 1 :]]
    is_end = below and not any(_SENTENCE.search(text) for text in below)
    return last if is_end and not _ends_as_question(items[last]) else len(items)


def _answered(items: Sequence[Item], opening: Sequence[int], asked: Sequence[int]) -> list[int]:
    """Those of the paragraphs set off below which, or below others of them, an answer stands."""
    found: set[int] = set()
    apart = {*opening, *asked}
    for at in reversed(opening):
        if at + 1 in found or _can_answer(items, at + 1, apart):
            found.add(at)
    return sorted(found)


def _ends_as_question(item: Item) -> bool:
    return _ASKS.search(item.text.rstrip("*_ ")) is not None


def _labelled(items: Sequence[Item], asked: Collection[int], names: dict[str, str]) -> list[Item]:
    found = list(items)
    places = set(asked)
    for at in asked:
        found[at] = _said_by(names[_QUESTION], items[at])
        if _can_answer(items, at + 1, places):
            found[at + 1] = _said_by(names[_ANSWER], items[at + 1])
    return found


def _said_by(name: str, item: Item) -> Item:
    label = Label(name, item.seconds, item.text, certain=True)
    return replace(item, kind="label", label=label)


def _without_tail(items: list[Item], first: int, guest: str | None) -> list[Item]:
    """Below the last answer, paragraphs in italics or about the guest are of the page."""
    for at in range(len(items) - 1, first - 1, -1):
        text = items[at].text
        is_about = guest and text.strip("*_ ").startswith(guest)
        about = is_about and guest and _IS.match(text.strip("*_ ")[len(guest) :])
        if items[at].kind != "bare" or not (about or _SET_OFF.fullmatch(text)):
            break
        items[at] = replace(items[at], kind="page")
    return items
