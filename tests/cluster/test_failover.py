"""The PostgreSQL of the store dies: nothing acknowledged is lost, servers go on with another."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
from servers import LOOPBACK, ROOT, Daemon, Postgres, Replica

from ingest.pipeline import ingest_paths
from kb.backends import open_indexes, open_store
from kb.errors import StoreUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.postgres.database import PostgresDatabase
from kb.settings import Settings

KB = [sys.executable, "-m", "cli.main"]
SAMPLES = [ROOT / "corpus" / name for name in ("labelled_interview.txt", "panel.vtt")]
TALK = """A chat about {topic}

Ines Quarto: What would you build {topic} from, if nobody asked what it costs?

Bram Oduya: From granite. I have said so since 2019, and I was right {share}% of the time.
"""
LONGEST_ANSWER = 5.0
SOON = 5.0


def shared_settings(url: str, data_dir: Path, **others: Any) -> Settings:
    return Settings(store=url, index="pgvector", data_dir=data_dir, llm="none", **others)


def environment_of(settings: Settings) -> dict[str, str]:
    names = {"KB_STORE": settings.store, "KB_INDEX": settings.index, "KB_LLM": settings.llm}
    return os.environ | names | {"KB_DATA_DIR": str(settings.data_dir)}


def url_of(database: str, *servers: Postgres, options: str = "") -> str:
    hosts = ",".join(f"{LOOPBACK}:{server.port}" for server in servers)
    return f"postgresql://postgres@{hosts}/{database}{options}"


@pytest.fixture
def database(primary: Postgres, replica: Replica) -> str:
    """The name of an empty database that both servers have."""
    name = primary.create_database()
    replica.catch_up()
    return name


# --- ingest -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_an_ingest_reported_is_there_after_its_primary_died(
    tmp_path, primary, replica, database
):
    settings = shared_settings(url_of(database, primary, replica), tmp_path / "data")
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(60):
        text = TALK.format(topic=f"bridge {number}", share=number)
        (folder / f"talk{number:02}.txt").write_text(text)
    command = [*KB, "ingest", str(folder)]
    options: dict[str, Any] = {"text": True, "env": environment_of(settings), "cwd": ROOT}
    with subprocess.Popen(command, stderr=subprocess.PIPE, **options) as process:
        assert process.stderr is not None
        told = [process.stderr.readline() for _ in range(7)]
        primary.kill()
        died = time.monotonic()
        told += process.stderr.readlines()
    assert 1 == process.returncode
    assert time.monotonic() < died + LONGEST_ANSWER
    *reported, error, hint = told
    assert error.startswith("Error: PostgreSQL 127.0.0.1:"), error
    assert "KB_STORE" in hint
    replica.promote()
    with open_store(settings) as store:
        names = {Path(summary.source).name for summary in store.documents()}
        assert [] == store.integrity()
    acknowledged = {name for line in reported for name in re.findall(r"talk\d+\.txt", line)}
    assert 7 <= len(acknowledged) < 60
    assert acknowledged <= names
    again = subprocess.run(command, capture_output=True, check=False, **options)
    assert 0 == again.returncode, again.stderr
    with open_store(settings) as store:
        assert 60 == len(store.documents())
        assert [] == store.integrity()
        indexes = open_indexes(settings, store)
        assert indexes.state == store.state
        assert store.passage_count() == indexes.current.document_count


# --- servers ----------------------------------------------------------------------------------


class Forwarder:
    """An address that moves, as a load balancer has it: forwards to the port ``target``."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._listener, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in (self._listener, *self._sockets):
            one.close()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@{LOOPBACK}:{self.port}/{database}"

    def _start(self, work: Callable[..., None], *values: Any) -> None:
        self._threads.append(threading.Thread(target=work, args=values, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                try:
                    server = socket.create_connection((LOOPBACK, self.target))
                except OSError:
                    client.shutdown(socket.SHUT_RDWR)
                    continue
                self._sockets.append(server)
                self._start(self._copy, client, server)
                self._start(self._copy, server, client)

    @staticmethod
    def _copy(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


@dataclass
class KbServer:
    """A real ``kb serve``."""

    address: str
    daemon: Daemon

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address + path, timeout=30)

    def search(self) -> httpx.Response:
        return httpx.post(f"{self.address}/api/search", json={"query": "reactor"}, timeout=30)

    def upload(self, name: str) -> httpx.Response:
        text = TALK.format(topic=name, share=90)
        files = {"file": (f"{name}.txt", text.encode())}
        return httpx.post(f"{self.address}/api/documents", files=files, timeout=60)

    def readiness(self) -> int:
        return self.get("/health/ready").status_code


@contextmanager
def two_servers(settings: Settings, tmp_path: Path) -> Iterator[tuple[KbServer, KbServer]]:
    """Two that are ready; what differs between them is only their empty data directories."""
    with ExitStack() as cleanup:
        servers = []
        for name in ("one", "two"):
            directory = tmp_path / name
            directory.mkdir()
            own = settings.model_copy(update={"data_dir": directory})
            command = [*KB, "serve", "--port", "0"]
            daemon = Daemon(command, directory, env=environment_of(own) | {"PYTHONPATH": str(ROOT)})
            cleanup.callback(daemon.kill)
            servers.append(daemon)
        made = []
        for daemon in servers:
            daemon.wait_until(lambda log=daemon.log: "Serving on" in log.read_text())
            line = next(x for x in daemon.log.read_text().splitlines() if "Serving on" in x)
            made.append(KbServer(line.split()[-1], daemon))
        for server in made:
            server.daemon.wait_until(lambda server=server: server.readiness() == 200)
        yield made[0], made[1]


@dataclass
class Watch:
    """Asks servers again and again, and remembers what they said: (when, status, seconds)."""

    servers: tuple[KbServer, ...]
    answers: list[tuple[float, int, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[Self]:
        ended = threading.Event()
        threads = [
            threading.Thread(target=self._ask, args=(server, ended)) for server in self.servers
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    def _ask(self, server: KbServer, ended: threading.Event) -> None:
        while not ended.wait(0.2):
            for ask in (server.search, lambda: server.get("/api/documents")):
                began = time.monotonic()
                reply = ask()
                now = time.monotonic()
                self.answers.append((now, reply.status_code, now - began))
                if not (reply.status_code == 200 or is_refusal(reply)):
                    self.wrong.append(f"{reply.status_code} {reply.headers} {reply.text}")

    def statuses(self, since: float, until: float = float("inf")) -> list[int]:
        return [status for when, status, _ in self.answers if since <= when <= until]

    def longest(self) -> float:
        return max(seconds for _, _, seconds in self.answers)

    def recovered(self, since: float) -> float:
        """Seconds from a moment to the last refusal after it."""
        return max((when - since for when, status, _ in self.answers if status != 200), default=0.0)


def is_refusal(reply: httpx.Response) -> bool:
    """Whether it says in the words of the contract to come back later."""
    return (
        reply.status_code == 503
        and reply.headers["Retry-After"].isdigit()
        and reply.json()["error"]["code"] == "unavailable"
        and reply.json()["error"]["message"] == "The store does not answer."
    )


def wait_until(condition: Callable[[], bool], seconds: float = SOON) -> float:
    """How long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + seconds, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - began


def report(record: Any, **figures: object) -> None:
    for name, value in figures.items():
        record(name, value)


@pytest.mark.slow
def test_two_servers_go_on_with_the_promoted_replica(
    tmp_path, primary, replica, database, embedder, record_property
):
    """Reads never stop for long; changes are refused until there is a primary again."""
    settings = shared_settings(url_of(database, primary, replica), tmp_path / "data")
    assert () == ingest_paths(settings, SAMPLES, embedder=embedder).refused
    with two_servers(settings, tmp_path) as servers, Watch(servers).running() as watch:
        one, two = servers
        assert 200 == one.upload("kettles").status_code
        time.sleep(1)
        assert {200} == set(watch.statuses(0))
        primary.kill()
        killed = time.monotonic()
        refused = one.upload("ladders")
        assert is_refusal(refused), refused.text
        assert is_refusal(httpx.delete(f"{two.address}/api/documents/{first_id(two)}"))
        refused_for = time.monotonic() - killed
        time.sleep(1)
        replica.promote()
        promoted = time.monotonic()
        until_upload = wait_until(lambda: one.upload("ladders").status_code == 200)
        assert "A chat about ladders" in titles(two)
        assert [200, 200] == [one.readiness(), two.readiness()]
        time.sleep(1)
    assert [] == watch.wrong
    assert {200} == set(watch.statuses(promoted + SOON / 2))
    assert LONGEST_ANSWER > watch.longest()
    report(
        record_property, until_upload=until_upload, refused=watch.statuses(killed).count(503),
        answered=watch.statuses(killed).count(200), longest=watch.longest(),
        last_refusal_after_the_kill=watch.recovered(killed), two_refusals_took=refused_for,
    )  # fmt: skip


def first_id(server: KbServer) -> str:
    return str(server.get("/api/documents").json()["documents"][0]["id"])


def titles(server: KbServer) -> list[str]:
    return [row["title"] for row in server.get("/api/documents").json()["documents"]]


@pytest.mark.slow
def test_two_servers_follow_an_address_that_moves(
    tmp_path, primary, replica, database, embedder, record_property
):
    """In between they say 503, not ready, and do not grow; they start while nothing is there."""
    with Forwarder(primary.port) as address:
        settings = shared_settings(address.url(database), tmp_path / "data")
        assert () == ingest_paths(settings, SAMPLES, embedder=embedder).refused
        with two_servers(settings, tmp_path) as servers, Watch(servers).running() as watch:
            time.sleep(1)
            before = [resources(server) for server in servers]
            primary.kill()
            killed = time.monotonic()
            took = wait_until(lambda: [503, 503] == [server.readiness() for server in servers])
            metrics = servers[0].get("/metrics")
            assert 200 == metrics.status_code
            assert "kb_index_revision " not in metrics.text
            time.sleep(3)
            assert {503} == set(watch.statuses(killed + 0.5))
            replica.promote()
            address.target = replica.port
            moved = time.monotonic()
            back = wait_until(lambda: [200, 200] == [server.readiness() for server in servers])
            uploaded = servers[1].upload("ladders")
            assert 200 == uploaded.status_code
            time.sleep(1)
            after = [resources(server) for server in servers]
    assert [] == watch.wrong
    assert SOON > watch.recovered(moved)
    assert LONGEST_ANSWER > watch.longest()
    for (threads, files), (threads_after, files_after) in zip(before, after, strict=True):
        assert threads + 2 >= threads_after
        assert files + 4 >= files_after
    report(
        record_property, unready_after=took, ready_after=back, longest=watch.longest(),
        last_refusal_after_the_move=watch.recovered(moved), before=before,
        refused=watch.statuses(killed).count(503), after=after,
    )  # fmt: skip


def resources(server: KbServer) -> tuple[int, int]:
    """How many threads and open files the process has."""
    import psutil

    process = psutil.Process(server.daemon.process.pid)
    return process.num_threads(), process.num_fds()


# --- one process ------------------------------------------------------------------------------


def test_reads_go_to_the_replica_where_the_address_says_so(tmp_path, primary, replica, database):
    url = url_of(database, primary, replica, options="?target_session_attrs=prefer-standby")
    database_of_store = PostgresDatabase(url, write=True)
    try:
        in_recovery = "SELECT pg_is_in_recovery()"
        with database_of_store.reading() as connection:
            assert (True,) == connection.execute(in_recovery).fetchone()
        with database_of_store.writing() as connection:
            assert (False,) == connection.execute(in_recovery).fetchone()
            connection.execute("INSERT INTO metadata VALUES ('seen', 'at once')")
        with database_of_store.reading() as connection:
            query = "SELECT value FROM metadata WHERE key = 'seen'"
            assert ("at once",) == connection.execute(query).fetchone()
        replica.kill()
        with database_of_store.reading() as connection:
            assert (False,) == connection.execute(in_recovery).fetchone()
    finally:
        database_of_store.close()


def test_a_snapshot_whose_server_dies_fails_alone(primary, tmp_path):
    """The thread that held it reads again as soon as there is a server."""
    settings = shared_settings(primary.url(primary.create_database()), tmp_path)
    with KnowledgeBase(settings) as knowledge_base:
        store = knowledge_base.store
        with pytest.raises(StoreUnavailable):  # noqa: PT012  the snapshot has to fail, too
            with store.snapshot():
                primary.kill()
                store.documents()
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(StoreUnavailable):
                store.documents()
        assert not store.available()
        assert time.monotonic() < began + 1
        primary.start()
        assert [] == store.documents()
        assert store.available()
