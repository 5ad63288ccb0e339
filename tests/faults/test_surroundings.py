"""A directory that cannot be written, a clock that goes backwards, too little memory."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fault_harness import problems, rows

MEGABYTE = 2**20
CORPUS = Path(__file__).parents[2] / "corpus"


def kb(data_dir, *arguments, before=None, prefix=()):
    environment = os.environ | {"KB_LLM": "none", "KB_DATA_DIR": str(data_dir)}
    command = [*prefix, sys.executable, "-m", "cli.main", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, preexec_fn=before
    )


@pytest.fixture
def as_nobody() -> tuple[str, ...]:
    """What to put before a command so that permissions hold for root, too."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root ignores permissions, and setpriv is not there to drop it")
    return ("setpriv", "--bounding-set=-all")


def test_a_directory_that_cannot_be_written_is_read(versions, old_copy, as_nobody):
    """Search, check and backup work; ingest and delete end with two lines and status 1."""
    everything = [old_copy, *old_copy.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        found = kb(old_copy, "search", "rungs", prefix=as_nobody)
        checked = kb(old_copy, "check", prefix=as_nobody)
        backup = old_copy.parent / "backup"
        saved = kb(old_copy, "backup", str(backup), prefix=as_nobody)
        ingested = kb(old_copy, "ingest", str(versions.files), prefix=as_nobody)
        deleted = kb(old_copy, "delete", "kettles", "--yes", prefix=as_nobody)
    finally:
        for path in everything:
            path.chmod(0o755)
    assert "With three I would go home" in found.stdout, found.stderr
    assert "sound" in checked.stdout, checked.stderr
    assert 0 == saved.returncode, saved.stderr
    for refused in (ingested, deleted):
        assert 1 == refused.returncode
        assert 2 == len(refused.stderr.splitlines()), refused.stderr
    assert rows(versions.old) == rows(old_copy)


def test_a_clock_that_goes_backwards_changes_nothing(versions, worker, old_copy):
    """An hour back at each look, over an ingest, a search, a deletion and a vacuum."""
    back = {"clock_back": 3600}
    assert worker.do(old_copy, "ingest", versions.files, **back).error is None
    assert rows(versions.new) == rows(old_copy)
    assert 1 == len(worker.do(old_copy, "search", "rust drawings", **back).acknowledged)
    (bridges,) = (name for name in rows(old_copy) if name.startswith("bridges"))
    assert worker.do(old_copy, "delete", bridges, **back).error is None
    assert [] == worker.do(old_copy, "search", "rust drawings", **back).acknowledged
    assert worker.do(old_copy, "vacuum", **back).error is None
    assert [] == problems(old_copy)


@pytest.mark.slow
def test_an_ingest_without_memory_loses_nothing(old_copy):
    """Address space limited ever more tightly: it ends well, with an error, or is ended by the
    system in the midst of a library; what was there is there, and without the limit it goes on.
    """
    old = rows(old_copy)
    outcomes = set()
    for limit in (900, 650, 500, 300):

        def limited(size=limit * MEGABYTE):
            resource.setrlimit(resource.RLIMIT_AS, (size, size))

        ingested = kb(old_copy, "ingest", str(CORPUS), before=limited)
        outcomes.add(ingested.returncode)
        if ingested.returncode == 1:
            assert "Traceback" not in ingested.stderr, (limit, ingested.stderr)
        found = rows(old_copy)
        assert {name: found[name] for name in old} == old, limit
        assert [] == problems(old_copy), limit
        assert "With three I would go home" in kb(old_copy, "search", "rungs").stdout
    assert outcomes - {0}, "no limit was felt"
    assert 0 == kb(old_copy, "ingest", str(CORPUS)).returncode
    assert [] == problems(old_copy)
