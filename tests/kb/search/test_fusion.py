"""Hybrid retrieval over the sample transcripts: exact filters, fair shares, sound order."""

from __future__ import annotations

import shutil

import pytest

from kb.questions.people import Directory
from kb.questions.query import understand
from kb.search.fusion import HybridRetriever
from kb.search.indexes import IndexSet
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Filters

QUESTIONS = (
    "How many accelerators does the cluster have?",
    "What does Priyanka Deshmukh think about logs?",
    "Compare Mateusz and Ngozi on timelines",
    "towels",
    "zzz",
    "?",
    "人工知能は安全ですか",
)


@pytest.fixture(scope="module")
def retriever(sample_kb, samples, embedder):
    indexes = IndexSet.open(sample_kb.store, samples.data_dir)
    return HybridRetriever(sample_kb.store, indexes.current, embedder, None)


@pytest.fixture(scope="module", params=["search", "results"])
def search(request, sample_kb, retriever):
    """By rank alone, and as a reader is shown the passages: the same holds of both."""
    directory = Directory(sample_kb.documents())
    method = getattr(retriever, request.param)

    def find(question, k=10, filters=None):
        return method(understand(question, directory), k, filters or Filters())

    return find


@pytest.fixture(scope="module")
def passages(sample_kb):
    return list(sample_kb.store.iterate_passages())


@pytest.mark.parametrize("question", QUESTIONS)
def test_ranks_count_up_and_scores_never_rise(search, question):
    hits = search(question, 30)

    scores = [hit.score for hit in hits]
    assert list(range(1, len(hits) + 1)) == [hit.rank for hit in hits]
    assert sorted(scores, reverse=True) == scores


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_passage_comes_twice_and_no_more_come_than_wanted(search, question):
    ids = [hit.passage.id for hit in search(question, 7)]

    assert len(ids) <= 7
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_finds_the_same(search, question):
    assert search(question) == search(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which robots lay laundry together?", "towel"),
        ("payment for pupils by the hour", "14 euros an hour"),
        ("How slow is approval of electricity cables?", "Power lines take seven years"),
        ("Do the philosophers mind that practice patients plead?", "begging has no consequences"),
    ],
)
def test_a_paraphrase_finds_its_passage(search, question, words):
    assert any(words in hit.passage.text for hit in search(question, 10))


def test_what_is_nearest_in_meaning_is_shown_whatever_its_words(retriever, sample_kb, embedder):
    """Every second place is its, as long as it has five."""
    query = understand(
        "Which childhood pet comes back as a ghost?", Directory(sample_kb.documents())
    )
    ranked = [hit.passage.id for hit in retriever.search(query, 10, Filters())]
    passages = list(sample_kb.store.iterate_passages())
    vectors = sample_kb.store.vectors_for([passage.id for passage in passages])
    order = (vectors @ embedder.embed_query(query.topic)[0]).argsort()[::-1]
    nearest = [passages[i].id for i in order[:3].tolist()]

    shown = [hit.passage.id for hit in retriever.results(query, 10, Filters())]

    assert ranked[0] == shown[0]
    assert {*nearest[:2], *ranked[:2]} <= {*shown[:4]}


def test_a_rare_word_finds_its_passage(search):
    assert "hippocampus" in search("hippocampus", 1)[0].passage.text


@pytest.mark.parametrize("question", [q for q in QUESTIONS if "Compare" not in q])
def test_a_speaker_filter_lets_only_that_speaker_through(search, question):
    hits = search(question, 30, Filters(speakers=("Kenji Morioka",)))

    assert {"Kenji Morioka"} == {hit.passage.speaker for hit in hits}


def test_a_filter_by_several_things_is_all_of_them(search, sample_documents, passages):
    document = sample_documents["panel.vtt"].id
    topic = next(p.topics[0] for p in passages if p.document_id == document and p.topics)
    filters = Filters(documents=(document,), topics=(topic,), date_from="2025", date_to="2025-02")

    found = {hit.passage.id for hit in search("testing models", 100, filters)}

    fitting = {p.id for p in passages if p.document_id == document and topic in p.topics}
    assert fitting == found


