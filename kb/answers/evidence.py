"""Sentences worth quoting: of those that were weighed, a few verbatim quotes.

A quote is always a span of whole sentences of one turn of a document's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.answers.answerers import is_answer_of, last_name, tells_of
from kb.answers.enumerations import announced, lists_within, points_around
from kb.answers.padding import (
    SHORTEST_QUOTE,
    UNTYPED,
    breaks_off,
    is_aside,
    is_elsewhere,
    is_label,
    is_of_other_type,
    is_of_the_head,
    is_of_the_host,
    leads_on,
    says_little,
    says_nothing,
)
from kb.answers.repairs import begin_of_stand, end_of_repair
from kb.questions.answer_types import carries
from kb.questions.people import Person
from kb.questions.query import Kind, Query, Wanted
from kb.questions.utterances import stands_in
from kb.search.repetition import alike
from kb.text.sentences import Span, length_in_words, sentence_spans
from kb.text.words import content_words
from kb.types import Document, Passage

LONGEST_QUOTE = 70  # words
LONGEST_SENTENCE = 160  # words; what is longer is mostly captions without punctuation
LONGEST_CONTINUED = 90  # words of the best quote with what follows it
TYPED_SHARE = 0.8  # of the best score, from which a sentence with the thing asked for leads
LEAST_SHARE = {Kind.FACT: 0.70, Kind.EXPLANATION: 0.60, Kind.LIST: 0.60, Kind.COMPARISON: 0.60}
QUOTED_WORDS = {Kind.FACT: 62, Kind.EXPLANATION: 200, Kind.LIST: 200, Kind.COMPARISON: 200}
MOST_QUOTES = {Kind.FACT: 4, Kind.EXPLANATION: 7, Kind.LIST: 8, Kind.COMPARISON: 8}
MOST_RESTATEMENTS = 2
ENUMERATIONS_LOOKED_FOR = 3  # best quotes, which may lead to an enumeration
NAMED_DOCUMENT_SHARE = 0.8  # of the best score, from which only the document asked about answers
FARTHEST_NAME = 3  # sentences before one that answers "who" with a pronoun
LONGEST_BARE_QUESTION = 2  # words
SAME_WORDS = 0.8  # Jaccard similarity of content words above which a quote is a restatement

_LEANS_BACK = re.compile(
    r"^[\"“'‘]*(?:(?:and|but|so|or|because|which)\b,?\s*)*(?:it|that|this|these|those|they|he|she|"
    r"his|her|their|there)(?:'s|’s|’re|'re|’d|'d|’ll|'ll)?\b",
    re.IGNORECASE,
)
_PUTS_A_QUESTION = re.compile(
    r"\bI\b(?:[’'][a-z]+)?(?: [\w’']+){0,5}? (?:ask|wonder)(?:ing)?\b|\bmy (?:\w+ )?question\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"^\W*(?:(?:[Aa]nd|[Bb]ut|[Ss]o|[Ww]ell|[Nn]o|[Yy]es),?\s+)*I\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span to quote, with the passage that it came from and how well it fits (higher: better).

    ``claimed`` when somebody who is asked claims just what is asked for in it; ``corrected`` when
    the speaker takes a figure of it back later; ``overlap`` is the share of the question's words
    that it carries, ``rarest`` whether the most telling one is among them; ``restatements`` say the
    same in nearly the same words elsewhere; ``replies`` when it answers a question of the talk that
    resembles the one asked, and holds little of it itself.
    """

    document: Document
    passage: Passage
    start: int
    end: int
    score: float
    cosine: float
    has_type: bool
    claimed: bool = False
    corrected: bool = False
    overlap: float = 0.0
    rarest: bool = False
    replies: bool = False
    restatements: tuple[Evidence, ...] = ()

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    def within(self, other: Evidence) -> bool:
        same = self.document.id == other.document.id
        return same and other.start <= self.start and self.end <= other.end

    def is_beside(self, other: Evidence) -> bool:
        """Whether both stand in one turn."""
        return (self.document.id, self.passage.turn) == (other.document.id, other.passage.turn)

    def overlaps(self, other: Evidence) -> bool:
        same = self.document.id == other.document.id
        return same and self.start < other.end and other.start < self.end


