"""The store in PostgreSQL keeps the promises of every store, and its own to many writers."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from servers import Postgres, free_port
from store_contract import StoreContract
from store_samples import DIMENSION, put

from kb.backends import open_store
from kb.errors import (
    InputError,
    ModelMismatch,
    NotFound,
    SchemaMismatch,
    StoreError,
    StoreLocked,
)
from kb.settings import Settings
from kb.storage.relational import State

REPOSITORY = Path(__file__).parents[2]
SECRET = "open-sesame"


def in_parallel(work, values):
    with ThreadPoolExecutor(len(values)) as pool:
        list(pool.map(work, values))


@pytest.fixture
def opener(tmp_path):
    """Opens the store at an address; whatever was opened is closed at the end."""
    with ExitStack() as opened:

        def open_at(url, **options):
            settings = Settings(store=url, data_dir=tmp_path)
            return opened.enter_context(open_store(settings, **options))

        yield open_at


@pytest.fixture
def new_store(postgres, opener):
    def new():
        url = postgres.url(postgres.create_database())
        return lambda **options: opener(url, **options)

    return new


@pytest.fixture
def url(postgres_url):
    return postgres_url


@pytest.fixture
def store(opener, url):
    opened = opener(url, write=True)
    opened.check_model("tiny", DIMENSION)
    return opened


class TestPostgresStore(StoreContract):
    """Many machines may use it."""


def test_text_with_nul_is_refused_and_nothing_of_it_is_kept(store):
    """PostgreSQL cannot hold it; readers refuse files that contain it."""
    before, _ = put(store, "d1", "whole")
    for wrong in ({"speaker": "Z\0e"}, {"topics": ["a\0"]}, {}):
        with pytest.raises(StoreError, match=r"^Text cannot be stored: ") as refused:
            put(store, "d1", "new" if wrong else "NUL \0", **wrong)
        assert "\n" not in str(refused.value)
        assert "NUL" in refused.value.hint
    assert before == store.document("d1")
    assert (1, []) == (store.revision, store.integrity())


def test_an_endless_name_is_refused_in_words(store):
    name = "".join(map(chr, range(0x4E00, 0x4E00 + 5_000)))
    with pytest.raises(StoreError, match="too long") as refused:
        put(store, "d1", "words", speaker=name)
    assert type(refused.value) is StoreError
    assert [] == store.documents()


# --- several writers --------------------------------------------------------------------------


def test_writers_of_different_documents_all_succeed(opener, url, store):
    """Each revision is seen after all earlier ones, so that nothing is missed by who follows."""
    seen, stop = [], threading.Event()

    def follow():
        reader = opener(url)
        while not stop.is_set():
            with reader.snapshot() as state:
                seen.append((state.revision, set(reader.all_passage_ids().tolist())))

    def write(name):
        writer = opener(url, write=True)
        for number in range(15):
            put(writer, f"{name}{number}", f"{name} {number}", *"abc")

    follower = threading.Thread(target=follow)
    follower.start()
    in_parallel(write, "pqrs")
    stop.set()
    follower.join()
    everything = set(store.all_passage_ids().tolist())
    assert 60 == len(store.documents()) == store.revision
    assert len({revision for revision, _ in seen}) > 3
    for revision, ids in seen:
        assert everything - set(store.all_passage_ids(revision).tolist()) == ids
    assert [] == store.integrity()


def test_writers_of_the_same_documents_leave_one_of_their_versions(opener, url, store):
    """Whole, in whatever order they come; some of them delete."""

    def write(name):
        writer = opener(url, write=True)
        for number in range(12):
            for document in ("d1", "d2") if name in "pq" else ("d2", "d1"):
                if name == "s" and number % 3 == 0:
                    with suppress(NotFound):
                        writer.delete_document(document)
                else:
                    put(writer, document, f"{name} {number}", f"{name} {number} again")

    in_parallel(write, "pqrs")
    for document in store.documents():
        first, second = store.passages_of(document.id)
        assert f"{first.text} again" == second.text
        assert store.document(document.id).text == f"{first.text}\n\n{second.text}"
    assert [] == store.integrity()


def test_two_documents_that_swap_their_sources_do_not_wait_for_each_other(opener, url):
    def write(sources):
        writer = opener(url, write=True)
        writer.check_model("tiny", DIMENSION)
        for _ in range(15):
            for name, source in zip("ab", sources, strict=True):
                put(writer, name, f"{name} of {source}", source=source)

    in_parallel(write, ["ab", "ba", "ab", "ba"])
    reader = opener(url)
    assert [] == reader.integrity()
    assert 1 <= len(reader.documents()) <= 2


def test_a_document_that_is_replaced_meanwhile_is_deleted(opener, url, store):
    """The deletion waits for the other transaction, and removes what that one left."""
    put(store, "d1", "old")
    deleting = threading.Thread(target=lambda: opener(url, write=True).delete_document("d1"))
    with store.database.writing("d1") as connection:
        connection.execute("UPDATE documents SET title = 'other' WHERE id = 'd1'")
        deleting.start()
        deleting.join(0.5)
        assert deleting.is_alive()
    deleting.join()
    assert [] == store.documents()


WRITER = """
import sys
sys.path[:0] = {paths!r}
from kb.backends import open_store
from kb.settings import Settings
from store_samples import DIMENSION, put
name = sys.argv[1]
sys.stdin.readline()
with open_store(Settings(store={url!r}), write=True) as store:
    store.check_model("tiny", DIMENSION)
    put(store, "shared", f"words of {{name}}")
    for number in range(5):
        put(store, f"{{name}}{{number}}", f"paragraph {{number}}")
    print(len(store.integrity()))
