"""Suites run one after the other, their progress on standard error, and their figures as tables."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from cli.render import make_console, table
from cli.text import safe
from ingest.evaluation.suites import (
    SUITES,
    Workshop,
    default_cache,
    default_data,
    make_suite,
    own_questions,
)
from kb.answers.answer import AskMode
from kb.evaluation import metrics
from kb.evaluation.figures import OURS, Figure, SuiteResult
from kb.evaluation.rankings import BASELINES, BM25, DENSE, FUSED

if TYPE_CHECKING:
    from kb.settings import Settings

OWN_SUFFIX = ".jsonl"
SECONDS_BETWEEN_LINES = 10.0
SYSTEMS = {OURS: "ours", BM25: "BM25", DENSE: "dense", FUSED: "RRF"}
SHOWN_PROBLEMS = 10


def run_suites(
    names: Sequence[str], settings: Settings, data: Path | None, mode: AskMode
) -> list[SuiteResult]:
    """Run suites by name, and files of questions against the user's own knowledge base.

    Without a name, all whose data is here. Raises InputError and what opening a store raises.
    """
    progress = Progress(make_console(stderr=True))
    data = data or default_data()
    workshop = Workshop(settings, data, default_cache(), progress.embedded, mode)
    results: list[SuiteResult] = []
    try:
        for name in names or (list(SUITES) if data else ["samples"]):
            progress.suite = Path(name).stem
            if name.endswith(OWN_SUFFIX):
                suite = own_questions(Path(name), settings, mode)
            else:
                suite = make_suite(name, workshop)
            results.append(suite.run(progress.tick))
    finally:
        progress.finish()
    return results


def print_results(
    console: Console, results: Sequence[SuiteResult], *, misses: bool = False
) -> None:
    """A table for each part of each suite, a column for each system; what failed, when wanted."""
    for number, result in enumerate(results):
        if number:
            console.print()
        console.print(Text(_heading(result), style="bold"))
        for group, figures in groupby(result.figures, key=lambda figure: _split(figure)[0]):
            _print_group(console, group, list(figures))
        for problem in result.problems[:SHOWN_PROBLEMS]:
            console.print(Text(safe(problem), style="yellow"))
        if len(result.problems) > SHOWN_PROBLEMS:
            console.print(f"… and {len(result.problems) - SHOWN_PROBLEMS} more")
        for miss in result.misses if misses else ():
            line = f"missed {miss.figure}: {miss.place}: {miss.question}"
            console.print(Text(safe(line)), soft_wrap=True)
    console.print(
        Text(
            f"In brackets {metrics.CONFIDENCE:.0%} intervals: bootstrap over questions or claims, "
            f"{metrics.RESAMPLES} resamples, seed {metrics.SEED}.",
            style="dim",
        )
    )


def _heading(result: SuiteResult) -> str:
    counts = (f"{result.documents} documents", f"{result.passages} passages")
    model = (result.model,) if result.model else ()
    return f"{result.suite}: {', '.join((*counts, *model, f'{result.seconds:.0f} s'))}"


def _split(figure: Figure) -> tuple[str, str]:
    """A name before and after its last dot."""
    group, _, label = figure.name.rpartition(".")
    return group, label


def _print_group(console: Console, group: str, figures: Sequence[Figure]) -> None:
    present = {figure.system for figure in figures}
    systems = [system for system in (OURS, *BASELINES) if system in present]
    headings = [SYSTEMS[system] for system in systems]
    grid = table("", "n", *headings, numbers=["n", *headings])
    rows: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        rows.setdefault(_split(figure)[1], {})[figure.system] = figure
    for label, cells in rows.items():
        count = str(max(figure.questions for figure in cells.values()))
        values = (_cell(cells[system]) if system in cells else "" for system in systems)
        grid.add_row(safe(label), count, *values)
    console.print(Text(f"\n{safe(group)}"))
    console.print(grid)


def _cell(figure: Figure) -> str:
    value = figure.estimate
    if value.value > 9.995:  # words, not shares
        return f"{value.value:.0f} ({value.low:.0f}–{value.high:.0f})"
    return f"{_short(value.value, 3)} ({_short(value.low, 2)}–{_short(value.high, 2)})"


def _short(value: float, digits: int) -> str:
    """Without the zero before the point, so that four systems fit beside each other."""
    return f"{value:.{digits}f}".removeprefix("0")


class Progress:
    """What is being done: a line that changes on a terminal, now and then a line elsewhere."""

    def __init__(self, console: Console) -> None:
        self.suite = ""
        self._console = console
        self._status = console.status("") if console.is_terminal else None
        if self._status:
            self._status.start()
        self._step = ""
        self._count = 0
        self._last_line = 0.0

    def embedded(self, passages: int, total: int) -> None:
        """So many passages of a store that is made for a suite are embedded."""
        self._say("embedding", f"{passages} of {total} passages")

    def tick(self, step: str) -> None:
        """One more question, or document, of a step is done."""
        self._count = self._count + 1 if step == self._step else 1
        self._say(step, f"{self._count} done")

    def finish(self) -> None:
        if self._status:
            self._status.stop()

    def _say(self, step: str, detail: str) -> None:
        line = safe(f"{self.suite}: {step}: {detail}")
        now = time.monotonic()
        if self._status:
            self._status.update(line)
        elif step != self._step or now - self._last_line > SECONDS_BETWEEN_LINES:
            self._console.print(Text(line), soft_wrap=True)
            self._last_line = now
        self._step = step
