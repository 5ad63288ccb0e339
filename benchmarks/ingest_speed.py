"""Ingest: beside the embedding model alone and beside peers, memory, unchanged files, disk.

Everybody embeds the same texts with the same weights, in turns, each in a process of its own. We
read transcripts, find speakers, cut passages, extract claims, embed, store and index; the peers are
given the texts that we embed, and embed, store and index them. Imports are not counted, loading the
model is.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from peers.environment import PEERS, command  # noqa: E402
from processes import measured, serve_tasks, task  # noqa: E402
from sizes import Workplace  # noqa: E402
from table import Row, at_least, at_most, not_measured  # noqa: E402
from transcripts import write_transcripts  # noqa: E402

from ingest.documents import read_document  # noqa: E402
from ingest.flow.report import Outcome, Refusal, Silence  # noqa: E402
from ingest.passages import embedding_text, passages_of  # noqa: E402
from ingest.pipeline import ingest_paths  # noqa: E402
from ingest.sources.discover import discover  # noqa: E402
from ingest.sources.origins import origins_of_files  # noqa: E402
from kb.models.embed import load_embedder  # noqa: E402
from kb.models.weights import EMBEDDING  # noqa: E402
from kb.settings import Settings  # noqa: E402

SCRIPT = Path(__file__).name
GOAL_OF_EMBEDDING = 0.85
GOAL_GROWTH = 1.1
GOAL_CLAIMS = 0.1
QUARTERS = (0.25, 0.5, 1.0)


# --- what runs in the processes -------------------------------------------------------------------


class MemoryWatch(Silence):
    """The peak memory of this process, in MiB, after each file."""

    def __init__(self) -> None:
        self.peaks: list[float] = []

    def done(self, outcome: Outcome | Refusal) -> None:  # noqa: ARG002
        self.peaks.append(peak())


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(folder: str, data_dir: str) -> dict[str, Any]:
    watch = MemoryWatch()
    began = time.process_time()
    report = ingest_paths(Settings(data_dir=Path(data_dir)), [Path(folder)], progress=watch)
    marks = [watch.peaks[max(0, round(share * len(watch.peaks)) - 1)] for share in QUARTERS]
    return {
        "files": len(report.outcomes),
        "passages": sum(outcome.passages for outcome in report.outcomes),
        "seconds": report.took,
        "processor": time.process_time() - began,
        "steps": report.seconds,
        "peaks": [*marks[:-1], max(marks[-1], peak())],
    }


def alone(texts: str, *_: str) -> dict[str, Any]:
    """The embedding model and nothing else, in steps of similar lengths."""
    lines = [
        line for path in sorted(Path(texts).iterdir()) for line in path.read_text().splitlines()
    ]
    began, processor = time.perf_counter(), time.process_time()
    embedder = load_embedder(Settings())
    lines.sort(key=len)
    for start in range(0, len(lines), 512):
        embedder.embed_passages(lines[start : start + 512])
    return {
        "passages": len(lines),
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
    }


# --- what is measured -----------------------------------------------------------------------------


def prepare(place: Workplace) -> None:
    """Transcripts for everybody, and their passages as text."""
    sizes = place.sizes
    whole = place.folder / "compared"
    write_transcripts(whole, sizes.compared)
    files = sorted(whole.iterdir())
    for number in range(sizes.rounds):
        place.part(number).mkdir()
        place.texts(number).mkdir()
        for path in files[number :: sizes.rounds]:
            path.rename(place.part(number) / path.name)
        for origin in origins_of_files(discover([place.part(number)]).files, None):
            passages = passages_of(read_document(origin, origin.load(), None, None))
            lines = [" ".join(embedding_text(passage).split()) for passage in passages]
            text = "\n".join(lines) + "\n"
            (place.texts(number) / origin.name).write_text(text, encoding="utf-8")


def compare(place: Workplace) -> dict[str, list[dict[str, Any]]]:
    """Everybody's figures for each part, measured in turns; the order turns as well."""
    model = EMBEDDING.folder(Settings())
    found: dict[str, list[dict[str, Any]]] = {"ours": [], "alone": []}
    if place.peers:
        found |= {name: [] for name in PEERS}
    for number in range(place.sizes.rounds):
        order = [*found][number % len(found) :] + [*found][: number % len(found)]
        for name in order:
            store = place.store(name, number)
            if name == "ours":
                result = task(SCRIPT, "ours", place.part(number), store)
            elif name == "alone":
                result = task(SCRIPT, "alone", place.texts(number))
            else:
                assert place.peers is not None
                arguments = ("index", place.texts(number), model, store)
                run = measured(command(place.peers, name, *arguments))
                result = run.figures | {"peak": run.peak}
            found[name].append(result)
    return found


def measure(place: Workplace) -> list[Row]:
    prepare(place)
    found = compare(place)
    rate = {name: statistics.median(map(_rate, results)) for name, results in found.items()}
    processor = statistics.median(
        model["processor"] / mine["processor"]
        for mine, model in zip(found["ours"], found["alone"], strict=True)
    )
    words = place.sizes.compared // place.sizes.rounds
    note = f"{words:,} words at a time; {processor:.2f} of its processor time"
    limit = ("embedding alone", rate["alone"])
    goal = at_least(rate["ours"] / rate["alone"], GOAL_OF_EMBEDDING)
    rows = [Row("ingest", rate["ours"], "passages/s", limit=limit, goal=goal, note=note)]
    for name in PEERS:
        if name in rate:
            ahead = at_least(rate["ours"], rate[name], "ahead")
            row = Row("ingest", rate["ours"], "passages/s", peer=(name, rate[name]), goal=ahead)
            rows.append(row)
        else:
            rows.append(not_measured(f"ingest beside {name}", place.reason))
    return [*rows, *whole(place, rate["alone"])]


def whole(place: Workplace, alone_rate: float) -> list[Row]:
    """All words at once: rate, memory, files that did not change, disk."""
    folder, data_dir = place.folder / "whole", place.store("whole")
    words = write_transcripts(folder, place.sizes.words)
    first = task(SCRIPT, "ours", folder, data_dir)
    again = task(SCRIPT, "ours", folder, data_dir)
    growth = first["peaks"][-1] / first["peaks"][0]
    disk = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
    what = f"ingest of {words:,} words"
    claims = first["steps"]["claims"] / first["steps"]["embed"]
    memory = ", ".join(f"{value:.0f}" for value in first["peaks"])
    rows = [
        Row(
            what, _rate(first), "passages/s", limit=("embedding alone", alone_rate),
            goal=at_least(_rate(first) / alone_rate, GOAL_OF_EMBEDDING),
        ),
        Row(
            f"{what}, peak memory", first["peaks"][-1], "MiB",
            limit=("at a quarter", first["peaks"][0]), goal=at_most(growth, GOAL_GROWTH, "flat"),
            note=f"at 1/4, 1/2, 1: {memory}",
        ),
        Row("ingest of unchanged files", again["files"] / again["seconds"], "files/s"),
        Row("disk for a million words", disk / words, "MB"),
        Row(
            "time for claims, of that for embedding", claims, goal=at_most(claims, GOAL_CLAIMS),
            note="both run at once",
        ),
    ]  # fmt: skip
    shutil.rmtree(folder)
    return rows


def _rate(figures: dict[str, Any]) -> float:
    return float(figures["passages"] / figures["seconds"])


if __name__ == "__main__":
    serve_tasks({"ours": ours, "alone": alone})
