"""Another embedding model for a shared store, while servers search it."""

import itertools
import secrets
import shutil
import threading
import time
from pathlib import Path

import httpx
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from ingest.cluster.upgrade import remove_other_models, upgrade_model
from ingest.pipeline import ingest_paths
from kb.backends import open_store, shared_index
from kb.errors import InputError, ModelMismatch, StoreLocked
from kb.knowledge_base import KnowledgeBase
from kb.models.weights import EMBEDDING
from kb.settings import Settings
from server.app import create_app

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = [CORPUS / "labelled_interview.txt", CORPUS / "panel.vtt"]
LATE = CORPUS / "podcast_with_times.md"
QUESTIONS = [
    "When will AI do half of today's office tasks?",
    "What is the probability of doom?",
    "How many GPUs did they order?",
]
CLIENTS = 3


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory):
    """The same model with half of its coordinates negated.

    By itself it finds what the original finds, with the same scores. A vector of one beside a
    vector of the other says nothing, so whoever mixes them gets other scores.
    """
    folder = tmp_path_factory.mktemp("models") / "mirrored"
    shutil.copytree(EMBEDDING.folder(Settings()), folder)
    weights = load_file(folder / "model.safetensors")
    signs = np.where(np.random.default_rng(1).random(384) < 0.5, -1, 1).astype(np.float32)
    for name in ("weight", "bias"):
        weights[f"encoder.layer.5.output.LayerNorm.{name}"] *= signs
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return str(folder)


@pytest.fixture(scope="session")
def filled(postgres, tmp_path_factory):
    """The name of a database with two transcripts and their index, to make copies of."""
    name = postgres.create_database()
    folder = tmp_path_factory.mktemp("data")
    ingest_paths(Settings(data_dir=folder, store=postgres.url(name), index="pgvector"), FILES)
    return name


@pytest.fixture
def settings(tmp_path, postgres, filled):
    copy = f"copy_{secrets.token_hex(4)}"
    postgres.run(f"CREATE DATABASE {copy} TEMPLATE {filled}")
    url = postgres.url(copy)
    return Settings(data_dir=tmp_path / "data", store=url, index="pgvector", llm="none")


def quietly(_done, _total):
    """Progress that nobody watches."""


class Client(threading.Thread):
    """Searches without a pause, and remembers every answer and whatever went wrong."""

    def __init__(self, knowledge_base):
        super().__init__()
        self._knowledge_base = knowledge_base
        self.ended = threading.Event()
        self.answers = []
        self.faults = []

    def run(self):
        for question in itertools.cycle(QUESTIONS):
            if self.ended.is_set():
                return
            try:
                self.answers.append((question, found(self._knowledge_base, question)))
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
                self.faults.append(error)


def found(knowledge_base, question):
    hits = knowledge_base.search(question)
    return {hit.passage.id: hit.score for hit in hits}


def same(one, other):
    return one.keys() == other.keys() and all(
        one[key] == pytest.approx(other[key], abs=2e-3) for key in one
    )


def until_it_serves(knowledge_base, model_id, seconds=60):
    end = time.monotonic() + seconds
    while knowledge_base.embedding_model() != model_id:
        assert time.monotonic() < end
        knowledge_base.search(QUESTIONS[0])
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("index", ["pgvector", ""])
def test_no_search_fails_or_mixes_models_while_the_model_changes(settings, mirrored, index):
    """Two servers are searched all the time; every answer is that of one model, whole."""
    settings = settings.model_copy(update={"index": index})
    with KnowledgeBase(settings) as one, KnowledgeBase(settings) as other:
        expected = {question: found(one, question) for question in QUESTIONS}
        clients = [Client(server) for server in (one, other) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            model = upgrade_model(settings, mirrored, quietly)
            for server in (one, other):
                until_it_serves(server, model.model_id)
            before = [len(client.answers) for client in clients]
            time.sleep(2)
        finally:
            for client in clients:
                client.ended.set()
            for client in clients:
                client.join()

        assert [] == [fault for client in clients for fault in client.faults]
        answers = [answer for client in clients for answer in client.answers]
        assert all(same(expected[question], hits) for question, hits in answers)
        after = [len(client.answers) for client in clients]
        assert all(earlier < later for earlier, later in zip(before, after, strict=True))
        assert "mirrored" in model.model_id


@pytest.mark.slow
def test_what_is_ingested_meanwhile_has_both_vectors(settings, mirrored):
    """A transcript comes while the new vectors are made; after the change it is found as before."""
    ingested = threading.Event()

    def ingest_once(_done, _total):
        if not ingested.is_set():
            ingested.set()
            ingest_paths(settings, [LATE])

    with KnowledgeBase(settings) as server:
        model = upgrade_model(settings, mirrored, ingest_once)
        before = found(server, "What does the podcast with times say about compute?")
        until_it_serves(server, model.model_id)
        assert same(before, found(server, "What does the podcast with times say about compute?"))
    with open_store(settings) as store:
        assert [] == store.integrity()
        assert [] == store.without_vectors(model).tolist()


@pytest.mark.slow
def test_who_ingests_with_the_old_model_is_refused(settings, mirrored):
    upgrade_model(settings, mirrored, quietly)
    with pytest.raises(ModelMismatch, match="mirrored"):
        ingest_paths(settings, [LATE])
    renewed = settings.model_copy(update={"embedding_model": mirrored})
    assert ["added"] == [outcome.status for outcome in ingest_paths(renewed, [LATE]).outcomes]


@pytest.mark.slow
def test_a_server_takes_uploads_after_the_change(settings, mirrored, serve, wait_until_ready):
    """It embeds them with the model that the store names, whatever it was started with."""
    with serve(create_app(settings)) as address, httpx.Client(base_url=address, timeout=60) as user:
        wait_until_ready(user)
        upgrade_model(settings, mirrored, quietly)
        for accepted in ("application/json", "text/event-stream"):
            file = f"{accepted[:4]}.md", LATE.read_bytes() + accepted.encode()
            reply = user.post("/api/documents", files={"file": file}, headers={"Accept": accepted})
            assert 200 == reply.status_code, reply.text
            assert "error" not in reply.text
        assert 4 == len(user.get("/api/documents").json()["documents"])


@pytest.mark.slow
def test_the_old_vectors_and_their_index_stay_until_they_are_removed(settings, mirrored):
    new = upgrade_model(settings, mirrored, quietly)
    with open_store(settings) as store:
        assert 2 == len(store.models())
        old = store.models()[0]
        assert old != new
    assert [old] == remove_other_models(settings)
    with open_store(settings) as store, KnowledgeBase(settings) as server:
        assert [new] == store.models()
        assert found(server, QUESTIONS[0])
        if index := shared_index(settings, store):
            assert store.passage_count() == index.current.document_count
    assert [] == remove_other_models(settings)


def test_one_process_at_a_time_changes_the_model(settings, mirrored):
    with open_store(settings, write=True) as store, store.alone("upgrade") as alone:
        assert alone
        with pytest.raises(StoreLocked):
            upgrade_model(settings, mirrored, quietly)


def test_a_store_in_a_file_keeps_its_model(tmp_path, mirrored):
    with pytest.raises(InputError, match="one embedding model"):
        upgrade_model(Settings(data_dir=tmp_path), mirrored, quietly)
