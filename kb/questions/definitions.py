"""What something is: questions for it, and sentences that say it."""

from __future__ import annotations

import re

from kb.questions.query import Query, Wanted
from kb.text.words import content_words

LONGEST_TERM = 3  # words

_WHAT_IS = re.compile(
    r"\W*(?:(?:so|and|wtf|please|the)\s+)*(?:what(?:['’]?s|\s+is|\s+are|\s+does|\s+do)|wtf\s+is|"
    r"define|explain|definition\s+of|meaning\s+of)\s+"
    r"(?:(?:exactly|mean(?:t|ing)?\s+by|an?|the|this|that|word|term)\s+)*(?P<term>[^,?.;:]+?)(?:\s+means?)?\s*\W*",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(?P<term>[\w’'-]+(?:[ -][\w’'-]+){0,2})\W*")
_IS = (
    r"(?:[’']s|\s+is|\s+are|\s+was|\s+means?|\s+refers?\s+to|\s+describes?)\s+"
    r"(?:(?:basically|essentially|just|like|really|about|kind\s+of|sort\s+of|simply|roughly|"
    r"well|sort|kind|,)\s*,?\s*)*"
    r"(?:an?|the|when|where|whether|how|one|this|that|what|something|if|any|anything|to|about|"
    r"[a-z]+ing|for|being)\b"
)
_NO_DEFINITION = re.compile(
    r"\b(?:the (?:most|best|worst|only|main|biggest|right|wrong|same|problem|question|thing|one)|"
    r"this (?:kind|sort))\b",
    re.IGNORECASE,
)


def term_asked(query: Query) -> str | None:
    """What is to be defined: "myopia" of "what is myopia?", or of the bare word."""
    if query.wanted is not Wanted.ANYTHING:
        return None
    match = _WHAT_IS.fullmatch(query.topic) or _BARE.fullmatch(query.topic)
    term = match["term"].strip() if match else ""
    return term if 0 < len(content_words(term)) == len(term.split()) <= LONGEST_TERM else None


def defines(term: str, text: str) -> bool:
    """Whether a sentence says what a term means: "A kettle is a thing that boils."."""
    named = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", term))
    said = re.search(
        rf"\b{named}s?\b[”\"’')]*{_IS}"
        rf"|\b(?:by|what) (?:I mean by )?{named}s?,? (?:I|we|people) (?:just |really )?mean\b"
        rf"|\bI mean by {named}\b|\b(?:called|call (?:this|that|it|them)) (?:an? |the )?{named}\b"
        rf"|\b{named}s?, (?:which|that) (?:is|are|means)\b|\b{named}s?, (?:i\.e\.|that is|meaning)",
        text,
        re.IGNORECASE,
    )
    return said is not None and not _NO_DEFINITION.search(text[said.start() : said.end() + 20])
