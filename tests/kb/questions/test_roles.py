"""Who founded, runs or works at something is told by a sentence that says so."""

from __future__ import annotations

import pytest

from kb.questions.people import Directory
from kb.questions.query import understand
from kb.questions.roles import introduces_self, role_asked, tells_own_role, tells_role


def asked(question: str):
    return understand(question, Directory([]))


@pytest.mark.parametrize(
    ("question", "sentence", "around", "told"),
    [
        ("who founded the Kettle Lab?", "Bo Lind founded the Kettle Lab in May.", "", 1.0),
        ("who founded the Kettle Lab?", "I'm a co-founder of Kettle Lab.", "", 1.0),
        ("who founded Kettle?", "Edda, who founded the place, sold it.", "At Kettle we sing.", 0.5),
        ("who founded Kettle?", "Kettle raised four million dollars.", "", 0.0),
        ("who founded Kettle?", "She founded another firm.", "", 0.0),
        ("who founded Kettle?", "Edda set it up in 2019.", "What is Kettle?", 0.5),
        ("who founded Kettle?", "We set it up as a timer.", "At Kettle we sing.", 0.0),
        ("who is the CEO of Kettle?", "I'm the head of sales at Kettle.", "", 0.0),
        ("who runs Kettle?", "Her lab, Kettle, refuses to grow.", "", 1.0),
        ("who is the CEO of Kettle?", "Bo Lind, CEO at Kettle, is here.", "", 1.0),
        ("who works at Kettle?", "Bo Lind from Kettle came by.", "", 1.0),
        ("who works at Kettle?", "The pump works well.", "Kettle makes pumps.", 0.0),
        ("who funded the Kettle Test?", "A grant from Oslo paid for the Kettle Test.", "", 1.0),
        ("who are the backers of Kettle?", "Edda invested a farm.", "At Kettle we sing.", 0.5),
        ("who funded the Kettle Test?", "The Kettle Test was hard.", "", 0.0),
        ("who hosts Ridge Radio?", "Welcome to Ridge Radio, I'm Ana Ruiz.", "", 1.0),
    ],
)
def test_a_role_is_told_of_what_the_question_names(question, sentence, around, told):
    """In the sentence itself, or beside one that names it."""
    query = asked(question)
    role = role_asked(query)

    assert role
    assert told == tells_role(role, query, sentence, around)


@pytest.mark.parametrize(
    "question",
    ["who says that Kettle runs late?", "who founded it?", "what does Kettle run?"],
)
def test_other_questions_ask_for_no_role(question):
    """A view is not a role, and neither is anything of what has no name."""
    assert role_asked(asked(question)) is None


def test_whoever_speaks_of_themselves_stands_in_place_of_a_name():
    """The name is above the turn."""
    query = asked("who works at Kettle?")
    role = role_asked(query)

    assert role
    assert tells_own_role(role, query, "I work at Kettle, on pumps.")
    assert not tells_own_role(role, query, "He works at Kettle.")


@pytest.mark.parametrize(
    ("sentence", "introduces"),
    [
        ("I'm a hydrologist and the head of pumps.", True),
        ("I run a small workshop in Tromsø.", True),
        ("I run into that problem often.", False),
        ("He is the head of pumps.", False),
    ],
)
def test_speakers_introduce_themselves_by_what_they_do(sentence, introduces):
    """Words in which "run" means something else do not."""
    assert introduces_self(sentence) is introduces
