"""Answers and rankings judged against gold, on the sample transcripts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.evaluation.answering import ALL, WORD_BUDGET, answer_figures, judge, spans_in_budget
from kb.evaluation.places import Places
from kb.evaluation.questions import Evidence, Question
from kb.evaluation.rankings import BASELINES, Rankings, fused
from kb.evaluation.retrieval import JudgedQuery, evaluate_rankings
from kb.evaluation.suites import QuestionSuite
from kb.types import Exchange

CARDS = Question(
    "line 1",
    "How many H100s fit into a grid connection of forty megawatts?",
    "factoid",
    (Evidence("room for about 24,000 H100s", "labelled"),),
    key_facts=("24,000",),
)
NOWHERE = Question("line 2", "What is the capital of Mongolia?", "unanswerable", ())


@pytest.fixture(scope="session")
def places(sample_documents) -> Places:
    return Places(sample_documents.values())


@pytest.fixture(scope="session")
def rankings(sample_kb) -> Rankings:
    return Rankings(sample_kb)


@pytest.fixture
def answered(sample_kb, places):
    """The judgement of a question that was put to the samples."""
    return lambda question: judge(
        question, sample_kb.answer(question.text, mode="extractive"), places
    )


def test_a_right_answer_has_its_facts_and_cites_where_they_stand(answered):
    judgement = answered(CARDS)
    assert judgement.right
    assert judgement.facts
    assert judgement.cites_all
    assert judgement.citations == judgement.verbatim == judgement.speakers_right > 0


def test_facts_without_their_source_are_not_right(answered):
    judgement = answered(replace(CARDS, evidence=(Evidence("It's raining in Bergen"),)))
    assert judgement.facts
    assert not judgement.cites_some
    assert not judgement.right


def test_the_source_without_the_facts_is_not_right(answered):
    judgement = answered(replace(CARDS, key_facts=("24,000", "Mongolia")))
    assert judgement.cites_all
    assert not judgement.right


@pytest.mark.parametrize(("facts", "told"), [(("24,000",), True), ((), False)])
def test_facts_are_counted_only_of_questions_that_have_some(answered, facts, told):
    """A rate of 1 over questions without any would say nothing."""
    figures = answer_figures([answered(replace(CARDS, key_facts=facts))])
    assert told is any(figure.name.startswith("ask.key_facts") for figure in figures)


def test_an_abstention_is_right_only_where_nothing_can_be_answered(answered):
    assert answered(NOWHERE).right
    assert answered(NOWHERE).abstained
    wrong = replace(NOWHERE, type="factoid", evidence=CARDS.evidence)
    assert not answered(wrong).right


def test_an_abstention_that_says_what_it_must_not_is_wrong(answered):
    assert not answered(replace(NOWHERE, must_not=("do not say",))).right


def test_a_changed_quote_is_not_verbatim(sample_kb, places):
    answer = sample_kb.answer(CARDS.text, mode="extractive")
    changed = replace(answer.citations[0], quote=answer.citations[0].quote.replace("24", "25"))
    other = replace(answer, citations=(changed, *answer.citations[1:]))
    assert judge(CARDS, other, places).verbatim == len(answer.citations) - 1


def test_a_quote_of_another_speaker_is_counted(sample_kb, places):
    answer = sample_kb.answer(CARDS.text, mode="extractive")
    changed = replace(answer.citations[0], speaker="Håkon Brattli")
    other = replace(answer, citations=(changed, *answer.citations[1:]))
    assert judge(CARDS, other, places).speakers_right == len(answer.citations) - 1


def test_a_reader_stops_at_the_budget_but_reads_the_first_passage(rankings):
    found = rankings.ranked("ours", "What happens to jobs?", 40)
    words = [len(passage.text.split()) for passage in found]
    read = len(spans_in_budget(found))
    assert sum(words[:read]) <= WORD_BUDGET < sum(words[: read + 1])
    long = replace(found[0], text="word " * 2 * WORD_BUDGET)
    assert 1 == len(spans_in_budget([long, *found]))


def test_every_system_ranks_the_same_passages(rankings, sample_documents):
    """Within one document nothing else comes; BM25 alone lists only what shares a word."""
    document = sample_documents["panel.vtt"].id
    ranked = {
        system: rankings.ranked(system, "red team ninety days", 10, document)
        for system in ("ours", *BASELINES)
    }
    assert {document} == {p.document_id for found in ranked.values() for p in found}
    assert [10, 10, 10] == [len(ranked[system]) for system in ("ours", "dense", "fused")]
    assert all("day" in p.text or "team" in p.text or "nine" in p.text for p in ranked["bm25"])


def test_context_is_searched_only_where_that_is_said(rankings, sample_documents):
    """The title of a document stands in no passage's text, but in the context of all."""
    document = sample_documents["quotes.txt"].id
    plain = rankings.ranked("bm25", "Sandbagging", 100, document)
    wide = rankings.ranked("bm25_with_context", "Sandbagging", 100, document)
    assert all("andbagging" in passage.text for passage in plain)
    assert len(wide) > len(plain)


def test_fusion_adds_reciprocal_ranks_and_breaks_ties_by_id():
    assert [2, 1, 3] == fused([[1, 2], [2, 3]])
    assert [1, 2] == fused([[2], [1]])


def test_a_follow_up_is_searched_with_what_it_leans_on(rankings):
    history = (Exchange("Which year does Priyanka Deshmukh name for AGI?", "2029."),)
    completed = rankings.completed("And what about Mateusz?", history)
    assert "Mateusz Wroński" in completed
    assert "year" in completed
    assert "alone" == rankings.completed("alone", ())


def test_a_ranking_suite_reports_every_scope_metric_and_system(rankings, sample_documents):
    document = sample_documents["panel.vtt"].id
    wanted = rankings.ranked("bm25", "ninety days", 1, document)[0]
    query = JudgedQuery("ninety days", document, frozenset({wanted.id}))
    seen: list[str] = []
    figures = evaluate_rankings([query], rankings, seen.append)
    by_name = {(figure.name, figure.system): figure.estimate.value for figure in figures}
    assert 1.0 == by_name["within_document.ndcg@10", "bm25"]
    assert 2 * (4 * 6 + 2) == len(by_name)
    assert 2 * 6 == len(seen)


def test_a_question_suite_reports_search_answers_and_follow_ups(samples):
    follow_up = replace(
        CARDS,
        text="And what about Mateusz?",
        evidence=(Evidence("I say not before 2060.", need="any"),),
        key_facts=("2060",),
        history=(Exchange("Which year does Priyanka Deshmukh name for AGI?", "2029."),),
    )
    lost = replace(CARDS, place="line 9", evidence=(Evidence("Nobody said this."),))
    suite = QuestionSuite("mine", samples, [CARDS, NOWHERE, follow_up, lost])
    result = suite.run(lambda step: None)
    values = {(figure.name, figure.system): figure for figure in result.figures}
    assert 0.5 == values[f"search.evidence_in_600_words.{ALL}", "ours"].estimate.value
    assert 2 == values["ask.answerable_not_abstained", "ours"].questions
    assert 1.0 == values["ask.unanswerable_abstained", "ours"].estimate.value
    assert 1 == values["follow_ups.evidence_in_600_words", "ours"].questions
    assert ("line 9: no document has the quote “Nobody said this.”",) == result.problems
    assert {"search.evidence_in_600_words.all"} == {n for n, s in values if s == "bm25"}
