"""Whose belief a figure is, when it is not the speaker's own.

An interviewer's "you said", a name with a verb of belief, "according to", a possessive ("Ajeya's
median"), a nameless source ("a public estimate"), and the words that a host writes around a talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.claims.extraction.anybody import anybody_who_says
from kb.claims.extraction.authors import PRESENTED_REACH, presented_authors, retold_author
from kb.claims.extraction.beliefs import ADVERB, BELIEVES, GIVES, TAKES, VIEW
from kb.claims.extraction.cast import Cast
from kb.claims.extraction.named import (
    NAME,
    OWN,
    TURNS_TO_OWN,
    last,
    named_afterwards,
    named_views,
    possessor,
)
from kb.claims.extraction.pointed import is_name, named_last, relation_last, stranger_last
from kb.claims.extraction.sources import (
    IS_VIEW,
    nameless_people,
    nameless_sources,
    respondents,
    texts_that_say,
)
from kb.claims.extraction.standing import standing
from kb.claims.extraction.statements import Statement
from kb.claims.extraction.taken_up import (
    answered_when_asked,
    close_to_the_speaker,
    meant_by_they,
    taken_up_as_they,
    with_reporting_sentence,
)
from kb.claims.identity import SOMEONE
from kb.types import ClaimKind

_YOU = re.compile(
    r"\b(?:[Yy]ou(?: guys| all| both)?(?:[’'](?:re|ve|d))?"
    r"(?: (?:are|were|have|had|been|did|just|seem to|tend to|appear to|still|also|kind of|would|"
    r"always|already|once|repeatedly|publicly|initially|previously|earlier))*"
    rf" (?:like )?(?!{GIVES}){BELIEVES}\b|[Yy]our (?:\w+ )?{VIEW}|[Yy]our (?=$)"
    r"|[Yy]ou (?:[\w ]{1,40} )?(?:thinking|believing|saying) that|[Ww]hat you just said"
    r"|for you(?:,|$| it)|[Aa]ccording to you|(?:getting|hearing|taking) from you\b|"
    r"[Yy]ou(?:[’']ve got| have| had) (?:an? |this |"
    r"that |your )?"
    rf"(?:\w+ )?{VIEW} (?:of|for|at|in|that)\b|[Yy]ou had (?:it (?:at|in) |something like |like )"
    r"|[Yy]our (?:\w+ )?(?:paper|post|report|essay|book|article|talk|thesis|website|site|blog|"
    r"newsletter|slides|page|lecture|"
    r"forecast) (?:(?:also|still|now) )?"
    r"(?:says|said|gives|gave|has|had|puts|claims|claimed|predicts|predicted|argues|argued|finds|"
    r"found)"
    r"|[Yy]ou(?:[’']re| are| were| went)(?: \w+)? on (?:the )?record (?:with|at|for|as)\b"
    r"|[Yy]ou(?:[’']ve| have)? told (?:the )?[A-Z]\w+(?: [A-Z]\w+)*"
    r"|[Ii]f I(?:[’']m)? (?:hear|heard|hearing|understand|understood|read|reading|get) you|"
    r"[Yy]ou(?:[’']re| are) (?:still |now )?at "
    r"(?:about |like |around |maybe )?(?=$)"
    r"|[Yy]ou (?:were|had been) (?:still )?at (?:about |like |around |maybe )?(?=$)"
    r"|[Ll]ast time(?: you were (?:here|on)[^,.?!]{0,20})?,? (?:it was|you were at))"
)
_IF_YOU_BELIEVE = re.compile(r"\b[Ii]f you (?:believe|trust|ask)$")
_YOU_SAID = re.compile(r"\byou (?:\w+ )?(?:said|mentioned|told (?:me|us))\b", re.IGNORECASE)
_SAID_BY_YOU = re.compile(
    r"^(?!.*\b(?:guys|all|both)\b).*"
    r"(?:\b(?:sa(?:y|id|ying)|told|mention(?:ed)?)\b|(?:[’']re| are) (?:still |now )?at\b"
    r"|\byour $)",
    re.IGNORECASE,
)
_QUOTE_CLOSED = re.compile(r",?\s[\"“][^\"“”]{1,60}[\"”]")
_PRONOUN = re.compile(
    rf"\b(?:[Hh]e|[Ss]he)(?:[’'](?:d|ll))?{ADVERB} {BELIEVES}\b"
    r"|\b(?:[Hh]e|[Ss]he)(?:[’']s| is| was| has been)(?: (?!not\b|I\b)[a-z]+){0,4}? "
    r"(?:saying|claiming|arguing|predicting|insisting|telling (?:me|us|people|everyone|everybody|"
    r"reporters))\b"
    r"|\b(?:[Hh]e|[Ss]he)(?:[’']s| is| was| has been)(?: \w+)? on (?:the )?record (?:with|at|for|"
    r"as)\b"
    r"|\b(?:[Hh]e|[Ss]he)(?:[’']s got|[’']d got| has(?: got)?| had) (?:an?|this|that) (?:\w+ )?"
    r"(?:estimate|number|figure|median|forecast|proposal|plan|theory|prediction|bet)\b"
    r"|\b(?:[Hh]e|[Ss]he)(?:[’']s got|[’']d got| has(?: got)?| had) (?:it|AGI|that|prices|things) "
    r"(?:(?:at|around)\b|(?!work|runn|go)\w+ing\b(?= (?:by|at|to)\b))"
    r"|\b(?:[Hh]e|[Ss]he)(?:[’'](?:d|ll)| would| did| will)(?: (?:probably|still|maybe|even))? "
    r"(?:say|put|set|bet|give|guess|tell you|have (?:it|that))\b"
    r"|\b(?:[Hh]e|[Ss]he)(?: has|[’']s|[’']d| had)?(?: always| since| now)? (?:wants|wanted|"
    r"worked it out|"
    r"keeps saying|(?:gone|come|moved|went|came) (?:up |down |out |back )?to)\b"
    r"|\b[Aa]ccording to (?:him|her)\b|\b[Ff]or (?:him|her),? (?:it|that)(?:[’']s| is| was)\b"
    rf"|\b(?:[Hh]is|[Hh]er) (?:\w+ )?{VIEW}|\b(?:[Hh]is|[Hh]ers) (?:is|was|would be)\b"
)
_PRONOUN_AT = re.compile(
    rf"\b(?:[Hh]e|[Ss]he)(?:[’']s|{ADVERB}) {TAKES}|"
    r"\b(?:[Hh]e|[Ss]he)(?:[’']s| is| was)(?: now| still| more| way| up| down)* (?:at|around|"
    r"closer to)"
    r"\W+(?:(?:about|like|maybe|something)\W+)*$"
)
_SAID_AFTERWARDS = re.compile(
    r"[^.?!;,]{1,24},? (?:[Hh]e|[Ss]he) (?:says|said|thinks|reckons|claims|insists)"
    r"(?=\s?(?:[.,;!?]|$))"
)  # "2030, she says."
_YOUR = re.compile(r"\b[Yy]our\b")
_SHE = re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE)
_ASKED_ABOUT = re.compile(
    r"\b(?P<who>[A-Z][\w’'-]*[a-z])(?:[’']s| is) at,? what[^.?!]{0,20}\?\W*$"
    r"|\b(?:[Ww]hat|[Ww]hen|[Ww]here|[Hh]ow \w+) (?:does|did|would|is) "
    r"(?P<also>[A-Z][\w’'-]*[a-z])(?: [A-Z][\w’'-]*[a-z])? (?:say|think|expect|predict|give|put|"
    r"believe|estimate|guess|reckon|at)\b[^.?!]{0,80}\?\W*$"
)
_AND_MINE = re.compile(
    r"[,;] (?:and|but|while|whereas)\b[^.?!]*\bI(?:[’']d| would|[’']m| think| say| put)\b"
)
_SPEAKERS_OWN = re.compile(r"\b(?:I|my|mine|we|our|ours)\b", re.IGNORECASE)
_SHORT_ANSWER = 9  # words
SAID_TO_THE_LAST = "said to whoever spoke before"
UNNAMED = "somebody who is not named"
SAID_AFTER = "named after the quoted words"
_QUOTED = re.compile(
    rf"[,.?!][\"”’'] (?:(?:said|says|wrote|writes|told me|argues|argued) (?:the )?{NAME}"
    r"|(?:the )?(?P<also>[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])?) (?:said|says|wrote|argued)\b)"
)
_INTRODUCED = re.compile(
    rf"(?:^|[.?!,] ){NAME}(?:,[^:\"“”.?!]{{0,50}}| (?:in|on|at) [^:\"“”.?!]{{0,40}})?: "
    r"(?:and )?(?:I )?(?:quote,? )?[\"“][^\"“”]*$"
)
_ASIDE = re.compile(r" \([^()]{1,80}\)")
_WE = re.compile(
    r"\b[Ww]e(?:[’']re)? (?:\w+ )?(?:have|think|believe|expect|take|are an?)\b"
    rf"|\b[Oo]ur (?:\w+ )?{VIEW}"
)
_OPENING = re.compile(
    r"[\"“]?(?P<who>[A-Z][\w-]*[A-Za-z]) (?:is|was|has|differs?|does|takes|believes|tries|works|"
    r"started|began|wants|aims)\b"
)
_OF_MINE = re.compile(r"(?P<who>[\w -]+?) of (?:mine|ours)\b")
_CLOSE = frozenset(("friend", "friends", "colleague", "colleagues"))
_ADDRESSED = re.compile(
    r"\b(?P<who>[A-Z][\w’'-]*[a-z]), (?:and |(?:do|did|are|were|would|have|had|can|is) )?your?\b"
    r"|\byou, (?P<also>[A-Z]\w+)"
)
_FOR_YOU = re.compile(
    r"[^.?!;]{2,40}?(?:\bfor you(?=[,.?!]|$)|\bin your (?:view|opinion|book|model)\b|"
    r"\baccording to you\b|, (?:as )?you (?:say|said|put it|told \w+|wrote)\b)"
)
_IT_STANDS = re.compile(
    r"\b(?:it|that|this|doom|AGI|odds|chances?|risk|median)(?:[’']s| is| are| was| comes)\b"
    r"[^.?!;]{0,24}$"
)
_YOU_ARE = re.compile(r"\b[Yy]ou(?:[’']re| are| were) (?:only |still |like |now |about )*$")
_YOU_HAVE = re.compile(
    r"(?<!\b[Ii]f )\b[Yy]ou(?:[’']ve got| (?:still )?(?:have|had|give|gave)(?: it)?) "
    r"(?:an?|(?P<which>this|that|your)) (?:like |about |maybe |mere |whole )*$"
)
_CHANCE = re.compile(r"[\w. -]{1,24}(?:%| ?per ?cent) (?:chance|probability|risk|odds|likelihood)")
_SHARE = re.compile(r"[\w -]{1,24}(?:%| ?per ?cent)")


@dataclass(frozen=True, slots=True)
class Holder:
    """The claimant (None: the speaker, as far as one can tell), the rule and the words."""

    name: str | None
    rule: str = ""
    words: str = ""


NOBODY_ELSE = Holder(None)


def holder(statement: Statement, cast: Cast, start: int, kind: ClaimKind, unit: str) -> Holder:
    """Who holds the belief told at character ``start`` of the statement's own text."""
    if statement.is_heading:
        return _of_heading(statement, cast)
    words = _ASIDE.sub("", statement.text[:start])
    before = with_reporting_sentence(statement.text, statement.before, words)
    is_forecast = kind in ("probability", "timeline")
    stood = standing(before, is_forecast=is_forecast) if is_forecast or unit == "fraction" else None
    after = statement.text[start:]
    found = next(
        _reported(statement, cast, stood.as_saying if stood else before, after), NOBODY_ELSE
    )
    if found.rule == UNNAMED and not is_forecast:
        return NOBODY_ELSE  # a fact is the speaker's as well
    told = stood.in_its_words(found.words) if stood else found.words
    return replace(found, name=_by_the_speakers_name(found.name, statement.speaker), words=told)


