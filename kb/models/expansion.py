"""Words that mean nearly the same, so that "automobile" also finds "car" in BM25.

The table holds, for every whole word of the embedding model's vocabulary, the words whose vectors
are nearest. It is derived from the weights once, at set-up; on the development questions it lifted
paraphrases from one to three of seven at no cost to the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.models.embed import load_embedder
from kb.models.weights import EMBEDDING, NEIGHBOURS_FILE
from kb.protocols import Embedder
from kb.settings import Settings
from kb.vectors import read_arrays

NEIGHBOURS = 8
LEAST_SIMILARITY = 0.55
SHORTEST_WORD = 3
SHORTEST_BASE = 4  # letters
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"),
    ("ing", ""), ("ly", ""), ("ally", ""), ("ness", ""), ("ers", ""), ("er", ""), ("er", "e"),
    ("ions", "e"), ("ion", "e"), ("ment", ""), ("ity", ""), ("ity", "e"), ("al", ""),
)  # fmt: skip
_BATCH = 512


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each known word its neighbours with their cosine similarity, most similar first."""

    positions: dict[str, int]
    words: tuple[str, ...]
    nearest: npt.NDArray[np.int32]  # shape (words, NEIGHBOURS); -1 where there are fewer
    similarity: npt.NDArray[np.float32]

    @classmethod
    def load(cls, path: Path) -> Neighbours:
        """Read a table that ``build`` wrote; nothing in it is unpickled."""
        table = read_arrays(path)
        words = tuple(str(table["words"]).split("\n"))
        positions = {word: position for position, word in enumerate(words)}
        return cls(positions, words, table["nearest"], table["similarity"])

    def of(self, word: str) -> list[tuple[str, float]]:
        """The neighbours of a lower-case word, or of its base form; empty for an unknown one."""
        known = (form for form in (word, *base_forms(word)) if form in self.positions)
        position = self.positions.get(next(known, word))
        if position is None:
            return []
        found = zip(self.nearest[position], self.similarity[position], strict=True)
        return [(self.words[other], float(score)) for other, score in found if other >= 0]


def base_forms(word: str) -> Iterator[str]:
    """What a word may be an inflected or derived form of: "restrictions", "restriction"."""
    for ending, replacement in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= SHORTEST_BASE - len(replacement):
            yield base + replacement


def make(settings: Settings) -> None:
    """Make the table of the default model's vocabulary beside its weights."""
    embedder = load_embedder(settings.model_copy(update={"embedding_model": EMBEDDING.name}))
    vocabulary = whole_words(EMBEDDING.folder(settings) / "tokenizer.json")
    build(embedder, vocabulary, settings.models_dir / NEIGHBOURS_FILE)


def build(embedder: Embedder, vocabulary: Sequence[str], path: Path) -> None:
    """Compute the table for a vocabulary (about half a minute for 20,000 words) and write it."""
    words = sorted({word for word in vocabulary if len(word) >= SHORTEST_WORD and word.isalpha()})
    vectors = embedder.embed_passages(words)
    nearest = np.full((len(words), NEIGHBOURS), -1, dtype=np.int32)
    similarity = np.zeros((len(words), NEIGHBOURS), dtype=np.float32)
    for start in range(0, len(words), _BATCH):
        scores = vectors[start : start + _BATCH] @ vectors.T
        rows = np.arange(len(scores))
        scores[rows, start + rows] = -1.0
        best = np.argpartition(-scores, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        best_scores = np.take_along_axis(scores, best, axis=1)
        order = np.argsort(-best_scores, axis=1)
        best = np.take_along_axis(best, order, axis=1)
        best_scores = np.take_along_axis(best_scores, order, axis=1)
        kept = best_scores >= LEAST_SIMILARITY
        nearest[start + rows] = np.where(kept, best, -1)
        similarity[start + rows] = np.where(kept, best_scores, 0.0)
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, words=np.array("\n".join(words)), nearest=nearest, similarity=similarity)
    partial.replace(path)


def whole_words(tokenizer_file: Path) -> list[str]:
    """The whole words of a WordPiece vocabulary (its ``tokenizer.json``)."""
    vocabulary = json.loads(tokenizer_file.read_text(encoding="utf-8"))["model"]["vocab"]
    return [word for word in vocabulary if word.isalpha()]
