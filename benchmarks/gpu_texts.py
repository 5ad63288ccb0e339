"""Texts as long as real passages, of the words of the samples, and some words met only once."""

from __future__ import annotations

import random
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
WORDS_OF_PASSAGES = (
    1, 11, 17, 21, 24, 26, 28, 30, 31, 33, 34, 36, 37, 39, 40, 42, 45, 48, 52, 59, 80,
)  # fmt: skip
"""Every twentieth of 1,622 passages of six interviews, by their number of words."""

INVENTED = 0.005
"""The share of words that no other text has, so that none is looked up only."""

SYLLABLES = ("ba", "ker", "lin", "mo", "shu", "tan", "ve", "zor")


def passages(count: int, seed: int = 0) -> list[str]:
    """Texts with the lengths of real passages."""
    rng = random.Random(seed)

    def words() -> int:
        at = rng.uniform(0, len(WORDS_OF_PASSAGES) - 1)
        low = WORDS_OF_PASSAGES[int(at)]
        high = WORDS_OF_PASSAGES[min(int(at) + 1, len(WORDS_OF_PASSAGES) - 1)]
        return round(low + (at - int(at)) * (high - low))

    return _texts([words() for _ in range(count)], rng)


def long_texts(count: int, seed: int = 0) -> list[str]:
    """Texts of 230 words, which the model reads to its limit of 256 tokens."""
    return _texts([230] * count, random.Random(seed))


def _texts(lengths: list[int], rng: random.Random) -> list[str]:
    names = ("captions.txt", "labelled_interview.txt", "newsletter.txt", "quotes.txt", "panel.vtt")
    spoken = " ".join((CORPUS / name).read_text(encoding="utf-8") for name in names).split()
    texts = []
    for length in lengths:
        start = rng.randrange(len(spoken) - length)
        words = spoken[start : start + length]
        for _ in range(int(length * INVENTED + rng.random())):
            words[rng.randrange(length)] = "".join(rng.choices(SYLLABLES, k=6))
        texts.append(" ".join(words))
    return texts