def _by_the_speakers_name(name: str | None, speaker: str | None) -> str | None:
    """“My boss”, as Ana Ruiz says, is “Ana Ruiz's boss” to everybody else."""
    if not name or not speaker:
        return name
    if mine := re.match(r"(?:my|My) ", name):
        return f"{speaker}'s {name[mine.end() :]}"
    if of_mine := _OF_MINE.match(name):
        several = of_mine["who"].endswith("s")
        return f"{'' if several else 'a '}{of_mine['who']} of {speaker}"
    if name in _CLOSE:
        return f"{'' if name.endswith('s') else 'a '}{name} of {speaker}"
    return name


def _reported(statement: Statement, cast: Cast, before: str, after: str) -> Iterator[Holder]:
    """Readings of who is reported, the surest first."""
    yield from _quoted(statement, cast, before, after)
    yield from _addressed(statement, cast, before, after)
    yield from _named(statement, cast, before)
    for who, rule, words in nameless_sources(before):
        yield Holder(who, rule, words)
    if close := close_to_the_speaker(before):
        yield Holder(close[0], "somebody close to the speaker", close[1])
    for who, rule, words in nameless_people(before, after):
        yield Holder(who, rule, words)
    earlier = f"{_asked(statement)} {statement.before}"
    for who, rule, words in texts_that_say(earlier, before):
        yield Holder(who, rule, words)
    if survey := respondents(statement.recent, before):
        yield Holder(*survey)
    if they := taken_up_as_they(before):
        yield Holder(they[0], "an organisation that “they” takes up", they[1])
    if told := answered_when_asked(before):
        yield Holder(cast.canonical(told[0]), "somebody who was asked", told[1])
    if several := meant_by_they(statement.before or _asked(statement), before):
        yield Holder(several[0], "the people spoken of last", several[1])
    if subject := anybody_who_says(before):
        yield Holder(subject[0], "the subject of a verb of saying", subject[1])
    yield from _pointed_at(statement, cast, before, after)
    yield from _presented(statement, cast, before, after)
    yield from _asked_about(statement, cast)
    yield from _spoken_for(statement, cast)


