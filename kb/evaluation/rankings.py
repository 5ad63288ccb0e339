"""Ours and the plain baselines, as rankings of the same passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from kb.evaluation.figures import OURS
from kb.knowledge_base import KnowledgeBase
from kb.models.embed import load_embedder
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import Exchange, Filters, Passage, Selection

BM25 = "bm25"
DENSE = "dense"
FUSED = "fused"
BASELINES = (BM25, DENSE, FUSED)
BM25_WITH_CONTEXT = "bm25_with_context"
FUSED_WITH_CONTEXT = "fused_with_context"
CONTEXT_BASELINES = (BM25_WITH_CONTEXT, FUSED_WITH_CONTEXT)

FUSION_CONSTANT = 60
"""The k of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009)."""

FUSION_DEPTH = 100  # passages taken from each side
REMEMBERED = 1_024  # question vectors


class Rankings:
    """Passages for a question by each system, best first.

    The baselines get the question as it is typed: BM25 (k1 1.2, b .75, stemmed) searches the
    passages' own text, the dense model their vectors as stored (made of heading, words before and
    text), and fusion adds up the reciprocal ranks of both with equal weight. The stronger baselines
    ``…_with_context`` give BM25 the passages' context as well, with the same weight as the text.
    """

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self._knowledge_base = knowledge_base
        self._store = knowledge_base.store
        self._embedder = load_embedder(knowledge_base.settings)
        self._vector = lru_cache(REMEMBERED)(self._embedder.embed_query)

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    def ranked(self, system: str, text: str, k: int, document: str | None = None) -> list[Passage]:
        """The ``k`` best passages of the store, or of one document."""
        filters = Filters(documents=(document,)) if document else Filters()
        if system == OURS:
            return [hit.passage for hit in self._knowledge_base.search(text, k, filters)]
        ids = self._baseline(system, text, k, filters)
        passages = self._store.passages(ids)
        return [passages[identifier] for identifier in ids if identifier in passages]

    def completed(self, text: str, history: Sequence[Exchange]) -> str:
        """A follow-up question as one that can be searched by itself: with its topic and people."""
        if not history:
            return text
        query = understand(text, Directory(self._store.documents()), history)
        return " ".join([*(person.name for person in query.people), query.topic])

    def _baseline(self, system: str, text: str, k: int, filters: Filters) -> list[int]:
        index = self._knowledge_base.index()
        selection = Selection().within(filters)
        fuses = system in {FUSED, FUSED_WITH_CONTEXT}
        depth = FUSION_DEPTH if fuses else k
        rankings: list[list[int]] = []
        if system != DENSE:
            boost = 1.0 if system in CONTEXT_BASELINES else 0.0
            hits = index.matching(text, depth, selection, context_boost=boost)
            rankings.append([identifier for identifier, _ in hits])
        if system == DENSE or fuses:
            ids, _ = index.nearest(self._vector(text), depth, selection)
            rankings.append(ids.tolist())
        return fused(rankings)[:k] if fuses else rankings[0]


def fused(rankings: Iterable[Sequence[int]]) -> list[int]:
    """Reciprocal rank fusion of rankings, all with the same weight."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            scores[identifier] = scores.get(identifier, 0.0) + 1 / (FUSION_CONSTANT + rank)
    return sorted(scores, key=lambda identifier: (-scores[identifier], identifier))
