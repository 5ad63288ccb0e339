"""What a question counts, and numbers of just that."""

from __future__ import annotations

import re

from kb.questions.answer_types import NUMBER_WORD
from kb.search.lexical import stem

_COUNTED_WITHIN = 5  # words between a number and what it counts

_HOW_MANY = re.compile(
    r"\bhow many\s+((?:\w+\s+){0,2}?\w+)\s*"
    r"(?:\b(?:are|is|were|was|do|does|did|have|has|will|would|can|could|work|should)\b|$|\?)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(rf"\d[\d,.]*|{NUMBER_WORD}s?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\W*")
_NAMED = re.compile(r"(?<!^)\b[A-Z][^\W_]+")
_OF_US = re.compile(
    rf"\b(?:\d[\d,.]*|{NUMBER_WORD})(?:[- ]{NUMBER_WORD})* of us\b"
    rf"|\bwe(?:[’']re| are| were)(?: \w+)? (?:\d[\d,.]*|{NUMBER_WORD})\b"
    r"(?! (?:years|percent|per cent))",
    re.IGNORECASE,
)
_WHO_WORK = set(stem("people employees staff workers"))


def counted_in(question: str) -> set[str]:
    """What "how many …" counts, as the term of the index; empty when nothing is counted."""
    match = _HOW_MANY.search(question)
    counted = set(stem(match.group(1))[-1:]) if match else set()
    return _WHO_WORK if counted & _WHO_WORK else counted


def names_around(question: str, around: str) -> bool:
    """Whether a name in a question, other than of what it counts, stands in a text, if any does."""
    counted = counted_in(question)
    names = [name for name in _NAMED.findall(question) if counted.isdisjoint(stem(name))]
    return not names or any(re.search(rf"\b{re.escape(name)}", around) for name in names)


def counts(counted: set[str], clause: str) -> bool:
    """Whether a number in a clause, no year, is one of what is counted."""
    if counted == _WHO_WORK and _OF_US.search(clause):
        return True
    words = re.findall(r"[\w.,$%]+", clause)
    return any(
        _QUANTITY.fullmatch(word)
        and not _YEAR.fullmatch(word)
        and [part.lower() for part in words[i : i + 2]] != ["one", "of"]
        and counted & set(stem(" ".join(words[i + 1 : i + 1 + _COUNTED_WITHIN])))
        for i, word in enumerate(words)
    )
