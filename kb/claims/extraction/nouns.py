"""The things that a figure counts: the plural noun that follows it within a few words."""

from __future__ import annotations

import re

LONGEST_NOUN_PHRASE = 4  # words between a number and the noun that it counts

_WORD = re.compile(r"[\s-]+(?P<word>[^\W\d_][\w’'-]*)")
_MORE = re.compile(r"\+|\splus,?|\smore(?=\s[a-z]+s\b)")
_OUT_OF = re.compile(r"\sout of\s(?:the\s)?(?:[0-9,]+|[a-z]+)(?=\s)", re.IGNORECASE)
_OF = re.compile(r"\s?[,—–]?\s?of(?=\s)")
_RATE = re.compile(
    r"\s(?:an?|per|each|every)\s(?P<each>year|month|week|day|hour|quarter|minute|second)\b"
    r"(?! (?:ago|later|earlier|before|after|and a half|or (?:so|two))\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|or)(?=\s[a-z][\w-]*\s[a-z][\w-]*s\b)")
_THING = re.compile(r"\sof,?\s(?:some (?:kind|sort) of\s)?(?P<thing>[A-Za-z][\w-]+)")
_STOP = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her his how "
    "i if in into is it its just like may me might more my no not now of on one or our out over "
    "right she should so some than that the their them then there they this to too up us was we "
    "were what when where which while who why will with would you your really actually also "
    "because before after about again ago away each every same only even still ever yet "
    "very".split()
)
_IRREGULAR = frozenset(
    "people men women children teeth feet data staff employees mice dollars criteria".split()
)
_NO_PLURALS = frozenset(
    "this is was has does yes less plus equals minus thus us across always perhaps unless basis "
    "process access success business news gas bus class address focus loss mass pass press "
    "sometimes besides towards its his hers ours theirs yours analysis physics ethics bias bonus "
    "various previous "
    "serious obvious famous kids’ versus afterwards forwards upwards says gets goes wants needs "
    "takes makes comes means seems looks works happens thinks gives lets puts turns downstairs "
    "upstairs "
    "outdoors indoors overseas nowadays".split()
)

Noun = tuple[str, int]
"""A noun and the character after it."""


def counted_noun(text: str, position: int, end: int) -> Noun | None:
    """The plural noun that is counted, within a few words after ``position``."""
    if plus := _MORE.match(text, position, end):
        position = plus.end()
    if whole := _OUT_OF.match(text, position, end) or _OF.match(text, position, end):
        position = whole.end()
    best: Noun | None = None
    for _ in range(LONGEST_NOUN_PHRASE):
        match = _WORD.match(text, position, end)
        if not match or re.sub(r"[’']s?$", "", match["word"]).lower() in _STOP:
            break
        word = match["word"]
        if _is_plural(word) and not word.endswith(("'s", "’s")):
            best = word if word[1:2].isupper() else word.lower(), match.end()
        elif best:
            break
        position = match.end()
        if not best and (more := _AND.match(text, position, end)):
            position = more.end()  # "live and recorded sessions"
    return with_rate(text, best, end) if best else None


def with_rate(text: str, noun: Noun, end: int) -> Noun:
    """“Cells a year” as "cells/year"."""
    rate = rate_after(text, noun[1], end)
    return (f"{noun[0]}/{rate[0]}", rate[1]) if rate else noun


def rate_after(text: str, position: int, end: int) -> Noun | None:
    """The time of "a year", "per day", "each week", right after ``position``."""
    rate = _RATE.match(text, position, end)
    return (rate["each"].lower(), rate.end()) if rate else None


def thing_after_of(text: str, position: int, end: int) -> Noun | None:
    """What is counted in "hundreds of thousands of LiDAR", singular or not."""
    match = _THING.match(text, position, end)
    if not match or match["thing"].lower() in _STOP:
        return None
    return match["thing"].lower(), match.end()


def _is_plural(word: str) -> bool:
    if re.fullmatch(r"[A-Z]{2,}s", word):  # "AIs"
        return True
    if word.isupper():  # "GPS"
        return False
    word = word.lower()
    if word in _IRREGULAR:
        return True
    regular = len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return regular and word not in _NO_PLURALS
