"""An index on a server that speaks the Milvus protocol."""

import sys
import time
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from passage_index_contract import DATES, PassageIndexContract
from passage_index_contract import DIMENSION as CONTRACT_DIMENSION
from servers import MilvusServer, free_port

from kb.errors import InputError, StoreError, StoreUnavailable
from kb.milvus import passage_index
from kb.milvus.collection import MOST_BYTES, switch_alias, terms_of
from kb.milvus.connection import Address, Connection
from kb.milvus.expiring_cache import ExpiringCache
from kb.milvus.expressions import days, expression, string, strings
from kb.milvus.passage_index import MilvusIndex
from kb.protocols import IndexEntry
from kb.search.lexical import LexicalIndex, document_key, stem
from kb.types import Filters, Passage, Selection

DIMENSION = 4
EVERYTHING = Selection()
HOSTILE = (
    '"] or id > 0 or speaker in ["',
    '"',
    "'",
    "\\",
    '\\"',
    "a\nb\r\tc",
    "{value}",
    "%",
    "x\\",
    "\u2028",
    "\x00",
    "日本 “x”",
)
_numbers = count(1)


def entry(number, text="", *, document="d", speaker=None, context="", topics=(), date=None):
    passage = Passage(
        number, document, 0, 0, speaker, "speech", None, 0, len(text), 1, None, text, context,
        tuple(topics),
    )  # fmt: skip
    return IndexEntry(passage, date)


