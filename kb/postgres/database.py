"""A store's database in PostgreSQL: pooled connections, snapshots, locks for each document.

The address (``postgresql://…``) may name several hosts: readers take the first that answers, or as
``target_session_attrs`` in it says, writers the one that takes changes. So reads may go to a
replica (``prefer-standby``), and all go on when it is promoted. A replica that the primary waits
for (``synchronous_standby_names``) shows a change when it is reported; others show it later.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from copy import copy
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self
from urllib.parse import urlsplit

from kb.errors import InputError, ModelMismatch, StoreError
from kb.postgres import schema
from kb.postgres.connections import Connections, writable
from kb.storage.relational import Cursor, Dialect, Row, State, VectorTable, next_revision, state_of

if TYPE_CHECKING:
    import psycopg

DIALECT = Dialect(
    texts="(SELECT jsonb_array_elements_text(CAST(? AS jsonb)))",
    numbers="(SELECT CAST(jsonb_array_elements_text(CAST(? AS jsonb)) AS bigint))",
    spans="(SELECT value->>0 AS document, CAST(value->>1 AS bigint) AS first, "
    "CAST(value->>2 AS bigint) AS last FROM jsonb_array_elements(CAST(? AS jsonb)) AS spans(value))"
    " AS wanted",
    topics="(SELECT CAST(coalesce(json_agg(name ORDER BY position), '[]') AS text) "
    "FROM passage_topics WHERE passage_id = passages.id)",
    roles="CAST(coalesce(json_agg(DISTINCT role) FILTER (WHERE role IS NOT NULL), '[]') AS text)",
    contains="strpos(words_folded, ?) > 0",
)
NO_VECTORS = (
    "(SELECT CAST(0 AS bigint) AS passage_id, CAST('' AS bytea) AS vector WHERE FALSE) AS vectors"
)
NEVER_STORED = "\uffff"  # Unicode promises that it is no character
LOCK_NAME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
CURRENT_MODEL = "model_id = (SELECT value FROM metadata WHERE key = 'model_id')"

STREAMED = 2_000  # rows fetched at a time
WRITER = {
    # A replica that the primary waits for must show a change before it is reported, for readers.
    "synchronous_commit": "remote_apply",
    # The locks of a writer whose machine is gone are free after 20 seconds; the server's own
    # settings leave them for two hours, and everybody who writes waits for them.
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 2,
}
"""Settings of the server for each connection that writes."""


class PostgresConnection:
    """A connection of psycopg that takes ``?`` for values.

    Satisfies ``kb.storage.relational.Connection``.

    ``raw`` is the connection itself.
    """

    def __init__(self, raw: psycopg.Connection[Row]) -> None:
        self.raw = raw

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Cursor:
        if self.raw.read_only:
            values = [without_nul(value) for value in values]
        return self.raw.execute(placeholders(query), values or None, binary=True)


class PostgresDatabase:
    """Satisfies ``kb.storage.relational.RelationalDatabase``.

    ``model`` numbers the vectors that it shows.

    Raises InputError when psycopg is not installed, StoreUnavailable when no server answers.
    """

    dialect = DIALECT

    def __init__(self, url: str, *, write: bool = False) -> None:
        self.place = place_of(url)
        self.writable = write
        self.model: int | None = None
        self._pinned = threading.local()
        self._cursors = count()
        self._url = url
        # Whoever writes reads there, too: a replica may be behind what was just written.
        self._readers = Connections(writable(url) if write else url, _configure_reader)
        self._writers = Connections(writable(url), _configure_writer) if write else None
        try:
            self._prepare()
        except BaseException:  # also when interrupted: no connection may stay
            self.close()
            raise

    def showing(self, model: int) -> Self:
        """The same database and connections, with the vectors of a model; documents stay."""
        other = copy(self)
        other.writable = False
        other.model = model
        return other

    def _prepare(self) -> None:
        """Make the tables, also for who only reads: the first of all may be a reader."""
        with self.reading() as connection:
            found = connection.execute("SELECT to_regclass('metadata')").fetchone()
            if found is not None and found[0] is not None:
                schema.check_version(connection)
        if self._writers is not None:
            self._make_tables(self._writers)
        elif found is None or found[0] is None:
            with closing(Connections(writable(self._url), _configure_writer)) as writers:
                self._make_tables(writers)

    def _make_tables(self, writers: Connections) -> None:
        with schema.translated(self.place), writers.lend() as raw:
            schema.create_or_check(raw)

    def close(self) -> None:
        for connections in (self._readers, self._writers):
            if connections is not None:
                connections.close()

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        pinned: PostgresConnection | None = getattr(self._pinned, "connection", None)
        with schema.translated(self.place):
            if pinned:
                yield pinned
                return
            with self._readers.lend() as raw:
                yield PostgresConnection(raw)

    @contextmanager
    def snapshot(self) -> Iterator[State]:
        outer = getattr(self._pinned, "connection", None)
        with self.reading() as connection:
            self._pinned.connection = connection
            try:
                yield state_of(connection)
            finally:
                self._pinned.connection = outer

    @contextmanager
    def writing(self, *names: str) -> Iterator[PostgresConnection]:
        """The names are locked in one order, so that no two transactions wait for each other."""
        with (
            schema.translated(self.place),
            self._required_writers().lend() as raw,
            raw.transaction(),
        ):
            raw.execute("SELECT pg_advisory_xact_lock_shared(%s)", (schema.MODEL_LOCK,))
            for name in sorted(names):
                raw.execute(LOCK_NAME, (name,))
            yield PostgresConnection(raw)

    @contextmanager
    def changing_model(self) -> Iterator[PostgresConnection]:
        """A transaction that nobody else writes beside."""
        with (
            schema.translated(self.place),
            self._required_writers().lend() as raw,
            raw.transaction(),
        ):
            raw.execute("SELECT pg_advisory_xact_lock(%s)", (schema.MODEL_LOCK,))
            yield PostgresConnection(raw)

    def _required_writers(self) -> Connections:
        if self._writers is None:
            raise StoreError(
                f"The store {self.place} is open for reading only.", "Open it with write=True."
            )
        return self._writers

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether this process is the only one that is inside under this name, on any machine."""
        with schema.translated(self.place), self._required_writers().lend() as raw:
            lock = "SELECT pg_try_advisory_lock(hashtextextended(%s, 1))"
            row = raw.execute(lock, (name,)).fetchone()
            alone = bool(row and row[0])
            try:
                yield alone
            finally:
                if alone and not raw.closed:
                    raw.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 1))", (name,))

    def stream(self, connection: Any, query: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        with connection.raw.cursor(name=f"stream_{next(self._cursors)}") as cursor:
            cursor.itersize = STREAMED
            cursor.execute(placeholders(query), values or None)
            yield from cursor

    def insert(self, connection: Any, table: str, values: Iterable[Row]) -> None:
        with (
            connection.raw.cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN") as copy,
        ):
            for row in values:
                copy.write_row(row)

    def advance(self, connection: Any) -> int:
        """One transaction at a time gets here, so that revisions appear in the order of numbers."""
        connection.execute("SELECT pg_advisory_xact_lock(?)", [schema.REVISION_LOCK])
        number = next_revision(connection)
        query = "UPDATE removed_passages SET revision = ? WHERE revision IS NULL"
        connection.execute(query, [number])
        return number

    def vector_table(self, connection: Any) -> VectorTable:
        """Of the chosen model, else of the one that the store names.

        Raises ModelMismatch when the chosen one was removed, or is not to be added to any more.
        """
        query = "SELECT number, dimension FROM models WHERE "
        if self.model is None:
            row = connection.execute(query + CURRENT_MODEL).fetchone()
        else:
            row = connection.execute(f"{query} number = ?", [self.model]).fetchone()
        if self.model is not None:
            self._check_chosen(connection, row)
        return VectorTable(schema.vectors_of(row[0]), row[1]) if row else VectorTable(NO_VECTORS, 0)

    def _check_chosen(self, connection: Any, chosen: Row | None) -> None:
        if chosen is None:
            raise ModelMismatch("The vectors of the embedding model in use were removed.")
        if self.writable:
            query = f"SELECT number FROM models WHERE {CURRENT_MODEL}"
            if connection.execute(query).fetchone() != (chosen[0],):
                raise ModelMismatch("The store has changed to another embedding model.")

    def available(self) -> bool:
        try:
            with self.reading() as connection:
                return connection.execute("SELECT TRUE").fetchone() is not None
        except StoreError:
            return False

    def empty_log(self) -> bool:
        """The server looks after its log itself."""
        return True

    def size(self) -> int:
        with self.reading() as connection:
            query = "SELECT pg_database_size(current_database())"
            return int(connection.execute(query).fetchone()[0])

    def compact(self) -> bool:
        """Write every table anew; whoever uses one of them meanwhile waits."""
        with schema.translated(self.place), self._required_writers().lend() as raw:
            # Only a shared index needs to be told of them, and it is noted before it is filled.
            raw.execute("DELETE FROM removed_passages WHERE NOT EXISTS (SELECT FROM indexed)")
            raw.execute("VACUUM (FULL, ANALYZE)")
        return True

    def damage(self, connection: Any) -> list[str]:  # noqa: ARG002
        """The server checks its references itself."""
        return []

    def copy_to(self, path: Path) -> NoReturn:  # noqa: ARG002
        raise InputError(
            f"The store is in {self.place}, which is not backed up into one file.",
            "Use pg_dump, or the backups of that server.",
        )

    def replace_by(self, path: Path) -> NoReturn:  # noqa: ARG002
        raise InputError(
            f"The store is in {self.place}, which cannot be restored from a file.",
            "Use pg_restore, or the backups of that server.",
        )


def placeholders(query: str) -> str:
    """A query for psycopg. Ours are composed from constants; no ``?`` or ``%`` is in a literal."""
    return query.replace("?", "%s")


def without_nul(value: Any) -> Any:
    """For questions: no stored text contains NUL, and PostgreSQL refuses to be asked for it."""
    return value.replace("\0", NEVER_STORED) if isinstance(value, str) else value


def place_of(url: str) -> str:
    """How messages name the server: its address without user and password."""
    parts = urlsplit(url)
    return f"PostgreSQL {parts.netloc.rpartition('@')[2]}{parts.path}"


def _configure_reader(connection: psycopg.Connection[Any]) -> None:
    from psycopg import IsolationLevel

    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    connection.read_only = True


def _configure_writer(connection: psycopg.Connection[Any]) -> None:
    connection.autocommit = True
    names = ", ".join(f"set_config('{name}', '{value}', FALSE)" for name, value in WRITER.items())
    connection.execute(f"SELECT {names}")
