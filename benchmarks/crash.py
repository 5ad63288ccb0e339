"""Kills an ingest of the sample transcripts at random points, and checks what is left.

After each kill the store must be sound and hold all that was reported as done. The next ingest
goes on in the same data directory, until it is complete; then its rows must be those of an ingest
that nobody disturbed, and the next one starts from nothing.

    python benchmarks/crash.py --points 50

Almost all time of an ingest goes into embedding, where a kill can harm nothing. So the vectors are
computed once, and the ingests that are killed look them up; ``--embed`` computes them each time.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.pipeline import Outcome, Refusal, Silence, ingest_paths  # noqa: E402
from kb.embed import load_embedder  # noqa: E402
from kb.indexes import IndexSet, index_status  # noqa: E402
from kb.protocols import Embedder, Vectors  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.store import Store  # noqa: E402

CORPUS = ROOT / "corpus"
ROWS = {
    "documents": "SELECT * FROM documents ORDER BY id",
    "transcripts": "SELECT * FROM transcripts ORDER BY document_id",
    "speakers": "SELECT * FROM speakers ORDER BY document_id, position",
    "passages": "SELECT id, document_id, position, turn, speaker, kind, section, char_start, "
    "char_end, line_start, start_seconds, text, context FROM passages ORDER BY id",
    "topics": "SELECT * FROM passage_topics ORDER BY passage_id, position",
    "vectors": "SELECT passage_id, hex(vector) FROM vectors ORDER BY passage_id",
    "claims": "SELECT * FROM claims ORDER BY id",
    "fingerprints": "SELECT * FROM metadata ORDER BY key",
}
"""Everything but the revisions, which count the attempts."""


@dataclass
class Result:
    """What was found; ``faults`` is empty when all is well."""

    points: int
    seconds_undisturbed: float
    killed: int = 0
    documents_at_kill: list[int] = field(default_factory=list)
    complete: int = 0
    faults: list[str] = field(default_factory=list)


class RecordedEmbedder:
    """The vectors of another embedder, computed before."""

    def __init__(self, path: Path) -> None:
        record = np.load(path, allow_pickle=False)
        self.model_id = str(record["model_id"])
        self._rows = {
            str(text): row for text, row in zip(record["texts"], record["rows"], strict=True)
        }
        self.dimension = record["rows"].shape[1]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._rows[text] for text in texts]).reshape(-1, self.dimension)

    def embed_query(self, text: str) -> Vectors:
        return self.embed_passages([text])


class RecordingEmbedder:
    """Remembers every vector of another embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._rows: dict[str, Vectors] = {}
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        rows = self._embedder.embed_passages(texts)
        self._rows.update(zip(texts, rows, strict=True))
        return rows

    def embed_query(self, text: str) -> Vectors:
        return self.embed_passages([text])

    def save(self, path: Path) -> None:
        rows = np.stack(list(self._rows.values()))
        np.savez(path, model_id=self.model_id, texts=list(self._rows), rows=rows)


class Reporter(Silence):
    """Tells the parent process what is done, line by line."""

    def done(self, outcome: Outcome | Refusal) -> None:
        if isinstance(outcome, Outcome):
            print(outcome.document_id, flush=True)


def work(data_dir: Path, record: Path | None) -> None:
    """The process that is killed: loads everything, says so, waits for a line, ingests."""
    import faiss  # noqa: F401
    import tantivy  # noqa: F401

    settings = Settings(data_dir=data_dir)
    embedder = RecordedEmbedder(record) if record else load_embedder(settings)
    print("ready", flush=True)
    if sys.stdin.readline() == "go\n":
        ingest_paths(settings, [CORPUS], progress=Reporter(), embedder=embedder)


