"""What was deleted is gone from everything that is stored, and after a vacuum from the disk."""

from __future__ import annotations

import os
import subprocess
import sys

from kb.search.indexes import IndexSet
from kb.storage.store import Store

RARE_WORD = b"decoration"
SENTENCE = b"A free alarm is decoration."


def kb(data_dir, *arguments):
    environment = os.environ | {"KB_LLM": "none", "KB_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def holding(data_dir, wanted: bytes) -> list[str]:
    """The files below a data directory that hold some bytes."""
    files = [path for path in data_dir.rglob("*") if path.is_file()]
    return [path.name for path in files if wanted in path.read_bytes()]


def test_a_deleted_document_is_nowhere(old_copy):
    """Deleted, restarted, vacuumed: no statement of SQL, no search by words or vector, no cache of
    a process that runs, and no byte of any file knows it.
    """
    with Store.open(old_copy) as running:
        indexes = IndexSet.open(running, old_copy)
        document = next(d for d in running.documents() if "kettles" in d.title)
        passages = running.passages_of(document.id)
        (vector, *_) = running.vectors_for([p.id for p in passages])
        assert "store.sqlite3" in holding(old_copy, SENTENCE)
        assert "store.sqlite3" in holding(old_copy, vector.tobytes())

        assert 0 == kb(old_copy, "delete", document.id, "--yes").returncode
        indexes.refresh()

        assert running.documents_by_id([document.id]) == {}
        assert running.passages([p.id for p in passages]) == {}
        assert running.passages_of(document.id) == []
        assert not {p.id for p in passages} & set(indexes.dense.search(vector[None], 10)[0])
        assert [] == indexes.lexical.search("decoration", 10)
        assert "no document" in kb(old_copy, "show", document.id).stderr
    vacuum = kb(old_copy, "vacuum")
    assert 0 == vacuum.returncode, vacuum.stderr
    for trace in (SENTENCE, RARE_WORD, vector.tobytes(), document.id.encode()):
        assert [] == holding(old_copy, trace), trace
    assert 0 == kb(old_copy, "check").returncode


def test_a_vacuum_that_a_reader_holds_up_says_so(old_copy):
    """A reader in an older snapshot keeps the old text alive: status 1, and what to do."""
    with Store.open(old_copy) as reader, reader.snapshot():
        with Store.open(old_copy, write=True) as store:
            store.delete_document(store.documents()[0].id)
        held = kb(old_copy, "vacuum")
    assert 1 == held.returncode
    assert "Run `kb vacuum` again" in held.stderr
    assert 0 == kb(old_copy, "vacuum").returncode
    assert [] == holding(old_copy, SENTENCE)


def test_leftovers_of_a_killed_ingest_go_with_a_vacuum(old_copy):
    """A generation that was never made current, and one that was set aside."""
    folder = old_copy / "indexes" / "passages"
    for name in ("gen-deadbeef", "damaged-gen-0badf00d"):
        (folder / name).mkdir()
        (folder / name / "text").write_bytes(SENTENCE)
    assert 0 == kb(old_copy, "vacuum").returncode
    assert [] == [name for name in holding(old_copy, SENTENCE) if name == "text"]
