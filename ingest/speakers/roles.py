"""Guesses who hosts and who is a guest, from title, introduction, greetings and questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.names import fold
from ingest.transcript import Reading
from kb.text.generic_labels import GENERIC_LABEL
from kb.types import Turn

_GREETING_TURNS = 8
_MIN_TURNS = 5
_MOST_PEOPLE = 100
_QUESTION_SHARE = 0.3
_QUESTION_RATIO = 1.8
_GREETING = re.compile(
    r"\bwelcome (?:back )?(?:to|everyone)\b|\bI['’]m your host\b|\bmy guests?\b|\bjoining me\b|"
    r"\btoday(?:['’]s guest|,? (?:I['’]m|I am|we['’]re) )|\bI(?:['’]m| am)? (?:here|joined|sitting "
    r"here)(?: \w+)? (?:with|by)\b|\bthanks? (?:you )?(?:so much )?for (?:coming|joining)\b|"
    r"\bin this (?:interview|episode)\b|\bI talk (?:to|with)\b",
    re.IGNORECASE,
)
_GENERIC_ROLES = {
    "host": "host",
    "co": "host",
    "cohost": "host",
    "interviewer": "host",
    "moderator": "host",
    "q": "host",
    "question": "host",
    "guest": "guest",
    "interviewee": "guest",
    "a": "guest",
    "answer": "guest",
}


def guess_roles(
    reading: Reading, known: Mapping[str, str], speaking: Sequence[str]
) -> dict[str, str]:
    """Name -> ``host`` or ``guest`` for those of ``speaking`` of whom something can be told.

    ``reading`` has canonical names on its turns; ``known`` are roles that are told.
    """
    turns = [turn for turn in reading.turns if turn.kind == "speech" and turn.speaker]
    people = list(dict.fromkeys(t.speaker for t in turns if t.speaker))
    if len(people) > _MOST_PEOPLE:
        return {}
    roles = {name: role for name in people if (role := _generic_role(name))}
    for name in people:
        if name not in roles and _is_title_guest(name, reading.title or ""):
            roles[name] = "guest"
    roles |= {name: role for name, role in known.items() if name in people}
    if "host" not in roles.values():
        host = _greeter(reading, turns, roles) or _asker(reading, turns, people, roles)
        roles |= {host: "host"} if host else {}
    open_names = [name for name in people if name not in roles]
    if len(open_names) == 1 and len(people) == 2:
        roles[open_names[0]] = "guest" if "host" in roles.values() else "host"
    if len(people) == 1 and "host" in roles.values():
        return {}
    return {name: role for name, role in roles.items() if name in speaking}


def _generic_role(name: str) -> str | None:
    if not GENERIC_LABEL.fullmatch(name):
        return None
    return _GENERIC_ROLES.get(fold(name).split()[0])


def _is_title_guest(name: str, title: str) -> bool:
    """``X on Y``, ``X: Y``, ``… with X``."""
    title, quoted = title.casefold(), re.escape(name.casefold())
    return bool(
        re.match(rf"(?:#?\d+\W+)?{quoted}\s*(?:[:–—|-]|on\b|about\b|discusses\b|explains\b)", title)
        or re.search(rf"\b(?:with|feat\.?|featuring|ft\.?|interview:)\s{quoted}", title)
    )


def _greeter(reading: Reading, turns: Sequence[Turn], roles: dict[str, str]) -> str | None:
    """Who welcomes the audience or presents somebody at the beginning."""
    for turn in turns[:_GREETING_TURNS]:
        text = reading.text[turn.char_start : min(turn.char_end, turn.char_start + 3000)]
        if turn.speaker not in roles and _GREETING.search(text):
            return turn.speaker
    return None


def _asker(
    reading: Reading, turns: Sequence[Turn], people: Sequence[str], roles: dict[str, str]
) -> str | None:
    """Who ends clearly more of their turns in a question than anybody else."""
    shares = {}
    for name in people:
        ends = [reading.text[t.char_end - 1] for t in turns if t.speaker == name]
        if len(ends) >= _MIN_TURNS:
            shares[name] = sum(1 for end in ends if end in "?？؟") / len(ends)
    ranked = sorted(shares, key=lambda name: -shares[name])
    if len(ranked) < 2 or roles.get(ranked[0]) == "guest":
        return None
    first, second = shares[ranked[0]], shares[ranked[1]]
    clear = first >= _QUESTION_SHARE and first >= _QUESTION_RATIO * second
    return ranked[0] if clear else None
