"""What many tests share: the real models, each loaded once."""

from __future__ import annotations

import pytest

from kb.embed import load_embedder
from kb.generate import load_generator
from kb.protocols import Embedder, Generator
from kb.settings import Settings


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
