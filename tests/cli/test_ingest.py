"""Ingesting and deleting on the command line."""

from __future__ import annotations

import json

import pytest

KETTLES = """A chat about kettles

Ines Quarto: Which alarm would you trust in a reactor that never sleeps?

Bram Oduya: I would trust the one that costs money when it rings. A free alarm is decoration.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one transcript and one file that is none; an empty knowledge base."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "kettles.txt").write_text(KETTLES)
    (folder / "noise.bin").write_bytes(bytes(range(256)))
    return folder


@pytest.fixture
def fresh(kb, tmp_path, monkeypatch):
    """Runs commands over an empty knowledge base."""
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "data"))
    return kb


def test_a_refused_file_is_named_and_does_not_stop_the_others(fresh, folder):
    files = [str(folder / "kettles.txt"), str(folder / "noise.bin")]
    result = fresh("ingest", *files)
    assert result.exit_code == 3, result.stderr
    assert "refused" in result.stdout
    assert "noise.bin" in result.stdout
    assert "1 added, 1 refused" in result.stdout
    assert "1/2" in result.stderr


def test_unchanged_files_are_nothing_to_do(fresh, folder):
    fresh("ingest", str(folder / "kettles.txt"))
    result = fresh("ingest", str(folder / "kettles.txt"))
    assert result.exit_code == 0
    assert "Nothing to do" in result.stdout


def test_what_was_ingested_is_one_json_value(fresh, folder):
    result = fresh("ingest", str(folder / "kettles.txt"), "--json")
    report = json.loads(result.stdout)
    (document,) = report["documents"]
    assert document["status"] == "added"
    assert document["source"].endswith("kettles.txt")
    assert report["refused"] == []


def test_deleting_asks_first_and_without_an_answer_deletes_nothing(fresh, folder):
    fresh("ingest", str(folder / "kettles.txt"))
    refused = fresh("delete", "kettles.txt")
    assert refused.exit_code == 1
    assert "--yes" in refused.stderr
    assert fresh("delete", "kettles.txt", "--yes").exit_code == 0
    assert json.loads(fresh("documents", "--json").stdout) == {"documents": []}
