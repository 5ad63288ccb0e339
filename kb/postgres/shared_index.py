"""An index in another server, kept in step with a store in PostgreSQL.

The store remembers up to which of its states each index has come. Whoever stored something brings
the index there before reporting it: changed passages are given to it again, removed ones taken out.
One process at a time does so, on whatever machine; one that was killed half-way is made good by the
next, because giving a passage twice changes nothing. The index of a model that the store does not
name yet comes only as far as the passages have their vectors.
"""

from __future__ import annotations

import logging
import threading
import time
from itertools import islice

from kb.errors import StoreError
from kb.postgres.store import PostgresStore, in_batches
from kb.protocols import IndexEngine, IndexEntry, PassageIndex
from kb.storage.relational import State

log = logging.getLogger(__name__)

BATCH = 1_000
WAIT_SECONDS = 600.0  # for another process that brings the index up to date
RETRY_SECONDS = 1.0  # after which this one tries: the other began before it, or was killed
NOT_FILLED = State(0, "not filled")
"""What an index shows that is being made: the store remembers removals from then on."""


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
            _check_patience(end)

    def catch_up(self, *, anew: bool = False) -> bool:
        """Bring the index to the present state of the store; False while another process does.

        With ``anew`` nothing of it is kept.
        """
        name = self._engine.name
        with self._catching_up, self._store.alone(name) as alone:
            if not alone:
                return False
            if self._store.model is None:
                return True
            if anew or not self._goes_on():
                # Before the snapshot: else another index could see removals forgotten after it.
                self._store.set_indexed(name, NOT_FILLED)
            with self._store.snapshot() as state:
                shown = self._store.indexed(name)
                if shown == state:
                    return True
                since = self._beginning(shown)
                reached = self._store.complete_state(since)
                self._remove(since)
                self._add(since, reached.revision)
            self._engine.complete()
            self._store.set_indexed(name, reached)
            return True

    def rebuild(self) -> None:
        """Make the index anew from the store alone. Raises what ``write`` raises."""
        end = time.monotonic() + WAIT_SECONDS
        while not self.catch_up(anew=True):
            _check_patience(end)
            time.sleep(RETRY_SECONDS)

    def available(self) -> bool:
        try:
            return self._store.available() and self._engine.document_count >= 0
        except StoreError:
            return False

    def close(self) -> None:
        self._engine.close()

    def _goes_on(self) -> bool:
        """Whether what the index shows is of use."""
        shown = self._store.indexed(self._engine.name)
        return shown is not None and (shown == self._store.state or self._store.is_past(shown))

    def _beginning(self, shown: State | None) -> int:
        """The revision after which the index knows nothing."""
        if shown is not None and self._store.is_past(shown):
            return shown.revision
        model = self._store.model
        assert model is not None  # see catch_up
        self._engine.drop()
        self._engine.create(model.dimension)
        return 0

    def _remove(self, since: int) -> None:
        for ids in in_batches(self._store.removed_since(since).tolist(), BATCH):
            self._engine.remove(ids)

    def _add(self, since: int, through: int) -> None:
        changed = self._store.changed_passages(since, through)
        while batch := list(islice(changed, BATCH)):
            dates = self._store.dates_of({passage.document_id for passage in batch})
            entries = [IndexEntry(passage, dates[passage.document_id]) for passage in batch]
            vectors = self._store.vectors_for([passage.id for passage in batch])
            self._engine.upsert(entries, vectors)
            log.debug("%s: %d passages more", self._engine.name, len(batch))


def _check_patience(end: float) -> None:
    if time.monotonic() > end:
        raise StoreError(
            "The documents are stored, but not indexed: another process is busy with that.",
            "Try again later; whoever ingests next indexes them, too.",
        )
