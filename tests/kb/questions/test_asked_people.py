"""Of whom a question asks when it names several people, or somebody by their role."""

from __future__ import annotations

import pytest

from kb.questions.people import Directory
from kb.questions.query import Kind, understand
from kb.text.words import content_words
from kb.types import DocumentSummary, Speaker


def _talk(name, *speakers):
    told = tuple((speaker, 9) for speaker in speakers)
    return DocumentSummary(name, name, name, "labelled", None, None, "0" * 64, told, 1, 1, 0)


ORLA = Speaker("Orla Byrne", role="host")
DIRECTORY = Directory(
    [
        _talk("mills", ORLA, Speaker("Mira Lind"), Speaker("Tariq Aziz")),
        _talk("kettles", ORLA, Speaker("Ana Ruiz", role="guest")),
        _talk("weirs", Speaker("Juno Hart", role="host"), Speaker("Mira Falk")),
    ]
)


def asked(question):
    query = understand(question, DIRECTORY)
    return query.kind is Kind.COMPARISON, [person.name for person in query.people]


@pytest.mark.parametrize(
    "question",
    [
        "What would Ana say to Tariq's point that mills are cheap?",
        "What does Ana say in reply to Tariq's idea that mills are cheap?",
        "Would Ana support Tariq's levy?",
        "Ana wants a levy and Tariq doesn't think that it helps, why?",
        "Ana trusts mills while Tariq is worried: what are their reasons?",
        "Set Ana's hopes for mills beside Tariq's",
        "What do mills mean to Ana and to Tariq?",
        "Ana and Tariq see mills differently. What does each want, in the talks with Orla?",
    ],
)
def test_who_is_replied_to_is_heard_too(question):
    assert (True, ["Ana Ruiz", "Tariq Aziz"]) == asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is Ana's objection to Tariq's sketch of the mill?",
        "How does Ana account for Tariq's low guess?",
        "What did Ana sell to Tariq's neighbour?",
    ],
)
def test_of_whom_something_is_told_is_not_asked(question):
    assert (False, ["Ana Ruiz"]) == asked(question)


def test_a_name_that_two_bear_makes_no_comparison():
    assert (False, ["Mira Falk", "Mira Lind"]) == asked("Why does Mira like mills?")


def test_of_namesakes_the_one_is_meant_who_talks_with_the_other():
    assert (True, ["Mira Lind", "Tariq Aziz"]) == asked("Do Mira and Tariq agree about mills?")


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("How do Ana and the host differ about mills?", ["Ana Ruiz", "Orla Byrne"]),
        ("Mills: put the host's view next to Ana's.", ["Orla Byrne", "Ana Ruiz"]),
        ("Where do Juno and her guest disagree on mills?", ["Juno Hart", "Mira Falk"]),
    ],
)
def test_a_role_names_the_only_one_who_has_it_there(question, people):
    assert (True, people) == asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "How do Orla and her guest differ about mills?",  # she has three
        "What does Ana tell of the host of another show?",
    ],
)
def test_a_role_that_several_may_have_names_nobody(question):
    assert 1 == len(asked(question)[1])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where do Ana and Tariq differ on whether mills are cheap?", "mills cheap"),
        ("Is Ana more hopeful than Tariq about cheap mills?", "cheap mills"),
        ("How far apart are Ana and Tariq on the price of mills?", "price mills"),
        ("Do Ana and Tariq both differ?", ""),
    ],
)
def test_words_that_compare_are_not_searched(question, words):
    expected = words.split() or content_words("both differ")
    assert expected == content_words(understand(question, DIRECTORY).topic)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("all the reasons Ana gives against mills", Kind.LIST),
        ("What are all the parts that Ana keeps?", Kind.LIST),
        ("Of all the kettles, which one does Ana like?", Kind.FACT),
    ],
)
def test_who_asks_for_all_wants_a_list(question, kind):
    query = understand(question, DIRECTORY)
    assert (kind, False) == (query.kind, query.broad)
