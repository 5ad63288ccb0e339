"""Warm searches, filters, memory, building and swapping at growing numbers of passages.

The stores are those of ``synthetic.py``, the questions real ones. Recall is of the ten nearest
vectors, against all inner products. Plain FAISS is the flat index, and beyond our limit for it the
inverted lists of our own index file, searched as they are, both with one thread. The limit is the
time in which memory delivers the bytes that such a search must read.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from processes import serve_tasks, task  # noqa: E402
from sizes import Workplace  # noqa: E402
from synthetic import FILTERED, SPEAKERS, Base, add, fill, likeness, moved  # noqa: E402
from table import Row, at_least  # noqa: E402
from transcripts import AUDROW, CORPUS  # noqa: E402

from kb.knowledge_base import KnowledgeBase  # noqa: E402
from kb.models.embed import OnnxEmbedder, load_embedder  # noqa: E402
from kb.protocols import Ids, Vectors  # noqa: E402
from kb.search.dense import INDEX_FILE, PROBES  # noqa: E402
from kb.search.indexes import DENSE, IndexSet  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.storage.store import Store  # noqa: E402
from kb.types import Filters, Selection  # noqa: E402

SCRIPT = Path(__file__).name
NEAREST = 10
GOAL_RECALL = 0.97
COPIED = 1 << 28  # bytes, far more than any cache

FILTERS = {"": Filters()} | {name: Filters(speakers=(SPEAKERS[name],)) for name in FILTERED}


def questions(count: int) -> list[str]:
    """Real questions: the headings of the interviews, or what the samples are asked."""
    path = AUDROW / "headings.jsonl" if AUDROW.is_dir() else CORPUS / "questions.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [row.get("query") or row["question"] for row in rows if not row.get("generic")]
    return [found[number % len(found)] for number in range(count)]


# --- what runs in the processes -------------------------------------------------------------------


def make(data_dir: str, count: str, *bases: str) -> dict[str, Any]:
    base = Base.of([Path(name) for name in bases])
    fill(Path(data_dir), base, int(count), OnnxEmbedder.model_id)
    return {}


def build(data_dir: str) -> dict[str, Any]:
    began = time.perf_counter()
    with Store.open(Path(data_dir)) as store:
        IndexSet.open(store, Path(data_dir))
    return {"seconds": time.perf_counter() - began}


def swap(data_dir: str, *bases: str) -> dict[str, Any]:
    """One more document, until the index that shows it is the current one."""
    base = Base.of([Path(name) for name in bases])
    rng = np.random.default_rng(2)
    with Store.open(Path(data_dir), write=True) as store:
        indexes = IndexSet.open(store, Path(data_dir))
        (rows,) = moved(base.vectors, 100, 0.5, rng)
        add(store, base, 10**6, SPEAKERS["all"], rows, rng)
        began = time.perf_counter()
        indexes.refresh()
    return {"seconds": time.perf_counter() - began}


def exact(data_dir: str, asked: str, output: str) -> dict[str, Any]:
    """The true nearest ids for each filter, and what plain FAISS and memory take."""
    import faiss

    vectors = load_embedder(Settings()).embed_passages(questions(int(asked)))
    with Store.open(Path(data_dir)) as store:
        ids, matrix = store.vectors()
        np.savez(output, vectors=vectors, **truly_nearest(store, ids, matrix, vectors))
        path = IndexSet.open(store, Path(data_dir))
        ours = faiss.read_index(str(_index_file(Path(data_dir))))
    assert path.dense.ids.size == len(ids)
    faiss.omp_set_num_threads(1)
    flat = faiss.IndexFlatIP(matrix.shape[1])
    flat.add(matrix)
    lists = getattr(ours, "nlist", 0)
    if lists:
        ours.nprobe = PROBES
    plain = ours if lists else flat
    times = timed([lambda row=row: plain.search(row[None], NEAREST) for row in vectors])
    read = len(ids) * matrix.shape[1] * (PROBES / lists if lists else 4)
    return {
        "kind": f"FAISS IVF{lists},SQ8" if lists else "FAISS flat",
        "plain": statistics.median(times),
        "flat": statistics.median(timed([lambda: flat.search(vectors[:1], NEAREST)] * 10)),
        "limit": read / _bandwidth(),
    }


def truly_nearest(store: Store, ids: Ids, matrix: Vectors, vectors: Vectors) -> dict[str, Ids]:
    """The best passages of each vector, by filter (``ids 16 %``), from all inner products."""
    truth = {}
    for name, filters in FILTERS.items():
        passing = store.passage_ids(filters)
        rows = slice(None) if passing is None else np.searchsorted(ids, passing)
        cosines = vectors @ matrix[rows].T
        best = np.argpartition(-cosines, min(NEAREST, cosines.shape[1]) - 1, axis=1)
        truth[f"ids {name}"] = ids[rows][best[:, :NEAREST]]
    return truth


def warm(data_dir: str, truth_file: str, asked: str) -> dict[str, Any]:
    truth = np.load(truth_file, allow_pickle=False)
    settings = Settings(data_dir=Path(data_dir), llm="none")
    found: dict[str, Any] = {}
    with KnowledgeBase(settings) as knowledge_base:
        knowledge_base.load()
        index = knowledge_base.index()
        for name, filters in FILTERS.items():
            within = Selection().within(filters)
            rows = list(truth["vectors"][:, np.newaxis])
            hits = [index.nearest(row, NEAREST, within)[0] for row in rows]
            times = timed([lambda r=row, s=within: index.nearest(r, NEAREST, s) for row in rows])
            texts = questions(int(asked))
            knowledge_base.search(texts[0], filters=filters)
            asks = [lambda t=text, f=filters: knowledge_base.search(t, filters=f) for text in texts]
            whole = timed(asks)
            shares = [
                len(np.intersect1d(mine, true)) / max(1, len(true))
                for mine, true in zip(hits, truth[f"ids {name}"], strict=True)
            ]
            found[name] = {
                "recall": float(np.mean(shares)),
                "nearest": statistics.median(times),
                "search": statistics.median(whole),
                "p95": p95(whole),
            }
    return found


def timed(calls: list[Callable[[], object]]) -> list[float]:
    seconds = []
    for call in calls:
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return seconds


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1]


def _bandwidth() -> float:
    """Bytes that memory delivers in a second, by copying: each is read and written."""
    source = np.ones(COPIED, dtype=np.uint8)
    target = np.empty_like(source)
    return 2 * COPIED / min(timed([lambda: np.copyto(target, source)] * 5))


def _index_file(data_dir: Path) -> Path:
    (path,) = data_dir.glob(f"indexes/passages/gen-*/{DENSE}/{INDEX_FILE}")
    return path


# --- what is measured -----------------------------------------------------------------------------


def measure(place: Workplace) -> tuple[list[Row], dict[int, dict[str, float]]]:
    """The rows, and for each number of passages the seconds that are plotted."""
    bases = [str(path) for path in place.our_stores]
    share, real, made = likeness(Base.of(place.our_stores).vectors)
    print(f"synthetic vectors: share {share:.1f}, cosine to the tenth neighbour {made:.3f}, "
          f"of real ones {real:.3f}", file=sys.stderr)  # fmt: skip
    rows: list[Row] = []
    growth: dict[int, dict[str, float]] = {}
    for count in place.sizes.passages:
        data_dir, truth = place.store(f"made{count}"), place.folder / f"truth{count}.npz"
        asked = place.sizes.queries
        task(SCRIPT, "make", data_dir, count, *bases)
        built = task(SCRIPT, "build", data_dir)
        plain = task(SCRIPT, "exact", data_dir, asked, truth)
        ours = task(SCRIPT, "warm", data_dir, truth, asked)
        swapped = task(SCRIPT, "swap", data_dir, *bases)
        rows += _rows(count, ours, plain, built, swapped)
        growth[count] = {
            "kb search, median": ours[""]["search"],
            "kb search, p95": ours[""]["p95"],
            "nearest vectors": ours[""]["nearest"],
            "FAISS flat": plain["flat"],
            "memory bandwidth": plain["limit"],
        }
    return rows, growth


def _rows(
    count: int,
    ours: dict[str, Any],
    plain: dict[str, Any],
    built: dict[str, Any],
    swapped: dict[str, Any],
) -> list[Row]:
    of = f"{count:,} passages"
    all_of_them = ours[""]
    rows = [
        Row(
            f"warm search, {of}", 1000 * all_of_them["search"], "ms",
            note=f"p95 {1000 * all_of_them['p95']:.0f} ms",
        ),
        Row(
            f"its nearest vectors, {of}", 1000 * all_of_them["nearest"], "ms",
            peer=(plain["kind"], 1000 * plain["plain"]),
            limit=("memory bandwidth", 1000 * plain["limit"]),
        ),
    ]  # fmt: skip
    for name, figures in ours.items():
        if name == "peak":
            continue
        told = f"filtered at {name}, {of}" if name else of
        if name:
            note = f"p95 {1000 * figures['p95']:.0f} ms"
            rows.append(Row(f"warm search {told}", 1000 * figures["search"], "ms", note=note))
        goal = at_least(figures["recall"], GOAL_RECALL)
        rows.append(Row(f"recall@10 {told}", figures["recall"], goal=goal))
    vectors = ("vectors alone", count * 384 * 4 / 2**20)
    rows += [
        Row(f"memory of a searching process, {of}", ours["peak"], "MiB", limit=vectors),
        Row(
            f"index build, {of}", built["seconds"], "s", note=f"peak memory {built['peak']:.0f} MiB"
        ),
        Row(f"index update and swap, {of}", swapped["seconds"], "s"),
    ]  # fmt: skip
    return rows


if __name__ == "__main__":
    serve_tasks({"make": make, "build": build, "swap": swap, "exact": exact, "warm": warm})
