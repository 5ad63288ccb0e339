"""The pipeline of a question: query, retrieval, evidence, quotes, a checked sentence, an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.answers.abstention import matter_of, support, who_tell_the_role
from kb.answers.affiliations import names_something, put_to_its_people
from kb.answers.changes import (
    asks_for_changes,
    asks_who_changed,
    changes,
    names_a_matter,
    who_changed,
)
from kb.answers.compose import ABSTENTION, NO_TRANSCRIPTS, quotes_of, sentences_of, text_of
from kb.answers.corrections import with_corrections
from kb.answers.disagreements import (
    asks_for_disagreements,
    disagreements,
    without_differences,
)
from kb.answers.evidence import Evidence, select
from kb.answers.replies import asks_yes_or_no, is_to_another
from kb.answers.reread import reread
from kb.answers.rewrite import summary_sentence
from kb.answers.sides import of_the_side
from kb.answers.still_held import answering
from kb.answers.stopwatch import Stopwatch
from kb.answers.survey import led_by, survey_of, surveyed
from kb.answers.talk_dates import asks_for_talk_date, asks_which_talk, talk_dates
from kb.answers.unmatched import unmatched
from kb.answers.verify import Verdict
from kb.answers.weighing import MOST_CLAIMS_READ, TermWeights, term_weights, weigh
from kb.claims.asked import FittingClaims, kinds_asked_for
from kb.errors import ModelUnavailable, TooLarge
from kb.models.expansion import Neighbours
from kb.protocols import Embedder, Generator, Reader, TermStatistics
from kb.questions.query import Kind, Query, Wanted
from kb.questions.roles import role_asked
from kb.questions.small_talk import is_small_talk
from kb.questions.strangers import deed_asked
from kb.search.fusion import HybridRetriever
from kb.storage.store import Store
from kb.text.sentences import length_in_words
from kb.types import Answer, AnswerSentence, Filters, Quote

AskMode = Literal["auto", "extractive", "llm"]
AnswerEvent = Quote | str | Answer

RETRIEVED = 30
RETRIEVED_FOR_WORDS = 100  # that may hold what somebody is asked to have said, figures otherwise
LONGEST_SUMMARIZED = 45  # words quoted; to more of them a sentence of the model adds only length
MOST_LISTED = 30  # people whose figures are quoted
NEAREST = 3  # passages shown when the transcripts do not say


@dataclass(frozen=True, slots=True)
class Parts:
    """What a question is answered with."""

    store: Store
    retriever: HybridRetriever
    statistics: TermStatistics
    embedder: Embedder
    neighbours: Neighbours | None
    generator: Generator | None
    reader: Reader | None = None


def answer(
    query: Query, filters: Filters, mode: AskMode, parts: Parts, first: int = 1
) -> Iterator[AnswerEvent]:
    """The quotes, numbered from ``first``, the text piece by piece, then the whole Answer.

    The quoted sentences come at once; a sentence of the language model follows them if it passes
    the gate, so nobody waits for it.

    With ``mode="llm"``, raises ModelUnavailable when no language model can be used.
    """
    watch = Stopwatch()
    if is_small_talk(query.typed):
        yield from _silent(query, [], parts, watch)
        return
    if told := unmatched(filters, parts.store):
        yield from _silent(query, [], parts, watch, told)
        return
    filters = _narrowed(query, filters)
    if role_asked(query) and not query.people:  # of a thing, whichever documents it names
        query = replace(query, topic=query.subject, focus=query.subject)
    survey = survey_of(query)
    figures = surveyed(survey, filters, parts.store) if survey else []
    listed = _opposed(query, filters, parts.store)
    subject = ""
    if survey and not survey.holders and not listed:
        listed, subject = figures, survey.subject
    watch.lap("claims")
    if listed:
        _demand_model(mode, parts.generator)
        yield from _as_list(query, listed, subject, watch, first)
        return
    if told := _unopposed(query):
        yield from _silent(query, [], parts, watch, told)
        return
    if survey and (survey.is_bounded or (survey.extreme and not survey.holders)) and not figures:
        yield from _silent(query, surveyed(survey.unbounded, filters, parts.store), parts, watch)
        return
    exact = survey and not survey.bare and not (figures and query.broad)
    if survey and exact and query.wanted in (Wanted.ANYTHING, Wanted.PERSON):
        query = replace(query, wanted=survey.wanted)
    found = _find_or_ask_its_people(query, filters, figures, parts, watch)
    if not found.suffices and survey and survey.holders and not survey.bare:
        worded = replace(query, topic=survey.words, subject=survey.words, focus=survey.words)
        again = _find(worded, filters, figures, parts, watch)
        found = again if again.suffices else found
    if not found.suffices:
        yield from _silent(query, found.weighed, parts, watch)
        return
    chosen = found.chosen
    quotes = quotes_of(chosen, first)
    yield from quotes
    itemized = query.kind is Kind.LIST
    sentences = sentences_of(chosen, quotes, itemized=itemized)
    text = "\n\n".join([text_of(sentences, itemized=itemized), *missing(query, quotes)])
    yield from _pieces(text)
    summary, verdict = _summary(query, quotes, mode, parts)
    watch.lap("generation")
    if summary:
        sentences.append(summary)
        yield from _pieces(f"\n\n{summary.text}")
        text = f"{text}\n\n{summary.text}"
    yield Answer(
        question=query.typed,
        answer=text,
        abstained=False,
        sentences=tuple(sentences),
        citations=tuple(quotes),
        mode="generated" if summary else "extractive",
        model=parts.generator.model_id if summary and parts.generator else None,
        timings_ms=watch.total(),
        gate=verdict.summary if verdict else None,
    )


def _narrowed(query: Query, filters: Filters) -> Filters:
    """The filters with the documents that the question itself is restricted to."""
    if filters.documents:
        return filters
    if query.within:
        return replace(filters, documents=query.within)
    return replace(filters, documents=_documents_of(query)) if asks_yes_or_no(query) else filters


@dataclass(frozen=True, slots=True)
class _Found:
    """The sentences weighed for a question, best first, those to quote, and whether they answer.

    ``documents`` are the ids of those that the search found.
    """

    weighed: list[Evidence]
    chosen: list[Evidence]
    suffices: bool
    documents: frozenset[str]


def _find(
    query: Query, filters: Filters, figures: Sequence[Evidence], parts: Parts, watch: Stopwatch
) -> _Found:
    """Search for what answers a question; quotes of ``figures`` that are known lead it."""
    weights = term_weights(query.topic, parts.statistics, parts.neighbours)
    found, documents = _weighed(query, filters, weights, parts, watch)
    weighed = led_by(figures, found, query.wanted)
    weighed = of_the_side(query, who_tell_the_role(query, weighed))
    chosen = _corrected(query, select(query, weighed), parts)
    own = _own_words(query, filters)
    if not chosen and own:
        theirs, documents = _weighed(query, own, weights, parts, watch)
        weighed, chosen = theirs or weighed, _corrected(query, select(query, theirs), parts)
    told = bool(chosen) and not is_to_another(query, chosen[0])
    suffices = told and _is_supported(query, weighed, weights, parts)
    return _Found(weighed, chosen, suffices, documents)


def _corrected(query: Query, chosen: Sequence[Evidence], parts: Parts) -> list[Evidence]:
    """The quotes with what corrects them."""
    documents = {evidence.document.id for evidence in chosen}
    return with_corrections(chosen, parts.store.claims_in(documents, kinds_asked_for(query)))


def _find_or_ask_its_people(
    query: Query, filters: Filters, figures: Sequence[Evidence], parts: Parts, watch: Stopwatch
) -> _Found:
    """What those who speak for what a question names say of it; else what anybody says.

    Whichever fits better; who has a role there others say by its name, so these are heard first.
    """
    found = _find(query, filters, figures, parts, watch)
    if not names_something(query):
        return found
    if found.suffices and role_asked(query):
        return found
    documents = parts.store.documents_by_id(found.documents)
    if theirs := put_to_its_people(query, documents.values()):
        naming = [d.id for d in documents.values() if theirs.speak_for in d.text]
        within = filters.documents or (*_documents_of(theirs), *naming)
        asked = replace(filters, documents=within)
        answered = _find(theirs, asked, figures, parts, watch)
        if answered.suffices and (role_asked(query) or _fits(answered) >= _fits(found)):
            return answered
    return found


def _fits(found: _Found) -> float:
    """How well the best quote fits, or what comes nearest."""
    return max((evidence.score for evidence in found.chosen or found.weighed), default=0.0)


def _documents_of(query: Query) -> tuple[str, ...]:
    """Where those who are asked speak."""
    return tuple(dict.fromkeys(place for person in query.people for place in person.documents))


def _opposed(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """What tells of a disagreement, a change of mind or the date of a talk that is asked for."""
    if asks_for_disagreements(query):
        return disagreements(query, filters, store)
    if asks_for_changes(query):
        return changes(query, filters, store)
    if asks_who_changed(query):
        return who_changed(query, filters, store)
    return talk_dates(query, filters, store) if asks_for_talk_date(query) else []


def _unopposed(query: Query) -> str | None:
    """What to say when a question that only ``_opposed`` answers got nothing of it; else None."""
    if asks_for_disagreements(query):
        return without_differences(query)
    if asks_which_talk(query) or (asks_for_changes(query) and not names_a_matter(query)):
        return ABSTENTION
    return None


def _as_list(
    query: Query, found: Sequence[Evidence], subject: str, watch: Stopwatch, first: int
) -> Iterator[AnswerEvent]:
    """An answer of one item per quote, and where to see those beyond ``MOST_LISTED``."""
    quotes = quotes_of(found[:MOST_LISTED], first)
    yield from quotes
    sentences = sentences_of(found[:MOST_LISTED], quotes, itemized=True)
    text = text_of(sentences, itemized=True)
    if more := len(found) - len(quotes):
        text += f'\n\n{more} more are listed by: kb compare "{subject}"'
    yield from _pieces(text)
    yield _extractive(query, text, sentences, quotes, watch)


def _weighed(
    query: Query, filters: Filters, weights: TermWeights, parts: Parts, watch: Stopwatch
) -> tuple[list[Evidence], frozenset[str]]:
    """The sentences of the passages found, best first, and the documents of these passages."""
    count = RETRIEVED_FOR_WORDS if query.uttered else RETRIEVED
    hits = parts.retriever.search(query, count, filters)
    watch.lap("search")
    found_in = frozenset(hit.passage.document_id for hit in hits)
    theirs = {document for person in query.people for document in person.documents}
    claims = FittingClaims(query, parts.store.claims_in(found_in | theirs, kinds_asked_for(query)))
    claimed_in = {claim.document_id for claim in claims.of_topic()[:MOST_CLAIMS_READ]}
    documents = parts.store.documents_by_id(found_in | claimed_in)
    weighed = weigh(query, hits, documents, parts.store, parts.embedder, weights, claims, filters)
    watch.lap("evidence")
    if parts.reader is not None and weighed:
        weighed = reread(query, weighed, parts.reader)
        watch.lap("reading")
    return weighed, found_in


def _own_words(query: Query, filters: Filters) -> Filters | None:
    """To search what one person says of a matter of which others say more; None for a figure.

    Whoever has named a figure is found without: claims are read, and each type has words of its
    own. To go on looking would only find figures of something else.
    """
    figure = query.wanted not in (Wanted.ANYTHING, Wanted.PERSON)
    if figure or len(query.people) != 1 or filters.speakers:
        return None
    return replace(filters, speakers=query.people[0].names)


def _is_supported(
    query: Query, weighed: Sequence[Evidence], weights: TermWeights, parts: Parts
) -> bool:
    if query.subject != query.topic or query.told_of:
        done = query.told_of if deed_asked(query.question) else ""  # their name is no word of it
        subject = query.subject.replace(done, " ") if done else query.subject
        weights = term_weights(subject, parts.statistics, parts.neighbours)
    named = matter_of(query)
    matter = term_weights(named, parts.statistics, parts.neighbours) if named else None
    return support(query, weighed, weights, matter).suffices


def _summary(
    query: Query, quotes: list[Quote], mode: AskMode, parts: Parts
) -> tuple[AnswerSentence | None, Verdict | None]:
    """A proven sentence of the language model or None, and the gate's verdict if it was asked."""
    generator = parts.generator
    _demand_model(mode, generator)
    if mode == "extractive" or generator is None or not quotes:
        return None, None
    short = sum(length_in_words(quote.quote) for quote in quotes) <= LONGEST_SUMMARIZED
    if mode == "auto" and not (query.kind is Kind.FACT and short):
        return None, None
    try:
        answers = answering(query, quotes[0], parts.store)
        return summary_sentence(generator, query.question, quotes, answers)
    except (ModelUnavailable, TooLarge):
        if mode == "llm":
            raise
        return None, None


