"""The database: its tables, how it is opened, and what its errors mean to a user."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import SchemaMismatch, StoreDamaged, StoreError, StoreLocked

VERSION = 3
BUSY_SECONDS = 10.0

CLAIM_TABLE = (
    """CREATE TABLE claims (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, topic TEXT, speaker TEXT,
        speaker_confidence REAL NOT NULL, claimant TEXT, value REAL, low REAL, high REAL, unit TEXT,
        comparator TEXT NOT NULL, year_low INTEGER, year_high INTEGER, event_year INTEGER,
        as_of TEXT, hedge TEXT, negated INTEGER NOT NULL, conditional INTEGER NOT NULL,
        condition TEXT, asked INTEGER NOT NULL, fiction INTEGER NOT NULL, superseded_by TEXT,
        supersedes TEXT NOT NULL, restates TEXT, note TEXT, figure TEXT NOT NULL,
        figure_start INTEGER NOT NULL, figure_end INTEGER NOT NULL, quote TEXT NOT NULL,
        document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, title TEXT NOT NULL,
        char_start INTEGER NOT NULL, char_end INTEGER NOT NULL, line_start INTEGER NOT NULL,
        start_seconds REAL, speaker_folded TEXT, claimant_folded TEXT,
        words_folded TEXT NOT NULL)""",
    "CREATE INDEX claims_document ON claims (document_id, figure_start)",
)

TABLES = (
    "CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE revisions (number INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL)",
    """CREATE TABLE documents (
        id TEXT PRIMARY KEY, source_key TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
        title TEXT NOT NULL, source TEXT NOT NULL, format TEXT NOT NULL, date TEXT, link TEXT,
        turns INTEGER NOT NULL, notes TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX documents_sha256 ON documents (sha256)",
    "CREATE INDEX documents_revision ON documents (revision)",
    """CREATE TABLE transcripts (
        document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
        text TEXT NOT NULL, turns TEXT NOT NULL, sections TEXT NOT NULL, anchors TEXT NOT NULL)""",
    """CREATE TABLE speakers (
        document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, position INTEGER NOT NULL,
        name TEXT NOT NULL, role TEXT, role_guessed INTEGER NOT NULL, aliases TEXT NOT NULL,
        declared INTEGER NOT NULL, turns INTEGER NOT NULL, words INTEGER NOT NULL,
        PRIMARY KEY (document_id, position)) WITHOUT ROWID""",
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL, turn INTEGER NOT NULL, speaker TEXT,
        kind TEXT NOT NULL, section TEXT, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
        line_start INTEGER NOT NULL, start_seconds REAL, text TEXT NOT NULL, context TEXT NOT NULL,
        speaker_folded TEXT)""",
    "CREATE INDEX passages_document ON passages (document_id, position)",
    "CREATE INDEX passages_speaker ON passages (speaker_folded)",
    """CREATE TABLE passage_topics (
        passage_id INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
        position INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
        PRIMARY KEY (passage_id, position)) WITHOUT ROWID""",
    "CREATE INDEX passage_topics_folded ON passage_topics (folded, passage_id)",
    """CREATE TABLE vectors (
        passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
        vector BLOB NOT NULL)""",
    *CLAIM_TABLE,
)


def create_or_migrate(path: Path) -> None:
    """Make the database, or bring an older one up to date; safe from several processes at once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Cannot make {path.parent}: {error}.") from error
    with translated(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            if version_of(connection) == 0:
                for statement in TABLES:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            if version_of(connection) == 1:
                _migrate_from_1(connection)
            if version_of(connection) == 2:
                _migrate_from_2(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()


def _migrate_from_1(connection: sqlite3.Connection) -> None:
    """Version 1 had a narrower table of claims, which nothing ever filled."""
    connection.execute("DROP TABLE claims")
    for statement in CLAIM_TABLE:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 2")


def _migrate_from_2(connection: sqlite3.Connection) -> None:
    """Version 2 kept revisions of passages; those of a document are always stored together."""
    for statement in (
        "ALTER TABLE documents ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        """UPDATE documents SET revision = coalesce(
            (SELECT max(revision) FROM passages WHERE document_id = documents.id), 0)""",
        "DROP INDEX passages_revision",
        "ALTER TABLE passages DROP COLUMN revision",
        "CREATE INDEX documents_revision ON documents (revision)",
        "PRAGMA user_version = 3",
    ):
        connection.execute(statement)


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection for use by one thread at a time.

    Readers cannot change or checkpoint the database: SQLite before 3.51.3 can damage a WAL that two
    connections checkpoint at once, so the one writer is also the only one that does. In a
    directory that cannot be written, readers cannot share the log: they take the file as final.
    """
    mode = "mode=rw" if write else "mode=ro"
    if not write and not os.access(path.parent, os.W_OK) and not _log_exists(path):
        mode = "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    if write:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    return connection


def connect_to_copy(path: Path) -> sqlite3.Connection:
    """A connection to a database file that nobody writes, for reading only."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )


def _log_exists(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def check_version(connection: sqlite3.Connection) -> None:
    """Raise SchemaMismatch for a database that a newer version of the program wrote."""
    version = version_of(connection)
    if version > VERSION:
        raise SchemaMismatch(
            f"The store has schema version {version}; this program knows up to {VERSION}."
        )


def version_of(connection: sqlite3.Connection) -> int:
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into StoreError and its kin."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translation(path, error) from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"Text cannot be stored: {error}.", "Save the file as valid UTF-8, then try again."
        ) from error


def _translation(path: Path, error: sqlite3.Error) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged(f"The store {path} is damaged: {error}.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreLocked(f"The store {path} is in use by another process: {error}.")
    if name.startswith("SQLITE_FULL"):
        return StoreError(f"The disk of {path} is full.", "Free some space, then try again.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError(
            f"Cannot open {path}: {error}.", "Check the permissions of the data directory."
        )
    return StoreError(f"The store {path} failed: {error}.")
