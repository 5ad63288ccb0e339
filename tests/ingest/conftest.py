"""An empty knowledge base and a folder of two talks."""

from __future__ import annotations

from pathlib import Path

import pytest
from talks import KETTLES, LADDERS, TAXONOMY

from kb.settings import Settings


@pytest.fixture
def settings(tmp_path) -> Settings:
    """An empty data directory and a small taxonomy."""
    taxonomy = tmp_path / "taxonomy.toml"
    taxonomy.write_text(TAXONOMY)
    return Settings(data_dir=tmp_path / "data", topics_file=taxonomy, corpus_file=None)


@pytest.fixture
def without_model(settings) -> Settings:
    """The same knowledge base; loading its embedding model would fail."""
    return settings.model_copy(update={"embedding_model": "no such model"})


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "kettles.txt").write_text(KETTLES)
    (folder / "ladders.txt").write_text(LADDERS)
    return folder
