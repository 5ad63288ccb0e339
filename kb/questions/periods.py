"""The time in which something was said, where a question is restricted to it: "before 2024"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.questions.sides import side_asked
from kb.questions.utterances import utterance_asked

MONTHS = (
    "january february march april may june july august september october november december".split()
)
DATE = rf"(?:(?P<month>{'|'.join(MONTHS)}),? (?:of )?)?(?P<year>(?:19|20)\d\d)"
_SECOND = DATE.replace("<month>", "<last_month>").replace("<year>", "<last_year>")
_WORDS = (
    r"(?:(?P<before>before|prior to|earlier than)|(?P<until>until|till|up to)|(?P<after>after)|"
    r"(?P<since>since|from|between)|(?:back )?(?:in|of|during))(?: the (?:year|year of))?"
)
_PERIOD = re.compile(
    rf",?\s*\b{_WORDS} {DATE}\b(?:(?: (?:and|to|until|till) |\s?[-–]\s?){_SECOND}\b)?,?"
    r"(?! (?:and|or|to)\b)",
    re.IGNORECASE,
)
_ONLY_A_PERIOD = re.compile(
    rf"^\W*(?:(?:and|but|or)\b\W*)?(?:(?:what|how) about )?(?P<when>{_WORDS} )?"
    rf"(?P<date>{DATE}(?: (?:and|to|until|till) {_SECOND})?)\W*$",
    re.IGNORECASE,
)
_SAID = (
    r"(?:say|said|think|thought|believed?|expect(?:ed)?|predict(?:ed)?|estimated?|forecast|give|gave|"
    r"claim(?:ed)?|argued?|ask(?:ed)?|tell|told|talk(?:ed)?|sp(?:eak|oke|oken)|mention(?:ed)?|hold|"
    r"held|put|discuss(?:ed)?|propose[d]?|suggest(?:ed)?)"
)
_PAST_VIEW = re.compile(
    rf"\bdid\b.{{2,60}}?\b{_SAID}\b"
    r"|\b(?:was|were)\b.{2,60}?\b(?:p ?\(?doom\b|probability|views?|opinions?|time ?lines?|"
    r"estimates?|forecasts?|positions?|stance|median|predictions?|odds)",
    re.IGNORECASE,
)
_ANYBODYS = re.compile(
    rf"\b(?:was|were|has been|been) (?:\w+ )?{_SAID}\b (?:\w+ )?(?:about|on|of)\b"
    rf"|\bwho (?:\w+ )?{_SAID}\b (?:\w+ )?(?:about|on|of|for|against)\b"
    rf"|\bdid (?:(?:the )?(?:people|guests|speakers|panell?ists|experts)|any(?:one|body)|they)"
    rf" {_SAID} (?:\w+ )?(?:about|on|of)\b",
    re.IGNORECASE,
)
_SAID_IN = re.compile(
    rf"\b{_SAID} (?:back )?in (?:\w+,? )?(?:19|20)\d\d\b"
    r"|^\W*(?:back )?in (?:\w+,? )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_OF_THE_MATTER = re.compile(
    r"\b(?:who|which|that|will|would|happen|come|become|sold|made|built|lost|found|won|spent|"
    r"written|broken|taken|given|born|shut|paid|"
    r"(?<!\babout )(?<!\bon )(?<!\bof )(?<!\bfor )(?<!\bagainst )\b\w+(?:ed|ing))\b"
    r"(?: [\w-]+){0,2}\W*$"
    r"|\b(?:expect|predict|estimate|forecast)\b.*$",
    re.IGNORECASE,
)
_PRESENT = {"do": "did", "does": "did", "is": "was", "are": "were", "has": "had", "have": "had"}


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time named at ``start:end`` of a question; its ends are dates or beginnings of one.

    ``exclusive`` when it ends before, or begins after, the day that is named. ``bounded`` by one
    end only. ``certain`` when it can only mean when something was said.
    """

    start: int
    end: int
    first: str
    last: str
    exclusive: bool
    bounded: bool
    certain: bool

    def holds(self, date: str) -> bool:
        """Whether a date (ISO 8601, or its beginning) lies in the period."""
        if not date:
            return False
        first, last = date[: len(self.first)], date[: len(self.last)]
        if self.exclusive:
            return (not self.first or first > self.first) and (not self.last or last < self.last)
        return first >= self.first and (not self.last or last <= self.last)


def period_asked(question: str, *, anybody: bool) -> Period | None:
    """When what a question asks for was said; None where it names no such time.

    ``anybody`` when nobody is named who may have said it.
    """
    match = next(_PERIOD.finditer(question), None)
    if match is None or utterance_asked(question):
        return None
    side = bool(side_asked(question))
    if not side and not (_ANYBODYS if anybody else _PAST_VIEW).search(question):
        return None
    first = _iso(match["year"], match["month"])
    last = _iso(match["last_year"], match["last_month"]) if match["last_year"] else ""
    certain = bool(_SAID_IN.search(question))
    if (match["before"] or match["until"]) and not last:
        first, last = "", first
    elif not (match["after"] or match["since"] or last):
        last = first
    bounded = not (first and last)
    if bounded and _OF_THE_MATTER.search(question[: match.start()]):
        return None
    exclusive = bool(match["before"] or match["after"])
    return Period(*match.span(), first, last, exclusive, bounded, certain or bounded)


def with_the_period(question: str, before: str) -> str:
    """A follow-up in full: "In 2023?" asks what was asked before, of that year."""
    only = _ONLY_A_PERIOD.match(question)
    if only is None:
        return question
    period = f"{(only['when'] or 'in ').lower()}{only['date']}"
    rest = _PERIOD.sub(" ", before).strip(" ?.,")
    rest = re.sub(
        r"\b(?:does|do|is|are|has|have)\b", lambda m: _PRESENT[m[0].lower()], rest, count=1,
        flags=re.IGNORECASE,
    )  # fmt: skip
    return f"{rest} {period}?"


def _iso(year: str, month: str | None) -> str:
    return f"{year}-{MONTHS.index(month.lower()) + 1:02}" if month else year
