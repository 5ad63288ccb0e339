"""Gold questions put to the knowledge base: is the evidence found, is the answer right and cited?

The rules are those of a reader with little time: evidence counts within the first 600 words that a
search returns, facts within the first words of an answer, citations within the first 300 words
quoted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.answers.answer import AskMode
from kb.evaluation import metrics
from kb.evaluation.figures import OURS, Figure, Miss, mean_figure
from kb.evaluation.places import Places, Span, same_person
from kb.evaluation.questions import UNANSWERABLE, Question
from kb.evaluation.rankings import Rankings
from kb.knowledge_base import KnowledgeBase
from kb.types import Answer, Passage, Quote

SEARCHED = 20  # passages asked for
WORD_BUDGET = 600
SHORT_ANSWERS = frozenset({"factoid", "who", "filtered", UNANSWERABLE})
SHORT_ANSWER_WORDS = 80
ANSWER_WORDS = 160
QUOTED_WORDS = 300
ALL = "all"
LENGTH = "ask.median_answer_words"

Tick = Callable[[str], None]
"""Called after every question with what is being measured."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One answer, judged. Fields about facts and evidence are False for unanswerable questions."""

    question: Question
    words: int
    abstained: bool
    right: bool  # facts and some evidence, or an honest abstention
    facts: bool
    cites_some: bool
    cites_all: bool
    citations: int
    verbatim: int
    speakers_right: int


def evaluate_questions(
    questions: Sequence[Question],
    knowledge_base: KnowledgeBase,
    rankings: Rankings,
    places: Places,
    mode: AskMode,
    systems: Sequence[str],
    tick: Tick,
) -> list[Figure]:
    """All figures of a set of questions; those with a history are reported as follow-ups."""
    plain = [question for question in questions if not question.history]
    follow_ups = [question for question in questions if question.history]
    figures = evaluate_search([q for q in plain if q.answerable], rankings, places, systems, tick)
    judgements: dict[int, Judgement] = {}
    for number, question in enumerate(questions):
        answer = knowledge_base.answer(question.text, question.history, mode=mode)
        judgements[number] = judge(question, answer, places)
        tick("ask")
    figures += answer_figures([j for j in judgements.values() if not j.question.history])
    later = [j for j in judgements.values() if j.question.history and j.question.answerable]
    figures += follow_up_figures(
        [q for q in follow_ups if q.answerable], later, rankings, places, tick
    )
    return figures


def evaluate_search(
    questions: Sequence[Question],
    rankings: Rankings,
    places: Places,
    systems: Sequence[str],
    tick: Tick,
) -> list[Figure]:
    """Evidence within the word budget of every system, by type and of all."""
    figures: list[Figure] = []
    for system in systems:
        met: list[tuple[str, float]] = []
        for question in questions:
            found = rankings.ranked(system, question.text, SEARCHED)
            met.append((question.type, float(places.met(question, spans_in_budget(found)))))
            tick("search")
        name = f"search.evidence_in_{WORD_BUDGET}_words"
        figures += _by_type(name, met, system)
    return figures


def spans_in_budget(passages: Iterable[Passage]) -> list[Span]:
    """What a reader of the first ``WORD_BUDGET`` words sees: the first passage and all that fit."""
    spans: list[Span] = []
    words = 0
    for passage in passages:
        count = len(passage.text.split())
        if words and words + count > WORD_BUDGET:
            break
        words += count
        spans.append((passage.document_id, passage.char_start, passage.char_end))
    return spans


def judge(question: Question, answer: Answer, places: Places) -> Judgement:
    """Compare an answer with the gold of its question."""
    limit = SHORT_ANSWER_WORDS if question.type in SHORT_ANSWERS else ANSWER_WORDS
    words = answer.answer.split()
    text = " ".join(words[:limit])
    spans = _cited(answer)
    facts = question.answerable and all(_says(text, fact) for fact in question.key_facts)
    cites_some = question.answerable and places.touched(question, spans)
    honest = answer.abstained and not any(_says(text, wrong) for wrong in question.must_not)
    return Judgement(
        question=question,
        words=len(words),
        abstained=answer.abstained,
        right=(facts and cites_some and not answer.abstained) if question.answerable else honest,
        facts=facts,
        cites_some=cites_some,
        cites_all=question.answerable and places.met(question, spans),
        citations=len(answer.citations),
        verbatim=sum(
            places.documents[quote.document_id].text[quote.char_start : quote.char_end]
            == quote.quote
            != ""
            for quote in answer.citations
        ),
        speakers_right=sum(
            quote.speaker == (speaker := places.speaker_at(_span(quote)))
            or same_person(quote.speaker, speaker)
            for quote in answer.citations
        ),
    )


