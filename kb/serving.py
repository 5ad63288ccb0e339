"""What answers questions: a store, the model that made its vectors, and the index of them.

A store in a file has one model, that of the settings. One that many share names its model itself:
when it changes to another, the next questions are answered with the old vectors, model and index
until the new ones are loaded, and never with some of each.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import Protocol

from kb.backends import open_indexes
from kb.errors import KnowledgeBaseError
from kb.models.embed import load_embedder
from kb.protocols import Embedder, PassageIndex
from kb.settings import Settings
from kb.storage.relational import State
from kb.storage.store import Store

log = logging.getLogger(__name__)

RETRY_SECONDS = 10.0


class Indexes(Protocol):
    """The index of a store, whatever keeps it."""

    @property
    def current(self) -> PassageIndex: ...

    @property
    def state(self) -> State:
        """The state of the store that the index shows."""
        ...

    def refresh(self) -> bool:
        """Bring it to the state of the store, where that is for a reader to do."""
        ...

    def available(self) -> bool:
        """Whether it can be searched; never raises."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Serving:
    """Vectors, the model that made them, and their index; ``model`` is its number in the store."""

    store: Store
    embedder: Embedder
    indexes: Indexes
    model: int | None


class Servings:
    """The serving of today, and the change to that of tomorrow. For use by many threads."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._loading = threading.Lock()
        self._serving: Serving | None = None
        self._failed_at = -RETRY_SECONDS

    @property
    def loaded(self) -> Serving | None:
        """What is there already; loads nothing."""
        return self._serving

    def current(self) -> Serving:
        """What to answer with now. Raises ModelUnavailable, ModelMismatch, StoreError."""
        serving = self._serving
        if serving is None or serving.model is None:
            with self._loading:
                if self._serving is None or self._outdated(self._serving):
                    self._serving = self._load()
                return self._serving
        if self._outdated(serving) and time.monotonic() > self._failed_at + RETRY_SECONDS:
            self._change()
        return serving

    def close(self) -> None:
        if self._serving is not None:
            self._serving.indexes.close()

    def _outdated(self, serving: Serving) -> bool:
        return self._store.model_number() != serving.model

    def _load(self) -> Serving:
        settings = self._settings
        number, name = self._store.model_number(), self._store.model_name()
        if name is not None:
            settings = settings.model_copy(update={"embedding_model": name})
        embedder = load_embedder(settings)
        store = self._store.showing(number)
        store.check_model(embedder.model_id, embedder.dimension)
        return Serving(store, embedder, open_indexes(settings, store), number)

    def _change(self) -> None:
        if self._loading.acquire(blocking=False):
            threading.Thread(target=self._change_now, name="change of model", daemon=True).start()

    def _change_now(self) -> None:
        """Runs in a thread of its own, which releases the lock that its starter took."""
        try:
            self._serving = self._load()
        except Exception as error:  # whatever it is, each search would else try it again
            self._failed_at = time.monotonic()
            expected = isinstance(error, KnowledgeBaseError)
            message = "The store has another embedding model, which is not loaded: %s"
            log.warning(message, error, exc_info=not expected)
        finally:
            self._loading.release()
