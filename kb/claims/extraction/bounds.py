"""Words beside a figure that bound it or put it in doubt: "at least", "no later than", "or so"."""

from __future__ import annotations

import re

from kb.types import Comparator

BOUND_REACH = 48
"""Characters beside a figure in which a bound or a doubt about it stands."""

FILLER_WORDS = (
    r"(?:maybe|like|perhaps|even|you know|let[’']?s say|say|more like|eventually|probably|"
    r"about|around|something like|i guess|if not|almost|as late as|uh|um)\b"
)
_MORE = (
    r"(?:at (?:the very )?least(?: until)?|(?<!no )(?<!not )more,? than|over|north of|"
    r"upwards of|above|"
    r"no less than|not less than|greater than|(?:a )?minimum of|exceeding|"
    r"no fewer than|(?<!no )(?:later|longer) than|(?<!the )past|beyond|after|"
    r"well over|no (?:earlier|sooner) than|"
    r"at the earliest|better than|higher than)"
)
_LESS = (
    r"(?:less,? than|under|below|at (?:the (?:very )?)?most|no more than|not more than|"
    r"(?<!no )fewer than|"
    r"within(?: the (?:next|coming))?|"
    r"(?<!no )(?:sooner|earlier) than|"
    r"(?<!way )(?<!go )(?<!goes )(?<!went )(?<!add )(?<!adds )up to|"
    r"(?:a )?maximum of|before|"
    r"(?<!surprised )(?<!shocked )(?<!amazed )(?<!stunned )(?<!astonished )by|"
    r"smaller than|lower than|no later than|at the latest|south of)"
)
_ABOUT = (
    r"(?:about|(?<!pass )around|roughly|"
    r"approximately|circa|some|something like|"
    r"somewhere (?:around|between|like)|on the order of|order of|close to|more like|like|maybe|"
    r"probably|"
    r"(?:(?<=, )|(?<=or )|(?<=of )|(?<=for ))say|perhaps|or so|"
    r"let[’']?s say|ballpark|near|nearly|almost|kind of|sort of|~|≈)"
)
_LEAD = rf"(?:\s|,|{FILLER_WORDS}|\b(?:a|the|only|just|easily|another)\b)*$"
_ROUGHLY = r"(?:(?:about|around|like|maybe|roughly)\W+)*"
_WHEN = {
    "<": re.compile(rf"\b(?:by|before|after|past)\W+{_ROUGHLY}$", re.IGNORECASE),
    ">": re.compile(rf"\bafter\W+{_ROUGHLY}$", re.IGNORECASE),
}
_COMPARED: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (">", re.compile(rf"(?:\b{_MORE}|[>≥]){_LEAD}", re.IGNORECASE)),
    ("<", re.compile(rf"(?:\b{_LESS}|[<≤]){_LEAD}", re.IGNORECASE)),
    ("~", re.compile(rf"(?:\b{_ABOUT}|[~≈]){_LEAD}", re.IGNORECASE)),
)
_UNIT_WORDS = r"(?:\s[\w-]+){1,2}?"
_PHRASE_ENDS = r"(?=\s?(?:[.,;!?]|$)|\s(?:at|on|in|of|for|to|per|every|by|from)\b)"
_NEXT_CLAUSE = r",\s(?:they|we|I|you|he|she|it|that|there)\b"
_AND_MAYBE = (
    r"(?:\s[\w-]+){0,2}?,?\s(?:(?:and|or)\s)?(?:maybe|probably|perhaps|possibly|even)(?: even)?"
)
_COMPARED_AFTER: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (
        ">",
        re.compile(
            r"\+|\s?plus\b(?! or minus)|"
            r"\sor (?:more|later|higher|greater|above)\b|"
            rf"{_UNIT_WORDS},?\sor (?:more|later){_PHRASE_ENDS}|"
            rf"{_AND_MAYBE} (?:more|higher|longer|later)\b|"
            rf"(?:{_UNIT_WORDS})?\sand (?:beyond|upwards?|onwards?)\b|"
            rf"(?:{_UNIT_WORDS})?,? at least\s?(?=[.,;!?]|$)|"
            r",? at the earliest\b|,? at (?:the least|a minimum)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "<",
        re.compile(
            r"\sor (?:less|fewer|lower|sooner|earlier|below)\b|"
            rf"{_UNIT_WORDS}(?<!\bmore),?\sor (?:less|fewer|sooner){_PHRASE_ENDS}|"
            rf"{_AND_MAYBE} (?:less|fewer|lower|shorter|sooner|earlier)\b|"
            r",? at the latest\b|(?:\s\w+)?,? (?:(?-i:max)|tops|at most|at the most)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "~",
        re.compile(
            r"-?ish\b|(?:\s[\w-]+)?[\s-]ish\b|"
            rf"(?:(?!{_NEXT_CLAUSE})[^.?!]){{0,24}}"
            r"\b(?:or (?:so|something|thereabouts)(?! like it\b| else\b)|give or take)\b",
            re.IGNORECASE,
        ),
    ),
)


def bound_beside(before: str, after: str, *, is_year: bool) -> Comparator | None:
    """What the words before a figure, or else those after it, say of it."""
    for comparator, pattern in _COMPARED:
        if pattern.search(before) and (is_year or not _says_when(before, comparator)):
            return comparator
    for comparator, pattern in _COMPARED_AFTER:
        if pattern.match(after):
            return comparator
    return None


def _says_when(before: str, comparator: Comparator) -> bool:
    """Whether a word that bounds years says when, or by how much: "after 16 hours"."""
    return comparator in _WHEN and bool(_WHEN[comparator].search(before))
