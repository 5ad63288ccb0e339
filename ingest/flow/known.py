"""Which files the store has already, so that nothing of them is done again; and adding to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.flow.draft import Draft
from ingest.flow.report import Outcome, Status
from ingest.sources.loaded import LoadedFile, fingerprint_key
from ingest.sources.origins import Origin
from kb.protocols import Vectors
from kb.storage.store import Store
from kb.types import DocumentSummary


@dataclass(frozen=True, slots=True)
class Known:
    """The document that the store has of a file: by its place, or of the same content."""

    document_id: str
    twin: bool


class KnownFiles:
    """Looks files up in a store; with ``force`` none is known by its place."""

    def __init__(self, store: Store, *, force: bool = False) -> None:
        self._store = store
        self._force = force
        self._summaries: dict[str, DocumentSummary] = {}

    def find(self, origin: Origin, file: LoadedFile) -> Known | None:
        stored = self._store.find_by_source(origin.key)
        if stored and not self._force and self._is_current(stored, file):
            return Known(stored[0], twin=False)
        twin = self._store.find_by_sha256(file.sha256)
        if stored and origin.is_upload and twin and self._is_current((twin, file.sha256), file):
            return Known(twin, twin=True)  # of another talk with the same file name
        return Known(twin, twin=True) if twin and not stored else None

    def status(self, origin: Origin) -> Status:
        """What becomes of a file that is stored now."""
        return "changed" if self._store.find_by_source(origin.key) else "added"

    def unchanged(self, origin: Origin, known: Known) -> Outcome | None:
        """What to report of a file that is known; None when its document was just deleted.

        A file that has the content of one that is gone is that file, renamed: when it changes, it
        must not stand beside what it was.
        """
        identifier = known.document_id
        if identifier not in self._summaries:
            self._summaries = {summary.id: summary for summary in self._store.documents()}
        summary = self._summaries.get(identifier)
        if summary is None:
            return None
        status: Status = "unchanged"
        notes: tuple[str, ...] = ()
        if known.twin and is_gone(summary.source) and not is_gone(origin.source):
            self._store.move_document(identifier, origin.key, origin.source)
            status, notes = "changed", (f"was {summary.source}",)
        elif known.twin:
            notes = (f"same content as {identifier}",)
        return Outcome(
            origin.source, identifier, status, summary.format, notes,
            summary.passages, summary.turns, summary.title,
        )  # fmt: skip

    def _is_current(self, stored: tuple[str, str], file: LoadedFile) -> bool:
        """Whether the same file, read in the same way, is what the store holds."""
        return stored[1] == file.sha256 and (
            self._store.metadata(fingerprint_key(stored[0])) == file.fingerprint
        )


def is_gone(source: str) -> bool:
    """Whether a document's file was removed or renamed; no upload, and no folder out of reach."""
    path = Path(source)
    return path.is_absolute() and path.parent.is_dir() and not path.exists()


def without_file(store: Store, paths: Sequence[Path]) -> tuple[str, ...]:
    """Ids of the documents whose files were in these folders and are gone."""
    folders = [path.resolve() for path in paths if path.is_dir()]
    return tuple(
        summary.id
        for summary in store.documents()
        if any(Path(summary.source).is_relative_to(folder) for folder in folders)
        and is_gone(summary.source)
    )


def keep(store: Store, source_key: str, draft: Draft, vectors: Vectors, fingerprint: str) -> None:
    """Store what was made of a file, so that it is known from then on; all of it or nothing."""
    document = draft.document
    store.replace_document(
        document,
        draft.passages,
        vectors,
        draft.claims,
        source_key=source_key,
        metadata={fingerprint_key(document.id): fingerprint},
    )
