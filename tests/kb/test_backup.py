"""A backup is whole and sound or it is not there, and a restore gives back what it holds."""

from __future__ import annotations

import itertools
import random
import shutil
import sqlite3
import threading
import time
from contextlib import closing

import pytest
from fault_harness import TO_VERSION_2

from kb.backup import back_up, inspect_backup, restore
from kb.check import check_store
from kb.errors import InputError, NotFound, SchemaMismatch, StoreDamaged, StoreLocked
from kb.search.indexes import index_status
from kb.settings import Settings
from kb.storage.database import FILE_NAME
from kb.storage.relational import next_revision
from kb.storage.store import Store


@pytest.fixture
def data_dir(three_samples, tmp_path):
    return shutil.copytree(three_samples, tmp_path / "data")


def texts(data_dir):
    with Store.open(data_dir) as store:
        return {row.id: store.document(row.id).text for row in store.documents()}


def delete_first(data_dir):
    with Store.open(data_dir, write=True) as store:
        store.delete_document(store.documents()[0].id)


def test_what_was_lost_comes_back(data_dir, tmp_path):
    """A document deleted after the backup is there again, with claims, vectors and indexes."""
    before = texts(data_dir)
    made = back_up(data_dir, tmp_path / "backup")
    delete_first(data_dir)
    assert before != texts(data_dir)

    assert made == restore(data_dir, tmp_path / "backup")

    assert before == texts(data_dir)
    assert 3 == made.documents
    assert () == check_store(Settings(data_dir=data_dir)).problems
    with Store.open(data_dir) as store:
        assert index_status(store, data_dir).problem is None


def test_a_restore_into_an_empty_directory_makes_it(data_dir, tmp_path):
    back_up(data_dir, tmp_path / "backup")
    restore(tmp_path / "elsewhere", tmp_path / "backup")
    assert texts(data_dir) == texts(tmp_path / "elsewhere")


def test_readers_go_over_to_what_was_restored(data_dir, tmp_path):
    """A process that has the store open needs no restart, and its caches show nothing old."""
    before = texts(data_dir)
    back_up(data_dir, tmp_path / "backup")
    with Store.open(data_dir) as reader:
        delete_first(data_dir)
        assert 2 == len(reader.documents())
        with reader.snapshot():
            restore(data_dir, tmp_path / "backup")
            assert 2 == len(reader.documents())
        assert before == {row.id: reader.document(row.id).text for row in reader.documents()}


def test_a_backup_beside_a_writer_shows_one_moment(data_dir, tmp_path):
    """Two documents are replaced together, again and again, while backups are made: in each, both
    have the same version.
    """
    with Store.open(data_dir, write=True) as store:
        rows = store.documents()[:2]
        documents = [store.document(row.id) for row in rows]
        done = threading.Event()

        def write() -> None:
            for version in itertools.takewhile(lambda _: not done.is_set(), itertools.count()):
                with store._database.writing() as connection:
                    for document in documents:
                        statement = "UPDATE documents SET title = ? WHERE id = ?"
                        connection.execute(statement, (f"version {version}", document.id))
                    next_revision(connection)

        writer = threading.Thread(target=write)
        writer.start()
        while not any(row.title.startswith("version") for row in store.documents()):
            time.sleep(0.01)
        versions = []
        for _ in range(10):
            back_up(data_dir, tmp_path / "backup", replace=True)
            with closing(sqlite3.connect(tmp_path / "backup")) as copy:
                query = "SELECT title FROM documents WHERE id IN (?, ?)"
                versions.append({t for (t,) in copy.execute(query, [d.id for d in documents])})
        done.set()
        writer.join()
    assert [1] * 10 == [len(titles) for titles in versions]
    assert len({str(titles) for titles in versions}) > 1


