"""Stores that are made once and used again: the embedded documents of evaluation suites.

A store lies in a folder of the cache that is named after all that it is made of (texts, turns,
passages, their context, the embedding model), so a change of any of it makes another store.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from ingest.documents import read_document
from ingest.flow.embedding import EMBEDDING_STEP
from ingest.flow.report import Outcome, Refusal
from ingest.passages import embedding_text, passages_of
from ingest.pipeline import PIPELINE_VERSION, ingest_paths
from ingest.sources.discover import discover
from ingest.sources.origins import Origin, origins_of_files
from ingest.sources.sidecar import find_entry
from kb.errors import InputError
from kb.models.embed import load_embedder
from kb.search.indexes import IndexSet
from kb.settings import Settings
from kb.storage.store import Store
from kb.types import Document, Passage

KEPT = 3  # stores of one name; older ones are removed

Report = Callable[[int, int], None]
"""Told how many passages are embedded, of how many."""


def prepare_files(
    name: str, paths: Sequence[Path], settings: Settings, cache: Path, report: Report
) -> Settings:
    """Transcripts as ``kb ingest`` reads them; the settings of a knowledge base that holds them.

    Raises NotFound for a missing path, InputError when a file is refused.
    """
    origins = origins_of_files(discover(paths).files, settings.corpus_file)
    documents = [_read(origin) for origin in origins]
    passages = [passages_of(document) for document in documents]
    prepared = _at(_folder(name, documents, passages, settings, cache), settings)
    result = ingest_paths(prepared, paths, progress=_Watched(report))
    if result.refused:
        refusal = result.refused[0]
        raise InputError(f"{refusal.source}: {refusal.reason}", refusal.hint)
    return prepared


def prepare_documents(
    name: str,
    documents: Sequence[Document],
    passages: Sequence[Sequence[Passage]],
    settings: Settings,
    cache: Path,
    report: Report,
) -> Settings:
    """Documents that come from no transcript file; what an interruption left is taken up again."""
    prepared = _at(_folder(name, documents, passages, settings, cache), settings)
    with Store.open(prepared.data_dir, write=True) as store:
        stored = {summary.id for summary in store.documents()}
        missing = [row for row, document in enumerate(documents) if document.id not in stored]
        if missing:
            _store(store, documents, passages, missing, settings, report)
            IndexSet.open(store, prepared.data_dir)
    return prepared


def _store(
    store: Store,
    documents: Sequence[Document],
    passages: Sequence[Sequence[Passage]],
    missing: Sequence[int],
    settings: Settings,
    report: Report,
) -> None:
    embedder = load_embedder(settings)
    store.check_model(embedder.model_id, embedder.dimension)
    total = sum(len(passages[row]) for row in missing)
    done = 0
    for row in missing:
        texts = [embedding_text(passage) for passage in passages[row]]
        vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        for start in range(0, len(texts), EMBEDDING_STEP):
            batch = by_length[start : start + EMBEDDING_STEP]
            vectors[batch] = embedder.embed_passages([texts[position] for position in batch])
            report(done + start + len(batch), total)
        done += len(texts)
        document = documents[row]
        store.replace_document(document, passages[row], vectors, (), source_key=document.id)


def _read(origin: Origin) -> Document:
    source = origin.load()
    diarization = origin.diarization() if origin.diarization else None
    entry = find_entry(origin.source, source.sha256, origin.sidecars)
    return read_document(origin, source, diarization, entry)


def _folder(
    name: str,
    documents: Iterable[Document],
    passages: Iterable[Sequence[Passage]],
    settings: Settings,
    cache: Path,
) -> Path:
    digest = hashlib.sha256(f"{PIPELINE_VERSION} {settings.embedding_model}".encode())
    for document, cut in zip(documents, passages, strict=True):
        digest.update(repr(document).encode("utf-8", "backslashreplace"))
        for passage in cut:
            text = embedding_text(passage)
            digest.update(f"{passage!r} {text!r}".encode("utf-8", "backslashreplace"))
    folder = cache / f"{name}-{digest.hexdigest()[:16]}"
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    _forget_older(name, cache)
    return folder


def _forget_older(name: str, cache: Path) -> None:
    pattern = f"{name}-{'[0-9a-f]' * 16}"
    folders = sorted(cache.glob(pattern), key=lambda folder: folder.stat().st_mtime)
    for folder in folders[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _at(folder: Path, settings: Settings) -> Settings:
    return settings.model_copy(update={"data_dir": folder, "store": "", "index": ""})


class _Watched:
    """The progress of an ingest, of which only the embedding takes long."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def start(self, files: int) -> None: ...

    def file(self, name: str) -> None: ...

    def embedded(self, passages: int, total: int) -> None:
        self._report(passages, total)

    def done(self, outcome: Outcome | Refusal) -> None: ...

    def finish(self) -> None: ...
