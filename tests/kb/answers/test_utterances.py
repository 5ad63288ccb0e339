"""Who said it, and who asked it: the one who spoke the words, whatever names stand in them."""

from __future__ import annotations

import pytest

from kb.questions.utterances import stands_in

TALK = """# Herring and fog

**Ilse Brandvold:** Welcome, Orson Kettleby. Wilma Stroud told us that the lighthouse is finished.

**Orson Kettleby:** Wilma Stroud told us the same of the harbour. Nine winters won't.

**Ilse Brandvold:** And the foghorn?

**Orson Kettleby:** The foghorn costs forty crowns a night. A whale is only a slow boat.

**Ilse Brandvold:** You sold the herring boat. Why?

**Orson Kettleby:** Nobody bought herring any more, and the boat leaked.

**Petra Lindqvist:** Should the ferry be painted red?

**Orson Kettleby:** Painting the ferry red would frighten the sheep. I say that Petra wants it blue.

**Ilse Brandvold:** Would nine winters of fog close the harbour?
"""


@pytest.fixture(scope="module")
def quotes(open_talk):
    """What is quoted for a question, with who says it; nothing where there is silence."""
    opened = open_talk(TALK)

    def asked(question):
        answer = opened.answer(question, mode="extractive")
        return [] if answer.abstained else [(q.speaker, q.quote) for q in answer.citations]

    return asked


@pytest.mark.parametrize(
    ("question", "speaker", "words"),
    [
        ("Who said nine winters won't?", "Orson Kettleby", "Nine winters won't."),
        ("Who said that a whale is only a slow boat?", "Orson Kettleby", "A whale is only a slow"),
        ("Who said the lighthouse is finished?", "Ilse Brandvold", "the lighthouse is finished"),
        ("Who said that Petra wants it blue?", "Orson Kettleby", "Petra wants it blue"),
    ],
)
def test_who_said_it_is_whoever_spoke_the_words(quotes, question, speaker, words):
    """Neither a name in the sentence nor one in the question makes anybody the speaker."""
    [(who, quote)] = quotes(question)

    assert speaker == who
    assert words in quote


@pytest.mark.parametrize(
    ("question", "speaker", "asked"),
    [
        ("Who asked about the foghorn?", "Ilse Brandvold", "And the foghorn?"),
        ("Who asked whether the ferry should be red?", "Petra Lindqvist", "Should the ferry be"),
        ("What did Petra ask?", "Petra Lindqvist", "Should the ferry be painted red?"),
        ("What did Ilse ask about the harbour?", "Ilse Brandvold", "fog close the harbour?"),
    ],
)
def test_who_asked_it_is_whose_question_it_was(quotes, question, speaker, asked):
    """And what somebody asked are their questions: the answers are another's words."""
    who, quote = quotes(question)[0]

    assert speaker == who
    assert asked in quote


def test_who_asked_nothing_is_not_said_to_have(quotes):
    """Statements are no questions."""
    assert [] == quotes("What did Orson ask about the ferry?")


def test_what_somebody_answers_when_asked_is_no_question(quotes):
    """The one asks, the other is asked for."""
    [(who, quote)] = quotes("What did Orson say when Ilse asked about the foghorn?")[:1]

    assert "Orson Kettleby" == who
    assert "forty crowns" in quote


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ('Who said "The foghorn costs 40 crowns a night"?', "forty crowns a night"),
        ('Who said "The foghorn costs forty pounds a night"?', "forty crowns a night"),
        ('Who said "Painting the ferry blue would frighten the sheep"?', "Painting the ferry red"),
    ],
)
def test_who_said_it_is_found_by_words_remembered_nearly(quotes, question, words):
    """Figures are the same in words and digits; the quote shows what was said."""
    [(who, quote)] = quotes(question)

    assert "Orson Kettleby" == who
    assert words in quote


@pytest.mark.parametrize(
    "words",
    [
        "The foghorn costs fifty crowns a night",
        "The foghorn never costs forty crowns a night",
        "The foghorn on the hill by the lake costs crowns a night",
    ],
)
def test_other_figures_and_a_not_are_other_words(words):
    assert not stands_in(words, "The foghorn costs forty crowns a night.")