@pytest.mark.parametrize(
    "filters",
    [
        Filters(speakers=("Nobody",)),
        Filters(documents=("no-such-document",)),
        Filters(topics=("no such topic",)),
        Filters(date_from="2031"),
        Filters(date_to="1999-12-31"),
        Filters(speakers=("Kenji Morioka",), date_to="2024"),
    ],
)
def test_filters_that_nothing_fits_find_nothing(search, filters):
    assert [] == search("testing models", 10, filters)


def test_a_date_filter_includes_both_ends(search, sample_documents):
    hits = search("AI", 300, Filters(date_from="2024-03-11", date_to="2024-09-19"))

    days = {"labelled_interview.txt": "2024-03-11", "podcast_with_times.md": "2024-09-19"}
    assert days == {name: sample_documents[name].date for name in days}
    assert {sample_documents[name].id for name in days} == {h.passage.document_id for h in hits}


def test_people_who_are_asked_about_share_the_results(search, sample_documents):
    """However much better one of them fits."""
    hits = search("What do Ngozi and Kenji think about electricity and the power grid?", 10)

    interview, panel = (
        sample_documents[name].id for name in ("labelled_interview.txt", "panel.vtt")
    )
    found = [hit.passage.document_id for hit in hits]
    assert (5, 5) == (found.count(interview), found.count(panel))


def test_each_side_of_a_comparison_is_found_in_its_own_words(search):
    """Kenji sits on a panel with others, and Ngozi is asked by a host."""
    hits = search("What do Ngozi and Kenji think about electricity and the power grid?", 10)

    assert {"Ngozi Okwuosa", "Kenji Morioka"} == {hit.passage.speaker for hit in hits}


@pytest.mark.parametrize(
    "question",
    [
        "Who wants to fold towels, not Mateusz?",
        "What does everybody except Mateusz Wroński say about towels?",
        "What do Priyanka and Håkon say about robots, not Mateusz?",
    ],
)
def test_somebody_ruled_out_never_appears(search, question):
    hits = search(question, 60)

    assert hits
    assert "Mateusz Wroński" not in {hit.passage.speaker for hit in hits}


def test_only_means_only(search):
    hits = search("towels, Priyanka only", 30)

    assert {"Priyanka Deshmukh"} == {hit.passage.speaker for hit in hits}


def test_a_comparison_of_people_whom_the_filter_shuts_out_finds_nothing(search):
    assert [] == search("Compare Mateusz and Ngozi", 30, Filters(speakers=("Kenji Morioka",)))


def test_a_named_speaker_is_preferred_but_others_are_not_shut_out(search, sample_documents):
    hits = search("What does Mateusz think about interpretability?", 30)

    podcast = sample_documents["podcast_with_times.md"].id
    assert podcast == hits[0].passage.document_id
    assert len({hit.passage.speaker for hit in hits}) > 1


def test_within_an_episode_nothing_else_is_searched(search, sample_documents):
    """However much better others fit: the laundry is folded in another conversation."""
    hits = search("In the Okwuosa episode only, which robots fold laundry and towels?", 30)

    assert hits
    assert {sample_documents["labelled_interview.txt"].id} == {h.passage.document_id for h in hits}


def test_a_filter_by_document_wins_over_the_episode_that_is_named(search, sample_documents):
    panel = sample_documents["panel.vtt"].id

    hits = search("Which robots fold in the Okwuosa episode?", 10, Filters(documents=(panel,)))

    assert {panel} == {hit.passage.document_id for hit in hits}


def test_what_the_index_has_and_the_store_no_longer_is_passed_over(
    three_samples, tmp_path, embedder
):
    """An index in another server may lag behind: it finds more than is stored."""
    data_dir = shutil.copytree(three_samples, tmp_path / "data")
    query = understand("Which robots fold laundry and towels?", Directory([]))
    with Store.open(data_dir, write=True) as store:
        lagging = HybridRetriever(store, IndexSet.open(store, data_dir).current, embedder, None)
        best, *_ = lagging.search(query, 10, Filters())
        store.delete_document(best.passage.document_id)
        current = HybridRetriever(store, IndexSet.open(store, data_dir).current, embedder, None)

        hits, expected = (r.search(query, 10, Filters()) for r in (lagging, current))

    assert best.passage.document_id not in {hit.passage.document_id for hit in hits}
    assert {hit.passage.id for hit in expected} == {hit.passage.id for hit in hits}


def test_content_words_are_those_that_are_not_grammar():
    assert ["robots", "fold", "12", "towels"] == content_words("The robots, they fold 12 Towels!")
