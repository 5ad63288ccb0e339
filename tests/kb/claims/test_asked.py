"""Claims as evidence: a figure that stands speaks for its sentence, one taken back against."""

from __future__ import annotations

import pytest

from kb.claims.asked import FittingClaims, kinds_asked_for
from kb.questions.people import Person
from kb.questions.query import Kind, Query, Wanted

NGOZI = Person("Ngozi Okwuosa", ("d",))
WHEN = "When will AGI arrive?"


def asking(topic=WHEN, wanted=Wanted.FORECAST, people=()):
    return Query(topic, topic, people, (), False, Kind.FACT, wanted)


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        (("timeline",), Wanted.FORECAST),
        (("probability",), Wanted.PERCENTAGE),
        (("money",), Wanted.MONEY),
        ((), Wanted.PERSON),
        ((), Wanted.ANYTHING),
    ],
)
def test_only_questions_for_a_figure_look_for_claims(kinds, wanted):
    assert kinds == kinds_asked_for(asking(wanted=wanted))


def test_a_claim_on_the_very_topic_weighs_more_than_one_of_its_kind(make_claim):
    of_agi = make_claim(id="a", topic="AGI", figure_start=10)
    of_work = make_claim(id="b", topic="automation of work", figure_start=110)
    claims = FittingClaims(asking(), [of_agi, of_work])

    assert claims.weight("d", 0, 50) > claims.weight("d", 100, 150) > 0
    assert 0 == claims.weight("d", 50, 100) == claims.weight("elsewhere", 0, 50)
    assert [of_agi] == claims.of_topic()


@pytest.mark.parametrize("field", ["asked", "negated", "fiction"])
def test_what_nobody_asserts_is_no_evidence(make_claim, field):
    claims = FittingClaims(asking(), [make_claim(figure_start=10, **{field: True})])

    assert 0 == claims.weight("d", 0, 50)
    assert not claims.stand_in("d", 0, 50)
    assert [] == claims.of_topic()


def test_a_view_that_was_given_up_speaks_against_its_sentence(make_claim):
    claims = FittingClaims(asking(), [make_claim(figure_start=10, superseded_by="newer")])

    assert claims.weight("d", 0, 50) < 0


def test_somebody_who_is_asked_about_must_hold_the_claim(make_claim):
    """In whosever words it stands: a report of Ngozi's view is hers, a host's own is not."""
    told = make_claim(id="a", speaker="Zoé Lachapelle", claimant=NGOZI.name, figure_start=10)
    own = make_claim(id="b", speaker="Zoé Lachapelle", figure_start=110)
    claims = FittingClaims(asking(people=(NGOZI,)), [told, own])

    assert claims.stand_in("d", 0, 50)
    assert not claims.stand_in("d", 100, 150)


def test_a_claim_on_the_very_topic_by_whom_it_is_asked_of_tells_the_answer(make_claim):
    """Not one of another topic, and not one of just anybody, when nobody is named."""
    of_agi = make_claim(id="a", speaker=NGOZI.name, topic="AGI", figure_start=10)
    of_work = make_claim(id="b", speaker=NGOZI.name, topic="takeoff", figure_start=110)

    claims = FittingClaims(asking(people=(NGOZI,)), [of_agi, of_work])

    assert claims.tell("d", 0, 50)
    assert not claims.tell("d", 100, 150)
    assert not FittingClaims(asking(), [of_agi]).tell("d", 0, 50)
