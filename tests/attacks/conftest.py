"""Hostile transcripts beside honest ones, in a real store, asked with the real models."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pipeline import ingest_paths
from kb.protocols import Embedder
from kb.settings import Settings
from kb.text.plain_text import CONTROLS

ROOT = Path(__file__).parents[2]
Finished = subprocess.CompletedProcess[str]

HONEST = "Ines Park: We fired 41 pots.\n\nTom Reed: And how many broke?\n\nInes Park: Only three.\n"


@pytest.fixture(scope="session")
def run_kb(tmp_path_factory) -> Callable[..., Finished]:
    """Runs a command as a process of its own, over a data directory of its own."""
    data_dir = tmp_path_factory.mktemp("attacked")

    def run(*arguments: str | bytes, **environment: str) -> Finished:
        settings = {"KB_DATA_DIR": str(data_dir), "KB_LLM": "none", "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *arguments],
            capture_output=True,
            text=True,
            errors="surrogateescape",
            check=False,
            timeout=120,
            env=os.environ | settings | environment,
        )

    return run


@pytest.fixture(scope="session")
def store_of(
    tmp_path_factory, default_settings: Settings, embedder: Embedder
) -> Callable[[dict[str, str]], Settings]:
    """The settings of a new store that holds the files given by name and text."""

    def store(files: dict[str, str]) -> Settings:
        folder = tmp_path_factory.mktemp("transcripts")
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        data_dir = tmp_path_factory.mktemp("store")
        settings = default_settings.model_copy(update={"data_dir": data_dir})
        assert ingest_paths(settings, [folder], embedder=embedder).refused == ()
        return settings

    return store


@pytest.fixture(scope="session")
def controls() -> re.Pattern[str]:
    """What must never reach a terminal."""
    return CONTROLS


@pytest.fixture(scope="session")
def honest() -> str:
    """A transcript that means well."""
    return HONEST
