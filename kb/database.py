"""Connections to the database of a data directory: many readers, one writer, snapshots."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
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
        if self._writer is None:
            raise StoreError(
                f"The store {self.path} is open for reading only.", "Open it with write=True."
            )
        with self._write_lock, schema.translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    def empty_log(self) -> None:
        """Take removed text out of the write-ahead log, unless a reader still needs it."""
        if self._writer is None:
            return
        with self._write_lock, schema.translated(self.path):
            self._writer.execute("PRAGMA busy_timeout = 0")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.execute(f"PRAGMA busy_timeout = {round(schema.BUSY_SECONDS * 1000)}")


def state_of(connection: sqlite3.Connection) -> State:
    query = "SELECT number, token FROM revisions ORDER BY number DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return State(*row) if row else State(0, "")


def next_revision(connection: sqlite3.Connection) -> int:
    query = "INSERT INTO revisions (token) VALUES (?) RETURNING number"
    (number,) = connection.execute(query, (secrets.token_hex(8),)).fetchone()
    return int(number)
