"""The passages' index inside the PostgreSQL that keeps the store: nothing else to run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kb.postgres.bm25 import WordTables, term_weights
from kb.postgres.selections import Selected
from kb.postgres.vectors import VectorTable, require_extension
from kb.protocols import Ids, IndexEntry, LexicalHits, Scores, Vectors
from kb.storage.relational import RelationalDatabase
from kb.types import Selection


class PostgresIndex:
    """Satisfies ``kb.protocols.IndexEngine``, in tables of its own for each ``model``.

    What a snapshot of the store sees, a search inside it sees too. It may be used from many
    threads; changes wait for each other.
    """

    exhaustive = False

    def __init__(self, database: RelationalDatabase, model: int) -> None:
        self._database = database
        self._vectors = VectorTable(model)
        self._words = WordTables(model)

    @property
    def name(self) -> str:
        return self._vectors.name

    def create(self, dimension: int) -> None:
        with self._database.writing(self.name) as connection:
            require_extension(connection)
            self._vectors.create(connection, dimension)
            self._words.create(connection)

    def drop(self) -> None:
        with self._database.writing(self.name) as connection:
            self._vectors.drop(connection)
            self._words.drop(connection)

    def upsert(self, entries: Sequence[IndexEntry], vectors: Vectors) -> None:
        passages = [entry.passage for entry in entries]
        ids = [passage.id for passage in passages]
        with self._database.writing(self.name) as connection:
            self._vectors.remove(connection, ids)
            self._vectors.add(self._database, connection, ids, vectors)
            self._words.replace(self._database, connection, ids, passages)

    def complete(self) -> None:
        """The graph of many vectors: building it at once takes a third of adding one by one."""
        with self._database.writing(self.name) as connection:
            if self._vectors.lacks_graph(connection):
                self._vectors.build_graph(connection)

    def remove(self, ids: Sequence[int]) -> None:
        with self._database.writing(self.name) as connection:
            self._vectors.remove(connection, ids)
            self._words.replace(self._database, connection, ids, ())

    def close(self) -> None:
        """The connections are the store's."""

    @property
    def document_count(self) -> int:
        with self._database.reading() as connection:
            return self._words.totals(connection).passages

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        with self._database.reading() as connection:
            return self._words.document_frequency(connection, terms)

    def spread(self, term: str) -> dict[int, int]:
        with self._database.reading() as connection:
            return self._words.spread(connection, term)

    def knows(self, term: str) -> bool:
        with self._database.reading() as connection:
            return self._words.knows(connection, term)

    def nearest(self, vector: Vectors, k: int, selection: Selection) -> tuple[Ids, Scores]:
        if k < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        with self._database.reading() as connection:
            return self._vectors.nearest(connection, vector, k, _selected(selection))

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
        boosts = {"body": body_boost, "context": context_boost}
        weights = term_weights(text, boosts, expansions or {})
        if not weights or k < 1:
            return []
        with self._database.reading() as connection:
            return self._words.best(connection, weights, k, _selected(selection))


def _selected(selection: Selection) -> Selected | None:
    return Selected.by(selection) if selection else None
