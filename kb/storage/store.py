"""The store: documents, passages, vectors and claims in a database, the only truth.

Everything else (FAISS, BM25) can be rebuilt from it. There are any number of readers, also while
somebody writes. In SQLite there is one writer at a time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from kb.errors import ModelMismatch, NotFound, StoreError
from kb.protocols import Ids, Vectors
from kb.storage import integrity, queries, rows
from kb.storage.cache import StateCache
from kb.storage.counts import SpeakerCount, TopicCount, count_rows, count_speakers, count_topics
from kb.storage.database import Database
from kb.storage.filters import passage_conditions
from kb.storage.relational import (
    Connection,
    RelationalDatabase,
    Row,
    State,
    VectorTable,
    state_of,
)  # fmt: skip
from kb.types import (
    Claim,
    ClaimFilters,
    ClaimKind,
    Document,
    DocumentSummary,
    Filters,
    Passage,
)  # fmt: skip

CACHED_DOCUMENTS = 32
CACHED_PASSAGES = 20_000
CACHED_FILTERS = 8
VECTOR_BATCH = 4096
EVERY_CLAIM = ClaimFilters()
NOTHING: Mapping[str, str] = {}
CHANGED = "document_id IN (SELECT id FROM documents WHERE revision > ?)"


class Store:
    """One data directory. ``Store.open`` makes it; use it as a context manager.

    It may be used from many threads: each call borrows a connection of its own. Every method
    raises StoreError (StoreDamaged, StoreLocked) when the database or the disk fails.
    """

    def __init__(self, data_dir: Path, database: RelationalDatabase) -> None:
        self.data_dir = data_dir
        self._database = database
        self._dialect = database.dialect
        self._documents: StateCache[str, Document] = StateCache(CACHED_DOCUMENTS)
        self._passages: StateCache[int, Passage] = StateCache(CACHED_PASSAGES)
        self._passages_of: StateCache[str, tuple[Passage, ...]] = StateCache(CACHED_DOCUMENTS)
        self._summaries: StateCache[None, tuple[DocumentSummary, ...]] = StateCache(1)
        self._passing: StateCache[Filters, Ids] = StateCache(CACHED_FILTERS)

    @classmethod
    def open(cls, data_dir: Path, *, write: bool = False) -> Self:
        """Open a data directory, and make it when it is new.

        Raises StoreLocked when another process writes, SchemaMismatch for a newer version,
        StoreDamaged when the file is no database.
        """
        return cls(data_dir, Database(data_dir, write=write))

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def available(self) -> bool:
        """Whether the database can be reached; for health checks, so it never raises."""
        return self._database.available()

    @property
    def writable(self) -> bool:
        return self._database.writable

    @property
    def state(self) -> State:
        with self._database.reading() as connection:
            return state_of(connection)

    @property
    def revision(self) -> int:
        """Increases with every committed change of the documents."""
        return self.state.revision

    def is_past(self, state: State) -> bool:
        """Whether this store once was in ``state``, so that changes since then are known."""
        with self._database.reading() as connection:
            query = "SELECT 1 FROM revisions WHERE number = ? AND token = ?"
            return connection.execute(query, state).fetchone() is not None

    def metadata(self, key: str) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM metadata WHERE key = ?", (key,)).fetchone()
            return row[0] if row else None

    def set_metadata(self, key: str, value: str) -> None:
        with self._database.writing() as connection:
            self._set_metadata(connection, {key: value})

    def model_id(self) -> str | None:
        """The model that made the vectors that this shows; None while there are none."""
        return self.metadata("model_id")

    def model_number(self) -> int | None:
        """Which of the models that it keeps vectors of the store names; None when it keeps one."""
        return None

    def model_name(self) -> str | None:
        """What loads the model that the store names; None when the settings decide that."""
        return None

    def showing(self, model: int | None) -> Store:  # noqa: ARG002
        """The same store, with the vectors of a model that ``model_number`` named."""
        return self

    def check_model(self, model_id: str, dimension: int) -> None:
        """Make sure that vectors of one model only are stored and searched.

        A store opened for writing remembers the first model; raises ModelMismatch for another.
        """
        stored = self.metadata("model_id"), self.metadata("dimension")
        if stored == (None, None):
            if self.writable:
                with self._database.writing() as connection:
                    values = {"model_id": model_id, "dimension": str(dimension)}
                    self._set_metadata(connection, values)
        elif stored != (model_id, str(dimension)):
            raise ModelMismatch(
                f"The store holds vectors of {stored[0]} ({stored[1]} dimensions); "
                f"{model_id} ({dimension} dimensions) cannot search them."
            )

    def snapshot(self) -> AbstractContextManager[State]:
        """All that this thread reads inside sees one state, whatever is written meanwhile."""
        return self._database.snapshot()

    # --- the whole ----------------------------------------------------------------------------

    def copy_to(self, path: Path) -> None:
        """Write the store as it is now to a new database file, whatever is written meanwhile."""
        self._database.copy_to(path)

    def replace_by(self, path: Path) -> None:
        """Take over everything from such a file, in one transaction; what was here goes."""
        self._database.replace_by(path)

    def size(self) -> int:
        """The bytes that it takes on the disk, with the indexes that lie beside it."""
        return self._database.size()

    def compact(self) -> bool:
        """Give free space back to the disk, with whatever it held of removed text.

        False when a reader still needs the old content: then some remains until it is done.
        """
        return self._database.compact()

    def integrity(self) -> list[str]:
        """Everything that is wrong with the store, in words; empty when all is well."""
        database = self._database
        with database.reading() as connection:
            if found := database.damage(connection):
                return found
            read = partial(database.stream, connection)
            return integrity.problems(read, database.vector_table(connection))

    # --- documents ----------------------------------------------------------------------------

    def documents(self) -> list[DocumentSummary]:
        """All documents, by title, without their text."""
        with self._database.reading() as connection:
            state = state_of(connection)
            cached = self._summaries.get_many(state, [None]).get(None)
            if cached is None:
                cached = tuple(queries.read_summaries(connection))
                self._summaries.put_many(state, {None: cached})
            return list(cached)

    def document(self, identifier: str) -> Document:
        """A document by its id or the unique beginning of it; raises NotFound."""
        with self._database.reading() as connection:
            complete = queries.complete_id(connection, identifier)
            return self._load_documents(connection, [complete])[complete]

    def documents_by_id(self, ids: Collection[str]) -> dict[str, Document]:
        """The documents that exist among complete ids."""
        with self._database.reading() as connection:
            return self._load_documents(connection, ids)

    def find_by_source(self, source_key: str) -> tuple[str, str] | None:
        """Id and SHA-256 of the document that was ingested from there."""
        with self._database.reading() as connection:
            query = "SELECT id, sha256 FROM documents WHERE source_key = ?"
            found: tuple[str, str] | None = connection.execute(query, (source_key,)).fetchone()
            return found

    def find_by_sha256(self, sha256: str) -> str | None:
        """The id of a document with this content."""
        with self._database.reading() as connection:
            query = "SELECT id FROM documents WHERE sha256 = ? ORDER BY id"
            row = connection.execute(query, (sha256,)).fetchone()
            return row[0] if row else None

    def replace_document(
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: Vectors,
        claims: Sequence[Claim],
        *,
        source_key: str,
        metadata: Mapping[str, str] = NOTHING,
    ) -> None:
        """Store a document and all that was derived from it, in one transaction.

        An older version with the same id or source goes. Row i of ``vectors`` is that of
        ``passages[i]``; raises ModelMismatch when their dimension is not that of the store.
        """
        database = self._database
        with database.writing(document.id, source_key) as connection:
            table = database.vector_table(connection)
            _check_vectors(vectors, len(passages), table)
            older = "DELETE FROM documents WHERE id = ? OR source_key = ?"
            removed = connection.execute(older, (document.id, source_key)).rowcount
            tables: dict[str, Iterable[Row]] = {
                "documents": [rows.document_row(document, source_key)],
                "transcripts": [rows.transcript_row(document)],
                "speakers": rows.speaker_rows(document),
                "passages": map(rows.passage_row, passages),
                "passage_topics": rows.topic_rows(passages),
                table.name: map(rows.vector_row, passages, vectors),
                "claims": map(rows.claim_row, claims),
            }
            for name, values in tables.items():
                database.insert(connection, name, values)
            self._set_metadata(connection, metadata)
            stamp = "UPDATE documents SET revision = ? WHERE id = ?"
            connection.execute(stamp, (database.advance(connection), document.id))
        if removed:
            database.empty_log()

    def move_document(self, identifier: str, source_key: str, source: str) -> None:
        """Note that the same content is found elsewhere now, as after a file was renamed."""
        with self._database.writing(identifier, source_key) as connection:
            query = "UPDATE documents SET source_key = ?, source = ? WHERE id = ?"
            connection.execute(query, (source_key, source, identifier))
            self._database.advance(connection)

    def delete_document(self, identifier: str) -> None:
        """Remove a document by id (or its unique beginning), and its text from the file."""
        with self._database.reading() as connection:
            complete = queries.complete_id(connection, identifier)
        with self._database.writing(complete) as connection:
            query = "DELETE FROM documents WHERE id = ?"
            if not connection.execute(query, (complete,)).rowcount:
                raise NotFound(f"The document {complete!r} was just deleted.")
            self._database.advance(connection)
        self._database.empty_log()

    # --- passages and vectors -----------------------------------------------------------------

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages that exist among ``ids``."""
        with self._database.reading() as connection:
            state = state_of(connection)
            found = self._passages.get_many(state, ids)
            missing = [int(identifier) for identifier in ids if identifier not in found]
            if missing:
                condition = f"WHERE id IN {self._dialect.numbers}"
                query = queries.select_passages(self._dialect, condition)
                rows_found = connection.execute(query, [json.dumps(missing)])
                loaded = {row[0]: queries.to_passage(row) for row in rows_found}
                self._passages.put_many(state, loaded)
                found |= loaded
            return found

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order; empty when there is no such document."""
        with self._database.reading() as connection:
            state = state_of(connection)
            cached = self._passages_of.get_many(state, [document_id]).get(document_id)
            if cached is None:
                rest = "WHERE document_id = ? ORDER BY position"
                query = queries.select_passages(self._dialect, rest)
                cached = tuple(map(queries.to_passage, connection.execute(query, [document_id])))
                self._passages_of.put_many(state, {document_id: cached})
            return list(cached)

    def ids_around(
        self, places: Iterable[tuple[str, int]], reach: int
    ) -> dict[tuple[str, int], int]:
        """Ids of the passages at most ``reach`` from (document id, index), by such places."""
        query = (
            f"SELECT document_id, position, passages.id FROM {self._dialect.spans} JOIN passages "
            "ON document_id = wanted.document AND position BETWEEN wanted.first AND wanted.last"
        )
        with self._database.reading() as connection:
            values = (json.dumps(queries.spans(places, reach)),)
            found = connection.execute(query, values).fetchall()
            return {(document, position): identifier for document, position, identifier in found}

    def iterate_passages(self, changed_since: int = 0) -> Iterator[Passage]:
        """All passages by id, or those that were stored after a revision."""
        with self._database.reading() as connection:
            query = queries.select_passages(self._dialect, f"WHERE {CHANGED} ORDER BY id")
            found = self._database.stream(connection, query, (changed_since,))
            yield from map(queries.to_passage, found)

    def passage_ids(self, filters: Filters) -> Ids | None:
        """Ids of the passages that pass, sorted; None when nothing is restricted.

        Speakers and topics match without case and accents. Dates compare at the coarser precision
        of the document's and the given one; undated documents pass no date.
        """
        if not filters:
            return None
        conditions, values = passage_conditions(filters)
        with self._database.reading() as connection:
            state = state_of(connection)
            if cached := self._passing.get_many(state, [filters]):
                return cached[filters]
            query = f"SELECT id FROM passages WHERE {conditions} ORDER BY id"
            found = connection.execute(query, values)
            ids = np.fromiter((row[0] for row in found), dtype=np.int64)
        ids.flags.writeable = False
        self._passing.put_many(state, {filters: ids})
        return ids

    def passage_count(self) -> int:
        with self._database.reading() as connection:
            (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
            return int(count)

    def counts(self) -> dict[str, int]:
        """How many documents, passages and claims there are."""
        with self._database.reading() as connection:
            return count_rows(connection)

    def all_passage_ids(self, changed_since: int = 0) -> Ids:
        """Ids of all passages, or of those stored after a revision, sorted."""
        with self._database.reading() as connection:
            query = f"SELECT id FROM passages WHERE {CHANGED} ORDER BY id"
            found = self._database.stream(connection, query, (changed_since,))
            return np.fromiter((row[0] for row in found), dtype=np.int64)

    def vectors(self) -> tuple[Ids, Vectors]:
        """All vectors: sorted passage ids, and a row for each."""
        batches = list(self.iterate_vectors())
        if not batches:
            return np.empty(0, dtype=np.int64), self.vectors_for(())
        ids, matrices = zip(*batches, strict=True)
        return np.concatenate(ids), np.concatenate(matrices)

    def iterate_vectors(self) -> Iterator[tuple[Ids, Vectors]]:
        """All vectors by passage id, some at a time."""
        with self._database.reading() as connection:
            table = self._database.vector_table(connection)
            query = f"SELECT passage_id, vector FROM {table.name} ORDER BY passage_id"
            found = self._database.stream(connection, query)
            while batch := list(islice(found, VECTOR_BATCH)):
                ids = np.array([identifier for identifier, _ in batch], dtype=np.int64)
                yield ids, queries.to_matrix([blob for _, blob in batch], table.dimension)

    def vectors_for(self, ids: Iterable[int]) -> Vectors:
        """A row for each id, in the given order; zeros where there is no such passage."""
        wanted = [int(identifier) for identifier in ids]
        with self._database.reading() as connection:
            table = self._database.vector_table(connection)
            query = (
                f"SELECT passage_id, vector FROM {table.name} "
                f"WHERE passage_id IN {self._dialect.numbers}"
            )
            blobs = dict(connection.execute(query, (json.dumps(sorted(wanted)),)).fetchall())
        unknown = bytes(4 * table.dimension)
        found = [blobs.get(identifier, unknown) for identifier in wanted]
        return queries.to_matrix(found, table.dimension)

    # --- claims, speakers, topics -------------------------------------------------------------

    def claims(
        self, filters: ClaimFilters = EVERY_CLAIM, limit: int = 100, offset: int = 0
    ) -> tuple[list[Claim], int]:
        """Claims in the order of their documents, and how many there are without the limit.

        Raises NotFound when ``filters.document`` names none.
        """
        with self._database.reading() as connection:
            return queries.find_claims(connection, self._dialect, filters, limit, offset)

    def claims_in(self, documents: Collection[str], kinds: Collection[ClaimKind]) -> list[Claim]:
        """The claims of some kinds in some documents, in the order of the text."""
        if not documents or not kinds:
            return []
        with self._database.reading() as connection:
            return queries.claims_in(connection, self._dialect, documents, kinds)

    def claim(self, identifier: str) -> Claim:
        """A claim by its id or the unique beginning of it. Raises NotFound."""
        with self._database.reading() as connection:
            return queries.read_claim(connection, identifier)

    def speakers(self) -> list[SpeakerCount]:
        """Everybody who speaks, most words first."""
        with self._database.reading() as connection:
            return count_speakers(connection, self._dialect)

    def topics(self) -> list[TopicCount]:
        """Topics with their counts, most passages first."""
        with self._database.reading() as connection:
            return count_topics(connection)

    @staticmethod
    def _set_metadata(connection: Connection, values: Mapping[str, str]) -> None:
        query = (
            "INSERT INTO metadata VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        for item in values.items():
            connection.execute(query, item)

    def _load_documents(self, connection: Connection, ids: Collection[str]) -> dict[str, Document]:
        state = state_of(connection)
        found = self._documents.get_many(state, ids)
        for identifier in set(ids) - found.keys():
            if document := queries.read_document(connection, identifier):
                found[identifier] = document
                self._documents.put_many(state, {identifier: document})
        return found


def _check_vectors(vectors: Vectors, passages: int, table: VectorTable) -> None:
    if vectors.ndim != 2 or len(vectors) != passages:
        raise StoreError(f"{len(vectors)} vectors were given for {passages} passages.")
    if not table.dimension:
        raise StoreError(
            "The store does not know its embedding model.", "Call check_model before writing."
        )
    if passages and vectors.shape[1] != table.dimension:
        raise ModelMismatch(
            f"The store holds vectors of {table.dimension} dimensions, not {vectors.shape[1]}."
        )
