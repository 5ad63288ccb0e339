"""Ingest on the machines of a Ray cluster, into a store that all of them reach.

The driver (this process, on a machine of the cluster) looks every file up and ships those that are
new or changed, byte by byte, so that no other machine needs to see the paths. Tasks read them, cut
them into passages and extract their claims; a pool of actors embeds and stores. Every step may be
done twice: ids come from the content, a document is stored in one transaction, and vectors that
are stored already are taken from there. So a machine that is lost, or another ingest of the same
files at the same time, changes nothing in the result; an ingest that was ended goes on where it
was when it is started again.

Each machine has the program, in the same version, and the weights (``kb.settings``: ``models_dir``)
at the same path.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ingest.cluster.ray_process import Cluster, connected
from ingest.cluster.stages import Job, Keeper
from ingest.flow.known import KnownFiles, without_file
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
)
from ingest.flow.stopwatch import Stopwatch
from ingest.pipeline import PIPELINE_VERSION
from ingest.sources.discover import discover
from ingest.sources.loaded import load_file
from ingest.sources.origins import Origin, idle_entries, origins_of_files
from ingest.topics import Taxonomy, load_taxonomy
from kb.backends import open_store, write_indexes
from kb.errors import InputError, KnowledgeBaseError
from kb.settings import Settings
from kb.storage.store import Store

Numbered = tuple[int, Origin]


def ingest_on_ray(
    settings: Settings,
    address: str,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    force: bool = False,
) -> IngestReport:
    """Do what ``ingest_paths`` does on the machines of the cluster at ``address`` (host:port).

    Raises what that raises, InputError when the store is not one that many machines reach or Ray is
    not installed, and ClusterUnavailable when the cluster does not answer or is lost. What was
    reported as done stays.
    """
    if not settings.store:
        raise InputError(
            "A cluster cannot write to a store in a file.",
            "Name a PostgreSQL that all its machines reach: KB_STORE=postgresql://…",
        )
    began = time.perf_counter()
    discovery = discover(paths)
    origins = origins_of_files(discovery.files, settings.corpus_file)
    taxonomy = load_taxonomy(settings.topics_file)
    progress = progress or Silence()
    with connected(address) as cluster, open_store(settings, write=True) as store:
        run = _Run(settings, store, taxonomy, progress, force)
        progress.start(len(origins))
        outcomes, refused = separated(run.files(origins, cluster))
        if index_may_lag(settings, outcomes):
            with run.watch.timed("index"):
                write_indexes(settings, store)
        gone = without_file(store, paths)
        idle = idle_entries(origins, paths)
        progress.finish()
    took = time.perf_counter() - began
    refused = (*refused_folders(discovery), *refused)
    return IngestReport(outcomes, refused, run.watch.seconds, took, gone, idle)


class _Run:
    """One ingest, as the driver sees it: which files there are, and what became of them."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        taxonomy: Taxonomy,
        progress: Progress,
        force: bool,
    ) -> None:
        self.watch = Stopwatch()
        self._settings = settings
        self._taxonomy = taxonomy
        self._progress = progress
        self._force = force
        self._known = KnownFiles(store, force=force)
        self._results: dict[int, Outcome | Refusal] = {}
        self._passages = 0

    def files(self, origins: Sequence[Origin], cluster: Cluster) -> list[Outcome | Refusal]:
        """Store the files, or say why not; the results in the order of the files."""
        rest: Sequence[Numbered] = list(enumerate(origins))
        first = True
        while rest:
            jobs, rest = self._jobs(rest, trust_twins=not first)
            self._store_all(jobs, cluster)
            first = False
        return [self._results[number] for number in range(len(origins))]

    def _jobs(
        self, files: Sequence[Numbered], *, trust_twins: bool
    ) -> tuple[list[Job], list[Numbered]]:
        """What is to be stored now, and the files that wait until it is.

        A new file whose content is stored elsewhere waits, because that may change in this ingest;
        so does one whose content an earlier file has, because that may be refused.
        """
        jobs: list[Job] = []
        waiting: list[Numbered] = []
        contents: set[str] = set()
        for number, origin in files:
            try:
                with self.watch.timed("read"):
                    file = load_file(origin, self._taxonomy, PIPELINE_VERSION)
                    known = self._known.find(origin, file)
                    status = self._known.status(origin)
            except InputError as error:
                self._done(number, refusal_of(origin.source, error))
                continue
            twin = file.sha256 in contents or (known and known.twin and not trust_twins)
            contents.add(file.sha256)
            if twin and status == "added":
                waiting.append((number, origin))
            elif known and (unchanged := self._known.unchanged(origin, known)):
                self._done(number, unchanged)
            else:
                bare = replace(origin, sidecars=())
                jobs.append(Job(number, bare, file.entry, file.fingerprint, status))
        return jobs, waiting

    def _store_all(self, jobs: Sequence[Job], cluster: Cluster) -> None:
        keeper = partial(Keeper, self._settings, self._taxonomy, self._force)
        for result in cluster.results(jobs, keeper) if jobs else ():
            if isinstance(result.outcome, KnowledgeBaseError):
                raise result.outcome
            for step, seconds in result.seconds.items():
                self.watch.seconds[step] += seconds
            self._done(result.number, result.outcome)

    def _done(self, number: int, outcome: Outcome | Refusal) -> None:
        self._progress.file(Path(outcome.source).name)
        if isinstance(outcome, Outcome) and outcome.status != "unchanged":
            self._passages += outcome.passages
            self._progress.embedded(self._passages, self._passages)
        self._progress.done(outcome)
        self._results[number] = outcome
