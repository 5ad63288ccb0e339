"""A process that ends at any call that changes the disk leaves the old state or the new one."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from fault_harness import (
    COUNT,
    EXIT,
    EXITED,
    SYNCS,
    TO_VERSION_1,
    TORN,
    WRITES,
    fault,
    mixed,
    problems,
    rows,
    sampled,
)

from kb.backup import back_up
from kb.storage.database import FILE_NAME
from kb.storage.schema import VERSION

ENDS = pytest.mark.parametrize("action", [EXIT, TORN], ids=["exits", "tears the write and exits"])


def every_end(worker, fresh, order, *arguments, action):
    """Carry out an order that ends at one call to the disk after another, each time on a fresh
    data directory: gives the number of the call and what was acknowledged.
    """
    data_dir = fresh()
    counted = worker.do(data_dir, order, *arguments, fault=fault(WRITES | SYNCS, COUNT))
    assert counted.error is None
    for at in sampled(counted.calls):
        data_dir = fresh()
        result = worker.do(data_dir, order, *arguments, fault=fault(WRITES | SYNCS, action, at))
        assert result.error is None, (at, result.error)
        if result.status == EXITED:  # threads of the index may need a call more or less
            yield at, result


@pytest.fixture
def fresh(versions, tmp_path):
    """Makes the data directory the older version again."""

    def make(source=versions.old):
        data_dir = tmp_path / "data"
        shutil.rmtree(data_dir, ignore_errors=True)
        return shutil.copytree(source, data_dir)

    return make


@pytest.mark.slow
@ENDS
def test_an_ingest_leaves_whole_documents(versions, worker, fresh, tmp_path, action):
    """A changed and an added talk: each is there as before or as after, with all its rows, what was
    acknowledged is there, and the next ingest ends as if nothing had happened.
    """
    old, new = rows(versions.old), rows(versions.new)
    data_dir = tmp_path / "data"
    states = set()
    for at, result in every_end(worker, fresh, "ingest", versions.files, action=action):
        found = rows(data_dir)
        assert [] == mixed(found, old, new), at
        assert all(found[name] == new[name] for name in result.acknowledged), at
        assert [] == problems(data_dir), at
        assert worker.do(data_dir, "ingest", versions.files).error is None
        assert new == rows(data_dir), at
        assert [] == problems(data_dir), at
        states.add(len(found) + sum(found[name] == new[name] for name in found))
    assert len(states) >= 3, "the ends did not fall between the documents"


@pytest.mark.slow
@ENDS
def test_a_deletion_leaves_the_document_whole_or_gone(versions, worker, fresh, tmp_path, action):
    old = rows(versions.old)
    removed, kept = sorted(old)
    data_dir = tmp_path / "data"
    for at, result in every_end(worker, fresh, "delete", removed, action=action):
        found = rows(data_dir)
        assert found in (old, {kept: old[kept]}), at
        assert not (result.acknowledged and removed in found), at
        assert [] == problems(data_dir), at


@pytest.mark.slow
@ENDS
def test_a_vacuum_changes_nothing_that_is_stored(versions, worker, fresh, tmp_path, action):
    old = rows(versions.old)
    data_dir = tmp_path / "data"
    for at, _ in every_end(worker, fresh, "vacuum", action=action):
        assert old == rows(data_dir), at
        assert [] == problems(data_dir), at


@pytest.mark.slow
@ENDS
def test_a_restore_leaves_the_old_store_or_the_restored_one(
    versions, worker, fresh, tmp_path, action
):
    back_up(versions.new, tmp_path / "backup")
    old, new = rows(versions.old), rows(versions.new)
    data_dir = tmp_path / "data"
    for at, _ in every_end(worker, fresh, "restore", tmp_path / "backup", action=action):
        assert rows(data_dir) in (old, new), at
        assert [] == problems(data_dir), at


@pytest.mark.slow
@ENDS
def test_a_backup_appears_whole_or_not_at_all(versions, worker, fresh, tmp_path, action):
    """The file that it replaces stays until then; the store is untouched."""
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "backup"
    old, new = rows(versions.old), rows(versions.new)

    def fresh_with_older_backup():
        for leftover in path.parent.iterdir():
            leftover.unlink()
        back_up(versions.new, path)
        return fresh()

    counting = fault(WRITES | SYNCS, COUNT, folder=path.parent)
    calls = worker.do(fresh_with_older_backup(), "backup", path, fault=counting).calls
    for at in sampled(calls):
        data_dir = fresh_with_older_backup()
        ending = fault(WRITES | SYNCS, action, at, folder=path.parent)
        assert EXITED == worker.do(data_dir, "backup", path, fault=ending).status
        restored = tmp_path / "restored"
        assert worker.do(restored, "restore", path).error is None, at
        assert rows(restored) in (old, new), at
        assert old == rows(data_dir), at


@pytest.mark.slow
@ENDS
def test_a_migration_that_was_ended_starts_again(versions, worker, fresh, tmp_path, action):
    """A store of the first version, whose table of claims was another: it ends at any call, and the
    next start completes it; nothing else is touched.
    """

    def fresh_of_version_1():
        data_dir = fresh()
        with closing(sqlite3.connect(data_dir / FILE_NAME)) as database:
            database.executescript(TO_VERSION_1)
        return data_dir

    expected = {name: tables | {} for name, tables in rows(versions.old).items()}
    for tables in expected.values():
        tables.pop("claims", None)
    data_dir = tmp_path / "data"
    for at, _ in every_end(worker, fresh_of_version_1, "open", action=action):
        assert worker.do(data_dir, "open").error is None, at
        assert expected == rows(data_dir), at
        assert [] == problems(data_dir), at
        with closing(sqlite3.connect(data_dir / FILE_NAME)) as database:
            assert (VERSION,) == database.execute("PRAGMA user_version").fetchone()
