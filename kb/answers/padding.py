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
ELSEWHERE_SHARE = 0.8  # of the score of the best quote, from which another talk answers, too
SHORTEST_QUOTE = 6  # words; a shorter one takes the sentence after it along

UNTYPED = (Wanted.ANYTHING, Wanted.PERSON)
_VIEWS = (Wanted.FORECAST, Wanted.DATE, Wanted.PERCENTAGE)  # which others may hold in other words
_POINTERS = re.compile(r"Read (?:more|the)|Watch |Subscribe")
_COURTESY = re.compile(
    r"^\W*(?:\w+,? ){0,4}?(?:thanks?(?: you)?\b.{0,60}\bfor (?:having|coming|joining|inviting|"
    r"being (?:here|on|with)|(?:taking )?(?:the|your) (?:time|invitation|question))|"
    r"welcome (?:back )?to (?:the|another|this|our)|(?:great|good|nice|lovely|happy|glad|excited|"
    r"delighted|thrilled|pleasure|honou?r|fun) (?:to (?:be (?:here|back|on (?:the|your))|"
    r"(?:have|see|meet|chat (?:with|to)|(?:talk|speak) (?:to|with)) you)|having you))\b",
    re.IGNORECASE,
)  # what people say before they say anything
_BREAKS_OFF = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|for|with|by|from|into|about|is|are|was|were|be|been|has|have|had|"
    r"and|or|but|because|that|which|who|if|than|as|very|really|my|your|their|our|its|I|we|they|"
    r"(?:it|that|there|he|she|what)[’']s|(?:I|you|we|they)[’'](?:m|re|ve|d|ll))"
    r"\s?(?:\.\.\.|…|--?|[–—])[\"”’' ]*$"
)
_LEADS_ON = re.compile(
    r"\b(?:I|we)(?:[’']d)? (?:(?:also|just|actually|really|do|did|would) ){0,2}"
    r"(?:wanna|wanted to|want to|like to|love to) (?:\w+ ){0,3}?(?:hear|ask|know|move|zoom|turn|"
    r"talk (?:to you )?about|come back|go back|pose|dig|touch on|get into|start (?:with|by))\b"
    r"|^\W*(?:\w+,? ){0,3}let[’']?s (?:talk|move|turn|come back|go back|get (?:in)?to|dig|start|"
    r"switch|jump)\b|\bmy (?:\w+ )?question (?:is|was|for)\b|\bI[’']?m (?:just |also |really )?"
    r"(?:curious|wondering)\b|\bI wonder (?:if|whether|how|what|why)\b|"
    r"\btime to (?:move|turn|talk|get)\b",
    re.IGNORECASE,
)
_IN_THE_HEAD = re.compile(
    r"(?P<people>speakers?|guests?|hosts?|panel(?:lists?|ists?)?|moderators?|participants?|with)\s*:"
    r"|(?:recorded|published|released|aired|posted|date)\b[^.?!]{0,12}[\d:]"
    r"|(?:recorded|published|released|aired|posted) (?:on|in) ",
    re.IGNORECASE,
)


_ONLY_A_DATE = re.compile(
    r"\W*(?:[A-Z][a-z]+day,? )?(?:\d{4}-\d{2}(?:-\d{2})?|"
    r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+,? \d{4}|"
    r"[A-Z][a-z]+ (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4})\W*"
)


def is_of_the_head(query: Query, evidence: Evidence) -> bool:
    """Whether it only says who speaks in a talk, or when it was, and neither is asked for."""
    if evidence.passage.kind != "editorial":
        return False
    if _ONLY_A_DATE.fullmatch(evidence.text):
        return query.wanted is not Wanted.DATE
    if not (line := _IN_THE_HEAD.match(evidence.text)):
        return False
    asked = query.introduced or query.wanted is Wanted.PERSON
    return not asked if line["people"] else query.wanted is not Wanted.DATE


def is_label(text: str) -> bool:
    """Whether a sentence only announces what follows: "Deep Sentientism:"."""
    return text.endswith(":") and len(text.split()) < SHORTEST_QUOTE


def breaks_off(text: str) -> bool:
    """Whether a sentence stops in the middle: "What we then did was to..."."""
    return bool(_BREAKS_OFF.search(text))


def says_nothing(query: Query, quote: Evidence) -> bool:
    """Whether a quote is a mere fragment ("Mateusz first."), or points to what stands elsewhere."""
    typed = query.wanted not in UNTYPED and quote.has_type
    if quote.claimed or quote.replies or typed or query.asking or is_label(quote.text):
        return False  # a label is quoted only where nothing else is found
    words = content_words(quote.text)
    shares = not set(words).isdisjoint(content_words(query.topic))
    few = len(words) + shares < FEWEST_CONTENT_WORDS and not carries(Wanted.NUMBER, quote.text)
    return few or bool(_POINTERS.match(quote.text) or _COURTESY.match(quote.text))


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


def leads_on(quote: Evidence) -> bool:
    """Whether a host says what the talk is to turn to: a question without its mark."""
    return bool(_LEADS_ON.search(quote.text)) and quote.passage.speaker in _hosts_of(quote)


def _hosts_of(quote: Evidence) -> set[str]:
    return {who.name for who in quote.document.speakers if who.role == "host"}


def is_of_the_host(query: Query, quote: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether whoever asks the questions of a talk says it, beside a better quote of their guest.

    Of 60 such quotes none answered anything: hosts lead up to questions and on to other matters.
    """
    if query.asking or query.kind is Kind.COMPARISON or _is_by_the_asked(query, quote):
        return False
    if chosen and quote.passage.speaker == chosen[0].passage.speaker:
        return False
    hosts = _hosts_of(quote)
    others = {other.passage.speaker for other in chosen if other.document.id == quote.document.id}
    return quote.passage.speaker in hosts and bool(others - hosts - {None})


def is_elsewhere(query: Query, evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether it stands in another talk than the best quote, and fits much worse.

    Of such quotes one in eighty answers anything, in the same talk one in six.
    """
    if not chosen or query.people or query.kind in (Kind.FACT, Kind.COMPARISON):
        return False
    best = chosen[0]
    other = evidence.document.id != best.document.id
    return other and evidence.score < ELSEWHERE_SHARE * best.score


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
