"""Connections to the database of a data directory: many readers, one writer, snapshots."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from kb import schema
from kb.errors import StoreError
from kb.lock import ProcessLock

FILE_NAME = "store.sqlite3"
LOCK_NAME = "store.lock"


class State(NamedTuple):
    """What the store holds: a count of its changes, and a random name of the last one.

    The name tells apart stores that were restored or recreated and then counted as far again.
    """

    revision: int
    token: str


class Database:
    """The open database. Each use borrows a connection, so any number of threads may read."""

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
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The writer inside a transaction, which is committed at the end or rolled back."""
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

    def compact(self) -> bool:
        """Give free space back to the disk, with all that it still holds of removed text.

        False when a reader still needs the old content, which then stays in the log.
        """
        writer = self._required_writer()
        with self._write_lock, schema.translated(self.path):
            writer.execute("VACUUM")
        return self.empty_log()


def state_of(connection: sqlite3.Connection) -> State:
    query = "SELECT number, token FROM revisions ORDER BY number DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return State(*row) if row else State(0, "")


def next_revision(connection: sqlite3.Connection) -> int:
    query = "INSERT INTO revisions (token) VALUES (?) RETURNING number"
    (number,) = connection.execute(query, (secrets.token_hex(8),)).fetchone()
    return int(number)
