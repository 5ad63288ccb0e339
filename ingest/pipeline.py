"""From files to the store: read, cut into passages, tag, embed, store, index.

Each document is stored in one transaction, so an ingest that is interrupted loses nothing that it
reported as done. Files that did not change cost a hash and load no model. While a document is
embedded, the next one is read in a thread; what becomes of it is decided when its turn comes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol, get_args

import numpy as np

from ingest.ahead import ahead
from ingest.discover import discover
from ingest.documents import read_document
from ingest.loaded import LoadedFile, fingerprint_key, load_file
from ingest.origins import Origin, origins_of_files, origins_of_uploads
from ingest.passages import embedding_text, passages_of
from ingest.topics import Taxonomy, TopicVectors, embed_taxonomy, load_taxonomy
from kb.backends import open_store, write_indexes
from kb.claims.extract import extract_claims
from kb.embed import load_embedder
from kb.errors import InputError, UnreadableFile
from kb.protocols import Embedder, Vectors
from kb.settings import Settings
from kb.store import Store
from kb.types import Claim, Document, DocumentSummary, Passage

log = logging.getLogger(__name__)

PIPELINE_VERSION = 4
"""Raise it when the same file would give other turns, passages, topics, claims or vectors."""

EMBEDDING_STEP = 64
"""Passages embedded between two reports of progress."""

# Of a reader, or provoked by a file that is made for it; the other files must go on.
FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

Step = Literal["read", "claims", "embed", "store", "index"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be read, why, and what to do about it."""

    source: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. For ``unchanged``, the numbers are those of the stored document."""

    source: str
    document_id: str
    status: Literal["added", "changed", "unchanged"]
    format: str
    notes: tuple[str, ...]
    passages: int
    turns: int
    title: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All files, in the order in which they were read, and the seconds that each step took.

    The steps overlap; ``took`` is what a clock on the wall shows.
    """

    outcomes: tuple[Outcome, ...]
    refused: tuple[Refusal, ...]
    seconds: dict[str, float]
    took: float


class Progress(Protocol):
    """What is told while an ingest runs."""

    def start(self, files: int) -> None: ...

    def file(self, name: str) -> None: ...

    def embedded(self, passages: int, total: int) -> None:
        """So many of the passages read so far are embedded, over all files."""
        ...

    def done(self, outcome: Outcome | Refusal) -> None:
        """The file is in the store, or refused."""
        ...

    def finish(self) -> None: ...


class Silence:
    """Progress that nobody watches."""

    def start(self, files: int) -> None: ...

    def file(self, name: str) -> None: ...

    def embedded(self, passages: int, total: int) -> None: ...

    def done(self, outcome: Outcome | Refusal) -> None: ...

    def finish(self) -> None: ...


def ingest_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    force: bool = False,
) -> IngestReport:
    """Read files and folders into the knowledge base; ``force`` reads unchanged files again.

    A file that cannot be read is refused and does not stop the others. Raises NotFound for a path
    that does not exist, InputError for a sidecar or taxonomy that cannot be used, StoreLocked
    while another ingest writes, ModelUnavailable, ModelMismatch.
    """
    discovery = discover(paths)
    origins = origins_of_files(discovery.files, settings.corpus_file)
    refused = [
        Refusal(
            str(error.filename),
            str(error.strerror),
            "Name the folders below it, or check permissions.",
        )
        for error in discovery.unreadable
    ]
    return _ingest(settings, origins, refused, progress or Silence(), embedder, force)


def ingest_uploads(
    settings: Settings,
    files: Sequence[tuple[str, bytes]],
    *,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
) -> IngestReport:
    """Read uploads, each a file name and its bytes; raises what ``ingest_paths`` raises.

    An upload replaces an earlier one of the same name.
    """
    origins = origins_of_uploads(files, settings.corpus_file)
    return _ingest(settings, origins, [], progress or Silence(), embedder, force=False)


