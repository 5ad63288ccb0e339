"""Claims on one subject, side by side: what is found, how it is grouped, what does not meet."""

from __future__ import annotations

import json
import time
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


@pytest.fixture
def say(make_claim):
    """A claim by somebody; a plain number is a year."""
    count = 0

    def make(speaker, year=None, **fields):
        nonlocal count
        count += 1
        if year is not None:
            said = {"quote": f"my median is {year}", "value": float(year), "event_year": year}
            fields = said | fields
        return make_claim(**{"id": f"c{count}", "speaker": speaker} | fields)

    return make


def differences(*claims, subject="timelines"):
    """Kind, aspects and people of what does not meet."""
    found = compare(claims, subject).differences
    return [(one.kind, one.aspects, tuple(claim.holder for claim in one.claims)) for one in found]


def kinds(*claims, subject="timelines"):
    return [kind for kind, _, _ in differences(*claims, subject=subject)]


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


# --- contradictions between people ------------------------------------------------------------


def test_two_years_that_do_not_meet_are_a_contradiction(say):
    comparison = compare([say(NGOZI, 2028), say(TOBIAS, 2045)], "timelines")

    (found,) = comparison.differences
    assert ("contradiction", ("value",), "AGI") == (found.kind, found.aspects, found.event)
    assert ("value: 2028 against 2045",) == found.explanations
    assert (2028, 2045) == tuple(claim.event_year for claim in found.claims)


def test_probabilities_that_do_not_meet_are_a_contradiction(say):
    claims = say(NGOZI, **DOOM | {"value": 0.9}), say(TOBIAS, **DOOM | {"value": 0.2})

    assert [("contradiction", ("value",), (TOBIAS, NGOZI))] == differences(*claims, subject="doom")


def test_ranges_contradict_only_when_they_do_not_meet(say):
    def years(speaker, low, high):
        span = {"comparator": "range", "year_low": low, "year_high": high}
        return say(speaker, value=None, event_year=None, **span)

    assert ["contradiction"] == kinds(years(NGOZI, 2027, 2030), years(TOBIAS, 2040, 2060))
    assert [] == kinds(years(NGOZI, 2027, 2040), years(TOBIAS, 2040, 2060))


def test_an_approximate_figure_has_more_room(say):
    exact = kinds(say(NGOZI, 2030), say(TOBIAS, 2033))
    approximate = kinds(say(NGOZI, 2030, comparator="~"), say(TOBIAS, 2033, hedge="maybe"))

    assert (["contradiction"], []) == (exact, approximate)


def test_far_years_have_more_room_than_near_ones(say):
    near = [say(NGOZI, 2026, comparator="~"), say(TOBIAS, 2034, comparator="~")]
    far = [say(NGOZI, 2066, comparator="~"), say(TOBIAS, 2074, comparator="~")]

    assert (["contradiction"], []) == (kinds(*near), kinds(*far))


def test_at_least_and_at_most_are_open_on_one_side(say):
    before, after = say(NGOZI, 2030, comparator="<"), say(TOBIAS, 2045, comparator=">")

    assert ["contradiction"] == kinds(before, after)
    assert [] == kinds(before, say(TOBIAS, 2022))
    assert [] == kinds(after, say(NGOZI, 2090))


def test_small_probabilities_have_less_room(say):
    """One in a hundred is not one in ten; nor is .5 apart from .55."""

    def odds(one, other):
        claims = [say(NGOZI, **DOOM | {"value": one}), say(TOBIAS, **DOOM | {"value": other})]
        return kinds(*claims, subject="doom")

    assert ["contradiction"] == odds(0.01, 0.1)
    assert [] == odds(0.5, 0.55)


def test_a_probability_may_grow_with_the_years_but_not_fall(say):
    def by(speaker, year, value):
        return say(speaker, **DOOM | {"event_year": year, "value": value})

    assert [] == kinds(by(NGOZI, 2030, 0.1), by(TOBIAS, 2050, 0.9), subject="doom")
    assert [] == kinds(by(NGOZI, 2030, 0.1), by(TOBIAS, None, 0.9), subject="doom")
    assert ["contradiction"] == kinds(by(NGOZI, 2030, 0.9), by(TOBIAS, 2050, 0.1), subject="doom")


def test_another_definition_of_the_event_is_told_and_is_no_contradiction(say):
    human = say(TOBIAS, 2045, subject="transformative AI", quote="transformative AI by 2045")

    comparison = compare([say(NGOZI, 2028), human], "AGI timelines")

    (found,) = comparison.differences
    assert ("difference", ("value", "definition")) == (found.kind, found.aspects)
    assert "definition of the event: AGI against transformative AI" in found.explanations


