"""How fast ingest and search are on this machine, beside the plain sentence-transformers path.

    python benchmarks/speed.py [FOLDER ...]

Every figure is taken in a process of its own, so that its peak memory is its own as well. The two
cold searches run alternately; the peer loads the same weights through sentence-transformers, reads
passages and vectors that lie ready, embeds the query, and ranks by cosine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.embed import MAX_TOKENS  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.store import Store  # noqa: E402
from kb.weights import EMBEDDING  # noqa: E402

FOLDERS = [ROOT / "corpus", ROOT.parent / "shared" / "seeds"]
QUERIES = [
    "How many GPUs did they order?",
    "What is the probability of doom?",
    "When will transformative AI arrive?",
    "Why is reward hacking hard to prevent?",
    "What does interpretability promise?",
    "Should there be a licence for training large models?",
    "What do brains and networks have in common?",
    "Who pays for alignment research?",
]
ROUNDS = 5
COLD_RUNS = 5
MODEL_LIBRARIES = ("onnxruntime", "torch", "sentence_transformers", "llama_cpp")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished process: its output, its time in seconds, its peak memory in MiB."""

    output: str
    seconds: float
    peak: float


def measured(command: list[str], data_dir: Path) -> Run:
    environment = os.environ | {"KB_DATA_DIR": str(data_dir)}
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode}")
    return Run(output, seconds, usage.ru_maxrss / 1024)


def task(name: str, data_dir: Path, *arguments: str) -> Run:
    """One of the functions below, in a process of its own."""
    return measured([sys.executable, __file__, "--task", name, *arguments], data_dir)


# --- what runs in the processes -------------------------------------------------------------------


def ingest(*folders: str) -> dict[str, Any]:
    from ingest.pipeline import ingest_paths

    report = ingest_paths(Settings(), [Path(folder) for folder in folders])
    return {
        "files": len(report.outcomes),
        "passages": sum(outcome.passages for outcome in report.outcomes),
        "unchanged": sum(outcome.status == "unchanged" for outcome in report.outcomes),
        "seconds": report.seconds,
        "loaded": [name for name in MODEL_LIBRARIES if name in sys.modules],
    }


def warm() -> dict[str, Any]:
    """Seconds of each search after one round that loads and warms everything."""
    from kb.knowledge_base import KnowledgeBase

    times: list[float] = []
    with KnowledgeBase(Settings()) as knowledge_base:
        for number in range(ROUNDS + 1):
            for query in QUERIES:
                began = time.perf_counter()
                knowledge_base.search(query)
                if number:
                    times.append(time.perf_counter() - began)
    return {"times": times}


def peer(prepared: str, query: str) -> dict[str, Any]:
    """What a script would do that uses sentence-transformers directly."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    model = SentenceTransformer(str(EMBEDDING.folder(Settings())), device="cpu")
    model.max_seq_length = MAX_TOKENS
    texts = json.loads(Path(prepared, "texts.json").read_text(encoding="utf-8"))
    vectors = np.load(Path(prepared, "vectors.npy"), allow_pickle=False)
    row = model.encode([query], normalize_embeddings=True, show_progress_bar=False)[0]
    best = np.argsort(-(vectors @ row))[:10]
    return {"hits": [texts[position] for position in best]}


TASKS = {"ingest": ingest, "warm": warm, "peer": peer}


# --- what is printed ------------------------------------------------------------------------------


def cold_searches(data_dir: Path, prepared: Path) -> tuple[list[Run], list[Run]]:
    """Ours and the peer's, alternately; the first of each only warms the file cache."""
    ours: list[Run] = []
    peers: list[Run] = []
    command = [sys.executable, "-c", "from cli.main import main; main()", "search", QUERIES[0]]
    for _ in range(COLD_RUNS + 1):
        ours.append(measured(command, data_dir))
        peers.append(task("peer", data_dir, str(prepared), QUERIES[0]))
    return ours[1:], peers[1:]


def prepare_peer(data_dir: Path, folder: Path) -> None:
    with Store.open(data_dir) as store:
        ids, vectors = store.vectors()
        texts = store.passages(ids.tolist())
    ordered = [texts[identifier].text for identifier in ids.tolist()]
    (folder / "texts.json").write_text(json.dumps(ordered), encoding="utf-8")
    np.save(folder / "vectors.npy", vectors)


def row(what: str, value: str, peak: float, note: str = "") -> None:
    print(f"| {what} | {value} | {peak:.0f} MiB | {note} |")


def report(folder: Path) -> None:
    """Measure everything on the transcripts of one folder."""
    with tempfile.TemporaryDirectory(prefix="kb-speed-") as scratch:
        data_dir, prepared = Path(scratch, "data"), Path(scratch, "prepared")
        prepared.mkdir()
        first = task("ingest", data_dir, str(folder))
        again = task("ingest", data_dir, str(folder))
        prepare_peer(data_dir, prepared)
        ours, peers = cold_searches(data_dir, prepared)
        warm_run = task("warm", data_dir)
    done, unchanged = json.loads(first.output), json.loads(again.output)
    steps = done["seconds"]
    share = steps["embed"] / sum(steps.values())
    split = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in steps.items())
    our_time = statistics.median(run.seconds for run in ours)
    peer_time = statistics.median(run.seconds for run in peers)
    times = sorted(json.loads(warm_run.output)["times"])
    print(f"\n{folder.name}: {done['files']} files, {done['passages']} passages\n")
    print("| what | time | peak memory | |\n| --- | --- | --- | --- |")
    ratio = f"{our_time / peer_time:.2f} of sentence-transformers"
    row("cold `kb search`, whole process", f"{our_time:.2f} s", peak_of(ours), ratio)
    row("cold search with sentence-transformers", f"{peer_time:.2f} s", peak_of(peers))
    last = f"slowest {times[-1] * 1000:.0f} ms"
    row("warm search, median", f"{statistics.median(times) * 1000:.1f} ms", warm_run.peak, last)
    row("ingest", f"{first.seconds:.1f} s", first.peak, f"embedding {share:.0%} ({split})")
    cost = f"{steps['claims'] / steps['embed']:.3f} of embedding the same text"
    row("claims, as part of ingest", f"{steps['claims']:.2f} s", first.peak, cost)
    loaded = ", ".join(unchanged["loaded"]) or "no model"
    same = f"{unchanged['unchanged']} of {unchanged['files']} unchanged, loaded: {loaded}"
    row("ingest again", f"{again.seconds:.2f} s", again.peak, same)


def peak_of(runs: list[Run]) -> float:
    return max(run.peak for run in runs)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of ingest and search.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of transcripts")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    options, arguments = parser.parse_known_args()
    if options.task:
        given = [*map(str, options.folders), *arguments]
        print(json.dumps(TASKS[options.task](*given)))
        return
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} at the start")
    for folder in options.folders or [folder for folder in FOLDERS if folder.is_dir()]:
        report(folder)


if __name__ == "__main__":
    main()
