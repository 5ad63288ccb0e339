"""Everything that can go wrong, as one tree; each error says what to do next.

KnowledgeBaseError
├── InputError            what the caller gave cannot be used
│   ├── UnreadableFile    a transcript file that no reader understands
│   ├── NotFound          no such document, claim, path
│   └── TooLarge          over a documented limit
├── StoreError            the data directory
│   ├── StoreLocked       another ingest is writing
│   ├── StoreUnavailable  the server that keeps the store or the index does not answer
│   ├── StoreDamaged      the database fails its integrity check
│   ├── SchemaMismatch    written by a newer version
│   └── ModelMismatch     its vectors come from another embedding model
├── IndexDamaged          a generation failed its checksum (it is rebuilt, not served)
├── ClusterUnavailable    the Ray cluster of an ingest does not answer, or was lost
├── ModelUnavailable      weights missing, or not what their checksum says
└── OutOfMemory           the machine has no more memory to give
"""

from __future__ import annotations


class KnowledgeBaseError(Exception):
    """Base of the tree. ``str(error)`` says what happened, ``hint`` what to do next."""

    code = "error"
    default_hint = "Run `kb doctor` to check the installation."

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint or self.default_hint


class InputError(KnowledgeBaseError):
    code = "bad_input"
    default_hint = "Check the arguments; `kb --help` lists them."


class UnreadableFile(InputError):
    code = "unreadable_file"
    default_hint = "Convert it to one of the formats that the README lists."


class NotFound(InputError):
    code = "not_found"
    default_hint = "`kb documents` lists what is stored."


class TooLarge(InputError):
    code = "too_large"
    default_hint = "Split it into smaller parts."


class StoreError(KnowledgeBaseError):
    code = "store"
    default_hint = "Run `kb doctor`; check that the data directory is writable and has free space."


class StoreUnavailable(StoreError):
    code = "unavailable"
    default_hint = "Check that the server of KB_STORE and KB_INDEX runs, then try again."


class StoreLocked(StoreError):
    code = "locked"
    default_hint = "Wait until the other ingest has finished, then try again."


class StoreDamaged(StoreError):
    code = "store_damaged"
    default_hint = "Restore a backup (`kb restore FILE`), or ingest again into another directory."


class SchemaMismatch(StoreError):
    code = "schema"
    default_hint = "Install the version of the program that wrote this data directory, or newer."


class ModelMismatch(StoreError):
    code = "model_mismatch"
    default_hint = (
        "Set KB_EMBEDDING_MODEL back to the model named above, or choose another --data-dir "
        "and ingest there."
    )


class IndexDamaged(KnowledgeBaseError):
    code = "index_damaged"
    default_hint = "It is rebuilt from the store at the next start; nothing is lost."


class ClusterUnavailable(KnowledgeBaseError):
    code = "cluster"
    default_hint = "Check it with `ray status`, then ingest again: what is stored stays."


class ModelUnavailable(KnowledgeBaseError):
    code = "model_unavailable"
    default_hint = "Run `make setup`, or name another model with KB_EMBEDDING_MODEL or KB_LLM."


class OutOfMemory(KnowledgeBaseError):
    code = "out_of_memory"
    default_hint = "What is stored stays. Close other programs, or ingest fewer files at a time."
