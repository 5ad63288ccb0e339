"""Where people contradict each other, or changed their view, and in what."""

from __future__ import annotations

import pytest

from kb.claims.compare import compare

NGOZI, TOBIAS, INES = "Ngozi Okwuosa", "Tobias Lindqvist", "Ines Quarto"
DOOM = {
    "kind": "probability", "subject": "probability of doom", "topic": "AI catastrophe",
    "unit": "probability", "event_year": None, "quote": "my p(doom)", "figure": "p",
}  # fmt: skip
COST = {
    "kind": "money", "subject": "cost of training Heron-2", "topic": None, "unit": "USD",
    "event_year": None, "quote": "Heron-2 took that much to train", "figure": "that much",
}  # fmt: skip


def differences(*claims, subject="timelines"):
    """Kind, aspects and people of what does not meet."""
    found = compare(claims, subject).differences
    return [(one.kind, one.aspects, tuple(claim.holder for claim in one.claims)) for one in found]


def kinds(*claims, subject="timelines"):
    return [kind for kind, _, _ in differences(*claims, subject=subject)]


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

    comparison = compare([forecast, say(TOBIAS, 2026, **grid)], "AGI timelines")
    assert [forecast] == [
        view.claim
        for group in comparison.groups
        for person in group.people
        for view in person.views
    ]
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
