"""The figures of today in a file, and whether later ones have fallen below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from kb.errors import InputError, NotFound
from kb.evaluation.answering import LENGTH
from kb.evaluation.claims import FALSE
from kb.evaluation.figures import OURS, SuiteResult

TOLERANCE = 0.03
LOWER_IS_BETTER = frozenset({LENGTH, *FALSE})
WORDS_TOLERANCE = 5.0
HINT = "Write it anew: `kb eval SUITE… --write-baseline FILE`."


class Expected(BaseModel):
    """A figure of ours as it was, and over how many questions."""

    value: float
    questions: int


class Baseline(BaseModel):
    """Suite -> name of the figure -> what it was."""

    suites: dict[str, dict[str, Expected]]


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is worse than it may be; ``now`` is None when it is no longer measured."""

    name: str
    before: float
    now: float | None
    allowed: float

    def __str__(self) -> str:
        if self.now is None:
            return f"{self.name} is no longer measured; it was {self.before:.3f}"
        verb = "fell" if self.now < self.before else "rose"
        return (
            f"{self.name} {verb} from {self.before:.3f} to {self.now:.3f}; "
            f"{self.allowed:.3f} is allowed"
        )


def write_baseline(path: Path, results: Sequence[SuiteResult]) -> None:
    """Store our figures; suites that were not run keep those that the file has.

    Raises InputError when the file cannot be written or is something else.
    """
    suites = read_baseline(path).suites if path.exists() else {}
    for result in results:
        suites[result.suite] = {
            figure.name: Expected(value=round(figure.estimate.value, 4), questions=figure.questions)
            for figure in result.figures
            if figure.system == OURS
        }
    text = Baseline(suites=dict(sorted(suites.items()))).model_dump_json(indent=2)
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.", "Check the path.") from error


def read_baseline(path: Path) -> Baseline:
    """Raises NotFound when there is no such file, InputError when it is no baseline."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound(f"Cannot read {path}: {error.strerror}.", HINT) from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not a file of figures.", HINT) from error


def falls(
    baseline: Baseline, results: Sequence[SuiteResult], tolerance: float = TOLERANCE
) -> list[Fall]:
    """Which figures of the suites that were run are worse than the tolerance allows.

    One question more or less is always allowed: of five questions, one is a fifth.
    """
    found: list[Fall] = []
    for result in results:
        now = {f.name: f.estimate.value for f in result.figures if f.system == OURS}
        for name, expected in baseline.suites.get(result.suite, {}).items():
            value = now.get(name)
            allowed = _allowed(name, expected, tolerance)
            worse = value is None or _worsening(name, expected.value, value) > allowed + 1e-9
            if worse:
                found.append(Fall(f"{result.suite}.{name}", expected.value, value, allowed))
    return found


def _allowed(name: str, expected: Expected, tolerance: float) -> float:
    if name == LENGTH:
        return WORDS_TOLERANCE
    return max(tolerance, 1 / max(1, expected.questions))


def _worsening(name: str, before: float, now: float) -> float:
    return now - before if name in LOWER_IS_BETTER else before - now
