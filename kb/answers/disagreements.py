"""Where people disagree: their claims that do not meet."""

from __future__ import annotations

import sys

from kb.answers.claimed import evidence_of
from kb.answers.compose import ABSTENTION
from kb.answers.evidence import Evidence
from kb.answers.survey import held_of
from kb.questions.query import Query
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import ClaimFilters, Filters

MOST_DIFFERENCES = 4  # told, the weightiest first

_ASKS_ONLY = frozenset(
    "disagree disagrees disagreed disagreement disagreements differ differs differed difference "
    "differences different differently compare compared comparison contrast contradict contradicts "
    "contradiction contradictions views view opinions opinion positions think thinks say says main "
    "biggest key major most each other another between both versus vs list name tell me "
    "agree agrees".split()
)


def asks_for_disagreements(query: Query) -> bool:
    """Whether several people are to be compared, and nothing says in what."""
    words = {word for word in content_words(query.topic) if len(word) > 1}
    return len(query.people) >= 2 and bool(words) and words <= _ASKS_ONLY


def without_differences(query: Query) -> str:
    """What to say where no figures of theirs differ: words alone do not tell who disagrees."""
    names = " and ".join(person.name for person in query.people)
    return (
        f"{ABSTENTION.rstrip('.')}: no figures of {names} differ. "
        f"Name a subject, as in “Where do {names} disagree about regulation?”"
    )


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