"""


def test_processes_may_start_on_an_empty_database_at_once(opener, url):
    """The tables are made once, one model is remembered, every document is there."""
    code = WRITER.format(paths=[str(REPOSITORY), str(REPOSITORY / "tests" / "contracts")], url=url)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "pqrs"
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert ["0\n"] * 4 == [process.communicate()[0] for process in started]
    store = opener(url)
    assert 21 == len(store.documents())
    assert [("tiny", DIMENSION)] == [(model.model_id, model.dimension) for model in store.models()]


def test_one_at_a_time_is_alone_on_all_machines(opener, url, store):
    other = opener(url, write=True)
    with store.alone("index") as alone, other.alone("index") as second, other.alone("x") as third:
        assert (True, False, True) == (alone, second, third)
    with other.alone("index") as alone:
        assert alone


def test_the_locks_of_a_machine_that_is_gone_are_free_soon(store):
    """The server asks who holds them whether it is there; by itself it would after two hours."""
    with store.database.writing("d1") as connection:
        names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count")
        idle, interval, times = (
            int(connection.execute(f"SHOW {name}").fetchone()[0]) for name in names
        )
    assert 0 < idle + interval * times <= 20


# --- what an index follows --------------------------------------------------------------------


def test_removed_passages_are_remembered_until_every_index_has_seen_it(store):
    _, old = put(store, "d1", "one", "two")
    begun = store.state
    assert [] == store.removed_since(0).tolist()
    put(store, "d1", "three", "four")
    store.set_indexed("first", begun)
    store.set_indexed("second", store.state)
    ids = sorted(passage.id for passage in old)
    assert begun == store.indexed("first")
    assert ids == store.removed_since(begun.revision).tolist()
    assert [] == store.removed_since(store.revision).tolist()
    store.set_indexed("first", store.state)
    assert [] == store.removed_since(0).tolist()
    assert store.wait_for_index("first", store.revision, 0)
    assert not store.wait_for_index("first", store.revision + 1, 0)
    store.set_indexed("first", None)
    assert store.indexed("first") is None


def test_a_passage_that_came_back_is_not_removed(store):
    put(store, "d1", "one")
    store.delete_document("d1")
    put(store, "d1", "one")
    assert [] == store.removed_since(0).tolist()


def test_very_many_passages_are_compared_in_one_pass(store, opener, postgres, url):
    """With what was removed, and with their vectors: no list is gone through for each of them."""
    put(store, "d1", "one")
    database = url.rpartition("/")[2]
    given = "'Zoë Okafor', 'speech', NULL, 0, 3, 1, NULL, 'one', '', NULL"
    many = "generate_series(1, 60000) AS number"
    for statement in (
        "DELETE FROM passages",
        f"INSERT INTO passages SELECT number, 'd1', 0, 0, {given} FROM {many}",
        f"INSERT INTO vectors_1 SELECT number, decode(repeat('00', 16), 'hex') FROM {many}",
        f"INSERT INTO removed_passages SELECT -number, 1 FROM {many}",
        "ANALYZE",
        f"ALTER DATABASE {database} SET work_mem = '64kB'",
        f"ALTER DATABASE {database} SET statement_timeout = '10s'",
    ):
        postgres.run(statement, database)
    reader = opener(url)
    reader.check_model("tiny", DIMENSION)
    assert 60_000 == len(reader.removed_since(0))
    assert [] == reader.integrity()


def test_the_dates_of_documents_are_told(store):
    put(store, "d1", "one")
    put(store, "d2", "two", date=None)
    assert {"d1": "2031-05-02", "d2": None} == store.dates_of(["d1", "d2", "d3"])


# --- models -----------------------------------------------------------------------------------


def test_another_model_is_shown_but_not_written(opener, url, store):
    """The store keeps vectors of two models; writers add to the one that it names."""
    _, passages = put(store, "d1", "words")
    store.add_model("wide", "the wide one", 8, current=False)
    assert ["tiny", "wide"] == [model.model_id for model in store.models()]
    assert "tiny" == store.model_id()
    writer = opener(url, write=True)
    with pytest.raises(ModelMismatch, match="tiny"):
        writer.check_model("wide", 8)
    with pytest.raises(ModelMismatch, match="tiny"):
        writer.check_model("unknown", 8)
    reader = opener(url)
    reader.check_model("wide", 8)
    assert (1, 8) == reader.vectors_for([passages[0].id]).shape
    assert "wide" == reader.model_id()
    assert [f"passage {passages[0].id} has no vector"] == reader.integrity()
    assert [] == store.integrity()


def test_vectors_that_are_read_are_not_removed(opener, url, store):
    """Whoever reads them goes on to write, though nobody writes while a model is removed."""
    put(store, "d1", "words")
    store.add_model("other", "other", DIMENSION, current=False)
    other = store.models()[1]
    reader = store.showing(other.number)
    refused = []

    def remove():
        with pytest.raises(StoreLocked, match="in use") as error:
            opener(url, write=True).remove_model(other)
        refused.append(error.value)

    removing = threading.Thread(target=remove)
    with reader.snapshot():
        reader.vectors()
        removing.start()
        removing.join(0.5)
        assert removing.is_alive()
        reader.set_indexed("index", None)
    removing.join()
    assert 1 == len(refused)
    store.remove_model(other)
    assert 1 == len(store.models())


# --- the server -------------------------------------------------------------------------------


def test_free_space_is_given_back(store, postgres, url):
    def size():
        database = url.rpartition("/")[2]
        return postgres.run(f"SELECT pg_database_size('{database}')")[0][0]

    for number in range(10):
        put(store, f"d{number}", *(f"{number} {word} " * 500 for word in range(40)))
    for number in range(10):
        store.delete_document(f"d{number}")
    before = size()
    assert store.compact()
    assert size() < before


def test_removals_that_no_index_follows_are_forgotten_when_space_is_given_back(store):
    """Else those of a store whose readers keep their own indexes would be remembered for ever."""
    put(store, "d1", "one", "two")
    store.delete_document("d1")
    assert 2 == removals(store)
    store.set_indexed("index", State(0, "not filled"))
    store.compact()
    assert 2 == removals(store)
    store.set_indexed("index", None)
    store.compact()
    assert 0 == removals(store)


def removals(store):
    with store.database.reading() as connection:
        return connection.execute("SELECT count(*) FROM removed_passages").fetchone()[0]


def test_a_backup_into_a_file_is_refused_with_a_hint(store, tmp_path):
    for attempt, hint in ((store.copy_to, "pg_dump"), (store.replace_by, "pg_restore")):
        with pytest.raises(InputError) as refused:
            attempt(tmp_path / "file")
        assert hint in refused.value.hint


def test_a_newer_schema_is_refused(opener, url, store):
    store.set_metadata("schema_version", "99")
    for write in (True, False):
        with pytest.raises(SchemaMismatch, match="99"):
            opener(url, write=write)


def wrong_addresses(postgres, url):
    postgres.run("CREATE ROLE nobody LOGIN")
    server = f"127.0.0.1:{postgres.port}"
    return {
        "unknown database": f"postgresql://postgres:{SECRET}@{server}/nowhere",
        "unknown user": f"postgresql://somebody:{SECRET}@{server}/postgres",
        "no rights": url.replace("postgres@", f"nobody:{SECRET}@"),
        "no server": f"postgresql://postgres:{SECRET}@127.0.0.1:{free_port()}/postgres",
        "no such host": f"postgresql://postgres:{SECRET}@nowhere.invalid/postgres",
        "no such option": f"postgresql://postgres:{SECRET}@{server}/postgres?surprise=1",
        "password as option": f"postgresql://{server}/nowhere?user=postgres&password={SECRET}",
    }


def test_what_is_wrong_with_an_address_is_told_in_a_line(postgres, url, opener, caplog):
    """With a hint, and never with the password, which no log holds either."""
    caplog.set_level("DEBUG")
    for name, wrong in wrong_addresses(postgres, url).items():
        for write in (False, True):
            with pytest.raises((StoreError, InputError)) as refused:
                opener(wrong, write=write)
            told = f"{refused.value}|{refused.value.hint}"
            assert "\n" not in told, name
            assert refused.value.hint, name
            assert SECRET not in told, name
    assert SECRET not in caplog.text


def test_a_wrong_password_is_told(opener, caplog):
    caplog.set_level("DEBUG")
    with Postgres() as server:
        server.run(f"ALTER ROLE postgres PASSWORD '{SECRET}'")
        server.demand_passwords()
        address = f"postgresql://postgres:%s@127.0.0.1:{server.port}/postgres"
        assert [] == opener(address % SECRET).documents()
        with pytest.raises(StoreError, match="password") as refused:
            opener(address % "wrong-secret")
        assert "KB_STORE" in refused.value.hint
        assert "wrong-secret" not in f"{refused.value}{caplog.text}"
        assert SECRET not in caplog.text


def test_the_settings_do_not_show_a_password():
    settings = Settings(store=f"postgresql://me:{SECRET}@host/kb", index="pgvector")
    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


def test_a_missing_library_is_named(monkeypatch, opener, url):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match="needs psycopg") as refused:
        opener(url, write=True)
    assert "pip install" in refused.value.hint