def _quoted(statement: Statement, cast: Cast, before: str, after: str) -> Iterator[Holder]:
    """“Ada, on this show: "It's 2031."”; "it's 2031," says Ada: who is named beside the words."""
    if match := _QUOTED.search(after):
        yield Holder(cast.canonical(match["who"] or match["also"]), SAID_AFTER, match.group())
    if (match := _INTRODUCED.search(before)) and is_name(match["who"]):
        yield Holder(cast.canonical(match["who"]), "named before the quoted words", match["who"])
    if told := named_afterwards(after):
        name = cast.canonical(told[0])
        yield Holder(None if name == statement.speaker else name, "named afterwards", told[1])


def _named(statement: Statement, cast: Cast, before: str) -> Iterator[Holder]:
    """“Ada thinks it's 2031”, "according to Ada": whoever is reported by name."""
    for who, rule, words in named_views(before):
        name = cast.canonical(who)
        yield Holder(None if name == statement.speaker else name, rule, words)


def _addressed(statement: Statement, cast: Cast, before: str, after: str) -> Iterator[Holder]:
    """“You said 2029”: the one other speaker, or the one who is named."""
    match = last(_YOU, before) or _you_afterwards(before, after)
    if match and _IF_YOU_BELIEVE.search(before, 0, match.end()):
        return  # "if you believe Ada, 2031"
    if not match or OWN.search(before, match.end()):
        return
    if statement.turn is None or statement.turn.kind != "speech":
        return
    if next(named_views(before[match.end() :]), None):
        return  # "you think it's 2040, and Ada thinks it's 2031"
    if _QUOTE_CLOSED.match(before, match.end()):
        return  # "you say "hello" nine times" is no view
    guest = cast.hosts and statement.speaker not in cast.hosts and cast.guest == statement.speaker
    if guest and not _YOU_SAID.search(match.group()):
        return  # a guest's "you" is anybody
    called = last(_ADDRESSED, f"{statement.before} {before}")
    name = called and cast.known(called["who"] or called["also"])
    if other := name or cast.other(statement.speaker):
        yield Holder(other, "said to the other speaker", match.group())
    elif _SAID_BY_YOU.search(match.group()) and (answered := _answered(statement, cast)):
        yield Holder(answered, SAID_TO_THE_LAST, match.group())


