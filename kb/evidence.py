"""Sentences worth quoting: from the passages found to a few verbatim quotes.

A quote is always a span of whole sentences of one turn of a document's text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.answer_types import carries
from kb.claims.asked import FittingClaims
from kb.expansion import Neighbours
from kb.filters import passes
from kb.fusion import expansions
from kb.lexical import stem
from kb.people import Person
from kb.protocols import Embedder, TermStatistics
from kb.query import Kind, Query, Wanted
from kb.repetition import alike
from kb.sentences import Span, length_in_words, sentence_spans
from kb.store import Store
from kb.types import Document, Filters, Hit, Passage
from kb.words import content_words

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
ASKED_SPEAKER_BONUS = 0.15
QUESTION_PENALTY = 0.35  # a question is evidence of nothing; what follows it is
EDITORIAL_PENALTY = 0.2  # introductions and outlines name what is said elsewhere
FRAGMENT_PENALTY = 0.25
TOLD_PENALTY = 0.5  # quoted in the answer to which this question follows up

SHORTEST_QUOTE = 6  # words; a shorter one takes the sentence after it along
LONGEST_QUOTE = 70  # words
LONGEST_CONTINUED = 90  # words of the best quote with what follows it
TYPED_SHARE = 0.8  # of the best score, from which a sentence with the thing asked for leads
LEAST_SHARE = {Kind.FACT: 0.70, Kind.EXPLANATION: 0.60, Kind.LIST: 0.60, Kind.COMPARISON: 0.60}
QUOTED_WORDS = {Kind.FACT: 62, Kind.EXPLANATION: 140, Kind.LIST: 140, Kind.COMPARISON: 140}
MOST_QUOTES = {Kind.FACT: 4, Kind.EXPLANATION: 7, Kind.LIST: 8, Kind.COMPARISON: 8}
MOST_RESTATEMENTS = 2
SAME_WORDS = 0.8  # Jaccard similarity of content words above which a quote is a restatement

_LEANS_BACK = re.compile(
    r"^[\"“'‘]*(?:(?:and|but|so|or|because|which)\b,?\s*)*(?:it|that|this|these|those|they|he|she|"
    r"his|her|their|there)(?:'s|’s|’re|'re|’d|'d|’ll|'ll)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span to quote, with the passage that it came from and how well it fits (higher: better).

    ``corrected`` when the speaker takes a figure of it back later; ``restatements`` say the same in
    nearly the same words elsewhere.
    """

    document: Document
    passage: Passage
    start: int
    end: int
    score: float
    cosine: float
    has_type: bool
    corrected: bool = False
    restatements: tuple[Evidence, ...] = ()

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def within(self, other: Evidence) -> bool:
        same = self.document.id == other.document.id
        return same and other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Evidence) -> bool:
        same = self.document.id == other.document.id
        return same and self.start < other.end and other.start < self.end


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
    exclude.
    """
    known = [hit for hit in hits if hit.passage.document_id in documents]
    read = _passages_read(known, query, store)
    read += _passages_of_claims(claims, read, documents, store)
    read = [
        (passage, relative)
        for passage, relative in read
        if passes(filters, passage, documents[passage.document_id].date)
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
        asked = (vector + embedder.embed_query(query.focus)[0]) / 2
    cosines = embedder.embed_passages(texts) @ asked
    ids = [passage.id for passage, _ in read]
    in_context = dict(zip(ids, (store.vectors_for(ids) @ vector).tolist(), strict=True))
    found = []
    for (passage, relative, (start, end)), text, cosine in zip(
        spans, texts, cosines.tolist(), strict=True
    ):
        document = documents[passage.document_id]
        around = f"{passage.context}\n{passage.text}"
        score = (
            COSINE_WEIGHT * cosine
            + CONTEXT_COSINE_WEIGHT * in_context[passage.id]
            + OVERLAP_WEIGHT * weights.overlap(text)
            + CONTEXT_OVERLAP_WEIGHT * weights.overlap(around)
            + PASSAGE_WEIGHT * relative
            + _adjustment(query, passage, text, document.date)
            + claims.weight(document.id, start, end)
        )
        has_type = carries(query.wanted, text, document.date) or claims.stand_in(
            document.id, start, end
        )
        found.append(Evidence(document, passage, start, end, score, cosine, has_type))
    return sorted(found, key=lambda evidence: -evidence.score)


def _passages_read(hits: Sequence[Hit], query: Query, store: Store) -> list[tuple[Passage, float]]:
    """The best passages and those after them, each with its score relative to the best."""
    if not hits:
        return []
    top = max(hit.score for hit in hits) or 1.0
    depth = PASSAGES_READ if query.wanted is Wanted.ANYTHING else PASSAGES_READ_FOR_TYPE
    scores = {hit.passage.id: (hit.passage, hit.score / top) for hit in hits[:depth]}
    for hit in hits[:FOLLOWED]:
        sequence = store.passages_of(hit.passage.document_id)
        for follower in sequence[hit.passage.index + 1 : hit.passage.index + 2]:
            scores.setdefault(follower.id, (follower, FOLLOWER_SHARE * hit.score / top))
    return list(scores.values())


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
    if any(person.name == passage.speaker for person in query.people):
        adjustment += ASKED_SPEAKER_BONUS
    if _asks(text):
        adjustment -= QUESTION_PENALTY
    if passage.kind == "editorial":
        adjustment -= EDITORIAL_PENALTY
    if text in query.told:
        adjustment -= TOLD_PENALTY
    if len(text.split()) < SHORTEST_QUOTE or text.endswith(":"):
        adjustment -= FRAGMENT_PENALTY
    return adjustment


def select(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """The quotes of an answer: good, short enough together, and not saying the same twice.

    With several people asked about, each gets an equal share; with one, only they answer.
    Questions are quoted only where nothing else is left.
    """
    weighed = [e for e in weighed if not (_asks(e.text) or _is_label(e.text))] or list(weighed)
    if query.kind is Kind.COMPARISON and len(query.people) >= 2:
        parts = [_part(query, person, weighed) for person in query.people]
        share = 1 / len(parts)
        return [evidence for part in parts for evidence in _choose(query, part, share)]
    return _choose(query, [e for e in weighed if is_answer_of(query, e)], 1.0)


def is_answer_of(query: Query, evidence: Evidence) -> bool:
    """Whether somebody who is asked about says it, or it stands in their text or names them.

    Words of somebody else must not pass as the answer of the person asked about.
    """
    if not query.people or query.inherited:
        return True
    passage = evidence.passage
    for person in query.people:
        theirs = evidence.document.id in person.documents
        if passage.kind == "comment" and query.genre != "comment":
            continue  # whoever wrote it, and whatever name stands in it
        if passage.speaker == person.name or person.name.split()[-1] in evidence.text:
            return True
        if theirs and (passage.speaker is None or passage.kind != "speech"):
            return True
    return False


def _asks(text: str) -> bool:
    return text.rstrip("\"”’'").endswith("?")


def _is_label(text: str) -> bool:
    """Whether a sentence only announces what follows: "Deep Sentientism:"."""
    return text.endswith(":") and len(text.split()) < SHORTEST_QUOTE


def _part(query: Query, person: Person, weighed: Sequence[Evidence]) -> list[Evidence]:
    """One side of a comparison: the person's own words, or what stands in their documents.

    Where somebody else who is asked about speaks in the same document, only their own words count.
    """
    others = {name for other in query.people if other != person for name in other.documents}
    theirs = [evidence for evidence in weighed if evidence.document.id in person.documents]
    if genre := [evidence for evidence in theirs if evidence.passage.kind == query.genre]:
        return genre
    if not any(evidence.passage.speaker == person.name for evidence in theirs):
        return [evidence for evidence in theirs if evidence.document.id not in others]
    return [
        evidence
        for evidence in theirs
        if evidence.passage.speaker == person.name
        or (evidence.passage.speaker is None and evidence.document.id not in others)
    ]


def _choose(query: Query, weighed: Sequence[Evidence], share: float) -> list[Evidence]:
    chosen: list[Evidence] = []
    room = QUOTED_WORDS[query.kind] * share
    most = max(1, round(MOST_QUOTES[query.kind] * share))
    least = LEAST_SHARE[query.kind] * max((e.score for e in weighed), default=0.0)
    for evidence in _typed_first(query, weighed):
        if len(chosen) == most or evidence.score < least:
            break
        quote = _standing_alone(evidence)
        words = length_in_words(quote.text)
        if chosen and words > room:
            continue
        said = next((i for i, other in enumerate(chosen) if _restates(quote, other)), None)
        if said is not None:
            chosen[said] = _restated(chosen[said], quote)
            continue
        before, chosen = chosen, _joined(chosen, quote)
        if chosen is not before:
            room -= words
    return _continued(query, chosen, room)


def _typed_first(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """The same sentences; where a date, say, is asked for, good ones that hold a date lead."""
    if query.wanted in (Wanted.ANYTHING, Wanted.PERSON) or not weighed:
        return list(weighed)
    bar = TYPED_SHARE * weighed[0].score
    return sorted(weighed, key=lambda e: not (e.has_type and e.score >= bar))


def _continued(query: Query, chosen: list[Evidence], room: float) -> list[Evidence]:
    """The room that is left goes to what follows the best quote: people go on explaining.

    A quote that holds the date, say, that was asked for is complete.
    """
    typed = query.wanted not in (Wanted.ANYTHING, Wanted.PERSON)
    if not chosen or (typed and chosen[0].has_type):
        return chosen
    best, *others = chosen
    text, turn = best.document.text, best.document.turns[best.passage.turn]
    for start, end in sentence_spans(text, best.end, turn.char_end):
        longer = _moved(best, best.start, end)
        room -= length_in_words(text[start:end])
        if room < 0 or length_in_words(longer.text) > LONGEST_CONTINUED:
            break
        if "\n\n" in longer.text or any(longer.overlaps(other) for other in others):
            break
        best = longer
    return [best, *others]


def _standing_alone(evidence: Evidence) -> Evidence:
    """Take the sentence before a leading "it" or "that", and the one after a mere fragment."""
    text = evidence.document.text
    turn = evidence.document.turns[evidence.passage.turn]
    sentences = sentence_spans(text, turn.char_start, turn.char_end)
    position = next(
        (i for i, span in enumerate(sentences) if span[0] <= evidence.start < span[1]), None
    )
    if position is None:
        return evidence
    start, end = evidence.start, evidence.end
    if position and _LEANS_BACK.search(text[start:end]):
        start = _extended(text, (sentences[position - 1][0], end), (start, end))[0]
    if len(text[start:end].split()) < SHORTEST_QUOTE and position + 1 < len(sentences):
        end = _extended(text, (start, sentences[position + 1][1]), (start, end))[1]
    return _moved(evidence, start, end)


def _extended(text: str, wider: Span, span: Span) -> Span:
    """The wider span unless it is too long or crosses a paragraph."""
    candidate = text[wider[0] : wider[1]]
    fits = length_in_words(candidate) <= LONGEST_QUOTE and "\n\n" not in candidate
    return wider if fits else span


def _joined(chosen: list[Evidence], quote: Evidence) -> list[Evidence]:
    """Append a quote, or grow the chosen one that it touches; what overlaps is not quoted twice."""
    for other in chosen:
        if not _same(other, quote):
            continue
        text = other.document.text
        start, end = min(other.start, quote.start), max(other.end, quote.end)
        between = text[min(other.end, quote.end) : max(other.start, quote.start)]
        if not between.strip() and _extended(text, (start, end), (0, 0)) == (start, end):
            grown = _moved(other, start, end)
            kept = [e for e in chosen if e is other or not e.within(grown)]
            return [grown if e is other else e for e in kept]
        if quote.start < other.end and other.start < quote.end:
            return chosen
    return [*chosen, quote]


def _same(one: Evidence, other: Evidence) -> bool:
    return (one.document.id, one.passage.turn) == (other.document.id, other.passage.turn)


def _moved(evidence: Evidence, start: int, end: int) -> Evidence:
    return replace(evidence, start=start, end=end)


def _restated(evidence: Evidence, again: Evidence) -> Evidence:
    """The quote with one more place that says the same; an overlapping one is not another."""
    overlaps = any(other.overlaps(again) for other in (evidence, *evidence.restatements))
    if overlaps or len(evidence.restatements) == MOST_RESTATEMENTS:
        return evidence
    return replace(evidence, restatements=(*evidence.restatements, again))


def _restates(quote: Evidence, other: Evidence) -> bool:
    mine, theirs = frozenset(content_words(quote.text)), frozenset(content_words(other.text))
    if quote.document.id == other.document.id and alike(mine, theirs):
        return True
    return len(mine & theirs) >= SAME_WORDS * len(mine | theirs)
