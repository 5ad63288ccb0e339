"""The store keeps what it was given, exactly, whatever happens to the process."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fault_harness import TO_VERSION_1
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kb.database import FILE_NAME
from kb.errors import (
    ModelMismatch,
    NotFound,
    SchemaMismatch,
    StoreDamaged,
    StoreError,
    StoreLocked,
)
from kb.store import SpeakerCount, Store, TopicCount
from kb.types import Anchor, ClaimFilters, Document, Filters, Passage, Section, Speaker, Turn

REPOSITORY = Path(__file__).parents[2]
DIMENSION = 4


def content_id(*parts):
    """A signed 64-bit integer, also negative."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8], signed=True)


def sample(identifier, *paragraphs, speaker="Zoë Okafor", date="2031-05-02", topics=()):
    """A document with one turn and one passage for each paragraph."""
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    turns = tuple(
        Turn(i, speaker, 1.0, "speech", at, at + len(p), i + 1, i + 1, 1.5 * i, None, 0)
        for i, (p, at) in enumerate(zip(paragraphs, starts, strict=True))
    )
    document = Document(
        identifier, f"Talk {identifier}", f"/talks/{identifier}.txt", "labelled", date, None,
        f"sha-{text}", text, (Speaker(speaker, "guest", True, ("Zoë",)),), turns,
        (Section("Opening", 1, "section", 0, len(text), 1),),
        tuple(Anchor(at, i + 1, None) for i, at in enumerate(starts)), ("one note",),
    )  # fmt: skip
    passages = [
        Passage(
            content_id(identifier, turn.index, text), identifier, turn.index, turn.index, speaker,
            "speech", "Opening", turn.char_start, turn.char_end, turn.line_start,
            turn.start_seconds, paragraphs[turn.index], f"Talk {identifier}", tuple(topics),
        )
        for turn in turns
    ]  # fmt: skip
    return document, passages


def vectors_of(passages):
    rows = [np.random.default_rng(abs(passage.id)).normal(size=DIMENSION) for passage in passages]
    return np.array(rows, dtype=np.float32).reshape(len(passages), DIMENSION)


def put(store, identifier, *paragraphs, source=None, claims=(), **details):
    document, passages = sample(identifier, *paragraphs, **details)
    store.replace_document(
        document, passages, vectors_of(passages), claims, source_key=source or document.source
    )
    return document, passages


def place(document, quote):
    start = document.text.index(quote)
    end = start + len(quote)
    return {
        "quote": quote, "char_start": start, "char_end": end, "figure": quote,
        "figure_start": start, "figure_end": end, "document_id": document.id,
        "title": document.title,
    }  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path, write=True) as opened:
        opened.check_model("tiny", DIMENSION)
        yield opened


def test_a_new_data_directory_is_empty(tmp_path):
    """Reading before anything was ingested shows nothing, and is no error."""
    with Store.open(tmp_path / "new") as store:
        assert store.documents() == []
        assert store.speakers() == []
        assert store.topics() == []
        assert store.claims() == ([], 0)
        assert store.revision == 0
        assert store.vectors()[0].tolist() == []
        assert store.integrity() == []


def test_a_document_comes_back_as_it_went_in(store):
    """Every field survives, with combining characters, emoji and marks of direction."""
    document, passages = put(store, "d1", "Cafe\u0301 🤖 \u200fשלום", "NUL \x00 and more")
    assert store.document("d1") == document
    assert store.documents_by_id(["d1", "nobody"]) == {"d1": document}
    assert store.passages_of("d1") == passages
    assert store.passages([passages[1].id, 77]) == {passages[1].id: passages[1]}
    assert sorted(passages, key=lambda p: p.id) == list(store.iterate_passages())


def test_vectors_keep_their_passages(store):
    """Each passage has the row that was given with it; unknown ids have zeros."""
    _, passages = put(store, "d1", "one", "two", "three")
    expected = vectors_of(passages)
    ids, matrix = store.vectors()
    assert sorted(passage.id for passage in passages) == ids.tolist()
    position = {identifier: row for row, identifier in enumerate(ids.tolist())}
    for passage, row in zip(passages, expected, strict=True):
        np.testing.assert_array_equal(row, matrix[position[passage.id]])
    rows = store.vectors_for([passages[2].id, 12345, passages[0].id])
    np.testing.assert_array_equal(np.stack([expected[2], np.zeros(4), expected[0]]), rows)


