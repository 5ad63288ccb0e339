"""Both indexes always answer for the store as it is, whatever lies on the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kb.search import dense, indexes
from kb.search.indexes import IndexSet, index_status
from kb.storage.lock import ProcessLock
from kb.storage.store import Store
from kb.types import Document, Passage, Turn

REPOSITORY = Path(__file__).parents[3]
DIMENSION = 8
TEXTS = {
    "oversight": ["Debate scales oversight.", "Honest judges are rare."],
    "compute": ["Compute grew tenfold.", "Chips are scarce.", "Nobody forecast it."],
    "policy": ["Treaties need inspectors."],
}


def put(store, name, texts):
    """A document of one-sentence turns, each a passage with a vector drawn from its id."""
    number = sum(map(ord, name)) * 1000
    text = "\n".join(texts)
    starts = [text.index(sentence) for sentence in texts]
    turns = tuple(
        Turn(i, None, 0.0, "speech", at, at + len(s), 1, 1, None, None, None)
        for i, (s, at) in enumerate(zip(texts, starts, strict=True))
    )
    document = Document(name, name.title(), name, "text", None, None, text, text, (), turns, (), ())
    passages = [
        Passage(
            number + i, name, i, i, None, "speech", None, at, at + len(s), 1, None, s, name
        )
        for i, (s, at) in enumerate(zip(texts, starts, strict=True))
    ]  # fmt: skip
    store.replace_document(document, passages, vectors_of(passages), [], source_key=name)
    return passages


def vectors_of(passages):
    rows = [np.random.default_rng([p.id, len(p.text)]).normal(size=DIMENSION) for p in passages]
    matrix = np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path, write=True) as opened:
        opened.check_model("tiny", DIMENSION)
        for name, texts in TEXTS.items():
            put(opened, name, texts)
        yield opened


def answers(index_set):
    """Everything that some searches find, to compare two sets of indexes."""
    query = np.eye(DIMENSION, dtype=np.float32)[:1]
    found, scores = index_set.dense.search(query, 100)
    words = "oversight compute inspectors forecast scarce probes"
    return found.tolist(), scores.tolist(), index_set.lexical.search(words, 100)


def fresh_answers(store, tmp_path):
    """What indexes that are made anew, somewhere else, find."""
    elsewhere = tmp_path / "elsewhere"
    shutil.rmtree(elsewhere, ignore_errors=True)
    return answers(IndexSet.open(store, elsewhere))


def generation_of(data_dir):
    (path,) = (data_dir / "indexes" / "passages").glob("gen-*")
    return path


def test_an_empty_store_has_empty_indexes(tmp_path):
    with Store.open(tmp_path) as store:
        assert answers(IndexSet.open(store, tmp_path)) == ([], [], [])


def test_a_second_start_loads_what_the_first_made(store, tmp_path):
    first = answers(IndexSet.open(store, tmp_path))
    made = generation_of(tmp_path)
    second = IndexSet.open(store, tmp_path)
    assert first == answers(second)
    assert made == generation_of(tmp_path)
    assert 6 == len(second.dense) == second.lexical.document_count
    assert store.state == second.state
    assert second.refresh() is False


def test_every_change_of_the_store_shows_after_a_refresh(store, tmp_path):
    """Added and changed passages are found, deleted ones never again."""
    index_set = IndexSet.open(store, tmp_path)
    deleted = store.passages_of("compute")
    store.delete_document("compute")
    put(store, "policy", ["Probes replace inspectors."])
    assert index_set.refresh() is True
    assert fresh_answers(store, tmp_path) == answers(index_set)
    assert not {p.id for p in deleted} & set(answers(index_set)[0])
    assert index_set.lexical.search("chips", 10) == []
    assert store.state == index_set.state


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove"])
def test_every_damaged_file_is_noticed_and_made_anew(store, tmp_path, damage):
    """For each file of the generation in turn: the results are the same as before."""
    expected = answers(IndexSet.open(store, tmp_path))
    names = [
        path.relative_to(generation_of(tmp_path))
        for path in generation_of(tmp_path).rglob("*")
        if path.is_file() and path.stat().st_size
    ]
    kinds = {name.suffix for name in names}
    assert {".faiss", ".npy", ".json", ".idx", ".term"} <= kinds
    for suffix in sorted(kinds):
        path = next(p for p in generation_of(tmp_path).rglob(f"*{suffix}") if p.suffix == suffix)
        data = path.read_bytes()
        path.unlink()  # the file may still be mapped into memory: the damaged one is another
        if damage == "truncate":
            path.write_bytes(data[:-1])
        elif damage == "flip":
            path.write_bytes(bytes([data[0] ^ 255]) + data[1:])
        assert index_status(store, tmp_path).problem is not None
        assert expected == answers(IndexSet.open(store, tmp_path))
        assert index_status(store, tmp_path).problem is None


def test_the_index_of_another_store_is_not_used(store, tmp_path):
    """A store made anew that changed as often as the old one gets an index of its own."""
    IndexSet.open(store, tmp_path)
    with Store.open(tmp_path / "other", write=True) as other:
        other.check_model("tiny", DIMENSION)
        for name in ("x", "y", "z"):
            put(other, name, [f"Words of {name}."])
        assert store.revision == other.revision
        assert index_status(other, tmp_path).problem == "The index is behind the store."
        assert [p.id for p in other.passages_of("x")] == [
            identifier for identifier, _ in IndexSet.open(other, tmp_path).lexical.search("x", 1)
        ]


def test_readers_who_cannot_write_index_in_memory(store, tmp_path):
    """Another process holds the index: the lagging one is not served, nor anything written."""
    IndexSet.open(store, tmp_path)
    lagging = generation_of(tmp_path)
    put(store, "policy", ["Probes replace inspectors."])
    with (
        ProcessLock(lagging.parent / "publish.lock", "The index"),
        Store.open(tmp_path) as reader,
    ):
        assert fresh_answers(store, tmp_path) == answers(IndexSet.open(reader, tmp_path))
    assert lagging == generation_of(tmp_path)


READ = """
import sys
from pathlib import Path
data_dir = Path(sys.argv[1])
sys.path.insert(0, sys.argv[2])
from kb.storage.store import Store
from kb.search.indexes import IndexSet
with Store.open(data_dir) as store:
    print([i for i, _ in IndexSet.open(store, data_dir).lexical.search("inspectors", 5)])
