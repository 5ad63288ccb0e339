"""The servers that the tests here rely on keep what they promise."""

from __future__ import annotations

import psycopg
import pymilvus
import pytest
from servers import MilvusServer, Postgres, RayNodes, Replica


def test_each_test_has_an_empty_database_with_pgvector(postgres, postgres_url):
    other_url = postgres.url(postgres.create_database())
    with psycopg.connect(postgres_url) as mine:
        mine.execute("CREATE EXTENSION vector")
        (distance,) = mine.execute("SELECT '[3,4]'::vector <-> '[0,0]'::vector").fetchone()
    with psycopg.connect(other_url) as other:
        extensions = other.execute("SELECT FROM pg_extension WHERE extname = 'vector'").fetchall()
    assert 5.0 == distance
    assert [] == extensions


def test_a_killed_server_comes_back_with_what_it_acknowledged(primary: Postgres):
    primary.run("CREATE TABLE words (word text)")
    primary.run("INSERT INTO words VALUES ('kettle')")
    primary.kill()
    assert not primary.takes_connections()
    primary.start()
    assert [("kettle",)] == primary.run("SELECT word FROM words")


def test_a_promoted_replica_has_what_was_acknowledged(primary: Postgres, replica: Replica):
    database = primary.create_database()
    primary.run("CREATE TABLE words (word text)", database)
    replica.catch_up()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        replica.run("CREATE TABLE refused ()", database)
    primary.run("INSERT INTO words VALUES ('ladder')", database)
    primary.kill()
    replica.promote()
    with psycopg.connect(primary.url(database, replica)) as connection:
        connection.execute("INSERT INTO words VALUES ('bridge')")
        words = connection.execute("SELECT word FROM words").fetchall()
    assert [("ladder",), ("bridge",)] == words


def test_the_milvus_server_finds_again_what_was_inserted(milvus: MilvusServer, milvus_url: str):
    assert milvus_url == f"milvus+{milvus.uri}"
    client = pymilvus.MilvusClient(uri=milvus.uri)
    client.create_collection("words", dimension=2, consistency_level="Strong")
    client.insert("words", [{"id": 1, "vector": [1, 0]}, {"id": 2, "vector": [0, 1]}])
    found = client.search("words", [[0.1, 0.9]], limit=1)
    client.drop_collection("words")
    client.close()
    assert [2] == [hit["id"] for hit in found[0]]


def test_a_task_runs_on_each_ray_node_and_a_lost_one_is_replaced(ray_nodes: RayNodes):
    import ray

    def node_of_a_task(name: str) -> str:
        task = ray.remote(lambda: ray.get_runtime_context().get_node_id())
        return ray.get(task.options(resources={name: 1}).remote(), timeout=60)

    ray.init(address=ray_nodes.address, log_to_driver=False)
    try:
        head, worker = node_of_a_task("head"), node_of_a_task("worker")
        ray_nodes.kill_worker_node()
        ray_nodes.start_worker_node()
        other_worker = node_of_a_task("worker")
    finally:
        ray.shutdown()
    assert 3 == len({head, worker, other_worker})