def _you_afterwards(before: str, after: str) -> re.Match[str] | None:
    """“You're thirty percent sure”; "you have this 10% chance"; "it's ten percent for you"."""
    if _SHARE.match(after) and (match := _YOU_ARE.search(before)):
        return match
    if (match := _YOU_HAVE.search(before)) and _CHANCE.match(after):
        return match if match["which"] or after.rstrip().endswith("?") else None
    return _FOR_YOU.match(after) and _IT_STANDS.search(before)


def _answered(statement: Statement, cast: Cast) -> str | None:
    """Who spoke last before the speaker: among several, "you" is most often them.

    A host may mean any of the guests.
    """
    turn = statement.turn
    if statement.speaker in cast.hosts:
        return None
    earlier = statement.document.turns[: turn.index] if turn else ()
    others = (t.speaker for t in reversed(earlier) if t.speaker and t.kind == "speech")
    return next((other for other in others if other != statement.speaker), None)


def _pointed_at(statement: Statement, cast: Cast, before: str, after: str) -> Iterator[Holder]:
    """“He says”: the guest in the words around a talk, else the person who was named last."""
    match = last(_PRONOUN, before) or (IS_VIEW.match(after) and _PRONOUN_AT.search(before))
    match = match or _SAID_AFTERWARDS.match(after)
    if not match:
        return
    if statement.turn and statement.turn.kind == "editorial" and cast.guest:
        yield Holder(cast.guest, "the words around the talk tell the guest's view", match.group())
    if TURNS_TO_OWN.search(before, match.end()) or _AND_MINE.search(before, match.end()):
        return
    pronoun = "she" if _SHE.search(match.group()) else "he"
    told = f"{statement.before} {before[: match.start()]}"
    name = named_last(told, pronoun, cast.is_person)
    if name is None and (close := relation_last(told, pronoun)):
        yield Holder(close, "the person spoken of last", match.group())
    if name is None and (stranger := stranger_last(told, pronoun)):
        yield Holder(stranger, "a stranger spoken of last", match.group())
    if name is None and (asked := _asked(statement)):
        name = named_last(f"{asked} {told}", pronoun, cast.is_person)
        if name is None and (close := relation_last(_YOUR.sub("my", asked), pronoun)):
            yield Holder(close, "the person asked about", match.group())
        if name is None and (stranger := stranger_last(asked, pronoun)):
            yield Holder(stranger, "a stranger asked about", match.group())
    if name is None:
        told = f"{statement.recent} {before[: match.start()]}"
        name = named_last(told, pronoun, cast.is_person)
    if name and (full := cast.canonical(name)) != statement.speaker:
        yield Holder(full, "the person named last", match.group())
    elif name is None:
        yield Holder(SOMEONE, UNNAMED, match.group())