def test_another_condition_is_told_and_is_no_contradiction(say):
    condition = {"conditional": True, "condition": "if chip exports stop"}
    conditional = say(TOBIAS, 2045, **condition)

    (found,) = compare([say(NGOZI, 2028), conditional], "timelines").differences

    assert ("difference", ("value", "condition")) == (found.kind, found.aspects)
    assert "condition: none against if chip exports stop" in found.explanations
    assert ["contradiction"] == kinds(say(NGOZI, 2028, **condition), conditional)


def test_a_condition_that_nobody_named_is_like_no_other(say):
    claims = say(NGOZI, 2028, conditional=True), say(TOBIAS, 2045, conditional=True)

    assert [("difference", ("value", "condition"), (NGOZI, TOBIAS))] == differences(*claims)


def test_a_best_case_is_a_condition(say):
    best = say(TOBIAS, 2045, quote="in the best case my median is 2045")

    assert [("difference", ("value", "condition"), (NGOZI, TOBIAS))] == differences(
        say(NGOZI, 2028), best
    )


def test_the_date_of_the_statement_is_told(say):
    claims = say(NGOZI, 2028, as_of="2024"), say(TOBIAS, 2045, as_of="2016-05")

    assert [("contradiction", ("value", "date of the statement"), (NGOZI, TOBIAS))] == differences(
        *claims
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"negated": True},
        {"asked": True},
        {"fiction": True},
        {"superseded_by": "elsewhere"},
        {"speaker": None},
        {"value": None, "event_year": None},
        {"topic": "takeoff", "subject": "a fast takeoff", "quote": "takeoff in 2045"},
        {"kind": "event"},
        {"kind": "quantity", "unit": "years", "event_year": None},
    ],
)
def test_what_is_no_belief_on_the_same_contradicts_nothing(say, fields):
    contrary = {"value": 2045.0, "event_year": 2045}

    assert ["contradiction"] == kinds(say(NGOZI, 2028), say(TOBIAS, **contrary), subject="title")
    assert [] == kinds(
        say(NGOZI, 2028), say(**{"speaker": TOBIAS} | contrary | fields), subject="title"
    )


def test_survival_is_not_doom(say):
    """90% for surviving and 10% for dying say the same."""
    live = {"subject": "chance that humanity survives", "quote": "90% that we make it"}
    claims = say(NGOZI, **DOOM | {"value": 0.1}), say(TOBIAS, **DOOM | live | {"value": 0.9})

    assert [] == kinds(*claims, subject="probability")


def test_amounts_are_compared_in_one_unit_and_of_one_thing(say):
    def cost(speaker, value, **fields):
        return say(speaker, **COST | {"value": value} | fields)

    assert ["contradiction"] == kinds(cost(NGOZI, 4e6), cost(TOBIAS, 9e6), subject="cost")
    assert [] == kinds(cost(NGOZI, 4e6), cost(TOBIAS, 4.2e6), subject="cost")
    assert [] == kinds(cost(NGOZI, 4e6), cost(TOBIAS, 9e6, unit="USD/year"), subject="cost")
    assert [] == kinds(
        cost(NGOZI, 4e6), cost(TOBIAS, 9e6, subject="cost of training Heron-3"), subject="cost"
    )


def test_the_rents_of_two_people_are_two_rents(say):
    rent = {"subject": "monthly rent of the office"}

    def rents(quote):
        both = COST | rent | {"quote": quote}
        claims = say(NGOZI, **both | {"value": 900.0}), say(TOBIAS, **both | {"value": 2e3})
        return kinds(*claims, subject="rent")

    assert [] == rents("our office takes that much a month")
    assert ["contradiction"] == rents("the harbour office takes that much a month")


def test_a_subject_of_few_words_tells_nothing_apart(say):
    """A heading before the colon is what the talk is about, not the claim."""
    vague = {"subject": "Heron-2 and its training cost in Rotterdam: there's … in there"}
    claims = [say(w, **COST | vague | {"value": v}) for w, v in ((NGOZI, 4e6), (TOBIAS, 9e6))]

    assert [] == kinds(*claims, subject="cost")


def test_a_topic_from_the_talk_around_it_does_not_make_a_date_of_agi(say):
    grid = {"subject": "the new grid connection at the northern site", "quote": "ready in 2026"}
    answer = {"subject": "I'd say …", "quote": "I'd say 2026."}
    forecast = say(NGOZI, 2045)

    assert {forecast.id} == ids(compare([forecast, say(TOBIAS, 2026, **grid)], "AGI timelines"))
    assert ["contradiction"] == kinds(forecast, say(TOBIAS, 2026, **answer))


