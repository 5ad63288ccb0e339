"""The transcripts do not say: asked for what is not there, and only then."""

from __future__ import annotations

import pytest

from kb.answers.abstention import Support
from kb.answers.compose import ABSTENTION

ABSENT = (
    "What is the capital of Mongolia?",
    "How do you bake sourdough bread?",
    "Who won the football world cup in 1998?",
    "Which violin concerto is the hardest to play?",
    "How many people work at Tidewrack AI?",
    "How many lawyers work at Larkfield?",
    "how many dogs does Ngozi own?",
    "How tall is Mateusz Wroński?",
    "How many robots does Priyanka Deshmukh own?",
    "How many bicycles did Kenji repair?",
    "When did Abena Frimpong learn to swim?",
    "Which regulator did Zarquon Dynamics write to?",  # a name that stands nowhere
)
PRESENT = (
    "What does Ngozi give as her median for transformative AI?",
    "How much did the cards cost?",
    "How long do power lines take to permit?",
    "When did Ngozi change her mind?",
    "How many employees does Tomás have?",
    "How many parameters did the model of the Patchwork Collective have?",
    "What is the budget of Hverfell?",
    "Why did the students do better than the model?",
    "What went wrong in the sandbox on Fridays?",
    "How much does testing for ninety days cost?",
    "How many megawatts did Tidewrack request?",
    "Who drafts rules for the regulator in Accra?",
    "How much did the cards for AI research cost?",  # that it is about AI goes without saying
    "How many employees does Tomás have for AI?",
)


@pytest.mark.parametrize("question", ABSENT)
def test_what_nobody_said_is_not_answered(sample_kb, question):
    """Other topics, and numbers that are there but count or date something else."""
    answer = sample_kb.answer(question)

    assert answer.abstained, answer.answer
    assert ABSTENTION == answer.answer


@pytest.mark.parametrize("question", PRESENT)
def test_what_somebody_said_is_answered(sample_kb, question):
    answer = sample_kb.answer(question)

    assert not answer.abstained
    assert answer.citations


def test_a_mere_heading_may_bear_any_name(sample_kb):
    """It asks for no fact, so what comes nearest is shown."""
    assert not sample_kb.answer("Rules for testing and Zarquon").abstained


def test_an_abstention_claims_nothing_and_shows_what_comes_nearest(sample_kb, sample_documents):
    answer = sample_kb.answer("How many lawyers work at Larkfield?")

    texts = {document.id: document.text for document in sample_documents.values()}
    assert [()] == [sentence.citations for sentence in answer.sentences]
    assert ("extractive", None) == (answer.mode, answer.model)
    assert answer.citations
    for quote in answer.citations:
        assert texts[quote.document_id][quote.char_start : quote.char_end] == quote.quote


def test_both_likeness_and_the_thing_asked_for_are_needed():
    assert Support(1.0, 1.0).suffices
    assert not Support(0.0, 1.0).suffices
    assert not Support(1.0, 0.0).suffices


@pytest.mark.parametrize(
    ("question", "abstains"),
    [
        ("what does Priyanka say about consciousness?", True),
        ("Priyanka consciousness", True),
        ("what does Ngozi think about opera?", True),
        ("who founded Tidewrack?", True),
        ("Priyanka interpretability", False),
        ("what does Ngozi think about compute?", False),
        ("who runs Hverfell Research?", False),
    ],
)
def test_what_nobody_near_it_speaks_of_is_no_answer(sample_kb, question, abstains):
    """One thing is asked about, and its name must stand near the words that are quoted."""
    assert sample_kb.answer(question).abstained is abstains
