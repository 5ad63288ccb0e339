"""What the machines of a cluster do with a file, one stage after the other.

Each stage takes what the one before returned; a ``Result`` goes through to the end as it is. Any
of them may be run again for the same file, and gives the same again.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from ingest.flow.draft import Draft, draft_of
from ingest.flow.embedding import PassageEmbedder
from ingest.flow.known import keep
from ingest.flow.report import Outcome, Refusal, Status, refusal_of, stored
from ingest.flow.stopwatch import Stopwatch
from ingest.pipeline import PIPELINE_VERSION
from ingest.sources.loaded import LoadedFile
from ingest.sources.origins import Load, Origin
from ingest.sources.sidecar import Entry
from ingest.sources.source import source_from_bytes
from ingest.topics import Taxonomy
from kb.backends import open_store
from kb.errors import InputError, KnowledgeBaseError
from kb.settings import Settings
from kb.storage.store import Store


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is to be stored; ``number`` is its place in the report."""

    number: int
    origin: Origin
    entry: Entry | None
    fingerprint: str
    status: Status
    version: int = PIPELINE_VERSION


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file that was read and is not embedded yet."""

    job: Job
    draft: Draft
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file, or the error that ends the whole ingest."""

    number: int
    outcome: Outcome | Refusal | KnowledgeBaseError
    seconds: dict[str, float] = field(default_factory=dict)


def load(job: Job) -> Job | Result:
    """Put the bytes of a file into its job; runs where the file lies."""
    try:
        return replace(job, origin=_carrying(job.origin))
    except InputError as error:
        return Result(job.number, refusal_of(job.origin.source, error))


def draft(job: Job) -> Drafted | Result:
    """Read a file whose bytes came along."""
    if job.version != PIPELINE_VERSION:
        error = InputError(
            f"{platform.node()} has another version of the program.",
            "Install the same version on every machine of the cluster.",
        )
        return Result(job.number, error)
    origin = job.origin
    watch = Stopwatch()
    try:
        source = origin.load()
        diarization = origin.diarization() if origin.diarization else None
        file = LoadedFile(source, diarization, job.entry, source.sha256, job.fingerprint)
        return Drafted(job, draft_of(origin, file, watch), watch.seconds)
    except InputError as error:
        return Result(job.number, refusal_of(origin.source, error), watch.seconds)


class Keeper:
    """Embeds and stores drafts; the store is opened, and the model loaded, once needed.

    ``threads`` is how many CPU threads it may use.
    """

    def __init__(self, settings: Settings, taxonomy: Taxonomy, force: bool, threads: int) -> None:
        self._settings = settings.model_copy(update={"threads": threads})
        self._taxonomy = taxonomy
        self._force = force

    def keep(self, drafted: Drafted) -> Result:
        job = drafted.job
        try:
            outcome: Outcome | KnowledgeBaseError = self._keep(drafted)
        except KnowledgeBaseError as error:
            outcome = type(error)(f"On {platform.node()}: {error}", error.hint)
        return Result(job.number, outcome, drafted.seconds)

    def _keep(self, drafted: Drafted) -> Outcome:
        watch = Stopwatch()
        watch.seconds = drafted.seconds
        job = drafted.job
        with watch.timed("embed"):
            draft, vectors = self._embedder.embed(drafted.draft)
        with watch.timed("store"):
            keep(self._store, job.origin.key, draft, vectors, job.fingerprint)
        return stored(draft, job.status)

    @cached_property
    def _store(self) -> Store:
        return open_store(self._settings, write=True)

    @cached_property
    def _embedder(self) -> PassageEmbedder:
        return PassageEmbedder(self._settings, self._store, self._taxonomy, force=self._force)


def _carrying(origin: Origin) -> Origin:
    """The origin with the bytes of its files; what the sidecars say of it is known already."""
    diarization = _from_memory(origin.diarization) if origin.diarization else None
    return replace(origin, load=_from_memory(origin.load), diarization=diarization, sidecars=())


def _from_memory(load: Load) -> Load:
    source = load()
    return partial(source_from_bytes, source.name, source.data)
