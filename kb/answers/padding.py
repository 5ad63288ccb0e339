"""Quotes that say nothing, or nothing more, beside those that answer a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.answers.counting import counted_in, counts
from kb.questions.answer_types import asks_for_compute, carries
from kb.questions.query import ASKS_MORE, Kind, Query, Wanted
from kb.text.words import content_words

if TYPE_CHECKING:
    from kb.answers.evidence import Evidence

FEWEST_CONTENT_WORDS = 4  # of a quote
FEWEST_BESIDE = 6  # content words of a quote beside a better one of another turn
SHORT_QUESTION = 6  # content words, of which an answer repeats most
LEAST_CARRIED = 0.5  # of a question's words by the best quote, before others are compared with it
ASIDE_SHARE = 0.6  # of the words that the best quote carries, fewer of which lie beside the point
SHORTEST_QUOTE = 6  # words; a shorter one takes the sentence after it along

UNTYPED = (Wanted.ANYTHING, Wanted.PERSON)
_VIEWS = (Wanted.FORECAST, Wanted.DATE, Wanted.PERCENTAGE)  # which others may hold in other words
_POINTERS = ("Read more", "Read the", "Watch ", "Subscribe")
_IN_THE_HEAD = re.compile(
    r"(?P<people>speakers?|guests?|hosts?|panel(?:lists?|ists?)?|moderators?|participants?|with)\s*:"
    r"|(?:recorded|published|released|aired|posted|date)\b[^.?!]{0,12}[\d:]"
    r"|(?:recorded|published|released|aired|posted) (?:on|in) ",
    re.IGNORECASE,
)


def is_of_the_head(query: Query, evidence: Evidence) -> bool:
    """Whether it only says who speaks in a talk, or when it was, and neither is asked for."""
    if evidence.passage.kind != "editorial" or not (line := _IN_THE_HEAD.match(evidence.text)):
        return False
    asked = query.introduced or query.wanted is Wanted.PERSON
    return not asked if line["people"] else query.wanted is not Wanted.DATE


def is_label(text: str) -> bool:
    """Whether a sentence only announces what follows: "Deep Sentientism:"."""
    return text.endswith(":") and len(text.split()) < SHORTEST_QUOTE


def says_nothing(query: Query, quote: Evidence) -> bool:
    """Whether a quote is a mere fragment ("Mateusz first."), or points to what stands elsewhere."""
    typed = query.wanted not in UNTYPED and quote.has_type
    if quote.claimed or quote.replies or typed or query.asking or is_label(quote.text):
        return False  # a label is quoted only where nothing else is found
    words = content_words(quote.text)
    shares = not set(words).isdisjoint(content_words(query.topic))
    few = len(words) + shares < FEWEST_CONTENT_WORDS and not carries(Wanted.NUMBER, quote.text)
    return few or quote.text.startswith(_POINTERS)


def says_little(query: Query, quote: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether a short remark stands beside a better quote that it does not belong to.

    Of such remarks one in fourteen answers anything.
    """
    typed = query.wanted not in UNTYPED and quote.has_type
    if not chosen or quote.claimed or quote.replies or typed or query.kind is Kind.COMPARISON:
        return False
    if query.asking or any(quote.is_beside(other) for other in chosen):
        return False
    return len(content_words(quote.text)) < FEWEST_BESIDE


def is_aside(query: Query, quote: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether a quote lacks what the best one has of the words that a fact is asked for in.

    Where things are counted, it is a number of them.

    Of such quotes one in fifty answers anything; of a longer question other words do.
    """
    if query.kind is not Kind.FACT or quote.claimed or quote.replies or not chosen:
        return False
    if ASKS_MORE.search(query.question):
        return False
    best = chosen[0]
    if _is_by_the_asked(query, quote) and not _is_by_the_asked(query, best):
        return False
    counted = counted_in(query.question)
    fewer = quote.overlap <= best.overlap or not quote.is_beside(best)
    if counted and fewer and counts(counted, best.text) and not counts(counted, quote.text):
        return True
    if quote.is_beside(best) or (query.wanted in _VIEWS and quote.has_type):
        return False
    short = len(content_words(query.topic)) <= SHORT_QUESTION
    if short and quote.overlap < ASIDE_SHARE * best.overlap and best.overlap >= LEAST_CARRIED:
        return True
    return best.rarest and not quote.rarest


def _is_by_the_asked(query: Query, quote: Evidence) -> bool:
    """Whether somebody who is asked about says it, rather than somebody who names them."""
    return any(quote.passage.speaker in person.names for person in query.people)


def is_of_other_type(query: Query, evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether it lacks the date, say, that a fact is asked for, which somebody claims already.

    Or the amount of computation, which words about computers are not.
    """
    if not chosen or evidence.has_type:
        return False
    if asks_for_compute(query.question):
        return any(quote.has_type for quote in chosen)
    return query.kind is Kind.FACT and chosen[0].claimed
