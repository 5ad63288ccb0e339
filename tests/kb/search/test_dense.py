"""Dense search returns the nearest allowed vectors, whatever type the index has."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import IndexDamaged
from kb.search import dense
from kb.search.dense import DenseIndex, index_type


def clustered(count, dimension=16, seed=0):
    """Unit vectors around common centres, as embeddings have them, with signed 64-bit ids."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(40, dimension))
    rows = centres[random.integers(40, size=count)] + 0.4 * random.normal(size=(count, dimension))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = random.choice(2**62, count, replace=False).astype(np.int64) * random.choice(
        [-1, 1], count
    )
    return ids, rows.astype(np.float32)


class Rows:
    """The exact vectors by id, as the store has them."""

    def __init__(self, ids, vectors):
        self.by_id = dict(zip(ids.tolist(), vectors, strict=True))
        self.dimension = vectors.shape[1]

    def __call__(self, ids):
        rows = [self.by_id[i] for i in ids.tolist()]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimension)


def nearest(ids, vectors, query, k, allowed=None):
    scores = vectors @ query
    keep = np.ones(len(ids), dtype=bool) if allowed is None else np.isin(ids, allowed)
    order = np.argsort(-scores[keep])[:k]
    return ids[keep][order].tolist()


@pytest.fixture(scope="module")
def small():
    ids, vectors = clustered(500)
    return ids, vectors, DenseIndex.build(ids, [(ids, vectors)], Rows(ids, vectors))


@pytest.fixture(scope="module")
def large():
    ids, vectors = clustered(dense.FLAT_LIMIT + 1000)
    return ids, vectors, DenseIndex.build(ids, [(ids, vectors)], Rows(ids, vectors))


class OneAtATime:
    """An index as FAISS has it on a GPU: it may not be used by two threads at once."""

    def __init__(self, index):
        self._index = index
        self._in_use = threading.Lock()

    def search(self, query, k):
        assert self._in_use.acquire(blocking=False)
        time.sleep(0.01)
        found = self._index.search(query, k)
        self._in_use.release()
        return found


def test_threads_take_turns_on_a_gpu(monkeypatch, small):
    ids, vectors, index = small
    monkeypatch.setattr(dense, "_on_gpu", OneAtATime)
    on_gpu = DenseIndex(index._index, ids, Rows(ids, vectors))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda row: on_gpu.search(row, 5)[0].tolist(), vectors[:20]))
    assert [nearest(ids, vectors, row, 5) for row in vectors[:20]] == found


def test_the_type_follows_the_count():
    assert [index_type(count) for count in (0, 49_999, 50_000, 1_000_000)] == [
        "IDMap2,Flat", "IDMap2,Flat", "IVF512,SQ8", "IVF2048,SQ8",
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    query=st.integers(0, 10_000), k=st.integers(1, 600),
    share=st.sampled_from([0.0, 0.01, 0.2, 1.0, None]),
)  # fmt: skip
def test_a_small_index_is_exact(small, query, k, share):
    """With any filter, the result is that of comparing with every allowed vector."""
    ids, vectors, index = small
    random = np.random.default_rng(query)
    row = random.normal(size=16).astype(np.float32)
    allowed = None if share is None else random.choice(ids, int(share * len(ids)), replace=False)
    found, scores = index.search(row.reshape(1, -1), k, allowed)
    assert nearest(ids, vectors, row, k, allowed) == found.tolist()
    assert sorted(scores.tolist(), reverse=True) == scores.tolist()


def test_ids_that_the_index_does_not_know_are_ignored(small):
    ids, vectors, index = small
    found, _ = index.search(vectors[:1], 5, np.array([1, 2, 3, ids[7]]))
    assert [ids[7]] == found.tolist()


def test_an_empty_index_finds_nothing():
    nothing = np.empty((0, 0), dtype=np.float32)
    index = DenseIndex.build(np.empty(0, dtype=np.int64), [], lambda ids: nothing)
    assert index.search(np.ones((1, 16), dtype=np.float32), 5)[0].tolist() == []
    assert len(index) == 0


def test_a_large_index_finds_nearly_all_neighbours(large):
    """Recall of the ten best over fifty queries, with exact scores."""
    ids, vectors, index = large
    found = 0
    for row in vectors[:500:10]:
        hits, scores = index.search(row.reshape(1, -1), 10)
        found += len(set(hits.tolist()) & set(nearest(ids, vectors, row, 10)))
        np.testing.assert_allclose(index._fetch(hits)[0] @ row, scores[0], rtol=1e-5)
    assert found / 500 >= 0.95


@pytest.mark.parametrize("limit", [10_000, dense.SCAN_LIMIT])
@pytest.mark.parametrize("size", [0, 3, 1_000, 2_500, 20_000, 45_000])
@pytest.mark.parametrize("farthest", [True, False])
def test_a_large_index_honours_filters(large, size, farthest, limit, monkeypatch):
    """Few or many allowed ids, at random or far from the query: all hits allowed, none missing."""
    ids, vectors, index = large
    monkeypatch.setattr(dense, "SCAN_LIMIT", limit)
    row = vectors[0]
    near = vectors @ row
    order = np.argsort(near) if farthest else np.random.default_rng(0).permutation(len(ids))
    allowed = ids[order[:size]]
    found, scores = index.search(row.reshape(1, -1), 10, allowed)
    assert set(found.tolist()) <= set(allowed.tolist())
    best = np.sort(near[order[:size]])[::-1][:10]
    np.testing.assert_allclose(best, scores, atol=0.005)  # the error of eight bits


@pytest.mark.parametrize("kind", ["small", "large"])
def test_changes_show_at_once(kind, request, tmp_path):
    """A removed vector is never found again, and an added one is; both survive saving."""
    ids, vectors, original = request.getfixturevalue(kind)
    fetch = Rows(ids, vectors)
    original.save(tmp_path)
    index = DenseIndex.load(tmp_path, fetch)
    new, added = clustered(5, seed=9)
    fetch.by_id |= dict(zip(new.tolist(), added, strict=True))
    index.remove(ids[:100])
    index.add(new, added)
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path, fetch)
    assert len(ids) - 95 == len(loaded)
    for gone in vectors[:20]:
        found, _ = loaded.search(gone.reshape(1, -1), 10)
        assert not set(found.tolist()) & set(ids[:100].tolist())
    for identifier, row in zip(new, added, strict=True):
        assert identifier == loaded.search(row.reshape(1, -1), 1)[0][0]


def test_a_file_that_is_no_index_is_refused(tmp_path, small):
    small[2].save(tmp_path)
    (tmp_path / dense.INDEX_FILE).write_bytes(b"no index")
    with pytest.raises(IndexDamaged):
        DenseIndex.load(tmp_path, small[2]._fetch)