def test_the_list_counts_words_turns_and_passages(store):
    document, _ = put(store, "d1", "three words here", "two more")
    (summary,) = store.documents()
    assert (document.speakers[0], 5) == summary.speakers[0]
    assert (summary.turns, summary.passages, summary.claims) == (2, 2, 0)


def test_a_new_version_replaces_the_old_one(store):
    """The same source under another id: the old id, its passages and its vectors are gone."""
    put(store, "old", "first words", source="talk.txt")
    _, passages = put(store, "new", "second words", source="talk.txt")
    assert [d.id for d in store.documents()] == ["new"]
    assert [passages[0].id] == store.vectors()[0].tolist()
    assert store.find_by_source("talk.txt") == ("new", "sha-second words")
    assert store.find_by_sha256("sha-second words") == "new"
    assert store.find_by_sha256("sha-first words") is None


def test_a_refused_version_leaves_the_old_one(store):
    """A passage id that another document owns fails the whole transaction."""
    _, taken = put(store, "a", "words of a")
    before, _ = put(store, "b", "words of b")
    after, passages = sample("b", "newer words of b")
    clash = [replace(passages[0], id=taken[0].id)]
    with pytest.raises(StoreError):
        store.replace_document(after, clash, vectors_of(clash), [], source_key=before.source)
    assert store.document("b") == before
    assert store.revision == 2


def test_documents_are_found_by_the_beginning_of_their_id(store):
    put(store, "abc1", "x")
    put(store, "abd2", "y")
    assert store.document("abc").id == "abc1"
    for wrong in ("ab", "zzz", "", "%"):
        with pytest.raises(NotFound):
            store.document(wrong)


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


def test_a_deleted_document_is_gone(store):
    put(store, "d1", "words")
    store.delete_document("d1")
    with pytest.raises(NotFound):
        store.document("d1")
    assert store.vectors()[0].tolist() == []


def test_filters_are_exact(store):
    """Every restriction alone and together; case and accents do not matter."""
    _, zoe = put(store, "a", "p", "q", topics=["Timelines", "Compute"])
    _, bram = put(store, "b", "r", speaker="Bram", date="2030", topics=["Compute"])
    _, undated = put(store, "c", "s", speaker="Bram", date=None)

    def ids(**restrictions):
        return set(store.passage_ids(Filters(**restrictions)).tolist())

    everything = {p.id for p in zoe}, {p.id for p in bram}, {p.id for p in undated}
    assert store.passage_ids(Filters()) is None
    assert everything[0] == ids(speakers=("ZOE okafor",))
    assert everything[1] | everything[2] == ids(speakers=("bram",))
    assert everything[0] | everything[1] == ids(topics=("compute",))
    assert everything[2] == ids(documents=("c",))
    assert everything[1] == ids(topics=("Compute",), speakers=("Bram",))
    assert set() == ids(speakers=("Bram' OR 1=1 --",))
    assert everything[0] == ids(date_from="2031")
    assert everything[1] == ids(date_to="2031-04")
    assert everything[0] == ids(date_from="2031-05-02", date_to="2031-05-02")
    assert everything[1] == ids(date_from="2030-07", date_to="2030-08")


