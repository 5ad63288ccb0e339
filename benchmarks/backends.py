"""The embedded index, pgvector and a Milvus-protocol server side by side, measured in one run.

    python benchmarks/backends.py [--passages 50000,1000000] [--backends embedded,pgvector,milvus]
                                  [--milvus-passages 2000] [--milvus-queries 60]
                                  [--quick] [--write] [--json FILE]

It starts its servers itself (``make cluster`` installs them). ``--write`` puts the tables into
``benchmarks/RESULTS.md``. Run it on an idle machine; ratios carry over to other machines, absolute
times do not. The Milvus-protocol server is too slow for many passages: it is measured at sizes up
to ``--milvus-passages``, a size that all are measured at; few ``--milvus-queries`` make more of
them bearable. Exits with 1 when a backend does not agree with the embedded one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests" / "cluster")]

import backend_report  # noqa: E402
from backend_agreement import JudgedSuite, agreement, first, judged_suite  # noqa: E402
from backend_tasks import settings_of  # noqa: E402
from bench import processor  # noqa: E402
from processes import task  # noqa: E402
from servers import MilvusServer, Postgres  # noqa: E402

from ingest.evaluation.suites import Workshop, default_cache, default_data  # noqa: E402
from kb.settings import Settings  # noqa: E402

SCRIPT = "backend_tasks.py"
BACKENDS = ("embedded", "pgvector", "milvus")
BASELINE = "embedded"
POSTGRES_SETTINGS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "maintenance_work_mem": "2GB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
}
WAYS = {"1 process, 4 threads": (1, 4), "2 processes, 2 threads each": (2, 2)}
LIBRARIES = ("faiss-cpu", "tantivy", "psycopg", "pymilvus")
INDEX_TABLES = "'^passage_(vectors|terms|lengths|totals)_'"


@dataclass(frozen=True, slots=True)
class Servers:
    """Those that run, where a backend among the measured ones needs them."""

    postgres: Postgres | None
    milvus: MilvusServer | None

    @classmethod
    @contextmanager
    def started(cls, backends: Sequence[str]) -> Iterator[Servers]:
        with ExitStack() as stack:
            needs_postgres, needs_milvus = (
                {"pgvector", "milvus"} & {*backends},
                "milvus" in backends,
            )
            yield cls(
                stack.enter_context(Postgres(**POSTGRES_SETTINGS)) if needs_postgres else None,
                stack.enter_context(MilvusServer()) if needs_milvus else None,
            )

    @contextmanager
    def place(self, backend: str, data_dir: Path) -> Iterator[Place]:
        """Room for a store and its index, given back at the end."""
        if backend == BASELINE:
            yield Place(data_dir, "", "", 0)
            return
        assert self.postgres is not None
        assert self.postgres.daemon is not None
        database = self.postgres.create_database()
        index, daemon = "pgvector", self.postgres.daemon
        if backend == "milvus":
            assert self.milvus is not None
            assert self.milvus.daemon is not None
            index, daemon = self.milvus.url, self.milvus.daemon
        yield Place(data_dir, self.postgres.url(database), index, daemon.process.pid)
        self.postgres.run(f"DROP DATABASE {database} WITH (FORCE)")

    @property
    def versions(self) -> str:
        if self.postgres is None:
            return ""
        query = (
            "SELECT current_setting('server_version'), default_version "
            "FROM pg_available_extensions WHERE name = 'vector'"
        )
        [(server, extension)] = self.postgres.run(query)
        return f", PostgreSQL {server}, pgvector {extension}"

    def settle(self, database: str) -> None:
        """What autovacuum does before long, done now."""
        assert self.postgres is not None
        self.postgres.run("VACUUM (ANALYZE)", database)

    def table_bytes(self, database: str, *, index: bool) -> int:
        assert self.postgres is not None
        query = (
            "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' "
            f"AND relnamespace = 'public'::regnamespace AND relname {'' if index else '!'}~ "
        )
        [(size,)] = self.postgres.run(query + INDEX_TABLES, database)
        return int(size or 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A store and its index; ``server`` is the process id of whoever searches, 0 for nobody."""

    data_dir: Path
    store: str
    index: str
    server: int

    @property
    def arguments(self) -> tuple[str, str, str]:
        return str(self.data_dir), self.store, self.index

    @property
    def settings(self) -> Settings:
        return settings_of(*self.arguments)

    @property
    def database(self) -> str:
        return self.store.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is measured."""

    queries: int
    queries_slowly: int  # by the Milvus-protocol server
    seconds: float  # of each throughput
    judged: int  # queries of the suite
    judged_slowly: int  # by the Milvus-protocol server


FULL = Amounts(60, 60, 8.0, 1_000, 20)
QUICK = Amounts(3, 3, 0.3, 3, 3)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the script, with its files in ``folder``."""

    folder: Path
    servers: Servers
    amounts: Amounts
    suite: JudgedSuite

    def measured(self, backend: str, count: int) -> Iterator[dict[str, Any]]:
        """The figures of a backend at a size, more of them each time, so that none gets lost.

        What is truly nearest is found once for all.
        """
        truth = self.folder / f"truth-{count}.npz"
        found: dict[str, Any] = {"passages": count}
        with self.servers.place(backend, self.folder / f"{backend}-{count}") as place:
            _tell(f"{count:,} passages into {backend}")
            base = self.suite.settings.data_dir
            found["load"] = task(SCRIPT, "load", *place.arguments, count, base)
            if place.store:
                self.servers.settle(place.database)
            found["bytes"] = _bytes(place, self.servers)
            if not truth.exists():
                task(SCRIPT, "truth", *place.arguments, self.amounts.queries, truth)
            _tell(f"{count:,} passages in {backend}, one question at a time")
            slow = backend == "milvus"
            asked = self.amounts.queries_slowly if slow else self.amounts.queries
            timed = asked, truth, place.server
            found["queries"] = asked
            found["search"] = task(SCRIPT, "search", *place.arguments, *timed)
            found["press"] = {}
            yield found
            for way, (processes, threads) in WAYS.items():
                _tell(f"{count:,} passages in {backend}, {way}")
                found["press"][way] = _pressed(place, processes, threads, self.amounts.seconds)
                yield found

    def agreement(self, backend: str, judged: int) -> dict[str, Any]:
        """What a backend finds of the suite, and where it is too far from the embedded one."""
        suite = first(self.suite, judged)
        with self.servers.place(backend, self.folder / f"suite-{backend}") as place:
            settings = {BASELINE: suite.settings, backend: place.settings}
            found = agreement(suite, settings, BASELINE)
        missed = found.misses(BASELINE)
        for line in missed:
            _tell(f"missed: {line}")
        return asdict(found) | {"missed": missed}


