"""Passages by their words: BM25 over text and context (tantivy, imported only here)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from kb.errors import IndexDamaged, StoreError
from kb.protocols import Ids, LexicalHits
from kb.types import Passage

if TYPE_CHECKING:
    import tantivy

TERM_SET_LIMIT = 2_000
WRITER_BYTES = 64_000_000
LONGEST_WORD = 40
SPREAD_LIMIT = 5_000
LEXICAL_FIELDS = 2  # counts up when what is indexed changes


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    """Words in lower case without accents, stemmed as English (Snowball)."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stemmer("english"))
        .build()
    )


@cache
def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("document", fast=True)
    for name in ("body", "context"):
        builder.add_text_field(name, tokenizer_name="passage", index_option="freq")
    return builder.build()


def stem(text: str) -> list[str]:
    """The terms of a text as the index knows them, in order, with repetitions."""
    terms: list[str] = _analyzer().analyze(text)
    return terms


@lru_cache(maxsize=1 << 16)
def document_key(document_id: str) -> int:
    """63 bits that stand for a document in the index."""
    return int.from_bytes(hashlib.sha256(document_id.encode()).digest()[:8], "big") >> 1


class LexicalIndex:
    """BM25 over passages. Searches may run in many threads at once."""

    def __init__(self, index: tantivy.Index) -> None:
        index.config_reader("manual")  # an index never changes, so nothing need watch its files
        self._searcher = index.searcher()

    @classmethod
    def build(cls, passages: Iterable[Passage], path: Path | None = None) -> LexicalIndex:
        """An index of all passages, in memory or in an empty directory."""
        import tantivy

        with _writing():
            index = tantivy.Index(_schema(), path=str(path) if path else None)
            _change(index, (), passages)
            return cls(index)

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """Open what ``build`` or ``update`` wrote, once its checksums matched.

        Raises IndexDamaged.
        """
        import tantivy

        try:
            return cls(tantivy.Index.open(str(path)))
        except (OSError, ValueError) as error:
            raise IndexDamaged(f"{path} cannot be opened: {error}.") from error

    @staticmethod
    def update(path: Path, removed: Iterable[int], added: Iterable[Passage]) -> None:
        """Change the index in a directory: ids out, then passages in, in one commit."""
        import tantivy

        with _writing():
            _change(tantivy.Index.open(str(path)), removed, added)

    @property
    def document_count(self) -> int:
        return int(self._searcher.num_docs)

    def ids(self) -> list[int]:
        """The ids of all passages, sorted."""
        from tantivy import Query

        everything = max(self.document_count, 1)
        hits = self._searcher.search(Query.all_query(), limit=everything, count=False).hits
        found = self._searcher.fast_field_values("id", [address for _, address in hits])
        return sorted(cast(list[int], found))

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages' own text each term occurs; terms are those of ``stem``."""
        return {term: self._searcher.doc_freq("body", term) for term in terms}

    def spread(self, term: str) -> dict[int, int]:
        """How many passages of each document (by its ``document_key``) have a term in their text.

        At most ``SPREAD_LIMIT`` passages are looked at; a term of more is nobody's own.
        """
        from tantivy import Query

        query = Query.term_query(_schema(), "body", term, index_option="basic")
        if not 0 < self._searcher.doc_freq("body", term) <= SPREAD_LIMIT:
            return {}
        hits = self._searcher.search(query, limit=SPREAD_LIMIT, count=False).hits
        keys = self._searcher.fast_field_values("document", [address for _, address in hits])
        return dict(Counter(cast(list[int], keys)))

    def knows(self, term: str) -> bool:
        """Whether a term occurs in any passage or its context (title, headings, speaker)."""
        return any(self._searcher.doc_freq(field, term) for field in ("body", "context"))

    def search(
        self,
        query_text: str,
        k: int,
        allowed_ids: Ids | None = None,
        *,
        body_boost: float = 1.0,
        context_boost: float = 1.0,
        expansions: Mapping[str, float] | None = None,
    ) -> LexicalHits:
        """The ``k`` best passages that contain any word of the query: (id, BM25 score).

        The text is words, not syntax. A boost of 0 leaves a field out. ``expansions`` are further
        terms (as ``stem`` gives them) with their weights, matched in the passages' own text only.
        With ``allowed_ids``, only these, exactly.
        """
        boosts = {"body": body_boost, "context": context_boost}
        query = _any_of(stem(query_text), boosts, expansions or {})
        if query is None or k < 1 or not self.document_count:
            return []
        if allowed_ids is None:
            return self._best(query, k)
        if len(allowed_ids) <= TERM_SET_LIMIT:
            return self._best(_restricted(query, allowed_ids.tolist()), k)
        return self._best_among(query, k, allowed_ids)

    def _best_among(self, query: tantivy.Query, k: int, allowed_ids: Ids) -> LexicalHits:
        """Look ever deeper until ``k`` allowed passages are found or there are no more."""
        depth = 4 * k
        while True:
            found = self._best(query, depth)
            passes = np.isin([identifier for identifier, _ in found], allowed_ids)
            hits = [hit for hit, kept in zip(found, passes.tolist(), strict=True) if kept]
            if len(hits) >= k or len(found) < depth:
                return hits[:k]
            depth *= 8

    def _best(self, query: tantivy.Query, k: int) -> LexicalHits:
        hits = self._searcher.search(query, limit=min(k, self.document_count), count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        scores = [score for score, _ in hits]
        return list(zip(cast(list[int], ids), scores, strict=True))


def _any_of(
    terms: Sequence[str], boosts: Mapping[str, float], expansions: Mapping[str, float]
) -> tantivy.Query | None:
    from tantivy import Occur, Query

    weights = {(term, field): boost for term in terms for field, boost in boosts.items()}
    weights |= {(term, "body"): weight * boosts["body"] for term, weight in expansions.items()}
    clauses = [
        Query.boost_query(Query.term_query(_schema(), field, term, index_option="freq"), weight)
        for (term, field), weight in weights.items()
        if weight > 0
    ]
    return Query.boolean_query([(Occur.Should, clause) for clause in clauses]) if clauses else None


def _restricted(query: tantivy.Query, ids: list[int]) -> tantivy.Query:
    from tantivy import Occur, Query

    members = Query.const_score_query(Query.term_set_query(_schema(), "id", ids), 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, members)])


@contextmanager
def _writing() -> Iterator[None]:
    """Turn what tantivy says about the disk into StoreError."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise StoreError(f"The index cannot be written: {error}.") from error


def _change(index: tantivy.Index, removed: Iterable[int], added: Iterable[Passage]) -> None:
    """One commit by one thread, so that the same passages always give the same index."""
    import tantivy

    index.register_tokenizer("passage", _analyzer())
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
    for identifier in removed:
        writer.delete_documents_by_term("id", identifier)
    for passage in added:
        document = tantivy.Document()
        document.add_integer("id", passage.id)
        document.add_integer("document", document_key(passage.document_id))
        document.add_text("body", passage.text)
        document.add_text("context", passage.context)
        writer.add_document(document)
    writer.commit()
    writer.garbage_collect_files()
    writer.wait_merging_threads()
    index.reload()
