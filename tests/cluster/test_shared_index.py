"""An index in another server follows the store, and answers as the embedded one does."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from store_samples import DIMENSION, sample, vectors_of

from kb.backends import engine_for, open_indexes, open_store, write_indexes
from kb.check import check_store
from kb.errors import InputError
from kb.knowledge_base import KnowledgeBase
from kb.postgres import shared_index
from kb.postgres.shared_index import SharedIndexSet
from kb.search.indexes import IndexSet
from kb.settings import Settings
from kb.storage.relational import State
from kb.storage.store import Store
from kb.types import ClaimFilters, Filters, Selection

EVERYTHING = Selection()
QUESTIONS = (
    "What do the hosts say about interpretability?",
    "When will AGI arrive?",
    "How much did the training run cost?",
    "What is the colour of the mayor's bicycle?",
    "Who is worried about takeoff?",
)


@pytest.fixture(params=["pgvector", "milvus"])
def index(request):
    """The setting ``index``."""
    return request.param if request.param == "pgvector" else request.getfixturevalue("milvus_url")


@pytest.fixture
def settings(index, postgres_url, tmp_path):
    return Settings(store=postgres_url, index=index, data_dir=tmp_path)


@pytest.fixture
def store(settings):
    with open_store(settings, write=True) as opened:
        opened.check_model("tiny", DIMENSION)
        yield opened
        engine_for(settings, opened).drop()


@pytest.fixture
def engine(settings, store):
    made = engine_for(settings, store)
    yield made
    made.close()


@pytest.fixture
def shared(store, engine):
    return SharedIndexSet(store, engine)


def put(store, identifier, *paragraphs, **details):
    document, passages = sample(identifier, *paragraphs, **details)
    vectors = unit_vectors(passages)
    store.replace_document(document, passages, vectors, [], source_key=identifier)


def unit_vectors(passages):
    vectors = vectors_of(passages)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def indexed(engine):
    """The ids of all passages that the index finds by their vectors, and by their words."""
    vector = np.ones((1, DIMENSION), dtype=np.float32) / DIMENSION**0.5
    by_meaning, _ = engine.nearest(vector, 1_000, EVERYTHING)
    by_words = engine.matching("kettle", 1_000, EVERYTHING)
    assert sorted(by_meaning.tolist()) == sorted(identifier for identifier, _ in by_words)
    return sorted(by_meaning.tolist())


def is_in_step(shared, store, engine):
    assert shared.refresh()
    assert store.all_passage_ids().tolist() == indexed(engine)
    return True


def test_what_was_written_is_found_and_what_was_removed_is_not(store, engine, shared):
    """New documents, a new version of one, a deletion, one after the other."""
    shared.write()
    assert State(0, "") == shared.state
    put(store, "d1", "a kettle", "two kettles", speaker="Bram", date="2030")
    put(store, "d2", "three kettles")
    assert not shared.refresh()
    shared.write()
    assert is_in_step(shared, store, engine)
    bram = EVERYTHING.within(Filters(speakers=("Bram",), date_to="2030-05"))
    assert 2 == len(engine.matching("kettle", 9, bram))

    put(store, "d1", "another kettle", "a kettle more", "two kettles")
    shared.write()
    assert 4 == len(indexed(engine))
    assert is_in_step(shared, store, engine)
    assert [] == engine.matching("kettle", 9, bram)

    store.delete_document("d1")
    shared.write()
    assert 1 == len(indexed(engine))
    assert is_in_step(shared, store, engine)


def test_several_batches_are_one_change(store, engine, shared, monkeypatch):
    monkeypatch.setattr(shared_index, "BATCH", 2)
    put(store, "d1", *(f"kettle {number}" for number in range(7)))
    shared.write()
    put(store, "d1", "the last kettle")
    shared.write()
    assert is_in_step(shared, store, engine)


def test_a_catch_up_that_ended_half_way_is_made_good_by_the_next(
    store, engine, shared, monkeypatch
):
    """Also when documents changed or went between the two."""
    monkeypatch.setattr(shared_index, "BATCH", 2)
    put(store, "d0", "the first kettle")
    shared.write()
    put(store, "d0", "the first kettle again")
    put(store, "d1", *(f"kettle {number}" for number in range(5)))
    given, upsert = [], engine.upsert

    def fail_at_the_second(entries, vectors):
        if given:
            raise RuntimeError("killed")
        given.append(entries)
        upsert(entries, vectors)

    monkeypatch.setattr(engine, "upsert", fail_at_the_second)
    with pytest.raises(RuntimeError):
        shared.write()
    assert not shared.refresh()
    monkeypatch.setattr(engine, "upsert", upsert)
    store.delete_document("d1")
    put(store, "d2", "a kettle more")
    shared.write()
    assert is_in_step(shared, store, engine)


def test_two_at_once_wait_for_each_other(settings, store, engine, shared, monkeypatch):
    """The second does nothing, waits for the first, and then brings the rest."""
    begun, go_on, upsert = threading.Event(), threading.Event(), engine.upsert

    def slowly(entries, vectors):
        begun.set()
        go_on.wait(30)
        upsert(entries, vectors)

    monkeypatch.setattr(engine, "upsert", slowly)
    put(store, "d1", "a kettle")
    first = threading.Thread(target=shared.write)
    first.start()
    assert begun.wait(30)
    with open_store(settings, write=True) as other_store:
        other_store.check_model("tiny", DIMENSION)
        put(other_store, "d2", "another kettle")
        other = SharedIndexSet(other_store, engine_for(settings, other_store))
        assert not other.catch_up()
        second = threading.Thread(target=other.write)
        second.start()
        second.join(0.3)
        assert second.is_alive()
        go_on.set()
        second.join()
        first.join()
        other.close()
    assert is_in_step(shared, store, engine)
    assert 2 == len(indexed(engine))


def test_a_lost_index_is_made_anew(store, engine, shared):
    put(store, "d1", "a kettle", "two kettles")
    shared.write()
    engine.drop()
    assert not shared.available()
    shared.rebuild()
    assert shared.available()
    assert is_in_step(shared, store, engine)


def test_an_index_of_another_past_is_made_anew(store, engine, shared):
    """The store was restored to a time before the state that the index shows."""
    put(store, "gone", "the kettle of another past")
    shared.write()
    with store.database.writing() as connection:
        connection.execute("DELETE FROM documents")
        connection.execute("DELETE FROM removed_passages")
        connection.execute("DELETE FROM revisions")
    put(store, "d1", "a kettle")
    assert not store.is_past(shared.state)
    shared.write()
    assert is_in_step(shared, store, engine)


def test_whoever_searches_first_makes_good_what_is_missing(settings, store, engine):
    put(store, "d1", "a kettle")
    with open_store(settings) as reader:
        reader.check_model("tiny", DIMENSION)
        indexes = open_indexes(settings, reader)
        assert is_in_step(indexes, reader, engine)
        indexes.close()


def test_an_empty_store_has_an_empty_index(settings):
    with open_store(settings, write=True) as store:
        write_indexes(settings, store)
        assert 0 == open_indexes(settings, store).current.document_count


def test_a_check_proves_the_index(settings, store, engine, shared):
    """What is missing from it is told, and so is that it lags behind."""
    put(store, "d1", "a kettle", "two kettles")
    assert "behind" in check_store(settings).notes[0]
    shared.write()
    sound = check_store(settings)
    assert ((), (), 2) == (sound.problems, sound.notes, sound.passages)
    engine.remove(store.all_passage_ids().tolist()[:1])
    assert ("the index holds 1 passages, the store 2",) == check_store(settings).problems


# --- two models, while documents change ---------------------------------------------------------


@pytest.fixture
def upgraded(settings, store):
    """The index of another model, which the store does not name yet."""
    store.add_model("other", "the other one", DIMENSION, current=False)
    target = store.showing(store.models()[1].number)
    engine = engine_for(settings, target)
    yield SharedIndexSet(target, engine)
    engine.drop()
    engine.close()


def give_vectors(store):
    """Every passage gets its vector of the other model."""
    model = store.models()[1]
    passages = list(store.passages(store.without_vectors(model).tolist()).values())
    store.add_vectors(model, passages, unit_vectors(passages))


def test_a_passage_is_indexed_once_it_has_its_vector_of_that_model(store, upgraded):
    """A document that came after all others had theirs is not taken for indexed without it."""
    put(store, "d1", "a kettle")
    give_vectors(store)
    put(store, "d2", "another kettle")
    upgraded.write()
    assert 1 == len(indexed(upgraded.current))
    assert not store.change_model(store.models()[1], upgraded.name)

    give_vectors(store)
    upgraded.write()
    assert store.change_model(store.models()[1], upgraded.name)
    assert store.all_passage_ids().tolist() == indexed(upgraded.current)
    for passage in store.passages_of("d2"):
        ids, cosines = upgraded.current.nearest(unit_vectors([passage]), 1, EVERYTHING)
        assert ([passage.id], 1.0) == (ids.tolist(), pytest.approx(cosines[0], abs=2e-3))


def test_what_is_removed_while_an_index_is_filled_is_removed_from_it(
    store, shared, upgraded, monkeypatch
):
    """Also when another index, which is in step, has seen the removal by then."""
    put(store, "d1", "a kettle")
    put(store, "d2", "another kettle")
    shared.write()
    give_vectors(store)
    engine = upgraded.current
    upsert = engine.upsert

    def delete():
        store.delete_document("d1")
        shared.write()

    def delete_meanwhile(entries, vectors):
        upsert(entries, vectors)
        another = threading.Thread(target=delete)  # this one sees a snapshot
        another.start()
        another.join()

    monkeypatch.setattr(engine, "upsert", delete_meanwhile)
    upgraded.write()
    monkeypatch.setattr(engine, "upsert", upsert)
    upgraded.write()
    assert store.all_passage_ids().tolist() == indexed(engine)
    assert 1 == engine.document_count


def test_files_of_an_old_model_index_what_came_after_the_change(settings, store, tmp_path, caplog):
    """Until a server has loaded the new model: by words, and by meaning after all the rest."""
    put(store, "d1", "a kettle")
    store.add_model("other", "the other one", DIMENSION, current=False)
    give_vectors(store)
    old, new = store.models()
    assert store.change_model(new, None)
    with open_store(settings, write=True) as writer:
        writer.check_model("other", DIMENSION)
        put(writer, "d2", "another kettle")
    first, second = (store.passages_of(name)[0] for name in ("d1", "d2"))
    index = IndexSet.open(store.showing(old.number), tmp_path).current
    assert {first.id, second.id} == {i for i, _ in index.matching("kettle", 5, EVERYTHING)}
    ids, _ = index.nearest(unit_vectors([first]), 5, EVERYTHING)
    assert [first.id, second.id] == ids.tolist()
    assert "" == caplog.text


def test_an_index_is_made_anew_though_another_process_is_at_it(store, engine, shared, monkeypatch):
    """What that one says at its end does not make up for it."""
    put(store, "d1", "a kettle")
    shared.write()
    put(store, "d2", "another kettle")
    begun, go_on, upsert = threading.Event(), threading.Event(), engine.upsert

    def slowly(entries, vectors):
        begun.set()
        go_on.wait(30)
        upsert(entries, vectors)

    monkeypatch.setattr(engine, "upsert", slowly)
    first = threading.Thread(target=SharedIndexSet(store, engine).write)
    first.start()
    assert begun.wait(30)
    drops, drop = [], engine.drop
    monkeypatch.setattr(engine, "drop", lambda: (drops.append(1), drop()))
    second = threading.Thread(target=shared.rebuild)
    second.start()
    second.join(0.3)
    go_on.set()
    first.join()
    second.join()
    assert [1] == drops
    assert is_in_step(shared, store, engine)


def test_an_index_that_is_shared_needs_a_store_that_is():
    with pytest.raises(InputError, match="needs a store in PostgreSQL") as refused:
        open_store(Settings(index="pgvector"))
    assert "KB_STORE" in refused.value.hint


# --- the whole --------------------------------------------------------------------------------


def copy_documents(source, target):
    """All that was ingested, without computing it again."""
    target.check_model(source.model_id(), int(source.metadata("dimension")))
    for summary in source.documents():
        passages = source.passages_of(summary.id)
        vectors = source.vectors_for([passage.id for passage in passages])
        claims, _ = source.claims(ClaimFilters(document=summary.id), limit=10_000)
        document = source.document(summary.id)
        target.replace_document(document, passages, vectors, claims, source_key=summary.source)


@pytest.fixture(scope="session")
def samples_url(samples, postgres):
    """A database with all sample transcripts; only to be read, and to be indexed."""
    url = postgres.url(postgres.create_database())
    settings = samples.model_copy(update={"store": url})
    with Store.open(samples.data_dir) as source, open_store(settings, write=True) as target:
        copy_documents(source, target)
    return url


@pytest.mark.parametrize("kind", ["", "pgvector", "milvus"])
def test_answers_are_those_of_the_embedded_store(
    kind, request, samples, samples_url, sample_kb, tmp_path
):
    """The same hits in the same order, the same words, the same documents, speakers, claims."""
    index = request.getfixturevalue("milvus_url") if kind == "milvus" else kind
    settings = samples.model_copy(
        update={"store": samples_url, "index": index, "data_dir": tmp_path}
    )
    with KnowledgeBase(settings) as knowledge_base:
        knowledge_base.load()
        for question in QUESTIONS:
            expected = sample_kb.search(question, 8)
            found = knowledge_base.search(question, 8)
            assert [hit.passage for hit in expected] == [hit.passage for hit in found]
            assert pytest.approx([hit.score for hit in expected], rel=0.02) == [
                hit.score for hit in found
            ]
            answer, other = sample_kb.answer(question), knowledge_base.answer(question)
            assert (answer.answer, answer.citations) == (other.answer, other.citations)
        assert sample_kb.documents() == knowledge_base.documents()
        assert sample_kb.speakers() == knowledge_base.speakers()
        assert sample_kb.topics() == knowledge_base.topics()
        assert sample_kb.claims() == knowledge_base.claims()
        assert ((), ()) == (check_store(settings).problems, check_store(settings).notes)
