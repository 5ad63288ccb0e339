"""Another embedding model for a shared store, while it serves.

The vectors of the new model, and an index of them, are built beside the old ones. When nothing is
missing, the store names the new model, in one transaction; servers answer with the old one until
they have loaded the new one. The old vectors stay until they are removed, so that there is time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.passages import embedding_text
from kb.backends import announce_model, open_store, shared_index
from kb.errors import InputError, StoreLocked
from kb.models.embed import load_embedder
from kb.postgres.store import Model, PostgresStore, in_batches
from kb.protocols import Embedder
from kb.settings import Settings

STEP = 256
"""Passages embedded and stored at a time."""

Progress = Callable[[int, int], None]
"""Is told how many passages of how many have their vector."""


def upgrade_model(settings: Settings, name: str, progress: Progress) -> Model:
    """Make a shared store use the model called ``name``; what was done before is taken up again.

    Raises InputError for a store in a file, StoreLocked while another process does the same,
    ModelUnavailable, StoreError.
    """
    with _shared_store(settings) as store:
        embedder = load_embedder(settings.model_copy(update={"embedding_model": name}))
        model = _added(store, embedder, name)
        target = store.showing(model.number)
        index = shared_index(settings, target)
        try:
            while True:
                _embed(store, model, embedder, progress)
                if index is not None:
                    index.write()
                if store.change_model(model, index.name if index else None):
                    break
        finally:
            if index is not None:
                index.close()
        announce_model(settings, store)
        return model


def remove_other_models(settings: Settings) -> list[Model]:
    """Remove the vectors and indexes of all models that the store does not name.

    For when every server has changed. Raises what ``upgrade_model`` raises.
    """
    with _shared_store(settings) as store:
        current = store.current_model()
        others = [model for model in store.models() if model != current]
        for model in others:
            index = shared_index(settings, store.showing(model.number))
            if index is not None:
                index.drop()
                index.close()
            store.remove_model(model)
        return others


@contextmanager
def _shared_store(settings: Settings) -> Iterator[PostgresStore]:
    if not settings.store:
        raise InputError(
            "A store in a file has one embedding model.",
            "Ingest into another data directory with KB_EMBEDDING_MODEL set, then serve that one.",
        )
    with open_store(settings, write=True) as store:
        assert isinstance(store, PostgresStore)  # see open_store
        with store.alone("upgrade") as alone:
            if not alone:
                raise StoreLocked("Another process is changing the models of the store.")
            yield store


def _added(store: PostgresStore, embedder: Embedder, name: str) -> Model:
    store.add_model(embedder.model_id, name, embedder.dimension, current=False)
    return next(model for model in store.models() if model.model_id == embedder.model_id)


def _embed(store: PostgresStore, model: Model, embedder: Embedder, progress: Progress) -> None:
    missing = store.without_vectors(model).tolist()
    total = max(store.passage_count(), len(missing))
    done = total - len(missing)
    progress(done, total)
    for ids in in_batches(missing, STEP):
        passages = list(store.passages(ids).values())
        vectors = embedder.embed_passages([embedding_text(passage) for passage in passages])
        store.add_vectors(model, passages, vectors)
        done += len(ids)
        progress(done, total)
