"""A real server on a free loopback port, over a store of three sample transcripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import httpx
import pytest

from kb.settings import Settings
from server.app import create_app


@pytest.fixture(scope="session")
def settings(tmp_path_factory, three_samples) -> Settings:
    """A data directory that holds three sample transcripts; answers are extractive."""
    data_dir = shutil.copytree(three_samples, tmp_path_factory.mktemp("server") / "data")
    return Settings(data_dir=data_dir, llm="none", api_key=None)


@pytest.fixture(scope="session")
def client(settings, serve, wait_until_ready) -> Iterator[httpx.Client]:
    """A client of a server that is ready."""
    with (
        serve(create_app(settings)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        wait_until_ready(client)
        yield client
