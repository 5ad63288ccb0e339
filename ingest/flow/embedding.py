"""The vectors and topics of passages, with the models loaded once they are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from ingest.flow.draft import Draft
from ingest.passages import embedding_text
from ingest.topics import VECTORS_FILE, Taxonomy, TopicVectors, embed_taxonomy
from kb.models.embed import load_embedder
from kb.protocols import Embedder, Vectors
from kb.settings import Settings
from kb.storage.store import Store
from kb.types import Passage

EMBEDDING_STEP = 64
"""Passages embedded between two reports of progress."""

Report = Callable[[int, int], None]
"""Told how many passages are embedded, of how many, over all documents so far."""


class PassageEmbedder:
    """Embeds passages for a store; with ``force`` those, too, that it has already.

    The methods raise ModelUnavailable, and ModelMismatch when the store holds vectors of another
    model.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        taxonomy: Taxonomy,
        *,
        embedder: Embedder | None = None,
        force: bool = False,
        report: Report = lambda _embedded, _passages: None,
    ) -> None:
        self._settings = settings
        self._store = store
        self._taxonomy = taxonomy
        self._given_embedder = embedder
        self._force = force
        self._report = report
        self._embedded = 0
        self._passages = 0

    def embed(self, draft: Draft) -> tuple[Draft, Vectors]:
        """The draft with the topics of its passages, and a row for each passage."""
        vectors = self._vectors(draft.passages)
        topics = self._topic_vectors.topics_of(vectors)
        passages = [replace(p, topics=t) for p, t in zip(draft.passages, topics, strict=True)]
        return replace(draft, passages=passages), vectors

    def forget_model(self) -> None:
        """Give back the memory of the model; it is loaded again when it is needed again."""
        self.__dict__.pop("_embedder", None)

    def _vectors(self, passages: Sequence[Passage]) -> Vectors:
        """A row for each passage; those that the store has already are taken from there."""
        texts = [embedding_text(passage) for passage in passages]
        vectors = np.zeros((len(passages), self._embedder.dimension), dtype=np.float32)
        known = set() if self._force else self._take_stored(passages, texts, vectors)
        new = [row for row in range(len(passages)) if row not in known]
        new.sort(key=lambda row: len(texts[row]))  # batches of equal length are fastest
        self._passages += len(passages)
        self._count(len(known))
        for start in range(0, len(new), EMBEDDING_STEP):
            rows = new[start : start + EMBEDDING_STEP]
            vectors[rows] = self._embedder.embed_passages([texts[row] for row in rows])
            self._count(len(rows))
        return vectors

    def _take_stored(
        self, passages: Sequence[Passage], texts: Sequence[str], vectors: Vectors
    ) -> set[int]:
        """Fill the rows of passages that the store has with the same text; tells which."""
        ids = [passage.id for passage in passages]
        with self._store.snapshot():  # another ingest may write in between
            stored = self._store.passages(ids)
            if stored:
                vectors[:] = self._store.vectors_for(ids)
        return {
            row
            for row, (identifier, text) in enumerate(zip(ids, texts, strict=True))
            if identifier in stored and embedding_text(stored[identifier]) == text
        }

    def _count(self, embedded: int) -> None:
        self._embedded += embedded
        self._report(self._embedded, self._passages)

    @cached_property
    def _embedder(self) -> Embedder:
        embedder = self._given_embedder or load_embedder(self._settings)
        self._store.check_model(embedder.model_id, embedder.dimension)
        return embedder

    @cached_property
    def _topic_vectors(self) -> TopicVectors:
        kept = self._settings.models_dir / VECTORS_FILE
        return embed_taxonomy(self._taxonomy, self._embedder, kept)
