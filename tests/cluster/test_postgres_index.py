"""The index inside PostgreSQL finds what exact search and tantivy find."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import numpy as np
import passage_index_contract as contract
import pytest
from servers import Postgres

from kb.errors import StoreError
from kb.postgres import vectors as vector_tables
from kb.postgres.database import PostgresDatabase
from kb.postgres.passage_index import PostgresIndex
from kb.postgres.store import PostgresStore
from kb.protocols import IndexEntry
from kb.search.lexical import LexicalIndex, document_key
from kb.storage.rows import fold
from kb.types import Document, Filters, Passage, Selection

DIMENSION = 16
WORDS = (
    "kettle ladder bridge harbour lantern orchard engine violin glacier pepper the of quiet"
).split()
EVERYTHING = Selection()
ALWAYS_BY_GRAPH = "-cenable_sort%3Doff"  # a thousand passages are sorted faster
ADA = Selection((Filters(speakers=("Ada",)),))


@pytest.fixture(scope="module")
def make_index(postgres: Postgres) -> Iterator[contract.MakeIndex]:
    """Each in a database of its own, beside the store whose passages it holds."""
    with ExitStack() as opened:

        def make(passages: Sequence[Passage], vectors: Any, documents: Sequence[Document]) -> Any:
            url = postgres.url(postgres.create_database())
            database = PostgresDatabase(url, write=True)
            store = opened.enter_context(PostgresStore(Path(), database, "tiny"))
            store.check_model("tiny", contract.DIMENSION)
            for document in documents:
                rows = [n for n, one in enumerate(passages) if one.document_id == document.id]
                own = [passages[row] for row in rows]
                store.replace_document(document, own, vectors[rows], (), source_key=document.id)
            index = PostgresIndex(database, 1)
            index.create(contract.DIMENSION)
            index.upsert(entries_of(passages), vectors)
            return index

        yield make


class TestPostgresIndex(contract.PassageIndexContract):
    """Few passages: all are compared."""


class TestPostgresIndexOfMany(contract.PassageIndexContract):
    """As where very many are selected, so that the server is asked which of the best are."""

    @pytest.fixture(autouse=True)
    def _many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vector_tables, "EXACT_LIMIT", 0)
        monkeypatch.setattr("kb.postgres.bm25.FEW", 0)


def passages_of(document: str, texts: Sequence[str]) -> list[Passage]:
    speaker = "Ada" if int(document) % 3 == 0 else "Bo"
    return [
        Passage(
            document_key(f"{document}/{number}") // 2, document, number, 0, speaker,
            "speech", None, 0, len(text), 1, None, text, f"Talk about {WORDS[int(document) % 5]}",
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def library() -> list[Passage]:
    """40 documents of 25 passages, some words in all of them and some in few."""
    chooser = random.Random(1)
    weights = [1 / (number + 1) for number in range(len(WORDS))]
    return [
        passage
        for document in range(40)
        for passage in passages_of(
            str(document),
            [
                " ".join(chooser.choices(WORDS, weights, k=chooser.randint(3, 90)))
                for _ in range(25)
            ],
        )
    ]


def vectors_of(passages: Sequence[Passage]) -> Any:
    rows = [np.random.default_rng(passage.id).normal(size=DIMENSION) for passage in passages]
    matrix = np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix.astype(np.float16).astype(np.float32)  # as the index keeps them


def entries_of(passages: Sequence[Passage]) -> list[IndexEntry]:
    return [IndexEntry(passage, None) for passage in passages]


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    with closing(PostgresDatabase(postgres_url, write=True)) as opened:
        yield opened


@pytest.fixture
def index(database: PostgresDatabase) -> PostgresIndex:
    made = PostgresIndex(database, 3)
    made.create(DIMENSION)
    return made


def put(index: PostgresIndex, database: PostgresDatabase, passages: Sequence[Passage]) -> None:
    """Into the store and into the index."""
    names = {passage.document_id for passage in passages}
    documents = [(n, n, n, "", "", "", None, None, 1, "", 0) for n in names]
    rows = [
        (
            one.id, one.document_id, one.index, 0, one.speaker, one.kind, None, 0, 0, 1, None,
            one.text, one.context, fold(one.speaker or ""),
        )
        for one in passages
    ]  # fmt: skip
    with database.writing() as connection:
        database.insert(connection, "documents", documents)
        database.insert(connection, "passages", rows)
    index.upsert(entries_of(passages), vectors_of(passages))
    index.complete()


def exactly(passages: Sequence[Passage], vector: Any, k: int) -> list[int]:
    cosines = vectors_of(passages) @ vector[0]
    return [passages[place].id for place in np.argsort(-cosines)[:k]]


def test_words_score_as_in_tantivy(index, database, library):
    """Every score is the one of the embedded index, for boosts and expansions too."""
    put(index, database, library)
    embedded = LexicalIndex.build(library)
    for text in ("kettles on a bridge", "the quiet harbour of the violin", "pepper pepper"):
        for options in ({}, {"context_boost": 0.3}, {"expansions": {"glacier": 0.4}}):
            expected = dict(embedded.search(text, len(library), **options))
            found = dict(index.matching(text, len(library), EVERYTHING, **options))
            assert expected.keys() == found.keys()
            assert expected == pytest.approx(found, rel=1e-4)


def test_statistics_are_those_of_the_embedded_index(index, database, library):
    put(index, database, library)
    embedded = LexicalIndex.build(library)
    terms = ["kettl", "glacier", "talk", "nowher"]
    assert len(library) == index.document_count
    assert embedded.document_frequency(terms) == index.document_frequency(terms)
    assert [embedded.knows(term) for term in terms] == [index.knows(term) for term in terms]
    assert embedded.spread("pepper") == index.spread("pepper")


def test_the_nearest_are_those_of_an_exact_search(index, database, library):
    put(index, database, library)
    vector = vectors_of(library[7:8])
    ids, scores = index.nearest(vector, 20, EVERYTHING)
    assert exactly(library, vector, 20) == ids.tolist()
    assert scores[0] == pytest.approx(1, abs=1e-3)
    assert sorted(scores, reverse=True) == scores.tolist()


@pytest.mark.parametrize("limit", [0, 5_000])
@pytest.mark.parametrize("graph_from", [100, 20_000])
def test_a_selection_is_exact(index, database, library, monkeypatch, limit, graph_from):
    """By exact search among few, or by the graph; by words in one question or in several."""
    monkeypatch.setattr(vector_tables, "EXACT_LIMIT", limit)
    monkeypatch.setattr(vector_tables, "GRAPH_FROM", graph_from)
    monkeypatch.setattr("kb.postgres.bm25.FEW", limit)
    put(index, database, library)
    selection = ADA.except_for(["0", "3"])
    allowed = [p for p in library if p.speaker == "Ada" and p.document_id not in {"0", "3"}]
    vector = vectors_of(library[-1:])
    ids, _ = index.nearest(vector, 30, selection)
    assert exactly(allowed, vector, 30) == ids.tolist()
    expected = dict(index.matching("kettle violin", len(library), EVERYTHING))
    found = index.matching("kettle violin", 30, selection)
    best = sorted((-expected[p.id], p.id) for p in allowed if p.id in expected)[:30]
    assert best == [(-score, identifier) for identifier, score in found]


def test_the_graph_serves_large_indexes(postgres_url, library, monkeypatch):
    """It finds nearly all of the nearest, and of those that a selection allows."""
    monkeypatch.setattr(vector_tables, "EXACT_LIMIT", 0)
    monkeypatch.setattr(vector_tables, "GRAPH_FROM", 500)
    url = f"{postgres_url}?options={ALWAYS_BY_GRAPH}"
    with closing(PostgresDatabase(url, write=True)) as database:
        index = PostgresIndex(database, 3)
        index.create(DIMENSION)
        put(index, database, library)
        vector = vectors_of(library[3:4])
        everywhere = index.nearest(vector, 50, EVERYTHING)[0].tolist()
        among_hers = index.nearest(vector, 50, ADA)[0].tolist()
    hers = [passage for passage in library if passage.speaker == "Ada"]
    assert 48 <= len({*exactly(library, vector, 50)} & {*everywhere})
    assert 48 <= len({*exactly(hers, vector, 50)} & {*among_hers})


def test_the_same_again_changes_nothing(index, database, library):
    put(index, database, library)
    before = dict(index.matching("kettle harbour", 1000, EVERYTHING))
    index.upsert(entries_of(library[10:60]), vectors_of(library[10:60]))
    assert len(library) == index.document_count
    assert before == pytest.approx(dict(index.matching("kettle harbour", 1000, EVERYTHING)))


def test_removed_passages_leave_no_trace(index, database, library):
    """Half of a document is removed, then the index scores as one that never had it."""
    put(index, database, library)
    removed = [passage.id for passage in library[:12]]
    index.remove([*removed, 42])
    embedded = LexicalIndex.build(library[12:])
    vector = vectors_of(library[:1])
    expected = dict(embedded.search("kettle ladder", 1000))
    found = dict(index.matching("kettle ladder", 1000, EVERYTHING))
    assert expected == pytest.approx(found, rel=1e-4)
    assert exactly(library[12:], vector, 5) == index.nearest(vector, 5, EVERYTHING)[0].tolist()
    assert embedded.spread("pepper") == index.spread("pepper")
    assert embedded.document_count == index.document_count


def test_a_passage_may_change_its_words(index, database, library):
    put(index, database, library[:30])
    (changed,) = passages_of("0", ["a zebra"])
    index.upsert(entries_of([changed]), vectors_of([changed]))
    assert [changed.id] == [hit for hit, _ in index.matching("zebra", 9, EVERYTHING)]
    assert 30 == index.document_count


def test_an_empty_index_finds_nothing(index):
    index.upsert([], vectors_of([]))
    index.remove([])
    vector = np.ones((1, DIMENSION), dtype=np.float32)
    assert 0 == index.document_count
    assert 0 == len(index.nearest(vector, 5, EVERYTHING)[0])
    assert [] == index.matching("kettle", 5, ADA)
    assert {"kettl": 0} == index.document_frequency(["kettl"])
    assert {} == index.spread("kettl")
    assert not index.knows("kettl")


def test_indexes_of_two_models_live_beside_each_other(index, database, library):
    put(index, database, library[:20])
    other = PostgresIndex(database, 4)
    other.create(8)
    other.create(8)
    assert 0 == other.document_count
    other.drop()
    other.drop()
    assert index.name != other.name
    assert 20 == index.document_count
    with pytest.raises(StoreError):
        _ = other.document_count


def test_what_a_snapshot_sees_does_not_change(index, database, library):
    put(index, database, library[:20])
    with database.snapshot():
        assert 20 == index.document_count
        index.remove([library[0].id])
        assert 20 == index.document_count
    assert 19 == index.document_count


def test_a_search_that_the_graph_gives_up_is_made_exactly(postgres_url, library, monkeypatch):
    """Few passages that lie far from the question are still found, all of them."""
    monkeypatch.setattr(vector_tables, "EXACT_LIMIT", 0)
    monkeypatch.setattr(vector_tables, "GRAPH_FROM", 500)
    url = f"{postgres_url}?options={ALWAYS_BY_GRAPH}%20-chnsw.max_scan_tuples%3D1"
    with closing(PostgresDatabase(url, write=True)) as database:
        index = PostgresIndex(database, 3)
        index.create(DIMENSION)
        put(index, database, library)
        theirs = library[-25:]
        selection = Selection((Filters(documents=(theirs[0].document_id,)),))
        vector = -vectors_of(theirs[:1])
        ids, _ = index.nearest(vector, len(theirs), selection)
    assert exactly(theirs, vector, len(theirs)) == ids.tolist()
