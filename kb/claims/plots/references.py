"""Publicly known amounts of training compute that give the FLOP axis a sense of scale.

GPT-2: 1.5e21, Epoch AI (Sevilla et al., "Compute Trends Across Three Eras of Machine Learning",
2022; its later database rounds to 1.9e21). GPT-3: 3.14e23, Brown et al., "Language Models are
Few-Shot Learners" (2020), table D.1. GPT-4: 2.1e25, Epoch AI's estimate; OpenAI gave no figure.
EU: Regulation (EU) 2024/1689, article 51(2), presumes systemic risk above 1e25. US: Executive
Order 14110 of October 2023, section 4.2(b), asked for reports above 1e26; revoked in January 2025.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A named amount in FLOP; a threshold of a law is drawn dashed."""

    name: str
    flop: float
    is_threshold: bool = False


REFERENCES = (
    Reference("GPT-2", 1.5e21),
    Reference("GPT-3", 3.14e23),
    Reference("EU AI Act", 1e25, is_threshold=True),
    Reference("GPT-4", 2.1e25),
    Reference("US order of 2023", 1e26, is_threshold=True),
)
NOTE = (
    "Lines: training of known models (estimates of Epoch AI and OpenAI); "
    "dashed: thresholds of laws."
)
