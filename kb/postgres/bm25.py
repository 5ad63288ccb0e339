"""Passages by their words: BM25, as tantivy computes it, over postings that PostgreSQL keeps.

The postings of a term in a document are one value, so that a search reads few rows; scores are
computed here, since PostgreSQL would take longer for its rows than for reading them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.postgres.selections import IDS, Selected, listed
from kb.protocols import Ids, LexicalHits
from kb.search.lexical import SPREAD_LIMIT, document_key, stem
from kb.storage.relational import Connection, RelationalDatabase
from kb.types import Passage

SATURATION = 1.2  # k1
LENGTH_WEIGHT = 0.75  # b
FEW = 2_000  # selected passages that are told apart here
POSTING = np.dtype(
    [
        ("passage", "<i8"),
        ("body", "u1"),
        ("context", "u1"),
        ("body_length", "u1"),
        ("context_length", "u1"),
    ]
)
FIELDS = ("body", "context")
LARGEST_COUNT = 255

Postings = npt.NDArray[np.void]
Weights = dict[tuple[str, str], float]  # of a term in a field


def _lengths() -> npt.NDArray[np.int64]:
    """The lengths that one byte tells apart, as in tantivy: exact to 40, then ever wider steps."""
    steps = [step if step < 8 else (8 + step % 8) << (step // 8 - 1) for step in range(256 - 24)]
    return np.array([*range(24), *(24 + step for step in steps)], dtype=np.int64)


LENGTHS = _lengths()


@dataclass(frozen=True, slots=True)
class Totals:
    """How many passages there are, and how many words in each field."""

    passages: int
    body: int
    context: int


class WordTables:
    """Three tables: postings by term and document, lengths by passage, and the totals."""

    def __init__(self, number: int) -> None:
        self._terms = f"passage_terms_{number}"
        self._lengths = f"passage_lengths_{number}"
        self._totals = f"passage_totals_{number}"

    def create(self, connection: Connection) -> None:
        connection.execute(
            f'CREATE TABLE IF NOT EXISTS {self._terms} (term text COLLATE "C", document bigint, '
            "in_body integer NOT NULL, in_context integer NOT NULL, postings bytea NOT NULL, "
            "PRIMARY KEY (term, document) INCLUDE (in_body, in_context))"
        )
        connection.execute(
            f"CREATE INDEX IF NOT EXISTS {self._terms}_document ON {self._terms} (document)"
        )
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {self._lengths} (passage_id bigint PRIMARY KEY, "
            "document bigint NOT NULL, body integer NOT NULL, context integer NOT NULL)"
        )
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {self._totals} "
            "(passages bigint NOT NULL, body bigint NOT NULL, context bigint NOT NULL)"
        )
        connection.execute(
            f"INSERT INTO {self._totals} SELECT 0, 0, 0 "
            f"WHERE NOT EXISTS (SELECT FROM {self._totals})"
        )

    def drop(self, connection: Connection) -> None:
        connection.execute(f"DROP TABLE IF EXISTS {self._terms}, {self._lengths}, {self._totals}")

    # --- writing ----------------------------------------------------------------------------------

    def replace(
        self,
        database: RelationalDatabase,
        connection: Connection,
        removed: Sequence[int],
        added: Sequence[Passage],
    ) -> None:
        """Passages out by their ids, then passages in; the documents of both are written anew."""
        gone = connection.execute(
            f"DELETE FROM {self._lengths} WHERE passage_id = ANY({IDS}) "
            "RETURNING document, body, context",
            (listed(removed),),
        ).fetchall()
        counted = [_Counted.of(passage) for passage in added]
        changed = {row[0] for row in gone} | {one.document for one in counted}
        kept = self._taken_out(connection, changed, np.array(removed, dtype=np.int64))
        rows = _rows(kept, counted)
        database.insert(connection, self._terms, rows)
        database.insert(connection, self._lengths, (one.row for one in counted))
        body = sum(one.row[2] for one in counted) - sum(row[1] for row in gone)
        context = sum(one.row[3] for one in counted) - sum(row[2] for row in gone)
        connection.execute(
            f"UPDATE {self._totals} SET passages = passages + ?, body = body + ?, "
            "context = context + ?",
            (len(counted) - len(gone), body, context),
        )

    def _taken_out(
        self, connection: Connection, documents: Iterable[int], removed: Ids
    ) -> dict[tuple[str, int], list[Postings]]:
        """What the documents held, less the removed passages; the tables then hold none of it."""
        rows = connection.execute(
            f"DELETE FROM {self._terms} WHERE document = ANY(?) RETURNING term, document, postings",
            (list(documents),),
        )
        kept: dict[tuple[str, int], list[Postings]] = defaultdict(list)
        for term, document, packed in rows:
            postings = np.frombuffer(packed, POSTING)
            stay = postings[~np.isin(postings["passage"], removed)]
            if len(stay):
                kept[term, document].append(stay)
        return kept

    # --- reading ----------------------------------------------------------------------------------

    def totals(self, connection: Connection) -> Totals:
        query = f"SELECT passages, body, context FROM {self._totals}"
        return Totals(*connection.execute(query).fetchone())

    def document_frequency(self, connection: Connection, terms: Iterable[str]) -> dict[str, int]:
        found = dict.fromkeys(terms, 0)
        query = f"SELECT term, sum(in_body) FROM {self._terms} WHERE term = ANY(?) GROUP BY term"
        return found | dict(map(_counts, connection.execute(query, (list(found),))))

    def spread(self, connection: Connection, term: str) -> dict[int, int]:
        query = f"SELECT document, in_body FROM {self._terms} WHERE term = ? AND in_body > 0"
        found = dict(map(_counts, connection.execute(query, (term,))))
        return found if sum(found.values()) <= SPREAD_LIMIT else {}

    def knows(self, connection: Connection, term: str) -> bool:
        query = f"SELECT EXISTS (SELECT FROM {self._terms} WHERE term = ?)"
        return bool(connection.execute(query, (term,)).fetchone()[0])

    def best(
        self, connection: Connection, weights: Weights, k: int, selected: Selected | None
    ) -> LexicalHits:
        """The ``k`` best selected passages by the sum of their terms' weighted scores."""
        few = selected.few(connection, FEW) if selected else None
        documents = None if few is None else {document_key(document) for _, document in few}
        ids, scores = self._scored(connection, weights, documents)
        if few is not None:
            stay = np.isin(ids, np.array([identifier for identifier, _ in few], dtype=np.int64))
            ids, scores = ids[stay], scores[stay]
        elif selected:
            return _passing(connection, selected, ids, scores, k)
        return _best(ids, scores, k)

    def _scored(
        self, connection: Connection, weights: Weights, documents: set[int] | None
    ) -> tuple[Ids, npt.NDArray[np.float64]]:
        """All passages that have any term, in no order, and their scores."""
        totals = self.totals(connection)
        condition = "" if documents is None else f" FILTER (WHERE document = ANY({IDS}))"
        values = () if documents is None else (listed(documents),)
        query = (
            f"SELECT term, sum(in_body), sum(in_context), string_agg(postings, ''){condition} "
            f"FROM {self._terms} WHERE term = ANY(?) GROUP BY term"
        )
        terms = list({term for term, _ in weights})
        ids, scores = [np.empty(0, dtype=np.int64)], [np.empty(0)]
        for term, in_body, in_context, packed in connection.execute(query, (*values, terms)):
            postings = np.frombuffer(packed or b"", POSTING)
            of_body = weights.get((term, "body"), 0.0) * _rarity(in_body, totals.passages)
            of_context = weights.get((term, "context"), 0.0) * _rarity(in_context, totals.passages)
            score = of_body * _saturated(postings, "body", totals.body / totals.passages)
            score += of_context * _saturated(postings, "context", totals.context / totals.passages)
            ids.append(postings["passage"][score > 0])
            scores.append(score[score > 0])
        found, places = np.unique(np.concatenate(ids), return_inverse=True)
        sums = np.zeros(len(found))
        np.add.at(sums, places, np.concatenate(scores))
        return found, sums


