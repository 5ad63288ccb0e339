"""The servers as fixtures. Where one is not installed its tests are skipped; in CI they fail."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from servers import MilvusServer, MissingError, Postgres, RayNodes, Replica, Server

Kind = TypeVar("Kind", bound=Server)

# Before anybody imports Ray, which reads it at import; commands that the tests start inherit it.
os.environ.update(RayNodes.DRIVER_ENVIRONMENT)


@contextmanager
def running(make: Callable[[], Kind]) -> Iterator[Kind]:
    try:
        server = make()
    except MissingError as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))
    with server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _servers_end_with_the_tests() -> Iterator[None]:
    """A terminated test run takes its servers along."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGTERM, previous)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests; each takes a database of its own from ``postgres_url``."""
    with running(Postgres) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """The address of an empty database."""
    return postgres.url(postgres.create_database())


@pytest.fixture
def primary() -> Iterator[Postgres]:
    """A server of one test, which may kill it."""
    with running(Postgres) as server:
        yield server


@pytest.fixture
def replica(primary: Postgres) -> Iterator[Replica]:
    """Follows ``primary``, which acknowledges nothing that this one does not have."""
    with primary.replica() as server:
        yield server


@pytest.fixture(scope="session")
def milvus() -> Iterator[MilvusServer]:
    with running(MilvusServer) as server:
        yield server


@pytest.fixture(scope="session")
def milvus_url(milvus: MilvusServer) -> str:
    """As the setting ``index`` takes it; collections are shared by all tests."""
    return milvus.url


@pytest.fixture(scope="module")
def ray_nodes() -> Iterator[RayNodes]:
    """Two nodes; a test that kills one brings it back."""
    with running(RayNodes) as nodes:
        yield nodes
