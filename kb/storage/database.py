"""The SQLite database of a data directory: many readers, one writer, snapshots."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kb.errors import StoreError
from kb.storage import schema
from kb.storage.lock import ProcessLock
from kb.storage.relational import (
    Connection,
    Dialect,
    Row,
    State,
    VectorTable,
    next_revision,
    state_of,
)  # fmt: skip

FILE_NAME = "store.sqlite3"
LOCK_NAME = "store.lock"


DIALECT = Dialect(
    texts="(SELECT value FROM json_each(?))",
    numbers="(SELECT value FROM json_each(?))",
    spans="(SELECT json_extract(value, '$[0]') AS document, json_extract(value, '$[1]') AS first, "
    "json_extract(value, '$[2]') AS last FROM json_each(?)) AS wanted",
    topics="(SELECT json_group_array(name) FROM (SELECT name FROM passage_topics "
    "WHERE passage_id = passages.id ORDER BY position))",
    roles="json_group_array(DISTINCT role) FILTER (WHERE role IS NOT NULL)",
    contains="instr(words_folded, ?) > 0",
)


class Database:
    """The open database; satisfies ``kb.storage.relational.RelationalDatabase``.

    Each use borrows a connection, so any number of threads may read.
    """

    dialect = DIALECT

    def __init__(self, data_dir: Path, *, write: bool) -> None:
        self.path = data_dir / FILE_NAME
        self._idle: deque[sqlite3.Connection] = deque()
        self._pinned = threading.local()
        self._write_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._process_lock: ProcessLock | None = None
        if not self.path.exists():
            schema.create_or_migrate(self.path)
        if write:
            lock = ProcessLock(data_dir / LOCK_NAME, f"The store {self.path}")
            lock.acquire()
            self._process_lock = lock
        try:
            self._check()
            if write:
                with schema.translated(self.path):
                    self._writer = schema.connect(self.path, write=True)
        except BaseException:  # also when interrupted: the lock must not stay; nothing is lost
            self.close()
            raise

    def _check(self) -> None:
        with self.reading() as connection:
            version = schema.version_of(connection)
            schema.check_version(connection)
        if version < schema.VERSION:
            schema.create_or_migrate(self.path)

    @property
    def writable(self) -> bool:
        return self._process_lock is not None

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        if self._writer:
            self.empty_log()
            self._writer.close()
            self._writer = None
        if self._process_lock:
            self._process_lock.release()
            self._process_lock = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a read transaction: it sees one state of the database."""
        pinned: sqlite3.Connection | None = getattr(self._pinned, "connection", None)
        with schema.translated(self.path):
            if pinned:
                yield pinned
                return
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._idle.append(connection)

    def _borrow(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return schema.connect(self.path, write=False)

    @contextmanager
    def snapshot(self) -> Iterator[State]:
        """All that this thread reads inside sees one state, whatever is written meanwhile."""
        outer = getattr(self._pinned, "connection", None)
        with self.reading() as connection:
            self._pinned.connection = connection
            try:
                yield state_of(connection)
            finally:
                self._pinned.connection = outer

    @contextmanager
    def writing(self, *names: str) -> Iterator[sqlite3.Connection]:  # noqa: ARG002
        """The writer inside a transaction, which is committed at the end or rolled back.

        There is one at a time, whatever it writes.
        """
        writer = self._required_writer()
        with self._write_lock, schema.translated(self.path):
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            finally:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")

    def _required_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            raise StoreError(
                f"The store {self.path} is open for reading only.", "Open it with write=True."
            )
        return self._writer

    def stream(self, connection: Connection, query: str, values: Row = ()) -> Iterator[Row]:
        yield from connection.execute(query, values)

    def insert(self, connection: Connection, table: str, values: Iterable[Row]) -> None:
        assert isinstance(connection, sqlite3.Connection)
        values = list(values)
        if values:
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)

    def advance(self, connection: Connection) -> int:
        return next_revision(connection)

    def vector_table(self, connection: Connection) -> VectorTable:
        return vector_table_of(connection)

    def available(self) -> bool:
        return self.path.is_file()

    def damage(self, connection: Connection) -> list[str]:
        return damage_of(connection)

    def empty_log(self) -> bool:
        """Take removed text out of the write-ahead log; False when a reader still needs it."""
        if self._writer is None:
            return False
        with self._write_lock, schema.translated(self.path):
            self._writer.execute("PRAGMA busy_timeout = 0")
            busy, *_ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._writer.execute(f"PRAGMA busy_timeout = {round(schema.BUSY_SECONDS * 1000)}")
            return not busy

    def copy_to(self, path: Path) -> None:
        """Write all that is stored now to a new file, whatever is written meanwhile."""
        with schema.translated(self.path):
            connection = self._borrow()
            try:
                connection.execute("VACUUM INTO ?", [str(path)])
            finally:
                self._idle.append(connection)

    def replace_by(self, path: Path) -> None:
        """Make the content that of another database file, in one transaction of the log.

        Readers go on with what they see, and a crash leaves the old content or the new one.
        """
        writer = self._required_writer()
        with (
            self._write_lock,
            schema.translated(self.path),
            closing(schema.connect_to_copy(path)) as copy,
        ):
            copy.backup(writer)
        schema.create_or_migrate(self.path)
        self.empty_log()

    def size(self) -> int:
        files = self.path.parent.rglob("*")
        return sum(path.stat().st_size for path in files if path.is_file())

    def compact(self) -> bool:
        """Give free space back to the disk, with all that it still holds of removed text.

        False when a reader still needs the old content, which then stays in the log.
        """
        writer = self._required_writer()
        with self._write_lock, schema.translated(self.path):
            writer.execute("VACUUM")
        return self.empty_log()


def vector_table_of(connection: Connection) -> VectorTable:
    query = "SELECT value FROM metadata WHERE key = 'dimension'"
    row = connection.execute(query).fetchone()
    return VectorTable("vectors", int(row[0]) if row else 0)


def damage_of(connection: Connection) -> list[str]:
    found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if found:
        return [f"damaged database: {line}" for line in found]
    return [
        f"{table} row {row} refers to a missing row of {parent}"
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
