"""Where somebody changed their mind: views that were given up, and those in their place.

Of figures the claims tell it, of anything else the words do (``kb.answers.told_changes``).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.answers.claimed import evidence_of
from kb.answers.evidence import Evidence
from kb.answers.told_changes import told_changes
from kb.claims.identity import Identity, identity_of
from kb.claims.topics import near_topics, topic_of, without_topics
from kb.questions.query import Query
from kb.search.lexical import stem
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Claim, ClaimFilters, ClaimKind, Filters

MOST_CHANGES = 4  # told, of figures as of anything else

_OF_YEARS = re.compile(
    r"\btime ?-?(?:lines?|frames?)|\bwhen\b|\b(?:years?|median)\b", re.IGNORECASE
)
_OF_CHANCES = re.compile(r"\bp\(doom\)|probabilit|\bchance\b|\bodds\b", re.IGNORECASE)
_PLAIN_FIGURE = re.compile(r"\d{4}|%|per ?cent")  # rather than "a year or two later"
_WHY = re.compile(r"^\W*(?:and |but )?why\b", re.IGNORECASE)
_VIEW = (
    r"(?:mind|views?|opinions?|thinking|stance|estimates?|timelines?|time ?frames?|forecasts?|"
    r"predictions?|numbers?|positions?|odds|medians?|p\(doom\)|probability|beliefs?)"
)
_HOLDS = r"(?:say|think|believe|expect|give|predict|hold|estimate|claim|argue)"
_CHANGED = re.compile(
    rf"\bchang(?:e|ed|es|ing) (?:(?:his|her|their|its)(?: own)? )?(?:\w+ )?{_VIEW}|"
    rf"\b(?:update[sd]?|revised?|moved|shifted) (?:(?:his|her|their) )?(?:\w+ )?{_VIEW}|"
    rf"\b{_VIEW}\b.{{0,30}}\b(?:change[ds]?|moved?|evolved?|shift(?:ed)?|updated?)\b|"
    rf"\bwhat (?:has |had )?changed\b.*\b{_VIEW}\b",
    re.IGNORECASE,
)
_WOULD_CHANGE = re.compile(
    r"\b(?:would|could|might|will|may|make|makes|to)\b(?: \w+){0,4}? chang(?:e|ing)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\bused to {_HOLDS}\b|"
    rf"\b(?:{_HOLDS}|{_VIEW})\b.{{0,40}}\b(?:before|previously|originally|in the past)\W*$|"
    rf"\b{_VIEW}\b.{{0,30}}\b(?:before (?:it|that|he|she|they)\b|now (?:vs\.?|versus|and) before)|"
    rf"\b{_VIEW}\b.{{0,30}}\bused? to be\b|"
    r"^\W*(?:and |but )?(?:what (?:was it|about) )?before(?: that| then| this| now)?\W*$|"
    rf"\b{_HOLDS}s? now that .{{0,20}}\b(?:did not|didn[’']t)\b",
    re.IGNORECASE,
)
_WHO_CHANGED = re.compile(
    r"^\W*(?:who(?:se)?|which (?:of the )?(?:people|guests|speakers))\b.*\b(?:"
    r"chang(?:ed|es?)|revised?|updated?|moved?|(?:got|became) \w+er|went|gone|rose|risen|fell|"
    r"fallen|dropped|increased|decreased|grew|shrank|lengthened|shortened)\b",
    re.IGNORECASE,
)
_UPWARDS = re.compile(
    r"\b(?:(?:went|gone|moved?|revised?) (?:\w+ ){0,2}(?:up|out)|rose|risen|increased|grew|"
    r"lengthened|longer|later|higher)\b",
    re.IGNORECASE,
)
_DOWNWARDS = re.compile(
    r"\b(?:(?:went|gone|moved?|revised?|came|come) (?:\w+ ){0,2}(?:down|in)|fell|fallen|"
    r"dropped|decreased|shrank|shortened|shorter|sooner|earlier|lower)\b",
    re.IGNORECASE,
)
# Words that ask for a change of mind and name no matter.
_ASKS_ONLY = frozenset(
    "change changed changes changing mind view views opinion opinions thinking stance now before "
    "previously originally past use used think thinks thought say says said believe believes "
    "believed expect expects expected anything something ever over time year years recently last "
    "update updated revise revised move moved shift shifted evolve evolved vs versus didn t s "
    "estimate position give gave compared was any all did matter things thing actually who whose "
    "which people guest guests speaker speakers their up down out went gone rose risen fell fallen "
    "dropped increased decreased grew shrank lengthened shortened longer later shorter sooner "
    "earlier higher lower in come came most much everyone got get became".split()
)

_ASKS_FIGURE = frozenset(stem("timeline timelines median p doom probability odds number chance"))


def asks_for_changes(query: Query) -> bool:
    """Whether it is asked if, or how, one person holds another view than before."""
    question = query.question
    if (
        len(query.people) != 1
        or query.relative
        or _WHY.search(question)
        or _WOULD_CHANGE.search(question)
    ):
        return False
    return bool(_CHANGED.search(question) or _BEFORE.search(question))


def names_a_matter(query: Query) -> bool:
    """Whether it is said in what somebody may have changed their mind."""
    return topic_of(query.topic) is not None or bool(_matter(query))


def changes(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """The quotes of views that a person gave up, each with the one that took its place.

    Only of the matter that the question names, if it names one. Forecasts come first.
    """
    found = _changed_figures(query, filters, store)
    if len(found) > 1 and names_a_matter(query):
        return found
    topic, matter = topic_of(query.topic), _matter(query)
    matter = matter - _ASKS_FIGURE if topic else matter
    for quote in told_changes(query.people[0], topic, matter, filters, store)[:MOST_CHANGES]:
        if not any(quote.overlaps(other) for other in found):
            found.append(quote)
    return found


def _changed_figures(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """The quotes of forecasts that were given up, each before the one that took its place."""
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
    if not topics and _matter(query) - _ASKS_FIGURE:
        return []
    given_up: dict[str, list[Claim]] = {}
    for claim in claims.values():
        current = _current(claim, claims)
        on_topic = not topics or bool({claim.topic, current.topic} & {*topics, None})
        if current is not claim and on_topic:
            given_up.setdefault(current.id, []).append(claim)
    plain = {
        identifier: earlier
        for identifier, earlier in given_up.items()
        if any(_PLAIN_FIGURE.search(claim.figure) for claim in earlier)
    }
    found: list[Evidence] = []
    for identifier, earlier in (plain or given_up).items():
        for claim in (_plainest(earlier), claims[identifier]):
            found = _with(found, evidence_of([claim], filters, store))
    return found[: 2 * MOST_CHANGES]


def _plainest(claims: Sequence[Claim]) -> Claim:
    return max(claims, key=lambda claim: bool(_PLAIN_FIGURE.search(claim.figure)))


def asks_who_changed(query: Query) -> bool:
    """Whether it is asked whose forecasts moved, of nothing but forecasts."""
    asked = _WHO_CHANGED.search(query.question)
    return bool(asked) and not query.people and not _matter(query) - _ASKS_FIGURE


def who_changed(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """For everybody whose forecast moved the view that was given up, and the one in its place.

    Only of those whose figure rose, or fell, if that is asked for.
    """
    # Their patterns cost every other question .1 s:
    from kb.claims.spans import span_of

    upwards = bool(_UPWARDS.search(query.question)) - bool(_DOWNWARDS.search(query.question))
    topics = near_topics(topic_of(query.topic))
    chances = bool(_OF_CHANCES.search(query.question)) or "AI catastrophe" in topics
    kinds: tuple[ClaimKind, ...] = ("probability",) if chances else ("timeline",)
    if not topics and not _OF_YEARS.search(query.question) and not chances:
        kinds = ("timeline", "probability")
    found: list[Evidence] = []
    for kind in kinds:
        claims = {
            claim.id: claim
            for topic in topics or (None,)
            for claim in store.claims(ClaimFilters(kind=kind, topic=topic), sys.maxsize)[0]
            if claim.holder and claim.topic and not claim.asked
        }
        given_up: dict[tuple[Identity | None, str | None], list[tuple[Claim, Claim]]] = {}
        for claim in claims.values():
            current = _current(claim, claims)
            before, after = span_of(claim), span_of(current)
            plain = bool(_PLAIN_FIGURE.search(claim.figure))
            if current is claim or not before or not after or not plain:
                continue
            rise = sum(after) - sum(before)
            if rise and upwards * rise >= 0:
                given_up.setdefault((identity_of(claim), claim.topic), []).append((claim, current))
        for pairs in given_up.values():
            for claim in pairs[0]:
                found = _with(found, evidence_of([claim], filters, store))
    return found


def _current(claim: Claim, claims: Mapping[str, Claim]) -> Claim:
    """The view that took its place in the end."""
    seen = {claim.id}
    while (later := claims.get(claim.superseded_by or "")) and later.id not in seen:
        claim = later
        seen.add(claim.id)
    return claim


def _with(found: list[Evidence], quote: Evidence | None) -> list[Evidence]:
    """The quotes and one more; those that overlap become one."""
    if quote is None or any(quote.within(other) for other in found):
        return found
    touching = [other for other in found if other.overlaps(quote)]
    start = min(other.start for other in (*touching, quote))
    end = max(other.end for other in (*touching, quote))
    whole = replace(quote, start=start, end=end)
    return [*(other for other in found if other not in touching), whole]


def _matter(query: Query) -> frozenset[str]:
    """The terms that say in what somebody may have changed their mind."""
    words = content_words(without_topics(query.topic))
    named = " ".join(word for word in words if word not in _ASKS_ONLY and len(word) > 1)
    return frozenset(term for term in stem(named) if not term.isdigit())
