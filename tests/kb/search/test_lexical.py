"""Lexical search ranks by shared words, in any language of punctuation, and filters exactly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import IndexDamaged
from kb.search import lexical
from kb.search.lexical import LexicalIndex, document_key, stem
from kb.types import Passage

WORDS = "reward model oversight compute scaling forecast policy agent gradient audit".split()


def passage(identifier, text, context="", document="d"):
    return Passage(
        identifier, document, 0, 0, None, "speech", None, 0, len(text), 1, None, text, context
    )


PASSAGES = [
    passage(-5, "Scalable oversight needs honest debaters.", "Debate"),
    passage(2, "Compute grew tenfold; nobody forecast that.", "Scaling"),
    passage(2**62, "The auditors forecasted a naïve policy.", "Oversight and audits"),
]


@pytest.fixture(scope="module")
def index():
    return LexicalIndex.build(PASSAGES)


@pytest.fixture(scope="module")
def many():
    """Six thousand passages of one to five words, in a fixed order."""
    random = np.random.default_rng(1)
    passages = [
        passage(number, " ".join(random.choice(WORDS, random.integers(1, 6))))
        for number in range(6000)
    ]
    return LexicalIndex.build(passages)


def ids(hits):
    return [identifier for identifier, _ in hits]


def test_inflected_words_and_accents_match(index):
    """Forecast finds forecasted, naive finds naïve; an id may be any signed 64-bit integer."""
    assert {2, 2**62} == set(ids(index.search("forecasts", 10)))
    assert ids(index.search("NAIVE", 10)) == [2**62]
    assert ids(index.search("debater", 10)) == [-5]


def test_weights_choose_the_field(index):
    """The word stands in one passage's text and in another's context."""
    assert ids(index.search("oversight", 10, context_boost=0)) == [-5]
    assert ids(index.search("oversight", 10, body_boost=0)) == [2**62]
    assert ids(index.search("oversight", 10, body_boost=10))[0] == -5
    assert ids(index.search("oversight", 10, context_boost=10))[0] == 2**62


def test_better_scores_come_first(index):
    scores = [score for _, score in index.search("forecast compute oversight", 10)]
    assert len(scores) == 3
    assert sorted(scores, reverse=True) == scores


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzzunknown", "\x00"])
def test_queries_without_known_words_find_nothing(index, query):
    assert index.search(query, 10) == []


def test_syntax_is_not_understood(index):
    """Operators, fields and quotes of a query language are plain punctuation here."""
    plain = index.search("body forecast and policy", 10)
    assert plain == index.search('body:(forecast AND "policy"~2)^9 -- [', 10)


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_no_text_breaks_a_query(index, text):
    index.search(text, 3)
    index.search(text, 3, np.array([2, 3]))


def test_rare_terms_can_be_told(index):
    """Frequencies are of passages' own text, for the terms that stem gives."""
    assert stem("The Auditors' naïve forecasts") == ["the", "auditor", "naiv", "forecast"]
    assert index.document_frequency(["forecast", "auditor", "oversight", "absent"]) == {
        "forecast": 2, "auditor": 1, "oversight": 1, "absent": 0,
    }  # fmt: skip
    assert index.document_count == 3


SPREAD = [
    passage(1, "Kettles whistle, and a kettle sings.", document="tea"),
    passage(2, "No kettle whistles.", document="tea"),
    passage(3, "The whistle of a train.", "Kettles", document="rails"),
]


def test_a_term_is_spread_over_documents():
    """Passages are counted, not words, and headings around them do not count."""
    index = LexicalIndex.build(SPREAD)
    tea, rails = document_key("tea"), document_key("rails")

    assert {tea: 2} == index.spread("kettl")
    assert {tea: 2, rails: 1} == index.spread("whistl")
    assert {} == index.spread("absent")


def test_a_removed_passage_leaves_the_spread_of_its_terms(tmp_path):
    LexicalIndex.build(SPREAD, tmp_path)
    LexicalIndex.update(tmp_path, [1, 3], [])

    assert {document_key("tea"): 1} == LexicalIndex.load(tmp_path).spread("whistl")


def test_a_term_that_is_everywhere_is_nobodys_own(monkeypatch):
    index = LexicalIndex.build(SPREAD)
    monkeypatch.setattr(lexical, "SPREAD_LIMIT", 2)

    assert {} == index.spread("whistl")
    assert {document_key("tea"): 2} == index.spread("kettl")


def test_the_key_of_a_document_is_the_same_in_every_process():
    """It stands in indexes on disk."""
    assert 7261846561984878465 == document_key("lamp")


@given(st.text())
def test_the_key_of_a_document_fits_a_signed_integer(document):
    assert 0 <= document_key(document) < 2**63


@pytest.mark.parametrize("size", [0, 1, 50, lexical.TERM_SET_LIMIT, 2500, 5999])
@pytest.mark.parametrize("k", [1, 20, 7000])
def test_filters_are_exact(many, size, k):
    """The same scores as in the unrestricted ranking, in which only the allowed ones are left."""
    allowed = np.random.default_rng(size).choice(6000, size, replace=False).astype(np.int64)
    ranking = many.search("reward audits forecast", 6000)
    members = set(allowed.tolist())
    expected = [score for identifier, score in ranking if identifier in members][:k]
    found = many.search("reward audits forecast", k, allowed)
    assert set(ids(found)) <= members
    assert len(found) == len(set(ids(found)))
    np.testing.assert_allclose([score for _, score in found], expected, rtol=1e-5)


def test_building_twice_gives_the_same_ranking(tmp_path):
    (tmp_path / "a").mkdir()
    on_disk = LexicalIndex.build(PASSAGES, tmp_path / "a")
    query = "forecast compute oversight policy"
    expected = LexicalIndex.build(PASSAGES).search(query, 10)
    assert expected == on_disk.search(query, 10)
    assert expected == LexicalIndex.load(tmp_path / "a").search(query, 10)


def test_updates_remove_and_add(tmp_path):
    """A removed passage is never found again; one that was changed has only its new words."""
    LexicalIndex.build(PASSAGES, tmp_path)
    LexicalIndex.update(tmp_path, [-5, 2], [passage(2, "Interpretability probes.")])
    index = LexicalIndex.load(tmp_path)
    assert index.search("debaters compute", 10) == []
    assert ids(index.search("probe", 10)) == [2]
    assert index.document_count == 2


def test_many_threads_search_at_once(many):
    queries = [f"{first} {second}" for first in WORDS for second in WORDS]
    expected = [many.search(query, 10) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert expected == list(pool.map(lambda query: many.search(query, 10), queries))


def test_a_directory_without_an_index_is_refused(tmp_path):
    with pytest.raises(IndexDamaged):
        LexicalIndex.load(tmp_path)
