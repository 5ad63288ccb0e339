"""The chain of host and guest, compared with trying every sequence."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.speakers.role_decoder import Potentials, host_probability, most_likely

SCORE = st.floats(-5, 5)


def potentials(rows: list[tuple[float, float, float]]) -> Potentials:
    return Potentials(*np.array(rows).T)


def score(rows: list[tuple[float, float, float]], host: tuple[bool, ...]) -> float:
    """Of one sequence of speakers, added up term by term."""
    total = sum(
        row[0] / 2 if by_host else -row[0] / 2 for row, by_host in zip(rows, host, strict=True)
    )
    for row, (before, after) in zip(rows[1:], pairwise(host), strict=True):
        if before != after:
            total += row[1] if before else row[2]
    return total


@given(st.lists(st.tuples(SCORE, SCORE, SCORE), min_size=1, max_size=7))
def test_probabilities_are_those_of_all_sequences_together(
    rows: list[tuple[float, float, float]],
) -> None:
    """Seven sentences have 128 sequences; adding them up gives what the recursion gives."""
    sequences = list(product([True, False], repeat=len(rows)))
    weights = np.exp([score(rows, host) for host in sequences])
    expected = weights @ np.array(sequences, dtype=float) / weights.sum()

    assert host_probability(potentials(rows)) == pytest.approx(expected)


@given(st.lists(st.tuples(SCORE, SCORE, SCORE), min_size=1, max_size=7))
def test_no_sequence_is_better_than_the_most_likely_one(
    rows: list[tuple[float, float, float]],
) -> None:
    best = max(score(rows, host) for host in product([True, False], repeat=len(rows)))

    assert score(rows, tuple(most_likely(potentials(rows)).tolist())) == pytest.approx(best)


def test_nobody_changes_where_no_turn_may_begin() -> None:
    """The second sentence sounds like the guest, but its caption runs on from the host's."""
    rows = [(4.0, 0.0, 0.0), (-3.0, 0.0, 0.0), (-4.0, 0.0, 0.0)]

    free = most_likely(potentials(rows))
    bound = most_likely(potentials(rows).only_at(np.array([True, False, True])))

    assert [True, False, False] == free.tolist()
    assert [True, True, False] == bound.tolist()
