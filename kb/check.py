"""Proves a store sound, and that its indexes hold just what it holds."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import numpy as np

from kb.backends import open_store, shared_index
from kb.errors import NotFound, StoreError, StoreUnavailable
from kb.postgres.shared_index import SharedIndexSet
from kb.protocols import PassageIndex
from kb.search.embedded_index import EmbeddedIndex
from kb.search.indexes import IndexSet, index_status
from kb.settings import Settings
from kb.storage.database import FILE_NAME
from kb.storage.store import Store
from kb.types import Selection

PROBES = 200
"""Passages whose own vector must find them."""

NEAREST_SCORE = 0.999  # of unit vectors with themselves, within float32


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was checked, and everything that is wrong, in words."""

    documents: int
    passages: int
    claims: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def check_store(settings: Settings) -> Soundness:
    """Check every stored text, quote, speaker and vector, and the indexes against them.

    An index that is missing or behind is a note: it is made at the next search. Raises NotFound
    when there is no store, StoreDamaged when it cannot even be opened, StoreUnavailable.
    """
    if not settings.store and not (settings.data_dir / FILE_NAME).exists():
        raise NotFound(f"There is no store in {settings.data_dir}.", "`kb ingest PATH` makes one.")
    with open_store(settings) as store, store.snapshot():
        counts = store.counts()
        problems = store.integrity()
        notes: list[str] = []
        if delay := index_delay(settings, store):
            notes.append(f"{delay} It is made at the next search.")
        elif not problems:
            problems = index_problems(settings, store)
        return Soundness(**counts, problems=tuple(problems), notes=tuple(notes))


def index_delay(settings: Settings, store: Store) -> str | None:
    """Why the index does not show the state of the store; None when it does."""
    if not settings.index:
        return index_status(store, settings.data_dir).problem
    shared = shared_index(settings, store)
    if shared is None:
        return None
    with closing(shared):
        return None if shared.refresh() else "The index is behind the store."


def index_problems(settings: Settings, store: Store) -> list[str]:
    """Where the indexes and the store differ, though they should show the same state."""
    if not settings.index:
        return embedded_problems(store, IndexSet.open(store, settings.data_dir).current)
    shared = shared_index(settings, store)
    if shared is None:
        return []
    with closing(shared):
        return shared_problems(store, shared)


def embedded_problems(store: Store, current: EmbeddedIndex) -> list[str]:
    ids = store.all_passage_ids()
    problems = []
    if not np.array_equal(current.dense.ids, ids):
        problems.append("the dense index does not hold the passages of the store")
    if current.lexical.ids() != ids.tolist():
        problems.append("the lexical index does not hold the passages of the store")
    return problems or unfound(store, current)


def shared_problems(store: Store, shared: SharedIndexSet) -> list[str]:
    """As far as it can be searched: what it holds cannot be listed."""
    try:
        indexed, stored = shared.current.document_count, store.passage_count()
        if indexed != stored:
            problem = f"the index holds {indexed} passages, the store {stored}"
            return [problem]
        return unfound(store, shared.current)
    except StoreUnavailable:
        raise
    except StoreError as error:
        return [f"the index cannot be searched: {error}"]


def unfound(store: Store, index: PassageIndex) -> list[str]:
    """Some passages of the store, spread over it, that their own vector does not find."""
    ids = store.all_passage_ids()
    probes = ids[:: max(1, len(ids) // PROBES)]
    problems = []
    for identifier, vector in zip(probes, store.vectors_for(probes), strict=True):
        _, scores = index.nearest(vector[np.newaxis], 1, Selection())
        if not len(scores) or scores[0] < NEAREST_SCORE * float(vector @ vector):
            problems.append(f"the dense index does not find passage {identifier} by its vector")
    return problems
