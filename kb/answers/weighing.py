"""How well every sentence of the passages found fits a question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.answers.counting import counted_in, counts, names_around
from kb.answers.declined import is_declined
from kb.answers.evidence import Evidence, asks
from kb.answers.padding import SHORTEST_QUOTE
from kb.answers.replies import hear, reply
from kb.claims.asked import FittingClaims
from kb.models.expansion import Neighbours
from kb.protocols import Embedder, TermStatistics
from kb.questions.answer_types import (
    asks_for_maker,
    carries,
    is_other_quantity,
    is_other_sum,
    tells_of_making,
)
from kb.questions.definitions import defines, term_asked
from kb.questions.query import Query, Wanted
from kb.questions.roles import introduces_self, role_asked, tells_own_role, tells_role, told_around
from kb.questions.utterances import stands_in
from kb.search.fusion import expansions
from kb.search.lexical import stem
from kb.storage.filters import passes
from kb.storage.store import Store
from kb.text.sentences import sentence_spans
from kb.text.words import content_words
from kb.types import Document, Filters, Hit, Passage

PASSAGES_READ = 12
PASSAGES_READ_FOR_TYPE = 20  # the thing asked for may be said in other words than the question's
FOLLOWED = 8  # of so many best passages the next one is read too: answers follow questions
CLAIMED_SHARE = 0.7  # of the best score, for passages read only because of a claim
MOST_CLAIMS_READ = 24
FOLLOWER_SHARE = 0.9  # of the score of the passage before it

COSINE_WEIGHT = 1.0
CONTEXT_COSINE_WEIGHT = 0.5
OVERLAP_WEIGHT = 0.5
CONTEXT_OVERLAP_WEIGHT = 0.3
PASSAGE_WEIGHT = 0.6
TYPE_BONUS = 0.45
MAKER_BONUS = 0.3  # "I wrote it", for who wrote it
COUNT_BONUS = 0.3  # "five people", for how many people
DEFINITION_BONUS = 0.6  # "a kettle is a thing that boils", for what a kettle is
UTTERED_BONUS = 1.0  # for who said it, just these words
ROLE_BONUS = 0.6  # "Bo Lind, who founded the shed", for who founded it
ASKED_SPEAKER_BONUS = 0.15
DECLINED_BONUS = 0.45  # as for the type asked for: it stands in its place
REPLY_BONUS = 0.3
OTHER_SUM_PENALTY = 0.6  # more than the bonuses for holding a sum
QUESTION_PENALTY = 0.35  # a question is evidence of nothing; what follows it is
EDITORIAL_PENALTY = 0.2  # introductions and outlines name what is said elsewhere
FRAGMENT_PENALTY = 0.25
TOLD_PENALTY = 0.5  # quoted in the answer to which this question follows up


@dataclass(frozen=True, slots=True)
class TermWeights:
    """How telling each term of a question is (inverse document frequency), synonyms included.

    ``unknown`` terms stand in no passage, title or heading.
    """

    own: Mapping[str, float]
    similar: Mapping[str, float]
    unknown: frozenset[str] = frozenset()

    def overlap(self, text: str) -> float:
        """Share of the question's weight that a text carries, 0 to 1."""
        total = sum(self.own.values())
        terms = set(stem(text))
        carried = sum(weight for term, weight in self.own.items() if term in terms)
        missing = total - carried
        helped = max((w for term, w in self.similar.items() if term in terms), default=0.0)
        return (carried + min(missing, helped * total)) / total if total else 0.0

    def holds_rarest(self, text: str) -> bool:
        """Whether a text has the most telling term of the question."""
        rarest = max(self.own, key=lambda term: self.own[term], default=None)
        return rarest is not None and rarest in stem(text)