def vectors(count, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fill(index, *entries, seed=0):
    rows = vectors(len(entries), seed)
    index.upsert(entries, rows)
    return rows


def found(index, selection=EVERYTHING):
    """The ids of all selected passages, by their vectors."""
    return sorted(index.nearest(vectors(1, 9), 1_000, selection)[0].tolist())


def where(**filters):
    return EVERYTHING.within(Filters(**filters))


@pytest.fixture
def index(milvus_url):
    index = MilvusIndex(milvus_url, f"passages_{next(_numbers)}")
    index.create(DIMENSION)
    yield index
    index.drop()
    index.close()


@pytest.fixture(scope="module")
def make_index(milvus_url):
    indexes = []

    def make(passages, rows, documents):
        index = MilvusIndex(milvus_url, f"contract_{len(indexes)}")
        indexes.append(index)
        index.create(CONTRACT_DIMENSION)
        index.upsert([IndexEntry(given, DATES[given.document_id]) for given in passages], rows)
        # Milvus Lite counts how rare a word is among the selected passages, until they are flushed.
        index._connection.call("flush", index.name)
        return index

    yield make
    for index in indexes:
        index.drop()
        index.close()


class TestMilvusIndex(PassageIndexContract):
    """A collection with a vector index, two word indexes, and partitions."""


def test_a_passage_is_found_by_whoever_searches_once_it_was_added(milvus_url, index):
    """Another process may be the one that searches."""
    other = MilvusIndex(milvus_url, index.name)
    rows = fill(index, entry(7, "Corrigibility is hard."), entry(-8, "Nothing of the kind."))

    ids, cosines = other.nearest(rows[:1], 1, EVERYTHING)

    assert [7] == ids.tolist()
    assert [1.0] == pytest.approx(cosines.tolist(), abs=1e-5)
    assert [7] == [identifier for identifier, _ in other.matching("hard", 5, EVERYTHING)]
    other.close()


def test_a_passage_that_comes_again_is_replaced(index):
    """Even when it now belongs to another document, and so to another partition."""
    fill(index, entry(1, "cats", document="first"), entry(2, "birds"))
    fill(index, entry(1, "dogs", document="second"), seed=1)

    assert 2 == index.document_count
    assert [] == index.matching("cats", 5, EVERYTHING)
    assert {"dog": 1, "cat": 0} == index.document_frequency(["dog", "cat"])
    assert [1] == found(index, where(documents=("second",)))


def test_removed_passages_are_found_no_more(index):
    """Ids that are not there do no harm."""
    fill(index, entry(1, "cats"), entry(-2, "cats"), entry(3, "cats"))
    index.remove([1, -2, 77])

    assert [3] == found(index)
    assert [3] == [identifier for identifier, _ in index.matching("cats", 5, EVERYTHING)]
    assert {"cat": 1} == index.document_frequency(["cat"])
    assert 1 == index.document_count


def test_creating_twice_keeps_what_is_there_and_dropping_twice_is_no_error(index):
    fill(index, entry(1, "cats"))
    index.create(DIMENSION)
    assert [1] == found(index)

    index.drop()
    index.drop()
    with pytest.raises(StoreError):
        index.nearest(vectors(1), 1, EVERYTHING)


def test_filters_select_by_speaker_document_topic_and_date(index):
    """Names are compared without case and accents; dates at the coarser of two precisions."""
    fill(
        index,
        entry(1, document="a", speaker="Ada Löv", topics=["Inner Alignment"], date="2023-07-16"),
        entry(2, document="b", speaker="Bo", topics=["Deception", "inner alignment"], date="2023"),
        entry(3, document="c", date=None),
    )
    expected = {
        (1,): [
            where(speakers=("ADA LOV",)),
            where(documents=("a",)),
            where(date_from="2023-01", date_to="2023-12").except_for(["b"]),
            where(topics=("Inner alignment",)).within(Filters(speakers=("ada löv",))),
        ],
        (1, 2): [
            where(topics=("inner alignment",)),
            where(date_from="2023-07-16"),
            where(date_from="2023", date_to="2023"),
            EVERYTHING.except_for(["c"]),
        ],
        (2,): [where(date_from="2023-07-17"), where(topics=("deception", "unheard of"))],
        (): [where(date_from="2024"), where(date_to="2022-12-31"), where(speakers=("Nobody",))],
        (1, 2, 3): [EVERYTHING, Selection((Filters(),))],
    }

    for ids, selections in expected.items():
        for selection in selections:
            assert list(ids) == found(index, selection), selection


def test_hostile_names_select_only_themselves(index):
    entries = [
        entry(number, document=name, speaker=name, topics=[name])
        for number, name in enumerate(HOSTILE, start=1)
    ]
    fill(index, *entries)

    for number, name in enumerate(HOSTILE, start=1):
        assert [number] == found(index, where(documents=(name,)))
        assert len(HOSTILE) - 1 == len(found(index, EVERYTHING.except_for([name])))
        assert number in found(index, where(speakers=(name,)))
        assert number in found(index, where(topics=(name,)))


@pytest.fixture(scope="module")
def documents(milvus_url):
    """A collection whose passages tests add and remove."""
    index = MilvusIndex(milvus_url, "hostile_documents")
    index.create(DIMENSION)
    yield index
    index.drop()
    index.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=30), min_size=2, max_size=4, unique=True))
@example(['"] or id > 0 or document in ["', "\\"])
@example(["a\\", 'a\\"'])
def test_any_document_id_selects_only_itself(documents, names):
    fill(documents, *(entry(number, document=name) for number, name in enumerate(names)))

    for number, name in enumerate(names):
        assert [number] == found(documents, where(documents=(name,)))
    documents.remove(range(len(names)))


@given(st.text(), st.text())
def test_literals_differ_as_their_values_do(one, other):
    """And end where they should: no quotation mark inside stands alone."""
    assert (string(one) == string(other)) == (one == other)
    inside = string(one)[1:-1].replace("\\\\", "").replace('\\"', "")
    assert not {'"', "\n", "\r"} & set(inside)


def test_an_empty_selection_is_no_expression():
    assert "" == expression(EVERYTHING)
    assert '["a", "\\"b"]' == strings(["a", '"b'])


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2023", 20230000, 20239999),
        ("2023-07", 20230700, 20230799),
        ("2023-07-16", 20230716, 20230716),
    ],
)
def test_a_date_is_the_days_it_may_mean(date, first, last):
    assert (first, last) == days(date)


