"""Whose belief a figure is, when it is not the speaker's own.

An interviewer's "you said", a name with a verb of belief, "according to", a possessive ("Ajeya's
median"), a nameless source ("a public estimate"), and the words that a host writes around a talk.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from kb.claims.extraction.statements import Statement
from kb.people import fold
from kb.types import Document

_BELIEVES = (
    r"(?:says?|said|saying|thinks?|thought|thinking|believes?|believed|argues?|argued|predicts?|"
    r"predicted|"
    r"predicting|estimates?|estimated|guesstimates?|guesstimated|expects?|expected|claims?|claimed|"
    r"writes?|wrote|puts?|gives?|gave|reports?|reported|suggests?|suggested|mention(?:s|ed)?|"
    r"told (?:me|us)|forecasts?|forecasted|found|finds|shows|proposed|proposes|(?:made|makes|"
    r"raised) the (?:point|case|claim)|tells? you|would say)"
)
_ADVERB = (
    r"(?: (?:also|then|just|initially|originally|recently|once|always|actually|basically|kind of|"
    r"still|now|explicitly|really|already|will|would|any day))*"
)
_NUMBER_OF = (
    r"(?:median|estimates?|timelines?|probabilit(?:y|ies)|p\(?doom\)?|predictions?|numbers?|"
    r"forecasts?|guess|odds|credence|expectations?|views?|strategy|position|argument|claim|take|"
    r"opinion|belief)"
)
_YOU = re.compile(
    rf"\b(?:[Yy]ou(?:[’'](?:re|ve|d))?(?: (?:are|were|have|had|did|just|also|kind of|would|"
    rf"initially|previously|earlier))*"
    rf" (?:like )?(?:{_BELIEVES[3:-1]})\b|[Yy]our (?:\w+ )?{_NUMBER_OF}|[Yy]our (?=$)|[Yy]ou "
    rf"(?:[\w ]{{1,40}} )?(?:thinking|believing|saying) that|[Ww]hat you just said|for you(?:,|$|"
    rf" it))"
)
_OWN = re.compile(r"\bI(?:[’']d| would| think| believe| guess| expect|[’']m)\b")
_OWN_BELIEFS = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey){_ADVERB} {_BELIEVES}\b|\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:\w+ "
    rf")?{_NUMBER_OF}"
)
_NAME = r"(?P<who>[A-Z][\w’'-]*[A-Za-z](?: (?:[A-Z]\.|[A-Z][\w’'-]*[a-z])){0,2})"
_NAMED = re.compile(rf"\b{_NAME}(?:,[^,.]{{2,40}},)?{_ADVERB} {_BELIEVES}\b")
_ACCORDING = re.compile(rf"\b[Aa]ccording to {_NAME}")
_POSSESSIVE = re.compile(
    rf"\b(?P<who>[A-Z][\w-]*[a-z](?: [A-Z][\w-]*[a-z])?)[’'](?:s)? (?:\w+ )?(?i:{_NUMBER_OF})\b"
)
_NAMELESS = re.compile(
    rf"\b(?P<who>(?:(?i:an?|the|one|some|this|many|most|other|recent|public|these|those) (?:\w+ "
    rf")?)?"
    rf"(?:estimates?|reports?|papers?|surveys?|stud(?:y|ies)|polls?|forecasts?|analys[ie]s|"
    rf"articles?|"
    rf"researchers|experts?|scientists|economists|forecasters|people|folks|guys|critics|analysts|"
    rf"commentators|companies|someone|somebody))\b(?: (?:on|at|in|from) [A-Z]\w+| who (?:[\w’']+ "
    rf"){{1,14}}?(?:are|were|is))?"
    rf"{_ADVERB} {_BELIEVES}\b"
)
_RUMOURS = re.compile(
    r"\b[Tt]here (?:are|is|were|have been|has been|[’']s) (?:some |these |a lot of |many )?"
    r"(?P<who>(?:public )?(?:estimates?|rumou?rs?|reports?|claims|predictions?|forecasts?|"
    r"surveys?))\b"
    r"|\b[Tt]here[’']s (?:some )?(?P<also>rumou?rs?|reports?|estimates?)\b"
)
_NO_NAMES = frozenset(
    "i we you it this that these those he she they what who which there and but so or if when "
    "because well yeah okay now then like people everybody everyone nobody one as maybe the a an "
    "our my your his her their its how why where also even just some most many".split()
)


@dataclass(frozen=True, slots=True)
class Holder:
    """The claimant (None: the speaker, as far as one can tell), the rule and the words."""

    name: str | None
    rule: str = ""
    words: str = ""


@dataclass(frozen=True)
class Cast:
    """The people of a document by every name they go by."""

    document: Document

    @cached_property
    def names(self) -> dict[str, str]:
        """Canonical names by folded full names, first names, last names and aliases."""
        owners: dict[str, set[str]] = {}
        for speaker in self.document.speakers:
            for name in (speaker.name, *speaker.aliases):
                for part in (name, *name.split()):
                    owners.setdefault(fold(part), set()).add(speaker.name)
        return {name: next(iter(people)) for name, people in owners.items() if len(people) == 1}

    @cached_property
    def words_spoken(self) -> Counter[str]:
        words: Counter[str] = Counter()
        for turn in self.document.turns:
            if turn.speaker and turn.kind in ("speech", "quotation"):
                words[turn.speaker] += turn.char_end - turn.char_start
        return words

    @cached_property
    def hosts(self) -> frozenset[str]:
        roles = ("host", "interviewer", "moderator", "author")
        return frozenset(s.name for s in self.document.speakers if s.role in roles)

    @cached_property
    def guest(self) -> str | None:
        """The one guest of an interview; None for panels, newsletters and talks."""
        speaking = [name for name in self.words_spoken if name not in self.hosts]
        return speaking[0] if len(speaking) == 1 and self.hosts else None

    def other(self, speaker: str | None) -> str | None:
        """Whom a speaker addresses, when there is only one other."""
        others = [name for name in self.words_spoken if name != speaker]
        return others[0] if speaker and len(others) == 1 else None

    def canonical(self, name: str) -> str:
        """The full name of somebody of the document, else the name as it is."""
        name = re.sub(r"[’']s?$", "", name)
        return self.names.get(fold(name)) or self.names.get(fold(name.split()[0])) or name


def holder(statement: Statement, cast: Cast, start: int) -> Holder:
    """Who holds the belief told at character ``start`` of the statement's own text."""
    before = statement.text[:start]
    if statement.is_heading:
        return _of_heading(statement, cast)
    if statement.turn and statement.turn.kind == "editorial" and cast.guest:
        if match := _OWN_BELIEFS.search(before):
            return Holder(
                cast.guest, "the words around the talk tell the guest's view", match.group()
            )
    if statement.turn and statement.turn.kind == "speech" and (match := _last(_YOU, before)):
        other = cast.other(statement.speaker)
        if other and not _OWN.search(before, match.end()):
            return Holder(other, "said to the other speaker", match.group())
    for rule, pattern in (("a name and a verb of belief", _NAMED), ("according to", _ACCORDING),
                          ("a possessive", _POSSESSIVE)):  # fmt: skip
        match = _last(pattern, before)
        if match and _is_name(match["who"]):
            name = cast.canonical(match["who"])
            return Holder(None if name == statement.speaker else name, rule, match.group())
    if match := _last(_RUMOURS, before):
        return Holder(match["who"] or match["also"], "a source without a name", match.group())
    if match := _last(_NAMELESS, before):
        return Holder(_plain(match["who"], match.group()), "a source without a name", match.group())
    return Holder(None)


def _of_heading(statement: Statement, cast: Cast) -> Holder:
    """Headings of an interview sum up what the guest says."""
    if match := _POSSESSIVE.search(statement.text):
        name = cast.canonical(match["who"])
        if name != match["who"] or cast.guest is None:
            return Holder(
                None if name == statement.speaker else name, "a possessive", match.group()
            )
    if cast.guest and cast.guest != statement.speaker:
        return Holder(cast.guest, "a heading sums up the guest", statement.text)
    return Holder(None)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _is_name(words: str) -> bool:
    first = re.split("[’']", fold(words.split(maxsplit=1)[0]))[0]
    return first not in _NO_NAMES


def _plain(who: str, words: str) -> str:
    """“A public estimate” as "public estimate", "people" with where they are."""
    place = re.search(rf"{re.escape(who)} (?P<place>(?:on|at|in|from) [A-Z]\w+)", words)
    plain = re.sub(r"^(?:an?|the|this|these|those|one) ", "", who.lower())
    return f"{plain} {place['place']}" if place else plain
