"""Backups: one file that holds a store as it was at one moment, proven sound.

A backup is a database of its own. It holds no index, since that can be made from it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from kb.errors import InputError, NotFound, StoreDamaged, StoreError
from kb.search.indexes import IndexSet
from kb.storage import integrity, schema
from kb.storage.database import FILE_NAME, LOCK_NAME, damage_of, vector_table_of
from kb.storage.lock import ProcessLock
from kb.storage.store import Store

PART = ".part"
DAMAGED = "store.damaged"
LOG_SUFFIXES = ("-wal", "-shm")
COUNTS = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup file holds; ``size`` in bytes."""

    path: Path
    documents: int
    passages: int
    size: int


def back_up(data_dir: Path, path: Path, *, replace: bool = False) -> Backup:
    """Write the store to a file while others read and write it, and prove the copy.

    The file appears whole or not at all. Raises InputError when it exists and is not to be
    replaced, StoreDamaged when the store is not sound, StoreError when the disk refuses.
    """
    _require_store(data_dir)
    if path.exists() and (path.is_dir() or not replace):
        raise InputError(f"{path} exists.", "Name another file, or replace it with --force.")
    if not path.parent.is_dir():
        raise NotFound(f"{path.parent}: no such folder.", "Make it, or name another file.")
    part = path.with_name(path.name + PART)
    try:
        part.unlink(missing_ok=True)
        with Store.open(data_dir) as store:
            store.copy_to(part)
        documents, passages = _inspect(part)
        _sync(part)
        part.replace(path)
        _sync(path.parent)
        return Backup(path, documents, passages, path.stat().st_size)
    except OSError as error:
        raise StoreError(f"The backup cannot be written to {path}: {error}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def inspect_backup(path: Path) -> Backup:
    """What a backup holds. Raises NotFound, InputError when it is none, StoreDamaged."""
    if not path.is_file():
        raise NotFound(f"{path}: no such file.", "Check the path.")
    documents, passages = _inspect(path)
    return Backup(path, documents, passages, path.stat().st_size)


def restore(data_dir: Path, path: Path) -> Backup:
    """Make the store what a backup holds, and index it; what was there goes.

    A crash leaves the old store or the restored one. A store that cannot be opened is kept beside
    the new one, as ``store.damaged…``. Raises what ``inspect_backup`` raises, StoreLocked,
    StoreError.
    """
    backup = inspect_backup(path)
    try:
        with Store.open(data_dir, write=True) as store:
            store.replace_by(path)
    except StoreDamaged:
        _replace_damaged(data_dir, path)
    with Store.open(data_dir, write=True) as store:
        IndexSet.write(store, data_dir)
    return backup


def _inspect(path: Path) -> tuple[int, int]:
    """Documents and passages of a sound copy."""
    try:
        with closing(schema.connect_to_copy(path)) as connection:
            schema.check_version(connection)
            if schema.version_of(connection) == 0:
                raise InputError(f"{path} is no backup.", "Name a file that `kb backup` wrote.")
            found = damage_of(connection) or integrity.problems(
                connection.execute, vector_table_of(connection)
            )
            if found:
                raise StoreDamaged(f"{path} is not sound: {found[0]}.", "Try an older backup.")
            documents, passages = connection.execute(COUNTS).fetchone()
            return documents, passages
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"{path} is no sound backup: {error}.", "Name another file that `kb backup` wrote."
        ) from error


def _replace_damaged(data_dir: Path, path: Path) -> None:
    """Put a copy of the backup in the place of a database that cannot be opened."""
    database = data_dir / FILE_NAME
    fresh = data_dir / f"{FILE_NAME}{PART}"
    try:
        with ProcessLock(data_dir / LOCK_NAME, f"The store {database}"):
            shutil.copyfile(path, fresh)
            _sync(fresh)
            aside = _free_name(data_dir)
            for suffix in LOG_SUFFIXES:  # a log must never meet another database
                log = database.with_name(database.name + suffix)
                if log.exists():
                    log.rename(aside.with_name(aside.name + suffix))
            os.link(database, aside)
            fresh.replace(database)
            _sync(data_dir)
    except OSError as error:
        raise StoreError(f"The store {database} cannot be replaced: {error}.") from error


def _free_name(data_dir: Path) -> Path:
    taken = len(list(data_dir.glob(f"{DAMAGED}-*.sqlite3")))
    return data_dir / f"{DAMAGED}-{taken + 1}.sqlite3"


def _require_store(data_dir: Path) -> None:
    if not (data_dir / FILE_NAME).exists():
        raise NotFound(f"There is no store in {data_dir}.", "`kb ingest PATH` makes one.")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
