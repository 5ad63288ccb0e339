"""The passage index inside this process: vectors, words, and the store that knows who passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from kb.protocols import Ids, LexicalHits, Scores, Vectors
from kb.search.dense import DenseIndex
from kb.search.lexical import LexicalIndex
from kb.storage.cache import StateCache
from kb.storage.relational import State
from kb.storage.store import Store
from kb.types import Filters, Selection

CACHED_SELECTIONS = 4  # each search asks for the same one by meaning and by words


def _cache() -> StateCache[Selection, Ids]:
    return StateCache(CACHED_SELECTIONS)


@dataclass(frozen=True, slots=True)
class EmbeddedIndex:
    """Both indexes of one state of the store; satisfies ``kb.protocols.PassageIndex``.

    Searches may run in many threads at once.
    """

    dense: DenseIndex
    lexical: LexicalIndex
    state: State
    store: Store
    _selected: StateCache[Selection, Ids] = field(default_factory=_cache, repr=False, compare=False)

    @property
    def exhaustive(self) -> bool:
        return self.dense.exhaustive

    def nearest(self, vector: Vectors, k: int, selection: Selection) -> tuple[Ids, Scores]:
        return self.dense.search(vector, k, self._ids_of(selection))

    def matching(
        self,
        text: str,
        k: int,
        selection: Selection,
        *,
        body_boost: float = 1.0,
        context_boost: float = 1.0,
        expansions: Mapping[str, float] | None = None,
    ) -> LexicalHits:
        return self.lexical.search(
            text,
            k,
            self._ids_of(selection),
            body_boost=body_boost,
            context_boost=context_boost,
            expansions=expansions,
        )

    @property
    def document_count(self) -> int:
        return self.lexical.document_count

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        return self.lexical.document_frequency(terms)

    def spread(self, term: str) -> dict[int, int]:
        return self.lexical.spread(term)

    def knows(self, term: str) -> bool:
        return self.lexical.knows(term)

    def _ids_of(self, selection: Selection) -> Ids | None:
        """Ids of the selected passages, sorted; None when nothing is restricted."""
        filters = [some for some in selection.filters if some]
        if not selection.without and len(filters) <= 1:
            return self.store.passage_ids(filters[0]) if filters else None
        with self.store.snapshot() as state:
            found = self._selected.get_many(state, [selection])
            if not found:
                found = {selection: self._combined(filters, selection.without)}
                self._selected.put_many(state, found)
            return found[selection]

    def _combined(self, filters: Iterable[Filters], without: frozenset[str]) -> Ids:
        passing = [self._passing(some) for some in filters] or [self.store.all_passage_ids()]
        ids = reduce(_common, passing)
        if not without:
            return ids
        excluded = self._passing(Filters(documents=tuple(sorted(without))))
        return np.setdiff1d(ids, excluded, assume_unique=True)

    def _passing(self, filters: Filters) -> Ids:
        ids = self.store.passage_ids(filters)
        return self.store.all_passage_ids() if ids is None else ids


def _common(ids: Ids, others: Ids) -> Ids:
    return np.intersect1d(ids, others, assume_unique=True)
