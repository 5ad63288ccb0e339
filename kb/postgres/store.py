"""The store in PostgreSQL: what it can besides, because many machines and models share it."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from kb.errors import ModelMismatch
from kb.postgres import schema
from kb.postgres.database import CURRENT_MODEL, PostgresDatabase
from kb.protocols import Ids, Vectors
from kb.storage import queries, rows
from kb.storage.relational import Connection, State, state_of
from kb.storage.store import Store
from kb.types import Passage

POLL_SECONDS = 0.1
REMOVAL_SECONDS = 3  # for those who read what is to be removed


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model whose vectors the store keeps; ``name`` is what loads it."""

    number: int
    model_id: str
    name: str
    dimension: int


class PostgresStore(Store):
    """Shows the vectors of one model: the chosen one, else the one that the store names."""

    _database: PostgresDatabase

    def __init__(self, data_dir: Path, database: PostgresDatabase, model_name: str) -> None:
        super().__init__(data_dir, database)
        self._model_name = model_name

    def showing(self, model: int | None) -> Self:
        """Close only the store that this was called for, which keeps the connections."""
        if model is None:
            return self
        return type(self)(self.data_dir, self._database.showing(model), self._model_name)

    @property
    def place(self) -> str:
        """How messages name the server, without a password."""
        return self._database.place

    @property
    def database(self) -> PostgresDatabase:
        """The connections, for an index in the same server."""
        return self._database

    def server_version(self) -> str:
        with self._database.reading() as connection:
            return str(connection.execute("SHOW server_version").fetchone()[0])

    # --- models -------------------------------------------------------------------------------

    def models(self) -> list[Model]:
        """All models that the store has vectors of, the oldest first."""
        with self._database.reading() as connection:
            return _models(connection, "TRUE")

    def current_model(self) -> Model | None:
        """The one that the store names; None while nothing was stored."""
        with self._database.reading() as connection:
            return next(iter(_models(connection, CURRENT_MODEL)), None)

    @property
    def model(self) -> Model | None:
        """The one whose vectors this shows."""
        chosen = self._database.model
        if chosen is None:
            return self.current_model()
        return next((model for model in self.models() if model.number == chosen), None)

    def check_model(self, model_id: str, dimension: int) -> None:
        """As for every store; from then on this one shows the vectors of that model."""
        if self.writable and self.current_model() is None:
            self.add_model(model_id, self._model_name, dimension, current=True)
        current = self.current_model()
        known = self._known(model_id)  # read last, as another process may just have named it
        if known is None and current is None:
            return
        if known is None or (self.writable and known != current):
            found = current or known
            assert found is not None
            raise ModelMismatch(
                f"The store holds vectors of {found.model_id} ({found.dimension} dimensions); "
                f"{model_id} ({dimension} dimensions) cannot search them."
            )
        self._database.model = known.number

    def model_id(self) -> str | None:
        model = self.model
        return model.model_id if model else None

    def model_number(self) -> int | None:
        model = self.current_model()
        return model.number if model else None

    def model_name(self) -> str | None:
        model = self.current_model()
        return model.name if model else None

    def _known(self, model_id: str) -> Model | None:
        return next((model for model in self.models() if model.model_id == model_id), None)

    def add_model(self, model_id: str, name: str, dimension: int, *, current: bool) -> None:
        """Keep vectors of another model, too; nothing happens when the store does already.

        With ``current`` the store names it, unless it names one already.
        """
        with self._database.writing("models") as connection:
            query = (
                "INSERT INTO models (model_id, name, dimension) VALUES (?, ?, ?) "
                "ON CONFLICT DO NOTHING RETURNING number"
            )
            row = connection.execute(query, (model_id, name, dimension)).fetchone()
            if row:
                for statement in schema.VECTORS.format(name=schema.vectors_of(row[0])).split(";"):
                    connection.execute(statement)
            if current:
                for item in (("model_id", model_id), ("dimension", str(dimension))):
                    add = "INSERT INTO metadata VALUES (?, ?) ON CONFLICT DO NOTHING"
                    connection.execute(add, item)

    def without_vectors(self, model: Model) -> Ids:
        """Ids of the passages that have no vector of a model, sorted."""
        query = (
            "SELECT id FROM passages WHERE NOT EXISTS (SELECT FROM "
            f"{schema.vectors_of(model.number)} WHERE passage_id = id) ORDER BY id"
        )
        with self._database.reading() as connection:
            found = self._database.stream(connection, query)
            return np.fromiter((row[0] for row in found), dtype=np.int64)

    def add_vectors(self, model: Model, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store vectors of a model; row i is that of ``passages[i]``. Deleted passages get none."""
        with self._database.writing() as connection:
            query = "SELECT id FROM passages WHERE id = ANY(?) FOR KEY SHARE"
            ids = [passage.id for passage in passages]
            stored = {row[0] for row in connection.execute(query, (ids,))}
            vector_rows = (
                rows.vector_row(passage, vector)
                for passage, vector in zip(passages, vectors, strict=True)
                if passage.id in stored
            )
            self._database.insert(connection, schema.vectors_of(model.number), vector_rows)

    def change_model(self, model: Model, index: str | None) -> bool:
        """Name another model from now on; False, and nothing is changed, while it is not complete.

        It is when every passage has its vector, and its ``index`` (if it has one) shows them all.
        """
        with self._database.changing_model() as connection:
            query = (
                "SELECT EXISTS (SELECT FROM passages WHERE NOT EXISTS (SELECT FROM "
                f"{schema.vectors_of(model.number)} WHERE passage_id = id))"
            )
            if connection.execute(query).fetchone()[0]:
                return False
            if index is not None:
                query = "SELECT revision, token FROM indexed WHERE name = ?"
                shown = connection.execute(query, (index,)).fetchone()
                if shown is None or State(*shown) != state_of(connection):
                    return False
            values = {"model_id": model.model_id, "dimension": str(model.dimension)}
            self._set_metadata(connection, values)
            return True

    def remove_model(self, model: Model) -> None:
        """Remove the vectors of a model that the store does not name.

        Raises StoreLocked when somebody reads them for long: who waits here lets nobody write, and
        that one may be about to.
        """
        with self._database.changing_model() as connection:
            connection.execute(f"SET LOCAL lock_timeout = '{REMOVAL_SECONDS}s'")
            connection.execute(f"DROP TABLE {schema.vectors_of(model.number)}")
            connection.execute("DELETE FROM models WHERE number = ?", (model.number,))

    # --- what an index in another server needs to keep in step --------------------------------

    @property
    def identity(self) -> str:
        """Names this store among all, in 32 hexadecimal digits."""
        return self.metadata("store_id") or ""

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether this process is the only one that is inside under this name, on any machine."""
        return self._database.alone(name)

    def removed_since(self, revision: int) -> Ids:
        """Ids of the passages that were removed after a revision and are not there now."""
        query = (
            "SELECT DISTINCT passage_id FROM removed_passages WHERE revision > ? "
            "AND NOT EXISTS (SELECT FROM passages WHERE id = passage_id) ORDER BY passage_id"
        )
        with self._database.reading() as connection:
            found = self._database.stream(connection, query, (revision,))
            return np.fromiter((row[0] for row in found), dtype=np.int64)

    def complete_state(self, since: int) -> State:
        """The last state in which all that was stored after a revision has its vectors.

        It is the present one for the model that the store names: that has all its vectors.
        """
        if self.model == self.current_model():
            return self.state
        with self._database.reading() as connection:
            vectors = self._database.vector_table(connection).name
            incomplete = (
                "SELECT min(revision) FROM documents WHERE revision > ? AND EXISTS (SELECT FROM "
                "passages WHERE document_id = documents.id AND NOT EXISTS "
                f"(SELECT FROM {vectors} WHERE passage_id = passages.id))"
            )
            query = (
                f"SELECT number, token FROM revisions WHERE coalesce(number < ({incomplete}), TRUE)"
                " ORDER BY number DESC LIMIT 1"
            )
            row = connection.execute(query, (since,)).fetchone()
            return State(*row) if row else State(0, "")

    def changed_passages(self, since: int, through: int) -> Iterator[Passage]:
        """Passages stored after one revision and until another, those of each document together.

        An index that keeps the words of a document as one would else rewrite most documents for
        every few passages, whose ids are in no order.
        """
        changed = "SELECT id FROM documents WHERE revision > ? AND revision <= ?"
        rest = f"WHERE document_id IN ({changed}) ORDER BY document_id, position"
        query = queries.select_passages(self._dialect, rest)
        with self._database.reading() as connection:
            found = self._database.stream(connection, query, (since, through))
            yield from map(queries.to_passage, found)

    def dates_of(self, documents: Collection[str]) -> dict[str, str | None]:
        """The dates of documents, by id."""
        with self._database.reading() as connection:
            query = "SELECT id, date FROM documents WHERE id = ANY(?)"
            return dict(connection.execute(query, (list(documents),)))

    def indexed(self, name: str) -> State | None:
        """The state of the store that an index shows; None when it was never filled."""
        with self._database.reading() as connection:
            query = "SELECT revision, token FROM indexed WHERE name = ?"
            row = connection.execute(query, (name,)).fetchone()
            return State(*row) if row else None

    def set_indexed(self, name: str, state: State | None) -> None:
        """Remember what an index shows, and forget removals that every index has seen."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM indexed WHERE name = ?", (name,))
            if state is not None:
                connection.execute("INSERT INTO indexed VALUES (?, ?, ?)", (name, *state))
            connection.execute(
                "DELETE FROM removed_passages WHERE revision <= (SELECT min(revision) FROM indexed)"
            )

    def wait_for_index(self, name: str, revision: int, seconds: float) -> bool:
        """Whether an index came to a revision within some seconds."""
        end = time.monotonic() + seconds
        while (found := self.indexed(name)) is None or found.revision < revision:
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)
        return True


def _models(connection: Connection, condition: str) -> list[Model]:
    query = (
        f"SELECT number, model_id, name, dimension FROM models WHERE {condition} ORDER BY number"
    )
    return [Model(*row) for row in connection.execute(query)]


def in_batches(values: Collection[int], size: int) -> Iterator[list[int]]:
    """Values in lists of at most ``size``."""
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
