"""What the store asks of a relational database, be it SQLite or PostgreSQL.

Queries are written once, with ``?`` for values. What the two say differently is a ``Dialect``.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

Row = tuple[Any, ...]


class State(NamedTuple):
    """What the store holds: a count of its changes, and a random name of the last one.

    The name tells apart stores that were restored or recreated and then counted as far again.
    """

    revision: int
    token: str


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection inside a transaction."""

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Cursor: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """Fragments of SQL that have another form in each database.

    ``texts`` and ``numbers`` are the members of a JSON array, given as one value. ``spans`` is
    a row source ``wanted(document, first, last)`` from a JSON array of such triples. ``topics``
    are a passage's topic names as a JSON array, in order; ``roles`` those of a group of speakers.
    ``contains`` tests whether a claim's words hold a value.
    """

    texts: str
    numbers: str
    spans: str
    topics: str
    roles: str
    contains: str


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Where the vectors are (columns ``passage_id``, ``vector``), and their dimension.

    The dimension is 0 while no model is known.
    """

    name: str
    dimension: int


class RelationalDatabase(Protocol):
    """An open database. It may be used from many threads.

    Whatever fails raises StoreError and its kin.
    """

    @property
    def dialect(self) -> Dialect: ...

    @property
    def writable(self) -> bool: ...

    def close(self) -> None: ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection inside a transaction that sees one state of the database."""
        ...

    def snapshot(self) -> AbstractContextManager[State]:
        """All that this thread reads inside sees one state, whatever is written meanwhile."""
        ...

    def writing(self, *names: str) -> AbstractContextManager[Connection]:
        """A transaction, committed at the end or rolled back.

        Of those that share one of the ``names``, one at a time goes on.
        """
        ...

    def stream(self, connection: Connection, query: str, values: Row = ()) -> Iterator[Row]:
        """The rows of a query that may have very many, without all of them in memory."""
        ...

    def insert(self, connection: Connection, table: str, values: Iterable[Row]) -> None:
        """Add whole rows to a table."""
        ...

    def advance(self, connection: Connection) -> int:
        """Count one more change of the documents, as the last act of a transaction."""
        ...

    def vector_table(self, connection: Connection) -> VectorTable: ...

    def available(self) -> bool:
        """Whether the database can be reached; never raises."""
        ...

    def empty_log(self) -> bool:
        """Take removed text out of the log; False when a reader still needs it."""
        ...

    def size(self) -> int:
        """The bytes that it takes on the disk, with all that belongs to it."""
        ...

    def compact(self) -> bool:
        """Give free space back, with all that it still holds of removed text.

        False when a reader still needs the old content, which then stays.
        """
        ...

    def copy_to(self, path: Path) -> None:
        """Write all that is stored now to a new file, whatever is written meanwhile."""
        ...

    def replace_by(self, path: Path) -> None:
        """Take over everything from such a file, in one transaction."""
        ...

    def damage(self, connection: Connection) -> list[str]:
        """What the database itself finds wrong with its files and references, in words."""
        ...


def state_of(connection: Connection) -> State:
    query = "SELECT number, token FROM revisions ORDER BY number DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return State(*row) if row else State(0, "")


def next_revision(connection: Connection) -> int:
    query = "INSERT INTO revisions (token) VALUES (?) RETURNING number"
    (number,) = connection.execute(query, (secrets.token_hex(8),)).fetchone()
    return int(number)
