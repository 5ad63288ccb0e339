"""Whether every part of the installation is as it should be, and how to mend what is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from kb.backends import open_store
from kb.errors import KnowledgeBaseError, StoreDamaged
from kb.models.embed import cuda_is_usable
from kb.models.generate import load_generator
from kb.models.weights import EMBEDDING, LLM, NEIGHBOURS_FILE, Weights, problems, twin_problem
from kb.settings import Settings

OLDEST_PYTHON = (3, 11)
SOUND_SQLITE = (3, 51, 3)
"""Earlier versions can corrupt a WAL that two connections checkpoint at once; we have one writer
(https://sqlite.org/wal.html#walresetbug)."""

LEAST_FREE_BYTES = 500 * 2**20


@dataclass(frozen=True, slots=True)
class Check:
    """One part: ``ok`` is None when there is nothing to mend, but something to know."""

    name: str
    ok: bool | None
    detail: str
    hint: str | None = None


def check(settings: Settings) -> list[Check]:
    """All checks, in the order in which the parts depend on each other. Changes nothing."""
    parts: list[Callable[[Settings], Check]] = [
        check_python,
        check_sqlite,
        check_faiss,
        check_tantivy,
        check_llama_cpp,
        check_psycopg,
        check_pymilvus,
        check_gpu,
        check_embedding_model,
        check_onnx_twin,
        check_near_synonyms,
        check_language_model,
        check_data_directory,
        check_store,
        check_indexes,
    ]
    return [part(settings) for part in parts]


def check_python(_: Settings) -> Check:
    version = ".".join(str(number) for number in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        return Check("Python", False, version, "Install Python 3.11 or newer, then `make setup`.")
    return Check("Python", True, version)


def check_sqlite(_: Settings) -> Check:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        detail = f"{version}; safe here, because one process writes at a time"
        return Check("SQLite", None, detail, "3.51.3 or newer would be safe with several writers.")
    return Check("SQLite", True, version)


def check_faiss(_: Settings) -> Check:
    return faiss_flavour(_installed("faiss-cpu"), _installed("faiss-gpu"))


def faiss_flavour(cpu: str | None, gpu: str | None) -> Check:
    """Which of the two packages that bring the module ``faiss`` is active, by their versions."""
    if cpu and gpu:
        detail = f"faiss-cpu {cpu} and faiss-gpu {gpu} are both installed, one over the other"
        return Check("FAISS", False, detail, "Run `make clean`, then `make setup` (GPU=1 or not).")
    if not cpu and not gpu:
        return Check("FAISS", False, "not installed", "Run `make setup`.")
    return Check("FAISS", True, f"faiss-cpu {cpu}" if cpu else f"faiss-gpu {gpu}")


def check_tantivy(_: Settings) -> Check:
    return _check_package("tantivy", "tantivy")


def check_llama_cpp(settings: Settings) -> Check:
    found = _check_package("llama-cpp-python", "llama_cpp")
    if found.ok is False and settings.llm == "none":
        return Check(found.name, None, "not installed, and not needed with KB_LLM=none")
    return found


def check_gpu(_: Settings) -> Check:
    """A GPU is optional: without one the answer is None, not False."""
    if shutil.which("nvidia-smi") is None:
        return Check("GPU", None, "none; the CPU is used")
    command = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return Check("GPU", None, "nvidia-smi does not work; the CPU is used")
    name = listed.stdout.strip().replace("\n", ", ")
    if not cuda_is_usable():
        hint = "To use it: `make clean`, then `make setup GPU=1`."
        return Check("GPU", None, f"{name}, but torch cannot use it", hint)
    return Check("GPU", True, name)


def check_embedding_model(settings: Settings) -> Check:
    name = "embedding model"
    if settings.embedding_model != EMBEDDING.name:
        return Check(name, None, f"{settings.embedding_model}; not one whose hash is known")
    return _check_weights(name, settings, EMBEDDING)


def check_onnx_twin(settings: Settings) -> Check:
    name = "ONNX twin"
    if settings.embedding_model != EMBEDDING.name:
        return Check(name, None, "not used with this embedding model")
    problem = twin_problem(settings)
    if problem:
        return Check(name, False, problem, "Run `make setup`; it makes the twin again.")
    return Check(name, True, "agrees with its manifest")


def check_near_synonyms(settings: Settings) -> Check:
    """The table with which BM25 finds words of the same meaning; search works without it."""
    name = "near synonyms"
    if not (settings.models_dir / NEIGHBOURS_FILE).is_file():
        return Check(name, None, "missing; paraphrases are found less often", "Run `make setup`.")
    return Check(name, True, "table present")


def check_language_model(settings: Settings) -> Check:
    name = "language model"
    if settings.llm == LLM.name:
        return _check_weights(name, settings, LLM)
    try:
        generator = load_generator(settings)
    except KnowledgeBaseError as error:
        return Check(name, False, str(error), error.hint)
    if generator is None:
        return Check(name, None, "none; answers are extractive")
    return Check(name, None, f"{generator.model_id}; not one whose hash is known")


def check_data_directory(settings: Settings) -> Check:
    name = "data directory"
    existing = _nearest_existing(settings.data_dir)
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        detail = f"{settings.data_dir} cannot be written"
        return Check(name, False, detail, "Choose another with --data-dir or KB_DATA_DIR.")
    free = shutil.disk_usage(existing).free
    detail = f"{settings.data_dir}, {free / 2**30:.1f} GiB free"
    if free < LEAST_FREE_BYTES:
        return Check(name, False, detail, "Free some space, or choose another with --data-dir.")
    return Check(name, True, detail)


def check_store(settings: Settings) -> Check:
    """The database's own integrity, its references, texts and vectors."""
    from kb.storage.database import FILE_NAME
    from kb.storage.store import Store

    if settings.store:
        return check_shared_store(settings)
    if not (settings.data_dir / FILE_NAME).exists():
        return Check("store", None, "empty", "`kb ingest PATH` fills it.")
    try:
        with Store.open(settings.data_dir) as store:
            found = store.integrity()
            documents = len(store.documents())
    except KnowledgeBaseError as error:
        return Check("store", False, str(error), error.hint)
    if found:
        detail = found[0] if len(found) == 1 else f"{found[0]}, and {len(found) - 1} more"
        return Check("store", False, detail, StoreDamaged.default_hint)
    return Check("store", True, f"sound, {documents} documents")


def check_indexes(settings: Settings) -> Check:
    """Whether the generation on the disk agrees with its checksums and with the store."""
    from kb.search.indexes import index_status
    from kb.storage.database import FILE_NAME

    if settings.index:
        return check_shared_index(settings)
    if not settings.store and not (settings.data_dir / FILE_NAME).exists():
        return Check("indexes", None, "none yet")
    try:
        with open_store(settings) as store:
            status = index_status(store, settings.data_dir)
    except KnowledgeBaseError as error:
        return Check("indexes", False, str(error), error.hint)
    if status.problem:
        return Check("indexes", None, status.problem, "They are rebuilt at the next search.")
    rows = status.contents.rows if status.contents else 0
    return Check("indexes", True, f"in step with the store, {rows} passages")


def check_psycopg(settings: Settings) -> Check:
    """Needed by a store in PostgreSQL only."""
    return _check_if_used(bool(settings.store), "psycopg", "psycopg", "postgresql")


def check_pymilvus(settings: Settings) -> Check:
    """Needed by an index in Milvus only."""
    return _check_if_used(settings.index.startswith("milvus"), "pymilvus", "pymilvus", "milvus")


def check_shared_store(settings: Settings) -> Check:
    """Whether the server answers, and which model its vectors are of; `kb check` reads them all."""
    from kb.postgres.store import PostgresStore

    try:
        with open_store(settings) as store:
            assert isinstance(store, PostgresStore)
            server = f"{store.place}, version {store.server_version()}"
            model = store.current_model()
            if model is None:
                return Check("store", None, f"{server}: empty", "`kb ingest PATH` fills it.")
            detail = f"{server}: {store.counts()['documents']} documents, model {model.name}"
    except KnowledgeBaseError as error:
        return Check("store", False, str(error), error.hint)
    return Check("store", True, detail)


def check_shared_index(settings: Settings) -> Check:
    """Whether the index answers and has come as far as the store."""
    from kb.backends import shared_index

    name = "indexes"
    try:
        with open_store(settings) as store:
            shared = shared_index(settings, store)
            if shared is None:
                return Check(name, None, "none yet")
            with closing(shared):
                if not shared.refresh():
                    hint = "The next ingest or search brings it there."
                    return Check(name, None, "behind the store", hint)
                passages = shared.current.document_count
    except KnowledgeBaseError as error:
        return Check(name, False, str(error), error.hint)
    return Check(name, True, f"in step with the store, {passages} passages")


def _check_weights(name: str, settings: Settings, weights: Weights) -> Check:
    found = problems(weights.folder(settings), weights)
    if found:
        hint = "Run `make setup`; it fetches what is missing and replaces what is damaged."
        return Check(name, False, found[0], hint)
    return Check(name, True, f"{weights.name}, SHA-256 {weights.sha256[:12]}… verified")


def _check_package(distribution: str, module: str) -> Check:
    version = _installed(distribution)
    if version is None or find_spec(module) is None:
        return Check(distribution, False, "not installed", "Run `make setup`.")
    return Check(distribution, True, version)


def _check_if_used(used: bool, distribution: str, module: str, extra: str) -> Check:
    version = _installed(distribution)
    if version is not None and find_spec(module) is not None:
        return Check(distribution, True, version)
    if not used:
        return Check(distribution, None, "not installed, and not needed with these settings")
    hint = f"Install it with: pip install 'alignment-kb[{extra}]'."
    return Check(distribution, False, "not installed", hint)


def _installed(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _nearest_existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.absolute().parents) if folder.exists())
