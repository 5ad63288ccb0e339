"""The servers as fixtures. Where one is not installed, its tests skip; in CI they fail."""

from __future__ import annotations

import importlib.util
import os
import signal
from collections.abc import Iterator
from typing import NoReturn

import pytest
from servers import LIBRARIES, MILVUS_PROGRAM, MilvusServer, Postgres, RayNodes, Replica

# Before anybody imports Ray, which reads it at import; commands that the tests start inherit it.
os.environ.update(RayNodes.DRIVER_ENVIRONMENT)


def pytest_pycollect_makemodule() -> None:
    """Before a module that may import one of the libraries."""
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name) is None]
    if missing:
        leave_out(", ".join(missing))


def leave_out(missing: str) -> NoReturn:
    reason = f"missing: {missing}; `make cluster` installs it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _servers_end_with_the_tests() -> Iterator[None]:
    """A terminated test run takes its servers along."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGTERM, previous)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests; each takes a database of its own from ``postgres_url``."""
    with Postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """The address of an empty database."""
    return postgres.url(postgres.create_database())


@pytest.fixture
def primary() -> Iterator[Postgres]:
    """A server of one test, which may kill it."""
    with Postgres() as server:
        yield server


@pytest.fixture
def replica(primary: Postgres) -> Iterator[Replica]:
    """Follows ``primary``, which acknowledges nothing that this one does not have."""
    with primary.replica() as server:
        yield server


@pytest.fixture(scope="session")
def milvus() -> Iterator[MilvusServer]:
    if not MILVUS_PROGRAM.exists():
        leave_out("the Milvus-protocol server")
    with MilvusServer() as server:
        yield server


@pytest.fixture(scope="session")
def milvus_url(milvus: MilvusServer) -> str:
    """As the setting ``index`` takes it; collections are shared by all tests."""
    return milvus.url


@pytest.fixture(scope="module")
def ray_nodes() -> Iterator[RayNodes]:
    """Two nodes; a test that kills one brings it back."""
    with RayNodes() as nodes:
        yield nodes
