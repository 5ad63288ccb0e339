"""The command line over a store of three sample transcripts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory, three_samples) -> Path:
    """A data directory that holds three sample transcripts."""
    return shutil.copytree(three_samples, tmp_path_factory.mktemp("cli") / "data")


@pytest.fixture
def kb(data_dir, monkeypatch):
    """Runs a command in this process over the sample transcripts."""
    monkeypatch.setenv("KB_DATA_DIR", str(data_dir))
    monkeypatch.setenv("KB_LLM", "none")

    def run(*arguments: str, **options):
        return CliRunner().invoke(app, arguments, **options)

    return run
