"""Rankings against judged passages, within a document and over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.evaluation import metrics
from kb.evaluation.figures import OURS, Figure, mean_figure
from kb.evaluation.rankings import BASELINES, CONTEXT_BASELINES, Rankings

DEPTH = 10
WITHIN, POOLED = "within_document", "pooled"
NDCG = f"ndcg@{DEPTH}"


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the ids of the passages that answer it, all in one document; at least one."""

    text: str
    document_id: str
    relevant: frozenset[int]


def evaluate_rankings(
    queries: Sequence[JudgedQuery],
    rankings: Rankings,
    tick: Callable[[str], None],
    systems: Sequence[str] = (OURS, *BASELINES, *CONTEXT_BASELINES),
) -> list[Figure]:
    """nDCG, reciprocal rank and recall of every system.

    And the ratio of ours to the best baseline (``ndcg@10_ratio``), and to the best when those that
    search the passages' context count too (``ndcg@10_ratio_context``).
    """
    figures: list[Figure] = []
    for scope in (WITHIN, POOLED):
        gains: dict[str, Sequence[float]] = {}
        others: list[Sequence[float]] = []
        for system in systems:
            found = [_judged(query, system, scope, rankings, tick) for query in queries]
            named = _figures(scope, system, queries, found)
            gains[system] = named[0].values
            figures += named
        for ending, peers in (("", BASELINES), ("_context", CONTEXT_BASELINES)):
            others += [gains[system] for system in peers if system in gains]
            if OURS in gains and others:
                ratio = metrics.ratio_to_best(gains[OURS], others)
                label = f"{scope}.{NDCG}_ratio{ending}"
                figures.append(Figure(label, OURS, ratio, len(queries)))
    return figures


def _judged(
    query: JudgedQuery, system: str, scope: str, rankings: Rankings, tick: Callable[[str], None]
) -> list[bool]:
    document = query.document_id if scope == WITHIN else None
    found = rankings.ranked(system, query.text, DEPTH, document)
    tick(f"{scope.replace('_', ' ')}: {system}")
    return [passage.id in query.relevant for passage in found]


def _figures(
    scope: str, system: str, queries: Sequence[JudgedQuery], found: Sequence[list[bool]]
) -> list[Figure]:
    pairs = [(hits, len(query.relevant)) for query, hits in zip(queries, found, strict=True)]
    results = {
        NDCG: [metrics.ndcg(hits, total, DEPTH) for hits, total in pairs],
        f"mrr@{DEPTH}": [metrics.reciprocal_rank(hits, DEPTH) for hits, _ in pairs],
        "recall@5": [metrics.recall(hits, total, 5) for hits, total in pairs],
        "recall@10": [metrics.recall(hits, total, 10) for hits, total in pairs],
    }
    return [mean_figure(f"{scope}.{name}", values, system) for name, values in results.items()]