def test_claims_are_filtered_and_counted(store, make_claim):
    document, _ = sample("d1", "Perhaps between 2040 and 2050.", "It cost 3 million.")
    years = make_claim(
        id="c1", speaker="Zoë Okafor", value=None, low=2040.0, high=2050.0, comparator="range",
        year_low=2040, year_high=2050, event_year=None, supersedes=("c0",),
        **place(document, "Perhaps between 2040 and 2050."),
    )  # fmt: skip
    cost = make_claim(
        id="c2", kind="money", topic=None, claimant="José", speaker="Zoë Okafor", event_year=None,
        **place(document, "It cost 3 million."),
    )  # fmt: skip
    put(store, "d1", "Perhaps between 2040 and 2050.", "It cost 3 million.", claims=[years, cost])

    def found(**filters):
        return [claim.id for claim in store.claims(ClaimFilters(**filters))[0]]

    assert ([years, cost], 2) == store.claims()
    assert ([cost], 2) == store.claims(limit=1, offset=1)
    assert ["c2"] == found(kind="money") == found(claimant="jose") == found(holder="José")
    assert ["c1"] == found(topic="AGI") == found(holder="zoe okafor")
    assert ["c1"] == found(speaker="zoe OKAFOR", query="between perhaps")
    assert ["c1"] == found(year_from=2050) == found(year_to=2040)
    assert [] == found(year_from=2051) == found(document="d", query="absent")
    assert 2 == store.documents()[0].claims
    with pytest.raises(NotFound):
        store.claims(ClaimFilters(document="other"))


def test_a_claim_is_found_by_the_beginning_of_its_id(store, make_claim):
    document, _ = sample("d1", "Perhaps 2040.", "Perhaps 2041.")
    first = make_claim(id="ab12", **place(document, "Perhaps 2040."))
    second = make_claim(id="ab34", **place(document, "Perhaps 2041."))
    put(store, "d1", "Perhaps 2040.", "Perhaps 2041.", claims=[first, second])

    assert first == store.claim("ab1")
    for identifier in ("ab", "zz", ""):
        with pytest.raises(NotFound):
            store.claim(identifier)


def test_speakers_and_topics_are_counted_over_documents(store):
    put(store, "a", "one two", "three", topics=["Compute"])
    put(store, "b", "four", topics=["Compute", "Takeoff"])
    assert [SpeakerCount("Zoë Okafor", ("guest",), 2, 3, 4)] == store.speakers()
    assert [TopicCount("Compute", 3, 2), TopicCount("Takeoff", 1, 1)] == store.topics()


def test_caches_follow_every_change(tmp_path, store):
    """A reader that has everything cached sees the new version at once."""
    put(store, "d1", "old words")
    with Store.open(tmp_path) as reader:
        assert reader.document("d1").text == "old words"
        assert reader.passages_of("d1")[0].text == "old words"
        put(store, "d1", "new words")
        assert reader.document("d1").text == "new words"
        assert reader.passages_of("d1")[0].text == "new words"


def test_vectors_of_another_model_are_refused(store):
    document, passages = sample("d1", "words")
    with pytest.raises(ModelMismatch, match="tiny"):
        store.check_model("other", DIMENSION)
    wide = np.ones((1, DIMENSION + 1), dtype=np.float32)
    with pytest.raises(ModelMismatch):
        store.replace_document(document, passages, wide, [], source_key="s")
    with pytest.raises(StoreError):
        store.replace_document(document, passages, vectors_of([]), [], source_key="s")
    assert store.documents() == []


def test_recreated_stores_are_told_apart(tmp_path):
    """Two stores that changed equally often are in different states."""
    states = []
    for name in ("first", "second"):
        with Store.open(tmp_path / name, write=True) as store:
            store.check_model("tiny", DIMENSION)
            put(store, "d1", f"words of {name}")
            states.append(store.state)
            assert store.is_past(states[-1])
            assert not store.is_past(states[0]) or name == "first"
    assert states[0].revision == states[1].revision
    assert states[0] != states[1]


def test_the_second_writer_is_told_who_holds_the_lock(tmp_path, store):
    with pytest.raises(StoreLocked, match=f"process {os.getpid()} on "):
        Store.open(tmp_path, write=True)
    store.close()
    Store.open(tmp_path, write=True).close()


def test_a_reader_cannot_write(tmp_path):
    with Store.open(tmp_path) as reader, pytest.raises(StoreError, match="reading only"):
        reader.delete_document("d1")


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
from test_store import DIMENSION, put
from kb.store import Store
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
from kb.store import Store
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
    here = Path(__file__).parent
    paths = [str(REPOSITORY), str(here), str(here.parent / "faults")]
    code = WRITER.format(paths=paths, data=str(tmp_path))
    for reports in (1, 7, 23):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            reported = [int(process.stdout.readline()) for _ in range(reports)]
            process.send_signal(signal.SIGKILL)
            reported += [int(line) for line in process.stdout.read().split(b"\n")[:-1]]
        with Store.open(tmp_path, write=True) as store:
            assert store.integrity() == []
            assert {f"d{number}" for number in reported} <= {d.id for d in store.documents()}