def start(data_dir: Path, record: Path | None) -> subprocess.Popen[str]:
    """A worker that gets ready and then waits."""
    command = [sys.executable, __file__, "--worker", str(data_dir)]
    command += ["--record", str(record)] if record else []
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def wait_for(worker: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """The worker, once it is ready."""
    assert worker.stdout
    line = worker.stdout.readline()
    if line != "ready\n":
        raise SystemExit(f"the worker did not start: {line!r}")
    return worker


def go(worker: subprocess.Popen[str], kill_after: float | None = None) -> tuple[list[str], bool]:
    """Let a worker run, for so many seconds at most: what it reported, whether it was killed."""
    try:
        output, _ = worker.communicate("go\n", timeout=kill_after)
    except subprocess.TimeoutExpired:
        worker.kill()
        output, _ = worker.communicate()
    killed = worker.returncode < 0
    if worker.returncode > 0:
        raise SystemExit(f"the worker failed with status {worker.returncode}")
    complete_lines = output[: output.rfind("\n") + 1]
    return complete_lines.splitlines(), killed


def dump(data_dir: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows that make up the knowledge base, in an order of their own."""
    with closing(sqlite3.connect(f"file:{data_dir}/store.sqlite3?mode=ro", uri=True)) as database:
        return {name: database.execute(query).fetchall() for name, query in ROWS.items()}


def check(data_dir: Path, reported: set[str]) -> tuple[int, list[str]]:
    """How many documents there are, and what is wrong with them."""
    with Store.open(data_dir) as store:
        stored = {summary.id for summary in store.documents()}
        missing = [f"{name} was reported and is not there" for name in sorted(reported - stored)]
        indexes = IndexSet.open(store, data_dir)
        ids = store.all_passage_ids().tolist()
        wrong = [] if ids == indexes.dense.ids.tolist() else ["the index does not match the store"]
        status = index_status(store, data_dir).problem
        return len(stored), [*store.integrity(), *missing, *wrong, *([status] if status else [])]


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kb-crash-") as folder:
        yield Path(folder)


def run(points: int, seed: int, *, embed: bool) -> Result:
    """Kill ``points`` times, at moments drawn from the time that an undisturbed ingest takes."""
    with scratch() as folder:
        recorder = RecordingEmbedder(load_embedder(Settings()))
        ingest_paths(Settings(data_dir=folder / "undisturbed"), [CORPUS], embedder=recorder)
        recorder.save(folder / "vectors.npz")
        record = None if embed else folder / "vectors.npz"
        data_dir = folder / "data"
        result = Result(points, undisturbed_seconds(folder / "timed", record))
        expected = dump(folder / "undisturbed")
        generator = random.Random(seed)
        worker = start(data_dir, record)
        while result.killed < points:
            before = documents_in(data_dir)
            moment = generator.uniform(0, result.seconds_undisturbed)
            reported, killed = go(wait_for(worker), moment)
            worker = start(data_dir, record)  # it gets ready during the check
            count, faults = check(data_dir, before | set(reported))
            result.faults += [f"killed after {moment:.3f} s: {fault}" for fault in faults]
            if killed:
                result.killed += 1
                result.documents_at_kill.append(count)
            else:
                compare(data_dir, expected, result)
                shutil.rmtree(data_dir)
        go(wait_for(worker))
        compare(data_dir, expected, result)
    return result


def undisturbed_seconds(data_dir: Path, record: Path | None) -> float:
    worker = wait_for(start(data_dir, record))
    began = time.perf_counter()
    go(worker)
    return time.perf_counter() - began


def documents_in(data_dir: Path) -> set[str]:
    if not data_dir.exists():
        return set()
    with Store.open(data_dir) as store:
        return {summary.id for summary in store.documents()}


def compare(data_dir: Path, expected: dict[str, list[tuple[object, ...]]], result: Result) -> None:
    """Whether a complete ingest left what an undisturbed one leaves."""
    result.complete += 1
    found = dump(data_dir)
    result.faults += [f"{name} differ" for name in ROWS if found[name] != expected[name]]


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill an ingest at random points.")
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--embed", action="store_true", help="compute the vectors each time")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--record", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker, options.record)
        return 0
    result = run(options.points, options.seed, embed=options.embed)
    if options.json:
        print(json.dumps(asdict(result)))
    else:
        print_table(result)
    return 1 if result.faults else 0


def print_table(result: Result) -> None:
    counts = result.documents_at_kill
    print("| | |\n| --- | --- |")
    print(f"| kill -9 at random points | {result.killed} |")
    print(f"| undisturbed ingest | {result.seconds_undisturbed:.2f} s |")
    print(f"| documents there after a kill | {min(counts)} to {max(counts)} |")
    print(f"| complete ingests compared with an undisturbed one | {result.complete} |")
    print(f"| faults | {len(result.faults)} |")
    for fault in result.faults:
        print(f"- {fault}")


if __name__ == "__main__":
    sys.exit(main())
