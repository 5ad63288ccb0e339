"""Whether search stays quick, memory flat and refusals polite while many clients press the server.

    python benchmarks/load.py [--seconds 120] [--store DATA_DIR]

Starts `kb serve` over a copy of a store (the samples, unless another is named). First one client
searches alone; then closed loops of searches and questions run, whose clients wait as long as
`Retry-After` says. At last a client leaves in the middle of an answer. Exits with 1 when a goal
is missed: search p95 below 10 times its unloaded median, no 5xx but 503 with `Retry-After`, memory
flat, the place of the client that left free within a second.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from running_server import QUERIES, ingest_samples, resident, serving

ALONE = 100
GOAL_RATIO = 10.0
GOAL_GROWTH = 1.1
GOAL_FREE_SECONDS = 1.0
TIMEOUT = 120.0


@dataclass(slots=True)
class Record:
    """What the clients saw: statuses by route, times of answered requests, broken promises."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    rude: list[str] = field(default_factory=list)

    def note(self, path: str, reply: httpx.Response, seconds: float) -> None:
        status = reply.status_code
        self.statuses[path, status] += 1
        if status == 200:
            self.seconds.setdefault(path, []).append(seconds)
        polite = status in {429, 503} and "retry-after" in reply.headers
        if status != 200 and not polite:
            self.rude.append(f"{path} {status}")


async def post(client: httpx.AsyncClient, path: str, body: dict, record: Record) -> httpx.Response:
    began = time.perf_counter()
    reply = await client.post(path, json=body)
    record.note(path, reply, time.perf_counter() - began)
    return reply


async def press(
    client: httpx.AsyncClient, path: str, name: str, first: int, end: float, record: Record
) -> None:
    """One client that asks again as soon as it has an answer, or as it is told."""
    turn = first
    while time.monotonic() < end:
        reply = await post(client, path, {name: QUERIES[turn % len(QUERIES)]}, record)
        turn += 1
        if reply.status_code != 200:
            await asyncio.sleep(float(reply.headers.get("retry-after", "1")))


async def watch_memory(pid: int, end: float) -> list[float]:
    """The resident memory of the server in MiB, twice a second."""
    found = []
    while time.monotonic() < end:
        found.append(resident(pid))
        await asyncio.sleep(0.5)
    return found


async def leave_and_wait(client: httpx.AsyncClient) -> float:
    """Seconds from leaving in the middle of an answer until its place is free."""
    body = {"question": QUERIES[3], "stream": True}
    async with client.stream("POST", "/api/ask", json=body) as reply:
        async for _ in reply.aiter_raw():
            break
    left = time.perf_counter()
    # Nothing tells when the place is free, so the metrics are asked.
    while "kb_questions 0.0" not in (await client.get("/metrics")).text:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    return time.perf_counter() - left


async def measure(pid: int, address: str, options: argparse.Namespace) -> bool:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT, limits=limits) as client:
        alone, loaded = Record(), Record()
        for turn in range(ALONE):
            await post(client, "/api/search", {"query": QUERIES[turn % len(QUERIES)]}, alone)
        end = time.monotonic() + options.seconds
        kinds = [("/api/search", "query", options.searches), ("/api/ask", "question", options.asks)]
        loops = [
            press(client, path, name, first, end, loaded)
            for path, name, count in kinds
            for first in range(count)
        ]
        memory, *_ = await asyncio.gather(watch_memory(pid, end), *loops)
        free = await leave_and_wait(client)
    return report(alone, loaded, memory, free)


def report(alone: Record, loaded: Record, memory: list[float], free: float) -> bool:
    """Prints the figures; whether all goals are met."""
    median = statistics.median(alone.seconds["/api/search"])
    searches = loaded.seconds["/api/search"]
    p95 = quantile(searches, 0.95)
    third = max(1, len(memory) // 3)
    before, after = statistics.median(memory[:third]), statistics.median(memory[-third:])
    print(f"search alone      median {1000 * median:8.1f} ms")
    print(f"search under load p50    {1000 * quantile(searches, 0.5):8.1f} ms")
    print(f"                  p95    {1000 * p95:8.1f} ms   ratio {p95 / median:.1f}")
    asks = loaded.seconds.get("/api/ask", [])
    if asks:
        print(f"ask under load    p50    {1000 * quantile(asks, 0.5):8.1f} ms")
        print(f"                  p95    {1000 * quantile(asks, 0.95):8.1f} ms")
    for (path, status), count in sorted(loaded.statuses.items()):
        print(f"{path:17} {status}    {count:8}")
    print(f"memory            first third {before:.0f} MiB, last third {after:.0f} MiB")
    print(f"client that left  place free after {1000 * free:.0f} ms")
    missed = [
        *(["search p95"] if p95 >= GOAL_RATIO * median else []),
        *(["memory"] if after >= GOAL_GROWTH * before else []),
        *(["the place of a client that left"] if free >= GOAL_FREE_SECONDS else []),
        *sorted(set(loaded.rude)),
    ]
    print("missed: " + ", ".join(missed) if missed else "all goals met")
    return not missed


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--searches", type=int, default=50)
    parser.add_argument("--asks", type=int, default=20)
    parser.add_argument("--store", type=Path, help="a data directory; it is copied")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        if options.store:
            shutil.copytree(options.store, data_dir)
        else:
            ingest_samples(data_dir)
        with serving(data_dir) as (pid, address):
            good = asyncio.run(measure(pid, address, options))
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
