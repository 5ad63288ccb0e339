"""What an ingest tells: what became of each file, in the end and while it runs."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from ingest.flow.draft import Draft
from ingest.sources.discover import Discovery
from kb.errors import InputError
from kb.settings import Settings

Status = Literal["added", "changed", "unchanged"]


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
    status: Status
    format: str
    notes: tuple[str, ...]
    passages: int
    turns: int
    title: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All files, in the order in which they were read, and the seconds that each step took.

    The steps overlap; ``took`` is what a clock on the wall shows. ``without_file`` are the ids of
    documents that stay stored, though their files are gone from the folders that were read;
    ``idle_entries`` are entries of sidecars that fit none of the files.
    """

    outcomes: tuple[Outcome, ...]
    refused: tuple[Refusal, ...]
    seconds: dict[str, float]
    took: float
    without_file: tuple[str, ...] = ()
    idle_entries: tuple[str, ...] = ()


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


def separated(
    results: Iterable[Outcome | Refusal],
) -> tuple[tuple[Outcome, ...], tuple[Refusal, ...]]:
    """What was read, and what was refused, each in its order."""
    results = tuple(results)
    return (
        tuple(result for result in results if isinstance(result, Outcome)),
        tuple(result for result in results if isinstance(result, Refusal)),
    )


def refusal_of(source: str, error: InputError) -> Refusal:
    return Refusal(source, str(error), error.hint)


def refused_folders(discovery: Discovery) -> tuple[Refusal, ...]:
    """What could not be found, and the folders that could not be listed."""
    hint = "Name the folders below it, or check permissions."
    return tuple(
        Refusal(
            str(error.filename),
            str(error.strerror),
            "Check the path." if error.errno == errno.ENOENT else hint,
        )
        for error in discovery.unreadable
    )


def stored(draft: Draft, status: Status) -> Outcome:
    """What to report of a file that was stored."""
    document = draft.document
    return Outcome(
        document.source, document.id, status, document.format, document.notes,
        len(draft.passages), len(document.turns), document.title,
    )  # fmt: skip


def index_may_lag(settings: Settings, outcomes: Iterable[Outcome]) -> bool:
    """Whether an ingest has to look after the index.

    A shared one may also lack what an ingest that died has stored.
    """
    return bool(settings.index) or any(outcome.status != "unchanged" for outcome in outcomes)
