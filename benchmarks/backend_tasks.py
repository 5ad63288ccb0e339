"""What ``backends.py`` measures in processes of their own: loading, searching, many clients.

Every task is told the settings of its backend by three arguments: data directory, store, index.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import synthetic  # noqa: E402
from processes import serve_tasks  # noqa: E402
from running_server import resident  # noqa: E402
from scale import FILTERS, NEAREST, p95, questions, timed, truly_nearest  # noqa: E402

from kb.backends import open_store, write_indexes  # noqa: E402
from kb.errors import StoreUnavailable  # noqa: E402
from kb.knowledge_base import KnowledgeBase  # noqa: E402
from kb.models.embed import OnnxEmbedder, load_embedder  # noqa: E402
from kb.search.fusion import CONTEXT_BOOST, DEPTH  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.types import Filters, Selection  # noqa: E402

WORDS = 6
MEETING_SECONDS = 600.0


def settings_of(data_dir: str | Path, store: str, index: str) -> Settings:
    return Settings(data_dir=Path(data_dir), store=store, index=index, llm="none")


def load(data_dir: str, store: str, index: str, count: str, *bases: str) -> dict[str, Any]:
    """Fill the store through ``replace_document``, one document after the other, then the index.

    The time to make up the documents does not count.
    """
    settings = settings_of(data_dir, store, index)
    base = synthetic.Base.of([Path(name) for name in bases])
    seconds = 0.0
    with open_store(settings, write=True) as opened:
        opened.check_model(OnnxEmbedder.model_id, base.vectors.shape[1])
        for document, passages, vectors in synthetic.documents(base, int(count)):
            began = time.perf_counter()
            opened.replace_document(document, passages, vectors, (), source_key=document.id)
            seconds += time.perf_counter() - began
        began = time.perf_counter()
        write_indexes(settings, opened)
        return {"store": seconds, "index": time.perf_counter() - began}


def truth(data_dir: str, store: str, index: str, asked: str, output: str) -> dict[str, Any]:
    """Vectors of questions, and for each filter what is truly nearest to them."""
    settings = settings_of(data_dir, store, index)
    vectors = load_embedder(settings).embed_passages(asked_of(int(asked)))
    with open_store(settings) as opened:
        found = truly_nearest(opened, *opened.vectors(), vectors)
    np.savez(output, vectors=vectors, **found)
    return {}


def search(
    data_dir: str, store: str, index: str, asked: str, truth_file: str, server: str
) -> dict[str, Any]:
    """One question at a time, by filter; memory here and of the server (its process id)."""
    expected = np.load(truth_file, allow_pickle=False)
    texts = asked_of(int(asked))
    rows = list(expected["vectors"][: len(texts), np.newaxis])
    found: dict[str, Any] = {}
    with KnowledgeBase(settings_of(data_dir, store, index)) as knowledge_base:
        knowledge_base.load()
        passages = knowledge_base.index()
        for name, filters in FILTERS.items():
            within = Selection().within(filters)
            nearest = partial(passages.nearest, k=DEPTH, selection=within)
            matching = partial(
                passages.matching, k=DEPTH, selection=within, context_boost=CONTEXT_BOOST
            )
            whole = partial(knowledge_base.search, filters=filters)
            best = [nearest(row)[0][:NEAREST] for row in rows]  # which warms it up, too
            for call in (matching, whole):
                call(texts[0])
            right = [
                len(np.intersect1d(mine, true)) / max(1, len(true))
                for mine, true in zip(best, expected[f"ids {name}"], strict=False)
            ]
            found[name] = {
                "recall": float(np.mean(right)),
                "nearest": _spread(timed([partial(nearest, row) for row in rows])),
                "matching": _spread(timed([partial(matching, text) for text in texts])),
                "search": _spread(timed([partial(whole, text) for text in texts])),
            }
        found["resident"] = resident(os.getpid())
        found["server"] = proportional(int(server)) if int(server) else 0.0
    return found


def press(
    data_dir: str,
    store: str,
    index: str,
    threads: str,
    seconds: str,
    meeting: str,
    processes: str,
) -> dict[str, Any]:
    """Searches that some threads get done in a second, by filter, once all processes are ready.

    Those that the index's server does not answer by the deadline of a search do not count.
    """
    texts = asked_of(100)
    with KnowledgeBase(settings_of(data_dir, store, index)) as knowledge_base:
        knowledge_base.load()
        for filters in FILTERS.values():
            _answered(knowledge_base, texts[0], filters)
        _meet(Path(meeting), int(processes))
        return {
            name: _rate(knowledge_base, filters, texts, int(threads), float(seconds))
            for name, filters in FILTERS.items()
        }


def asked_of(count: int) -> list[str]:
    """Questions of at most so many words."""
    return [" ".join(text.split()[:WORDS]) for text in questions(count)]


def proportional(pid: int) -> float:
    """MiB of a process and its descendants, what they share counted once."""
    import psutil

    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return float(sum(member.memory_full_info().pss for member in family)) / 2**20


def _spread(seconds: list[float]) -> dict[str, float]:
    return {"median": float(np.median(seconds)), "p95": p95(seconds)}


def _rate(
    knowledge_base: KnowledgeBase,
    filters: Filters,
    texts: Sequence[str],
    threads: int,
    seconds: float,
) -> float:
    began = time.perf_counter()

    def client(number: int) -> int:
        done = 0
        while time.perf_counter() < began + seconds:
            text = texts[(number * len(texts) // threads + done) % len(texts)]
            done += _answered(knowledge_base, text, filters)
        return done

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(client, range(threads))) / (time.perf_counter() - began)


def _answered(knowledge_base: KnowledgeBase, text: str, filters: Filters) -> bool:
    """Whether a search is answered in time; a server under many may be too slow."""
    try:
        knowledge_base.search(text, filters=filters)
    except StoreUnavailable:
        return False
    return True


def _meet(folder: Path, processes: int) -> None:
    """Returns once as many processes are here."""
    (folder / str(os.getpid())).touch()
    end = time.monotonic() + MEETING_SECONDS
    while len(list(folder.iterdir())) < processes:
        if time.monotonic() > end:
            raise SystemExit("another process did not come")
        time.sleep(0.02)


if __name__ == "__main__":
    serve_tasks({"load": load, "truth": truth, "search": search, "press": press})
