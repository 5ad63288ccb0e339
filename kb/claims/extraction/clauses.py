"""Where one clause ends and the next begins."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r",\s(?:say|like|what|you know|I mean|I think|I guess|well|in fact|in the end|at least|so to "
    r"speak|of course|strictly(?: speaking)?|frankly|honestly|to be (?:honest|fair|frank|clear)|"
    r"as (?:\w+ ){1,2}(?:say|said|think|thought))(?=,)"
    r"|(?:(?<=n[’']t)|(?<=\bnot)|(?<=\b(?:at|of|in|to|by|is|be))|(?<=\b(?:for|are|was|has|had|get))"
    r"|(?<=\b(?:with|were|have))),\s[^,]{1,30}(?=,)",
    re.IGNORECASE,
)
_SUBJECT = (
    r"(?:I|we|you|they|he|she|it|there|this|that|everyone|everybody|nobody)(?:[’']\w+)?\s\w|"
    r"(?:the|an?|my|our|your|their|his|her|its|these|those|some|most|all|many|every|each)\s"
    r"\w+\s\w|(?-i:[A-Z])[\w-]+\s\w"
)
MAIN_CLAUSE = re.compile(
    rf",\s(?:{_SUBJECT}|(?:(?:about|around|only|just|nearly|almost|over|roughly|maybe|some|at|"
    rf"least|"
    r"more|less|than|up|to|the|an?)\s){0,4}[$€£~]?$)",
    re.IGNORECASE,
)  # a comma with a subject and its verb, or with the figure


def without_asides(words: str) -> str:
    """“If you're not at, say, 20 percent”: no comma of an aside ends a clause."""
    return _ASIDE.sub(" ", words).replace(" ,", "")
