"""Whether a server stays as it is for hours: memory, file descriptors, disk.

    python benchmarks/soak.py [--hours 4] [--pause 0.2]

Starts `kb serve` over the samples. One client searches and asks, uploads talks that change each
time, and deletes them; now and then the store is checked, backed up and vacuumed by other
processes. The figures of the first and the last third are compared (the first tenth warms up).
Exits with 1 when one of them grew, a request failed, or the store is not sound at the end.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
from running_server import QUERIES, ingest_samples, open_files, resident, run_kb, serving

from kb.backup import inspect_backup

TALK = """A chat about {subject}

Ines Quarto: How many {subject} have you counted this week, and would you count them again?

Bram Oduya: I counted {count} of them. By {year} I expect twice as many, with 60% probability.

Ines Quarto: And what would make you stop counting, if anything ever could?

Bram Oduya: Somebody who counts them better than I do. I would spend ${count} on that person.
"""
SUBJECTS = ["kettles", "ladders", "bridges", "lanterns", "anchors"]
SEARCHES, QUESTIONS = 10, 2
CARE_EVERY = 40  # rounds between two checks, backups and vacuums
WARM_UP = 0.1
GOAL_GROWTH = {"memory (MiB)": 1.10, "file descriptors": 1.05, "disk (MiB)": 1.10}


@dataclass(slots=True)
class Soak:
    """What was done, and samples of each figure, one a round."""

    rounds: int = 0
    requests: int = 0
    uploads: int = 0
    deletions: int = 0
    cares: int = 0
    failures: list[str] = field(default_factory=list)
    samples: dict[str, list[float]] = field(
        default_factory=lambda: {name: [] for name in GOAL_GROWTH}
    )


def expect(soak: Soak, reply: httpx.Response, status: int) -> httpx.Response:
    soak.requests += 1
    if reply.status_code != status:
        soak.failures.append(f"{reply.request.url.path}: {reply.status_code} {reply.text[:80]}")
    return reply


def one_round(client: httpx.Client, soak: Soak, draw: random.Random, pause: float) -> None:
    """Some searches and questions, an upload that replaces an older talk, sometimes a deletion."""
    for query in draw.choices(QUERIES, k=SEARCHES):
        hits = expect(soak, client.post("/api/search", json={"query": query}), 200).json()["hits"]
        if not hits:
            soak.failures.append(f"nothing found for {query}")
        time.sleep(pause)
    for question in draw.choices(QUERIES, k=QUESTIONS):
        expect(soak, client.post("/api/ask", json={"question": question}), 200)
        time.sleep(pause)
    subject = draw.choice(SUBJECTS)
    text = TALK.format(subject=subject, count=draw.randrange(2, 9999), year=2030 + soak.rounds % 40)
    files = {"file": (f"{subject}.txt", text.encode())}
    (document,) = expect(soak, client.post("/api/documents", files=files), 200).json()["documents"]
    soak.uploads += 1
    if draw.random() < 0.3:
        expect(soak, client.delete(f"/api/documents/{document['id']}"), 204)
        soak.deletions += 1
    soak.rounds += 1


def care(data_dir: Path, soak: Soak) -> None:
    """What an operator does beside a running server."""
    backup = data_dir.parent / "backup"
    run_kb(data_dir, "check")
    run_kb(data_dir, "backup", str(backup), "--force")
    inspect_backup(backup)
    run_kb(data_dir, "vacuum")
    soak.cares += 1


def sample(pid: int, data_dir: Path, soak: Soak) -> None:
    size = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
    for name, value in zip(
        GOAL_GROWTH, (resident(pid), open_files(pid), size / 2**20), strict=True
    ):
        soak.samples[name].append(value)


def run(hours: float, pause: float) -> Soak:
    soak, draw = Soak(), random.Random(6)
    with tempfile.TemporaryDirectory(prefix="kb-soak-") as folder:
        data_dir = Path(folder) / "data"
        ingest_samples(data_dir)
        end = time.monotonic() + 3600 * hours
        with serving(data_dir) as (pid, address), httpx.Client(base_url=address) as client:
            client.timeout = 300.0
            for number in itertools.count(1):
                one_round(client, soak, draw, pause)
                sample(pid, data_dir, soak)
                if number % CARE_EVERY == 0:
                    care(data_dir, soak)
                if time.monotonic() > end:
                    break
        run_kb(data_dir, "check")
    return soak


def growth(values: list[float]) -> tuple[float, float]:
    """Medians of the first and the last third, after the warm-up."""
    kept = values[int(WARM_UP * len(values)) :]
    third = max(1, len(kept) // 3)
    return statistics.median(kept[:third]), statistics.median(kept[-third:])


def report(soak: Soak) -> list[str]:
    """Prints the figures; gives what was missed."""
    missed = list(dict.fromkeys(soak.failures))[:5]
    print(
        f"{soak.rounds} rounds, {soak.requests} requests, {soak.uploads} uploads, "
        f"{soak.deletions} deletions, {soak.cares} checks, backups and vacuums; "
        f"{len(soak.failures)} failures\n"
    )
    print("| figure | first third | last third | largest | ratio | goal |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for name, goal in GOAL_GROWTH.items():
        before, after = growth(soak.samples[name])
        largest = max(soak.samples[name])
        ratio = after / before
        print(f"| {name} | {before:.1f} | {after:.1f} | {largest:.1f} | {ratio:.2f} | ≤ {goal} |")
        missed += [name] if ratio > goal else []
    print("missed: " + "; ".join(missed) if missed else "\nall goals met; the store is sound")
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=4.0)
    parser.add_argument("--pause", type=float, default=0.2, help="seconds after each request")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the samples, too")
    options = parser.parse_args()
    began = time.monotonic()
    soak = run(options.hours, options.pause)
    print(f"{(time.monotonic() - began) / 3600:.2f} hours: ", end="")
    if options.json:
        options.json.write_text(json.dumps(asdict(soak)))
    raise SystemExit(1 if report(soak) else 0)


if __name__ == "__main__":
    main()
