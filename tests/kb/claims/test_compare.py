"""Claims on one subject, side by side: what is found, how it is grouped, what does not meet."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.claims.compare import MOST_DIFFERENCES, compare, comparison_shape
from kb.claims.spans import figure_text
from kb.errors import InputError
from kb.types import ClaimKind, Comparator

NGOZI, TOBIAS, INES = "Ngozi Okwuosa", "Tobias Lindqvist", "Ines Quarto"
DOOM = {
    "kind": "probability", "subject": "probability of doom", "topic": "AI catastrophe",
    "unit": "probability", "event_year": None, "quote": "my p(doom)", "figure": "p",
}  # fmt: skip
COST = {
    "kind": "money", "subject": "cost of training Heron-2", "topic": None, "unit": "USD",
    "event_year": None, "quote": "Heron-2 took that much to train", "figure": "that much",
}  # fmt: skip


def laid_out(comparison):
    """Event, then person, then the ids of the views."""
    return {
        (group.event, group.measure): {
            person.holder: [view.claim.id for view in person.views] for person in group.people
        }
        for group in comparison.groups
    }


def ids(comparison):
    return {
        claim.id
        for group in comparison.groups
        for person in group.people
        for view in person.views
        for claim in (view.claim, *view.restated)
    }


# --- what a subject means ---------------------------------------------------------------------


def test_timelines_are_years_and_probabilities_by_a_year(say):
    year = say(NGOZI, 2034)
    by_year = say(TOBIAS, **DOOM | {"topic": "AGI", "event_year": 2030, "value": 0.2})
    doom = say(TOBIAS, **DOOM | {"value": 0.3})
    cost = say(INES, **COST | {"topic": "AGI", "value": 4e6})

    claims = [year, by_year, doom, cost]

    for subject in ("AGI timelines", "when AGI", "AGI forecasts", "How soon is AGI?", "timelines"):
        assert {year.id, by_year.id} == ids(compare(claims, subject)), subject


@pytest.mark.parametrize(
    "subject", ["p(doom)", "P(doom)", "probability of doom", "how likely is doom", "odds of doom"]
)
def test_the_odds_of_a_topic(say, subject):
    doom = say(TOBIAS, **DOOM | {"value": 0.3})
    other = say(TOBIAS, **DOOM | {"topic": "takeoff", "value": 0.3, "subject": "a fast takeoff"})

    assert {doom.id} == ids(compare([doom, other, say(NGOZI, 2034)], subject))


def test_kinds_are_named_by_everyday_words(say):
    cost = say(INES, **COST | {"value": 4e6})
    compute = say(INES, **COST | {"kind": "compute", "unit": "FLOP", "value": 1e24})
    claims = [say(NGOZI, 2034), cost, compute]

    assert {cost.id} == ids(compare(claims, "money")) == ids(compare(claims, "training costs"))
    assert {compute.id} == ids(compare(claims, "compute")) == ids(compare(claims, "FLOP"))


def test_other_words_are_looked_for_by_their_stems_in_subject_quote_and_title(say):
    heron = say(INES, **COST | {"value": 4e6})
    older = {"value": 1e6, "subject": "cost of training Heron-1", "quote": "Heron-1 took less"}
    older = say(INES, **COST | older)
    strike = say(INES, **COST | {"value": 9e6, "title": "The harbour strike"})
    claims = [heron, older, strike]

    assert {heron.id, strike.id} == ids(compare(claims, "cost of Heron-2 trainings"))
    assert {strike.id} == ids(compare(claims, "harbour strikes"))


def test_a_name_restricts_to_what_that_person_believes(say):
    own = say(NGOZI, 2034)
    reported = say(TOBIAS, 2040, claimant=NGOZI)
    claims = [own, reported, say(TOBIAS, 2050)]

    for subject in ("Ngozi Okwuosa's AGI timelines", "ngozi timelines", "Okwuosa"):
        assert {own.id, reported.id} == ids(compare(claims, subject)), subject


def test_a_name_that_is_an_everyday_word_needs_its_capital(say):
    may = say("May Castellan", 2034, quote="it may be 2034")
    other = say(TOBIAS, 2034)

    assert {may.id} == ids(compare([may, other], "May AGI timelines"))
    assert {may.id, other.id} == ids(compare([may, other], "when may AGI arrive"))


def test_first_and_last_name_tell_namesakes_apart(say):
    one, other = say("Ines Quarto", 2034), say("Ines Bramwell", 2040)

    assert {one.id} == ids(compare([one, other], "Ines Quarto timelines"))
    assert {one.id, other.id} == ids(compare([one, other], "Ines timelines"))


def test_a_word_that_no_claim_on_the_topic_has_is_told(say):
    comparison = compare([say(NGOZI, 2034)], "AGI timelines in zeppelins")

    assert (1, ("zeppelins",)) == (comparison.total, comparison.unmatched)


def test_nothing_found_names_subjects_that_there_is_something_on(say):
    claims = [say(NGOZI, 2034), say(TOBIAS, 2040), say(INES, **COST | {"value": 4e6})]

    comparison = compare(claims, "price of zeppelins")

    assert (0, (), ("zeppelins",)) == (comparison.total, comparison.groups, comparison.unmatched)
    assert [("AGI timelines", 2), ("cost", 1)] == [
        (one.subject, one.claims) for one in comparison.available
    ]
    for one in comparison.available:
        assert one.claims == compare(claims, one.subject).total


def test_nothing_at_all_is_no_error():
    assert (0, ()) == (compare([], "AGI").total, compare([], "AGI").available)


@pytest.mark.parametrize("subject", ["", "  ", "?!", "x" * 301])
def test_what_cannot_be_a_subject_is_refused(subject):
    with pytest.raises(InputError):
        compare([], subject)


# --- grouping ---------------------------------------------------------------------------------


def test_claims_are_grouped_by_event_and_measure_with_the_asked_one_first(say):
    human = say(NGOZI, 2029, subject="human-level AI", quote="human-level by 2029")
    agi = say(NGOZI, 2034)
    odds = say(
        TOBIAS, **DOOM | {"topic": "AGI", "subject": "AGI", "event_year": 2030, "value": 0.2}
    )

    assert {
        ("AGI", "year"): {NGOZI: [agi.id]},
        ("AGI", "probability"): {TOBIAS: [odds.id]},
        ("human-level AI", "year"): {NGOZI: [human.id]},
    } == laid_out(compare([human, agi, odds], "AGI timelines"))
    first = compare([human, agi, odds], "human-level AI timelines").groups[0]
    assert "human-level AI" == first.event


def test_subjects_without_a_topic_are_one_event_when_their_words_and_figures_are(say):
    one = say(NGOZI, **COST | {"value": 4e6})
    same = say(TOBIAS, **COST | {"value": 4e6, "subject": "the training cost of Heron-2"})
    other = say(TOBIAS, **COST | {"value": 1e6, "subject": "cost of training Heron-1"})

    groups = laid_out(compare([one, same, other], "cost"))

    assert {NGOZI: [one.id], TOBIAS: [same.id]} == groups["cost of training Heron-2", "money"]
    assert {TOBIAS: [other.id]} == groups["cost of training Heron-1", "money"]


def test_people_stand_in_the_order_of_their_figures(say):
    claims = [say(TOBIAS, 2045), say(INES, 2030), say(NGOZI, 2034), say(None, 2020)]

    (group,) = compare(claims, "timelines").groups

    assert [INES, NGOZI, TOBIAS, None] == [person.holder for person in group.people]


def test_the_current_view_stands_first_and_what_it_replaced_after_it(say):
    oldest = say(NGOZI, 2050, as_of="2019", superseded_by="c2")
    middle = say(NGOZI, 2040, as_of="2022", superseded_by="c3", supersedes=("c1",))
    current = say(NGOZI, 2034, as_of="2024", supersedes=("c2",))

    groups = laid_out(compare([oldest, middle, current], "timelines"))

    assert {NGOZI: [current.id, middle.id, oldest.id]} == groups["AGI", "year"]


def test_views_that_replace_each_other_in_a_circle_are_all_listed(say):
    one, other = say(NGOZI, 2050, superseded_by="c2"), say(NGOZI, 2040, superseded_by="c1")

    assert {"c1", "c2"} == ids(compare([one, other], "timelines"))


def test_restatements_are_folded_under_the_first_statement(say):
    """Those that are linked, and those with the same figure in another talk."""
    first = say(NGOZI, 2034, as_of="2023-05")
    linked = say(NGOZI, 2034, subject="AGI, ten years from now", restates=first.id)
    chained = say(NGOZI, 2034, restates=linked.id)
    elsewhere = say(NGOZI, 2034, as_of="2024-09", document_id="e")
    another = say(TOBIAS, 2034)

    comparison = compare([elsewhere, chained, linked, first, another], "timelines")

    views = {p.holder: p.views for g in comparison.groups for p in g.people}
    assert (first, 4, "2024-09") == (
        views[NGOZI][0].claim, views[NGOZI][0].times, views[NGOZI][0].as_of,
    )  # fmt: skip
    assert 1 == len(views[NGOZI])
    assert 1 == views[TOBIAS][0].times
    assert 5 == comparison.total


# --- any claims at all ------------------------------------------------------------------------

YEAR = st.none() | st.integers(1, 9999)
FIGURE = st.none() | st.floats(0, 1e300)
NUMBER = st.sampled_from([None, "c0", "c1", "c2", "c3", "elsewhere"])
TEXT = st.sampled_from(["", "AGI", "the end of the harbour strike", "GPT-2", "…", "we survive"])
FIELDS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(get_args(ClaimKind)), "subject": TEXT, "quote": TEXT,
        "topic": st.sampled_from([None, "AGI", "AI catastrophe", "takeoff"]),
        "speaker": st.sampled_from([None, NGOZI, TOBIAS]), "value": FIGURE, "low": FIGURE,
        "high": FIGURE, "year_low": YEAR, "year_high": YEAR, "event_year": YEAR,
        "unit": st.sampled_from([None, "year", "years", "hours", "probability", "USD", "odd"]),
        "comparator": st.sampled_from(get_args(Comparator)), "hedge": st.none() | TEXT,
        "as_of": st.sampled_from([None, "", "2019", "2024-03", "soon"]), "restates": NUMBER,
        "superseded_by": NUMBER, "negated": st.booleans(), "conditional": st.booleans(),
        "condition": st.none() | TEXT, "asked": st.booleans(), "fiction": st.booleans(),
    }
)  # fmt: skip


@given(st.lists(FIELDS, max_size=6))
def test_whatever_the_claims_each_is_listed_once_and_only_beliefs_differ(make_claim, fields):
    claims = [make_claim(id=f"c{n}", title="harbour", **some) for n, some in enumerate(fields)]

    comparison = compare(claims, "harbour")

    listed = [
        claim.id
        for group in comparison.groups
        for person in group.people
        for view in person.views
        for claim in (view.claim, *view.restated)
    ]
    assert sorted(claim.id for claim in claims) == sorted(listed)
    for difference in comparison.differences:
        for claim in difference.claims:
            assert (False, False, False) == (claim.negated, claim.asked, claim.fiction)
            assert claim.holder
            assert figure_text(claim)
    json.dumps(comparison_shape(comparison), allow_nan=False)


# --- figures and many claims ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        ("2034", {}),
        ("about 2034", {"comparator": "~"}),
        ("by 2034", {"comparator": "<"}),
        ("from 2034", {"comparator": ">"}),
        ("2027 to 2029", {"event_year": None, "year_low": 2027, "year_high": 2029}),
        ("90%", DOOM | {"value": 0.9}),
        ("33.33%", DOOM | {"value": 1 / 3}),
        ("99.99%", DOOM | {"value": 0.9999}),
        ("not 99.99%", DOOM | {"value": 0.9999, "negated": True}),
        ("at least 30% by 2027", DOOM | {"value": 0.3, "comparator": ">", "event_year": 2027}),
        ("5% to 20%", DOOM | {"value": None, "low": 0.05, "high": 0.2, "comparator": "range"}),
        ("that much", COST | {"value": 4e6}),
        ("almost certainly", DOOM | {"value": None, "figure": "almost certainly"}),
        ("no figure", DOOM | {"value": None, "figure": ""}),
    ],
)
def test_figures_are_worded_for_people(make_claim, expected, fields):
    assert expected == figure_text(make_claim(**fields))


def names(count):
    letters = "abcdefghijklmnopqrst"
    return [f"Person {letters[n % 20].upper()}{letters[n // 20]}" for n in range(count)]


def test_where_nobody_agrees_only_the_first_differences_are_listed(say):
    """Eighty thousand pairs do not meet; the number of all of them is told."""
    claims = [say(name, 2025 + n % 61) for n, name in enumerate(names(400))]

    comparison = compare(claims, "AGI timelines")

    assert 400 == comparison.total
    assert MOST_DIFFERENCES == len(comparison.differences)
    assert comparison.difference_total > 400


def test_the_guests_of_two_talks_are_two_people(say):
    """A label that both files print is the name of neither: no view was changed."""
    one = say("Guest", **DOOM | {"value": 0.1, "document_id": "one"})
    other = say("Guest", **DOOM | {"value": 0.9, "document_id": "other"})

    comparison = compare([one, other], "p(doom)")

    (group,) = comparison.groups
    assert ["Guest", "Guest"] == [person.holder for person in group.people]
    assert {"contradiction"} == {difference.kind for difference in comparison.differences}
