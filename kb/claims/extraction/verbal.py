"""Chances and times that are told in words alone; they are claims without a number.

Only where the sentence itself names what forecasts are made of, so that "very likely" about
anything else is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.reading import Reading
from kb.claims.extraction.statements import Statement
from kb.claims.topics import topic_of

_CHANCE = re.compile(
    r"\b(?:almost certain(?:ly)?|near(?:ly)?[- ]certain(?:ly|ty)?|virtually certain|"
    r"(?:very|extremely|quite|pretty|highly|overwhelmingly|most|more) (?:un)?likely|"
    r"(?:very,? |extremely |really )+(?:high|low|small)(?: (?:probability|chance|risk|odds))?|"
    r"(?:high|low|small|tiny) (?:probability|chance|risk|odds)|inevitabl[ey]|"
    r"(?:odds|chances?|risk|probability)(?: of [\w ]{1,20})? (?:is|are) (?:\w+ )?"
    r"(?:tiny|small|low|high|negligible)|"
    r"p\(?doom\)?(?: is| as| of)? (?:\w+ )?(?:tiny|small|low|high)|"
    r"(?:tiny|small|low|high|large|big) extinction risk)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:very,? |extremely |pretty |quite |really )+soon|(?:have|has|had|my|our|your|his|"
    r"her|their|[’']s) (?:\w+ )?(?:short|long)(?:er)? "
    r"timelines?|timelines? (?:is|are|was|were)(?: \w+)? (?:short|long)(?:er)?|any (?:day|time) "
    r"now|not (?:any time|anytime) soon)\b",
    re.IGNORECASE,
)


_SAME_IN_NUMBERS = re.compile(
    r"[,:]?\s(?:[\w’']+,?\s){0,8}?(?:[0-9]+|two|three|four|five|six|ten|fifteen|"
    r"twenty)[-\s](?:\w+\s)?"
    r"(?:months|years|decades)\b",
    re.IGNORECASE,
)
"""“My timelines are short, something like five years”: the figure tells it."""


def verbal_readings(statement: Statement) -> Iterator[tuple[int, int, Reading]]:
    """The verbal claims of a sentence, each with its span in the document's text."""
    if statement.is_heading or not (_CHANCE.search(statement.text) or _TIME.search(statement.text)):
        return
    if topic_of(statement.text) is None:
        return
    for match in _CHANCE.finditer(statement.text):
        numbers = re.search(r"[0-9]\s?%|\bpercent\b", statement.text)
        if not numbers and not (
            match.group().lower().startswith(("very high", "very low"))
            and not _of_chance(statement.text)
        ):
            yield _at(
                statement,
                match,
                Reading(
                    "probability", "a chance in words", match.group(), "probability", None, None
                ),
            )
    for match in _TIME.finditer(statement.text):
        if _SAME_IN_NUMBERS.match(statement.text, match.end()):
            continue
        yield _at(
            statement,
            match,
            Reading("timeline", "a time in words", match.group(), "years", None, None),
        )


def _of_chance(text: str) -> bool:
    return bool(re.search(r"\b(?:probability|chance|risk|odds|likelihood)\b", text, re.IGNORECASE))


def _at(statement: Statement, match: re.Match[str], reading: Reading) -> tuple[int, int, Reading]:
    return statement.start + match.start(), statement.start + match.end(), reading