def _ingest(
    settings: Settings,
    origins: Sequence[Origin],
    refused: list[Refusal],
    progress: Progress,
    embedder: Embedder | None,
    force: bool,
) -> IngestReport:
    began = time.perf_counter()
    taxonomy = load_taxonomy(settings.topics_file)
    with open_store(settings, write=True) as store:
        run = _Run(settings, store, taxonomy, progress, embedder, force)
        progress.start(len(origins))
        results = run.files(origins)
        outcomes = tuple(result for result in results if isinstance(result, Outcome))
        refused += [result for result in results if isinstance(result, Refusal)]
        changed = any(outcome.status != "unchanged" for outcome in outcomes)
        if changed or settings.index:  # a shared index may lack what an ingest that died stored
            run.index()
        progress.finish()
    return IngestReport(outcomes, tuple(refused), run.seconds, time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document that was read and is not embedded yet."""

    document: Document
    passages: list[Passage]
    claims: list[Claim]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read ahead: nothing of a file that seemed known, or why it cannot be read."""

    file: LoadedFile
    draft: _Draft | InputError | None


class _Run:
    """One ingest: the open store, the models once they are needed, the time spent."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        taxonomy: Taxonomy,
        progress: Progress,
        embedder: Embedder | None,
        force: bool,
    ) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(get_args(Step), 0.0)
        self._settings = settings
        self._store = store
        self._taxonomy = taxonomy
        self._progress = progress
        self._given_embedder = embedder
        self._force = force
        self._summaries: dict[str, DocumentSummary] = {}
        self._embedded = 0
        self._passages = 0

    def files(self, origins: Sequence[Origin]) -> list[Outcome | Refusal]:
        """Store the files one after the other, or say why not."""
        results: list[Outcome | Refusal] = []
        with closing(ahead(self._read_ahead, origins)) as readings:
            for origin, future in readings:
                self._progress.file(origin.name)
                try:
                    result: Outcome | Refusal = self._store_file(origin, future.result())
                except InputError as error:
                    result = Refusal(origin.source, str(error), error.hint)
                self._progress.done(result)
                results.append(result)
        return results

    def index(self) -> None:
        """Bring the indexes up to the state of the store; the model makes room for them."""
        self.__dict__.pop("_embedder", None)
        with self._timed("index"):
            write_indexes(self._settings, self._store)

    def _read_ahead(self, origin: Origin) -> _Reading:
        """Runs while the file before is not stored yet, so ``_store_file`` looks again."""
        with self._timed("read"):
            file = load_file(origin, self._taxonomy, PIPELINE_VERSION)
            if self._known(origin, file):
                return _Reading(file, None)
        try:
            return _Reading(file, self._draft(origin, file))
        except InputError as error:
            return _Reading(file, error)

    def _known(self, origin: Origin, file: LoadedFile) -> tuple[str, str | None] | None:
        """The id of the document that the store has of a file, perhaps with a note."""
        stored = self._store.find_by_source(origin.key)
        if stored:
            current = not self._force and self._is_current(origin, stored, file)
            return (stored[0], None) if current else None
        twin = self._store.find_by_sha256(file.sha256)
        return (twin, f"same content as {twin}") if twin else None

    def _draft(self, origin: Origin, file: LoadedFile) -> _Draft:
        with self._timed("read"):
            document = _read(origin, file)
            passages = passages_of(document)
        with self._timed("claims"):
            document, claims = _with_claims(document)
        return _Draft(document, passages, claims)

    def _store_file(self, origin: Origin, reading: _Reading) -> Outcome:
        file = reading.file
        if known := self._known(origin, file):
            return self._unchanged(origin, *known)
        replaces = self._store.find_by_source(origin.key) is not None
        draft = reading.draft or self._draft(origin, file)
        if isinstance(draft, InputError):
            raise draft
        document, passages = draft.document, draft.passages
        with self._timed("embed"):
            vectors = self._embed(passages)
            topics = self._topic_vectors.topics_of(vectors)
            passages = [replace(p, topics=t) for p, t in zip(passages, topics, strict=True)]
        with self._timed("store"):
            self._save(origin, document, passages, vectors, draft.claims, file.fingerprint)
        return Outcome(
            origin.source, document.id, "changed" if replaces else "added", document.format,
            document.notes, len(passages), len(document.turns), document.title,
        )  # fmt: skip

    def _is_current(self, origin: Origin, stored: tuple[str, str], file: LoadedFile) -> bool:
        """Whether the same file, read in the same way, is what the store holds."""
        return stored[1] == file.sha256 and (
            self._store.metadata(fingerprint_key(origin)) == file.fingerprint
        )

    def _save(
        self,
        origin: Origin,
        document: Document,
        passages: Sequence[Passage],
        vectors: Vectors,
        claims: Sequence[Claim],
        fingerprint: str,
    ) -> None:
        self._store.replace_document(
            document,
            passages,
            vectors,
            claims,
            source_key=origin.key,
            metadata={fingerprint_key(origin): fingerprint},
        )

    def _unchanged(self, origin: Origin, identifier: str, note: str | None) -> Outcome:
        if identifier not in self._summaries:
            self._summaries = {summary.id: summary for summary in self._store.documents()}
        known = self._summaries[identifier]
        return Outcome(
            origin.source, identifier, "unchanged", known.format, (note,) if note else (),
            known.passages, known.turns, known.title,
        )  # fmt: skip

    def _embed(self, passages: Sequence[Passage]) -> Vectors:
        """A row for each passage; those that the store has already are taken from there."""
        texts = [embedding_text(passage) for passage in passages]
        ids = [passage.id for passage in passages]
        stored = {} if self._force else self._store.passages(ids)
        new = [
            row
            for row, (identifier, text) in enumerate(zip(ids, texts, strict=True))
            if identifier not in stored or embedding_text(stored[identifier]) != text
        ]
        vectors = np.zeros((len(passages), self._embedder.dimension), dtype=np.float32)
        if stored:
            vectors[:] = self._store.vectors_for(ids)
        new.sort(key=lambda row: len(texts[row]))  # batches of equal length are fastest
        self._passages += len(passages)
        self._embedded += len(passages) - len(new)
        self._progress.embedded(self._embedded, self._passages)
        for start in range(0, len(new), EMBEDDING_STEP):
            rows = new[start : start + EMBEDDING_STEP]
            vectors[rows] = self._embedder.embed_passages([texts[row] for row in rows])
            self._embedded += len(rows)
            self._progress.embedded(self._embedded, self._passages)
        return vectors

    @cached_property
    def _embedder(self) -> Embedder:
        embedder = self._given_embedder or load_embedder(self._settings)
        self._store.check_model(embedder.model_id, embedder.dimension)
        return embedder

    @cached_property
    def _topic_vectors(self) -> TopicVectors:
        return embed_taxonomy(self._taxonomy, self._embedder)

    @contextmanager
    def _timed(self, step: Step) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] += time.perf_counter() - start


def _read(origin: Origin, file: LoadedFile) -> Document:
    try:
        return read_document(origin, file.source, file.diarization, file.entry)
    except FAULTS as error:
        log.exception("%s", origin.source)
        raise UnreadableFile(
            f"{origin.name}: its reader failed: {type(error).__name__}: {error}",
            "Report this file as a fault of the program.",
        ) from error


def _with_claims(document: Document) -> tuple[Document, list[Claim]]:
    """The document and its claims; with a note instead of them when they cannot be found."""
    try:
        return document, extract_claims(document)
    except FAULTS:
        log.exception("No claims were read from %s.", document.source)
        note = "its claims could not be read, which is a fault of the program"
        return replace(document, notes=(*document.notes, note)), []
