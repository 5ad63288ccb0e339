"""A line that tells what a claim is about, made of the speaker's own words around the figure."""

from __future__ import annotations

import re

from kb.claims.extraction.statements import Statement
from kb.text.words import content_words

MOST_WORDS = 14
LEAST_CONTENT = 2  # content words below which the question or the heading is told too

_LEADING = re.compile(
    r"^(?:\W*\b(?:and|but|so|or|well|yeah|okay|like|you know|i mean|now|then|because|i think|"
    r"i guess|i would say|maybe|that|which|right|also|um|uh|actually|basically|just|probably|"
    r"really)\b(?![’'])\W*)+",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r",?\s*\b(?:you know|i mean|kind of|sort of|like|um|uh|or something(?: like that)?)\b,?(?=\s)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:—…]\s|,\s(?=(?:and|but|because|so|which|who|where)\b)")


def subject_of(statement: Statement, start: int, end: int) -> str:
    """The clause around ``statement.text[start:end]``, with an ellipsis for the figure."""
    text = statement.text
    breaks_before = [match.end() for match in _BREAK.finditer(text, 0, start)]
    begin = breaks_before[-1] if breaks_before else 0
    stop = next((match.start() for match in _BREAK.finditer(text, end)), len(text))
    before = _plain(text[begin:start])
    after = _plain(text[end:stop]).rstrip(" .?!,")
    clause = " ".join([*before.split()[-MOST_WORDS // 2 :], "…", *after.split()[: MOST_WORDS // 2]])
    clause = _LEADING.sub("", clause).strip()
    if len(content_words(clause)) >= LEAST_CONTENT or statement.is_heading:
        return clause
    context = statement.heading or _question(statement.asked)
    return f"{context}: {clause}" if context else clause


def _plain(words: str) -> str:
    return " ".join(_FILLERS.sub(" ", words).split())


def _question(asked: str) -> str:
    """The last question of the turn before, shortened."""
    questions = re.findall(r"[^.?!]+\?", asked)
    words = _LEADING.sub("", questions[-1].strip()).split() if questions else []
    return " ".join(words[-MOST_WORDS:])