def main() -> int:
    options = parsed()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # servers end with this script
    amounts = QUICK if options.quick else FULL
    amounts = replace(amounts, queries_slowly=options.milvus_queries or amounts.queries_slowly)
    workshop = Workshop(Settings(llm="none"), default_data(), options.cache, _embedded)
    suite = judged_suite(options.suite, workshop)
    figures: dict[str, Any] = {"about": _about(), "sizes": {}, "agreement": []}
    with (
        tempfile.TemporaryDirectory(prefix="kb-backends-") as folder,
        Servers.started(options.backends) as servers,
    ):
        figures["about"]["versions"] += servers.versions
        run = Run(Path(folder), servers, amounts, suite)
        for count in sorted({*options.passages, *_milvus_size(options)}):
            figures["sizes"][count] = {}
            for backend in _at(count, options):
                for found in run.measured(backend, count):
                    figures["sizes"][count][backend] = found
                    _save(options, figures)
        for backend, judged in (("pgvector", amounts.judged), ("milvus", amounts.judged_slowly)):
            if {BASELINE, backend} <= {*options.backends}:
                figures["agreement"].append(run.agreement(backend, judged))
                _save(options, figures)
    text = backend_report.section(figures)
    print(text)
    if options.write:
        backend_report.write(text)
    return 1 if any(found["missed"] for found in figures["agreement"]) else 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Print the backends side by side.")
    parser.add_argument("--passages", type=_numbers, help="numbers of passages, with commas")
    parser.add_argument("--milvus-passages", type=int, help="their number for milvus")
    parser.add_argument("--milvus-queries", type=int, help="how many it is asked one by one")
    parser.add_argument("--backends", type=_backends, default=BACKENDS)
    parser.add_argument(
        "--suite", default="audrow" if default_data() else "samples", help="queries for agreement"
    )
    parser.add_argument("--cache", type=Path, default=default_cache(), help="of the suite's store")
    parser.add_argument("--quick", action="store_true", help="only to see that it runs")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    options = parser.parse_args()
    options.passages = options.passages or ((300,) if options.quick else (50_000, 1_000_000))
    options.milvus_passages = options.milvus_passages or (300 if options.quick else 2_000)
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.replace("_", "").split(","))


def _backends(text: str) -> tuple[str, ...]:
    named = {*text.split(",")}
    if not named <= {*BACKENDS}:
        raise argparse.ArgumentTypeError(f"backends are {', '.join(BACKENDS)}")
    return tuple(name for name in BACKENDS if name in named)


def _milvus_size(options: argparse.Namespace) -> tuple[int, ...]:
    return (options.milvus_passages,) if "milvus" in options.backends else ()


def _at(count: int, options: argparse.Namespace) -> list[str]:
    """The backends that are measured at a size, the embedded one first."""
    slow = count > options.milvus_passages
    return [backend for backend in options.backends if not (slow and backend == "milvus")]


def _pressed(place: Place, processes: int, threads: int, seconds: float) -> dict[str, float]:
    """Searches a second of all processes together, by filter."""
    with tempfile.TemporaryDirectory() as meeting, ThreadPoolExecutor(processes) as pool:
        arguments = (*place.arguments, threads, seconds, meeting, processes)
        runs = [pool.submit(task, SCRIPT, "press", *arguments) for _ in range(processes)]
        rates = [run.result() for run in runs]
    return {name: sum(rate[name] for rate in rates) for name in rates[0]}


def _bytes(place: Place, servers: Servers) -> dict[str, int]:
    if not place.store:
        index = _size(place.data_dir / "indexes")
        return {"store": _size(place.data_dir) - index, "index": index}
    store = servers.table_bytes(place.database, index=False)
    if place.index == "pgvector":
        return {"store": store, "index": servers.table_bytes(place.database, index=True)}
    assert servers.milvus is not None
    return {"store": store, "index": _size(servers.milvus.directory / "data")}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _about() -> dict[str, Any]:
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    return {
        "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
        "processor": processor(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "versions": ", ".join(versions),
        "settings": ", ".join(f"{name} = {value}" for name, value in POSTGRES_SETTINGS.items()),
    }


def _save(options: argparse.Namespace, figures: dict[str, Any]) -> None:
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _embedded(done: int, total: int) -> None:
    _tell(f"{done:,} of {total:,} passages of the suite embedded")


def _tell(text: str) -> None:
    print(f"backends: {time.strftime('%X')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
