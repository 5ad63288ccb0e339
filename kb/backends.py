"""Which store and index the settings name: files here, or servers that many machines share."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import TYPE_CHECKING

from kb.errors import InputError, StoreError
from kb.search.indexes import IndexSet
from kb.settings import Settings
from kb.storage.store import Store

if TYPE_CHECKING:
    from kb.postgres.shared_index import SharedIndexSet
    from kb.postgres.store import PostgresStore
    from kb.protocols import IndexEngine

log = logging.getLogger(__name__)

PGVECTOR = "pgvector"


def open_store(settings: Settings, *, write: bool = False) -> Store:
    """The store that the settings name.

    Raises what ``Store.open`` raises, InputError when a library for it is missing,
    StoreUnavailable when its server does not answer.
    """
    if not settings.store:
        if settings.index:
            raise InputError(
                f"The index {settings.index.partition('+')[0]} needs a store in PostgreSQL.",
                "Set KB_STORE=postgresql://…, too, or leave KB_INDEX out.",
            )
        return Store.open(settings.data_dir, write=write)
    from kb.postgres.database import PostgresDatabase
    from kb.postgres.store import PostgresStore

    database = PostgresDatabase(settings.store, write=write)
    return PostgresStore(settings.data_dir, database, settings.embedding_model)


def open_indexes(settings: Settings, store: Store) -> IndexSet | SharedIndexSet:
    """The indexes that the settings name, as of now; those of an empty store are files."""
    shared = shared_index(settings, store)
    if shared is None:
        return IndexSet.open(store, settings.data_dir)
    if not shared.refresh():
        _catch_up(settings)
    return shared


def write_indexes(settings: Settings, store: Store) -> None:
    """Bring the indexes up to the state of a store that was opened for writing.

    Raises StoreError when they cannot be written: the store keeps what it has.
    """
    if shared := shared_index(settings, store):
        with closing(shared):
            shared.write()
    elif not settings.store:  # else each machine that searches makes its own
        IndexSet.write(store, settings.data_dir)


def rebuild_indexes(settings: Settings, store: Store) -> None:
    """Make the indexes anew from a store that was opened for writing."""
    if shared := shared_index(settings, store):
        with closing(shared):
            shared.rebuild()
    elif not settings.store:
        IndexSet.open(store, settings.data_dir).rebuild()


def shared_index(settings: Settings, store: Store) -> SharedIndexSet | None:
    """The index in another server, as it is; None where there is none, or no model yet."""
    if not settings.index or store.model_id() is None:
        return None
    from kb.postgres.shared_index import SharedIndexSet
    from kb.postgres.store import PostgresStore

    assert isinstance(store, PostgresStore)  # see open_store
    return SharedIndexSet(store, engine_for(settings, store))


def announce_model(settings: Settings, store: PostgresStore) -> None:
    """Tell the index's server which model the store names, for others who search there."""
    model = store.current_model()
    if settings.index.startswith("milvus") and model is not None:
        from kb.milvus.collection import switch_alias

        alias = f"passages_{store.identity}"
        switch_alias(settings.index, alias, f"{alias}_{model.number}")


def engine_for(settings: Settings, store: PostgresStore) -> IndexEngine:
    """The engine of a shared index, for the model whose vectors the store shows."""
    model = store.model
    number = model.number if model else 0
    if settings.index == PGVECTOR:
        from kb.postgres.passage_index import PostgresIndex

        return PostgresIndex(store.database, number)
    from kb.milvus.passage_index import MilvusIndex

    return MilvusIndex(settings.index, f"passages_{store.identity}_{number}")


def _catch_up(settings: Settings) -> None:
    """Make good what an ingest that was ended left to do, where this process may write."""
    try:
        with open_store(settings, write=True) as store:
            shared = shared_index(settings, store)
            if shared is not None:
                with closing(shared):
                    shared.catch_up()
    except StoreError as error:
        log.warning("The index stays behind the store: %s", error)
