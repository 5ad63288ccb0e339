"""Whether the talk is of chances, and whether a sentence says nothing but a figure."""

from __future__ import annotations

import re

from kb.claims.extraction.numerals import numerals
from kb.claims.extraction.reading import Surroundings
from kb.claims.extraction.statements import Statement

_ASIDE = (
    r"(?:\W|\b(?:and|so|um|uh|well|like|okay|yeah|yes|no|oh|maybe|perhaps|probably|about|around|"
    r"roughly|basically|more|closer|to|below|under|over|above|less|than|at|least|most|honestly|"
    r"currently|now|today|still|then|something|say|call|it|that|I|guess|think|[’'](?:m|d|s|re)|"
    r"am|was|is|my|mine|his|hers|number|put|a|the|or|so|ish|worst|time|moment|though|personally|"
    r"myself|these|days|for me|very)\b)*"
)
ALONE_BEFORE = re.compile(_ASIDE, re.IGNORECASE)
_ALONE_AFTER = re.compile(
    rf"{_ASIDE}(?:(?:by|before|after) (?:the end of )?(?:20[0-9]{{2}}|then)\W*)?", re.IGNORECASE
)
_TALK_OF_CHANCES = re.compile(
    r"\b(?:probabilit(?:y|ies)|chances?|odds|likelihood|credence|how likely|p\(?doom\)?|doom|"
    r"catastrophe|extinction)\b|\bper ?cent (?:that|on (?:it|that|us)|chance)\b"
    r"|\b(?:I[’']m|I am|he[’']s|she[’']s|I[’']d be) (?:still |now )?at,?\W+(?:[\w-]+\W+){1,4}"
    r"per ?cent\b",
    re.IGNORECASE,
)
_SHARE_OR_TIME = re.compile(
    r"%|\bper ?cent\b|\b(?:is|was|were|are|takes?|took|[’']s)\W+(?:[\w-]+\W+){1,4}?"
    r"(?P<time>years|months|weeks|days)\b",
    re.IGNORECASE,
)
_IT_WAS = re.compile(r"\b(?:is|was|were|are|takes?|took|[’']s)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_QUESTION = re.compile(r"\b(?:how|what|when|where|why|who|which)\b[^.!?]*\?", re.IGNORECASE)
_STAND = re.compile(
    r"\b(?:what|where) (?:is|are|was|were|would) (?:he|she|you|they)(?: be)?(?: now)? at\b|"
    r"\bat,? what\b|\b(?:the|your|his|her|a) (?:number|figure)\b",
    re.IGNORECASE,
)
MIND_CHANGED = re.compile(
    r"\bwhat (?:would|could|might|[’']d) (?:it take to )?(?:change your mind|"
    r"(?:move|shift|persuade|convince) you|bring you (?:up|down)|"
    r"make you (?:change|move|update|give up|more|less))\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\b(?:number|figure|odds|chances?|likel\w+|probabilit\w+)\b", re.IGNORECASE)
_CALL = re.compile(
    r"(?:(?:^|[.?!]\s)(?:[Hh]m|[Oo]kay|[Rr]ight|[Ss]o|[Aa]nd(?: you)?|[Nn]ow|[Ww]hat about|"
    r"[Hh]ow about)?[.,]?\s?)(?:[A-ZÀ-Þ][\w’'-]+)(?: [A-ZÀ-Þ][\w’'-]+)?[.?!]?\s*$"
)
_OPENING = 60  # characters at the beginning of a turn that answer a call
_LONG_AGO = 1_600  # characters before a sentence in which chances were asked for
SHARES = re.compile(
    r"\b(?:accuracy|accurate|scores?|scored|benchmark|success rate|error rate|growth|grows?|grew|"
    r"grown|output|growing|tax|tariff|shares?|margins?|faster|slower|cheaper|increase\w*|rose|"
    r"rises?|previous best|fell|falls?|drop(?:ped|s)?(?!-)|reduc\w+|discount|interest|inflation|"
    r"saving|saved|efficien\w+|"
    r"ratios?|employ\w+|respondents|of them|correct\w*|solve[sd]?|utiliz\w+|bottleneck)\b",
    re.IGNORECASE,
)
SOMEBODY = (
    r"(?:I|he|she|they|we|people|others|somebody|someone|everybody|everyone|nobody|who|"
    r"(?:an?|my|his|her|our|one|the) (?:\w+ )?(?:friend|colleague|co-?founder|boss|brother|sister|"
    r"wife|husband|father|mother|son|daughter|neighbou?r|student|engineer|guy|man|woman|fellow|"
    r"median|middle))"
)
"""Words for people who hold a view, to be read without regard to capitals."""
PERCENTAGE = re.compile(r"[0-9]\s?%|\bper ?cent\b")


def asks_something_else(statement: Statement) -> bool:
    """Whether the question just before is for something other than a chance."""
    asked = statement.asked
    talk = (_TALK_OF_CHANCES, PERCENTAGE, _STAND)
    return bool(_QUESTION.search(asked)) and not any(words.search(asked) for words in talk)


def answers_something_else(statement: Statement) -> bool:
    """The same, where the turn that answers has not come to speak of chances."""
    said = statement.before
    comes_to_it = _TALK_OF_CHANCES.search(said) or PERCENTAGE.search(said)
    return asks_something_else(statement) and not comes_to_it


def is_all_that_is_said(statement: Statement, start: int, end: int) -> bool:
    """Whether a sentence has nothing but the figure at ``start:end`` of the text, doubts about it,
    and until when it holds.
    """
    text = statement.document.text
    return bool(
        ALONE_BEFORE.fullmatch(text, statement.start, start)
        and _ALONE_AFTER.fullmatch(text, end, statement.end)
    )


def is_called_upon(statement: Statement) -> bool:
    """Whether a turn begins that answers "Okay. Ada?", as the person before was asked.

    What was asked, the person before has answered.
    """
    turn = statement.turn
    opens = turn is not None and statement.start - turn.char_start < _OPENING
    return opens and bool(_CALL.search(statement.asked))


def goes_on(before: str) -> bool:
    """Whether a turn gave no answer yet, or speaks of numbers: "I do! Eight percent." does not."""
    spoken = before.strip()
    return not spoken or bool(NUMBER.search(spoken)) or any(numerals(spoken))


def chances_were_discussed(around: Surroundings) -> bool:
    """Whether chances of something were told, or asked for, some time before."""
    start = around.statement.start
    talk = around.text[max(0, start - _LONG_AGO) : start]
    return bool(_TALK_OF_CHANCES.search(talk)) and not SHARES.search(around.sentence)


def tells_how_long(told: str) -> bool:
    """“For the one it was thirty years, for the other it was”, right before a number: years too."""
    last = None
    for match in _SHARE_OR_TIME.finditer(told):
        last = match
    return bool(last and last["time"] and _IT_WAS.search(told))
