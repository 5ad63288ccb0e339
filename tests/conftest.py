"""What many tests share: the real models, each loaded once."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, settings

from ingest.pipeline import ingest_paths
from kb.knowledge_base import KnowledgeBase
from kb.models.embed import load_embedder
from kb.models.generate import load_generator
from kb.protocols import Embedder, Generator
from kb.settings import Settings
from kb.types import Claim, Document

pytest.register_assert_rewrite("passage_index_contract", "store_contract", "store_samples")

# Machines are busy at times; how long it takes to make or to try an example is nothing to a test.
settings.register_profile(
    "busy", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("busy")

CORPUS = Path(__file__).parents[1] / "corpus"
BROWSER = Path(__file__).parent / "browser"
THREE_FILES = ("labelled_interview.txt", "podcast_with_times.md", "panel.vtt")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: its event loop and its greenlets do not get on with other tests."""
    items.sort(key=lambda item: BROWSER in item.path.parents)


PLAIN_CLAIM = Claim(
    id="c1", kind="timeline", subject="the median for AGI", topic="AGI", speaker="Ngozi Okwuosa",
    speaker_confidence=1.0, claimant=None, value=2034.0, low=None, high=None, unit="year",
    comparator="=", year_low=None, year_high=None, event_year=2034, as_of="2024-03-11", hedge=None,
    negated=False, conditional=False, condition=None, asked=False, fiction=False,
    superseded_by=None, supersedes=(), restates=None, note=None, figure="2034", figure_start=23,
    figure_end=27, quote="my median is 2034", document_id="d", title="Title", char_start=10,
    char_end=27, line_start=3, start_seconds=None,
)  # fmt: skip


@pytest.fixture(scope="session")
def make_claim() -> Callable[..., Claim]:
    """A claim that says "my median is 2034", with whatever fields a test wants otherwise."""

    def make(**fields: object) -> Claim:
        return replace(PLAIN_CLAIM, **fields)

    return make


@pytest.fixture(scope="session")
def default_settings() -> Settings:
    """The defaults, whatever the environment of the tests says about models."""
    fields = Settings.model_fields
    return Settings(embedding_model=fields["embedding_model"].default, llm=fields["llm"].default)


@pytest.fixture(scope="session")
def embedder(default_settings: Settings) -> Embedder:
    return load_embedder(default_settings)


@pytest.fixture(scope="session")
def generator(default_settings: Settings) -> Generator:
    loaded = load_generator(default_settings)
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def three_samples(tmp_path_factory, default_settings: Settings, embedder: Embedder) -> Path:
    """A data directory of three sample transcripts, to be copied by those who change theirs."""
    data_dir: Path = tmp_path_factory.mktemp("three_samples")
    settings = default_settings.model_copy(update={"data_dir": data_dir})
    report = ingest_paths(settings, [CORPUS / name for name in THREE_FILES], embedder=embedder)
    assert report.refused == ()
    return data_dir


@pytest.fixture(scope="session")
def samples(
    tmp_path_factory, default_settings: Settings, embedder: Embedder, three_samples: Path
) -> Settings:
    """A knowledge base of all sample transcripts without a language model; only to be read."""
    data_dir = shutil.copytree(three_samples, tmp_path_factory.mktemp("samples") / "data")
    settings = default_settings.model_copy(update={"data_dir": data_dir, "llm": "none"})
    assert ingest_paths(settings, [CORPUS], embedder=embedder).refused == ()
    return settings


@pytest.fixture(scope="session")
def sample_kb(samples: Settings) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(samples) as knowledge_base:
        yield knowledge_base


@pytest.fixture(scope="session")
def sample_documents(sample_kb: KnowledgeBase) -> dict[str, Document]:
    """The sample transcripts by the names of their files."""
    documents = [sample_kb.document(row.id) for row in sample_kb.documents()]
    return {Path(document.source).name: document for document in documents}


@pytest.fixture(scope="session")
def serve() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """Runs an app on a real server at a free loopback port; gives its address."""
    return serving


@pytest.fixture(scope="session")
def wait_until_ready() -> Callable[[httpx.Client], None]:
    return wait


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


def wait(client: httpx.Client) -> None:
    for _ in range(600):
        if client.get("/health/ready").status_code == 200:
            return
        time.sleep(0.1)
    pytest.fail("the server did not become ready within a minute")