def term_weights(
    text: str, boosts: Mapping[str, float], expansions: Mapping[str, float]
) -> Weights:
    """What each term of a text weighs in each field; a repeated term counts once."""
    weights = {(term, field): boost for term in stem(text) for field, boost in boosts.items()}
    weights |= {(term, "body"): weight * boosts["body"] for term, weight in expansions.items()}
    return {key: weight for key, weight in weights.items() if weight > 0}


@dataclass(frozen=True, slots=True)
class _Counted:
    """A passage as the tables take it; ``row`` is that of the lengths."""

    document: int
    row: tuple[int, int, int, int]
    terms: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, passage: Passage) -> _Counted:
        body, context = Counter(stem(passage.text)), Counter(stem(passage.context))
        document = document_key(passage.document_id)
        return cls(
            document,
            (passage.id, document, body.total(), context.total()),
            {term: (body[term], context[term]) for term in body.keys() | context.keys()},
        )


def _rows(
    kept: Mapping[tuple[str, int], list[Postings]], counted: Iterable[_Counted]
) -> Iterator[tuple[str, int, int, int, bytes]]:
    """Rows of postings: those that were kept with those that are new."""
    new: dict[tuple[str, int], list[tuple[int, ...]]] = defaultdict(list)
    for one in counted:
        identifier, _, *lengths = one.row
        codes = np.searchsorted(LENGTHS, lengths, side="right") - 1
        for term, counts in one.terms.items():
            capped = (min(count, LARGEST_COUNT) for count in counts)
            new[term, one.document].append((identifier, *capped, *codes.tolist()))
    for key in kept.keys() | new.keys():
        postings = np.concatenate([*kept.get(key, ()), np.array(new.get(key, []), POSTING)])
        in_body, in_context = (int(np.count_nonzero(postings[field])) for field in FIELDS)
        yield *key, in_body, in_context, postings.tobytes()


