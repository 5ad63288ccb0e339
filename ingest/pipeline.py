"""From files to the store: read, cut into passages, tag, embed, store, index.

Each document is stored in one transaction, so an ingest that is interrupted loses nothing that it
reported as done. Files that did not change cost a hash and load no model. While a document is
embedded, the next one is read in a thread; what becomes of it is decided when its turn comes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.flow.ahead import ahead
from ingest.flow.draft import Draft, draft_of
from ingest.flow.embedding import PassageEmbedder
from ingest.flow.known import KnownFiles, keep, without_file
from ingest.flow.report import (
    IngestReport,
    Outcome,
    Progress,
    Refusal,
    Silence,
    index_may_lag,
    refusal_of,
    refused_folders,
    separated,
    stored,
)
from ingest.flow.stopwatch import Stopwatch
from ingest.flow.uploads import own_place
from ingest.sources.discover import discover
from ingest.sources.loaded import LoadedFile, load_file
from ingest.sources.origins import (
    Origin,
    idle_entries,
    origins_of_files,
    origins_of_uploads,
)
from ingest.topics import Taxonomy, load_taxonomy
from kb.backends import open_store, write_indexes
from kb.errors import InputError
from kb.protocols import Embedder
from kb.settings import Settings
from kb.storage.store import Store

PIPELINE_VERSION = 16
"""Raise it when the same file would give other turns, passages, topics, claims or vectors."""


def ingest_paths(
    settings: Settings,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    force: bool = False,
) -> IngestReport:
    """Read files and folders into the knowledge base; ``force`` reads unchanged files again.

    A file that cannot be read is refused and does not stop the others. Raises NotFound where no
    path exists, InputError for a sidecar or taxonomy that cannot be used, StoreLocked while
    another ingest writes, ModelUnavailable, ModelMismatch.
    """
    discovery = discover(paths)
    origins = origins_of_files(discovery.files, settings.corpus_file)
    folders = refused_folders(discovery)
    return _ingest(settings, origins, folders, progress or Silence(), embedder, force, paths)


def ingest_uploads(
    settings: Settings,
    files: Sequence[tuple[str, bytes]],
    *,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
) -> IngestReport:
    """Read uploads, each a file name and its bytes; raises what ``ingest_paths`` raises.

    An upload replaces an earlier one of the same name that tells the same.
    """
    origins = origins_of_uploads(files, settings.corpus_file)
    return _ingest(settings, origins, (), progress or Silence(), embedder, force=False)


def _ingest(
    settings: Settings,
    origins: Sequence[Origin],
    folders: tuple[Refusal, ...],
    progress: Progress,
    embedder: Embedder | None,
    force: bool,
    paths: Sequence[Path] = (),
) -> IngestReport:
    began = time.perf_counter()
    taxonomy = load_taxonomy(settings.topics_file)
    with open_store(settings, write=True) as store:
        run = _Run(settings, store, taxonomy, progress, embedder, force)
        progress.start(len(origins))
        outcomes, refused = separated(run.files(origins))
        if index_may_lag(settings, outcomes):
            run.index()
        gone = without_file(store, paths)
        idle = idle_entries(origins, paths)
        progress.finish()
    took = time.perf_counter() - began
    return IngestReport(outcomes, (*folders, *refused), run.watch.seconds, took, gone, idle)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read ahead: nothing of a file that seemed known, or why it cannot be read."""

    file: LoadedFile
    draft: Draft | InputError | None


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
        self.watch = Stopwatch()
        self._settings = settings
        self._store = store
        self._taxonomy = taxonomy
        self._progress = progress
        self._known = KnownFiles(store, force=force)
        self._embedder = PassageEmbedder(
            settings, store, taxonomy, embedder=embedder, force=force, report=progress.embedded
        )

    def files(self, origins: Sequence[Origin]) -> list[Outcome | Refusal]:
        """Store the files one after the other, or say why not."""
        results: list[Outcome | Refusal] = []
        with closing(ahead(self._read_ahead, origins)) as readings:
            for origin, future in readings:
                self._progress.file(origin.name)
                try:
                    result: Outcome | Refusal = self._store_file(origin, future.result())
                except InputError as error:
                    result = refusal_of(origin.source, error)
                self._progress.done(result)
                results.append(result)
        return results

    def index(self) -> None:
        """Bring the indexes up to the state of the store; the model makes room for them."""
        self._embedder.forget_model()
        with self.watch.timed("index"):
            write_indexes(self._settings, self._store)

    def _read_ahead(self, origin: Origin) -> _Reading:
        """Runs while the file before is not stored yet, so ``_store_file`` looks again."""
        with self.watch.timed("read"):
            file = load_file(origin, self._taxonomy, PIPELINE_VERSION)
            if self._known.find(origin, file):
                return _Reading(file, None)
        try:
            return _Reading(file, draft_of(origin, file, self.watch))
        except InputError as error:
            return _Reading(file, error)

    def _store_file(self, origin: Origin, reading: _Reading) -> Outcome:
        file = reading.file
        known = self._known.find(origin, file)
        if known and (unchanged := self._known.unchanged(origin, known)):
            return unchanged
        status = self._known.status(origin)
        draft = reading.draft or draft_of(origin, file, self.watch)
        if isinstance(draft, InputError):
            raise draft
        if status == "changed" and origin.is_upload:
            place = own_place(self._store, origin, draft.document.text)
            if place != origin:
                origin, status = place, self._known.status(place)
                draft = draft_of(origin, file, self.watch)
        with self.watch.timed("embed"):
            draft, vectors = self._embedder.embed(draft)
        with self.watch.timed("store"):
            keep(self._store, origin.key, draft, vectors, file.fingerprint)
        return stored(draft, status)
