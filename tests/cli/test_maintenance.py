"""The commands that take care of a data directory, as a user types them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from kb.storage.database import FILE_NAME


@pytest.fixture
def data_dir(three_samples, tmp_path):
    """A data directory of its own for each test."""
    return shutil.copytree(three_samples, tmp_path / "data")


def test_backup_restore_check_and_vacuum_in_a_row(kb, tmp_path):
    """Saved, deleted, vacuumed, restored; the check finds it sound each time."""
    file = str(tmp_path / "backup")
    saved = json.loads(kb("backup", file, "--json").stdout)
    assert (file, 3) == (saved["file"], saved["documents"])
    document = json.loads(kb("documents", "--json").stdout)["documents"][0]["id"]

    assert 0 == kb("delete", document, "--yes").exit_code
    vacuumed = json.loads(kb("vacuum", "--json").stdout)
    assert vacuumed["complete"]
    assert vacuumed["bytes_after"] < vacuumed["bytes_before"]
    assert 2 == json.loads(kb("check", "--json").stdout)["documents"]

    restored = json.loads(kb("restore", file, "--yes", "--json").stdout)
    assert 3 == restored["documents"]
    assert kb("check").stdout.endswith("claims: sound.\n")


def test_a_restore_over_documents_asks(kb, tmp_path):
    """Without anybody to ask, nothing is done."""
    kb("backup", str(tmp_path / "backup"))
    refused = kb("restore", str(tmp_path / "backup"))
    assert 1 == refused.exit_code
    assert "--yes" in refused.stderr


def test_a_check_names_the_problems_and_fails(kb, data_dir):
    with closing(sqlite3.connect(data_dir / FILE_NAME)) as database:
        database.execute("UPDATE passages SET text = 'never said'")
        database.commit()
    found = kb("check")
    assert 1 == found.exit_code
    assert "is not what" in found.stdout
    assert "problems." in found.stdout
    assert "Restore a backup" in found.stderr


def test_a_backup_never_replaces_a_file_silently(kb, tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years of work")
    refused = kb("backup", str(tmp_path / "thesis.txt"))
    assert 1 == refused.exit_code
    assert 2 == len(refused.stderr.splitlines())
    assert "ten years of work" == (tmp_path / "thesis.txt").read_text()