def _rarity(frequency: int, passages: int) -> float:
    """The inverse document frequency, with what every score is multiplied by."""
    frequency = int(frequency)
    return math.log1p((passages - frequency + 0.5) / (frequency + 0.5)) * (1 + SATURATION)


def _saturated(postings: Postings, field: str, mean_length: float) -> npt.NDArray[np.float64]:
    """How much of a term's weight each passage gets, from 0 to 1."""
    relative = LENGTHS / max(mean_length, 1e-9)
    damping = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * relative)
    counts = postings[field].astype(np.float64)
    share: npt.NDArray[np.float64] = counts / (counts + damping[postings[f"{field}_length"]])
    return share


def _best(ids: Ids, scores: npt.NDArray[np.float64], k: int) -> LexicalHits:
    if len(ids) > k:
        high = scores >= np.partition(scores, -k)[-k]
        ids, scores = ids[high], scores[high]
    order = np.lexsort((ids, -scores))[:k]
    return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))


def _passing(
    connection: Connection,
    selected: Selected,
    ids: Ids,
    scores: npt.NDArray[np.float64],
    k: int,
) -> LexicalHits:
    """Ask ever further down until ``k`` selected passages are found or there are no more."""
    order = np.lexsort((ids, -scores))
    hits: LexicalHits = []
    start, size = 0, 4 * k
    while start < len(order) and len(hits) < k:
        some = order[start : start + size]
        passing = selected.among(connection, ids[some].tolist())
        pairs = zip(ids[some].tolist(), scores[some].tolist(), strict=True)
        hits += [hit for hit in pairs if hit[0] in passing]
        start, size = start + size, 2 * size
    return hits[:k]


def _counts(row: tuple[Any, Any]) -> tuple[Any, int]:
    return row[0], int(row[1])
