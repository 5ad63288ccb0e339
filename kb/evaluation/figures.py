"""What an evaluation found: figures with their intervals, per suite and system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kb.evaluation import metrics
from kb.evaluation.metrics import Estimate

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one system.

    ``name`` is dotted, from the general to the particular (``search.evidence_in_600_words.list``).
    ``values`` are those of the single questions, in their order, for paired comparisons.
    """

    name: str
    system: str
    estimate: Estimate
    questions: int
    values: tuple[float, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Miss:
    """What ours failed by a figure: a question, a gold claim, or a claim that is none.

    ``place`` is its file and line.
    """

    figure: str
    place: str
    question: str


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """All figures of a suite, what they were measured on, and what was wrong with the gold.

    ``model`` embeds the passages; it is empty when nothing was searched.
    """

    suite: str
    documents: int
    passages: int
    model: str
    figures: tuple[Figure, ...]
    problems: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    seconds: float = 0.0

    def values_of(self, name: str, system: str = OURS) -> tuple[float, ...]:
        """Results of the single questions behind a figure."""
        return next(f.values for f in self.figures if (f.name, f.system) == (name, system))


def mean_figure(name: str, values: Sequence[float], system: str = OURS) -> Figure:
    return Figure(name, system, metrics.mean(values), len(values), tuple(values))


def evaluation_shape(results: Sequence[SuiteResult]) -> dict[str, Any]:
    """The JSON value of ``kb eval --json``."""
    return {
        "confidence": metrics.CONFIDENCE,
        "resamples": metrics.RESAMPLES,
        "seed": metrics.SEED,
        "suites": [_suite_shape(result) for result in results],
    }


def _suite_shape(result: SuiteResult) -> dict[str, Any]:
    return {
        "suite": result.suite,
        "documents": result.documents,
        "passages": result.passages,
        "embedding_model": result.model or None,
        "seconds": round(result.seconds, 1),
        "problems": list(result.problems),
        "misses": [asdict(miss) for miss in result.misses],
        "figures": [
            {
                "name": figure.name,
                "system": figure.system,
                "value": _rounded(figure.estimate.value),
                "low": _rounded(figure.estimate.low),
                "high": _rounded(figure.estimate.high),
                "questions": figure.questions,
            }
            for figure in result.figures
        ],
    }


def _rounded(value: float) -> float | None:
    """Four decimals; JSON has no value for "not a number"."""
    return None if value != value else round(value, 4)  # noqa: PLR0124 - only NaN differs from itself
