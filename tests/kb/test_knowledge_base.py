"""The knowledge base as the command line and the server use it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from kb.errors import InputError, ModelUnavailable, NotFound, StoreLocked
from kb.knowledge_base import EVERYTHING, LONGEST_QUESTION, KnowledgeBase
from kb.storage.store import Store
from kb.types import Exchange, Filters

FACT = "How long do power lines take to permit?"


@pytest.fixture
def empty(default_settings, tmp_path):
    settings = default_settings.model_copy(update={"data_dir": tmp_path, "llm": "none"})
    with KnowledgeBase(settings) as knowledge_base:
        yield knowledge_base


@pytest.fixture
def own(three_samples, default_settings, tmp_path):
    """A copy of three sample transcripts that a test may change."""
    data_dir = shutil.copytree(three_samples, tmp_path / "data")
    settings = default_settings.model_copy(update={"data_dir": data_dir, "llm": "none"})
    with KnowledgeBase(settings) as knowledge_base:
        yield knowledge_base


def test_an_empty_store_says_how_to_fill_it(empty):
    """Not that the transcripts do not say: there are none."""
    answer = empty.answer(FACT)

    assert answer.abstained
    assert "There are no transcripts yet. Add some with: kb ingest PATH" == answer.answer
    assert () == answer.citations
    assert [] == empty.search(FACT)
    assert [] == empty.documents()
    assert ([], 0) == empty.claims()


def test_a_filter_that_leaves_nothing_is_not_an_empty_store(sample_kb):
    nobody = Filters(speakers=("Nobody At All",))
    answer = sample_kb.answer(FACT, filters=nobody)
    assert answer.abstained
    assert answer.answer.startswith("The transcripts do not say: nobody called “Nobody At All”")


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_an_error_with_a_hint(sample_kb, question):
    for call in (sample_kb.answer, sample_kb.search, sample_kb.ask):
        with pytest.raises(InputError) as caught:
            call(question)
        assert caught.value.hint


def test_an_endless_question_is_an_error(sample_kb):
    sample_kb.search("x" * LONGEST_QUESTION)
    with pytest.raises(InputError):
        sample_kb.search("x" * (LONGEST_QUESTION + 1))


@pytest.mark.parametrize(
    "question",
    ["\x00", "' OR 1=1 --", 'text:"a" AND (b', "😀" * 500, "\u202eneddih", "{{7*7}}", "a/../../b"],
)
def test_strange_questions_are_only_words(sample_kb, question):
    assert sample_kb.answer(question).question


@pytest.mark.parametrize(
    "filters",
    [
        Filters(speakers=("Nobody At All",)),
        Filters(documents=("no-such-document",)),
        Filters(topics=("no such topic",)),
        Filters(date_from="2099"),
    ],
)
def test_unknown_filters_find_nothing_and_the_answer_abstains(sample_kb, filters):
    assert [] == sample_kb.search(FACT, filters=filters)
    answer = sample_kb.answer(FACT, filters=filters)
    assert answer.abstained
    assert () == answer.citations


def test_filters_hold_in_answers_too(sample_kb):
    filters = Filters(speakers=("Kenji Morioka",))

    answer = sample_kb.answer("What do you think about testing models?", filters=filters)

    assert {"Kenji Morioka"} == {quote.speaker for quote in answer.citations}


def test_the_beginning_of_an_id_names_a_document(sample_kb, sample_documents):
    document = sample_documents["panel.vtt"]

    hits = sample_kb.search("testing", filters=Filters(documents=("panel",)))

    assert {document.id} == {hit.passage.document_id for hit in hits}
    assert document == sample_kb.document("panel")
    assert document.id == sample_kb.summary("panel").id


def test_hits_bear_the_title_of_their_document(sample_kb, sample_documents):
    titles = {document.id: document.title for document in sample_documents.values()}

    for hit in sample_kb.search("testing"):
        assert titles[hit.passage.document_id] == hit.title


def test_a_follow_up_is_understood_from_the_history(sample_kb):
    history = [Exchange("What does Priyanka think about interpretability?", "…")]

    answer = sample_kb.answer("And what about Mateusz?", history)

    assert not answer.abstained
    assert {"Mateusz Wroński"} == {quote.speaker for quote in answer.citations}


def test_a_search_is_completed_from_the_history_too(sample_kb):
    """Without it nobody can tell whom or what the two words mean."""
    history = [Exchange("How long does Priyanka give the control of models?", "Two years.")]
    answer = "I'd say it buys two years."

    def found(*arguments):
        return [
            hit.passage.text for hit in sample_kb.search("And then?", 3, EVERYTHING, *arguments)
        ]

    assert any(answer in text for text in found(history))
    assert not any(answer in text for text in found())


def test_a_search_that_stands_alone_ignores_the_history(sample_kb):
    history = [Exchange("How long does Priyanka give the control of models?", "Two years.")]

    assert sample_kb.search(FACT) == sample_kb.search(FACT, history=history)


def test_a_deleted_document_is_gone_from_everything(own):
    (panel,) = [row.id for row in own.documents() if row.id.startswith("panel")]
    question = "What broke all fourteen models?"
    assert panel in {hit.passage.document_id for hit in own.search(question)}

    own.delete("panel")

    assert panel not in {row.id for row in own.documents()}
    assert panel not in {hit.passage.document_id for hit in own.search(question, 100)}
    assert panel not in {quote.document_id for quote in own.answer(question).citations}
    assert "Kenji Morioka" not in {count.name for count in own.speakers()}
    with pytest.raises(NotFound):
        own.document(panel)
    with pytest.raises(NotFound):
        own.delete(panel)


def test_nothing_is_deleted_while_another_writes(own):
    with Store.open(own.settings.data_dir, write=True), pytest.raises(StoreLocked):
        own.delete("panel")

    assert own.document("panel")


def test_two_threads_may_ask_at_once(own):
    """From the first question on, when nothing is loaded yet."""
    questions = [FACT, "How many employees does Tomás have?"] * 4

    with ThreadPoolExecutor(max_workers=4) as pool:
        together = list(pool.map(own.answer, questions))

    alone = [own.answer(question) for question in questions]
    assert [untimed(answer) for answer in alone] == [untimed(answer) for answer in together]
    assert not any(answer.abstained for answer in alone)


def untimed(answer):
    return replace(answer, timings_ms={})


def test_a_language_model_that_is_wanted_must_be_there(sample_kb):
    with pytest.raises(ModelUnavailable):
        sample_kb.answer(FACT, mode="llm")


def test_a_language_model_file_that_is_missing_matters_only_when_it_is_wanted(samples, tmp_path):
    settings = samples.model_copy(update={"llm": str(tmp_path / "missing.gguf")})
    with KnowledgeBase(settings) as knowledge_base:
        assert "extractive" == knowledge_base.answer(FACT).mode
        with pytest.raises(ModelUnavailable):
            knowledge_base.answer(FACT, mode="llm")


def test_readiness_turns_true_as_parts_are_loaded(own):
    before = own.readiness()
    own.load()

    assert {"models": False, "store": True, "indexes": False} == before
    assert {"models": True, "store": True, "indexes": True} == own.readiness()


@pytest.mark.slow
def test_the_real_language_model_tells_the_truth_about_itself(samples, default_settings):
    settings = samples.model_copy(update={"llm": default_settings.llm})
    with KnowledgeBase(settings) as knowledge_base:
        answer = knowledge_base.answer(FACT, mode="llm")

    assert (answer.mode == "generated") == (answer.model is not None)
    assert answer.citations


def test_two_questions_in_one_message_get_an_answer_each(sample_kb):
    """Numbered on, with what nobody answers said beside what somebody does."""
    figures, nobody = "What is Kenji Morioka's p(doom)?", "Which goalkeeper won the 1986 cup?"
    others = "What is Priyanka Deshmukh's p(doom)?"

    answer = sample_kb.answer(
        f"{figures} {nobody} And {others[0].lower()}{others[1:]}", mode="extractive"
    )

    assert not answer.abstained
    assert list(range(1, len(answer.citations) + 1)) == [q.number for q in answer.citations]
    assert {"Kenji Morioka", "Priyanka Deshmukh"} == {q.speaker for q in answer.citations}
    parts = answer.answer.split("\n\n")
    assert [figures, nobody, others] == [part.split("\n")[0] for part in parts]
    assert f"{nobody}\nThe transcripts do not say." in parts
    for sentence in answer.sentences:
        assert sentence.text in answer.answer
        assert all(f"[{number}]" in sentence.text for number in sentence.citations)


def test_how_sure_somebody_is_is_no_question_of_its_own(sample_kb):
    asked = "When does Ngozi Okwuosa expect AGI?"
    plain = sample_kb.answer(asked, mode="extractive")
    assert plain.answer == sample_kb.answer(f"{asked} How sure is she?", mode="extractive").answer
