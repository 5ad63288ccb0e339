"""What every store promises, as tests to be inherited.

A module that tests one of them gives a fixture ``new_store``: a function that makes a new, empty
store, and returns a function that opens it (``open(write=True)``), again and again. At the end the
fixture closes whatever was opened.

    class TestThis(StoreContract): ...
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from store_samples import DIMENSION, everything_in, place, put, sample, vectors_of

from kb.errors import ModelMismatch, NotFound, StoreError
from kb.storage.counts import SpeakerCount, TopicCount
from kb.storage.store import Store
from kb.types import ClaimFilters, Filters

OpenStore = Callable[..., Store]
NewStore = Callable[[], OpenStore]

SURROGATES = range(0xD800, 0xE000)
ALL_CHARACTERS = "".join(chr(code) for code in range(1, 0x110000) if code not in SURROGATES)
EXAMPLES = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class StoreContract:
    """What goes in comes out, whole, to everybody."""

    @pytest.fixture
    def open_store(self, new_store: NewStore) -> OpenStore:
        return new_store()

    @pytest.fixture
    def store(self, open_store: OpenStore) -> Store:
        opened = open_store(write=True)
        opened.check_model("tiny", DIMENSION)
        return opened

    def test_a_new_store_is_empty(self, open_store):
        """Reading before anything was ingested shows nothing, and is no error."""
        store = open_store()
        assert [] == store.documents() == store.speakers() == store.topics()
        assert ([], 0) == store.claims()
        assert 0 == store.revision
        assert [] == store.vectors()[0].tolist()
        assert (0, 0) == store.vectors_for([]).shape
        assert [] == store.integrity()
        assert store.model_id() is None
        assert store.available()

    # --- documents ----------------------------------------------------------------------------

    def test_a_document_comes_back_as_it_went_in(self, store):
        """Every field survives, with combining characters, emoji and marks of direction."""
        document, passages = put(store, "d1", "Cafe\u0301 🤖 \u200fשלום", "\ufeff and more")
        assert store.document("d1") == document
        assert store.documents_by_id(["d1", "nobody"]) == {"d1": document}
        assert store.passages_of("d1") == passages
        assert store.passages([passages[1].id, 77]) == {passages[1].id: passages[1]}
        assert sorted(passages, key=lambda p: p.id) == list(store.iterate_passages())

    def test_what_nobody_knows_comes_back_as_nothing(self, store):
        """Turns of nobody, no date, no link, no times, no topics, no notes."""
        document, passages = sample("d1", "words", date=None)
        turn = replace(document.turns[0], speaker=None, start_seconds=None, section=None)
        document = replace(document, speakers=(), turns=(turn,), sections=(), anchors=(), notes=())
        passage = replace(passages[0], speaker=None, section=None, start_seconds=None)
        store.replace_document(document, [passage], vectors_of([passage]), [], source_key="s")
        assert document == store.document("d1")
        assert [passage] == store.passages_of("d1")
        assert [] == store.speakers()

    def test_any_character_and_any_length_is_kept(self, store):
        """All of Unicode but NUL, three times: 13 MB of text."""
        document, passages = sample("d1", 3 * ALL_CHARACTERS, speaker="é" * 10_000)
        document = replace(document, sha256="of much text")
        store.replace_document(document, passages, vectors_of(passages), [], source_key="s")
        assert document == store.document("d1")
        assert passages == store.passages_of("d1")
        assert [] == store.integrity()

    def test_half_a_character_is_refused_and_nothing_of_it_is_kept(self, store):
        before, _ = put(store, "d1", "whole")
        with pytest.raises(StoreError, match=r"^Text cannot be stored: .*\.$"):
            put(store, "d1", "\ud800")
        assert before == store.document("d1")
        assert {"documents": 1, "passages": 1, "claims": 0} == store.counts()

    def test_the_list_counts_words_turns_and_passages(self, store):
        document, _ = put(store, "d1", "three words here", "two more")
        (summary,) = store.documents()
        assert (document.speakers[0], 5) == summary.speakers[0]
        assert (summary.turns, summary.passages, summary.claims) == (2, 2, 0)
        assert {"documents": 1, "passages": 2, "claims": 0} == store.counts()
        assert 2 == store.passage_count()

    def test_names_sort_by_their_characters(self, store):
        """In the order of code points, whatever the language of the machine."""
        names = ["🤖", "é", "a", "Z", "\uffee", "z", "E\u0301", "_"]
        for name in names:
            put(store, name, "one word", speaker=name, topics=[name])
        expected = sorted(names)
        assert expected == [summary.id for summary in store.documents()]
        assert expected == [speaker.name for speaker in store.speakers()]
        assert expected == [topic.name for topic in store.topics()]

    def test_a_new_version_replaces_the_old_one(self, store):
        """The same source under another id: the old id, its passages and its vectors are gone."""
        put(store, "old", "first words", source="talk.txt")
        _, passages = put(store, "new", "second words", source="talk.txt")
        assert [d.id for d in store.documents()] == ["new"]
        assert [passages[0].id] == store.vectors()[0].tolist()
        assert store.find_by_source("talk.txt") == ("new", "sha-second words")
        assert store.find_by_source("other.txt") is None
        assert store.find_by_sha256("sha-second words") == "new"
        assert store.find_by_sha256("sha-first words") is None

    def test_a_moved_document_is_found_where_it_is_now(self, store):
        """As after a file was renamed: its words and its vectors stay."""
        _, passages = put(store, "d1", "one", "two", source="old.txt")
        before = store.revision
        store.move_document("d1", "new.txt", "/talks/new.txt")
        assert store.find_by_source("old.txt") is None
        assert ("d1", "sha-one\n\ntwo") == store.find_by_source("new.txt")
        assert "/talks/new.txt" == store.document("d1").source
        assert sorted(p.id for p in passages) == store.vectors()[0].tolist()
        assert before < store.revision

    def test_the_same_again_changes_nothing_but_the_revision(self, store):
        put(store, "d1", "one", "two")
        before = everything_in(store)
        put(store, "d1", "one", "two")
        after = everything_in(store)
        assert before[1:] == after[1:]
        assert before[0].revision < after[0].revision

    def test_a_refused_version_leaves_the_old_one(self, store):
        """A passage id that another document owns fails the whole transaction, metadata too."""
        _, taken = put(store, "a", "words of a")
        before, _ = put(store, "b", "words of b")
        store.set_metadata("taxonomy", "old")
        after, passages = sample("b", "newer words of b")
        clash = [replace(passages[0], id=taken[0].id)]
        with pytest.raises(StoreError):
            store.replace_document(
                after, clash, vectors_of(clash), [], source_key=before.source,
                metadata={"taxonomy": "new"},
            )  # fmt: skip
        assert store.document("b") == before
        assert store.revision == 2
        assert "old" == store.metadata("taxonomy")

    def test_metadata_change_with_the_document(self, store):
        assert store.metadata("taxonomy") is None
        document, passages = sample("d1", "words")
        store.replace_document(
            document, passages, vectors_of(passages), [], source_key="s",
            metadata={"taxonomy": "new", "other": ""},
        )  # fmt: skip
        assert ("new", "") == (store.metadata("taxonomy"), store.metadata("other"))

    def test_documents_are_found_by_the_beginning_of_their_id(self, store):
        put(store, "abc1", "x")
        put(store, "abd2", "y")
        put(store, "abd", "z")
        assert store.document("abc").id == "abc1"
        assert store.document("abd").id == "abd"
        for wrong in ("ab", "zzz", "", "%", "_bc1", "ABC", "abc1 ", "\0", "abc\0"):
            with pytest.raises(NotFound):
                store.document(wrong)
            with pytest.raises(NotFound):
                store.delete_document(wrong)

    def test_a_deleted_document_is_gone(self, store, make_claim):
        document, _ = sample("d1", "Perhaps 2040.")
        claim = make_claim(**place(document, "Perhaps 2040."))
        put(store, "d1", "Perhaps 2040.", claims=[claim], topics=["Timelines"])
        store.delete_document("d")
        with pytest.raises(NotFound):
            store.document("d1")
        assert [] == store.vectors()[0].tolist() == store.topics() == store.speakers()
        assert ([], 0) == store.claims()
        assert 2 == store.revision

    # --- passages and vectors -----------------------------------------------------------------

    def test_vectors_keep_their_passages(self, store):
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

    def test_vectors_of_another_model_are_refused(self, store):
        document, passages = sample("d1", "words")
        with pytest.raises(ModelMismatch, match="tiny"):
            store.check_model("other", DIMENSION)
        wide = np.ones((1, DIMENSION + 1), dtype=np.float32)
        with pytest.raises(ModelMismatch):
            store.replace_document(document, passages, wide, [], source_key="s")
        with pytest.raises(StoreError):
            store.replace_document(document, passages, vectors_of([]), [], source_key="s")
        assert store.documents() == []
        assert "tiny" == store.model_id()

    def test_a_store_without_a_model_takes_no_document(self, open_store):
        with pytest.raises(StoreError, match="does not know its embedding model"):
            put(open_store(write=True), "d1", "words")

    def test_what_changed_since_a_revision_is_told(self, store):
        """New documents and new versions, by passage id."""
        _, first = put(store, "d1", "one")
        put(store, "d2", "two")
        _, third = put(store, "d3", "three", "more")
        _, second = put(store, "d2", "two again")
        expected = sorted((*third, *second), key=lambda passage: passage.id)
        assert expected == list(store.iterate_passages(2))
        assert [passage.id for passage in expected] == store.all_passage_ids(2).tolist()
        assert [] == list(store.iterate_passages(4))
        assert first[0].id in store.all_passage_ids().tolist()

    def test_the_passages_around_places_are_those_of_their_documents_only(self, store):
        """Ranges that overlap or touch count once, and end where the document ends."""
        _, first = put(store, "d1", *"abcdefgh")
        _, second = put(store, "d2", *"xyz")

        around = store.ids_around([("d1", 6), ("d1", 1), ("d1", 4), ("d2", 0), ("gone", 0)], 1)

        expected = {("d1", number): first[number].id for number in range(8)}
        assert expected | {("d2", 0): second[0].id, ("d2", 1): second[1].id} == around
        assert {} == store.ids_around([], 1)

    def test_filters_are_exact(self, store):
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
        assert everything[0] == ids(date_from="2031")
        assert everything[1] == ids(date_to="2031-04")
        assert everything[0] == ids(date_from="2031-05-02", date_to="2031-05-02")
        assert everything[1] == ids(date_from="2030-07", date_to="2030-08")
        for hostile in ("Bram' OR 1=1 --", "%", "?", "%s", "\0", "Bram\0"):
            assert set() == ids(speakers=(hostile,)) == ids(documents=(hostile,))
            assert set() == ids(topics=(hostile,), documents=("a",))

    # --- claims, speakers, topics -------------------------------------------------------------

    def test_claims_are_filtered_and_counted(self, store, make_claim):
        said = "Perhaps between 2040 and 2050.", "It cost 3 million."
        document, _ = sample("d1", *said)
        years = make_claim(
            id="c1", speaker="Zoë Okafor", value=None, low=2040.0, high=2050.0, comparator="range",
            year_low=2040, year_high=2050, event_year=None, supersedes=("c0",),
            **place(document, said[0]),
        )  # fmt: skip
        cost = make_claim(
            id="c2", kind="money", topic=None, claimant="José", speaker="Zoë Okafor",
            event_year=None, **place(document, said[1]),
        )  # fmt: skip
        put(store, "d1", *said, claims=[years, cost])

        def found(**filters):
            claims, count = store.claims(ClaimFilters(**filters))
            assert len(claims) == count
            return [claim.id for claim in claims]

        assert ([years, cost], 2) == store.claims()
        assert ([cost], 2) == store.claims(limit=1, offset=1)
        assert ["c2"] == found(kind="money") == found(claimant="jose") == found(holder="José")
        assert ["c1"] == found(topic="AGI") == found(holder="zoe okafor")
        assert ["c1"] == found(speaker="zoe OKAFOR", query="between perhaps")
        assert ["c1"] == found(year_from=2050) == found(year_to=2040)
        assert [] == found(year_from=2051) == found(document="d", query="absent")
        assert [] == found(query="%") == found(query="_") == found(query="\0")
        assert [] == found(speaker="\0") == found(topic="\0")
        assert [years] == store.claims_in(["d1", "d2"], ["timeline", "event"])
        assert [] == store.claims_in([], ["money"]) == store.claims_in(["d1"], [])
        assert 2 == store.documents()[0].claims
        with pytest.raises(NotFound):
            store.claims(ClaimFilters(document="other"))

    def test_a_claim_is_found_by_the_beginning_of_its_id(self, store, make_claim):
        document, _ = sample("d1", "Perhaps 2040.", "Perhaps 2041.")
        first = make_claim(id="ab12", **place(document, "Perhaps 2040."))
        second = make_claim(id="ab34", **place(document, "Perhaps 2041."))
        put(store, "d1", "Perhaps 2040.", "Perhaps 2041.", claims=[first, second])

        assert first == store.claim("ab1")
        for identifier in ("ab", "zz", "", "\0"):
            with pytest.raises(NotFound):
                store.claim(identifier)

    def test_speakers_and_topics_are_counted_over_documents(self, store):
        put(store, "a", "one two", "three", topics=["Compute"])
        put(store, "b", "four", topics=["Compute", "Takeoff"])
        assert [SpeakerCount("Zoë Okafor", ("guest",), 2, 3, 4)] == store.speakers()
        assert [TopicCount("Compute", 3, 2), TopicCount("Takeoff", 1, 1)] == store.topics()

    # --- readers and the writer ---------------------------------------------------------------

    def test_a_reader_cannot_write(self, open_store):
        reader = open_store()
        with pytest.raises(StoreError, match="reading only"):
            reader.set_metadata("key", "value")
        assert not reader.writable

    def test_caches_follow_every_change(self, open_store, store):
        """A reader that has everything cached sees the new version at once."""
        reader = open_store()
        put(store, "d1", "old words", speaker="Bram")
        assert everything_in(store) == everything_in(reader)
        assert "old words" == reader.document("d1").text == reader.passages_of("d1")[0].text
        put(store, "d1", "new words", speaker="Bram")
        put(store, "d2", "other words", speaker="Bram")
        assert everything_in(store) == everything_in(reader)
        assert "new words" == reader.document("d1").text == reader.passages_of("d1")[0].text
        assert 2 == len(reader.passage_ids(Filters(documents=("d1", "d2"))))

    def test_a_snapshot_is_one_state(self, open_store, store):
        """Whatever is read in it, also for the first time, while others write."""
        put(store, "d1", "old words", speaker="Bram", topics=["Compute"])
        expected = everything_in(store)
        reader = open_store()
        with reader.snapshot() as state:
            put(store, "d2", "new words", speaker="Bram", topics=["Takeoff"])
            store.delete_document("d1")
            assert state == expected[0]
            assert expected == everything_in(reader)
            with reader.snapshot() as inner:
                assert state == inner
            assert expected == everything_in(reader)
        assert everything_in(store) == everything_in(reader) != expected

    def test_readers_see_whole_versions_while_they_are_replaced(self, open_store, store):
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

        reader = open_store()
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

    def test_recreated_stores_are_told_apart(self, new_store):
        """Two stores that changed equally often are in different states."""
        states = []
        for name in ("first", "second"):
            store = new_store()(write=True)
            store.check_model("tiny", DIMENSION)
            put(store, "d1", f"words of {name}")
            states.append(store.state)
            assert store.is_past(states[-1])
            assert not store.is_past(states[0]) or name == "first"
        assert states[0].revision == states[1].revision
        assert states[0] != states[1]

    def test_it_is_like_a_dictionary(self, new_store):
        """Adding, replacing and deleting does to the store what it does to a dictionary."""
        run_state_machine_as_test(lambda: StoreAgainstDictionary(new_store()), settings=EXAMPLES)


class StoreAgainstDictionary(RuleBasedStateMachine):
    names = st.sampled_from(["a", "b", "c"])
    characters = st.characters(codec="utf-8", exclude_characters="\0")
    paragraphs = st.lists(st.text(characters, min_size=1), min_size=1, max_size=3, unique=True)

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__()
        self.open_store = open_store
        self.store = open_store(write=True)
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
        self.store = self.open_store(write=True)

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
