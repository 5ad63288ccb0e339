"""The backends are measured side by side anywhere; the times are for quiet machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "backends.py"
BACKENDS = {"embedded", "pgvector", "milvus"}


@pytest.mark.slow
@pytest.mark.usefixtures("milvus")  # which skips where it is not installed
def test_each_backend_is_measured_and_agrees_with_the_embedded_one(tmp_path):
    """A few pages are loaded and searched, and the samples' evidence is found, by all three."""
    output = tmp_path / "figures.json"
    options = ["--quick", "--suite", "samples", "--cache", tmp_path, "--json", output]
    finished = subprocess.run(
        [sys.executable, SCRIPT, *options], capture_output=True, text=True, check=False
    )
    assert 0 == finished.returncode, finished.stderr
    figures = json.loads(output.read_text())
    (size,) = figures["sizes"].values()
    assert size.keys() == BACKENDS
    for backend in size.values():
        assert 1.0 == backend["search"]["16 %"]["recall"]
        assert all(rate > 0 for way in backend["press"].values() for rate in way.values())
    assert [[], []] == [found["missed"] for found in figures["agreement"]]
    assert all(found["figures"].keys() < BACKENDS for found in figures["agreement"])
