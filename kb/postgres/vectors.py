"""Nearest passages by the inner product of unit-norm vectors (pgvector)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from kb.errors import StoreError
from kb.postgres.selections import IDS, Selected, listed
from kb.protocols import Ids, Scores, Vectors
from kb.storage.relational import Connection, RelationalDatabase

EXACT_LIMIT = 5_000  # selected passages that are all compared
GRAPH_FROM = 20_000  # passages; fewer are all compared, which takes 10 ms
NEIGHBOURS = 24
BUILD_CANDIDATES = 200
"""With 16 neighbours of 100 candidates, whole clusters of a million passages were not reached: .79
of the ten nearest were found, now .94 (``benchmarks/RESULTS.md``)."""
SEARCH_CANDIDATES = 1_000  # the most that pgvector takes
PAGE_FILLING_ROW = 8_160  # bytes: shorter rows are kept whole, not moved out of the table
OLDEST_VERSION = (0, 8)  # has iterative scans


def require_extension(connection: Connection) -> None:
    """Have pgvector in the database. Raises StoreError."""
    query = "SELECT installed_version FROM pg_available_extensions WHERE name = 'vector'"
    row = connection.execute(query).fetchone()
    if row is None:
        raise StoreError(
            "The PostgreSQL server has no pgvector.",
            "Install pgvector 0.8 or newer beside it, or choose another KB_INDEX.",
        )
    if row[0] is None:
        connection.execute("CREATE EXTENSION vector")
        row = connection.execute(query).fetchone()
    if tuple(map(int, row[0].split(".")[:2])) < OLDEST_VERSION:
        raise StoreError(
            f"pgvector {row[0]} is too old.",
            "Install 0.8 or newer, and run `ALTER EXTENSION vector UPDATE` in this database.",
        )


class VectorTable:
    """The vectors of one model, in half precision: cosines are right within .001.

    From GRAPH_FROM passages on a graph (HNSW) leads to the nearest ones. Building it at once is
    several times faster than adding to it, above all where it fits into maintenance_work_mem.
    """

    def __init__(self, number: int) -> None:
        self.name = f"passage_vectors_{number}"
        self._graph = f"{self.name}_graph"

    def create(self, connection: Connection, dimension: int) -> None:
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {self.name} (passage_id bigint PRIMARY KEY, "
            f"embedding halfvec({int(dimension)}) NOT NULL) "
            f"WITH (toast_tuple_target = {PAGE_FILLING_ROW})"
        )

    def drop(self, connection: Connection) -> None:
        connection.execute(f"DROP TABLE IF EXISTS {self.name}")

    def lacks_graph(self, connection: Connection) -> bool:
        """Whether there are enough passages for a graph, and none is there."""
        query = (
            f"SELECT to_regclass(?) IS NULL AND (SELECT count(*) FROM "
            f"(SELECT FROM {self.name} LIMIT {GRAPH_FROM}) AS counted) = {GRAPH_FROM}"
        )
        return bool(connection.execute(query, (self._graph,)).fetchone()[0])

    def build_graph(self, connection: Connection) -> None:
        connection.execute(
            f"CREATE INDEX IF NOT EXISTS {self._graph} ON {self.name} "
            f"USING hnsw (embedding halfvec_ip_ops) "
            f"WITH (m = {NEIGHBOURS}, ef_construction = {BUILD_CANDIDATES})"
        )
        connection.execute(f"ANALYZE {self.name}")

    def add(
        self,
        database: RelationalDatabase,
        connection: Connection,
        ids: Sequence[int],
        vectors: Vectors,
    ) -> None:
        """Add passages that are not there."""
        rows = ((i, _literal(row)) for i, row in zip(ids, vectors, strict=True))
        database.insert(connection, self.name, rows)

    def remove(self, connection: Connection, ids: Sequence[int]) -> None:
        connection.execute(f"DELETE FROM {self.name} WHERE passage_id = ANY({IDS})", (listed(ids),))

    def nearest(
        self, connection: Connection, vector: Vectors, k: int, selected: Selected | None
    ) -> tuple[Ids, Scores]:
        if selected and not selected.outnumbers(connection, EXACT_LIMIT):
            return self._best_of_all(connection, vector, k, selected)
        ids, scores = self._best_by_graph(connection, vector, k, selected)
        if selected and len(ids) < k:  # the graph was followed as far as it may be
            return self._best_of_all(connection, vector, k, selected)
        return ids, scores

    def _best_of_all(
        self, connection: Connection, vector: Vectors, k: int, selected: Selected
    ) -> tuple[Ids, Scores]:
        rows = f"SELECT * FROM {self.name} WHERE passage_id IN ({selected.ids})"
        fenced = f"({rows} OFFSET 0) AS selected"  # so that the planner never takes the graph
        return _ranked(connection, fenced, selected.values, vector, k)

    def _best_by_graph(
        self, connection: Connection, vector: Vectors, k: int, selected: Selected | None
    ) -> tuple[Ids, Scores]:
        """Follows the graph until enough selected ones are found; exact where there is none."""
        connection.execute(
            "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', TRUE), "
            f"set_config('hnsw.ef_search', '{SEARCH_CANDIDATES}', TRUE)"
        )
        if selected is None:
            return _ranked(connection, self.name, (), vector, k)
        rows = f"{self.name} WHERE passage_id IN ({selected.ids})"
        return _ranked(connection, rows, selected.values, vector, k)


def _ranked(
    connection: Connection, rows: str, values: Sequence[Any], vector: Vectors, k: int
) -> tuple[Ids, Scores]:
    literal = _literal(vector.reshape(-1))
    query = (
        f"SELECT passage_id, -(embedding <#> CAST(? AS halfvec)) FROM {rows} "
        "ORDER BY embedding <#> CAST(? AS halfvec) LIMIT ?"
    )
    found = connection.execute(query, (literal, *values, literal, k)).fetchall()
    ids = np.array([row[0] for row in found], dtype=np.int64)
    scores = np.array([row[1] for row in found], dtype=np.float32)
    order = np.lexsort((ids, -scores))
    return ids[order], scores[order]


def _literal(row: Vectors) -> str:
    texts = _texts()
    codes = row.astype(np.float16).view(np.uint16)
    return "[" + ",".join([texts[code] for code in codes.tolist()]) + "]"


@cache
def _texts() -> list[str]:
    """Every number in half precision as text: looking it up takes a tenth of writing it."""
    numbers = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    return [f"{number:.5g}" for number in numbers.tolist()]
