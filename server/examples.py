"""Questions to begin with, made of what the store holds, and tried before they are shown."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from kb.knowledge_base import KnowledgeBase
from kb.storage.relational import State
from kb.types import Claim, ClaimFilters, ClaimKind, Filters

MOST = 6
MOST_TRIED = 24
CLAIMS_READ = 1_000
TOPICS_READ = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the people who must be quoted before it may be shown."""

    question: str
    people: frozenset[str]


class Examples:
    """Examples of one store, made at the first call after each change of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: State | None = None
        self._questions: list[str] = []

    def of(self, knowledge_base: KnowledgeBase) -> list[str]:
        """The questions, the same for the same store."""
        with self._lock:
            state = knowledge_base.store.state
            if state != self._state:
                self._questions = list(islice(_answered(knowledge_base), MOST))
                self._state = state
            return self._questions


def _answered(knowledge_base: KnowledgeBase) -> Iterator[str]:
    for candidate in islice(_candidates(knowledge_base), MOST_TRIED):
        answer = knowledge_base.answer(candidate.question, mode="extractive")
        quoted = {quote.speaker for quote in answer.citations}
        if not answer.abstained and candidate.people <= quoted:
            yield candidate.question


def _candidates(knowledge_base: KnowledgeBase) -> Iterator[Candidate]:
    """One of each sort in turn, so that few examples show what can be asked."""
    forecasts = _beliefs(knowledge_base, "timeline")
    chances = _beliefs(knowledge_base, "probability")
    sorts = (
        (_about(f"When does {who} expect {topic}?", who) for topic, who in forecasts),
        _on_topics(knowledge_base),
        (_about(f"How likely is {topic} according to {who}?", who) for topic, who in chances),
        _shared(forecasts),
    )
    seen: set[str] = set()
    for candidate in chain.from_iterable(zip_longest(*sorts)):
        if candidate is not None and candidate.question not in seen:
            seen.add(candidate.question)
            yield candidate


def _about(question: str, *people: str) -> Candidate:
    return Candidate(question, frozenset(people))


def _beliefs(knowledge_base: KnowledgeBase, kind: ClaimKind) -> list[tuple[str, str]]:
    """Topics with those who say themselves what they believe, each pair once."""
    claims, _ = knowledge_base.claims(ClaimFilters(kind=kind), CLAIMS_READ)
    own = (claim for claim in claims if _is_own_belief(claim))
    pairs = list(dict.fromkeys((claim.topic or "", claim.speaker or "") for claim in own))
    return _spread(pairs)


def _spread(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """First a topic of everybody, then a second one: examples should not be about one person."""
    turns: Counter[str] = Counter()
    ordered: list[tuple[int, tuple[str, str]]] = []
    for topic, who in pairs:
        ordered.append((turns[who], (topic, who)))
        turns[who] += 1
    return [pair for _, pair in sorted(ordered, key=lambda entry: entry[0])]


def _is_own_belief(claim: Claim) -> bool:
    supposed = claim.negated or claim.asked or claim.fiction or claim.conditional
    own = claim.speaker is not None and claim.claimant in {None, claim.speaker}
    return own and claim.topic is not None and not supposed and claim.superseded_by is None


def _shared(beliefs: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    """Two people with a forecast of the same."""
    first: dict[str, str] = {}
    for topic, who in beliefs:
        other = first.setdefault(topic, who)
        if other != who:
            yield _about(f"What do {other} and {who} say about {topic}?", other, who)


def _on_topics(knowledge_base: KnowledgeBase) -> Iterator[Candidate]:
    """The person whose words fit each of the most frequent topics best."""
    asked: set[str] = set()
    for topic in knowledge_base.topics()[:TOPICS_READ]:
        hits = knowledge_base.search(topic.name, 5, Filters(topics=(topic.name,)))
        speakers = [hit.passage.speaker for hit in hits if hit.passage.kind == "speech"]
        speaker = next((name for name in speakers if name and name not in asked), None)
        if speaker:
            asked.add(speaker)
            yield _about(f"What does {speaker} say about {_inside(topic.name)}?", speaker)


def _inside(name: str) -> str:
    """A topic's name inside a sentence: "compute and hardware", but "AI timelines"."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