def test_readers_see_whole_versions_while_they_are_replaced(tmp_path, store):
    """In a snapshot, text and passages are always of one version, from many threads."""
    put(store, "d1", "version 0")
    stop = threading.Event()
    torn, reads = [], []

    def read(reader):
        while not stop.is_set():
            with reader.snapshot():
                text = reader.document("d1").text
                said = [passage.text for passage in reader.passages_of("d1")]
            reads.append(text)
            if said != [text]:
                torn.append((text, said))

    with Store.open(tmp_path) as reader:
        threads = [threading.Thread(target=read, args=(reader,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for version in range(1, 60):
            put(store, "d1", f"version {version}")
        stop.set()
        for thread in threads:
            thread.join()
    assert torn == []
    assert len(set(reads)) > 1


class StoreAgainstDictionary(RuleBasedStateMachine):
    """Adding, replacing and deleting does to the store what it does to a dictionary."""

    names = st.sampled_from(["a", "b", "c"])
    paragraphs = st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=3, unique=True
    )

    def __init__(self):
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self.directory.name), write=True)
        self.store.check_model("tiny", DIMENSION)
        self.expected = {}
        self.revision = 0

    @rule(name=names, paragraphs=paragraphs)
    def put(self, name, paragraphs):
        self.expected[name] = put(self.store, name, *paragraphs)
        self.revision += 1

    @rule(name=names)
    def delete(self, name):
        if name in self.expected:
            self.store.delete_document(name)
            del self.expected[name]
            self.revision += 1
        else:
            with pytest.raises(NotFound):
                self.store.delete_document(name)

    @rule()
    def reopen(self):
        self.store.close()
        self.store = Store.open(Path(self.directory.name), write=True)

    @invariant()
    def agrees(self):
        assert sorted(self.expected) == sorted(d.id for d in self.store.documents())
        assert self.revision == self.store.revision
        ids = set()
        for name, (document, passages) in self.expected.items():
            assert document == self.store.document(name)
            assert passages == self.store.passages_of(name)
            np.testing.assert_array_equal(
                vectors_of(passages), self.store.vectors_for([p.id for p in passages])
            )
            ids |= {passage.id for passage in passages}
        assert ids == set(self.store.vectors()[0].tolist())

    def teardown(self):
        assert self.store.integrity() == []
        self.store.close()
        self.directory.cleanup()


TestStoreAgainstDictionary = StoreAgainstDictionary.TestCase
TestStoreAgainstDictionary.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None
)


def test_the_passages_around_places_are_those_of_their_documents_only(store):
    """Ranges that overlap or touch count once, and end where the document ends."""
    _, first = put(store, "d1", *"abcdefgh")
    _, second = put(store, "d2", *"xyz")

    around = store.ids_around([("d1", 6), ("d1", 1), ("d1", 4), ("d2", 0), ("gone", 0)], 1)

    expected = {("d1", number): first[number].id for number in range(8)}
    assert expected | {("d2", 0): second[0].id, ("d2", 1): second[1].id} == around


def test_what_is_kept_of_the_store_ends_with_its_state(store):
    """Lists and filters that were asked for before show what another writer changed."""
    put(store, "d1", "one", "two")
    with Store.open(store.data_dir) as reader:
        before = reader.passage_ids(Filters(documents=("d1", "d2")))
        assert before.tolist() == reader.passage_ids(Filters(documents=("d1", "d2"))).tolist()
        assert ["d1"] == [summary.id for summary in reader.documents()]
        put(store, "d2", "three")
        assert 3 == len(reader.passage_ids(Filters(documents=("d1", "d2"))))
        assert ["d1", "d2"] == sorted(summary.id for summary in reader.documents())
