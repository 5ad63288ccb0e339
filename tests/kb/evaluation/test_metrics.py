"""Metrics of rankings, and intervals over questions."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.evaluation.metrics import (
    difference,
    mean,
    median,
    ndcg,
    ratio_of_sums,
    ratio_to_best,
    recall,
    reciprocal_rank,
)

HITS = [False, True, False, True]
SHARES = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=30)


def test_ndcg_weighs_places_by_the_logarithm_of_their_rank():
    """Of two relevant units the second and fourth place hold one each."""
    ideal = 1 + 1 / math.log2(3)
    assert (1 / math.log2(3) + 1 / math.log2(5)) / ideal == pytest.approx(ndcg(HITS, 2, 10))


def test_the_ideal_ranking_is_cut_at_k():
    """Fifty units are relevant, and the first three places hold one each: no ranking is better."""
    assert 1.0 == pytest.approx(ndcg([True] * 3, 50, 3))


def test_places_below_k_count_for_nothing():
    assert 0.0 == ndcg(HITS, 2, 1)
    assert 0.0 == reciprocal_rank(HITS, 1)
    assert 0.5 == reciprocal_rank(HITS, 10)
    assert 0.25 == recall(HITS, 4, 3)


def test_a_query_without_relevant_units_has_no_score():
    with pytest.raises(ValueError, match="relevant"):
        ndcg([False], 0, 10)
    with pytest.raises(ValueError, match="relevant"):
        recall([False], 0, 10)


@given(st.lists(st.booleans(), min_size=1, max_size=20), st.integers(1, 20))
def test_moving_a_relevant_unit_to_the_front_never_lowers_ndcg(hits, k):
    total = max(1, sum(hits))
    ordered = sorted(hits, reverse=True)
    assert 0.0 <= ndcg(hits, total, k) <= ndcg(ordered, total, k) + 1e-12 <= 1.0 + 2e-12


@given(SHARES)
def test_an_interval_holds_its_mean_and_stays_in_the_range_of_the_values(values):
    found = mean(values)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert sum(values) / len(values) == pytest.approx(found.value)


def test_the_same_results_always_give_the_same_interval():
    values = [0.0, 1.0, 1.0, 0.5] * 10
    assert mean(values) == mean(list(values))


def test_an_interval_of_a_rate_is_about_two_standard_errors_wide():
    """Eighty of a hundred questions: the standard error is .04."""
    found = mean([1.0] * 80 + [0.0] * 20)
    assert 0.72 == pytest.approx(found.low, abs=0.02)
    assert 0.88 == pytest.approx(found.high, abs=0.02)


def test_a_rate_over_citations_weighs_questions_by_their_citations():
    """One citation of one, and one of three: two of four, not the mean of 1 and 1/3."""
    assert 0.5 == ratio_of_sums([1, 1], [1, 3]).value


def test_a_median_ignores_one_long_answer():
    assert 20.0 == median([10, 20, 500]).value


def test_the_ratio_is_to_whichever_baseline_is_best():
    ours, weak, strong = [0.6, 0.6], [0.1, 0.1], [0.3, 0.5]
    assert 1.5 == pytest.approx(ratio_to_best(ours, [weak, strong]).value)


def test_paired_differences_cancel_what_is_hard_for_both():
    """Questions differ a lot, the two systems always by a tenth: the interval is a point."""
    other = [0.0, 0.2, 0.4, 0.9]
    found = difference([value + 0.1 for value in other], other)
    assert (0.1, 0.1, 0.1) == pytest.approx((found.value, found.low, found.high))
