"""An ingest on many machines gives what one machine gives, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest

from ingest.cluster.ray_flow import Plan, plan_for
from ingest.cluster.watching import watched
from ingest.pipeline import ingest_paths
from kb.backends import open_store
from kb.check import check_store
from kb.errors import ClusterUnavailable
from kb.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = ("captions.txt", "panel.vtt", "quotes.txt")
TALKS = 8
PATIENCE = 900 if os.environ.get("KB_CLUSTER_FILES") else 240  # seconds


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[Path]:
    """Samples, talks that nobody held, two of the same content, and one that is no text.

    ``KB_CLUSTER_FILES`` names a folder with more; every test then takes minutes.
    """
    folder = tmp_path_factory.mktemp("talks")
    for number in range(TALKS):
        (folder / f"talk-{number:02}.txt").write_text(talk(number))
    (folder / "twin.txt").write_text(talk(0))
    (folder / "binary.bin").write_bytes(bytes(range(256)))
    more = [Path(path) for path in os.environ.get("KB_CLUSTER_FILES", "").split(os.pathsep) if path]
    return [*(CORPUS / name for name in SAMPLES), folder, *more]


@pytest.fixture(scope="module")
def alone(files, tmp_path_factory, default_settings, embedder) -> Settings:
    """What one machine makes of the files, in SQLite."""
    data_dir = tmp_path_factory.mktemp("alone")
    settings = default_settings.model_copy(update={"data_dir": data_dir})
    ingest_paths(settings, files, embedder=embedder)
    return settings


@pytest.fixture
def shared(default_settings, tmp_path, postgres_url) -> Settings:
    """An empty store that all machines reach."""
    return default_settings.model_copy(
        update={"data_dir": tmp_path / "data", "store": postgres_url}
    )


def talk(number: int) -> str:
    choose = random.Random(number)
    things = ["kettles", "ladders", "reactors", "bells", "valves", "lamps", "pumps", "cranes"]
    turns = []
    for turn in range(10):
        one, other = choose.sample(things, 2)
        count, chance = choose.randint(2, 900), choose.randint(1, 99)
        turns.append(
            f"Ines Quarto: What do you make of the {one} in year {turn} of that plan?\n\n"
            f"Bram Oduya: I counted {count} {one} and fewer {other}. There is a {chance}% chance "
            f"that we get AGI before 20{choose.randint(30, 60)}, and the {other} come first.\n"
        )
    return f"Talk number {number}\n\n" + "\n".join(turns)


@dataclass
class Ingest:
    """The command, which runs on the cluster until it is waited for."""

    settings: Settings
    files: Sequence[Path]
    address: str

    def __post_init__(self) -> None:
        command = ["ingest", "--json", "--ray", self.address, *map(str, self.files)]
        variables = {
            "KB_STORE": self.settings.store,
            "KB_INDEX": self.settings.index,
            "KB_DATA_DIR": str(self.settings.data_dir),
            "KB_LLM": "none",
        }
        self.process = start(command, variables)
        self.printed = ""

    def wait_until_stored(self, documents: int) -> None:
        with open_store(self.settings) as store:
            wait(lambda: store.counts()["documents"] >= documents)

    def report(self) -> dict:
        output, self.printed = self.process.communicate(timeout=PATIENCE)
        assert 3 == self.process.returncode, self.printed
        return json.loads(output)


def start(command: Sequence[str], variables: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "cli.main", *command],
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def assert_same(shared: Settings, alone: Settings) -> None:
    """Documents, passages with their topics, and claims are equal; vectors within 1e-5."""
    with open_store(shared) as ours, open_store(alone) as theirs:
        assert theirs.documents() == ours.documents()
        identifiers = [summary.id for summary in theirs.documents()]
        assert theirs.documents_by_id(identifiers) == ours.documents_by_id(identifiers)
        for identifier in identifiers:
            assert theirs.passages_of(identifier) == ours.passages_of(identifier)
        assert theirs.claims(limit=10**6) == ours.claims(limit=10**6)
        ids, vectors = theirs.vectors()
        our_ids, our_vectors = ours.vectors()
        assert np.array_equal(ids, our_ids)
        assert np.abs(vectors - our_vectors).max() < 1e-5
        assert [] == ours.integrity()


@pytest.mark.slow
def test_two_machines_make_what_one_makes(ray_nodes, shared, alone, files, milvus_url):
    """Files that cannot be read are refused, copies are told, and a second time nothing is done but
    to fill another index. Both indexes hold what the store holds.
    """
    pgvector = shared.model_copy(update={"index": "pgvector"})
    milvus = shared.model_copy(update={"index": milvus_url})
    first = Ingest(pgvector, files, ray_nodes.address)
    report = first.report()

    assert_same(shared, alone)
    assert ["binary.bin"] == [Path(refusal["source"]).name for refusal in report["refused"]]
    statuses = [document["status"] for document in report["documents"]]
    assert ["unchanged"] == [status for status in statuses if status != "added"]
    assert f"{len(statuses) + 1}/{len(statuses) + 1}" in first.printed

    again = Ingest(milvus, files, ray_nodes.address).report()
    assert {"unchanged"} == {document["status"] for document in again["documents"]}
    assert [((), ()), ((), ())] == [
        (found.problems, found.notes) for found in map(check_store, (pgvector, milvus))
    ]


@pytest.mark.slow
def test_a_machine_that_is_lost_half_way_changes_nothing(ray_nodes, shared, alone, files):
    ingest = Ingest(shared, files, ray_nodes.address)
    ingest.wait_until_stored(TALKS // 2)
    ray_nodes.kill_worker_node()
    try:
        ingest.report()
    finally:
        ray_nodes.start_worker_node()

    assert_same(shared, alone)


@pytest.mark.slow
def test_an_embedding_process_that_is_killed_changes_nothing(ray_nodes, shared, alone, files):
    ingest = Ingest(shared, files, ray_nodes.address)
    ingest.wait_until_stored(TALKS // 2)
    embedding = [
        process
        for process in psutil.process_iter(["cmdline"])  # a zombie has none
        if any("ray::MapWorker" in part for part in process.info["cmdline"] or ())
    ]
    assert embedding
    embedding[0].kill()
    ingest.report()

    assert_same(shared, alone)


@pytest.mark.slow
def test_two_ingests_of_the_same_files_at_once_change_nothing(ray_nodes, shared, alone, files):
    ingests = [Ingest(shared, files, ray_nodes.address) for _ in range(2)]
    for ingest in ingests:
        ingest.report()

    assert_same(shared, alone)


@pytest.mark.slow
def test_an_ingest_whose_head_was_lost_goes_on_when_it_is_started_again(
    ray_nodes, shared, alone, files
):
    """The ingest ends with an error; what it stored stays."""
    ingest = Ingest(shared, files, ray_nodes.address)
    ingest.wait_until_stored(TALKS // 2)
    ray_nodes.restart_head()
    _, printed = ingest.process.communicate(timeout=PATIENCE)
    assert 1 == ingest.process.returncode, printed
    *progress, error, _ = printed.splitlines()
    assert "Error: The Ray cluster" in error
    assert all(line[0].isdecimal() for line in progress)

    report = Ingest(shared, files, ray_nodes.address).report()

    assert {"unchanged", "added"} == {document["status"] for document in report["documents"]}
    assert_same(shared, alone)


def test_items_that_stop_coming_are_asked_about():
    """The check decides how long is too long; errors of whoever makes the items are passed on."""

    def falling_silent():
        yield 1
        threading.Event().wait()

    def give_up():
        raise ClusterUnavailable("nobody there")

    items = watched(falling_silent(), give_up, silence=0.1)
    assert 1 == next(items)
    with pytest.raises(ClusterUnavailable):
        next(items)
    with pytest.raises(ZeroDivisionError):
        list(watched((1 // number for number in (1, 0)), give_up))
    assert [1, 2] == list(watched([1, 2], give_up))


@pytest.mark.parametrize(
    ("command", "variables", "message"),
    [
        (["--ray", "127.0.0.1:1"], {"KB_STORE": "postgresql://x"}, "No Ray cluster answers"),
        (["--ray", "a..b:1"], {"KB_STORE": "postgresql://x"}, "No Ray cluster answers"),
        (["--ray", "nowhere"], {"KB_STORE": "postgresql://x"}, "HOST:PORT"),
        (["--ray", "127.0.0.1:1"], {"KB_STORE": ""}, "KB_STORE=postgresql://"),
    ],
)
def test_what_is_missing_is_told_in_one_line(command, variables, message, tmp_path):
    variables |= {"KB_DATA_DIR": str(tmp_path)}

    process = start(["ingest", *command, str(CORPUS)], variables)
    _, printed = process.communicate(timeout=60)

    assert 1 == process.returncode
    assert message in printed
    assert 2 == len(printed.splitlines()), printed


@pytest.mark.parametrize(
    ("nodes", "plan"),
    [
        ([{"CPU": 2.0}, {"CPU": 2.0}], Plan(2, 1, 0, 1)),
        ([{"CPU": 1.0}], Plan(1, 1, 0, 1)),
        ([{"CPU": 4.0}, {"CPU": 8.0}, {}], Plan(4, 2, 0, 2)),
        ([{"CPU": 32.0}], Plan(13, 2, 0, 4)),
        ([{"CPU": 16.0, "GPU": 2.0}, {"CPU": 4.0}], Plan(2, 1, 1, 16)),
    ],
)
def test_a_processor_of_every_machine_stays_free(nodes, plan):
    assert plan == plan_for(nodes)