def term_weights(
    topic: str, statistics: TermStatistics, neighbours: Neighbours | None
) -> TermWeights:
    """Weights of the content words of a question, by how rare they are in the store."""
    words = content_words(topic)
    terms = list(dict.fromkeys(term for word in words for term in stem(word)))
    frequency = statistics.document_frequency(terms)
    count = statistics.document_count
    own = {term: math.log(1 + (count + 1) / (frequency[term] + 1)) for term in terms}
    unknown = frozenset(t for t in terms if not frequency[t] and not statistics.knows(t))
    return TermWeights(own, expansions(words, neighbours), unknown)


def weigh(
    query: Query,
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
    store: Store,
    embedder: Embedder,
    weights: TermWeights,
    claims: FittingClaims,
    filters: Filters,
) -> list[Evidence]:
    """Every sentence of the best passages and of those that follow them, best first.

    Passages in which somebody claims what is asked for are read, too; none that the filters
    exclude, nor of whom the question rules out.
    """
    known = [hit for hit in hits if hit.passage.document_id in documents]
    read = _passages_read(known, query, store)
    read += _passages_of_claims(claims, read, documents, store)
    ruled_out = {name for person in query.excluded for name in person.names}
    read = [
        (passage, relative)
        for passage, relative in read
        if passage.speaker not in ruled_out
        and passes(filters, passage, documents[passage.document_id].date)
    ]
    spans = [
        (passage, relative, span)
        for passage, relative in read
        for span in sentence_spans(
            documents[passage.document_id].text, passage.char_start, passage.char_end
        )
    ]
    if not spans:
        return []
    texts = [documents[p.document_id].text[start:end] for p, _, (start, end) in spans]
    vector = embedder.embed_query(query.topic)[0]
    asked = vector
    if query.focus != query.topic:
        both = vector + embedder.embed_query(query.focus)[0]
        asked = both / (np.linalg.norm(both) or 1.0)
    cosines = embedder.embed_passages(texts) @ asked
    ids = [passage.id for passage, _ in read]
    in_context = dict(zip(ids, (store.vectors_for(ids) @ vector).tolist(), strict=True))
    asked_people = {name for person in query.people for name in person.names}
    said = (
        (passage.document_id, passage.turn, text, cosine)
        for (passage, _, _), text, cosine in zip(spans, texts, cosines.tolist(), strict=True)
    )
    heard = hear(query, said, weights.overlap)
    found = []
    for (passage, relative, (start, end)), text, cosine in zip(
        spans, texts, cosines.tolist(), strict=True
    ):
        document = documents[passage.document_id]
        replied = reply(query, document, document.turns[passage.turn], start, text, heard)
        replies = replied > max(cosine, 0.0)
        likeness = replied if replies else cosine
        around = f"{passage.context}\n{passage.text}"
        declined = passage.speaker in asked_people and is_declined(query, text)
        score = (
            COSINE_WEIGHT * likeness
            + CONTEXT_COSINE_WEIGHT * in_context[passage.id]
            + OVERLAP_WEIGHT * weights.overlap(text)
            + CONTEXT_OVERLAP_WEIGHT * weights.overlap(around)
            + PASSAGE_WEIGHT * relative
            + _adjustment(query, passage, text, document.date)
            + claims.weight(document.id, start, end)
            + (DECLINED_BONUS if declined else 0.0)
            + (REPLY_BONUS if replies else 0.0)
        )
        has_type = carries(query.wanted, text, document.date) or claims.stand_in(
            document.id, start, end
        )
        if query.wanted is Wanted.MONEY and is_other_sum(query.question, text):
            has_type, score = False, score - OTHER_SUM_PENALTY
        if query.wanted is Wanted.NUMBER and is_other_quantity(query.question, text):
            has_type, score = False, score - OTHER_SUM_PENALTY
        if (role := role_asked(query)) and tells_own_role(role, query, text):
            has_type = True
        told = declined or claims.tell(document.id, start, end) or stands_in(query.uttered, text)
        has_type = declined or has_type
        found.append(
            Evidence(
                document,
                passage,
                start,
                end,
                score,
                likeness,
                has_type,
                told,
                overlap=weights.overlap(text),
                rarest=weights.holds_rarest(text),
                replies=replies,
            )
        )
    return sorted(found, key=lambda evidence: -evidence.score)


