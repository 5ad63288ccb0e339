"""The table of near synonyms, built from a small vocabulary with the real model."""

from __future__ import annotations

import json

import numpy as np
import pytest

from kb.models.expansion import LEAST_SIMILARITY, NEIGHBOURS, Neighbours, build, whole_words
from kb.search.fusion import expansions
from kb.search.lexical import stem

VOCABULARY = (
    "car automobile vehicle truck doctor physician surgeon purple violet seventeen banana bread "
    "salary wage wages quickly rapidly forbid prohibit ox 2034 car"
).split()


@pytest.fixture(scope="module")
def neighbours(embedder, tmp_path_factory):
    path = tmp_path_factory.mktemp("neighbours") / "neighbours.npz"
    build(embedder, VOCABULARY, path)
    return Neighbours.load(path)


@pytest.mark.parametrize(
    ("word", "synonym"),
    [("car", "automobile"), ("doctor", "physician"), ("salary", "wage"), ("quickly", "rapidly")],
)
def test_near_synonyms_find_each_other(neighbours, word, synonym):
    assert synonym in [other for other, _ in neighbours.of(word)]
    assert word in [other for other, _ in neighbours.of(synonym)]


@pytest.mark.parametrize("word", VOCABULARY)
def test_neighbours_are_few_alike_and_in_order(neighbours, word):
    found = neighbours.of(word)

    similarities = [similarity for _, similarity in found]
    assert len(found) <= NEIGHBOURS
    assert word not in [other for other, _ in found]
    assert sorted(similarities, reverse=True) == similarities
    assert all(LEAST_SIMILARITY <= similarity <= 1.001 for similarity in similarities)


def test_unrelated_words_are_no_neighbours(neighbours):
    assert "banana" not in [other for other, _ in neighbours.of("doctor")]


@pytest.mark.parametrize("word", ["unheard", "", "ox", "2034"])
def test_unknown_short_and_numeric_words_have_none(neighbours, word):
    assert [] == neighbours.of(word)


@pytest.mark.parametrize(
    ("word", "base"),
    [("salaries", "salary"), ("prohibited", "prohibit"), ("prohibits", "prohibit")],
)
def test_a_form_that_is_unknown_has_the_neighbours_of_its_base(neighbours, word, base):
    assert neighbours.of(base) == neighbours.of(word) != []


def test_nothing_half_written_is_left(embedder, tmp_path):
    build(embedder, VOCABULARY, tmp_path / "table.npz")

    assert ["table.npz"] == [path.name for path in tmp_path.iterdir()]


def test_pickled_objects_in_a_table_are_refused(tmp_path):
    path = tmp_path / "table.npz"
    np.savez(path, words=np.array([{"a": 1}], dtype=object), nearest=[0], similarity=[0])

    with pytest.raises(ValueError, match="allow_pickle"):
        Neighbours.load(path)


def test_pieces_of_words_are_no_words(tmp_path):
    path = tmp_path / "tokenizer.json"
    vocabulary = {"[CLS]": 0, "car": 1, "##s": 2, "42": 3, "naïve": 4, "-": 5}
    path.write_text(json.dumps({"model": {"vocab": vocabulary}}), encoding="utf-8")

    assert ["car", "naïve"] == whole_words(path)


def test_a_question_is_expanded_by_stems_that_it_lacks(neighbours):
    terms = expansions(["salary", "car"], neighbours)

    assert {*stem("wages"), *stem("automobile")} <= set(terms)
    assert not {*stem("salary"), *stem("car")} & set(terms)
    assert all(0 < weight < 1 for weight in terms.values())


def test_without_a_table_nothing_is_added():
    assert {} == expansions(["car"], None)