def test_words_rank_as_in_the_embedded_index(index):
    """Repeated words count once, expansions by their weight, boosts for each field."""
    texts = ["cat cat dog", "cat bird bird song", "dog fish", "song of a whale", "whale"]
    entries = [
        entry(number, text, context="A talk on cats" if number == 4 else "A talk")
        for number, text in enumerate(texts)
    ]
    fill(index, *entries)
    embedded = LexicalIndex.build(given.passage for given in entries)
    options = [
        {},
        {"body_boost": 0.0},
        {"context_boost": 0.0},
        {"context_boost": 0.6, "expansions": {"whale": 0.4, "fish": 0.2}},
        {"expansions": {"cat": 0.1}},
    ]

    for given_options in options:
        expected = dict(embedded.search("Cats, cats and dogs", 9, **given_options))
        hits = index.matching("Cats, cats and dogs", 9, EVERYTHING, **given_options)
        assert expected == pytest.approx(dict(hits), rel=1e-4), given_options
        assert [score for _, score in hits] == sorted(dict(hits).values(), reverse=True)


def test_a_sum_lacks_no_part_however_many_share_a_context(index, monkeypatch):
    """With many equals in one field, one that is best in the other is not among its first."""
    monkeypatch.setattr(passage_index, "LOOKED_AT_PER_HIT", 1)
    others = [entry(number, "filler", context="cats") for number in range(40)]
    fill(index, *others, entry(99, "cats", context="cats"))

    [(best, score)] = index.matching("cats", 1, EVERYTHING)

    assert 99 == best
    assert score > index.matching("cats", 1, EVERYTHING, context_boost=0.0)[0][1]


def test_a_question_without_words_finds_nothing(index):
    fill(index, entry(1, "cats"))

    assert [] == index.matching("?!", 5, EVERYTHING)
    assert [] == index.matching("cats", 0, EVERYTHING)
    assert 0 == len(index.nearest(vectors(1), 0, EVERYTHING)[0])


def test_statistics_of_terms(index, monkeypatch):
    """A word of too many passages is nobody's own; the words of contexts are known, too."""
    fill(
        index,
        entry(1, "whale song", document="a"),
        entry(2, "Whales!", document="a"),
        entry(3, "whale", document="b", context="Interview with Ishmael"),
    )

    assert {"whale": 3, "song": 1, "ishmael": 0} == index.document_frequency(
        ["whale", "song", "ishmael"]
    )
    assert {document_key("a"): 2, document_key("b"): 1} == index.spread("whale")
    assert index.knows("ishmael")
    assert not index.knows("ahab")
    monkeypatch.setattr(passage_index, "SPREAD_LIMIT", 0)
    assert {} == index.spread("song")


def test_others_changes_show_in_the_statistics_after_a_while(milvus_url, index, monkeypatch):
    monkeypatch.setattr(passage_index, "SECONDS_REMEMBERED", 0.2)
    other = MilvusIndex(milvus_url, index.name)
    assert 0 == other.document_count
    fill(index, entry(1, "cats"))
    time.sleep(0.25)

    assert 1 == other.document_count
    other.close()


def test_what_was_read_before_a_change_is_not_remembered_after_it():
    """The change falls between the question to the server and its answer."""
    cache = ExpiringCache[str, int](10, 60.0)

    def read(keys):
        cache.clear()
        return dict.fromkeys(keys, 1)

    assert {"a": 1} == cache.get(["a"], read)
    assert {"a": 2} == cache.get(["a"], lambda keys: dict.fromkeys(keys, 2))
    assert {"a": 2, "b": 3} == cache.get(["a", "b"], lambda keys: dict.fromkeys(keys, 3))


