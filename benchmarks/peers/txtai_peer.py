"""txtai: one hybrid index (dense and BM25) with content, as its documentation shows it."""

from __future__ import annotations

from common import run
from txtai import Embeddings


def index(texts: list[str], model: str, store: str) -> None:
    embeddings = Embeddings(path=model, hybrid=True, content=True)
    embeddings.index(texts)
    embeddings.save(store)


def search(store: str, model: str, query: str) -> list[str]:  # noqa: ARG001
    embeddings = Embeddings()
    embeddings.load(store)
    return [hit["text"] for hit in embeddings.search(query, 10)]


if __name__ == "__main__":
    run(index, search)
