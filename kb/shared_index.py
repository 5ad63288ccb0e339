"""An index in another server, kept in step with a store in PostgreSQL.

The store remembers up to which of its states each index has come. Whoever stored something brings
the index there before reporting it: changed passages are given to it again, removed ones taken out.
One process at a time does so, on whatever machine; one that was killed half-way is made good by the
next, because giving a passage twice changes nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from itertools import islice

from kb.errors import StoreError
from kb.postgres.store import PostgresStore, in_batches
from kb.protocols import IndexEngine, IndexEntry, PassageIndex
from kb.relational import State

log = logging.getLogger(__name__)

BATCH = 1_000
WAIT_SECONDS = 600.0  # for another process that brings the index up to date
RETRY_SECONDS = 1.0  # after which this one tries: the other began before it, or was killed


class SharedIndexSet:
    """The index that an engine keeps of a store. Searches may run in many threads."""

    def __init__(self, store: PostgresStore, engine: IndexEngine) -> None:
        self._store = store
        self._engine = engine
        self._catching_up = threading.Lock()

    @property
    def name(self) -> str:
        """What the store remembers it by."""
        return self._engine.name

    def drop(self) -> None:
        """Remove the index from its server, and from what the store remembers."""
        self._engine.drop()
        self._store.set_indexed(self._engine.name, None)

    @property
    def current(self) -> PassageIndex:
        return self._engine

    @property
    def state(self) -> State:
        """The state of the store that the index shows."""
        return self._store.indexed(self._engine.name) or State(0, "")

    def refresh(self) -> bool:
        """Whether the index shows what the store holds; a reader cannot help it."""
        return self.state == self._store.state

    def write(self) -> None:
        """Bring the index to the present state of the store, or wait until another process did.

        Raises StoreError when that fails or takes too long: the store keeps what it has.
        """
        wanted = self._store.state.revision
        end = time.monotonic() + WAIT_SECONDS
        while not self.catch_up():
            if self._store.wait_for_index(self._engine.name, wanted, RETRY_SECONDS):
                return
            if time.monotonic() > end:
                raise StoreError(
                    "The documents are stored, but not indexed: another process is busy with that.",
                    "Try again later; whoever ingests next indexes them, too.",
                )

    def catch_up(self) -> bool:
        """Bring the index to the present state of the store; False while another process does."""
        name = self._engine.name
        with self._catching_up, self._store.alone(name) as alone:
            if not alone:
                return False
            with self._store.snapshot() as state:
                since = self._beginning(state)
                if since is None:
                    return True
                self._remove(since)
                self._add(since)
            self._engine.complete()
            self._store.set_indexed(name, state)
            return True

    def rebuild(self) -> None:
        """Make the index anew from the store alone."""
        self._store.set_indexed(self._engine.name, None)
        self.write()

    def available(self) -> bool:
        try:
            return self._store.available() and self._engine.document_count >= 0
        except StoreError:
            return False

    def close(self) -> None:
        self._engine.close()

    def _beginning(self, state: State) -> int | None:
        """The revision after which the index knows nothing; None when it is in step."""
        model = self._store.model
        shown = self._store.indexed(self._engine.name)
        if model is None or shown == state:
            return None
        if shown is None or not self._store.is_past(shown):
            self._engine.drop()
            self._engine.create(model.dimension)
            return 0
        return shown.revision

    def _remove(self, since: int) -> None:
        for ids in in_batches(self._store.removed_since(since).tolist(), BATCH):
            self._engine.remove(ids)

    def _add(self, since: int) -> None:
        changed = self._store.changed_passages(since)
        while batch := list(islice(changed, BATCH)):
            dates = self._store.dates_of({passage.document_id for passage in batch})
            entries = [IndexEntry(passage, dates[passage.document_id]) for passage in batch]
            vectors = self._store.vectors_for([passage.id for passage in batch])
            self._engine.upsert(entries, vectors)
            log.debug("%s: %d passages more", self._engine.name, len(batch))
