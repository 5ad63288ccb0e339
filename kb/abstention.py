"""When to say that the transcripts do not say.

Similarity alone does not tell an answerable question from another (the best sentence of an
unanswerable one has been seen at cosine .40, of an answerable one at .34). So the decision weighs
together how much of the question's rare words the evidence carries, the best cosine, and whether
a thing of the type asked for stands in it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kb.evidence import Evidence, TermWeights
from kb.query import Query, Wanted

READ = 4  # sentences that the decision looks at, best first

INTERCEPT = -5.2
COVERAGE_WEIGHT = 4.0
COSINE_WEIGHT = 7.0
TYPE_WEIGHT = 1.6
ASKED_SPEAKER_WEIGHT = 0.8
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for an answer being in the transcripts; each from 0 to 1."""

    coverage: float
    cosine: float
    has_type: bool
    asked_speaker: bool

    @property
    def probability(self) -> float:
        """The probability that the question is answerable, by logistic regression."""
        logit = (
            INTERCEPT
            + COVERAGE_WEIGHT * self.coverage
            + COSINE_WEIGHT * self.cosine
            + TYPE_WEIGHT * self.has_type
            + ASKED_SPEAKER_WEIGHT * self.asked_speaker
        )
        return 1 / (1 + math.exp(-logit))

    @property
    def suffices(self) -> bool:
        return self.probability >= THRESHOLD


def support(query: Query, weighed: Sequence[Evidence], weights: TermWeights) -> Support:
    """Measure the evidence of a question, best sentence first."""
    best = weighed[:READ]
    if not best:
        return Support(0.0, 0.0, False, False)
    around = " ".join(
        f"{evidence.text} {evidence.passage.text} {evidence.passage.context}" for evidence in best
    )
    names = {person.name for person in query.people}
    return Support(
        coverage=weights.overlap(around),
        cosine=max(evidence.cosine for evidence in best),
        has_type=query.wanted is Wanted.ANYTHING or any(e.has_type for e in best),
        asked_speaker=not names or any(e.passage.speaker in names for e in best),
    )
