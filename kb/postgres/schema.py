"""The tables of a store in PostgreSQL, and what its errors mean to a user.

They have the names and columns of those in SQLite (``kb/storage/schema.py``), and besides: the
models whose vectors are kept, a table of vectors for each of them, what was removed, and how far
each index has come. Text sorts by its bytes, as in SQLite.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kb.errors import SchemaMismatch, StoreError, StoreLocked, StoreUnavailable
from kb.storage.relational import Connection

if TYPE_CHECKING:
    import psycopg

VERSION = 1

TABLES = """
CREATE TABLE metadata (key TEXT COLLATE "C" PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE revisions (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, token TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT COLLATE "C" PRIMARY KEY, source_key TEXT COLLATE "C" NOT NULL UNIQUE,
    sha256 TEXT COLLATE "C" NOT NULL, title TEXT COLLATE "C" NOT NULL, source TEXT NOT NULL,
    format TEXT NOT NULL, date TEXT COLLATE "C", link TEXT, turns INTEGER NOT NULL,
    notes TEXT NOT NULL, revision BIGINT NOT NULL DEFAULT 0);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_revision ON documents (revision);
CREATE TABLE transcripts (
    document_id TEXT COLLATE "C" PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    text TEXT NOT NULL, turns TEXT NOT NULL, sections TEXT NOT NULL, anchors TEXT NOT NULL);
CREATE TABLE speakers (
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL, name TEXT COLLATE "C" NOT NULL, role TEXT COLLATE "C",
    role_guessed BOOLEAN NOT NULL, aliases TEXT NOT NULL, declared BOOLEAN NOT NULL,
    turns INTEGER NOT NULL, words INTEGER NOT NULL, PRIMARY KEY (document_id, position));
CREATE TABLE passages (
    id BIGINT PRIMARY KEY,
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL, turn INTEGER NOT NULL, speaker TEXT, kind TEXT NOT NULL,
    section TEXT, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    line_start INTEGER NOT NULL, start_seconds DOUBLE PRECISION, text TEXT NOT NULL,
    context TEXT NOT NULL, speaker_folded TEXT COLLATE "C");
CREATE INDEX passages_document ON passages (document_id, position);
CREATE INDEX passages_speaker ON passages (speaker_folded);
CREATE TABLE passage_topics (
    passage_id BIGINT NOT NULL REFERENCES passages ON DELETE CASCADE,
    position INTEGER NOT NULL, name TEXT COLLATE "C" NOT NULL, folded TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (passage_id, position));
CREATE INDEX passage_topics_folded ON passage_topics (folded, passage_id);
CREATE TABLE claims (
    id TEXT COLLATE "C" PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, topic TEXT,
    speaker TEXT, speaker_confidence DOUBLE PRECISION NOT NULL, claimant TEXT,
    value DOUBLE PRECISION, low DOUBLE PRECISION, high DOUBLE PRECISION, unit TEXT,
    comparator TEXT NOT NULL, year_low INTEGER, year_high INTEGER, event_year INTEGER,
    as_of TEXT, hedge TEXT, negated BOOLEAN NOT NULL, conditional BOOLEAN NOT NULL,
    condition TEXT, asked BOOLEAN NOT NULL, fiction BOOLEAN NOT NULL, superseded_by TEXT,
    supersedes TEXT NOT NULL, restates TEXT, note TEXT, figure TEXT NOT NULL,
    figure_start INTEGER NOT NULL, figure_end INTEGER NOT NULL, quote TEXT NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents ON DELETE CASCADE,
    title TEXT NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    line_start INTEGER NOT NULL, start_seconds DOUBLE PRECISION, speaker_folded TEXT,
    claimant_folded TEXT, words_folded TEXT NOT NULL);
CREATE INDEX claims_document ON claims (document_id, figure_start);
CREATE TABLE models (
    number INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, model_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, dimension INTEGER NOT NULL);
CREATE TABLE removed_passages (passage_id BIGINT NOT NULL, revision BIGINT);
CREATE INDEX removed_passages_revision ON removed_passages (revision);
CREATE TABLE indexed (
    name TEXT PRIMARY KEY, revision BIGINT NOT NULL, token TEXT NOT NULL);
CREATE FUNCTION note_removed_passages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO removed_passages (passage_id) SELECT id FROM gone;
    RETURN NULL;
END $$;
CREATE TRIGGER passages_removed AFTER DELETE ON passages
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_removed_passages();
"""

VECTORS = """
CREATE TABLE {name} (
    passage_id BIGINT PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BYTEA NOT NULL);
ALTER TABLE {name} ALTER COLUMN vector SET STORAGE PLAIN
"""
"""Vectors do not compress, so trying to costs time only."""

SCHEMA_LOCK = 0x6B62_5343
REVISION_LOCK = 0x6B62_5245
MODEL_LOCK = 0x6B62_4D4F


def vectors_of(model: int) -> str:
    """The name of the table with the vectors of a model, by its number."""
    return f"vectors_{model}"


def create_or_check(connection: psycopg.Connection[Any]) -> None:
    """Make the tables where there are none; safe from many processes at once.

    Raises SchemaMismatch for those of a newer version.
    """
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
        found = connection.execute("SELECT to_regclass('metadata') IS NOT NULL").fetchone()
        if found is None or not found[0]:
            connection.execute(TABLES)
            identity = {"schema_version": str(VERSION), "store_id": uuid.uuid4().hex}
            for item in identity.items():
                connection.execute("INSERT INTO metadata VALUES (%s, %s)", item)
        check_version(connection)


def check_version(connection: psycopg.Connection[Any] | Connection) -> None:
    """Raises SchemaMismatch for tables of a newer version."""
    query = "SELECT value FROM metadata WHERE key = 'schema_version'"
    row = connection.execute(query).fetchone()
    if row is None or int(row[0]) > VERSION:
        version = row[0] if row else "unknown"
        raise SchemaMismatch(
            f"The store has schema version {version}; this program knows up to {VERSION}."
        )


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn errors of psycopg into StoreError and its kin; ``place`` names the server."""
    import psycopg

    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        if isinstance(error, psycopg.errors.DiskFull):
            hint = "Free some space on its server, then try again."
            raise StoreError(f"The disk of {place} is full.", hint) from error
        if isinstance(error, psycopg.errors.ProgramLimitExceeded):
            raise StoreError(
                f"A name is too long to be stored: {_first_line(error)}.",
                "Names of speakers and files may have 2,000 bytes.",
            ) from error
        if isinstance(error, psycopg.errors.LockNotAvailable):
            hint = "Try again when nobody answers or ingests with it any more."
            raise StoreLocked(f"What is to be removed from {place} is in use.", hint) from error
        raise StoreUnavailable(f"{place} does not answer: {_first_line(error)}.") from error
    except psycopg.errors.UndefinedTable as error:
        hint = "Try again in a few seconds; if it stays so, `kb vacuum` makes it anew."
        raise StoreUnavailable(f"{place} has no index yet: {_first_line(error)}.", hint) from error
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise StoreUnavailable(
            f"{place} takes no changes: it is a replica.", "Name the primary in KB_STORE, too."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(
            f"{place} refuses: {_first_line(error)}.", "Check the rights of the user in KB_STORE."
        ) from error
    except (psycopg.DataError, UnicodeEncodeError) as error:
        raise StoreError(
            f"Text cannot be stored: {_first_line(error)}.",
            "Save the file as valid UTF-8 without NUL, then try again.",
        ) from error
    except psycopg.Error as error:
        raise StoreError(f"{place} failed: {_first_line(error)}.") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
