"""Words that put a figure in doubt: "I think", "maybe", "about", "or so", each where it counts.

Some count anywhere in the figure's clause; "about", "like" and their kind only right before it;
those after it only where they close its phrase or predicate something of it.
"""

from __future__ import annotations

import re

from kb.claims.extraction.numerals import numerals

REACH_BEFORE, REACH_AFTER = 90, 48
"""Characters of the sentence around a figure in which a hedge of it stands."""

_HEDGE = re.compile(
    r"\b(?:I (?:don[’']t|do not) know(?: exactly)?|I[’']m not (?:really )?sure|not sure|"
    r"I (?:(?:would|still|do|really|just) ){0,2}(?:probably )?(?:guess|think|believe|"
    r"suspect|imagine|reckon|suppose|expect)|"
    r"I(?:[’']d| would) (?:probably )?(?:say|guess|put|bet|estimate|give it)(?: like)?|maybe|"
    r"perhaps|probably|possibly|presumably|roughly|approximately|(?P<beside>about|around|almost|"
    r"nearly|"
    r"essentially|like|kind of|sort of|basically(?= $)|pretty much|I want to say(?! th)|"
    r"(?<!they )(?<!people )(?<!we )call it|"
    r"what is it|(?<=, )what(?=,)|must(?:[’']ve| have) been)"
    r"(?<!way around)(?<!pass around)"
    r"(?!(?<=been around)\s(?:for|since|as)\b)|"
    r"something like(?: that)?|or something(?: like that)?|more or less|"
    r"(?-i:may)|(?:on|in) the order of|give or take|napkin math|"
    r"let[’']?s say|(?<=, )say(?=,)|(?:(?<=, )|(?<=^)|(?<=or )|(?<=of )|(?<=for ))say(?= $)|"
    r"or so|might|could be|seems?|apparently|allegedly|"
    r"in my opinion|if I had to (?:guess|say)|ballpark|"
    r"(?:I[’']m|we[’']re) guessing|I w(?:ould(?:n[’']t| not)|on[’']t) be (?:too )?surprised|"
    r"off the top of my head|"
    r"if I (?:remember|recall)(?: it| that)?(?: correctly| right(?:ly)?)?|"
    r"if (?:you|someone|somebody|they) (?:hold|held|puts?|holds) (?:a|the) gun to my head|"
    r"if (?:you|someone|somebody|they) (?:made|make|forced?|push(?:ed)?|press(?:ed)?) me"
    r"(?:(?=,)|(?: to)? (?:choose|guess|pick|say|answer))|if you insist|or thereabouts|"
    r"I(?:[’']ve| have) heard(?= (?:that|it[’']s|there|about)\b)|"
    r"supposedly|reportedly|(?:a )?rough (?:guess|estimate)|"
    r"it[’']s (?:very |pretty |quite )?rough(?=[,.;]|$)|"
    r"don[’']t (?:quote|hold) me (?:on|to) (?:it|that|this)|"
    r"guesstimates?|at a guess|by (?:our|my) (?:count|estimate|reckoning)|"
    r"(?:our|my) (?:best |own |rough |middle )?(?:guess|estimate)"
    r"(?= (?:is|was|would be|for|of)\b(?! (?:wrong|right|off|bad|good)\b))|"
    r"(?<=, )what (?:was|is|did) (?:it|they)(?: get| cost| take)?(?=,))\b|~",
    re.IGNORECASE,
)
# What may stand between "about" and the figure that it is about: no "about to", no "like I said".
_SMALL_WORDS = re.compile(
    r"[\s,—–-]*(?:(?:an?|the|another|at|by|for|from|in|of|on|or|to(?! \w+ing)|over|under|than|next|"
    r"past|last|year|end|order|only|just|even|say|maybe|perhaps|probably|more|less|up|uh|um|I|"
    r"think|guess|know|don[’']t|it[’']?s?|that[’']s|there|is|are|was|were|be|been|we|have|has|"
    r"had|got|"
    r"half|some|something|about|around|almost|nearly|like|you|mid|early|late|middle|beginning|"
    r"first|second|every|each|exactly|good|solid|whopping|literally|see|let[’']?s|want|time|this|"
    r"as|high|low|many|much|few|little|long)\b[\s,—–-]*)*[$€£~(\"“]*",
    re.IGNORECASE,
)
_MODALS = ("might", "may", "could be", "seem", "seems")
_OTHER_CLAUSE = re.compile(
    r",\s(?:(?:and|but|so|then)\s)?(?:you (?!know\b)|(?:we|they|he|she|there)\b)"
    r"|\b(?:and|but)\s(?:I|you|we|they|he|she|it|there)\b"
)  # "those who might have seen it, you will see two robots"
_OWN_CLAUSE = re.compile(
    r",?\s(?:and|but|whereas|while|so)\s(?:(?:then|now|today|currently|last year|this year),? )?"
    r"(?:I|you|we|they|he|she|it|there|(?:the|our|my|their|his|her|its) [a-z]+)"
    r"(?:[’'](?:s|re|ve)| (?:is|are|was|were|have|has|had|cost|costs|spend|spent|spends|pay|paid|"
    r"pays|hired?|need|needs|run|runs|ran|take|takes|took|makes?|made|got|get|gets))\b"
)
_LOOKING_BACK = (
    "or so", "or something", "or something like that", "more or less", "roughly", "approximately",
    "give or take", "at a guess", "or thereabouts",
)  # fmt: skip
_NEAR = re.compile(
    r"(?:\s(?!(?:who|which|that|where|in|on|and|but|they|we|you|he|she|it)\b)[\w%’'-]+){0,3}\s?"
)  # "10 percent chance maybe", "100,000 GPUs is probably"
_PLAUSIBLE = re.compile(
    r"\s(?:(?:about|roughly) )?(?:right|plausible|possible|likely|reasonable|realistic|closer)\b"
    r"|\s(?:even )?(?:more|less|higher|lower|longer|shorter|later|sooner|fewer)\s?(?:[.,;!?]|$)"
)  # "2030 seems plausible", "10 labs, maybe more"
_LOOKING_AHEAD = (
    "like", "say", "about", "around", "might", "may", "could be", "seem", "seems", "what",
    "what is it", "i want to say", "call it",
)  # fmt: skip
_PHRASE_ENDS = re.compile(r"\s?(?:[,.;!?]|$)")  # "10 percent, essentially."
_NEXT_CLAUSE = re.compile(r"\b(?:and|but|while|whereas)\b|;|[.?!]\s")


