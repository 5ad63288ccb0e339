"""A file as a draft: read, cut into passages, its claims extracted; not embedded yet."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from ingest.documents import read_document
from ingest.flow.stopwatch import Stopwatch
from ingest.passages import passages_of
from ingest.sources.loaded import LoadedFile
from ingest.sources.origins import Origin
from kb.claims.extract import extract_claims
from kb.errors import UnreadableFile
from kb.types import Claim, Document, Passage

log = logging.getLogger(__name__)

# Of a reader, or provoked by a file that is made for it; the other files must go on.
FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that was read and is not embedded yet."""

    document: Document
    passages: list[Passage]
    claims: list[Claim]


def draft_of(origin: Origin, file: LoadedFile, watch: Stopwatch) -> Draft:
    """Read a file that was opened. Raises UnreadableFile."""
    with watch.timed("read"):
        document = _read(origin, file)
        passages = passages_of(document)
    with watch.timed("claims"):
        document, claims = _with_claims(document)
    return Draft(document, passages, claims)


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
