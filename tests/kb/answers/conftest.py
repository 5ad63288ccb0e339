"""Talks of a test's own, which questions are asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from ingest.pipeline import ingest_paths
from kb.knowledge_base import KnowledgeBase
from kb.protocols import Embedder
from kb.settings import Settings


@pytest.fixture(scope="session")
def open_talk(
    tmp_path_factory: pytest.TempPathFactory, default_settings: Settings, embedder: Embedder
) -> Iterator[Callable[[str], KnowledgeBase]]:
    """A knowledge base that holds one transcript in Markdown and no language model."""
    with ExitStack() as opened:

        def of(text: str) -> KnowledgeBase:
            folder = tmp_path_factory.mktemp("talk")
            (folder / "talk.md").write_text(text, encoding="utf-8")
            own = {"data_dir": folder / "store", "llm": "none"}
            settings = default_settings.model_copy(update=own)
            ingest_paths(settings, [folder / "talk.md"], embedder=embedder)
            return opened.enter_context(KnowledgeBase(settings))

        yield of