def hedge_of(sentence: str, start: int, end: int) -> str | None:
    """The hedges of the figure's clause, as they were said."""
    before = sentence[max(0, start - REACH_BEFORE, _own_clause(sentence, start)) : start]
    after = _NEXT_CLAUSE.split(sentence[end : end + REACH_AFTER], maxsplit=1)[0]
    cut = [match.end() for match in re.finditer(r"[.?!;:]\s|\b(?:because|which)\b", before)]
    before = before[cut[-1] :] if cut else before
    found = [match.group() for match in _HEDGE.finditer(before) if _reaches(match, before)]
    within = _HEDGE.finditer(sentence, start, end)  # "hundreds, maybe thousands"
    found += [match.group() for match in within if not _is_beside(match)]
    found += [match.group() for match in _HEDGE.finditer(after) if _looks_back(match, after)]
    unique = {words.lower(): words for words in reversed(found)}
    return ", ".join(reversed(unique.values())) or None


def _own_clause(sentence: str, start: int) -> int:
    """Where a main clause begins in which a figure at ``start`` stands, after another figure's.

    “I think it is 40 dollars, and we have 30 people”: nobody doubts how many they are.
    """
    begins = [match.start() for match in _OWN_CLAUSE.finditer(sentence, 0, start)]
    return begins[-1] if begins and any(numerals(sentence, 0, begins[-1])) else 0


def _reaches(match: re.Match[str], before: str) -> bool:
    """Whether a hedge before a figure puts that in doubt, rather than what stands between."""
    if match.group().lower() in _MODALS and _OTHER_CLAUSE.search(before, match.end()):
        return False
    return not _is_beside(match) or bool(_SMALL_WORDS.fullmatch(before, match.end()))


def _is_beside(match: re.Match[str]) -> bool:
    """Whether it is one of the words that are about what stands right after them."""
    return bool(match["beside"]) or match.group() == "~"


def _looks_back(match: re.Match[str], after: str) -> bool:
    """Whether words after a figure put that in doubt: “10 percent, I think.”, "10 or so people"."""
    words = match.group().lower()
    if words in _LOOKING_BACK:
        return True
    if _PLAUSIBLE.match(after, match.end()):
        return True
    if words in _LOOKING_AHEAD or words == "~" or words.startswith(("what ", "my ", "our ")):
        return False
    is_near = _NEAR.fullmatch(after, 0, match.start())
    return bool(is_near or _PHRASE_ENDS.match(after, match.end()))
