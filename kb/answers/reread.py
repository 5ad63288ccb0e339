"""The best passages read once more, by a model that knows what an answer to a question looks like.

The scores of ``kb.answers.weighing`` are of likeness: what resembles a question may still not
answer it. For who can wait (``careful`` in the settings).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from kb.answers.evidence import Evidence
from kb.protocols import Reader
from kb.questions.query import Query
from kb.text.windows import window_of

PASSAGES_REREAD = 8  # those that hold the best sentences
READ_WEIGHT = 1.0  # of the probability that a sentence answers


def reread(
    query: Query,
    weighed: Sequence[Evidence],
    reader: Reader,
    passages: int = PASSAGES_REREAD,
    weight: float = READ_WEIGHT,
) -> list[Evidence]:
    """The sentences with the reader's judgement added to their scores, best first.

    Its probabilities are bounded, so that a misjudged sentence does not outweigh all else.

    Raises ModelUnavailable.
    """
    best: dict[int, Evidence] = {}
    for evidence in weighed:
        if len(best) < passages:
            best.setdefault(evidence.passage.id, evidence)
    read = [window_of(evidence.document, evidence.passage) for evidence in best.values()]
    judged = reader.judge(query.question, [window for _, window in read])
    probability = {
        (passage, start): 1 / (1 + math.exp(-odds))
        for passage, (starts, _), of_passage in zip(best, read, judged, strict=True)
        for start, odds in zip(starts, of_passage, strict=True)
        if odds > -math.inf
    }
    rescored = (
        replace(e, score=e.score + weight * probability.get((e.passage.id, e.start), 0.0))
        for e in weighed
    )
    return sorted(rescored, key=lambda evidence: -evidence.score)
