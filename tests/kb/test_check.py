"""`kb check` finds whatever does not fit together in a data directory."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from kb.check import check_store
from kb.errors import NotFound
from kb.search.indexes import IndexSet
from kb.settings import Settings
from kb.storage.store import Store


@pytest.fixture
def data_dir(three_samples, tmp_path):
    return shutil.copytree(three_samples, tmp_path / "data")


def test_a_sound_directory_has_no_problem(data_dir):
    found = check_store(Settings(data_dir=data_dir))
    assert ((), ()) == (found.problems, found.notes)
    assert 3 == found.documents
    assert found.passages > 10
    assert found.claims > 0


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("UPDATE passages SET text = text || '.'", "is not what"),
        ("UPDATE passages SET speaker = 'Somebody Else'", "not by"),
        ("UPDATE passages SET turn = turn + 1", "is not in turn"),
        ("UPDATE claims SET figure = '1' || figure", "is not what"),
        ("UPDATE claims SET char_start = char_start + 1", "is not what"),
        ("DELETE FROM vectors WHERE passage_id IN (SELECT id FROM passages LIMIT 1)", "no vector"),
        (f"UPDATE vectors SET vector = x'{np.full(384, np.nan, '<f4').tobytes().hex()}'", "number"),
    ],
)
def test_each_damage_is_told(data_dir, damage, complaint):
    """Quotes, figures, speakers, places, vectors."""
    with Store.open(data_dir, write=True) as store, store._database.writing() as connection:
        connection.execute(damage)
    assert complaint in check_store(Settings(data_dir=data_dir)).problems[0]


def test_an_index_of_other_vectors_is_told(data_dir):
    """The rows and ids are right, and so are the checksums; the vectors are those of nothing."""
    with Store.open(data_dir) as store:
        shutil.rmtree(data_dir / "indexes")
        ids, vectors = store.vectors()
        right = Store.iterate_vectors
        Store.iterate_vectors = lambda self: iter([(ids, -vectors)])
        try:
            IndexSet.open(store, data_dir)
        finally:
            Store.iterate_vectors = right
    assert "does not find passage" in check_store(Settings(data_dir=data_dir)).problems[0]


def test_a_missing_index_is_a_note(data_dir):
    shutil.rmtree(data_dir / "indexes")
    found = check_store(Settings(data_dir=data_dir))
    assert () == found.problems
    assert "next search" in found.notes[0]


def test_no_store_is_not_made(tmp_path):
    with pytest.raises(NotFound):
        check_store(Settings(data_dir=tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()
