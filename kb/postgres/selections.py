"""Which passages may be found, as SQL over the tables of the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kb.storage.filters import passage_conditions
from kb.storage.relational import Connection
from kb.types import Selection

IDS = "CAST(? AS bigint[])"
"""Many ids, given as ``listed``: psycopg itself would take 4 microseconds for each."""


def listed(ids: Iterable[int]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


@dataclass(frozen=True, slots=True)
class Selected:
    """A condition over ``passages`` and the values of its placeholders."""

    condition: str
    values: tuple[Any, ...]

    @classmethod
    def by(cls, selection: Selection) -> Selected:
        parts = [passage_conditions(filters) for filters in selection.filters]
        conditions = [f"({condition})" for condition, _ in parts]
        values: list[Any] = [value for _, some in parts for value in some]
        if selection.without:
            conditions.append("document_id <> ALL(?)")
            values.append(sorted(selection.without))
        return cls(" AND ".join(conditions) or "TRUE", tuple(values))

    @property
    def ids(self) -> str:
        """A query for the ids."""
        return f"SELECT id FROM passages WHERE {self.condition}"

    def outnumbers(self, connection: Connection, limit: int) -> bool:
        """Whether more than ``limit`` passages are selected."""
        query = (
            f"SELECT count(*) FROM (SELECT FROM passages WHERE {self.condition} LIMIT ?) AS counted"
        )
        (count,) = connection.execute(query, (*self.values, limit + 1)).fetchone()
        return bool(count > limit)

    def few(self, connection: Connection, limit: int) -> list[tuple[int, str]] | None:
        """The id and document of each selected passage; None when there are more than ``limit``."""
        query = f"SELECT id, document_id FROM passages WHERE {self.condition} LIMIT ?"
        rows = connection.execute(query, (*self.values, limit + 1)).fetchall()
        return rows if len(rows) <= limit else None

    def among(self, connection: Connection, ids: list[int]) -> set[int]:
        """Which of ``ids`` are selected."""
        query = f"{self.ids} AND id = ANY({IDS})"
        return {row[0] for row in connection.execute(query, (*self.values, listed(ids)))}
