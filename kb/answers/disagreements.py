"""Where people disagree, or one of them changed their mind: the claims that do not meet."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from kb.answers.claimed import evidence_of
from kb.answers.evidence import Evidence
from kb.answers.survey import held_of
from kb.claims.topics import near_topics, topic_of
from kb.questions.query import Query
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Claim, ClaimFilters, ClaimKind, Filters

MOST_DIFFERENCES = 4  # told, the weightiest first

_ASKS_ONLY = frozenset(
    "disagree disagrees disagreed disagreement disagreements differ differs differed difference "
    "differences different differently compare compared comparison contrast contradict contradicts "
    "contradiction contradictions views view opinions opinion positions think thinks say says main "
    "biggest key major most each other another between both versus vs list name tell me "
    "agree agrees".split()
)
_OF_YEARS = re.compile(r"\btime ?-?(?:lines?|frames?)|\bwhen\b|\byears?\b", re.IGNORECASE)
_OF_CHANCES = re.compile(r"\bp\(doom\)|probabilit|\bchance\b|\bodds\b", re.IGNORECASE)
_PLAIN_FIGURE = re.compile(r"\d{4}|%|per ?cent")  # rather than "a year or two later"
_CHANGED = re.compile(
    r"\bchang(?:e|ed|es|ing) (?:his|her|their|its)(?: own)? (?:mind|views?|opinion|estimate|"
    r"timelines?|forecast|prediction|number|position|p\(doom\))|"
    r"\b(?:updated?|revised?|moved|shifted) (?:his|her|their) (?:\w+ )?(?:views?|estimate|"
    r"timelines?|forecast|prediction|number|probability|p\(doom\))",
    re.IGNORECASE,
)


def asks_for_changes(query: Query) -> bool:
    """Whether it is asked if one person holds another view than before."""
    return len(query.people) == 1 and bool(_CHANGED.search(query.question))


def changes(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """The quotes of forecasts that a person gave up, each before the one that took its place.

    Only of the topic that the question names, if it names one, and of the kind.
    """
    topics = near_topics(topic_of(query.topic))
    kinds: tuple[ClaimKind, ...] = ("timeline", "probability")
    if _OF_YEARS.search(query.question) or _OF_CHANCES.search(query.question):
        kinds = ("timeline",) if _OF_YEARS.search(query.question) else ("probability",)
    claims = {
        claim.id: claim
        for name in query.people[0].names
        for kind in kinds
        for claim in store.claims(ClaimFilters(kind=kind, holder=name), sys.maxsize)[0]
        if not claim.asked
    }
    given_up: dict[str, list[Claim]] = {}
    for claim in claims.values():
        current = _current(claim, claims)
        on_topic = not topics or bool({claim.topic, current.topic} & set(topics))
        if current is not claim and on_topic:
            given_up.setdefault(current.id, []).append(claim)
    found: list[Evidence] = []
    for identifier, earlier in given_up.items():
        before = max(earlier, key=lambda claim: bool(_PLAIN_FIGURE.search(claim.figure)))
        for claim in (before, claims[identifier]):
            found = _with(found, evidence_of([claim], filters, store))
    return found[: 2 * MOST_DIFFERENCES]


def _current(claim: Claim, claims: Mapping[str, Claim]) -> Claim:
    """The view that took its place in the end."""
    seen = {claim.id}
    while (later := claims.get(claim.superseded_by or "")) and later.id not in seen:
        claim = later
        seen.add(claim.id)
    return claim


def _with(found: list[Evidence], quote: Evidence | None) -> list[Evidence]:
    """The quotes and one more; of two that overlap the longer one."""
    if quote is None or any(quote.within(other) for other in found):
        return found
    return [*(other for other in found if not other.overlaps(quote)), quote]


def asks_for_disagreements(query: Query) -> bool:
    """Whether several people are to be compared, and nothing says in what."""
    words = {word for word in content_words(query.topic) if len(word) > 1}
    return len(query.people) >= 2 and bool(words) and words <= _ASKS_ONLY


def disagreements(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """The quotes of claims that do not meet, in pairs, each pair of two of the people asked."""
    # Their patterns cost every other question .1 s:
    from kb.claims.compare import groups_of, views_of
    from kb.claims.contradictions import find_differences

    people = {name: person.name for person in query.people for name in person.names}
    claims = [
        claim
        for name in people
        for claim in store.claims(ClaimFilters(holder=name), sys.maxsize)[0]
    ]
    held = [
        view
        for group in groups_of(views_of(claims))
        for person in group.people
        for view in held_of(person.views)
    ]
    differences, _ = find_differences(held, sys.maxsize)
    found: list[Evidence] = []
    for difference in differences:
        holders = {people.get(claim.holder or "") for claim in difference.claims}
        quotes = [evidence_of([claim], filters, store) for claim in difference.claims]
        pair = [quote for quote in quotes if quote]
        told = any(quote.overlaps(other) for quote in pair for other in found)
        if len(holders) == len(pair) == 2 and not told:
            found += pair
        if len(found) == 2 * MOST_DIFFERENCES:
            break
    return found