def test_people_agree_when_any_of_their_current_views_meet(say):
    claims = say(NGOZI, 2028), say(NGOZI, 2044, quote="some days my median is 2044")

    assert not [who for _, _, who in differences(*claims, say(TOBIAS, 2045)) if TOBIAS in who]


def test_what_somebody_reports_is_the_belief_of_the_other(say):
    claims = say(NGOZI, 2028), say(NGOZI, 2045, claimant=TOBIAS)

    assert [("contradiction", ("value",), (NGOZI, TOBIAS))] == differences(*claims)


# --- one person over time ---------------------------------------------------------------------


def test_a_linked_correction_is_a_changed_view_however_small(say):
    earlier = say(NGOZI, 2027, superseded_by="c2")
    later = say(NGOZI, 2028, supersedes=("c1",))

    (found,) = compare([later, earlier], "timelines").differences

    assert ("changed view", (earlier, later)) == (found.kind, found.claims)


def test_what_one_person_said_on_two_dates_is_a_changed_view(say):
    earlier, later = say(NGOZI, 2060, as_of="2018"), say(NGOZI, 2034, as_of="2024-03")

    (found,) = compare([later, earlier], "timelines").differences

    assert ("changed view", (earlier, later)) == (found.kind, found.claims)
    assert ("value", "date of the statement") == found.aspects


def test_a_year_and_a_month_of_it_are_one_date(say):
    claims = say(NGOZI, 2034, as_of="2024"), say(NGOZI, 2060, as_of="2024-03")

    assert ["contradiction"] == kinds(*claims)


def test_only_the_last_view_is_held_against_others(say):
    claims = (
        say(NGOZI, 2060, as_of="2018"),
        say(NGOZI, 2034, as_of="2024"),
        say(TOBIAS, 2060, as_of="2018"),
    )

    found = differences(*claims)

    assert {("contradiction", (NGOZI, TOBIAS)), ("changed view", (NGOZI, NGOZI))} == {
        (kind, who) for kind, _, who in found
    }
    (contradiction,) = (
        one for one in compare(claims, "timelines").differences if one.kind == "contradiction"
    )
    assert [2034, 2060] == [claim.event_year for claim in contradiction.claims]


def test_two_figures_of_one_sentence_are_weighed_and_do_not_contradict(say):
    sentence = "it is 2034 or, on a bad day, 2060"

    assert [] == kinds(say(NGOZI, 2034, quote=sentence), say(NGOZI, 2060, quote=sentence))
    assert ["contradiction"] == kinds(say(NGOZI, 2034), say(NGOZI, 2060))


def test_a_year_gone_by_is_no_forecast(say):
    past = say(NGOZI, 2019, as_of="2024", quote="in 2019 AGI seemed far")

    assert [] == kinds(past, say(TOBIAS, 2045))
    assert ["contradiction"] == kinds(say(NGOZI, 2019, as_of="2015"), say(TOBIAS, 2045))


def test_two_views_without_a_date_from_two_talks_say_nothing_of_time(say):
    claims = (
        say(NGOZI, 2034, as_of=None, document_id="a"),
        say(NGOZI, 2060, as_of=None, document_id="b"),
    )

    assert [] == kinds(*claims)


def test_a_restated_figure_is_no_contradiction_and_no_change(say):
    claims = (
        say(NGOZI, 2034, as_of="2018"),
        say(NGOZI, 2034, as_of="2024", restates="c1", subject="AGI"),
        say(NGOZI, value=None, event_year=None, year_low=2034, year_high=2034, restates="c1"),
    )

    assert [] == kinds(*claims)


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


@pytest.mark.parametrize(("people", "seconds"), [(25, 0.5), (400, 2)])
def test_five_hundred_claims_take_well_under_a_second(say, people, seconds):
    """Only where everybody speaks once and nobody agrees are there 80,000 pairs to weigh."""
    claims = [say(names(people)[n % people], 2025 + n % 61) for n in range(500)]
    compare(claims[:10], "AGI timelines")  # loads the stemmer

    began = time.perf_counter()
    comparison = compare(claims, "AGI timelines")

    assert time.perf_counter() - began < seconds
    assert 500 == comparison.total
    assert len(comparison.differences) == min(MOST_DIFFERENCES, comparison.difference_total)
    assert comparison.difference_total >= people


def test_five_hundred_different_subjects_take_well_under_a_second(say):
    claims = [
        say(NGOZI, **COST | {"value": 1.0 + n, "subject": f"cost of the harbour crane {n}"})
        for n in range(500)
    ]

    began = time.perf_counter()
    comparison = compare(claims, "cost")

    assert time.perf_counter() - began < 1
    assert 500 == len(comparison.groups)
