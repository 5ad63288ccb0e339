"""A real server on a free loopback port, over a store of three sample transcripts."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from kb.settings import Settings
from server.app import create_app


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a server that runs in a thread until the context ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def wait_until_ready(client: httpx.Client) -> None:
    for _ in range(600):
        if client.get("/health/ready").status_code == 200:
            return
        time.sleep(0.1)
    pytest.fail("the server did not become ready within a minute")


@pytest.fixture(scope="session")
def serve():
    """Runs any app on a real server."""
    return serving


@pytest.fixture(scope="session")
def settings(tmp_path_factory, three_samples) -> Settings:
    """A data directory that holds three sample transcripts; answers are extractive."""
    data_dir = shutil.copytree(three_samples, tmp_path_factory.mktemp("server") / "data")
    return Settings(data_dir=data_dir, llm="none", api_key=None)


@pytest.fixture(scope="session")
def client(settings) -> Iterator[httpx.Client]:
    """A client of a server that is ready."""
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        wait_until_ready(client)
        yield client
