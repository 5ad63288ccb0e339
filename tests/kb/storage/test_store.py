"""The store in a file keeps the promises of every store, and its own: locks, damage, upgrades."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from fault_harness import TO_VERSION_1
from store_contract import StoreContract
from store_samples import DIMENSION, put

from kb.errors import SchemaMismatch, StoreDamaged, StoreError, StoreLocked
from kb.storage.database import FILE_NAME
from kb.storage.store import Store

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def new_store(tmp_path_factory):
    with ExitStack() as opened:

        def new():
            data_dir = tmp_path_factory.mktemp("store")
            return lambda **options: opened.enter_context(Store.open(data_dir, **options))

        yield new


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path, write=True) as opened:
        opened.check_model("tiny", DIMENSION)
        yield opened


class TestStore(StoreContract):
    """SQLite."""


def test_nul_is_kept(store):
    document, passages = put(store, "d1", "NUL \x00 and more")
    assert document == store.document("d1")
    assert passages == store.passages_of("d1")


@pytest.mark.parametrize("removal", ["delete", "replace"])
def test_removed_text_leaves_every_file(store, tmp_path, removal):
    """Neither the database nor its log still contains the words."""
    put(store, "d1", "an unforgettable marmalade sentence")
    put(store, "d2", "something else")
    if removal == "delete":
        store.delete_document("d1")
    else:
        put(store, "d1", "another sentence")
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert [path.name for path in files if b"marmalade" in path.read_bytes()] == []
    assert store.integrity() == []


def test_the_second_writer_is_told_who_holds_the_lock(tmp_path, store):
    with pytest.raises(StoreLocked, match=f"process {os.getpid()} on "):
        Store.open(tmp_path, write=True)
    store.close()
    Store.open(tmp_path, write=True).close()


@pytest.mark.parametrize("write", [True, False])
def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path, store, write):
    """It had another table of claims, which was always empty; its documents stay."""
    put(store, "d1", "Perhaps 2040.")
    store.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.executescript(TO_VERSION_1)

    with Store.open(tmp_path, write=write) as renewed:
        assert ([], 0) == renewed.claims()
        assert ["d1"] == [document.id for document in renewed.documents()]


def test_a_newer_schema_is_refused(tmp_path, store):
    store.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(SchemaMismatch, match="999"):
        Store.open(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "store.sqlite3").write_bytes(b"not a database at all, but long enough" * 100)
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path)


def test_a_full_disk_is_named_and_loses_nothing(store):
    document, _ = put(store, "d1", "words")
    writer = store._database._writer
    (pages,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="full"):
        put(store, "d2", "long " * 100_000)
    assert [d.id for d in store.documents()] == ["d1"]
    assert store.document("d1") == document


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("UPDATE passages SET text = 'never said'", "is not what d1 says"),
        ("UPDATE passages SET char_end = 9999", "is not what d1 says"),
        ("DELETE FROM vectors", "has no vector"),
        ("UPDATE vectors SET vector = x'00'", "1 bytes, not 16"),
        ("DELETE FROM transcripts", "has no text"),
        ("UPDATE passages SET document_id = 'gone'", "missing row of documents"),
    ],
)
def test_the_integrity_check_finds_damage(tmp_path, store, damage, complaint):
    put(store, "d1", "what was said")
    assert store.integrity() == []
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute(damage)
    connection.close()
    assert any(complaint in problem for problem in store.integrity())


WRITER = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from store_samples import DIMENSION, put
from kb.storage.store import Store
store = Store.open(Path({data!r}), write=True)
store.check_model("tiny", DIMENSION)
for number in range(10**6):
    put(store, f"d{{number}}", *(f"paragraph {{number}} {{i}}" for i in range(50)))
    print(number, flush=True)
"""


CREATOR = """
import sys
sys.path.insert(0, {repository!r})
from pathlib import Path
from kb.storage.store import Store
sys.stdin.readline()
with Store.open(Path({data!r})) as store:
    print(store.documents(), store.integrity())
"""


def test_several_readers_may_create_the_store_at_once(tmp_path):
    code = CREATOR.format(repository=str(REPOSITORY), data=str(tmp_path / "new"))
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate()[0] for process in started] == ["[] []\n"] * 4


def test_a_killed_writer_loses_nothing_that_it_reported(tmp_path):
    """After kill -9 the lock is free, the store is sound, and every reported document is there."""
    paths = [str(REPOSITORY), str(REPOSITORY / "tests" / "contracts")]
    code = WRITER.format(paths=paths, data=str(tmp_path))
    for reports in (1, 7, 23):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            reported = [int(process.stdout.readline()) for _ in range(reports)]
            process.send_signal(signal.SIGKILL)
            reported += [int(line) for line in process.stdout.read().split(b"\n")[:-1]]
        with Store.open(tmp_path, write=True) as store:
            assert store.integrity() == []
            assert {f"d{number}" for number in reported} <= {d.id for d in store.documents()}
