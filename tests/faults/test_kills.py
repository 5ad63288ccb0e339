"""An ingest may be killed at any moment."""

from __future__ import annotations

import os
import random
import shutil
import time

import pytest
from fault_harness import mixed, problems, rows

CYCLES = int(os.environ.get("KB_FAULT_CYCLES", "200"))
SEED = 6


@pytest.mark.slow
def test_killed_ingests_lose_nothing_and_end_as_if_nobody_had_killed_them(
    versions, worker, tmp_path
):
    """SIGKILL at moments drawn from the time that an ingest takes, 200 times: the store is sound,
    holds what was acknowledged, and nothing by halves. The next ingest goes on where it ended.
    """
    old, new = rows(versions.old), rows(versions.new)
    data_dir = tmp_path / "data"
    shutil.copytree(versions.old, data_dir)
    began = time.perf_counter()
    worker.do(data_dir, "ingest", versions.files)
    seconds = time.perf_counter() - began
    draw = random.Random(SEED)
    killed, seen = 0, set()
    while killed < CYCLES:
        if rows(data_dir) == new:
            shutil.rmtree(data_dir)
            shutil.copytree(versions.old, data_dir)
        moment = draw.uniform(0, 1.2 * seconds)
        result = worker.do(data_dir, "ingest", versions.files, kill_after=moment)
        assert result.error is None
        killed += result.status < 0
        found = rows(data_dir)
        assert [] == mixed(found, old, new), moment
        assert all(found[name] == new[name] for name in result.acknowledged), moment
        assert [] == problems(data_dir), moment
        seen.add(len(found) + sum(found[name] == new[name] for name in found))
    assert len(seen) >= 3, "the kills did not hit different moments"
    assert worker.do(data_dir, "ingest", versions.files).error is None
    assert new == rows(data_dir)
    assert [] == problems(data_dir)
