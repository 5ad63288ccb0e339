"""A report answers only with what its speaker still holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.answers.still_held import answering
from kb.questions.people import Directory
from kb.questions.query import understand
from kb.types import DocumentSummary, Quote, Speaker

SAID = "Sixty percent. I was at 5 percent when I started."
QUOTE = Quote(1, SAID, "Bo Lind", "talk", "Talk", None, 0, len(SAID), 1, None, "/documents/talk")
QUERY = understand("What is the probability of doom?", Directory([]))


class Claims:
    """A store of these claims alone."""

    def __init__(self, *claims):
        self._claims = claims

    def claims_in(self, documents, kinds):
        return [c for c in self._claims if c.document_id in documents and c.kind in kinds]


@pytest.fixture
def answers(make_claim):
    """Told of a quote with a figure that stands and one that was given up."""

    def claim(identifier, figure, **fields):
        start = SAID.index(figure)
        return make_claim(
            id=identifier, kind="probability", figure=figure, document_id="talk",
            figure_start=start, figure_end=start + len(figure), **fields,
        )  # fmt: skip

    held = claim("held", "Sixty percent")
    former = claim("former", "5 percent", superseded_by="held")
    return answering(QUERY, QUOTE, Claims(held, former))


@pytest.mark.parametrize(
    ("report", "is_answer"),
    [
        ("Bo Lind says sixty percent.", True),
        ("Bo Lind says they were at 5 percent when they started.", False),
        ("Bo Lind says sixty percent, and was at 5 percent.", False),
        ("Bo Lind says sixty percent of 15 percent.", True),
        ("Bo Lind does not enjoy saying it.", False),
    ],
)
def test_a_report_has_a_figure_that_stands_and_none_that_was_given_up(answers, report, is_answer):
    """As a whole: "15 percent" is no "5 percent"."""
    assert is_answer == answers(report)


def test_what_follows_the_words_that_were_asked_for_is_no_answer():
    """It may be of something else, or lean back on it: "I doubt that we know that"."""
    said = "The advantage of a lid is that nobody needs a spoon. I doubt that we know that."
    quote = Quote(1, said, "Bo Lind", "talk", "Talk", None, 0, len(said), 1, None, "/talk")
    query = understand("What is the advantage of a lid?", Directory([]))
    answers = answering(query, quote, Claims())

    assert answers("Bo Lind says the advantage of a lid is that nobody needs a spoon.")
    assert not answers("Bo Lind says they doubt that they know that.")


def test_where_no_figure_is_known_the_type_that_is_asked_for_must_be_told():
    answers = answering(QUERY, QUOTE, Claims())
    assert answers("Bo Lind says 30 percent.")
    assert not answers("Bo Lind says maybe.")


TALK = DocumentSummary(
    "talk", "Talk", "talk.md", "labelled", None, None, "0" * 64, ((Speaker("Bo Lind"), 9),), 1, 1, 0
)
BO = Directory([TALK])


def told(question, said):
    """Whether a report answers a question to which Bo Lind says something without a claim."""
    quote = replace(QUOTE, quote=said, char_end=len(said))
    return answering(understand(question, BO), quote, Claims())


@pytest.mark.parametrize(
    ("question", "said", "right", "wrong"),
    [
        (
            "How much do the sheds cost?",
            "The field costs 3 million euros. The sheds cost 70 million euros.",
            "the sheds cost 70 million euros",
            "the field costs 3 million euros",
        ),
        (
            "What is the probability of flooding?",
            "Theft, one in three. Flooding, one in ninety.",
            "flooding, one in ninety",
            "theft, one in three",
        ),
        (
            "How long do the reviews take?",
            "Hiring takes nine months. Reviews take six weeks.",
            "reviews take six weeks",
            "hiring takes nine months",
        ),
        (
            "Is Bo Lind in favour of recalls?",
            "I like coffee a lot. I favour recalls after accidents.",
            "they favour recalls after accidents",
            "they like coffee a lot",
        ),
        (
            "What does Bo Lind think the risk of theft is?",
            "Ana says the risk of theft is one in five. For me the risk of theft is one in fifty.",
            "for them the risk of theft is one in fifty",
            "Ana says the risk of theft is one in five",
        ),
        ("How large is the team of Bo Lind?", "We're nine.", "they're nine", "they're nine crews"),
        (
            "How large is the team of Bo Lind?",
            "We're nine. We were four in 2021.",
            "they're nine",
            "they were four in 2021",
        ),
        (
            "What is Bo Lind's revenue?",
            "Two million. They raised 2 billion.",
            "two million",
            "they raised 2 billion",
        ),
    ],
)
def test_a_report_tells_the_thing_that_is_asked_for(question, said, right, wrong):
    """Another clause of the same quote, or what somebody else says in it, answers nothing."""
    answers = told(question, said)
    assert answers(f"Bo Lind says {right}.")
    assert not answers(f"Bo Lind says {wrong}.")


def test_where_two_clauses_share_words_with_the_question_neither_is_told():
    answers = told(
        "How many pipes have they looked at?",
        "The plant has sixty thousand pipes. We've looked at about four hundred.",
    )
    assert not answers("Bo Lind says the plant has sixty thousand pipes.")
    assert not answers("Bo Lind says they've looked at about four hundred.")


def test_who_is_named_in_the_question_may_be_told_of():
    answers = told("How many vans does Kestrel say it has?", "Kestrel says that it has 90 vans.")
    assert answers("Bo Lind says Kestrel says that it has 90 vans.")
