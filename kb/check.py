"""Proves a data directory sound: the store, and that the indexes hold just what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.database import FILE_NAME
from kb.errors import NotFound
from kb.indexes import IndexSet, index_status
from kb.protocols import PassageIndex
from kb.store import Store
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


def check_data_dir(data_dir: Path) -> Soundness:
    """Check every stored text, quote, speaker and vector, and both indexes against them.

    An index that is missing or behind is a note: it is made at the next search. Raises NotFound
    when there is no store, StoreDamaged when it cannot even be opened.
    """
    if not (data_dir / FILE_NAME).exists():
        raise NotFound(f"There is no store in {data_dir}.", "`kb ingest PATH` makes one.")
    with Store.open(data_dir) as store, store.snapshot():
        counts = store.counts()
        problems = store.integrity()
        status = index_status(store, data_dir)
        notes: list[str] = []
        if status.problem is not None:
            notes.append(f"{status.problem} It is made at the next search.")
        elif not problems:
            problems = index_problems(store, data_dir)
        return Soundness(**counts, problems=tuple(problems), notes=tuple(notes))


def index_problems(store: Store, data_dir: Path) -> list[str]:
    """Where the indexes of the disk and the store differ."""
    current = IndexSet.open(store, data_dir).current
    ids = store.all_passage_ids()
    problems = []
    if not np.array_equal(current.dense.ids, ids):
        problems.append("the dense index does not hold the passages of the store")
    if current.lexical.ids() != ids.tolist():
        problems.append("the lexical index does not hold the passages of the store")
    return problems or unfound(store, current)


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