def test_an_older_backup_is_replaced_only_when_told(data_dir, tmp_path):
    back_up(data_dir, tmp_path / "backup")
    delete_first(data_dir)
    with pytest.raises(InputError, match="exists") as refused:
        back_up(data_dir, tmp_path / "backup")
    assert "--force" in refused.value.hint
    assert 3 == inspect_backup(tmp_path / "backup").documents
    assert 2 == back_up(data_dir, tmp_path / "backup", replace=True).documents


def test_nothing_is_left_beside_the_backup(data_dir, tmp_path):
    back_up(data_dir, tmp_path / "backup")
    assert ["backup", "data"] == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("directory", "file"), [("nothing here", "backup"), ("data", "no such folder/backup")]
)
def test_what_does_not_exist_is_named(data_dir, tmp_path, directory, file):
    with pytest.raises(NotFound):
        back_up(tmp_path / directory, tmp_path / file)


def test_a_store_that_is_not_sound_is_not_backed_up(data_dir, tmp_path):
    """A quote that is not in its document: an older, sound backup must not be replaced by that."""
    with Store.open(data_dir, write=True) as store, store._database.writing() as connection:
        connection.execute("UPDATE claims SET quote = 'never said'")
    with pytest.raises(StoreDamaged, match="is not what"):
        back_up(data_dir, tmp_path / "backup")
    assert ["data"] == [path.name for path in tmp_path.iterdir()]


def nonsense(path):
    path.write_bytes(random.Random(6).randbytes(50_000))


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def another_database(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
        database.commit()


def forged_quote(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE passages SET text = 'never said'")
        database.commit()


def of_the_future(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (nonsense, InputError),
        (cut, (InputError, StoreDamaged)),
        (another_database, InputError),
        (forged_quote, StoreDamaged),
        (of_the_future, SchemaMismatch),
    ],
)
def test_what_is_no_sound_backup_is_not_restored(data_dir, tmp_path, spoil, error):
    """The store stays as it is."""
    before = texts(data_dir)
    back_up(data_dir, tmp_path / "backup")
    spoil(tmp_path / "backup")
    with pytest.raises(error):
        restore(data_dir, tmp_path / "backup")
    assert before == texts(data_dir)


def test_a_backup_of_an_older_version_is_brought_up_to_date(data_dir, tmp_path):
    back_up(data_dir, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup")) as database:
        database.executescript(TO_VERSION_2)
    restore(data_dir, tmp_path / "backup")
    assert () == check_store(Settings(data_dir=data_dir)).problems


def test_a_restore_waits_for_no_writer(data_dir, tmp_path):
    back_up(data_dir, tmp_path / "backup")
    with Store.open(data_dir, write=True), pytest.raises(StoreLocked):
        restore(data_dir, tmp_path / "backup")


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_store_is_replaced(data_dir, tmp_path, seed):
    """Whether its first page is gone, or others in the middle: the restored store is sound."""
    before = texts(data_dir)
    back_up(data_dir, tmp_path / "backup")
    database = data_dir / FILE_NAME
    draw = random.Random(seed)
    data = bytearray(database.read_bytes())
    for _ in range(1 + seed):
        start = 0 if seed == 0 else draw.randrange(len(data))
        data[start : start + 4096] = draw.randbytes(len(data[start : start + 4096]))
    database.write_bytes(data)

    restore(data_dir, tmp_path / "backup")

    assert before == texts(data_dir)
    assert () == check_store(Settings(data_dir=data_dir)).problems


def test_a_store_that_is_no_database_is_kept_aside(data_dir, tmp_path):
    """Somebody may want to mend it; its log goes with it and never meets the restored one."""
    back_up(data_dir, tmp_path / "backup")
    (data_dir / FILE_NAME).write_bytes(b"what is left of it")
    (data_dir / f"{FILE_NAME}-wal").write_bytes(b"its log")
    restore(data_dir, tmp_path / "backup")
    assert b"what is left of it" == (data_dir / "store.damaged-1.sqlite3").read_bytes()
    assert b"its log" == (data_dir / "store.damaged-1.sqlite3-wal").read_bytes()
    assert 3 == len(texts(data_dir))
