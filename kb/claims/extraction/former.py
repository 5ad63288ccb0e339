"""Views that somebody held before, and which view is held in their place."""

from __future__ import annotations

import re

from kb.claims.extraction.drafts import Draft

CORRECTION_REACH = 1500
"""Characters of the document within which somebody corrects a figure of their own."""
VIEW_REACH = 900  # the same, for the view that is held instead of a former one
CLAUSE = 60  # characters before a figure that tell what it is
VIEWS = ("timeline", "probability")  # kinds of which people change their minds

_FORMER = re.compile(
    r"\b(?:used to (?:be|say|think)|(?:would|[’']d)(?: have|[’']ve) said|"
    r"(?:previously|initially|originally|earlier),? (?:i )?"
    r"(?:said|thought|predicted|estimated)|i used to|had (?:said|thought)|"
    r"(?:would|[’']d)(?: have|[’']ve) (?:told|given|put|guessed|bet)|"
    r"if you(?:[’']d| had) (?:asked|had|caught|met) me|"
    r"(?:back then|at the time),? (?:i|we|my)|in (?:19|20)\d\d,? i (?:wrote|said|thought|predicted|"
    r"told)|i (?:told|was telling) (?:people|everyone|everybody|them)|"
    r"i(?: was|[’']ve been)(?: still)? at\W+(?:(?:about|around|like|maybe)\W+)*$|"
    r"i had (?:(?:it|that|this|my median) (?:at|in) )?(?:(?:about|around|like|maybe)\W+)*$|"
    r"my (?:\w+ )?(?:median|number|guess|middle|timelines?)(?: \w+)? (?:was|were))\b"
    r"|\bi(?: was|[’']ve been)(?: still)? at $|\bi had (?:(?:it|that|this) (?:at|in) )?$",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(
    r" (?:at the (?:worst|peak)|back then|in those days|for most of (?:19|20)\d\d)\b", re.IGNORECASE
)
_STATES_NOW = re.compile(
    r"\b(?:I(?:[’']m| am| say| put| give| gave| think| expect|[’']d say|[’']d put| came out)|"
    r"my (?:\w+ )?(?:median|number|guess|timelines?)|it[’']s|now|today)\b|\b(?:AGI|it) comes\b",
    re.IGNORECASE,
)


def former_view(draft: Draft, previous: Draft | None) -> str:
    """The words that tell that a view was held before; empty when none do."""
    if draft.reading.kind not in VIEWS:
        return ""
    before = _FORMER.search(clause_before(draft, previous))
    match = before or _FORMER_AFTER.match(words_after(draft))
    return match.group().strip(" ,.") if match else ""


def takes_the_place(draft: Draft, former: Draft) -> bool:
    """Whether a view is held now, of the same thing, and near enough to a former one."""
    if draft.statement.start == former.statement.start:
        return True
    near = abs(draft.start - former.end) <= VIEW_REACH
    topics = {draft.statement.topic, former.statement.topic} - {None}
    firm = not (draft.stance.condition or draft.stance.asked or draft.stance.negation)
    return near and firm and len(topics) <= 1 and bool(_STATES_NOW.search(draft.statement.text))


def clause_before(draft: Draft, previous: Draft | None = None) -> str:
    """The words just before the figure, back to the figure before it."""
    begin = max(draft.statement.start, draft.start - CLAUSE)
    if previous and previous.end <= draft.start:
        begin = max(begin, previous.end)
    return draft.statement.document.text[begin : draft.start]


def words_after(draft: Draft) -> str:
    """The words just after the figure."""
    return draft.statement.document.text[draft.end : draft.end + CLAUSE]
