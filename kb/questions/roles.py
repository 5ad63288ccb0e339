"""Who founded, runs, hosts or works at something, and sentences that tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.questions.query import Query, Wanted
from kb.types import Passage


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is to a thing: how it is asked for, and how it is told of ``things``."""

    asked: re.Pattern[str]
    told: str
    words: str  # as those who belong to the thing may say it
    loosely: bool = True  # also in a sentence beside one that names the thing


def _role(asked: str, told: str, words: str, *, loosely: bool = True) -> Role:
    who = (
        r"^\W*who(?:['’]s)?(?: (?:is|was|are|were|has|actually|currently|now|originally|also|first|"
        r"the|an?|current|new|acting|former))* "
    )
    return Role(re.compile(rf"{who}(?:{asked})\b", re.IGNORECASE), told, words, loosely)


_OWN = r"(?:his|her|my|our) (?:\w+ ){{0,5}}(?:company|start-?up|lab|institute),? {things}"
_ROLES = (
    _role(
        r"(?:co-?)?found(?:ed|ers?|s)|started|set up|established",
        r"(?:co-?)?found(?:ed|ers?|ing)|started|set up|"
        r"set (?:it|this|that|them) up (?:in \d{{4}}|with|after|back|when|together)|"
        r"established|got (?:it|this) (?:going|started|off the ground)|"
        r"(?:when|before) (?:we|I) (?:began|started)|"
        r"(?:began|started)[^.?!]{{0,60}} (?:it was|there were) (?:just |only )?"
        r"(?:me|the (?:two|three|four)|two|three|four)|" + _OWN,
        "when we began, who founded it, started it, set it up",
    ),
    _role(
        r"ceo|chief executive",
        r"ceo|chief executive|runs?|running|ran|founders?|boss|" + _OWN,
        "our chief executive, our boss, who runs it",
    ),
    _role(
        r"runs?|leads?|heads?|manages?|director|boss|in charge of|chairs?|directs",
        r"runs?|running|ran|leads?|leading|led|heads?|headed|manages?|managing|ceo|director|"
        r"directs|boss|in charge|chairs?|president|founders?|chief executive|" + _OWN,
        "our chief executive, director, boss, who runs it",
    ),
    _role(
        r"works? (?:at|for|in)|employed (?:at|by)|employees of",
        r"works?|working|worked|employ\w+|joined|staff|(?:at|from) (?:the )?{things}",
        "who works with us, our staff, our team",
        loosely=False,
    ),
    _role(
        r"fund(?:s|ed|ing|ers?)|financ(?:ed|es|ing|iers?)|pa(?:id|ys?) for|sponsor(?:s|ed)?|"
        r"back(?:s|ed|ers?)|donors?|investors?|invested in",
        r"fund(?:s|ed|ing|ers?)?|financ\w+|pa(?:id|ys?)|sponsor\w*|back(?:s|ed|ing|ers?)|donat\w+|"
        r"donors?|invest(?:s|ed|ing|ors?|ments?)?|grants?|money (?:from|of)|gave (?:us|them|it)",
        "who funds us, our investors, grants, who paid for it",
    ),
    _role(
        r"hosts?|presents?|interviewer",
        r"hosts?|presents?|welcome to|I['’]m here with|interview(?:ed|er)",
        "welcome to the show, your host",
    ),
)
_I = re.compile(r"\b(?:I|we)(?:[’'](?:m|ve|re))?\b")
_INTRODUCES = re.compile(
    r"\bI(?:[’']m| am) (?:\w+ ){0,4}?(?:co-?founder|founder|c[eto]o|head|director|professor|"
    r"researcher|fellow|engineer|scientist|economist|lawyer|journalist|host|author|student)\b"
    r"|\bI (?:work|worked|teach|run|lead|head|host|founded|co-?founded)\b(?! (?:out|into|with)\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!^)\b[A-Z][^\W_]+")


def introduces_self(text: str) -> bool:
    """Whether speakers say what they do: "I work at a kettle works"."""
    return bool(_INTRODUCES.search(text))


def role_asked(query: Query) -> Role | None:
    """The role that a question asks for, of something that it names."""
    if query.wanted is not Wanted.PERSON or not _NAMED.search(query.question):
        return None
    return next((role for role in _ROLES if role.asked.search(query.question)), None)


def told_around(query: Query, passage: Passage) -> str:
    """What stands around a sentence, with what its speaker speaks for: their "we" is that."""
    theirs = any(passage.speaker in person.names for person in query.people)
    return f"{passage.text} {passage.context} {query.speak_for if theirs else ''}"


def tells_own_role(role: Role, query: Query, text: str) -> bool:
    """Whether the speaker says that the role is theirs: no name stands there but the thing's."""
    return bool(_I.search(text)) and tells_role(role, query, text, "") == 1


def tells_role(role: Role, query: Query, text: str, around: str) -> float:
    """How well a sentence says who has the role: 1, .5 where what is asked of stands ``around``."""
    things = "|".join(re.escape(name) for name in _NAMED.findall(query.question))
    if not re.search(rf"\b(?:{role.told.format(things=f'(?:{things})')})\b", text, re.IGNORECASE):
        return 0.0
    named = re.compile(rf"\b(?:{things})\b", re.IGNORECASE)
    if named.search(text):
        return 1.0
    return 0.5 if role.loosely and named.search(around) else 0.0
