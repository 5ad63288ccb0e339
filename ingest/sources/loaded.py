"""A file that was opened and not read yet, with all that tells whether it changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from ingest.sources.origins import Origin
from ingest.sources.sidecar import Entry, find_entry
from ingest.topics import Taxonomy
from ingest.transcript import SourceFile


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """The content of a file and of what stands beside it."""

    source: SourceFile
    diarization: SourceFile | None
    entry: Entry | None
    sha256: str
    fingerprint: str


def load_file(origin: Origin, taxonomy: Taxonomy, version: int) -> LoadedFile:
    """Open a file; ``version`` is that of the code that reads it. Raises InputError."""
    source = origin.load()
    diarization = origin.diarization() if origin.diarization else None
    sha256 = source.sha256
    entry = find_entry(origin.source, sha256, origin.sidecars)
    fingerprint = _fingerprint(entry, diarization, taxonomy, version)
    return LoadedFile(source, diarization, entry, sha256, fingerprint)


def fingerprint_key(document_id: str) -> str:
    """Holds no name, so that nothing of a deleted document remains."""
    return f"fingerprint:{hashlib.sha256(document_id.encode()).hexdigest()[:16]}"


def _fingerprint(
    entry: Entry | None, diarization: SourceFile | None, taxonomy: Taxonomy, version: int
) -> str:
    """Stands for all that shapes a document besides the content of its file."""
    parts = [
        version,
        entry.model_dump_json() if entry else None,
        diarization.sha256 if diarization else None,
        taxonomy.model_dump_json(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
