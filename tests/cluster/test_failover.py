"""The PostgreSQL of the store dies: nothing acknowledged is lost, servers go on with another."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kb_servers import (
    KB,
    SOON,
    TALK,
    Forwarder,
    Watch,
    environment_of,
    is_refusal,
    shared_settings,
    two_servers,
    wait_until,
)
from servers import LOOPBACK, ROOT, Postgres, Replica

from ingest.pipeline import ingest_paths
from kb.backends import engine_for, open_store
from kb.errors import StoreUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.postgres.database import PostgresDatabase
from kb.postgres.store import PostgresStore
from kb.settings import Settings
from server.service import Service

TALKS = 60
LONGEST_ANSWER = 5.0


def url_of(database: str, *ports: int) -> str:
    hosts = ",".join(f"{LOOPBACK}:{port}" for port in ports)
    return f"postgresql://postgres@{hosts}/{database}"


@pytest.fixture
def database(primary: Postgres, replica: Replica) -> str:
    """The name of an empty database that both servers have."""
    name = primary.create_database()
    replica.catch_up()
    return name


def indexed_documents(settings: Settings) -> int:
    """How many documents there are, each of them whole and in the index."""
    with open_store(settings) as store:
        assert isinstance(store, PostgresStore)
        assert [] == store.integrity()
        engine = engine_for(settings, store)
        assert store.indexed(engine.name) == store.state
        assert store.passage_count() == engine.document_count
        return len(store.documents())


@pytest.mark.slow
def test_what_an_ingest_reported_is_there_after_its_primary_died(
    tmp_path, primary, replica, database
):
    settings = shared_settings(url_of(database, primary.port, replica.port), tmp_path / "data")
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(TALKS):
        text = TALK.format(topic=f"bridge {number}", share=number)
        (folder / f"talk{number:02}.txt").write_text(text)
    command = [*KB, "ingest", str(folder)]
    options: dict[str, Any] = {"text": True, "env": environment_of(settings), "cwd": ROOT}
    with subprocess.Popen(command, stderr=subprocess.PIPE, **options) as process:
        assert process.stderr is not None
        told = [process.stderr.readline() for _ in range(7)]
        primary.kill()
        died = time.monotonic()
        told += process.stderr.readlines()
    assert 1 == process.returncode
    assert time.monotonic() < died + LONGEST_ANSWER
    *reported, error, hint = told
    assert re.match(r"Error: PostgreSQL 127\.0\.0\.1:\S+ does not answer: ", error), error
    assert "KB_STORE" in hint
    replica.promote()
    with open_store(settings) as store:
        names = {Path(summary.source).name for summary in store.documents()}
        assert [] == store.integrity()
    acknowledged = {name for line in reported for name in re.findall(r"talk\d+\.txt", line)}
    assert 7 <= len(acknowledged) < TALKS
    assert acknowledged <= names
    again = subprocess.run(command, capture_output=True, check=False, **options)
    assert 0 == again.returncode, again.stderr
    assert TALKS == indexed_documents(settings)


def test_the_next_ingest_indexes_what_one_stored_that_died(tmp_path, postgres_url, embedder):
    settings = shared_settings(postgres_url, tmp_path)
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK.format(topic="kettles", share=80))
    ingest_paths(settings, [talk], embedder=embedder)
    with open_store(settings, write=True) as store:
        engine = engine_for(settings, store)
        engine.drop()
        store.set_indexed(engine.name, None)
    (outcome,) = ingest_paths(settings, [talk]).outcomes
    assert "unchanged" == outcome.status
    assert 1 == indexed_documents(settings)


@pytest.mark.slow
def test_two_servers_go_on_with_the_promoted_replica(
    tmp_path, primary, replica, database, record_property
):
    """What reads goes on; changes are refused until there is a primary again."""
    settings = shared_settings(url_of(database, primary.port, replica.port), tmp_path)
    with two_servers(settings, tmp_path) as servers:
        one, two = servers
        assert 200 == one.upload("kettles").status_code
        with Watch(servers).running() as watch:
            wait_until(lambda: len(watch.statuses()) >= 8, 60)
            assert {200} == set(watch.statuses())
            primary.kill()
            killed = time.monotonic()
            assert is_refusal(one.upload("ladders"))
            assert is_refusal(two.delete(two.topics()["kettles"]))
            replica.promote()
            promoted = time.monotonic()
            assert 200 == one.upload("ladders").status_code
            uploaded = time.monotonic()
            assert {"kettles", "ladders"} == two.topics().keys()
            assert 204 == two.delete(two.topics()["kettles"]).status_code
            assert {"ladders"} == one.topics().keys()
            assert all(server.search().json()["hits"] for server in servers)
        replica.kill()
        wait_until(lambda: [503, 503] == [server.readiness() for server in servers])
        Postgres.start(replica)
        wait_until(lambda: [200, 200] == [server.readiness() for server in servers])
        assert [] == [*one.faults(), *two.faults()]
    assert [] == watch.wrong
    assert SOON > watch.last_refusal(promoted)
    assert LONGEST_ANSWER > watch.longest(killed)
    figures = {
        "refused": watch.statuses(killed).count(503),
        "answered": watch.statuses(killed).count(200),
        "last refusal after the kill": watch.last_refusal(killed),
        "longest": watch.longest(killed),
        "upload": uploaded - promoted,
    }
    record_property("figures", figures)


@pytest.mark.slow
def test_two_servers_follow_an_address_that_moves(
    tmp_path, primary, replica, database, record_property
):
    """In between they say 503, are not ready, and pile nothing up."""
    with Forwarder(primary.port) as address:
        settings = shared_settings(url_of(database, address.port), tmp_path)
        with two_servers(settings, tmp_path) as servers, Watch(servers).running() as watch:
            one, two = servers
            assert 200 == one.upload("kettles").status_code
            wait_until(lambda: 12 <= watch.statuses().count(200), 60)
            before = [server.resources() for server in servers]
            primary.kill()
            killed = time.monotonic()
            unready = wait_until(lambda: [503, 503] == [server.readiness() for server in servers])
            assert is_refusal(one.ask())
            assert is_refusal(two.upload("ladders"))
            metrics = one.get("/metrics")
            assert 200 == metrics.status_code
            assert "kb_index_revision " not in metrics.text
            time.sleep(2)
            assert {503} == set(watch.statuses(killed + 1))
            replica.promote()
            address.target = replica.port
            moved = time.monotonic()
            ready = wait_until(lambda: [200, 200] == [server.readiness() for server in servers])
            assert 200 == two.upload("ladders").status_code
            assert 200 == one.ask().status_code
            after = [server.resources() for server in servers]
            assert [] == [*one.faults(), *two.faults()]
    assert [] == watch.wrong
    assert SOON > watch.last_refusal(moved)
    assert LONGEST_ANSWER > watch.longest(killed)
    for (threads, files), (threads_after, files_after) in zip(before, after, strict=True):
        assert threads + 6 >= threads_after
        assert files + 6 >= files_after
    figures = {
        "not ready after": unready,
        "ready after": ready,
        "first answer after the move": watch.first_answer(moved),
        "last refusal after the move": watch.last_refusal(moved),
        "refused": watch.statuses(killed).count(503),
        "longest": watch.longest(killed),
        "threads and files": (before, after),
    }
    record_property("figures", figures)


def test_reads_go_to_the_replica_where_the_address_says_so(primary, replica, database):
    """It shows at once what was written to the primary, and is done without when it is gone. Who
    writes reads from the primary.
    """
    url = url_of(database, primary.port, replica.port) + "?target_session_attrs=prefer-standby"
    is_replica = "SELECT pg_is_in_recovery()"
    with (
        closing(PostgresDatabase(url, write=True)) as writer,
        closing(PostgresDatabase(url)) as reader,
    ):
        for number in range(20):
            with writer.writing() as connection:
                assert (False,) == connection.execute(is_replica).fetchone()
                connection.execute("INSERT INTO metadata VALUES (?, '')", [f"key {number}"])
            with reader.reading() as connection:
                assert (True,) == connection.execute(is_replica).fetchone()
                query = "SELECT key FROM metadata WHERE key = ?"
                assert connection.execute(query, [f"key {number}"]).fetchone()
        with writer.reading() as connection:
            assert (False,) == connection.execute(is_replica).fetchone()
        replica.kill()
        with reader.reading() as connection:
            assert (False,) == connection.execute(is_replica).fetchone()


def test_a_snapshot_whose_server_dies_fails_alone(primary, tmp_path):
    """The thread that held it reads again as soon as there is a server."""
    settings = shared_settings(primary.url(primary.create_database()), tmp_path)
    with open_store(settings) as store:
        with pytest.raises(StoreUnavailable), store.snapshot():  # noqa: PT012
            primary.kill()
            store.documents()
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(StoreUnavailable):
                store.documents()
        assert not store.available()
        assert time.monotonic() < began + 1
        primary.start()
        assert [] == store.documents()
        assert store.available()


def test_a_server_that_says_nothing_is_given_up_soon():
    with socket.create_server((LOOPBACK, 0)) as silent:
        port = silent.getsockname()[1]
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match=rf"{LOOPBACK}:{port}.* timeout"):
            PostgresDatabase(url_of("kb", port))
        assert time.monotonic() < began + LONGEST_ANSWER


def test_a_server_process_that_loads_waits_for_the_store(tmp_path, primary):
    settings = shared_settings(primary.url(primary.create_database()), tmp_path)
    with KnowledgeBase(settings) as knowledge_base:
        service = Service(knowledge_base)
        primary.kill()
        loading = threading.Thread(target=service.load)
        loading.start()
        time.sleep(0.2)
        assert (False, None) == (service.loaded, service.failure)
        primary.start()
        loading.join()
        assert service.loaded
        assert {"models": True, "store": True, "indexes": True} == knowledge_base.readiness()
