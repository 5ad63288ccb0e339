"""The index inside this process keeps the promises of every passage index."""

from __future__ import annotations

import numpy as np
import pytest
from passage_index_contract import (
    DIMENSION,
    DOCUMENTS,
    EVERYTHING,
    PASSAGES,
    QUERY,
    VECTORS,
    PassageIndexContract,
)

from kb.search.indexes import IndexSet
from kb.storage.store import Store
from kb.types import Filters


def fill(store, passages, vectors, documents):
    store.check_model("tiny", DIMENSION)
    for document in documents:
        own = [number for number, p in enumerate(passages) if p.document_id == document.id]
        chosen = [passages[number] for number in own]
        store.replace_document(document, chosen, vectors[own], (), source_key=document.id)


@pytest.fixture(scope="module")
def make_index(tmp_path_factory):
    stores = []

    def make(passages, vectors, documents):
        data_dir = tmp_path_factory.mktemp("embedded")
        stores.append(Store.open(data_dir, write=True))
        fill(stores[-1], passages, vectors, documents)
        return IndexSet.open(stores[-1], data_dir).current

    yield make
    for store in stores:
        store.close()


class TestEmbeddedIndex(PassageIndexContract):
    """FAISS and tantivy, with ids that the store gives."""


def test_a_selection_follows_the_store(tmp_path):
    """What is no longer stored is not selected, though the index still holds it."""
    selection = EVERYTHING.within(Filters(speakers=("Ana Ruiz",))).except_for(["mill"])
    with Store.open(tmp_path, write=True) as store:
        fill(store, list(PASSAGES.values()), VECTORS, DOCUMENTS)
        index = IndexSet.open(store, tmp_path).current
        before, _ = index.nearest(QUERY, 10, selection)
        store.delete_document("lamp")
        after, _ = index.nearest(QUERY, 10, selection)

    assert {PASSAGES["kettle"].id, PASSAGES["train"].id} == set(before.tolist())
    assert 0 == len(after)
    assert np.int64 == after.dtype
