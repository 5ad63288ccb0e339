"""Chances that it ends well: asked for a p(doom), many tell the chance that there is none.

“Eighty percent that we make it” is no 80 % doom; it must not stand among those.
"""

from __future__ import annotations

import re

from kb.claims.extraction.drafts import Draft

_CLAUSE_END = re.compile(r"[,;:.!?—]|\b(?:and|but|so|while|whereas|because)\b")
_GOOD = (
    r"(?:surviv(?:e|es|ed|al|ing)|(?:make|makes|made|making) it\b|(?:get|gets|come|comes|getting|"
    r"coming|pull|pulls) (?:us |it |this |that )?(?:through|out (?:alive|okay|fine))|"
    r"(?:go|goes|going|turn|turns|end|ends|work|works|turning|working)(?: \w+)? "
    r"(?:well|fine|okay|ok|right|great|out)\b|(?:be|are|is|[’']re|[’']s)(?: all| just)? "
    r"(?:fine|okay|ok|alright|all right|safe|good)\b|good (?:outcome|end|ending|future)|"
    r"optimis(?:m|tic)|hopeful|utopia)"
)
_BAD = (
    r"(?:die|dies|doom|extinct|extinction|catastrophe|happens?|lose|goes? (?:badly|wrong)|"
    r"kills?|disaster|toast)"
)
_NOT = (
    r"(?:n[’']t|\bnot|\bno|\bnever|\bavoid(?:s|ing|ed)?|\bwithout|\bagainst|\bprevent(?:s|ing|ed)?|"
    r"\bescap(?:e|es|ing))"
)
_ENDS_WELL = re.compile(
    rf"{_NOT}[ (](?:\w+ ){{0,3}}?{_BAD}\b|\bavoid(?:s|ing)? (?:it|that|this|all that)\b"
    rf"|(?<!\w)(?P<good>{_GOOD})",
    re.IGNORECASE,
)
_DENIED = re.compile(rf"{_NOT}(?: \w+){{0,3}} $", re.IGNORECASE)


def is_of_a_good_end(draft: Draft) -> bool:
    """Whether the clause of a chance tells that it goes well."""
    text, statement = draft.statement.document.text, draft.statement
    after = _first_clause(text[draft.end : statement.end])
    before = _last_clause(text[statement.start : draft.start])
    return _ends_well(after if len(after.split()) > 1 else f"{before} {after}")


def _first_clause(words: str) -> str:
    end = _CLAUSE_END.search(words)
    return words[: end.start()] if end else words


def _last_clause(words: str) -> str:
    ends = [*_CLAUSE_END.finditer(words)]
    return words[ends[-1].end() :] if ends else words


def _ends_well(clause: str) -> bool:
    return any(
        not (match["good"] and _DENIED.search(clause, 0, match.start()))
        for match in _ENDS_WELL.finditer(clause)
    )
