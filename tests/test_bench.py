"""The table of speed and cost can be made anywhere; what it says is for quiet machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "benchmarks" / "bench.py"
MEASURED = (
    "ingest", "ingest of unchanged files", "disk for a million words", "cold kb search",
    "cold kb ask, to the first quote", "recall@10 300 passages", "index build, 300 passages",
    "answer, to the first quote", "prompt tokens per answer, most",
)  # fmt: skip


@pytest.mark.slow
def test_the_table_is_made_without_peers_and_says_what_was_not_measured():
    """Every part runs on a few pages of text; rows of peers that are left out give the reason."""
    command = [sys.executable, str(BENCH), "--tiny", "--no-peers", "--json"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)

    assert 0 == finished.returncode, finished.stderr
    rows = json.loads(finished.stdout)
    fields = {"what", "ours", "unit", "peer", "limit", "goal", "note"}
    assert all(fields == row.keys() for row in rows)
    figures = {row["what"]: row["ours"] for row in rows}
    assert all(figures[what] > 0 for what in MEASURED)
    left_out = [row for row in rows if row["ours"] is None]
    assert {"left out"} == {row["note"] for row in left_out}
    assert any("txtai" in row["what"] for row in left_out)
    assert 1.0 == figures["recall@10 300 passages"]