"""


def run_without_privileges(*command):
    """Root may write anywhere, so as root let the system take that right away first."""
    if os.name == "nt":
        pytest.skip("permissions are those of POSIX")
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root ignores permissions, and setpriv is not there to drop it")
        command = ("setpriv", "--bounding-set=-all", *command)
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("indexed", [True, False])
def test_a_data_directory_that_cannot_be_written_serves(store, tmp_path, indexed):
    """A directory that is readable only, with and without an index in it."""
    expected = [passage.id for passage in store.passages_of("policy")]
    if indexed:
        IndexSet.open(store, tmp_path)
    store.close()
    with Store.open(tmp_path, write=True):
        pass  # whoever writes last leaves a complete file
    everything = [tmp_path, *tmp_path.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = run_without_privileges(sys.executable, "-c", READ, str(tmp_path), str(REPOSITORY))
    finally:
        for path in everything:
            path.chmod(0o755)
    assert done.stdout.strip() == str(expected), done.stderr


def test_large_indexes_are_updated_and_answer_like_new_ones(store, tmp_path, monkeypatch):
    """Changing a copy gives the results of making both anew, up to BM25's count of the removed."""
    monkeypatch.setattr(indexes, "FLAT_LIMIT", 1)
    monkeypatch.setattr(indexes, "LARGEST_UPDATE", 10.0)
    index_set = IndexSet.open(store, tmp_path)
    rebuilt = []
    monkeypatch.setattr(IndexSet, "_rebuild", lambda self, path: rebuilt.append(path))
    store.delete_document("compute")
    put(store, "policy", ["Probes replace inspectors.", "Treaties need them."])
    put(store, "safety", ["Probes are cheap."])
    assert index_set.refresh()
    updated = answers(index_set)
    monkeypatch.undo()
    expected = fresh_answers(store, tmp_path)
    assert rebuilt == []
    assert expected[:2] == updated[:2]
    assert {identifier for identifier, _ in expected[2]} == {i for i, _ in updated[2]}
    assert index_set.lexical.search("chips tenfold", 10) == []
    assert updated == answers(IndexSet.open(store, tmp_path))


def test_a_changed_passage_with_the_same_id_is_indexed_anew(store, tmp_path, monkeypatch):
    """Only its context changed; the updated index has the new words and not the old."""
    monkeypatch.setattr(indexes, "FLAT_LIMIT", 1)
    index_set = IndexSet.open(store, tmp_path)
    document, (passage,) = store.document("policy"), store.passages_of("policy")
    changed = [replace(passage, context="Verification")]
    store.replace_document(document, changed, vectors_of(changed), [], source_key="policy")
    index_set.refresh()
    hits = index_set.lexical.search("verification", 5)
    assert [passage.id] == [identifier for identifier, _ in hits]
    assert index_set.lexical.search("policy", 5) == []
    assert 6 == len(index_set.dense) == index_set.lexical.document_count


def test_searches_go_on_while_others_publish(store, tmp_path):
    """Readers that open and refresh meanwhile always find what no change touched."""
    wanted = store.passages_of("oversight")[0].id
    stop, failures, opened = threading.Event(), [], []

    def read():
        try:
            while not stop.is_set():
                with Store.open(tmp_path) as reader:
                    hits = IndexSet.open(reader, tmp_path).lexical.search("debate", 5)
                opened.append(hits)
                if [wanted] != [identifier for identifier, _ in hits]:
                    failures.append(hits)
        except Exception as error:  # noqa: BLE001 - reported by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    index_set = IndexSet.open(store, tmp_path)
    for version in range(8):
        put(store, "policy", [f"Version {version}."])
        index_set.refresh()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert opened


def test_the_type_grows_with_the_store(store, tmp_path, monkeypatch):
    """Past the limit an update becomes the other type, with the same results."""
    monkeypatch.setattr(indexes, "FLAT_LIMIT", 1)
    monkeypatch.setattr(indexes, "LARGEST_UPDATE", 1000.0)
    index_set = IndexSet.open(store, tmp_path)
    expected_kind = index_set.dense.suits
    monkeypatch.setattr(dense, "FLAT_LIMIT", 100)
    put(store, "large", [f"Sentence number {number:04}." for number in range(400)])
    index_set.refresh()
    assert expected_kind
    assert index_set.dense.suits
    assert index_set.dense._lists > 0
    query = vectors_of(store.passages_of("oversight"))[:1]
    assert store.passages_of("oversight")[0].id == index_set.dense.search(query, 1)[0][0]
