"""The seams of the pipeline: small protocols, satisfied without inheritance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.text.windows import Window
from kb.types import Passage, Selection

Vectors = npt.NDArray[np.float32]  # shape (rows, dimension), unit norm
Ids = npt.NDArray[np.int64]  # ids of passages
Scores = npt.NDArray[np.float32]
LexicalHits = list[tuple[int, float]]  # (passage id, score), best first


class Embedder(Protocol):
    """Turns text into unit-norm float32 rows."""

    @property
    def model_id(self) -> str:
        """Names the model and its weights; vectors of different ids must never be mixed."""
        ...

    @property
    def dimension(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_query(self, text: str) -> Vectors:
        """One row, shape (1, dimension)."""
        ...


class Generator(Protocol):
    """A local language model that continues a prompt, piece by piece."""

    @property
    def model_id(self) -> str: ...

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]: ...


class Reader(Protocol):
    """Tells which sentences of passages answer a question."""

    def judge(self, question: str, windows: Sequence[Window]) -> list[list[float]]:
        """For each window the log odds that each of its sentences answers."""
        ...


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What an index engine is given of a passage; ``date`` is that of its document (ISO 8601)."""

    passage: Passage
    date: str | None


class TermStatistics(Protocol):
    """How the words of the passages are spread; terms are those of ``kb.search.lexical.stem``."""

    @property
    def document_count(self) -> int:
        """How many passages there are."""
        ...

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages' own text each term occurs."""
        ...

    def spread(self, term: str) -> dict[int, int]:
        """How many passages of each document (by its ``document_key``) have a term in their text.

        Empty for a term that more than ``SPREAD_LIMIT`` passages have: it is nobody's own.
        """
        ...

    def knows(self, term: str) -> bool:
        """Whether a term occurs in any passage or its context (title, headings, speaker)."""
        ...


class PassageIndex(TermStatistics, Protocol):
    """All passages of one state of the store, found by meaning and by words."""

    @property
    def exhaustive(self) -> bool:
        """Whether every search computes all inner products, so that more results cost nothing."""
        ...

    def nearest(self, vector: Vectors, k: int, selection: Selection) -> tuple[Ids, Scores]:
        """The ``k`` best selected passages (fewer when there are fewer) and their cosines.

        ``vector`` has shape (1, dimension). Best first.
        """
        ...

    def matching(
        self,
        text: str,
        k: int,
        selection: Selection,
        *,
        body_boost: float = 1.0,
        context_boost: float = 1.0,
        expansions: Mapping[str, float] | None = None,
    ) -> LexicalHits:
        """The ``k`` best selected passages that contain any word of a text, by BM25, best first.

        The score is the sum over the fields *body* (a passage's own text) and *context*, each with
        its boost; a boost of 0 leaves a field out. ``expansions`` are further terms with their
        weights, matched in the body only.
        """
        ...


class IndexEngine(PassageIndex, Protocol):
    """A passage index that another server keeps, for one embedding model.

    Whatever fails raises StoreError (StoreUnavailable when the server does not answer).
    """

    @property
    def name(self) -> str:
        """Names the index on its server: the store remembers under it how far it has come."""
        ...

    def create(self, dimension: int) -> None:
        """Make what is missing of it; what is there stays."""
        ...

    def drop(self) -> None:
        """Remove it with all that it holds; nothing happens when it is not there."""
        ...

    def upsert(self, entries: Sequence[IndexEntry], vectors: Vectors) -> None:
        """Add or replace passages. They are found by whoever searches once this returned."""
        ...

    def complete(self) -> None:
        """Do what is best done once, after many passages were added; until then searches may be
        slower.
        """
        ...

    def remove(self, ids: Sequence[int]) -> None:
        """Remove passages, those that exist; they are not found once this returned."""
        ...

    def close(self) -> None: ...
