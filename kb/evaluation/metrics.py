"""How good a ranking is, and how sure one can be of a mean over few questions.

Rankings are judged by binary relevance. Every interval is a percentile bootstrap over questions
(Efron 1979) with a fixed seed, so the same results always print the same interval. Two systems
that answered the same questions are resampled together, which makes their comparison a paired one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

CONFIDENCE = 0.95
RESAMPLES = 2_000
SEED = 0

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the ends of its confidence interval."""

    value: float
    low: float
    high: float


def ndcg(relevant: Sequence[bool], total: int, k: int) -> float:
    """Normalised discounted cumulative gain of the first ``k`` places (Järvelin, Kekäläinen 2002).

    ``relevant[i]`` tells whether place i + 1 is relevant, ``total`` how many relevant units there
    are at all; the ideal ranking has them all in front.
    """
    if total < 1:
        raise ValueError("a ranking without relevant units has no ideal")
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(relevant[:k]) if hit)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(total, k)))


def reciprocal_rank(relevant: Sequence[bool], k: int) -> float:
    """One over the rank of the first relevant place, 0 when there is none among the first ``k``."""
    return next((1 / rank for rank, hit in enumerate(relevant[:k], start=1) if hit), 0.0)


def recall(relevant: Sequence[bool], total: int, k: int) -> float:
    """The share of all relevant units that stand among the first ``k`` places."""
    if total < 1:
        raise ValueError("nothing relevant to be found")
    return sum(relevant[:k]) / total


def mean(values: Sequence[float]) -> Estimate:
    """The mean over questions."""
    return ratio_of_sums(values, [1.0] * len(values))


def ratio_of_sums(numerators: Sequence[float], denominators: Sequence[float]) -> Estimate:
    """A rate over what questions hold several of (citations): both sums over the same questions."""
    above, below = _array(numerators), _array(denominators)
    draws = _draws(len(above))
    return _estimate(_quotient(above.sum(), below.sum()), above[draws].sum(1), below[draws].sum(1))


def median(values: Sequence[float]) -> Estimate:
    """The median over questions."""
    rows = _array(values)
    medians = np.median(rows[_draws(len(rows))], axis=1)
    return _estimate(float(np.median(rows)), medians, np.ones_like(medians))


def ratio_to_best(ours: Sequence[float], others: Sequence[Sequence[float]]) -> Estimate:
    """The mean of ours over the largest mean of the others, which is chosen anew in each resample.

    All rows are results of the same questions in the same order.
    """
    rows, peers = _array(ours), np.stack([_array(other) for other in others])
    draws = _draws(len(rows))
    best = peers[:, draws].mean(axis=2).max(axis=0)
    return _estimate(
        _quotient(rows.mean(), peers.mean(axis=1).max()), rows[draws].mean(axis=1), best
    )


def difference(ours: Sequence[float], other: Sequence[float]) -> Estimate:
    """The mean of the paired differences, ours minus the other."""
    return mean((_array(ours) - _array(other)).tolist())


@cache
def _draws(count: int) -> npt.NDArray[np.int64]:
    """Rows of question numbers, drawn with replacement; the same ones for every system."""
    if count < 1:
        raise ValueError("no questions to resample")
    return np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))


def _array(values: Sequence[float]) -> Values:
    return np.asarray(values, dtype=np.float64)


def _quotient(above: float, below: float) -> float:
    return float(above / below) if below else float("nan")


def _estimate(value: float, above: Values, below: Values) -> Estimate:
    usable = below > 0
    if not usable.any():
        return Estimate(value, value, value)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(above[usable] / below[usable], [tail, 1 - tail])
    return Estimate(value, float(low), float(high))
