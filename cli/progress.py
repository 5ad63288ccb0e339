"""The progress of an ingest: a bar on a terminal, a line per file elsewhere; on standard error."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.text import Text

from cli.text import safe_line

if TYPE_CHECKING:
    from ingest.flow.report import Outcome, Progress, Refusal


def make_progress(console: Console) -> Progress:
    """The display that suits the console."""
    return BarProgress(console) if console.is_terminal else LineProgress(console)


class BarProgress:
    """A bar over the files with the rate of embedding and the current file."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("{task.fields[state]}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, state="reading")
        self._embedding_since: float | None = None

    def start(self, files: int) -> None:
        self._bar.update(self._task, total=files)
        self._bar.start()

    def file(self, name: str) -> None:
        self._bar.update(self._task, description=safe_line(name))

    def embedded(self, passages: int, total: int) -> None:
        now = time.perf_counter()
        if self._embedding_since is None:
            self._embedding_since = now
        rate = passages / max(now - self._embedding_since, 0.001)
        state = f"{passages}/{total} passages"
        if now > self._embedding_since:
            state += f", {rate:.0f}/s"
        self._bar.update(self._task, state=state)

    def done(self, outcome: Outcome | Refusal) -> None:  # noqa: ARG002 - the protocol's name
        self._bar.advance(self._task)

    def finish(self) -> None:
        self._bar.stop()


class LineProgress:
    """A line for each file when it is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._files = 0
        self._done = 0

    def start(self, files: int) -> None:
        self._files = files

    def file(self, name: str) -> None:
        pass

    def embedded(self, passages: int, total: int) -> None:
        pass

    def done(self, outcome: Outcome | Refusal) -> None:
        self._done += 1
        what = getattr(outcome, "status", "refused")
        line = f"{self._done}/{self._files} {what} {safe_line(outcome.source)}"
        self._console.print(Text(line), soft_wrap=True)

    def finish(self) -> None:
        pass
