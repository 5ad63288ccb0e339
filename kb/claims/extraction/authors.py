"""Authors whom somebody presents, and who are "they" from then on.

“Ana Ruiz and two colleagues have published a census. They find 40 labs.”
"""

from __future__ import annotations

import re

from kb.claims.extraction.beliefs import ADVERB, BELIEVES

PRESENTED_REACH = 1_500
"""Characters before a sentence in which its "they" is presented."""

_AUTHORS = re.compile(
    r"\b[Tt]hey(?: also)? (?:find|found|report(?:ed)?|estimated?|project(?:ed)?|write|"
    r"expect(?:ed)?|"
    r"give|gave|conclude[sd]?|count(?:ed)?|predict(?:ed)?)\b"
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


_WROTE = re.compile(
    r"(?:^|[.?!…]\s+|\n)(?:\w+ )?(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]*[a-z]){1,2}) "
    r"(?:has (?:written|published|posted)|wrote|published|posted) (?:an?|this|the|\w+[’']s) "
    r"(?:[\w-]+ ){0,3}(?:overview|essay|post|blog|article|op-ed|piece|column|memo)\b"
)
# Where an author speaks again, or goes on to something else.
_OWN_WORDS = re.compile(
    r"\n\W*(?:\*\*\*|Why (?:this|it) matters|Read (?:more|the)|What this means|My take|"
    r"[A-Z][^\n.]{8,80}:\n)|\b(?:I|my|me|I[’']m|I[’']ve)\b"
)


def retold_author(earlier: str) -> tuple[str, str] | None:
    """Whose essay is retold at the end of ``earlier``, in a text by somebody else.

    “Researcher Ana Ruiz has written an overview of …” begins it. With the words that tell it.
    """
    wrote = [*_WROTE.finditer(earlier)][-1:]
    if not wrote or _OWN_WORDS.search(earlier, wrote[0].end()):
        return None
    return wrote[0]["who"], wrote[0].group().strip()


def presented_authors(earlier: str, before: str, after: str) -> tuple[str, str] | None:
    """Who was presented last in ``earlier``, when the words around a figure are of authors.

    With the words that tell it.
    """
    told = [*_AUTHORS.finditer(before)][-1:] or [*_AUTHORS_AFTER.finditer(after)][:1]
    presented = [*_PRESENTED.finditer(earlier)][-1:]
    if not told or not presented:
        return None
    return presented[0]["who"] or presented[0]["lead"], told[0].group()