def _passages_read(hits: Sequence[Hit], query: Query, store: Store) -> list[tuple[Passage, float]]:
    """The best passages and those after them, each with its score relative to the best."""
    if not hits:
        return []
    top = max(hit.score for hit in hits) or 1.0
    depth = PASSAGES_READ if query.wanted is Wanted.ANYTHING else PASSAGES_READ_FOR_TYPE
    near = [*hits[:depth], *(h for h in hits[depth:] if _is_uttered(query, h.passage.text))]
    scores = {hit.passage.id: (hit.passage, hit.score / top) for hit in near}
    for hit in hits[:FOLLOWED]:
        sequence = store.passages_of(hit.passage.document_id)
        for follower in sequence[hit.passage.index + 1 : hit.passage.index + 2]:
            scores.setdefault(follower.id, (follower, FOLLOWER_SHARE * hit.score / top))
    return list(scores.values())


def _is_uttered(query: Query, text: str) -> bool:
    """Whether a sentence of a text holds the words whose speaker is asked for."""
    spans = sentence_spans(text) if query.uttered else []
    return any(stands_in(query.uttered, text[start:end]) for start, end in spans)


def _passages_of_claims(
    claims: FittingClaims,
    read: Sequence[tuple[Passage, float]],
    documents: Mapping[str, Document],
    store: Store,
) -> list[tuple[Passage, float]]:
    """Passages of the claims on the topic asked about that are not among those read already."""
    known = {passage.id for passage, _ in read}
    found: dict[int, Passage] = {}
    for claim in claims.of_topic()[:MOST_CLAIMS_READ]:
        if claim.document_id not in documents:
            continue
        for passage in store.passages_of(claim.document_id):
            if passage.char_start <= claim.figure_start < passage.char_end:
                found[passage.id] = passage
    return [(p, CLAIMED_SHARE) for p in found.values() if p.id not in known]


def _adjustment(query: Query, passage: Passage, text: str, said: str | None) -> float:
    """What speaks for or against a sentence besides its likeness to the question."""
    adjustment = 0.0
    if query.wanted is not Wanted.ANYTHING and carries(query.wanted, text, said):
        adjustment += TYPE_BONUS
    adjustment += _telling(query, passage, text)
    if any(passage.speaker in person.names for person in query.people):
        adjustment += ASKED_SPEAKER_BONUS
    uttered = stands_in(query.uttered, text)
    if uttered:
        adjustment += UTTERED_BONUS
    if asks(text) is not query.asking and not uttered:
        adjustment -= QUESTION_PENALTY
    if passage.kind == "editorial":
        adjustment -= EDITORIAL_PENALTY
    if text in query.told:
        adjustment -= TOLD_PENALTY
    least = 1 if query.asking else SHORTEST_QUOTE
    words = content_words(text) if query.asking else text.split()
    if (len(words) < least and not uttered) or text.endswith(":"):
        adjustment -= FRAGMENT_PENALTY
    return adjustment


def _telling(query: Query, passage: Passage, text: str) -> float:
    """What speaks for a sentence that says just what is asked for, in whatever words."""
    adjustment = 0.0
    around = f"{passage.text} {passage.context}"
    counted = counted_in(query.question)
    named = bool(query.people) or names_around(query.question, around)
    if counted and named and counts(counted, text):
        adjustment += COUNT_BONUS
    term = term_asked(query)
    if term and defines(term, text):
        adjustment += DEFINITION_BONUS
    if query.introduced and passage.speaker in query.introduced.names and introduces_self(text):
        adjustment += ROLE_BONUS
    if role := role_asked(query):
        adjustment += ROLE_BONUS * tells_role(role, query, text, told_around(query, passage))
        if tells_own_role(role, query, text):
            adjustment += TYPE_BONUS  # in place of a name
    if asks_for_maker(query) and tells_of_making(query, text):
        adjustment += MAKER_BONUS
    return adjustment