def _demand_model(mode: AskMode, generator: Generator | None) -> None:
    """Raises ModelUnavailable when a language model is asked for and none is set."""
    if mode == "llm" and generator is None:
        raise ModelUnavailable("No language model is set.", "Name one with KB_LLM.")


def missing(query: Query, quotes: list[Quote]) -> list[str]:
    """A line for everybody asked about in a comparison of whom nothing is quoted."""
    if query.kind is not Kind.COMPARISON or len(query.people) < 2:
        return []
    cited = {quote.document_id for quote in quotes}
    heard = {quote.speaker for quote in quotes}
    shared = {
        place
        for one in query.people
        for other in query.people
        if one != other
        for place in set(one.documents) & set(other.documents)
    }
    return [
        f"Nothing fitting was found of {person.name}."
        for person in query.people
        if heard.isdisjoint(person.names) and not (cited - shared) & set(person.documents)
    ]


def _silent(
    query: Query,
    weighed: Sequence[Evidence],
    parts: Parts,
    watch: Stopwatch,
    told: str | None = None,
) -> Iterator[AnswerEvent]:
    """That the transcripts do not say, with what comes nearest; ``told`` says more of why."""
    nearest = quotes_of(weighed[:NEAREST])
    yield from nearest
    any_there = weighed or parts.store.counts()["documents"]
    text = (told or ABSTENTION) if any_there else NO_TRANSCRIPTS
    yield text
    sentences = [AnswerSentence(text, ())]
    yield _extractive(query, text, sentences, nearest, watch, abstained=True)


def _extractive(
    query: Query,
    text: str,
    sentences: Sequence[AnswerSentence],
    quotes: Sequence[Quote],
    watch: Stopwatch,
    *,
    abstained: bool = False,
) -> Answer:
    return Answer(
        question=query.typed,
        answer=text,
        abstained=abstained,
        sentences=tuple(sentences),
        citations=tuple(quotes),
        mode="extractive",
        model=None,
        timings_ms=watch.total(),
    )


def _pieces(text: str) -> Iterator[str]:
    """Word by word, so that every reader of a stream sees it grow."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + 1)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end
