"""Haystack: the in-memory store with its two retrievers, joined by reciprocal ranks."""

from __future__ import annotations

from common import run
from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)


def index(texts: list[str], model: str, store: str) -> None:
    embedder = SentenceTransformersDocumentEmbedder(model=model, progress_bar=False)
    embedder.warm_up()
    documents = embedder.run([Document(content=text) for text in texts])["documents"]
    database = InMemoryDocumentStore()
    database.write_documents(documents)
    database.save_to_disk(store)


def search(store: str, model: str, query: str) -> list[str]:
    database = InMemoryDocumentStore.load_from_disk(store)
    embedder = SentenceTransformersTextEmbedder(model=model, progress_bar=False)
    embedder.warm_up()
    vector = embedder.run(query)["embedding"]
    dense = InMemoryEmbeddingRetriever(database, top_k=10).run(query_embedding=vector)
    words = InMemoryBM25Retriever(database, top_k=10).run(query=query)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=10)
    joined = joiner.run([dense["documents"], words["documents"]])["documents"]
    return [document.content or "" for document in joined]


if __name__ == "__main__":
    run(index, search)