def answer_figures(judgements: Sequence[Judgement]) -> list[Figure]:
    """Rates over judged answers; facts and citations by type of question."""
    answerable = [judgement for judgement in judgements if judgement.question.answerable]
    unanswerable = [judgement for judgement in judgements if not judgement.question.answerable]
    figures: list[Figure] = []
    asked_facts = [judgement for judgement in answerable if judgement.question.key_facts]
    for name, rights in (
        ("correct_and_cited", [(j.question.type, j.right) for j in answerable]),
        ("key_facts", [(j.question.type, j.facts) for j in asked_facts]),
        ("cites_some_gold", [(j.question.type, j.cites_some) for j in answerable]),
        ("cites_all_gold", [(j.question.type, j.cites_all) for j in answerable]),
    ):
        figures += _by_type(f"ask.{name}", [(kind, float(is_so)) for kind, is_so in rights], OURS)
    figures += _rate("ask.unanswerable_abstained", [float(j.right) for j in unanswerable])
    figures += _rate("ask.answerable_not_abstained", [float(not j.abstained) for j in answerable])
    for name, counts in (
        ("ask.citations_verbatim", [j.verbatim for j in judgements]),
        ("ask.citation_speaker_agrees_with_turn", [j.speakers_right for j in judgements]),
    ):
        cited = [judgement.citations for judgement in judgements]
        if sum(cited):
            estimate = metrics.ratio_of_sums(counts, cited)
            figures.append(Figure(name, OURS, estimate, len(cited), tuple(map(float, counts))))
    if lengths := [float(judgement.words) for judgement in judgements]:
        estimate = metrics.median(lengths)
        figures.append(Figure(LENGTH, OURS, estimate, len(lengths), tuple(lengths)))
    return figures


def follow_up_figures(
    questions: Sequence[Question],
    judgements: Sequence[Judgement],
    rankings: Rankings,
    places: Places,
    tick: Tick,
) -> list[Figure]:
    """Whether a question that leans on the one before it finds its evidence."""
    searched: list[float] = []
    for question in questions:
        text = rankings.completed(question.text, question.history)
        found = rankings.ranked(OURS, text, SEARCHED)
        searched.append(float(places.met(question, spans_in_budget(found))))
        tick("follow-ups")
    cited = [float(j.cites_all and not j.abstained) for j in judgements]
    right = [float(j.right) for j in judgements]
    return [
        *_rate(f"follow_ups.evidence_in_{WORD_BUDGET}_words", searched),
        *_rate("follow_ups.evidence_cited", cited),
        *_rate("follow_ups.correct_and_cited", right),
    ]


def misses(questions: Sequence[Question], figures: Sequence[Figure]) -> list[Miss]:
    """The questions whose evidence was not found, or whose answer is not right, by figure."""
    plain = [question for question in questions if not question.history]
    answerable = [question for question in plain if question.answerable]
    later = [q for q in questions if q.history and q.answerable]
    asked = {
        f"search.evidence_in_{WORD_BUDGET}_words.{ALL}": answerable,
        f"ask.correct_and_cited.{ALL}": answerable,
        "ask.unanswerable_abstained": [q for q in plain if not q.answerable],
        f"follow_ups.evidence_in_{WORD_BUDGET}_words": later,
        "follow_ups.correct_and_cited": later,
    }
    return [
        Miss(figure.name, question.place, question.text)
        for figure in figures
        if figure.system == OURS and figure.name in asked
        for question, value in zip(asked[figure.name], figure.values, strict=True)
        if not value
    ]


def _by_type(name: str, results: Sequence[tuple[str, float]], system: str) -> list[Figure]:
    """A figure for all questions and, where there are several types, one for each."""
    types: dict[str, list[float]] = defaultdict(list)
    for kind, value in results:
        types[kind].append(value)
    groups = dict(sorted(types.items())) if len(types) > 1 else {}
    groups |= {ALL: [value for _, value in results]} if results else {}
    return [mean_figure(f"{name}.{group}", values, system) for group, values in groups.items()]


def _rate(name: str, values: Sequence[float]) -> list[Figure]:
    return [mean_figure(name, values)] if values else []


def _cited(answer: Answer) -> list[Span]:
    """The citations that begin within the first ``QUOTED_WORDS`` words quoted."""
    spans: list[Span] = []
    words = 0
    for quote in answer.citations:
        if words < QUOTED_WORDS:
            spans.append(_span(quote))
        words += len(quote.quote.split())
    return spans


def _says(text: str, pattern: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def _span(quote: Quote) -> Span:
    return quote.document_id, quote.char_start, quote.char_end
