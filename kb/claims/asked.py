"""Claims as evidence: where the figure that a question asks for is said, and still stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from kb.claims.topics import near_topics, topic_of
from kb.questions.query import Query, Wanted
from kb.types import Claim, ClaimKind

CLAIM_BONUS = 0.15
"""For a sentence that states a figure of the kind asked for; scores of sentences are about 1."""
TOPIC_BONUS = 0.2  # more, when the claim is of the very thing that the question names
TAKEN_BACK_PENALTY = 0.3  # when a later claim of the same person took its place

_KINDS: dict[Wanted, tuple[ClaimKind, ...]] = {
    Wanted.FORECAST: ("timeline",),
    Wanted.PERCENTAGE: ("probability",),
    Wanted.MONEY: ("money",),
    Wanted.DATE: ("event", "timeline"),
    Wanted.DURATION: ("timeline", "quantity", "compute"),
    Wanted.NUMBER: ("quantity", "compute"),
}


def kinds_asked_for(query: Query) -> tuple[ClaimKind, ...]:
    """Kinds of claims that answer a question; none when it asks for no figure."""
    return _KINDS.get(query.wanted, ())


class FittingClaims:
    """The claims that may answer a question, by where they stand."""

    def __init__(self, query: Query, claims: Iterable[Claim] = ()) -> None:
        self._topics = near_topics(topic_of(query.topic))
        names = {name for person in query.people for name in person.names}
        self._named = bool(names)
        self._by_document: dict[str, list[Claim]] = {}
        for claim in claims:
            if not names or query.inherited or claim.holder in names:
                self._by_document.setdefault(claim.document_id, []).append(claim)

    def weight(self, document_id: str, start: int, end: int) -> float:
        """What speaks for quoting ``text[start:end]`` of a document; negative when taken back."""
        here = self._within(document_id, start, end)
        standing = [claim for claim in here if _stands(claim)]
        if not standing:
            taken_back = any(claim.superseded_by for claim in here)
            return -TAKEN_BACK_PENALTY if taken_back else 0.0
        of_topic = any(claim.topic in self._topics for claim in standing)
        return CLAIM_BONUS + (TOPIC_BONUS if of_topic else 0.0)

    def stand_in(self, document_id: str, start: int, end: int) -> bool:
        """Whether a claim that answers the question stands in ``text[start:end]``."""
        return any(_stands(claim) for claim in self._within(document_id, start, end))

    def tell(self, document_id: str, start: int, end: int) -> bool:
        """Whether somebody who is asked claims the thing asked for, of the very topic, there."""
        here = self._within(document_id, start, end)
        return self._named and any(self._is_of_topic(claim) for claim in here)

    def of_topic(self) -> list[Claim]:
        """Standing claims on the topic that the question names, one of each document in turn."""
        by_document = [
            [claim for claim in found if self._is_of_topic(claim)]
            for found in self._by_document.values()
        ]
        return [claim for turn in zip_longest(*by_document) for claim in turn if claim]

    def _is_of_topic(self, claim: Claim) -> bool:
        return claim.topic in self._topics and _stands(claim)

    def _within(self, document_id: str, start: int, end: int) -> Sequence[Claim]:
        found = self._by_document.get(document_id, ())
        return [claim for claim in found if start <= claim.figure_start < end]


def _stands(claim: Claim) -> bool:
    """Whether somebody asserts it still."""
    return not (claim.superseded_by or claim.asked or claim.negated or claim.fiction)
