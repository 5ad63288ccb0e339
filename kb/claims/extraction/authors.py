"""Authors whom somebody presents, and who are "they" from then on.

“Ana Ruiz and two colleagues have published a census. They find 40 labs.”
"""

from __future__ import annotations

import re

from kb.claims.extraction.beliefs import ADVERB, BELIEVES

PRESENTED_REACH = 1_500
"""Characters before a sentence in which its "they" is presented."""

_AUTHORS = re.compile(
    r"\b[Tt]hey(?: also)? (?:find|found|report(?:ed)?|estimated?|project(?:ed)?|write)\b"
    rf"|\b[Tt]he (?:authors?|paper|report|study|census|survey|team|researchers)(?: also)?{ADVERB}"
    rf" {BELIEVES}\b"
)
_AUTHORS_AFTER = re.compile(r"[,”\"] they (?:write|say|wrote|report|add|estimate)\b")
_PRESENTED = re.compile(
    r"(?:^|[.?!…]\s+|\n)(?:(?:In|At) [^.,]{3,30}, )?"
    r"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]*[a-z]){1,2})"
    r"(?:[’']s (?:group|team|lab))?(?: and [^.]{3,60}?| at [A-Z]\w+){0,2} "
    r"(?:(?:has|have) (?:put|published|released|written|posted)|published|released|tested|studied|"
    r"analy[sz]ed|surveyed|examined|reports?|finds?)\b"
    r"|\bled by (?P<lead>[A-Z][\w’'-]+(?: [A-Z][\w’'-]*[a-z]){1,2})"
)


def presented_authors(earlier: str, before: str, after: str) -> tuple[str, str] | None:
    """Who was presented last in ``earlier``, when the words around a figure are of authors.

    With the words that tell it.
    """
    told = [*_AUTHORS.finditer(before)][-1:] or [*_AUTHORS_AFTER.finditer(after)][:1]
    presented = [*_PRESENTED.finditer(earlier)][-1:]
    if not told or not presented:
        return None
    return presented[0]["who"] or presented[0]["lead"], told[0].group()
