"""Real ``kb serve`` processes on a shared store, who watches them, and an address that moves."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
import psutil
from servers import LOOPBACK, ROOT, Daemon

from kb.settings import Settings

KB = [sys.executable, "-m", "cli.main"]
SOON = 5.0
TALK = """A chat about {topic}

Ines Quarto: What would you build {topic} from, if nobody asked what it costs?

Bram Oduya: From granite. I have said so since 2019, and I was right {share}% of the time.
"""


def shared_settings(url: str, data_dir: Path) -> Settings:
    return Settings(store=url, index="pgvector", data_dir=data_dir, llm="none")


def environment_of(settings: Settings) -> dict[str, str]:
    names = {"KB_STORE": settings.store, "KB_INDEX": settings.index, "KB_LLM": settings.llm}
    return os.environ | names | {"KB_DATA_DIR": str(settings.data_dir), "PYTHONPATH": str(ROOT)}


def is_refusal(reply: httpx.Response) -> bool:
    """Whether it says in the words of the contract to come back later."""
    if reply.status_code != 503 or not reply.headers["Retry-After"].isdigit():
        return False
    error = reply.json()["error"]
    return ("unavailable", "The store does not answer.") == (error["code"], error["message"])


def wait_until(condition: Callable[[], bool], most: float = SOON) -> float:
    """How many seconds it took; fails when it takes longer than ``most``."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + most, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - began


@dataclass
class KbServer:
    """A real ``kb serve``."""

    address: str
    daemon: Daemon

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address + path, timeout=30)

    def search(self) -> httpx.Response:
        return httpx.post(f"{self.address}/api/search", json={"query": "granite"}, timeout=30)

    def ask(self) -> httpx.Response:
        question = {"question": "What would Bram Oduya build?", "mode": "extractive"}
        return httpx.post(f"{self.address}/api/ask", json=question, timeout=30)

    def upload(self, topic: str) -> httpx.Response:
        file = f"{topic}.txt", TALK.format(topic=topic, share=90).encode()
        return httpx.post(f"{self.address}/api/documents", files={"file": file}, timeout=60)

    def delete(self, document: str) -> httpx.Response:
        return httpx.delete(f"{self.address}/api/documents/{document}", timeout=30)

    def topics(self) -> dict[str, str]:
        """What the documents are about, with their ids."""
        rows = self.get("/api/documents").json()["documents"]
        return {row["title"].removeprefix("A chat about "): row["id"] for row in rows}

    def readiness(self) -> int:
        return self.get("/health/ready").status_code

    def resources(self) -> tuple[int, int]:
        """How many threads and open files the process has."""
        process = psutil.Process(self.daemon.process.pid)
        return process.num_threads(), process.num_fds()

    def faults(self) -> list[str]:
        """Lines of its log that tell of a fault of the program."""
        lines = self.daemon.log.read_text().splitlines()
        return [line for line in lines if "Traceback" in line or '"level": "error"' in line]


@contextmanager
def two_servers(settings: Settings, directory: Path) -> Iterator[tuple[KbServer, KbServer]]:
    """Two that are ready, each with an empty data directory of its own."""
    with ExitStack() as cleanup:
        daemons = [_started(settings, directory / name) for name in ("one", "two")]
        for daemon in daemons:
            cleanup.callback(daemon.kill)
        one, two = map(_ready, daemons)
        yield one, two


def _started(settings: Settings, directory: Path) -> Daemon:
    directory.mkdir()
    own = settings.model_copy(update={"data_dir": directory})
    return Daemon([*KB, "serve", "--port", "0"], directory, env=environment_of(own))


def _ready(daemon: Daemon) -> KbServer:
    daemon.wait_until(lambda: "Serving on" in daemon.log.read_text())
    server = KbServer(daemon.log.read_text().partition("Serving on ")[2].split()[0], daemon)
    daemon.wait_until(lambda: server.readiness() == 200)
    return server


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

    def statuses(self, since: float = 0) -> list[int]:
        return [status for when, status, _ in self.answers if when >= since]

    def longest(self, since: float) -> float:
        """The seconds that the slowest answer after a moment took."""
        return max(seconds for when, _, seconds in self.answers if when >= since)

    def first_answer(self, since: float) -> float:
        """How many seconds after a moment it was."""
        return min(
            when - since for when, status, _ in self.answers if status == 200 and when > since
        )

    def last_refusal(self, since: float) -> float:
        """How many seconds after a moment it was; 0 when there was none."""
        return max([0.0, *(when - since for when, status, _ in self.answers if status != 200)])


class Forwarder:
    """An address that moves, as a load balancer has it: forwards to the port ``target``."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets = [self._listener]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._sockets:
            one.close()

    def _start(self, work: Callable[..., None], *values: Any) -> None:
        self._threads.append(threading.Thread(target=work, args=values))
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
