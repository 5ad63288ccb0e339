"""Numbers whose unit was said just before: "it draws 300 megawatts … more like two hundred".

People give ages, times of day and prices without units, too, so the number must be told of the
same thing: by "it" or "they", as a correction, as what something changed to, or of a body of people
by "we".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kb.claims.extraction.chance_talk import chances_were_discussed
from kb.claims.extraction.chances import AMONG_CHANCES
from kb.claims.extraction.measures import measures
from kb.claims.extraction.moments import another_time_ahead
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import BODIES, Dimension, Measure

CORRECTION_REACH = 160  # characters before "No, sorry, 1,800", whoever interrupts
MOST_QUESTIONS = 2  # in a row, of which the last one is answered
NEAR = 2.0  # times, between a number and thousands that it tells again
MOST_APART = 20.0  # times, between a number and the one whose unit it takes
SOON = 5  # words from a number to "maybe" another
FORMS = (
    "number words", "digits", "a and scale", "spoken year", "scale and more", "a few of a scale",
    "order of magnitude",
)  # fmt: skip
LEAST_OF_THINGS = 100
"""A smaller number that "we have" may be anything; as many are of what was counted before."""

_FILLER = (
    r"(?:about|around|roughly|approximately|like|maybe|perhaps|probably|basically|something|"
    r"more like|closer to|nearly|almost|under|over|below|above|at least|at most|less than|"
    r"more than|only|just|still|now|then|um|uh|well|sort of|kind of|at|what|I want to say)"
)
_FILLERS = rf"(?:{_FILLER},?\s+)*"
_IT_IS = re.compile(
    r"(?:\b(?:it|that|this|they|those|these)(?:[’'](?:s|re|d)| (?:was|were|is|are|had been|"
    r"have been))|\b(?:we|they)(?:[’']re| are| were) at"
    r"|\b(?:it (?:has|had|needs|uses|draws)|they (?:have|had|need|use))"
    r"|\bthere (?:should|would|could|must|might) (?:have been|be)"
    r"|\bthe (?:\w+ )?(?:number|figure|answer|total|count) is"
    r"|\b(?:I|we)(?:[’']d| would) (?:say|guess|start with)|\bcall it|\bmake (?:that|it)"
    r"|\b(?:it|that|they) [a-z]+s?(?= (?:more like|closer to))"
    r"|\b(?:it|that|they) (?:ended up(?: (?:being|at|as))?|came (?:out )?(?:to|at)|"
    r"turned out to be|"
    rf"(?:held|lasted|ran|went on)(?: for)?|took(?: (?:us|me|them))?|cost(?: (?:us|me|"
    rf"them))?)),?\s+{_FILLERS}$",
    re.IGNORECASE,
)
_WE_ARE = re.compile(
    rf"\b(?:we|they)(?:[’']re| are| were| (?:currently |now |only )?(?:have|had)| started with)\s+"
    rf"{_FILLERS}$",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"(?:^|[.?!,;—–]\s*)(?:no,? )?(?:sorry|I mean|correction),?\s+$", re.IGNORECASE
)
_OPENS_WITH_SORRY = re.compile(r"\W*(?:no,? )?(?:sorry|I mean|correction),?\s+", re.IGNORECASE)
_CHANGES_TO = re.compile(
    rf"\b(?:from|down|up|back)\b[^.?!;]{{0,40}}? to {_FILLERS}$", re.IGNORECASE
)
_DOWN_FROM = re.compile(
    rf",?\s(?:which is |and that[’']s )?(?:down|up) from {_FILLERS}$", re.IGNORECASE
)
_ANEW = re.compile(
    r"(?:^|[.?!—–]\s+)(?:(?:hmm+|um|uh|wait|well|or|oh|actually),?\s+)*"
    rf"(?:(?P<no>no,\s+(?:no,\s+)*)|(?:maybe|probably|perhaps|more like|closer to|"
    rf"nearer)\s+){_FILLERS}$",
    re.IGNORECASE,
)
_ENDS_THERE = re.compile(
    r"(?:,? (?:I think|actually|now|or so|by now|I guess))?\s?(?:[.!?…]|$)", re.IGNORECASE
)
_INSTEAD_OF = re.compile(rf",? not (?:the |a |an )?{_FILLERS}$", re.IGNORECASE)
_ANOTHER_HAS = re.compile(
    rf"(?:^|[.?!,;]\s|\b(?:and|but|while|versus)\s)(?-i:[A-Z])[\w’'-]+(?: (?-i:[A-Z])[\w’'-]+)? "
    rf"(?:has|have|had|got|runs|ran|owns|is at|are at|was at|with)\s+{_FILLERS}$",
    re.IGNORECASE,
)  # "Larkfield has 300 wells, Quillon has 200"
_OTHERS_SAY = re.compile(
    rf"\b(?:some|others|many|most|people)(?: (?:people|folks|of them|others))? (?:say|said|think|"
    rf"thought|guess|expect|believe|would say)\s+{_FILLERS}$",
    re.IGNORECASE,
)  # "Some say five to ten years. Others say 10 to 20."
_LEADS = (_IT_IS, _OTHERS_SAY, _ANOTHER_HAS, _TAKES_BACK, _CHANGES_TO, _DOWN_FROM, _INSTEAD_OF)
_ENDS = re.compile(
    r"\s?(?:[.,;!?…—]|$)|\s(?:now|today|then|already|or so|who|in the world|these days|by now|"
    r"at the (?:moment|worst|peak)|(?:I|we|you|they) (?:had|were|was|said|thought|heard)|"
    r"last (?:year|month|week|spring|summer|[A-Z]\w+)|if you|since)\b"
)
_HOW_MANY = re.compile(
    r"\bhow many (?:(?:are|were) (?P<body>you|they|we|of you)|(?:\w+ )?(?P<noun>[a-z]{4,}s|people))"
    r"\b[^?]*\?[^?]{0,32}$",
    re.IGNORECASE,
)
_OF_US = re.compile(r"\sof us\b")
_NO_UNITS = frozenset(
    "does always times years months weeks days hours minutes dollars pounds euros percents "
    "millions billions thousands hundreds".split()
)
_BARE_ANSWER = re.compile(
    r"\W*(?:(?:as of (?:last|this) [a-z]+|today|by now|right now|at the moment),? )?"
    r"(?:(?:we|there)(?:[’']ve got|[’']re| have| are| were| had) |"
    rf"(?:I|we) (?:get|got|count|counted) |I[’']d (?:say|guess) )?{_FILLERS}",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:how|what|when|where|why|who|which)\b|\?", re.IGNORECASE)

Readers = dict[Dimension, Callable[[Measure, Surroundings], Reading | None]]


def read_elliptic(measure: Measure, around: Surroundings, readers: Readers) -> Reading | None:
    """A bare number that says again, or corrects, what was counted or measured just before."""
    if measure.form not in FORMS or measure.high < 2:
        return None
    if not _ENDS.match(around.text, measure.end):
        return None
    if unit := _counted_in_question(measure, around):
        return Reading.of(measure, "quantity", "a number of what was asked for", unit=unit)
    before = around.before(measure, 60)
    of_a_body = _WE_ARE.search(before)
    anew = _is_said_anew(measure, around, before)
    if not (of_a_body or anew or any(lead.search(before) for lead in _LEADS)):
        return None
    last = _last_like(measure, around, also_bare=bool(_ANOTHER_HAS.search(before)))
    if last is None:
        return None
    if of_a_body and last.unit not in BODIES and measure.low < LEAST_OF_THINGS:
        return None
    each = last.low / last.figure.low * _shared_scale(measure, last)
    whole = replace(
        measure,
        unit=last.unit,
        dimension=last.dimension,
        low=measure.low * each,
        high=measure.high * each,
    )
    if last.dimension == "share" and _DOWN_FROM.search(before):
        now = readers["share"](last, around)
        return now and Reading.of(whole, now.kind, "what a share was before", unit=now.unit)
    if last.dimension == "share" and chances_were_discussed(around):
        return Reading.of(whole, "probability", AMONG_CHANCES, unit="probability")
    if last.dimension == "duration":
        if ahead := another_time_ahead(whole, last, around):
            return ahead
        if around.topic:
            return None  # of a forecast it would have to be told how far ahead
    reading = readers[last.dimension](whole, around)
    rule = "a number with the unit of the one before it"
    return replace(reading, rule=rule, words=last.words) if reading else None


def _is_said_anew(measure: Measure, around: Surroundings, before: str) -> bool:
    """“Twelve, I think. Maybe thirteen.”; "forty people. No, forty-five"."""
    opens = _ANEW.search(before)
    if not opens or not _ENDS_THERE.match(around.text, measure.end):
        return False
    last = _last_like(measure, around)
    if last is None or not 1 / NEAR <= measure.high / last.figure.high <= NEAR:
        return False
    return bool(opens["no"]) or len(around.text[last.end : measure.start].split()) <= SOON


def _counted_in_question(measure: Measure, around: Surroundings) -> str | None:
    """What "how many …?" asked for, when the answer begins with the number."""
    if around.statement.before.strip():
        return None
    return _asked_for(around, around.text[around.statement.start : measure.start])


def _asked_for(around: Surroundings, opening: str) -> str | None:
    """What "how many …?" asked for, when nothing else opens the answer."""
    asked = around.statement.asked
    match = _HOW_MANY.search(asked) if 1 <= asked.count("?") <= MOST_QUESTIONS else None
    if not match or not _BARE_ANSWER.fullmatch(opening):
        return None
    noun = "people" if match["body"] else match["noun"].lower()
    return None if noun in _NO_UNITS else noun


def _said_unit(found: Measure, around: Surroundings) -> Measure:
    """The measure with the unit that the talk gives it: "six of us", an answer to "how many?"."""
    if found.dimension != "bare":
        return found
    turn = around.statement.turn
    begin = turn.char_start if turn else around.statement.start
    of_us = _OF_US.match(around.text, found.end)
    unit = "people" if of_us else _asked_for(around, around.text[begin : found.start])
    return replace(found, dimension="count", unit=unit) if unit else found


def _last_like(
    measure: Measure, around: Surroundings, *, also_bare: bool = False
) -> Measure | None:
    """The measure just before it, of a size that the number could say again.

    Another bare number between them is what is said again, unless all of a list are
    (``also_bare``); another question asks for something else.
    """
    statement = around.statement
    same = [other for other in around.others if other.end <= measure.start]
    start = statement.start - len(statement.before)
    if _OPENS_WITH_SORRY.fullmatch(around.text, statement.start, measure.start):
        start = max(0, statement.start - CORRECTION_REACH)
    elif not statement.before.strip() and not _ASKS.search(_last_words(statement.asked)):
        start = max(0, statement.start - len(statement.asked) - 2)
    earlier = measures(around.text, start, statement.start, statement.year)
    for found in (*reversed(same), *reversed(earlier)):
        other = _said_unit(found, around)
        if other.dimension == "year" or (also_bare and other.dimension == "bare"):
            continue
        if other.dimension in ("bare", "multiple") or other.figure.low <= 0:
            return None
        size = measure.low * _shared_scale(measure, other)
        return other if 1 / MOST_APART <= size / other.figure.low <= MOST_APART else None
    return None


def _last_words(asked: str) -> str:
    """The last sentence of a turn, without its question mark."""
    return re.split(r"[.?!]\s", asked.rstrip(" ?"))[-1]


def _shared_scale(measure: Measure, other: Measure) -> float:
    """“Fifty billion? I'd say sixty”: the sixty are billions, too; of thousands, if it is near."""
    own, others = measure.figure.numerals[0].scale, other.figure.numerals[-1].scale
    near = others >= 1e6 or 1 / NEAR <= measure.high * others / other.high <= NEAR
    shares = own == 1 and others >= 1e3 and near and measure.high < 1000
    return others if shares else 1.0
