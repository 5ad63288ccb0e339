"""Questions that lean on those before them: what they take over, and what they replace."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.questions.people import NO_NAMES
from kb.questions.periods import with_the_period
from kb.questions.sides import with_the_side
from kb.text.words import content_words
from kb.types import Exchange

ANAPHORIC_START = re.compile(
    r"^\W*(and|but|so|or)?\s*(what|how) about\b|^\W*and\b(?!\s+(why|how|when|who|what|which))",
    re.IGNORECASE,
)
HE_OR_SHE = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_LONGEST = 12  # words
_FOLLOW_UP = re.compile(
    r"^\W*(and|what about|how about|but|why|so|or)\b|\b(he|she|they|it|that|this|those|his|her|"
    r"their|them|him|one|same|there)\b"
    r"|^\W*who(?:['’]?s| is| has| gives)? (?:the )?(?:\w+ )?"
    r"(?:highest|lowest|shortest|longest|earliest|latest|pessimistic|optimistic)\W*$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\W*(?:(?:and|but|so|oh|hm+),? )?(?:are you (?:really |quite |absolutely )?(?:sure|certain)"
    r"(?: (?:about|of) (?:that|this|it))?|is (?:that|this) (?:really )?(?:right|true|correct|so)|"
    r"really|(?:please )?(?:say|repeat) (?:that|it)(?: again)?(?:,? please)?|come again)\W*",
    re.IGNORECASE,
)
_POSSESSED = re.compile(
    r"^\W*(?:his|her|(?!(?:it|that|there|here|he|she|let|they|you|we|i)\b)[^\W\d_][\w ]*[’']s?)"
    r"\s+(?P<thing>\S.*)",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(r"\s(?:on|of|about|for|regarding|towards?)\s+\w")
# What needs what was spoken of before to be understood: "and her reasons?".
_LEANS = re.compile(
    r"\b(?:reason(?:s|ing)?|confidence|evidence|answers?|arguments?|explanation|numbers?|figures?|"
    r"estimates?|guess(?:es)?|probability|odds|chances?|date|year|median|repl(?:y|ies)|response|"
    r"views?|opinions?|positions?|stance|take|thoughts?|attitude|prediction|forecast)\W*$",
    re.IGNORECASE,
)
_VIEW_OF = re.compile(
    r"\b(?:think|thinks|thought|say|says|said|feel|feels|views?|opinions?|positions?|stance|take|"
    r"thoughts?)\b.{0,30}?\b(?:about|on|of|regarding|towards?)\s+(?P<matter>[^?,]{2,80}?)\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?:(?:the|an?)\s+)?[\w-]+(?:\s[\w-]+){0,3}$")
_NAME = re.compile(r"^[A-Z][a-z’'-]+(?: (?:van|von|de|der) | )?(?:[A-Z][a-z’'-]+ ?){0,2}$")


def is_follow_up(question: str) -> bool:
    """Whether a question is understood only with the one before it."""
    return len(question.split()) <= _LONGEST and bool(_FOLLOW_UP.search(question))


def asks_again(question: str) -> bool:
    """Whether the answer before is doubted, or wanted again: "are you sure?"."""
    return bool(_AGAIN.fullmatch(question))


def in_full(question: str, before: str, *, alone: bool) -> str:
    """A follow-up that only names another time, or side, with what was asked before.

    ``alone`` when it names nobody: a person in place of a matter is asked, not supported.
    """
    dated = with_the_period(question, before)
    return with_the_side(question, before) if alone and dated == question else dated


def spelt_out(history: Sequence[Exchange]) -> str:
    """The last question that says what it asks for, as "and Ana?" does not."""
    questions = [exchange.question for exchange in reversed(history)]
    return next((q for q in questions if not ANAPHORIC_START.search(q)), questions[-1])


def completed(topic: str, previous: str) -> str:
    """What a follow-up asks, with what the question before asked."""
    words = [word for word in topic.split() if not _FOLLOW_UP.fullmatch(word.strip("?,."))]
    return " ".join([previous, *words])


def possession(question: str) -> str:
    """The question in full where a follow-up asks for what is somebody's: "and her budget?"."""
    rest = ANAPHORIC_START.sub(" ", question).strip(" ,")
    asked = ANAPHORIC_START.search(question) and _POSSESSED.match(rest)
    return f"What is {rest}" if asked else ""


def switches_topic(question: str, before: str, *, names: bool = False) -> bool:
    """Whether a follow-up asks the same person for something else, rather than more of the same.

    So do "and his view on jobs?", "and her budget?", and "and jobs?" after what somebody thinks
    about scaling; "and Ana?", which ``names`` somebody, asks another for the same.
    """
    rest = ANAPHORIC_START.sub(" ", question).strip(" ?,.")
    if possessed := _POSSESSED.match(rest):
        thing = possessed["thing"]
        return bool(_OF_SOMETHING.search(thing)) or not _LEANS.search(thing)
    bare = ANAPHORIC_START.search(question) and _BARE.match(rest) and content_words(rest)
    return bool(bare and not names and _VIEW_OF.search(before))


def somebody_else(question: str) -> str:
    """The name that a follow-up consists of ("and Ana Ruiz?"); empty for none."""
    rest = ANAPHORIC_START.sub(" ", question).strip(" ?,.")
    named = ANAPHORIC_START.search(question) and _NAME.match(rest)
    return rest if named and rest.lower() not in NO_NAMES else ""
