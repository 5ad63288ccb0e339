"""The collection of an embedding model: what it holds of each passage, and its life."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from kb.errors import StoreError, StoreUnavailable
from kb.milvus.connection import WRITE_SECONDS, Connection, library
from kb.milvus.expressions import days
from kb.protocols import IndexEntry, Vectors
from kb.search.lexical import stem
from kb.storage.rows import fold, folded

VECTOR = "vector"
BODY, CONTEXT = "body", "context"
TERMS_OF = {BODY: "body_terms", CONTEXT: "context_terms"}  # sparse vectors that the server computes

MOST_BYTES = 65_535  # of a VARCHAR
MOST_TOPICS, MOST_TOPIC_BYTES = 128, 1_024
LOAD_SECONDS = 600.0

# A reader who asks with this level is shown all that was written before the question: Milvus waits
# until every node has come so far, up to a fifth of a second. With less, a document could be
# reported ingested and not be found; "Session" keeps that promise only to the process that wrote.
CONSISTENCY = "Strong"

# Of k1 and b the values of the embedded index, in a dictionary of their own, which Milvus takes as
# well and Milvus Lite demands: pymilvus would dissolve it if it were not inside another. AUTOINDEX
# is HNSW on Milvus, and widens the search with the number of wanted results by itself.
_BM25 = {
    "index_type": "SPARSE_INVERTED_INDEX",
    "metric_type": "BM25",
    "params": {"params": {"bm25_k1": 1.2, "bm25_b": 0.75}},
}
_SCALAR = {"index_type": "INVERTED"}
_INDEXES: dict[str, dict[str, Any]] = {
    VECTOR: {"index_type": "AUTOINDEX", "metric_type": "IP"},
    **dict.fromkeys(TERMS_OF.values(), _BM25),
    **dict.fromkeys(("document", "speaker", "date_first", "date_last"), _SCALAR),
}


def create(connection: Connection, name: str, dimension: int) -> None:
    """Make what is missing of a collection, and let it be searched."""
    if not connection.call("has_collection", name):
        _create(connection, name, dimension)
    for field, options in _INDEXES.items():
        _index(connection, name, field, options)
    with suppress(StoreError):  # Milvus Lite cannot index arrays; it looks through all of them
        _index(connection, name, "topics", _SCALAR)
    load(connection, name)


def load(connection: Connection, name: str) -> None:
    """Let a collection be searched."""
    connection.call("load_collection", name, seconds=LOAD_SECONDS)


def drop(connection: Connection, name: str) -> None:
    """Remove a collection and the aliases that stand for it: Milvus keeps one that has any."""
    if connection.call("has_collection", name):
        for alias in connection.call("list_aliases", name)["aliases"]:
            connection.call("drop_alias", alias)
        connection.call("drop_collection", name, seconds=WRITE_SECONDS)


def switch_alias(url: str, alias: str, collection: str) -> None:
    """Let an alias stand for a collection from now on, in one step for all who search under it.

    Raises StoreError, for example when there is no such collection.
    """
    connection = Connection(url)
    try:
        try:
            connection.call("describe_alias", alias)
        except StoreUnavailable:
            raise
        except StoreError:
            connection.call("create_alias", collection, alias)
        else:
            connection.call("alter_alias", collection, alias)
    finally:
        connection.close()


def row(entry: IndexEntry, vector: Vectors) -> dict[str, Any]:
    """What the collection holds of a passage; ``vector`` has shape (dimension,)."""
    passage = entry.passage
    date_first, date_last = days(entry.date)
    return {
        "id": passage.id,
        "document": passage.document_id,
        "speaker": folded(passage.speaker),
        "topics": [fold(topic) for topic in passage.topics[:MOST_TOPICS]],
        "date_first": date_first,
        "date_last": date_last,
        BODY: terms_of(passage.text),
        CONTEXT: terms_of(passage.context),
        VECTOR: vector,
    }


def terms_of(text: str) -> str:
    """The terms of a text between spaces, as many as a field can hold.

    They are ours, stemmed already, so that the server counts the same terms as everybody else.
    """
    terms = " ".join(stem(text))
    if len(terms.encode()) <= MOST_BYTES:
        return terms
    kept = terms.encode()[: MOST_BYTES + 1].decode(errors="ignore")
    return kept.rpartition(" ")[0]


def _create(connection: Connection, name: str, dimension: int) -> None:
    try:
        connection.call(
            "create_collection",
            name,
            schema=_schema(dimension),
            consistency_level=CONSISTENCY,
            seconds=WRITE_SECONDS,
        )
    except StoreError:
        if not connection.call("has_collection", name):  # else another process was faster
            raise


def _schema(dimension: int) -> Any:
    milvus = library()
    kinds = milvus.DataType
    schema = milvus.MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", kinds.INT64, is_primary=True)
    schema.add_field("document", kinds.VARCHAR, max_length=MOST_BYTES, is_partition_key=True)
    schema.add_field("speaker", kinds.VARCHAR, max_length=MOST_BYTES, nullable=True)
    schema.add_field(
        "topics",
        kinds.ARRAY,
        element_type=kinds.VARCHAR,
        max_capacity=MOST_TOPICS,
        max_length=MOST_TOPIC_BYTES,
    )
    schema.add_field("date_first", kinds.INT64)
    schema.add_field("date_last", kinds.INT64)
    for field, terms in TERMS_OF.items():
        schema.add_field(
            field,
            kinds.VARCHAR,
            max_length=MOST_BYTES,
            enable_analyzer=True,
            enable_match=True,
            analyzer_params={"tokenizer": "standard"},
        )
        schema.add_field(terms, kinds.SPARSE_FLOAT_VECTOR)
        schema.add_function(
            milvus.Function(f"{field}_bm25", milvus.FunctionType.BM25, [field], [terms])
        )
    schema.add_field(VECTOR, kinds.FLOAT_VECTOR, dim=dimension)
    return schema


def _index(connection: Connection, name: str, field: str, options: dict[str, Any]) -> None:
    if connection.call("list_indexes", name, field_name=field):
        return
    parameters = library().MilvusClient.prepare_index_params()
    parameters.add_index(field, **options)
    # Without waiting: what is not indexed yet is searched all the same.
    connection.call("create_index", name, parameters, seconds=WRITE_SECONDS, sync=False)
