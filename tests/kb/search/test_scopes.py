"""A name that belongs to one document asks of that document, and is not searched in it."""

from __future__ import annotations

import pytest

from kb.questions.people import Directory
from kb.questions.query import Kind, understand
from kb.search.lexical import LexicalIndex
from kb.search.scopes import LEAST_PASSAGES, scoped
from kb.types import DocumentSummary, Passage, Speaker

DOCUMENTS = ("lamp", "bird", "mill")
# A sentence, its document, and how many passages there repeat it.
TOLD = (
    ("The Vermeil lamp turns, and the Guild Hall pays for it.", "lamp", 9),
    ("Every Quillback sings at dawn.", "bird", 9),
    ("Pomona sleeps among the sacks.", "mill", 12),
    ("Pomona has a lamp.", "lamp", 9),
    ("Tarn is a miller, too.", "mill", LEAST_PASSAGES - 1),
    ("Straw is dear.", "mill", 1),
    ("It's what I say.", "mill", 9),
)
NOBODY = Directory([])
ANA = Directory(
    [
        DocumentSummary(
            "mill", "mill", "mill", "labelled", None, None, "0" * 64,
            ((Speaker("Ana Ruiz"), 9),), 1, 1, 0,
        )
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def lexical():
    texts = [(text, document) for text, document, times in TOLD for _ in range(times)]
    return LexicalIndex.build(
        Passage(number, document, number, 0, None, "speech", None, 0, len(text), 1, None, text, "")
        for number, (text, document) in enumerate(texts)
    )


@pytest.fixture
def asked(lexical):
    def ask(question, directory=NOBODY, documents=DOCUMENTS):
        return scoped(understand(question, directory), lexical, documents)

    return ask


@pytest.mark.parametrize(
    ("question", "document", "topic"),
    [
        ("Why does the Vermeil turn?", "lamp", "Why does the turn?"),
        ("When does a Quillback sing?", "bird", "When does a sing?"),
        ("What is the Vermeil's price?", "lamp", "What is the price?"),
        ("What is the Vermeil’s price?", "lamp", "What is the price?"),
        ("Why is Guild Hall paying?", "lamp", "Why is paying?"),
        ("How does Guild-Vermeil pay?", "lamp", "How does pay?"),
    ],
)
def test_a_name_that_one_document_is_full_of_chooses_it(asked, question, document, topic):
    """The name leaves the words that are searched; the question stays as it was."""
    query = asked(question)

    assert (document,) == query.documents
    assert topic == query.topic
    assert question == query.question
    assert question == query.subject


@pytest.mark.parametrize(
    "question",
    [
        "Why does Pomona sleep?",  # spread over two documents
        "Is Tarn a miller?",  # too seldom
        "Why is Straw dear?",
        "Who is Zebulon?",  # nowhere
        "What is Zebulon's price?",  # nor does his genitive stand for who says "it's"
        "Should I buy straw?",  # mere grammar, however much one speaks of oneself
        "why does the vermeil turn?",  # no name without its capital letter
        "Vermeil costs how much?",  # nor with that of a sentence
        "What of Vermeil?",  # nothing else is asked
        "?",
    ],
)
def test_other_words_choose_nothing(asked, question):
    assert understand(question, NOBODY) == asked(question)


def test_among_two_documents_every_name_belongs_to_one(asked):
    question = "Why does the Vermeil turn?"

    assert () == asked(question, documents=("lamp", "bird")).documents
    assert ("lamp",) == asked(question).documents


def test_a_document_that_is_gone_is_not_chosen(asked):
    assert () == asked("Why does the Vermeil turn?", documents=("a", "b", "c")).documents


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Compare Vermeil and Quillback on money", ["Vermeil", "Quillback"]),
        ("Compare Quillback and Vermeil on money", ["Quillback", "Vermeil"]),
        ("How do Quillback and Vermeil differ in money?", ["Quillback", "Vermeil"]),
    ],
)
def test_two_documents_are_compared_in_the_order_of_the_question(asked, question, names):
    query = asked(question)

    homes = {"Vermeil": "lamp", "Quillback": "bird"}
    assert names == [person.name for person in query.people]
    assert [(homes[name],) for name in names] == [person.documents for person in query.people]
    assert Kind.COMPARISON is query.kind


def test_two_documents_that_are_not_compared_are_searched_together(asked):
    query = asked("Do Vermeil and Quillback cost money?")

    assert {"lamp", "bird"} == set(query.documents)
    assert () == query.people
    assert Kind.FACT is query.kind


def test_people_who_are_named_stay_those_asked(asked):
    query = asked("Compare what Ana Ruiz says of Vermeil and of Quillback on money", ANA)

    assert ["Ana Ruiz"] == [person.name for person in query.people]
    assert {"lamp", "bird"} == set(query.documents)


def test_a_name_that_falls_twice_chooses_its_document_once(asked):
    query = asked("Does the Vermeil turn when another Vermeil burns?")

    assert ("lamp",) == query.documents
    assert "Does the turn when another burns?" == query.topic
