"""Nearest passages by the inner product of unit-norm vectors (FAISS, imported only here)."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.errors import IndexDamaged, StoreError
from kb.protocols import Ids, Scores, Vectors
from kb.vectors import read_array

FLAT_LIMIT = 50_000
EXACT_LIMIT = 2_000  # rows from the store take 1 ms for each 200
SCAN_LIMIT = 50_000  # telling FAISS the allowed ids takes 13 ms for so many
PROBES = 48  # questions lie farther from passages than these from each other: 16 found .90 of 10
TRAINING_ROWS_PER_LIST = 64
FETCHED = 4_096  # rows at a time
RESCORED_PER_HIT = 4
MOST_OF_GPU = 2_048  # results that FAISS gives on a GPU
INDEX_FILE = "vectors.faiss"
IDS_FILE = "ids.npy"


def index_type(count: int) -> str:
    """The FAISS factory string that suits a number of vectors.

    Measured with one thread on 384 dimensions: flat is exact and takes 116 ms for a million, so
    6 ms at the limit; IVF2048,SQ8 with 16 probes takes 1.6 ms for a million at a recall of .97,
    before its candidates are scored again exactly. HNSW is faster but cannot remove ids. Twice the
    square root of the count is the number of lists of that measurement.
    """
    if count < FLAT_LIMIT:
        return "IDMap2,Flat"
    return f"IVF{2 ** round(math.log2(2 * math.sqrt(count)))},SQ8"


def faiss_version() -> str:
    """The version of the installed FAISS, of either flavour: they read each other's files.

    Raises StoreError when neither is installed.
    """
    for distribution in ("faiss-cpu", "faiss-gpu"):
        try:
            return version(distribution)
        except PackageNotFoundError:
            continue
    raise StoreError("FAISS is not installed.", "Run `make setup`.")


def gpu_count() -> int:
    """How many GPUs the installed FAISS can use; 0 for faiss-cpu."""
    import faiss

    return int(faiss.get_num_gpus()) if hasattr(faiss, "StandardGpuResources") else 0


def _on_gpu(index: Any) -> Any:
    """A copy of an index on the first GPU; None without one.

    It was written after FAISS's documentation, and not run yet: no GPU could be had together with
    a faiss-gpu that fits its driver.
    """
    import faiss

    if not gpu_count():
        return None
    return faiss.index_cpu_to_gpu(faiss.StandardGpuResources(), 0, index)


class DenseIndex:
    """A searchable set of vectors. ``fetch`` gives the exact vectors of ids, from the store.

    Searches may run in many threads at once; ``add`` and ``remove`` may not run beside them.
    """

    def __init__(self, index: Any, ids: Ids, fetch: Callable[[Ids], Vectors]) -> None:
        self._index = index
        self._fetch = fetch
        self.ids = np.sort(ids)
        self._gpu_copy: Any = None if self._lists else _on_gpu(index)
        self._gpu = threading.Lock()  # FAISS lets one thread at a time use what is on a GPU

    @classmethod
    def build(
        cls, ids: Ids, batches: Iterable[tuple[Ids, Vectors]], fetch: Callable[[Ids], Vectors]
    ) -> DenseIndex:
        """An index of ``ids``, whose rows come in batches, so that they never all lie in memory.

        An id without a row gets zeros: passages stored since a shared store changed its model have
        no vector of the old one.
        """
        import faiss

        kind = index_type(len(ids))
        dimension = max(fetch(ids[:0]).shape[1], 1)
        index: Any = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
        nlist = getattr(index, "nlist", 0)
        index = _on_gpu(index) or index
        if not index.is_trained:
            chosen = _sample(ids, nlist * TRAINING_ROWS_PER_LIST)
            index.train(_rows(chosen, dimension, fetch))
        added = [ids[:0]]
        for some, vectors in batches:
            if len(some):
                index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), some)
                added.append(some)
        rest = np.setdiff1d(ids, np.concatenate(added))
        if len(rest):
            index.add_with_ids(np.zeros((len(rest), dimension), dtype=np.float32), rest)
        return cls(faiss.index_gpu_to_cpu(index) if gpu_count() else index, ids, fetch)

    @classmethod
    def load(cls, path: Path, fetch: Callable[[Ids], Vectors]) -> DenseIndex:
        """Read what ``save`` wrote. Only for files whose checksum matched: FAISS trusts them.

        Raises IndexDamaged.
        """
        import faiss

        try:
            index = faiss.read_index(str(path / INDEX_FILE))
            ids = read_array(path / IDS_FILE)
        except (OSError, RuntimeError, ValueError) as error:
            raise IndexDamaged(f"{path} cannot be loaded: {error}.") from error
        if index.ntotal != len(ids):
            raise IndexDamaged(f"{path} holds {index.ntotal} vectors for {len(ids)} passages.")
        return cls(index, ids, fetch)

    def save(self, path: Path) -> None:
        """Write into an existing directory. Raises StoreError when the disk refuses."""
        import faiss

        try:
            faiss.write_index(self._index, str(path / INDEX_FILE))
            np.save(path / IDS_FILE, self.ids, allow_pickle=False)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The index cannot be written to {path}: {error}.") from error

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def exhaustive(self) -> bool:
        """Whether every search computes all inner products, so that more results cost nothing."""
        return not self._lists

    @property
    def suits(self) -> bool:
        """Whether the type is still the right one for the number of vectors."""
        if not self._lists or len(self) < FLAT_LIMIT:
            return bool(self._lists) == (len(self) >= FLAT_LIMIT)
        return 0.5 <= self._lists / (2 * math.sqrt(len(self))) <= 2.0

    @property
    def _lists(self) -> int:
        """Inverted lists; 0 for a flat index."""
        return int(getattr(self._index, "nlist", 0))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self._gpu_copy = None
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        self.ids = np.union1d(self.ids, ids)

    def remove(self, ids: Ids) -> None:
        import faiss

        self._gpu_copy = None
        self._index.remove_ids(faiss.IDSelectorBatch(ids))
        self.ids = np.setdiff1d(self.ids, ids)

    def search(self, vector: Vectors, k: int, allowed_ids: Ids | None = None) -> tuple[Ids, Scores]:
        """The ``k`` best ids (fewer when there are fewer) and their inner products, best first.

        ``vector`` is one row. With ``allowed_ids`` only these come, and as many as there are. The
        order is exact below FLAT_LIMIT vectors and for up to EXACT_LIMIT allowed ids, else nearly.
        """
        allowed = None if allowed_ids is None else _among(np.unique(allowed_ids), self.ids)
        possible = len(self) if allowed is None else len(allowed)
        if k < 1 or not possible:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        if possible == len(self):
            allowed = None
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if not self._lists:
            return self._search_index(query, k, allowed, probes=0)
        if allowed is not None and len(allowed) <= EXACT_LIMIT:
            return self._best_of(allowed, query, k)
        return self._best_of(self._candidates(query, k * RESCORED_PER_HIT, allowed), query, k)

    def _candidates(self, query: Vectors, k: int, allowed: Ids | None) -> Ids:
        """Some lists where they hold enough allowed ids, and all lists otherwise."""
        if allowed is None or len(allowed) > SCAN_LIMIT:
            share = 1.0 if allowed is None else len(allowed) / len(self)
            probes = min(self._lists, math.ceil(PROBES / share))
            found, _ = self._search_index(query, math.ceil(k / share), None, probes)
            found = found if allowed is None else found[_contains(allowed, found)]
            if len(found) >= k:
                return found
        return self._search_index(query, k, allowed, self._lists)[0]

    def _search_index(
        self, query: Vectors, k: int, allowed: Ids | None, probes: int
    ) -> tuple[Ids, Scores]:
        import faiss

        if self._gpu_copy is not None and allowed is None and k <= MOST_OF_GPU:
            with self._gpu:
                scores, ids = self._gpu_copy.search(query, min(k, len(self)))
            return ids[0], scores[0]
        arguments: dict[str, Any] = {}
        if allowed is not None:
            arguments["sel"] = faiss.IDSelectorBatch(allowed)
        if probes:
            arguments["nprobe"] = probes
        kind = faiss.SearchParametersIVF if probes else faiss.SearchParameters
        parameters = kind(**arguments)
        with _one_thread():
            scores, ids = self._index.search(query, min(k, len(self)), params=parameters)
        keep = ids[0] != -1
        if allowed is not None:
            keep &= _contains(allowed, ids[0])
        return ids[0][keep], scores[0][keep]

    def _best_of(self, ids: Ids, query: Vectors, k: int) -> tuple[Ids, Scores]:
        scores = self._fetch(ids) @ query[0]
        best = np.lexsort((ids, -scores))[:k]
        return ids[best], scores[best]


def _contains(sorted_ids: Ids, ids: Ids) -> npt.NDArray[np.bool_]:
    """Which of ``ids`` are among ``sorted_ids``, without sorting the large set again."""
    if not len(sorted_ids):
        return np.zeros(len(ids), dtype=np.bool_)
    positions = np.searchsorted(sorted_ids, ids).clip(max=len(sorted_ids) - 1)
    found: npt.NDArray[np.bool_] = sorted_ids[positions] == ids
    return found


def _among(ids: Ids, sorted_ids: Ids) -> Ids:
    return ids[_contains(sorted_ids, ids)]


def _sample(ids: Ids, size: int) -> Ids:
    """Ids of rows for training, the same ones every time."""
    if len(ids) <= size:
        return ids
    chosen = np.random.default_rng(0).choice(len(ids), size, replace=False)
    return ids[np.sort(chosen)]


def _rows(ids: Ids, dimension: int, fetch: Callable[[Ids], Vectors]) -> Vectors:
    rows = np.empty((len(ids), dimension), dtype=np.float32)
    for start in range(0, len(ids), FETCHED):
        rows[start : start + FETCHED] = fetch(ids[start : start + FETCHED])
    return rows


@contextmanager
def _one_thread() -> Iterator[None]:
    """A single query is faster on one thread than on two: starting the other costs more."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
