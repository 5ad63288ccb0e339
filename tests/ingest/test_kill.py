"""An ingest may be killed at any moment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CRASH = Path(__file__).parents[2] / "benchmarks" / "crash.py"
POINTS = 50


@pytest.mark.slow
def test_killed_ingests_lose_nothing_and_end_as_if_nobody_had_killed_them():
    """After each of 50 kills the store is sound and holds what was reported as done; the ingests
    that follow complete it to the very rows of an undisturbed one.
    """
    command = [sys.executable, str(CRASH), "--points", str(POINTS), "--json"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)

    assert finished.stdout, finished.stderr
    result = json.loads(finished.stdout)
    assert [] == result["faults"]
    assert POINTS == result["killed"]
    assert result["complete"] >= 1
    assert len(set(result["documents_at_kill"])) >= 3, "the kills did not hit different moments"
