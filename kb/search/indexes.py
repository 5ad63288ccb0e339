"""The embedded indexes of a store, kept in step with it.

Both live together in one generation, so they always show the same state. Whatever is wrong with it
(missing, damaged, lagging, another model or library), the answer is the same: make it anew from the
store, or in memory where the data directory cannot be written.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Self

import numpy as np

from kb.errors import IndexDamaged, KnowledgeBaseError, StoreError, StoreLocked
from kb.search.dense import FLAT_LIMIT, DenseIndex, faiss_version
from kb.search.embedded_index import EmbeddedIndex
from kb.search.generations import Contents, Generation, Generations
from kb.search.lexical import LEXICAL_FIELDS, LexicalIndex
from kb.storage.lock import ProcessLock
from kb.storage.relational import State
from kb.storage.store import Store

log = logging.getLogger(__name__)

DENSE = "dense"
LEXICAL = "lexical"
LARGEST_UPDATE = 0.2


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What stands on the disk: its contents, and what is wrong (None when nothing is)."""

    contents: Contents | None
    problem: str | None


class IndexSet:
    """The indexes of a store. Searches may run in many threads while ``refresh`` runs in one."""

    def __init__(self, store: Store, data_dir: Path) -> None:
        self._store = store
        self._generations = _generations(data_dir)
        self._refreshing = threading.Lock()
        self.problem: KnowledgeBaseError | None = None
        """Why the current indexes are in memory only; None when they are on the disk."""
        with store.snapshot() as state:
            self.current = self._load(state) or self._make(state)

    @classmethod
    def open(cls, store: Store, data_dir: Path) -> Self:
        """The indexes as of now; they are made when they are not there or not right."""
        return cls(store, data_dir)

    @property
    def dense(self) -> DenseIndex:
        return self.current.dense

    @property
    def lexical(self) -> LexicalIndex:
        return self.current.lexical

    @property
    def state(self) -> State:
        return self.current.state

    def available(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is held that needs closing."""

    @classmethod
    def write(cls, store: Store, data_dir: Path) -> None:
        """Bring the indexes on the disk up to the state of the store.

        Does nothing while another process does it. Raises StoreError when the disk refuses: the
        store keeps what it has, and later searches index it.
        """
        problem = cls(store, data_dir).problem
        if problem is not None and not isinstance(problem, StoreLocked):
            raise StoreError(
                f"The documents are stored, but not indexed. {problem}",
                "Free some space, or check the data directory; the next search indexes them.",
            ) from problem

    def rebuild(self) -> None:
        """Make both anew from the store alone, and remove all that is left of older ones.

        Raises StoreLocked while another process publishes, StoreError when the disk refuses.
        """
        with self._refreshing, self._publishing(), self._store.snapshot() as state:
            expected = _expected(self._store, state)
            self.current = self._open(self._generations.publish(expected, self._rebuild))
            self._generations.purge()

    def refresh(self) -> bool:
        """Bring both up to the state of the store; tells whether anything had to be done.

        Costs one small query when nothing changed, so it may run before every search.
        """
        with self._refreshing, self._store.snapshot() as state:
            if self.current.state == state:
                return False
            self.current = self._load(state) or self._make(state)
            return True

    def _load(self, state: State) -> EmbeddedIndex | None:
        try:
            generation = self._generations.current()
            if generation and generation.contents == _expected(self._store, state):
                return self._open(generation)
        except IndexDamaged as error:
            log.warning("%s %s", error, error.hint)
        return None

    def _open(self, generation: Generation) -> EmbeddedIndex:
        """Raises IndexDamaged when an index has not the passages that its manifest promises."""
        dense = DenseIndex.load(generation.path / DENSE, self._store.vectors_for)
        lexical = LexicalIndex.load(generation.path / LEXICAL)
        contents = generation.contents
        if not len(dense) == lexical.document_count == contents.rows:
            raise IndexDamaged(f"{generation.path} has not the {contents.rows} passages it should.")
        return EmbeddedIndex(dense, lexical, contents.state, self._store)

    def _make(self, state: State) -> EmbeddedIndex:
        try:
            with self._publishing():
                self.problem = None
                return self._load(state) or self._open(self._publish(state))
        except (StoreError, IndexDamaged) as error:
            self.problem = error
            level = logging.INFO if isinstance(error, StoreLocked) else logging.WARNING
            log.log(level, "Indexing in memory: %s", error)
            lexical = LexicalIndex.build(self._store.iterate_passages())
            return EmbeddedIndex(self._dense(), lexical, state, self._store)

    @contextmanager
    def _publishing(self) -> Iterator[None]:
        """One process at a time writes indexes. Raises StoreLocked, StoreError."""
        directory = self._generations.directory
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with ProcessLock(directory / "publish.lock", f"The index {directory}"):
                yield
        except OSError as error:
            raise StoreError(f"The index cannot be written to {directory}: {error}.") from error

    def _publish(self, state: State) -> Generation:
        previous = self._updatable()

        def write(path: Path) -> None:
            if previous:
                self._update(*previous, path)
            else:
                self._rebuild(path)

        return self._generations.publish(_expected(self._store, state), write)

    def _rebuild(self, path: Path) -> None:
        (path / DENSE).mkdir()
        (path / LEXICAL).mkdir()
        self._dense().save(path / DENSE)
        LexicalIndex.build(self._store.iterate_passages(), path / LEXICAL)

    def _dense(self) -> DenseIndex:
        store = self._store
        return DenseIndex.build(store.all_passage_ids(), store.iterate_vectors(), store.vectors_for)

    def _updatable(self) -> tuple[Generation, DenseIndex] | None:
        """The generation in force when changing a copy of it is right, and less work than anew.

        Small ones are made anew: that takes a second, and counts no removed passage in BM25.
        """
        try:
            generation = self._generations.current()
            if generation is None:
                return None
            dense = self._open(generation).dense
        except IndexDamaged:
            self._generations.set_aside()
            return None
        contents = generation.contents
        expected = _expected(self._store, contents.state)
        changed = len(self._store.all_passage_ids(changed_since=contents.state.revision))
        changed += abs(expected.rows - contents.rows)
        known = (contents.model_id, contents.library) == (expected.model_id, expected.library)
        large = min(contents.rows, expected.rows) >= FLAT_LIMIT
        few = changed <= LARGEST_UPDATE * contents.rows
        updatable = known and large and few and self._store.is_past(contents.state)
        return (generation, dense) if updatable else None

    def _update(self, previous: Generation, dense: DenseIndex, path: Path) -> None:
        (path / DENSE).mkdir()
        added = self._store.all_passage_ids(changed_since=previous.contents.state.revision)
        removed = np.setdiff1d(dense.ids, self._store.all_passage_ids())
        outdated = np.union1d(removed, np.intersect1d(dense.ids, added))
        dense.remove(outdated)
        dense.add(added, self._store.vectors_for(added))
        if not dense.suits:
            dense = self._dense()
        dense.save(path / DENSE)
        shutil.copytree(previous.path / LEXICAL, path / LEXICAL)
        changed = self._store.iterate_passages(previous.contents.state.revision)
        LexicalIndex.update(path / LEXICAL, outdated.tolist(), changed)


def index_status(store: Store, data_dir: Path) -> IndexStatus:
    """What a check of the installation reports; changes nothing."""
    try:
        generation = _generations(data_dir).current()
    except IndexDamaged as error:
        return IndexStatus(None, str(error))
    if generation is None:
        return IndexStatus(None, "There is no index yet.")
    if generation.contents != _expected(store, store.state):
        return IndexStatus(generation.contents, "The index is behind the store.")
    return IndexStatus(generation.contents, None)


def _generations(data_dir: Path) -> Generations:
    return Generations(data_dir / "indexes" / "passages")


def _expected(store: Store, state: State) -> Contents:
    return Contents(state, store.model_id() or "", store.passage_count(), libraries())


def libraries() -> str:
    """The versions that wrote an index: another version may read it differently."""
    return f"faiss {faiss_version()}, tantivy {version('tantivy')}, fields {LEXICAL_FIELDS}"
