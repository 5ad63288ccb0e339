"""Scores for host and guest from the fitted weights, and from how each of the two talks.

``speaker_weights.json`` maps features to weights; ``benchmarks/fit_speakers.py`` makes it and says
from what. What a person says elsewhere in the same conversation (their words) tells more about
who they are than any general habit: ``own_words`` measures that, leaving out the neighbourhood.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from ingest.speakers.features import change_features, role_features
from ingest.speakers.role_decoder import Potentials, Scores
from ingest.speakers.speech_cues import Utterance

WEIGHTS_FILE = Path(__file__).with_name("speaker_weights.json")

_SMOOTHING = 0.5
_LARGEST = 4.0  # of the evidence of one sentence's words
_LEAST_USES = 2  # elsewhere in the conversation, for a word to count


@dataclass(frozen=True, slots=True)
class RoleModel:
    """Weights of features; ``change`` for either change, ``direction`` more for host to guest."""

    role: Mapping[str, float]
    change: Mapping[str, float]
    direction: Mapping[str, float]

    def potentials(
        self, utterances: Sequence[Utterance], hosts: Sequence[str] = (), guests: Sequence[str] = ()
    ) -> Potentials:
        """Scores of a conversation; ``hosts`` and ``guests`` are first names, if known."""
        role = _summed(self.role, role_features(utterances, hosts, guests))
        places = change_features(utterances)
        change, direction = _summed(self.change, places), _summed(self.direction, places)
        return Potentials(role, change + direction, change - direction)


@cache
def load_role_model() -> RoleModel:
    """The model that comes with the program."""
    weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return RoleModel(weights["role"], weights["change"], weights["direction"])


def _summed(weights: Mapping[str, float], features: Iterable[set[str]]) -> Scores:
    return np.array([math.fsum(weights.get(f, 0.0) for f in found) for found in features])


def own_words(
    utterances: Sequence[Utterance], host: Sequence[float], groups: Sequence[Hashable]
) -> Scores:
    """Evidence of the words: positive where they are the host's elsewhere.

    ``host`` is between -1 (surely the guest) and 1 (surely the host) for each sentence. Sentences
    of one group (a paragraph, a neighbourhood) say nothing about each other: they share a topic,
    and an error of one would confirm itself. Naive Bayes, damped for long sentences because their
    words are not independent.
    """
    counts = [_tokens(utterance) for utterance in utterances]
    sides = ("host", "guest")
    total: dict[str, dict[str, float]] = {side: {} for side in sides}
    within: dict[Hashable, dict[str, dict[str, float]]] = {}
    for words, lean, group in zip(counts, host, groups, strict=True):
        side = "host" if lean > 0 else "guest"
        own = within.setdefault(group, {side: {} for side in sides})
        for word, uses in words.items():
            for seen in (total[side], own[side]):
                seen[word] = seen.get(word, 0.0) + uses * abs(lean)
    size = {side: sum(total[side].values()) for side in sides}
    smoothing = _SMOOTHING * len(total["host"] | total["guest"])
    evidence = np.zeros(len(utterances))
    for position, (words, group) in enumerate(zip(counts, groups, strict=True)):
        own = within[group]
        base = {s: size[s] - sum(own[s].values()) + smoothing for s in sides}
        score = 0.0
        for word, uses in words.items():
            spoken = {s: total[s].get(word, 0.0) - own[s].get(word, 0.0) for s in sides}
            if spoken["host"] + spoken["guest"] >= _LEAST_USES:
                ratio = (spoken["host"] + _SMOOTHING) / (spoken["guest"] + _SMOOTHING)
                score += uses * (math.log(ratio) - math.log(base["host"] / base["guest"]))
        damping = 1 + _SMOOTHING * math.sqrt(sum(words.values()))
        evidence[position] = max(-_LARGEST, min(_LARGEST, score / damping))
    return evidence


def _tokens(utterance: Utterance) -> Counter[str]:
    words = utterance.words
    return Counter([*words, *(f"{first} {second}" for first, second in pairwise(words))])