def select(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """The quotes of an answer: good, short enough together, and not saying the same twice.

    With several people asked about, each gets an equal share; with one, only they answer. So does
    a document that the question names. Questions are quoted only where nothing else is left.
    """
    weighed = _of_its_kind(query, weighed)
    weighed = _of_named_documents(query, weighed)
    if query.kind is Kind.COMPARISON and len(query.people) + bool(query.told_of) >= 2:
        parts = [_part(query, person, weighed) for person in query.people]
        if query.told_of:
            near = [evidence for evidence in weighed if tells_of(query.told_of, evidence)]
            named = last_name(query.told_of)
            told = [e for e in near if named.search(e.text) or not _MINE.match(e.text)]
            parts = [[e for e in part if e not in told] for part in parts] + [told]
        share = 1 / len(parts)
        return [evidence for part in parts for evidence in _choose(query, part, share)]
    return _choose(query, [e for e in weighed if is_answer_of(query, e)], 1.0)


def _of_its_kind(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """What may answer: statements, or the questions where it is asked who asked, or what."""
    if query.asking:
        return [e for e in weighed if asks(e.text) or _PUTS_A_QUESTION.search(e.text)]
    weighed = [e for e in weighed if not is_of_the_head(query, e)]
    uttered = [e for e in weighed if stands_in(query.uttered, e.text)]
    stated = [e for e in weighed if not (asks(e.text) or is_label(e.text) or leads_on(e))]
    return uttered or stated or list(weighed)


def _of_named_documents(query: Query, weighed: list[Evidence]) -> list[Evidence]:
    """What stands in the documents that a question names, where that fits nearly as well.

    Where another document speaks of what is named, it may answer, too.
    """
    named = frozenset(content_words(query.subject)).difference(content_words(query.topic))
    theirs = [evidence for evidence in weighed if evidence.document.id in query.documents]
    if query.people or not theirs:
        return weighed
    best, their_best = (max(e.score for e in found) for found in (weighed, theirs))
    if their_best < NAMED_DOCUMENT_SHARE * best:
        return weighed
    return [
        evidence
        for evidence in weighed
        if evidence.document.id in query.documents
        or named.intersection(content_words(evidence.passage.text))
    ]


def asks(text: str) -> bool:
    """Whether a sentence is a question."""
    return text.rstrip("\"”’' …").endswith("?")


def _part(query: Query, person: Person, weighed: Sequence[Evidence]) -> list[Evidence]:
    """One side of a comparison: the person's own words, or what stands in their documents.

    Where somebody else who is asked about speaks in the same document, only their own words count;
    so they do where they ask the questions, and nobody knows who speaks.
    """
    others = {name for other in query.people if other != person for name in other.documents}
    theirs = [evidence for evidence in weighed if evidence.document.id in person.documents]
    if genre := [evidence for evidence in theirs if evidence.passage.kind == query.genre]:
        return genre
    if not any(evidence.passage.speaker in person.names for evidence in theirs):
        return [evidence for evidence in theirs if evidence.document.id not in others]
    hosted = {e.document.id for e in theirs if _is_host(person, e.document)}
    return [
        evidence
        for evidence in theirs
        if evidence.passage.speaker in person.names
        or (evidence.passage.speaker is None and evidence.document.id not in others | hosted)
    ]


def _is_host(person: Person, document: Document) -> bool:
    return any(who.role == "host" and who.name in person.names for who in document.speakers)


def _choose(query: Query, weighed: Sequence[Evidence], share: float) -> list[Evidence]:
    chosen: list[Evidence] = []
    room = QUOTED_WORDS[query.kind] * share
    most = max(1, round(MOST_QUOTES[query.kind] * share))
    least = LEAST_SHARE[query.kind] * max((e.score for e in weighed), default=0.0)
    for evidence in _typed_first(query, weighed):
        if len(chosen) >= most or evidence.score < least:
            break
        if is_of_other_type(query, evidence, chosen) or is_elsewhere(query, evidence, chosen):
            continue
        quote = standing_alone(evidence, query.wanted)
        if says_nothing(query, quote) or is_of_the_host(query, quote, chosen):
            continue
        if says_little(query, quote, chosen) or is_aside(query, quote, chosen):
            most -= 1  # or what fits worse would take its place
            continue
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
    if query.kind is Kind.LIST and chosen and lists_within(chosen[0].text):
        return chosen[:1]  # its neighbours are no further items
    if points := _points(query, chosen):
        return _with_points(chosen, points)
    return _continued(query, chosen, room)


def _points(query: Query, chosen: Sequence[Evidence]) -> list[Evidence]:
    """The points of an enumeration that a good quote announces or belongs to.

    A quote with the date, say, that was asked for is complete.
    """
    if query.wanted is not Wanted.ANYTHING or any(quote.claimed for quote in chosen):
        return []
    looked_for = 1 if query.kind is Kind.COMPARISON else ENUMERATIONS_LOOKED_FOR
    for quote in chosen[:looked_for]:
        if points := points_around(quote.document, quote.passage.turn, (quote.start, quote.end)):
            return [
                replace(
                    quote,
                    passage=replace(quote.passage, turn=point.turn),
                    start=point.start,
                    end=point.end,
                    restatements=(),
                )
                for point in points
            ]
    return []


def _with_points(chosen: Sequence[Evidence], points: Sequence[Evidence]) -> list[Evidence]:
    """What leads up to the points, the points in order, and other quotes that there is room for."""
    kept = [e for e in chosen if not any(e.within(point) for point in points)]
    counting = [e for e in kept if any(e.overlaps(point) for point in points)]
    new = [point for point in points if not any(point.overlaps(quote) for quote in counting)]
    others = [e for e in kept if e not in counting]
    lead = None
    if not any(announced(e.text) is not None for e in counting or points):
        beside = [e for e in others if any(e.is_beside(point) for point in points)]
        lead = next((e for e in beside if announced(e.text) is not None), next(iter(beside), None))
    together = [*([lead] if lead else []), *sorted((*counting, *new), key=lambda e: e.start)]
    room = QUOTED_WORDS[Kind.LIST] - sum(length_in_words(e.text) for e in together)
    for quote in others:
        words = length_in_words(quote.text)
        if quote is not lead and words <= room and len(together) < MOST_QUOTES[Kind.LIST]:
            together.append(quote)
            room -= words
    return together


def _typed_first(query: Query, weighed: Sequence[Evidence]) -> list[Evidence]:
    """The same sentences; where a date, say, is asked for, good ones that hold a date lead."""
    if query.wanted in UNTYPED or not weighed:
        return list(weighed)
    bar = TYPED_SHARE * weighed[0].score
    return sorted(weighed, key=lambda e: not (e.has_type and e.score >= bar))


def _continued(query: Query, chosen: list[Evidence], room: float) -> list[Evidence]:
    """The room that is left goes to what follows the best quote: people go on explaining.

    A quote that holds the date, say, that was asked for is complete.
    """
    typed = query.wanted not in UNTYPED
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


def standing_alone(evidence: Evidence, wanted: Wanted) -> Evidence:
    """Take the sentence before a leading "it" or "that", and the one after a mere fragment.

    Where a person is asked for, the quote begins with who is meant; what is taken back at once is
    not quoted without that.
    """
    text = evidence.document.text
    turn = evidence.document.turns[evidence.passage.turn]
    sentences = sentence_spans(text, turn.char_start, turn.char_end)
    position = next(
        (i for i, span in enumerate(sentences) if span[0] <= evidence.start < span[1]), None
    )
    if position is None:
        return evidence
    start, end = _whole(text, sentences[position], (evidence.start, evidence.end))
    if evidence.replies:
        start = sentences[0][0]
    elif position and (_LEANS_BACK.search(text[start:end]) or _is_short_question(text[start:end])):
        start = _extended(text, (sentences[position - 1][0], end), (start, end))[0]
    if wanted is Wanted.PERSON:
        start = _from_name(text, sentences[: position + 1], (start, end))
    start = begin_of_stand(text, sentences, (start, end))
    end = end_of_repair(text, sentences, (start, end))
    unfinished = len(text[start:end].split()) < SHORTEST_QUOTE or breaks_off(text[start:end])
    if unfinished and position + 1 < len(sentences):
        end = _extended(text, (start, sentences[position + 1][1]), (start, end))[1]
    return _moved(evidence, start, end)


def _is_short_question(text: str) -> bool:
    """Whether it asks of what was said before it: "You left the mill. Why?"."""
    return asks(text) and len(text.split()) <= LONGEST_BARE_QUESTION


def _whole(text: str, sentence: Span, part: Span) -> Span:
    """All of a sentence of which a part was found: its end may take back what it begins with."""
    fits = length_in_words(text[slice(*sentence)]) <= LONGEST_SENTENCE
    within = sentence[0] <= part[0] and part[1] <= sentence[1]
    return sentence if fits and within else part


def _from_name(text: str, sentences: Sequence[Span], span: Span) -> int:
    """Where a quote begins so that it names whom it speaks of; where it did, if nobody is near."""
    start, end = span
    for earlier, _ in reversed([s for s in sentences if s[0] <= start][-FARTHEST_NAME - 1 :]):
        wide, _ = _extended(text, (earlier, end), span)
        if carries(Wanted.PERSON, text[wide:end]):
            return wide
    return start


def _extended(text: str, wider: Span, span: Span) -> Span:
    """The wider span unless it is too long or crosses a paragraph."""
    candidate = text[wider[0] : wider[1]]
    fits = length_in_words(candidate) <= LONGEST_QUOTE and "\n\n" not in candidate
    return wider if fits else span


def _joined(chosen: list[Evidence], quote: Evidence) -> list[Evidence]:
    """Append a quote, or grow the chosen one that it touches; what overlaps is not quoted twice."""
    for other in chosen:
        if not other.is_beside(quote):
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
