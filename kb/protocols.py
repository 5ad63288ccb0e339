"""The seams of the pipeline: small protocols, satisfied without inheritance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.types import Filters, Hit

Vectors = npt.NDArray[np.float32]  # shape (rows, dimension), unit norm


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


class Retriever(Protocol):
    """Finds passages for a query, best first."""

    def search(self, query: str, k: int, filters: Filters) -> list[Hit]: ...


class Reranker(Protocol):
    """Puts hits into a better order for a query; may drop none and add none."""

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]: ...


class Generator(Protocol):
    """A local language model that continues a prompt, piece by piece."""

    @property
    def model_id(self) -> str: ...

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]: ...
