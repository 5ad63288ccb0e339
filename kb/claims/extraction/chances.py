"""Percentages: chances of an event, or shares of something."""

from __future__ import annotations

import re

from kb.claims.extraction.chance_talk import (
    ALONE_BEFORE,
    MIND_CHANGED,
    PERCENTAGE,
    SHARES,
    answers_something_else,
    asks_something_else,
    chances_were_discussed,
    goes_on,
    is_all_that_is_said,
    tells_how_long,
)
from kb.claims.extraction.odds import ODDS
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import A_PERCENTAGE, ONE_THING_IN, PARTS_PER, Measure
from kb.claims.extraction.word_figures import BARE_FRACTION, NUMBER_OF_DIGITS, SUM_OF_HUNDRED

_CHANCE = re.compile(
    r"\b(?:chances?|probab(?:le|ilit\w+)|likel(?:y|ihood)|unlikely|odds|p\(?doom\)?|credence|"
    r"confidence|risks?(?= (?:of|that|is|was|at|around)\b| \[)|survival)\b",
    re.IGNORECASE,
)
_SURE = re.compile(r"\s(?:\w+\s)?(?:sure|certain|confident|convinced)\b", re.IGNORECASE)
_CALLED_A_CHANCE = re.compile(
    r"\s(?:chance|probab|likel|odds|risk)|\s(?:\w+\s)?(?:sure|certain|confident|convinced)\b",
    re.IGNORECASE,
)
_CHANCE_BEFORE = re.compile(
    r"\b(?:probab(?:le|ilit\w+)|chances?|odds|likelihood|credence)\b|\bp\s?\(?doom\b", re.IGNORECASE
)
_BELIEF = re.compile(
    r"\b(?:I|he|she)(?:[’']d| would)? (?:\w+ )?(?:say|put|give (?:it|that|AGI|us)|gave it|"
    r"have given it|guess|"
    r"bet)\b[\w’', ]{0,20}$|"
    r"\b(?:gives?|gave|puts?) (?:it|that|this|us|doom)\W+"
    r"(?:(?:about|like|maybe|less|more|than|an?|around|under|over|at|up|to|something)\W+)*$|"
    r"\b(?:am|was|were|[’']m|be) at\W+(?:\w+\W+){0,3}$|"
    r"\b(?:I|he|she)(?:[’']ve|[’']s| have| has)? (?:\w+ )?(?:moved|updated|shifted|drifted)"
    r"(?: (?:up|down))? from\W+(?:[\w%]+\W+){0,6}$|\bput (?:it|"
    r"that) (?:at|"
    r"around)\W+$",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"\bwould (?:say|give|bet)\W+(?:\w+\W+){0,2}$|"
    r"\b(?:friends?|people|colleagues?|others|folks) who says?\W+$|"
    r"\b(?:tell|told) (?:you|me|us)\W+(?:\w+\W+){0,2}$|"
    r"\bthe number (?:that )?(?:I|he|she|they) gives?\W+(?:is|was)\W+$",
    re.IGNORECASE,
)
_HELD_AT = re.compile(
    r"\b(?:(?:had|have|put) (?:it|that|this) at|I[’']ve been at|I said)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:(?:I|he|she|they)(?:[’']ve got|[’']d (?:give|put)|"
    r" (?:have|had|keep|kept|gave|give|hold))(?: (?:myself|it|that|us|them))?"
    r"|(?:[A-Z][a-z]+|he|she)[’']s at|I[’']ve been at|(?:I|he|she)(?:[’'](?:m|s)) "
    r"(?:more like|closer to|around|about|down to|up to)|(?:has|have|had|puts?) (?:it|this|"
    r"that) at)\W+"
    r"(?:(?:maybe|about|like|around|roughly|at|basically|only|still|now|something|perhaps|um|uh|"
    r"well|a)\W+)*$",
    re.IGNORECASE,
)
_OF_AN_EVENT = re.compile(
    r"(?:\s(?:right now|now|today|currently))?\s(?:on (?:it|that|this|us|AGI)\b|to (?:win|"
    r"lose)\b|of it\b|"
    r"that (?:at least|an?|the|one|some|none|any|it|we|they|you|he|she|I|there|this|my|our|no|"
    r"things|AI|[A-Z]\w+)\b)"
    r"|\son (?:some|any|an?|the|my|our|his|her|their|him|them|[A-Z]\w+)(?: [\w-]+){0,3}? "
    r"(?!(?:building|meeting|morning|evening|spring|reading|ring|wing|king)\b)[a-z]{2,}ing "
    r"(?:it|that|this|the|an?|our|us|by|before|him|them|out|all|any|over)\b"
)
_THAT_WILL = re.compile(
    r" that (?:I|we|you|he|she|it|they|there|AI|AGI|someone|somebody|[A-Z]\w+)"
    r"(?:[’'](?:ll|re)| will| would| won[’']t| ever| never)\b"
)
_DETERMINED = re.compile(
    r"\b(?:the|that|this|these|those|of|my|our|your)\W+(?:\w+\W+)?$", re.IGNORECASE
)
_THAT_LESS = re.compile(
    r"\s(?:you|he|she|they|we|I|it)(?:[’']ll)? (?:wins?|survives?|fails?|succeeds?|makes? it|"
    r"gets? there|pulls? it off|happens?|works?)(?=\s?(?:[.,;!?]|$)| (?:by|before) )"
)
_CLAUSE_BEGINS = re.compile(
    r"(?:^|[.,;:]\s)\W*(?:(?:like|maybe|about|say|and|so),? )*$", re.IGNORECASE
)
_BY_A_YEAR = re.compile(r"\s(?:by|before) (?:the end of )?(?:20[0-9]{2}\b|then\b)")
_BY_THEN = re.compile(r"\s(?:by|before|after)\b|(?:,? I (?:think|guess))?[.?!;]|$")
_FOR_A_WHILE = re.compile(
    r"\s(?:(?:for|until|through|in) (?:most|all|much|the|a|20|last)|(?:when|until|before) I\b|"
    r"back then\b|at the time\b)"
)
_FROM_MINE = re.compile(
    r"\b(?:my|his|her|your|their) [a-z-]{3,12}(?: per ?cent)? to\W+"
    r"(?:(?:maybe|about|like|around|roughly|something|perhaps)\W+)*$",
    re.IGNORECASE,
)
_STANDS_AT = re.compile(
    r"\b(?:I|he|she)(?:[’'](?:m|s)|[’']d be| am| is| was| would be)(?: (?:still|now|more|like|way|"
    r"down|up|back|probably|maybe))* (?:at|under|over|below|above|about|closer to|to|"
    r"(?<=more )like)\W+"
    r"(?:(?:maybe|about|like|around|roughly|basically|something|perhaps|um|uh|what|say)\W+)*$",
    re.IGNORECASE,
)
_SHARE_JUST_BEFORE = re.compile(
    r"(?:[0-9]\s?%|\bper ?cent\b)(?! (?:of|in) )"
    r"(?:(?!\b(?:[0-9]+|hundred|thousand|million|billion)\b)[^?]){0,320}"
    r"(?:\?[^?]{0,60})?$"
)
_INTERVAL = re.compile(
    r"\s(?:confidence |credible |credence )?(?:intervals?|CI|confidence (?:range|bounds?))\b"
)
_LEANS = re.compile(
    r"\b(?:I|he|she)(?:[’']d| would|[’']m|[’']s)? (?:\w+ )?lean(?:s|ing)?\b", re.IGNORECASE
)
_GOES_TO = re.compile(
    r"\b(?:I|he|she)(?:[’']d| would)? (?:go|goes|come|comes|drop|drops|move|moves)"
    r"(?: (?:up|down|back))? to,?\W+(?:(?:maybe|about|like|around|something)\W+)*$",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\bsay\W+(?:\w+\W+){0,2}$")  # which people do of any number
_NEXT_CLAUSE = re.compile(r"[,;:]\s|\b(?:and|but|while|whereas|because)\b")
_PERCENT = re.compile(r"%|\bper\s?cent", re.IGNORECASE)
_IN_HALF = re.compile(r"\b(?:in|into|by)\s$", re.IGNORECASE)
_CHANGED_BY = re.compile(
    r"\b(?:f[ae]ll|fallen|drop(?:ped|s)?|r[io]se[sn]?|gr[eo]w(?:n|s)?|(?:go(?:ne|es)?|went|is|"
    r"are|was|"
    r"were) (?:up|down)|cut|shr[aiu]nk|(?:in|de)creased?|reduced?)(?: [\w-]+){0,2}? by\W+"
    r"(?:(?:about|around|nearly|almost|roughly|over|maybe|more than|less than)\W+)*$",
    re.IGNORECASE,
)
_INCLINED = re.compile(r"\s(?:that|on|in favou?r|for|against)\b")
_MORE_OR_LESS = re.compile(
    r"\s(?:more|less|further|faster|slower|cheaper|higher|lower|longer|shorter|bigger|"
    r"smaller|of the|an? year|per year|annually)\b"
)
AMONG_CHANCES = "a number among chances that are told in percent"
PERCENTAGE_ALONE = "a percentage"
IMPRECISE = (BARE_FRACTION, NUMBER_OF_DIGITS, SUM_OF_HUNDRED, ODDS)
"""Forms of shares that claim nothing unless chances are discussed."""
_FORETOLD = ("AGI", "superintelligence", "AI catastrophe", "takeoff", "alignment solved")
_SHARE_OF = re.compile(
    r"(?:\sor (?:so|something|more|less|whatever))?\s(?:(?:of|in) |(?=(?:the|our|their|your|its|my|"
    r"his|her) ))"
    r"(?:the |our |their |your |its |all |us |my |what |people|every)?"
    r"(?!\w+ing\b)[a-z]+",
    re.IGNORECASE,
)
_ATTRIBUTE_BEFORE = re.compile(r"\b(?:those|these|the|an?)\s$", re.IGNORECASE)
_ATTRIBUTE_AFTER = re.compile(
    r"\s(?!(?:range|ballpark|neighbou?rhood|mark|doom|and|at|by|for|in|on|or|that|to)\b)[a-z]+"
)
_LESS_THAN_ALL = re.compile(r"(?<!100)(?<!100\s)[0-9%]\s?%|(?<!hundred )(?<!100 )\bper ?cent\b")
_IN_AN_ADVERTISEMENT = re.compile(
    r"\b(?:promo|coupon|discount|checkout|(?:the|use|our|my) code|your (?:first|next) (?:order|"
    r"month|"
    r"year|purchase))\b",
    re.IGNORECASE,
)
_GIVES = re.compile(r"\b(?:give|gives|gave|giving|given)\W+(?:[a-z]+\W+)?$")  # "a 110 percent"
_OFF = re.compile(r"\soff\b")
_CAMP = re.compile(r"\s(?:people|folks|guys|camp)\b")
_AGE = re.compile(
    r"\b(?:he|she|my \w+)(?:[’']s| is| was| turned)\W+"
    r"(?:(?:now|almost|nearly|only|just|about)\W+)*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:today|tomorrow|tonight|morning|afternoon|evening|noon|[A-Z][a-z]+day) "
    r"(?:at|around|by|before|after|about)\W+$"
)
_CLAUSE_ENDS = re.compile(r"(?:\sor (?:so|something|thereabouts))?\s?(?:[.,;!?…—]|$)")
_LEADS_TO_CHANCE = re.compile(
    r"^\W*$|(?:\b(?:at|say|said|like|about|around|maybe|over|under|above|below|was|is|be|it|to|"
    r"closer|then|and|"
    r"now|um|usually|roughly|than|put|guess|between)|[’']s|[’']d|,)\W+$",
    re.IGNORECASE,
)
_IS_OF_A_THING = re.compile(  # "The rate is at …", "Turnout was under …"
    r"(?:^|[,;:] )\W{0,4}(?:(?:and|so|but|well|okay|now|then),? )*"
    r"(?:(?:the|this|that|our)(?: [\w’'-]+){1,4}?|(?!(?:it|that|he|she|they|I|one|mine|his|"
    r"hers|yours|doom)\b)[\w’'-]+)(?<!who)(?<!guy)(?<!man)(?<!friend)(?<!first)(?<!second)(?<!third)(?<!one)(?<!doom)"
    r"(?: is| are| was| were|[’']s at)(?: (?:still|now|down|up))?"
    r"(?: (?:at|under|over|below|above|about|around|maybe|like|to))*\W{1,4}$",
    re.IGNORECASE,
)
_ON_IT = re.compile(
    r"\s(?:on (?:it|that|this|AGI|us)|by|for (?:[0-9]+|it|that)|toast|doom\w*|dead|extinct)\b",
    re.IGNORECASE,
)


def read_share(measure: Measure, around: Surroundings) -> Reading | None:
    """A percentage as a chance where the talk is of chances, else as a share."""
    if changed := _changed_from(measure, around):
        before = read_share(changed, around)
        return before and Reading.of(measure, before.kind, before.rule, unit=before.unit)
    return _read_share(measure, around)


def _read_share(measure: Measure, around: Surroundings) -> Reading | None:
    """The same, of a percentage that stands for itself."""
    if measure.form == "even odds":
        return _chance(measure, "even odds", measure.words)
    if measure.unit.startswith("fraction of"):
        return Reading.of(measure, "money", "a share of the economy")
    if _is_of_a_camp(measure, around):
        return None
    if measure.rule in (PARTS_PER, ONE_THING_IN):
        return Reading.of(measure, "quantity", "parts of a whole")
    after = around.after(measure)
    if measure.low == 0 and measure.high == 1:
        return None  # "anything from 0 to 100 percent"
    if not 0 <= measure.low <= measure.high <= 1:  # "I'm 200 percent sure" is a manner of speaking
        called_one = _CALLED_A_CHANCE.match(after)
        effort = _GIVES.search(around.before(measure))
        return None if called_one or effort else Reading.of(measure, "quantity", "a percentage")
    if _INTERVAL.match(after) or (
        _OFF.match(after) and _IN_AN_ADVERTISEMENT.search(around.sentence)
    ):
        return None
    certain = measure.low == measure.high == 1
    if certain and _SURE.match(after):
        return None  # "I'm not a hundred percent sure"
    if certain and not (_CALLED_A_CHANCE.match(after) or _LESS_THAN_ALL.search(around.earlier)):
        return Reading.of(measure, "quantity", "all of it") if _SHARE_OF.match(after) else None
    if called := _CALLED_A_CHANCE.match(after) or (
        measure.form == SUM_OF_HUNDRED and _INCLINED.match(after)
    ):
        return _chance(measure, "a percentage called a chance", called.group().split()[0])
    if _SHARE_OF.match(after) and not _is_called_before(measure, around):
        return Reading.of(measure, "quantity", "a share of something")
    return _told_beside(measure, around)


def _changed_from(measure: Measure, around: Surroundings) -> Measure | None:
    """The 22 percent of "from 22 percent to 31", which tells what the 31 are."""
    if measure.rule != A_PERCENTAGE or _PERCENT.search(measure.words):
        return None
    earlier = [o for o in around.others if o.end < measure.start and _PERCENT.search(o.words)]
    between = around.text[earlier[-1].end : measure.start] if earlier else ""
    return earlier[-1] if re.match(r" (?:\w+ ){0,3}?to\b", between) else None


def _is_of_a_camp(measure: Measure, around: Surroundings) -> bool:
    """“The ninety-nine percent people”: whoever they are, it is no figure of theirs."""
    the = _ATTRIBUTE_BEFORE.search(around.before(measure))
    return bool(the and _CAMP.match(around.after(measure)))


def _is_called_before(measure: Measure, around: Surroundings) -> bool:
    """Whether a word of chance just before belongs to this share.

    Not in "a ten percent chance of rain, forty percent of people disagree".
    """
    called = _CHANCE_BEFORE.search(around.before(measure, 40))
    earlier = [other for other in around.others if other.end <= measure.start]
    if not called or not earlier or not _CALLED_A_CHANCE.match(around.text, earlier[-1].end):
        return bool(called)
    between = around.text[earlier[-1].end : measure.start]
    return not _NEXT_CLAUSE.search(between)


def _told_beside(measure: Measure, around: Surroundings) -> Reading | None:
    """A chance when words of chance or of belief stand about, or chances are discussed."""
    after = around.after(measure)
    if measure.form in IMPRECISE and not _PERCENT.search(measure.words):
        return _imprecise(measure, around)
    compared = _MORE_OR_LESS.match(after)
    if not compared and (chance := _CHANCE.search(around.sentence)) and not SHARES.search(after):
        return _chance(measure, "a percentage beside words of chance", chance.group())
    believed = _BELIEF.search(around.before(measure, 60)) or around.asks_chance
    believed = believed and not SHARES.search(around.sentence)
    if not compared and _is_of_an_event(measure, around, after):
        return _chance(measure, "a percentage that an event gets", measure.words)
    attribute = _ATTRIBUTE_BEFORE.search(around.before(measure)) and _ATTRIBUTE_AFTER.match(after)
    of_a_thing = _IS_OF_A_THING.search(around.text[around.statement.start : measure.start])
    discussed = not of_a_thing and _are_discussed(around)
    if not (compared or attribute) and (believed or discussed):
        event = _ON_IT.match(after)
        words = event.group().strip() if event else measure.words
        return _chance(measure, "a percentage where chances are discussed", words)
    return Reading.of(measure, "quantity", PERCENTAGE_ALONE)


def _is_of_an_event(measure: Measure, around: Surroundings, after: str) -> bool:
    """“I have ten percent on it”, "Forty percent that …", "Below two percent." among chances."""
    before = around.text[around.statement.start : measure.start]
    held = _HELD.search(before[-60:])
    opens = ALONE_BEFORE.fullmatch(before)
    if _CLAUSE_BEGINS.search(before) and _THAT_LESS.match(after):
        return True
    if _THAT_WILL.match(after) and not _DETERMINED.search(before[-24:]):
        return True  # "another twenty percent that I'll be dead first"
    that = after.startswith(" that ") and _OF_AN_EVENT.match(after)
    if (held and _OF_AN_EVENT.match(after)) or (opens and (that or _BY_A_YEAR.match(after))):
        return True
    ends = _CLAUSE_ENDS.match(after)
    if asks_something_else(around.statement) or not chances_were_discussed(around):
        return False
    leads = _LEADS_TO_CHANCE.search(before) and not _IS_OF_A_THING.search(before)
    answers = leads and PERCENTAGE.search(around.statement.recent)
    said = ends and (answers or _SAID_OF.search(before[-60:]))
    alone = is_all_that_is_said(around.statement, measure.start, measure.end)
    if alone and not goes_on(around.statement.before):
        return False
    return bool((held and _BY_THEN.match(after)) or alone or said)


def _imprecise(measure: Measure, around: Surroundings) -> Reading | None:
    """“Two thirds”, "single digits", "60/40": a chance only beside its name, or when asked for."""
    before = around.before(measure, 80)
    asked = around.is_short and around.asks_chance
    if measure.form == ODDS and "odds" in measure.words.lower():
        return _chance(measure, "betting odds", measure.words)
    believed = _BELIEF.search(before[-60:]) and _are_discussed(around)
    leans = measure.form == SUM_OF_HUNDRED and _LEANS.search(before)
    among = PERCENTAGE.search(around.statement.recent) and chances_were_discussed(around)
    moves = among and _GOES_TO.search(before)
    if _CHANGED_BY.search(before):
        return Reading.of(measure, "quantity", "by how much something changed")
    if _IN_HALF.search(before) or not (
        asked or believed or leans or moves or _CHANCE.search(before)
    ):
        return None
    return _chance(measure, "an imprecise chance", measure.words)


def _are_discussed(around: Surroundings) -> bool:
    """Whether the talk just before was of chances, or of what forecasts are made of."""
    if SHARES.search(around.sentence):
        return False
    foretold = around.topic in _FORETOLD or around.statement.recent_topic in _FORETOLD
    return foretold or bool(_CHANCE_BEFORE.search(f"{around.statement.heading} {around.earlier}"))


def read_bare_chance(measure: Measure, around: Surroundings) -> Reading | None:
    """“I usually say fifteen”, after percentages: a number that ends its clause."""
    if not 0 < measure.low <= measure.high < 100:
        return None
    if measure.high < 1 and (called := _CALLED_A_CHANCE.match(around.after(measure))):
        return _chance(measure, "a decimal called a chance", called.group().split()[0])
    ends = _CLAUSE_ENDS.match(around.text, measure.end) or _ON_IT.match(around.after(measure))
    leads = _LEADS_TO_CHANCE.search(around.before(measure))
    told = around.before(measure, 60)
    if _AGE.search(told) or _CLOCK.search(told):
        return None
    if ends and leads and (_names_chance(told) or (around.is_short and around.asks_chance)):
        factor = 1.0 if measure.high < 1 else 0.01
        rule = "a number that answers a question for a chance"
        return Reading.of(measure, "probability", rule, unit="probability", factor=factor)
    said = PERCENTAGE.search(around.statement.recent + around.before(measure, 200))
    held = _HELD_AT.search(told) and (ends or _FOR_A_WHILE.match(around.after(measure)))
    only = is_all_that_is_said(around.statement, measure.start, measure.end)
    stands = ends and (_SAID_OF.search(told) or _STANDS_AT.search(told))
    moved = ends and _FROM_MINE.search(told)
    alone = held or stands or only or moved or _is_of_what_follows(measure, around)
    follows = said and measure.high > 1 and _SHARE_JUST_BEFORE.search(around.statement.recent)
    if moved and MIND_CHANGED.search(around.statement.recent):
        return Reading.of(measure, "probability", AMONG_CHANCES, unit="probability", factor=0.01)
    if (
        alone
        and follows
        and not asks_something_else(around.statement)
        and (chances_were_discussed(around) or (held and _are_discussed(around)))
    ):
        return Reading.of(measure, "probability", AMONG_CHANCES, unit="probability", factor=0.01)
    if not (ends and leads and said and measure.high > 1):
        return None
    if tells_how_long(f"{around.statement.before[-160:]} {around.before(measure, 160)}"):
        return None
    sure = chances_were_discussed(around) or not _SAYS.search(told)
    believed = _BELIEF.search(told) and sure
    if not (believed or _are_discussed(around)) or answers_something_else(around.statement):
        return None
    rule = "a number where chances are discussed in percent"
    return Reading.of(measure, "probability", rule, unit="probability", factor=0.01)


def _is_of_what_follows(measure: Measure, around: Surroundings) -> bool:
    """“And more like sixty that the council refuses.”"""
    opens = ALONE_BEFORE.fullmatch(around.text, around.statement.start, measure.start)
    after = around.after(measure)
    return bool(opens) and after.startswith(" that ") and bool(_OF_AN_EVENT.match(after))


def _names_chance(words: str) -> bool:
    return bool(re.search(r"\bp[\s(]*doom\b", words, re.IGNORECASE))


def _chance(measure: Measure, rule: str, words: str) -> Reading:
    return Reading.of(measure, "probability", rule, unit="probability", words=words)
