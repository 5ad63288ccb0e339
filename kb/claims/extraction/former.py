"""Views that somebody held before, and which view is held in their place."""

from __future__ import annotations

import re

from kb.claims.extraction.chance_talk import is_all_that_is_said
from kb.claims.extraction.drafts import Draft
from kb.claims.topics import topic_of

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
    r"my (?:\w+ )?(?:median|number|guess|middle|timelines?|answer|line|estimate|forecast|"
    r"prediction|view)(?: \w+)?(?: (?:on|for|of) \w+)? (?:was|were)|"
    r"(?:his|her|their|(?-i:[A-Z][\w-]+)[’']s) (?:\w+ )?(?:median|number|guess|timelines?|estimate|"
    r"forecast|prediction)(?: for \w+)? (?:was|were|used to be)|(?:started|began)(?: (?:out|"
    r"off))? (?:at|with)|"
    r"(?:years?|months?|decade) ago,? (?:it|i|my|he|she|they|same question)|"
    r"(?:^|[.?!;,] |\band )(?:and )?then (?:it|i|he|she|mine) (?:was|went|moved|came|got)|"
    r"i (?:came|went|got|started|joined|entered|grew up|left|arrived)\b[^.?!;]{0,40}?\b(?:thinking|"
    r"believing|expecting|assuming|convinced)|"
    r"at the time (?:i|he|she|they)|used to (?:say|think|tell)|used to be at)\b"
    r"|\bi (?:was|used to be) an? $|\bmy p ?\(doom\) (?:was|used to be)\b"
    r"|\b(?:down|up) from\W+(?:(?:about|around|like|maybe)\W+)*$"
    r"|\bi(?: was|[’']ve been)(?: still)? at $|\bi had (?:(?:it|that|this) (?:at|in) )?$",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(
    r" (?:(?:\w+ )?(?:was|used to be) where I (?:was|stood)|at the (?:worst|peak)|back then|in "
    r"those days|for most of (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"\b(?:it|that|mine) (?:was|used to be)\W+(?:(?:about|around|like|maybe|at|more like)\W+)*$",
    re.IGNORECASE,
)
_ONCE_AFTER = re.compile(  # "it was 2036 when I joined"
    r",? (?:percent )?(?:when (?:I|we)\b|(?:\w+ ){1,2}(?:years?|months?) ago\b|last (?:year|summer|"
    r"spring|autumn|winter|time)\b|back (?:in|when)\b|before (?:I|we|that)\b|at first\b)",
    re.IGNORECASE,
)
_STATES_NOW = re.compile(
    r"\b(?:I(?:[’']m| am| say| put| give| gave| think| expect|[’']d (?:say|put|give)| came out)|"
    r"my (?:\w+ )?(?:median|number|guess|timelines?))\b|\b(?:AGI|it) comes\b"
    r"|\b(?:nowadays|these days|today|currently|at this point|right now|now),? (?:I(?:[’'](?:m|"
    r"d))?|my|"
    r"they(?:[’']re| are)|it(?:[’']s| is))\b|\bI(?:[’']ve| have)?(?: since| now)? (?:went|gone|"
    r"come|came|moved|"
    r"dropped|shifted|updated)(?: it| that)?(?: (?:up|down|out|back|all the way))* to\b"
    r"|\bmy p ?\(doom\)"
    r"|^\W*it(?:[’']s| is)\W+(?:(?:about|around|like|maybe|more like)\W+)*$"
    r"|\b(?:now|today),? it(?:[’']s| is)(?: (?:more|like|about|maybe|around|at|closer|to))*\W+$"
    r"|\bit(?:[’']s| is) (?:now|today)(?: (?:more|like|about|maybe|around|at|closer|to))*\W+$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r" (?:is|would be) (?:where I|my|what I)\b", re.IGNORECASE)
_NOW_AFTER = re.compile(r",? (?:now|today|these days|nowadays)(?=[,.;]|$| and\b)", re.IGNORECASE)
_THING = re.compile(  # "chance of a boom", "forty percent that rents fall", "2030 for the bridge"
    r"(?: (?:chance|probability|odds|risk))?,? (?:of|for|that) (?:(?:an?|the|this|our) )?"
    r"(?!(?:it|this|that|me|I|we|you|they|he|she|some|somebody|someone|anybody|nobody|now|AGI|"
    r"most|much|all|long|years|ages|what|sure|example|20[0-9]{2})\b)(?P<thing>[\w-]+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(  # a noun of which the figure is told: "the plan is to ship in 2026"
    r"\b(?:the|our|their|his|her|this) (?P<thing>(?!(?:median|number|guess|timelines?|middle|date|"
    r"year|chance|odds|probability|figure|estimate|whole|same)\b)[\w-]+) (?:is|was|will|ends?|"
    r"opens?|starts?|comes)\b|\b(?P<who>he|she|they|we)"
    r"(?:[’'](?:ll|s|d)| will| is| are) (?:be|turn)\b",
    re.IGNORECASE,
)


_HAS_MOVED = re.compile(
    r"\b(?:that|the|this|their|its|his|her) (?:\w+ )?(?:forecast|estimate|median|number|date|"
    r"prediction|figure|timeline|deadline)s?(?:[’']s| has| have| had)(?: (?:since|now|just|already|"
    r"been))* (?:moved|shifted|slipped|gone|come|crept|drifted|fallen|risen|dropped|grown|pushed|"
    r"pulled|revised|updated)(?: (?:up|down|out|back|in|forward|all the way))* to\W+"
    r"(?:(?:about|around|like|maybe|more like)\W+)*$",
    re.IGNORECASE,
)
LONGEST_MOVE = 96  # characters before a figure in which it is told that a view has moved


def has_moved_since(before: str) -> bool:
    """“That forecast has since moved out to”, right before a figure."""
    return bool(_HAS_MOVED.search(before[-LONGEST_MOVE:]))


def former_view(draft: Draft, previous: Draft | None) -> str:
    """The words that tell that a view was held before; empty when none do."""
    if draft.reading.kind not in VIEWS:
        return ""
    clause, after = clause_before(draft, previous), words_after(draft)
    once = _ONCE_AFTER.match(after) if _IT_WAS.search(clause) else None
    match = _FORMER.search(clause) or _FORMER_AFTER.match(after) or once
    return match.group().strip(" ,.") if match else ""


def takes_the_place(draft: Draft, former: Draft) -> bool:
    """Whether a view is held now, of the same thing, and near enough to a former one."""
    if draft.statement.start == former.statement.start:
        return True
    near = abs(draft.start - former.end) <= VIEW_REACH
    topics = {draft.statement.topic, former.statement.topic} - {None}
    firm = not (draft.stance.condition or draft.stance.asked or draft.stance.negation)
    if not (near and firm and len(topics) <= 1):
        return False
    states = _STATES_NOW.search(_from_statement(draft)) or _states_just_before(draft)
    after = words_after(draft)
    held = bool(states or _AFTERWARDS.search(after) or _NOW_AFTER.match(after))
    if not held and 0 <= former.start - draft.end <= CLAUSE:  # "2029. It was 2036 when …"
        held = is_all_that_is_said(draft.statement, draft.start, draft.end)
    return held and same_thing(draft, former)


def _states_just_before(draft: Draft) -> bool:
    """“I'm at twelve now. Twelve percent, for …”: the sentence before tells the same number."""
    opening = _from_statement(draft).strip(' "“')
    *_, last = re.split(r"(?<=[.?!])\s+", draft.statement.before.strip())
    number = re.split(r"\W", draft.statement.text.lstrip(' "“'), maxsplit=1)[0].lower()
    return not opening and bool(
        _STATES_NOW.search(last) and re.search(rf"\b{re.escape(number)}\b", last.lower())
    )


def _from_statement(draft: Draft) -> str:
    """The words of the sentence up to the figure."""
    return draft.statement.text[: draft.start - draft.statement.start]


def same_thing(draft: Draft, former: Draft) -> bool:
    """Whether a new sentence has no subject of its own that the former one does not share."""
    text = draft.statement.document.text
    own = _THING.match(text, draft.end, draft.statement.end)
    subject = _SUBJECT.search(_from_statement(draft))
    if subject and (
        subject["who"] or subject["thing"].lower() not in former.statement.text.lower()
    ):
        return False
    of = _THING.match(text, former.end, former.statement.end)
    if own:
        return own["thing"].lower() in former.statement.text.lower()
    return not (of and topic_of(_from_statement(draft)))


def clause_before(draft: Draft, previous: Draft | None = None) -> str:
    """The words just before the figure, back to the figure before it."""
    begin = max(draft.statement.start, draft.start - CLAUSE)
    if previous and previous.end <= draft.start:
        begin = max(begin, previous.end)
    return draft.statement.document.text[begin : draft.start]


def words_after(draft: Draft) -> str:
    """The words just after the figure."""
    return draft.statement.document.text[draft.end : draft.end + CLAUSE]