def _asked(statement: Statement) -> str:
    """The end of the other speaker's turn, where no more than a few sentences stand between."""
    turn = statement.turn
    opens = turn is not None and statement.start - len(statement.before) == turn.char_start
    return statement.asked if opens else ""


def _presented(statement: Statement, cast: Cast, before: str, after: str) -> Iterator[Holder]:
    """“Ana Ruiz and two colleagues have published … They find”: authors that an author presents."""
    turn = statement.turn
    if turn is None or statement.speaker not in cast.authors or OWN.search(before):
        return
    reach = max(turn.char_start, statement.start - PRESENTED_REACH)
    earlier = statement.document.text[reach : statement.start]
    if presented := presented_authors(earlier, before, after):
        name, words = presented
        yield Holder(cast.canonical(name), "the authors who were presented", words)
    if retold := retold_author(earlier + statement.text):
        name, words = retold
        yield Holder(cast.canonical(name), "the essay that is retold", words)


def _asked_about(statement: Statement, cast: Cast) -> Iterator[Holder]:
    """“And Ana's at what?” – “Fifteen percent.”: who was asked about, in a short answer."""
    match = last(_ASKED_ABOUT, statement.asked)
    if not match or statement.before or len(statement.text.split()) > _SHORT_ANSWER:
        return
    name = cast.canonical(match["who"] or match["also"])
    own = _SPEAKERS_OWN.search(statement.text)
    if name != statement.speaker and is_name(name) and not own:
        yield Holder(name, "somebody who was asked about", match.group())


def _spoken_for(statement: Statement, cast: Cast) -> Iterator[Holder]:
    """“Larkfield differs from others. … We have short timelines”: an organisation's view."""
    match = _WE.search(statement.text)
    if not match or statement.turn is None:
        return
    opening = _OPENING.match(statement.document.text, statement.turn.char_start)
    if not opening or not is_name(opening["who"]) or cast.known(opening["who"]):
        return
    yield Holder(opening["who"], "the turn speaks for it", f"{opening['who']} … {match.group()}")


def _of_heading(statement: Statement, cast: Cast) -> Holder:
    """Headings of an interview sum up what the guest says."""
    if told := possessor(statement.text):
        name = cast.canonical(told[0])
        own = name == statement.speaker
        return Holder(None if own else name, "a possessive", told[1])
    if cast.guest and cast.guest != statement.speaker:
        return Holder(cast.guest, "a heading sums up the guest", statement.text)
    return NOBODY_ELSE
