"""The command line over a store of three sample transcripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from ingest.pipeline import ingest_paths
from kb.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = ("labelled_interview.txt", "podcast_with_times.md", "panel.vtt")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory) -> Path:
    """A data directory that holds three sample transcripts."""
    data_dir = tmp_path_factory.mktemp("cli")
    report = ingest_paths(Settings(data_dir=data_dir), [CORPUS / name for name in FILES])
    assert report.refused == ()
    return data_dir


@pytest.fixture
def kb(data_dir, monkeypatch):
    """Runs a command in this process over the sample transcripts."""
    monkeypatch.setenv("KB_DATA_DIR", str(data_dir))
    monkeypatch.setenv("KB_LLM", "none")

    def run(*arguments: str, **options):
        return CliRunner().invoke(app, arguments, **options)

    return run
