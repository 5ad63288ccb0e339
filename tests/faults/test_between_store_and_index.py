"""An ingest that is killed between its last document and its index, or while that is written."""

from __future__ import annotations

import shutil

import pytest
from fault_harness import COUNT, EXIT, EXITED, SYNCS, TORN, WRITES, fault, problems, rows, sampled

from kb.search.generations import Generations
from kb.search.indexes import index_status
from kb.storage.store import Store


@pytest.fixture
def ingest(versions, worker, tmp_path):
    """Ingests the new version over the old one with a fault of the index's folder."""

    def run(**details):
        data_dir = tmp_path / "data"
        shutil.rmtree(data_dir, ignore_errors=True)
        shutil.copytree(versions.old, data_dir)
        folder = data_dir / "indexes"
        made = fault(WRITES | SYNCS, folder=folder, **details)
        return data_dir, worker.do(data_dir, "ingest", versions.files, fault=made)

    return run


def test_the_next_start_notices_the_lag_and_catches_up(versions, worker, ingest):
    """Killed at the first call that touches the index: all documents are stored, the old index is
    whole but behind; the next search finds the new words and the deleted ones no more.
    """
    data_dir, result = ingest(action=EXIT, at=1)
    assert EXITED == result.status
    assert rows(versions.new) == rows(data_dir)
    with Store.open(data_dir) as store:
        assert "The index is behind the store." == index_status(store, data_dir).problem
    assert 1 == len(worker.do(data_dir, "search", "rust drawings").acknowledged)
    assert [] == worker.do(data_dir, "search", "decoration").acknowledged
    with Store.open(data_dir) as store:
        assert index_status(store, data_dir).problem is None


@pytest.mark.slow
@pytest.mark.parametrize("action", [EXIT, TORN])
def test_exactly_one_generation_is_valid_at_any_moment(worker, ingest, action):
    """Before the pointer is swapped that is the old one, afterwards the new one; the next start
    leaves the new one alone.
    """
    _, counted = ingest(action=COUNT)
    seen = set()
    for at in sampled(counted.calls):
        data_dir, result = ingest(action=action, at=at)
        generations = Generations(data_dir / "indexes" / "passages")
        in_force = generations.current()
        assert in_force is not None, at
        with Store.open(data_dir) as store:
            seen.add(in_force.contents.state == store.state)
        assert worker.do(data_dir, "open").error is None, at
        with Store.open(data_dir) as store:
            assert generations.current().contents.state == store.state, at
        if result.status == EXITED and in_force != generations.current():
            assert 1 == len(list(generations.directory.glob("gen-*"))), at
        assert [] == problems(data_dir), at
    assert {True, False} == seen, "the ends did not fall on both sides of the swap"