def test_an_alias_leads_searchers_from_one_collection_to_the_next(milvus_url, index):
    """A model is replaced: the old collection serves until the new one is full."""
    successor = MilvusIndex(milvus_url, f"{index.name}_next")
    successor.create(DIMENSION)
    fill(index, entry(1, "old"))
    fill(successor, entry(2, "new"))
    searcher = MilvusIndex(milvus_url, f"{index.name}_live")

    switch_alias(milvus_url, searcher.name, index.name)
    assert [1] == found(searcher)
    switch_alias(milvus_url, searcher.name, successor.name)
    assert [2] == found(searcher)

    successor.drop()
    searcher.close()
    successor.close()
    with pytest.raises(StoreError):
        switch_alias(milvus_url, searcher.name, "nothing_of_the_kind")


def test_a_long_text_is_cut_between_words():
    text = "é" * 10 + " " + "wörter " * 20_000

    terms = terms_of(text)

    assert MOST_BYTES - 10 < len(terms.encode()) <= MOST_BYTES
    assert stem(text)[: len(terms.split())] == terms.split()


def test_many_passages_are_written_and_removed_in_parts(index, monkeypatch):
    monkeypatch.setattr(passage_index, "ROWS_OF_A_WRITE", 7)
    monkeypatch.setattr(passage_index, "IDS_OF_A_REMOVAL", 7)
    fill(index, *(entry(number, "cats") for number in range(30)))
    assert 30 == index.document_count

    index.remove(range(29))
    assert [29] == found(index)


def test_an_address_may_hold_credentials_and_a_database():
    address = Address.parse("milvus+https://user:p%40ss@host:19531/kb")

    assert Address("https://host:19531", "user:p@ss", "kb") == address
    assert "p@ss" not in repr(address)
    assert Address("http://host:19530") == Address.parse("milvus+http://host")
    assert Address("http://[::1]:19530") == Address.parse("milvus+http://[::1]")


def test_a_server_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr("kb.milvus.connection.CONNECT_SECONDS", 0.5)
    port = free_port()
    index = MilvusIndex(f"milvus+http://user:secret@127.0.0.1:{port}", "passages")

    with pytest.raises(StoreUnavailable, match=f"http://127.0.0.1:{port} does not answer") as error:
        index.nearest(vectors(1), 1, EVERYTHING)

    assert "secret" not in str(error.value)
    assert error.value.hint
    with pytest.raises(StoreUnavailable, match="a moment ago"):
        index.nearest(vectors(1), 1, EVERYTHING)
    index.close()


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)

    with pytest.raises(InputError, match="needs pymilvus"):
        MilvusIndex("milvus+http://127.0.0.1", "passages").create(DIMENSION)


def test_what_the_server_refuses_is_a_store_error(index):
    connection = index._connection

    with pytest.raises(StoreError, match="refuses") as error:
        connection.call("query", index.name, filter="id >", output_fields=["id"])

    assert not isinstance(error.value, StoreUnavailable)


def test_a_server_that_comes_back_is_asked_again(monkeypatch):
    """With all that it acknowledged; while it is away, questions fail soon."""
    with MilvusServer() as server:
        index = MilvusIndex(server.url, "passages")
        index.create(DIMENSION)
        fill(index, entry(1, "cats"))
        server.kill()
        connection: Connection = index._connection
        with pytest.raises(StoreUnavailable):
            connection.call("query", "passages", filter="id > 0", seconds=1.0)
        server.start()

        assert [1] == found(index)
        assert 1 == index.document_count
        index.close()


def test_who_lost_the_connection_through_another_thread_may_try_again(index, monkeypatch):
    """That one found the server away, which is no refusal of what this one asked for."""
    connection = index._connection
    assert connection.call("has_collection", index.name)
    client = connection._client

    def ask_while_it_is_closed(timeout):
        connection.close()
        return client.has_collection(index.name, timeout=timeout)

    monkeypatch.setattr(client, "ask", ask_while_it_is_closed, raising=False)
    with pytest.raises(StoreUnavailable):
        connection.call("ask")

    assert connection.call("has_collection", index.name)


def test_an_entry_without_words_is_found_by_its_vector(index):
    silent = entry(1, "…")
    rows = fill(index, silent, replace(silent, passage=replace(silent.passage, id=2)))

    assert 1 == index.nearest(rows[:1], 1, EVERYTHING)[0][0]
