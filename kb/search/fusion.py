"""Hybrid retrieval: BM25 and dense search over the same passages, in one order.

The base score of a passage is its BM25 score relative to the best one plus its weighted cosine.
To it come a share of the better adjacent passage's base score and the mean of those around it,
because what is asked for is often said next to what the question's words find; and a share of the
best base scores of its document, because a document that speaks of the matter often does so again.
A query for a whole discussion gets a wider mean, too.

A document that says one thing over and over raises itself by all of this. Of passages of one
document that say nearly the same, two keep their places; when the others took them all, the rest of
the store is searched without it.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kb.models.expansion import SHORTEST_WORD, Neighbours
from kb.protocols import Embedder, PassageIndex, Vectors
from kb.questions.answer_types import asks_for_maker
from kb.questions.people import Person
from kb.questions.query import Query, Wanted
from kb.search.lexical import stem
from kb.search.repetition import distinct
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Filters, Hit, Passage, Selection

DEPTH = 250
NEAREST = 5  # passages nearest in meaning that are shown beside those ranked highest
SCORED = 2_000  # cosines taken from an exhaustive index, which computes all of them anyway
CONTEXT_BOOST = 0.6
DENSE_WEIGHT = 2.0
ADJACENT_WEIGHT = 0.6
AROUND_WEIGHT = 0.5
REACH = 3  # passages on either side
REACH_WIDTH = 2.0  # standard deviation of the Gaussian, in passages
BROAD_WEIGHT = 2.0
BROAD_REACH = 12
BROAD_WIDTH = 5.0
DOCUMENT_WEIGHT = 0.5
BROAD_DOCUMENT_WEIGHT = 2.0
MOST_CROWDING = 3  # times that the rest of the store is searched
DOCUMENT_BEST = 3  # passages whose mean stands for their document
DOCUMENT_BONUS = 0.25
SPEAKER_BONUS = 0.1
GENRE_BONUS = 0.4
HINT_WEIGHT = 0.2
EXPANSION_FLOOR = 0.4  # a neighbour of similarity s weighs s - EXPANSION_FLOOR

# Words that answers of a type are given in, where the question has none of them.
HINTS = {
    Wanted.DATE: ("timeline", "median", "year", "decade"),
    Wanted.FORECAST: ("timeline", "median", "year", "decade"),
    Wanted.PERCENTAGE: ("probability", "percent", "chance", "likely"),
    Wanted.MONEY: ("dollars", "million", "billion", "cost"),
    Wanted.DURATION: ("years", "months", "weeks", "timescale"),
}

# Who made a thing tells so in another word: "I wrote a language called Coconut".
MAKER_HINTS = (
    "wrote", "made", "created", "built", "founder", "founded", "started", "invented", "author",
    "ceo",
)  # fmt: skip

Around = Sequence[tuple[int, int]]  # ids of passages near one, with their distance


def expansions(words: Iterable[str], neighbours: Neighbours | None) -> dict[str, float]:
    """Stems of near synonyms of ``words`` with the weight that a match of them has."""
    if neighbours is None:
        return {}
    words = [word for word in words if len(word) >= SHORTEST_WORD]
    own = {term for word in words for term in stem(word)}
    found: dict[str, float] = {}
    for word in words:
        for other, similarity in neighbours.of(word):
            for term in stem(other):
                if term not in own:
                    weight = similarity - EXPANSION_FLOOR
                    found[term] = max(found.get(term, 0.0), weight)
    return found


class HybridRetriever:
    """Searches one state of an index.

    What the index still holds of passages that the store has no longer is passed over.
    """

    def __init__(
        self, store: Store, index: PassageIndex, embedder: Embedder, neighbours: Neighbours | None
    ) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder
        self._neighbours = neighbours

    def search(self, query: Query, k: int, filters: Filters) -> list[Hit]:
        """The ``k`` best passages; with several people asked about, each gets an equal share."""
        return self._best(query, self._embedder.embed_query(query.topic), k, filters)

    def _best(self, query: Query, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        selection = _selection(query, filters)
        if len(query.people) >= 2:
            parts = [
                _in_own_words(
                    self._ranked(query, vector, _of_person(selection, person), (person,)), person
                )
                for person in query.people
            ]
            return _numbered(distinct(_interleaved(parts), k).hits)
        hits, crowding = self._of_pools(query, vector, selection), frozenset[str]()
        for _ in range(MOST_CROWDING):
            found = distinct(hits, k)
            if found.crowding <= crowding:
                break
            crowding |= found.crowding
            others = self._of_pools(query, vector, selection.except_for(crowding))
            hits = _merged([hits, others])
        return _numbered(found.hits)

    def results(self, query: Query, k: int, filters: Filters) -> list[Hit]:
        """What a reader is shown: passages as ranked, and those nearest in meaning, in turn.

        What answers may share no word with the question, and is never seen beside passages that
        do. For a whole discussion, or several people, the order is that of ``search``.
        """
        vector = self._embedder.embed_query(query.topic)
        ranked = self._best(query, vector, k, filters)
        if not ranked or query.broad or len(query.people) >= 2:
            return ranked
        in_turn = _interleaved([ranked, self._nearest(query, vector, filters)])
        return _numbered(distinct(in_turn, k).hits)

    def _nearest(self, query: Query, vector: Vectors, filters: Filters) -> list[Hit]:
        """The passages nearest in meaning, in documents of the person asked about if there is one.

        Their order tells their rank; they have no score of their own.
        """
        pool = _selection(query, filters)
        if query.people:
            pool = _of_person(pool, query.people[0])
        ids, _ = self._index.nearest(vector, NEAREST, pool)
        passages = self._store.passages(ids.tolist())
        excluded = {name for person in query.excluded for name in person.names}
        return [
            Hit(passages[i], math.inf, 0)
            for i in ids.tolist()
            if i in passages and passages[i].speaker not in excluded
        ]

    def _of_pools(self, query: Query, vector: Vectors, selection: Selection) -> list[Hit]:
        """Everything selected, and the documents of the person asked about once more."""
        pools = [selection]
        if query.people:
            pools.append(_of_person(selection, query.people[0]))
        return _merged([self._ranked(query, vector, pool, query.people) for pool in pools])

    def _ranked(
        self, query: Query, vector: Vectors, selection: Selection, people: Sequence[Person]
    ) -> list[Hit]:
        words = content_words(query.topic)
        matches = self._index.matching(
            " ".join(words),
            DEPTH,
            selection,
            context_boost=CONTEXT_BOOST,
            expansions=self._expansions(query, words),
        )
        depth = SCORED if self._index.exhaustive else DEPTH
        ids, cosines = self._index.nearest(vector, depth, selection)
        dense = dict(zip(ids.tolist(), cosines.tolist(), strict=True))
        found = dict.fromkeys([*ids[:DEPTH].tolist(), *(i for i, _ in matches)])
        candidates = self._store.passages([*found])
        lexical = {i: score for i, score in matches if i in candidates}
        around = self._around(candidates.values(), BROAD_REACH if query.broad else REACH)
        needed = {*candidates, *(i for beside in around.values() for i, _ in beside)}
        dense |= self._cosines(vector, [i for i in needed if i not in dense])
        best = max(lexical.values(), default=0.0) or 1.0
        base = {i: lexical.get(i, 0.0) / best + DENSE_WEIGHT * dense[i] for i in needed}
        documents = _of_documents(candidates.values(), base)
        document_weight = BROAD_DOCUMENT_WEIGHT if query.broad else DOCUMENT_WEIGHT
        hits = [
            Hit(
                passage,
                base[i]
                + _beside(around[i], base)
                + (BROAD_WEIGHT * _mean_around(around[i], base, BROAD_WIDTH) if query.broad else 0)
                + document_weight * documents[passage.document_id]
                + _bonus(query, passage, people),
                0,
            )
            for i, passage in candidates.items()
        ]
        excluded = {name for person in query.excluded for name in person.names}
        hits = [hit for hit in hits if hit.passage.speaker not in excluded]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))

    def _expansions(self, query: Query, words: Sequence[str]) -> dict[str, float]:
        typical = MAKER_HINTS if asks_for_maker(query) else HINTS.get(query.wanted, ())
        hints = {term: HINT_WEIGHT for hint in typical for term in stem(hint)}
        return hints | expansions(words, self._neighbours)

    def _around(self, passages: Collection[Passage], reach: int) -> dict[int, Around]:
        """For each passage the ids of those near it in its document, with their distance."""
        offsets = [offset for offset in range(-reach, reach + 1) if offset]
        places = [(passage.document_id, passage.index) for passage in passages]
        ids = self._store.ids_around(places, reach)
        return {
            passage.id: [
                (ids[place], abs(offset))
                for offset in offsets
                if (place := (passage.document_id, passage.index + offset)) in ids
            ]
            for passage in passages
        }

    def _cosines(self, vector: Vectors, ids: Sequence[int]) -> dict[int, float]:
        scores = self._store.vectors_for(ids) @ vector[0] if ids else np.empty(0)
        return dict(zip(ids, scores.tolist(), strict=True))


def _selection(query: Query, filters: Filters) -> Selection:
    """What the filters and the question itself restrict the search to."""
    if query.exclusive and not filters.speakers:
        filters = replace(
            filters, speakers=tuple(name for person in query.people for name in person.names)
        )
    if query.within and not filters.documents:
        filters = replace(filters, documents=query.within)
    return Selection().within(filters)


def _of_person(selection: Selection, person: Person) -> Selection:
    return selection.within(Filters(documents=person.documents))


def _in_own_words(hits: Sequence[Hit], person: Person) -> Sequence[Hit]:
    """The hits that this person says or nobody in particular; all where the person says none.

    Words of somebody else in the same conversation are not quoted for this side of a comparison.
    """
    spoken = any(hit.passage.speaker in person.names for hit in hits)
    own = (*person.names, None)
    return [hit for hit in hits if hit.passage.speaker in own] if spoken else hits


def _beside(around: Around, base: Mapping[int, float]) -> float:
    adjacent = max((base[i] for i, distance in around if distance == 1), default=0.0)
    near = [(i, distance) for i, distance in around if distance <= REACH]
    return ADJACENT_WEIGHT * adjacent + AROUND_WEIGHT * _mean_around(near, base, REACH_WIDTH)


def _mean_around(around: Around, base: Mapping[int, float], width: float) -> float:
    """Mean base score of the passages around one, weighed by a Gaussian of their distance."""
    weights = [math.exp(-((distance / width) ** 2) / 2) for _, distance in around]
    total = sum(w * base[i] for w, (i, _) in zip(weights, around, strict=True))
    return total / sum(weights) if around else 0.0


def _of_documents(passages: Iterable[Passage], base: Mapping[int, float]) -> dict[str, float]:
    """For each document the mean of its best base scores."""
    scores: dict[str, list[float]] = {}
    for passage in passages:
        scores.setdefault(passage.document_id, []).append(base[passage.id])
    return {
        document: sum(heapq.nlargest(DOCUMENT_BEST, found)) / min(DOCUMENT_BEST, len(found))
        for document, found in scores.items()
    }


def _bonus(query: Query, passage: Passage, people: Sequence[Person]) -> float:
    bonus = GENRE_BONUS * (query.genre is not None and passage.kind == query.genre)
    bonus += DOCUMENT_BONUS * (passage.document_id in query.documents)
    for person in people:
        bonus += DOCUMENT_BONUS * (passage.document_id in person.documents)
        bonus += SPEAKER_BONUS * (passage.speaker in person.names)
    return bonus


def _interleaved(parts: Sequence[Sequence[Hit]]) -> list[Hit]:
    """One hit of each part in turn; scores never rise, so that sorting keeps the order."""
    merged: dict[int, Hit] = {}
    for depth in range(max(map(len, parts), default=0)):
        for part in parts:
            if depth < len(part):
                merged.setdefault(part[depth].passage.id, part[depth])
    hits, ceiling = [], float("inf")
    for hit in merged.values():
        ceiling = min(ceiling, hit.score)
        hits.append(replace(hit, score=ceiling))
    return hits


def _merged(rankings: Iterable[Sequence[Hit]]) -> list[Hit]:
    """All hits, best first; of a passage in several rankings the first one's."""
    found: dict[int, Hit] = {}
    for hits in rankings:
        for hit in hits:
            found.setdefault(hit.passage.id, hit)
    return sorted(found.values(), key=lambda hit: -hit.score)


def _numbered(hits: Sequence[Hit]) -> list[Hit]:
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, start=1)]
