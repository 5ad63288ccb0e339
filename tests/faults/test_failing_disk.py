"""A disk that is full or fails costs an error of one line, and nothing that was stored."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest
from fault_harness import (
    COUNT,
    FAIL,
    FAIL_FROM,
    KETTLES,
    READS,
    SYNCS,
    WRITES,
    fault,
    mixed,
    problems,
    rows,
    sampled,
)

FAULTS = {
    "full for a moment": (WRITES, FAIL, errno.ENOSPC),
    "full from then on": (WRITES, FAIL_FROM, errno.ENOSPC),
    "a write fails": (WRITES, FAIL, errno.EIO),
    "a sync fails": (SYNCS, FAIL, errno.EIO),
    "syncs fail from then on": (SYNCS, FAIL_FROM, errno.EIO),
    "a read fails": (READS, FAIL, errno.EIO),
    "reads fail from then on": (READS, FAIL_FROM, errno.EIO),
}
each_fault = pytest.mark.parametrize("kind", FAULTS)


def every_failure(worker, fresh, kind, order, *arguments):
    """Carry out an order in which one call to the disk after another fails."""
    kinds, action, error = FAULTS[kind]
    counted = worker.do(fresh(), order, *arguments, fault=fault(kinds, COUNT))
    assert counted.error is None
    assert counted.calls > 0
    for at in sampled(counted.calls):
        data_dir = fresh()
        failing = fault(kinds, action, at, error)
        yield at, worker.do(data_dir, order, *arguments, fault=failing)


@pytest.fixture
def fresh(versions, tmp_path):
    def make():
        data_dir = tmp_path / "data"
        shutil.rmtree(data_dir, ignore_errors=True)
        return shutil.copytree(versions.old, data_dir)

    return make


@pytest.mark.slow
@each_fault
def test_an_ingest_says_so_in_a_line_and_goes_on_later(versions, worker, fresh, tmp_path, kind):
    """It succeeds, or gives an error of our own; what it acknowledged is there, what was there can
    be read, and the next ingest completes it.
    """
    old, new = rows(versions.old), rows(versions.new)
    data_dir = tmp_path / "data"
    failed = 0
    for at, result in every_failure(worker, fresh, kind, "ingest", versions.files):
        assert result.status in (0, 1), (at, result)
        assert "unexpected" not in (result.error or ""), (at, result.error)
        failed += result.status
        found = rows(data_dir)
        assert [] == mixed(found, old, new), at
        assert all(found[name] == new[name] for name in result.acknowledged), at
        assert worker.do(data_dir, "search", "rungs").acknowledged, at
        assert worker.do(data_dir, "ingest", versions.files).error is None, at
        assert new == rows(data_dir), at
        assert [] == problems(data_dir), at
    assert failed, "nothing failed"


@pytest.mark.slow
@each_fault
def test_searching_goes_on_or_says_so(versions, worker, fresh, tmp_path, kind):
    """The index is missing, so it is made at the search: the same passages come, from memory if
    need be, or an error of our own; never a wrong or empty result.
    """
    expected = worker.do(versions.old, "search", "rungs").acknowledged

    def fresh_without_index():
        data_dir = fresh()
        shutil.rmtree(data_dir / "indexes")
        return data_dir

    assert expected
    for at, result in every_failure(worker, fresh_without_index, kind, "search", "rungs"):
        assert "unexpected" not in (result.error or ""), (at, result.error)
        assert result.error is not None or expected == result.acknowledged, (at, result)


@pytest.mark.slow
@each_fault
def test_a_backup_is_written_whole_or_not(versions, worker, fresh, tmp_path, kind):
    old = rows(versions.old)
    path = tmp_path / "data" / "backup"
    for at, result in every_failure(worker, fresh, kind, "backup", path):
        assert "unexpected" not in (result.error or ""), (at, result.error)
        assert path.exists() or result.error, at
        if path.exists():
            assert worker.do(tmp_path / "restored", "restore", path).error is None, at
            assert old == rows(tmp_path / "restored"), at


@pytest.mark.slow
@each_fault
def test_a_restore_or_vacuum_leaves_a_whole_store(versions, worker, fresh, tmp_path, kind):
    old, new = rows(versions.old), rows(versions.new)
    backup = tmp_path / "backup"
    assert worker.do(versions.new, "backup", backup).error is None
    data_dir = tmp_path / "data"
    for order in (("restore", backup), ("vacuum",)):
        for at, result in every_failure(worker, fresh, kind, *order):
            assert "unexpected" not in (result.error or ""), (at, result.error)
            assert rows(data_dir) in (old, new), at
            assert [] == problems(data_dir), at


IN_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size={size}k none {disk}
cp -r {old} {disk}/data
"{python}" -m cli.main --data-dir {disk}/data ingest {files} && echo "status 0" || echo "status $?"
"{python}" -m cli.main --data-dir {disk}/data search rungs
"{python}" -m cli.main --data-dir {disk}/data check
mount -o remount,size=100m {disk}
"{python}" -m cli.main --data-dir {disk}/data ingest {files} && echo "status $?"
"{python}" -m cli.main --data-dir {disk}/data check
"""


@pytest.mark.slow
def test_a_file_system_that_is_really_full(versions, tmp_path):
    """On a disk of its own that 150 more talks do not fit on: the ingest ends with status 1 and two
    lines, search and check go on, and with more room it resumes.
    """
    files, disk = tmp_path / "files", tmp_path / "disk"
    files.mkdir()
    disk.mkdir()
    for number in range(150):
        text = KETTLES.replace("$40", f"${number}").replace("kettles", f"kettle {number}")
        (files / f"{number}.txt").write_text(text)
    used = sum(p.stat().st_size for p in versions.old.rglob("*") if p.is_file()) // 1024
    script = IN_A_SMALL_DISK.format(
        size=used + 600, disk=disk, old=versions.old, files=files, python=sys.executable
    )
    environment = os.environ | {"KB_LLM": "none"}
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
    if shutil.which("unshare") is None or _fails([*command[:3], "true"]):
        pytest.skip("no file system can be mounted here")
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert 0 == done.returncode, done.stderr
    assert "status 1" in done.stdout
    assert "full" in done.stderr or "No space" in done.stderr
    assert "Traceback" not in done.stderr
    assert "With three I would go home" in done.stdout
    assert 2 == done.stdout.count(": sound.")
    assert "status 0" in done.stdout.split(": sound.")[1]


def _fails(command) -> bool:
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode != 0
