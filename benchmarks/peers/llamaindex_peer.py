"""LlamaIndex: a vector index and its BM25 retriever, persisted, fused by reciprocal ranks."""

from __future__ import annotations

from common import run
from llama_index.core import Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever


def index(texts: list[str], model: str, store: str) -> None:
    nodes = [TextNode(text=text) for text in texts]
    vectors = VectorStoreIndex(nodes, embed_model=HuggingFaceEmbedding(model_name=model))
    vectors.storage_context.persist(f"{store}/vectors")
    BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=10).persist(f"{store}/bm25")


def search(store: str, model: str, query: str) -> list[str]:
    Settings.llm = MockLLM()
    Settings.embed_model = HuggingFaceEmbedding(model_name=model)
    context = StorageContext.from_defaults(persist_dir=f"{store}/vectors")
    vectors = load_index_from_storage(context).as_retriever(similarity_top_k=10)
    words = BM25Retriever.from_persist_dir(f"{store}/bm25")
    both = QueryFusionRetriever(
        [vectors, words],
        similarity_top_k=10,
        num_queries=1,  # asks no language model for variants
        mode="reciprocal_rerank",
        use_async=False,
    )
    return [hit.node.get_content() for hit in both.retrieve(query)]


if __name__ == "__main__":
    run(index, search)
