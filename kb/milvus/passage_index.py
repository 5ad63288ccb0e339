"""Passages in a collection of a Milvus server, found by meaning and by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from kb.milvus import collection
from kb.milvus.collection import BODY, CONSISTENCY, CONTEXT, TERMS_OF, VECTOR
from kb.milvus.connection import WRITE_SECONDS, Connection, NotLoadedError
from kb.milvus.expiring_cache import ExpiringCache
from kb.milvus.expressions import expression, string
from kb.protocols import Ids, IndexEntry, LexicalHits, Scores, Vectors
from kb.search.lexical import SPREAD_LIMIT, document_key, stem
from kb.types import Selection

MOST_RESULTS = 16_384  # Milvus refuses to search for more
ROWS_OF_A_WRITE = 400  # below Milvus's 64 MB for a message even with the longest texts
IDS_OF_A_REMOVAL = 10_000
TERMS_REMEMBERED = 50_000
SECONDS_REMEMBERED = 5.0  # for so long others' writes may be missing from the statistics of terms
REQUESTS_AT_ONCE = 16
LOOKED_AT_PER_HIT = 8
REPETITIONS = 50  # of a term of weight 1, where weights are not all 1; so they are exact to .01

EVERY_PASSAGE = ""  # among terms, the key of their number
Weights = Mapping[str, float]  # of terms
WordScores = dict[int, float]  # of passages


class MilvusIndex:
    """Satisfies ``kb.protocols.IndexEngine``. Searches may run in many threads at once.

    ``url`` is that of KB_INDEX (milvus+http://user:password@host:port/database), ``name`` the
    collection, or an alias of one for those who only search.
    """

    def __init__(self, url: str, name: str) -> None:
        self._name = name
        self._connection = Connection(url)
        self._workers = ThreadPoolExecutor(REQUESTS_AT_ONCE, thread_name_prefix="milvus")
        self._frequencies = ExpiringCache[str, int](TERMS_REMEMBERED, SECONDS_REMEMBERED)
        self._spreads = ExpiringCache[str, dict[int, int]](TERMS_REMEMBERED, SECONDS_REMEMBERED)
        self._known = ExpiringCache[str, bool](TERMS_REMEMBERED, SECONDS_REMEMBERED)

    @property
    def name(self) -> str:
        return self._name

    @property
    def exhaustive(self) -> bool:
        return False

    def create(self, dimension: int) -> None:
        """Make what is missing of the collection and its indexes; what is there stays."""
        collection.create(self._connection, self._name, dimension)

    def drop(self) -> None:
        """Remove the collection with all that it holds, and its aliases."""
        collection.drop(self._connection, self._name)
        self._forget()

    def close(self) -> None:
        self._workers.shutdown()
        self._connection.close()

    def upsert(self, entries: Sequence[IndexEntry], vectors: Vectors) -> None:
        """Add or replace passages; whoever searches with the level of CONSISTENCY finds them."""
        pairs = list(zip(entries, vectors, strict=True))
        try:
            for start in range(0, len(pairs), ROWS_OF_A_WRITE):
                some = pairs[start : start + ROWS_OF_A_WRITE]
                rows = [collection.row(entry, vector) for entry, vector in some]
                self._connection.call("upsert", self._name, rows, seconds=WRITE_SECONDS)
        finally:
            self._forget()

    def complete(self) -> None:
        """The server builds its indexes by itself."""

    def remove(self, ids: Sequence[int]) -> None:
        """Remove passages, those that exist."""
        try:
            for start in range(0, len(ids), IDS_OF_A_REMOVAL):
                some = list(ids[start : start + IDS_OF_A_REMOVAL])
                self._connection.call("delete", self._name, ids=some, seconds=WRITE_SECONDS)
        finally:
            self._forget()

    def nearest(self, vector: Vectors, k: int, selection: Selection) -> tuple[Ids, Scores]:
        """The ``k`` best selected passages (at most MOST_RESULTS) and their cosines."""
        query = np.asarray(vector, dtype=np.float32).reshape(-1)
        found = self._search(VECTOR, query, "IP", k, expression(selection))
        return np.array([*found], dtype=np.int64), np.array([*found.values()], dtype=np.float32)

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

        Each field is searched to a depth of a few times ``k``; whoever was found in only one of
        them is then scored in the other, too, so that no sum lacks a part.
        """
        terms = dict.fromkeys(stem(text), 1.0)
        weights: dict[str, Weights] = {BODY: terms | dict(expansions or {}), CONTEXT: terms}
        boosts = {BODY: body_boost, CONTEXT: context_boost}
        fields = [field for field, boost in boosts.items() if boost > 0]
        depth = min(LOOKED_AT_PER_HIT * k, MOST_RESULTS)
        selected = expression(selection)

        def best(field: str) -> WordScores:
            return self._word_scores(field, weights[field], depth, selected)

        found = dict(zip(fields, self._workers.map(best, fields), strict=True))
        candidates = {identifier for scores in found.values() for identifier in scores}

        def completed(field: str) -> WordScores:
            scores = found[field]
            missing = [] if len(scores) < depth else sorted(candidates.difference(scores))
            among = f"id in {missing}"
            return scores | self._word_scores(field, weights[field], len(missing), among)

        sums = dict.fromkeys(candidates, 0.0)
        for field, scores in zip(fields, self._workers.map(completed, fields), strict=True):
            for identifier, score in scores.items():
                sums[identifier] += boosts[field] * score
        return sorted(sums.items(), key=lambda hit: (-hit[1], hit[0]))[: max(k, 0)]

    @property
    def document_count(self) -> int:
        return self._frequencies.get([EVERY_PASSAGE], self._count_each)[EVERY_PASSAGE]

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages' own text each term occurs, at most SECONDS_REMEMBERED ago."""
        return self._frequencies.get(terms, self._count_each)

    def spread(self, term: str) -> dict[int, int]:
        """How many passages of each document (by its ``document_key``) have a term in their text.

        Empty for a term that more than ``SPREAD_LIMIT`` passages have.
        """
        return self._spreads.get([term], self._each(self._spread))[term]

    def knows(self, term: str) -> bool:
        """Whether a term occurs in any passage or its context (title, headings, speaker)."""
        return self._known.get([term], self._each(self._knows))[term]

    def _word_scores(self, field: str, weights: Weights, k: int, selected: str) -> WordScores:
        """The BM25 scores of the best passages in one field.

        Milvus multiplies the score of a term by how often the query repeats it, which is how terms
        of little weight are told from others.
        """
        repetitions = 1 if set(weights.values()) <= {1.0} else REPETITIONS
        counts = {term: round(weight * repetitions) for term, weight in weights.items()}
        query = " ".join(" ".join([term] * count) for term, count in counts.items() if count > 0)
        found = self._search(TERMS_OF[field], query, "BM25", k, selected) if query else {}
        # Milvus Lite gives these scores a minus sign.
        return {identifier: abs(score) / repetitions for identifier, score in found.items()}

    def _search(
        self, field: str, query: Vectors | str, metric: str, k: int, selected: str
    ) -> WordScores:
        """The best passages in one field with their scores, best first."""
        if k < 1:
            return {}
        [hits] = self._read(
            "search",
            data=[query],
            anns_field=field,
            filter=selected,
            limit=min(k, MOST_RESULTS),
            search_params={"metric_type": metric},
        )
        return dict(zip(hits.ids, hits.distances, strict=True))

    def _count_each(self, terms: Sequence[str]) -> dict[str, int]:
        return self._each(self._count)(terms)

    def _each(self, read: Callable[[str], Any]) -> Callable[[Sequence[str]], dict[str, Any]]:
        """Ask about several terms at once."""
        return lambda terms: dict(zip(terms, self._workers.map(read, terms), strict=True))

    def _count(self, term: str) -> int:
        condition = _in_body(term) if term != EVERY_PASSAGE else ""
        [counted] = self._query(condition, ["count(*)"])
        return int(counted["count(*)"])

    def _spread(self, term: str) -> dict[int, int]:
        rows = self._query(_in_body(term), ["document"], limit=SPREAD_LIMIT + 1)
        if len(rows) > SPREAD_LIMIT:
            return {}
        return dict(Counter(document_key(row["document"]) for row in rows))

    def _knows(self, term: str) -> bool:
        anywhere = " or ".join(f"TEXT_MATCH({field}, {string(term)})" for field in (BODY, CONTEXT))
        return bool(self._query(anywhere, ["id"], limit=1))

    def _query(self, condition: str, fields: list[str], **more: int) -> Any:
        return self._read("query", filter=condition, output_fields=fields, **more)

    def _read(self, method: str, **request: Any) -> Any:
        """Ask for what all that was written before makes of the answer."""
        request["consistency_level"] = CONSISTENCY
        try:
            return self._connection.call(method, self._name, **request)
        except NotLoadedError:  # Milvus Lite loads nothing when it starts, and anybody may release
            collection.load(self._connection, self._name)
            return self._connection.call(method, self._name, **request)

    def _forget(self) -> None:
        for cache in (self._frequencies, self._spreads, self._known):
            cache.clear()


def _in_body(term: str) -> str:
    return f"TEXT_MATCH({BODY}, {string(term)})"
