"""A question is understood: of whom it asks, what kind of thing, and how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.people import Directory
from kb.query import Kind, Wanted, understand, wanted_type
from kb.types import DocumentSummary, Exchange, Speaker

DIRECTORY = Directory(
    DocumentSummary(
        name, name, name, "labelled", None, None, "0" * 64, ((Speaker(name), 9),), 1, 1, 0
    )
    for name in ("Priyanka Deshmukh", "Mateusz Wroński", "Kenji Morioka")
)


def asked(question, *history):
    return understand(question, DIRECTORY, [Exchange(earlier, "…") for earlier in history])


def names(people):
    return [person.name for person in people]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many accelerators are there?", Wanted.NUMBER),
        ("how many people work there", Wanted.NUMBER),
        ("How fast does it grow?", Wanted.NUMBER),
        ("How much did the run cost?", Wanted.MONEY),
        ("What is the valuation of the company?", Wanted.MONEY),
        ("How likely is a catastrophe?", Wanted.PERCENTAGE),
        ("What percentage of runs fail?", Wanted.PERCENTAGE),
        ("What is her p(doom)?", Wanted.PERCENTAGE),
        ("When does she expect it?", Wanted.DATE),
        ("Which year did they start?", Wanted.DATE),
        ("How long does a permit take?", Wanted.DURATION),
        ("How many years does a permit take?", Wanted.DURATION),
        ("Who wrote the code?", Wanted.PERSON),
        ("Which researcher left?", Wanted.PERSON),
        ("Why do towels matter?", Wanted.ANYTHING),
        ("", Wanted.ANYTHING),
    ],
)
def test_the_question_word_says_what_type_of_thing_is_wanted(question, wanted):
    assert wanted == wanted_type(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the meter installed?", Kind.FACT),
        ("How many robots fold towels?", Kind.FACT),
        ("Why did the robot stop?", Kind.EXPLANATION),
        ("How does debate work?", Kind.EXPLANATION),
        ("Explain mesa-optimization", Kind.EXPLANATION),
        ("What are the reasons and options they name?", Kind.LIST),
        ("List the downsides of licences", Kind.LIST),
        ("Do Priyanka and Mateusz agree?", Kind.COMPARISON),
        ("What do Kenji and Priyanka say about logs?", Kind.COMPARISON),
    ],
)
def test_the_kind_says_how_much_an_answer_needs(question, kind):
    assert kind == asked(question).kind


def test_the_topic_is_the_question_without_its_people():
    query = asked("What does Mateusz Wroński think about towels?")

    assert ["Mateusz Wroński"] == names(query.people)
    assert "What does think about towels?" == query.topic
    assert "What does Mateusz Wroński think about towels?" == query.question


def test_a_question_of_nothing_but_a_name_keeps_it_as_topic():
    assert asked("Mateusz").topic.strip()


def test_somebody_named_twice_is_asked_once():
    assert ["Mateusz Wroński"] == names(asked("Mateusz? What does Mateusz say?").people)


def test_a_person_ruled_out_is_not_asked():
    query = asked("What does Priyanka think of robots, not Mateusz?")

    assert ["Priyanka Deshmukh"] == names(query.people)
    assert ["Mateusz Wroński"] == names(query.excluded)


@pytest.mark.parametrize(
    ("question", "exclusive"),
    [
        ("Why do towels matter according to Mateusz, not Priyanka?", True),
        ("What about towels, Mateusz only?", True),
        ("Why do towels matter to Mateusz?", False),
        ("Why is the towel the only thing?", False),
    ],
)
def test_only_an_explicit_wish_shuts_the_others_out(question, exclusive):
    assert exclusive == asked(question).exclusive


def test_shorthand_is_written_out():
    query = asked("what do  ppl say abt robots w/ towels")

    assert "what do people say about robots with towels" == query.question


def test_the_sentence_that_asks_decides_where_others_only_tell():
    query = asked("Why towels matter I know. How many does the robot fold?")

    assert Wanted.NUMBER is query.wanted
    assert Kind.FACT is query.kind


def test_a_follow_up_about_somebody_else_keeps_the_question():
    query = asked("What about Mateusz?", "When does Priyanka expect the machine?")

    assert ["Mateusz Wroński"] == names(query.people)
    assert "expect the machine" in query.topic
    assert "Priyanka" not in query.topic
    assert Wanted.DATE is query.wanted


def test_a_follow_up_about_something_else_keeps_the_person():
    query = asked("Why does she say so?", "When does Priyanka expect the machine?")

    assert ["Priyanka Deshmukh"] == names(query.people)
    assert "expect the machine" in query.topic
    assert Kind.EXPLANATION is query.kind


def test_only_the_last_exchange_completes_a_follow_up():
    query = asked("And Kenji?", "How long are logs kept?", "When do towels get folded?")

    assert "towels" in query.topic
    assert "logs" not in query.topic


def test_a_question_that_stands_alone_ignores_the_history():
    query = asked("How many lawyers did the company hire?", "When does Priyanka expect it?")

    assert () == query.people
    assert "How many lawyers did the company hire?" == query.topic


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_a_question(question, earlier):
    query = asked(question, earlier)

    assert " ".join(query.question.split()) == query.question
    assert query.topic or not query.question
