"""Chances as people say them when somebody asks for one."""

from __future__ import annotations

import pytest

DOOM = "Host: What is your p(doom)?"
LIKELY = "Host: How likely do you think it is that the meters fail?"


def amount(claim):
    return (claim.low, claim.high) if claim.value is None else claim.value


@pytest.mark.parametrize("question", [DOOM, LIKELY])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("30.", 0.3),
        ("0.4 or so.", 0.4),
        ("It's around 30 to 40.", (0.3, 0.4)),
        ("I'd say 15, 20.", (0.15, 0.2)),
        ("A third.", 1 / 3),
        ("About two thirds.", 2 / 3),
        ("Between a quarter and a half.", (0.25, 0.5)),
        ("Low single digits.", (0.01, 0.03)),
        ("Double digits.", (0.1, 0.99)),
        ("I go back and forth, but somewhere between 10 and 40 percent.", (0.1, 0.4)),
        ("I tend to say one in five.", 0.2),
        ("Four in five.", 0.8),
        ("Somewhere in the 10 to 20 percent range.", (0.1, 0.2)),
        ("If you forced me to give a number, maybe 30 percent.", 0.3),
    ],
)
def test_an_answer_to_a_question_for_a_chance(claim_in, question, answer, expected):
    claim = claim_in(question, f"Guest: {answer}")
    assert ("probability", "probability") == (claim.kind, claim.unit)
    assert pytest.approx(expected) == amount(claim)
    assert not claim.conditional


@pytest.mark.parametrize("answer", ["More than 90.", "North of 90%.", "Better than 90 percent."])
def test_a_bound_of_an_answer(claim_in, answer):
    claim = claim_in(DOOM, f"Guest: {answer}")
    assert (">", pytest.approx(0.9)) == (claim.comparator, claim.value)


def test_better_than_even_is_more_than_a_half(claim_in):
    claim = claim_in(DOOM, "Guest: Better than even.")
    assert (">", 0.5) == (claim.comparator, claim.value)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("My p doom is 10.", 0.1),
        ("There is a two in three chance that the meter fails.", 2 / 3),
        ("I give it 3 in 4 odds.", 0.75),
        ("There is a one-in-a-million chance that the meter fails.", 1e-6),
        ("There is a 1-in-50 chance that the meter fails.", 0.02),
        ("So I'm maybe 65/35 that the bill passes.", 0.65),
        ("The probability of extinction is in the double digits.", (0.1, 0.99)),
        ("I'm 99 point 5 percent sure that the meter works.", 0.995),
        ("I have like 60, maybe 70 percent on AGI.", (0.6, 0.7)),
    ],
)
def test_chances_without_a_percentage(claim_in, said, expected):
    claim = claim_in(f"Guest: {said}")
    assert "probability" == claim.kind
    assert pytest.approx(expected) == amount(claim)


def test_a_chance_that_changed_is_two_chances(claims_in):
    found = claims_in("Guest: My p(doom) went from 10 percent to 30 percent.")
    assert [0.1, 0.3] == [claim.value for claim in found]


def test_each_year_has_its_chance_when_the_percent_is_said_once(claims_in):
    found = claims_in("Guest: For AGI I have 10 percent by 2027, 50 by 2034 and 80 by 2050.")
    assert [(0.1, 2027), (0.5, 2034), (0.8, 2050)] == [(c.value, c.year_high) for c in found]


def test_who_gives_it_a_percentage_gives_a_chance(claim_in):
    claim = claim_in("Guest: Ada Brightwater gives it less than two percent.")
    assert ("probability", "Ada Brightwater") == (claim.kind, claim.claimant)


def test_the_width_of_an_interval_is_no_chance(claim_in):
    claim = claim_in("Guest: My 80 percent confidence interval for AGI is 2027 to 2060.")
    assert ("timeline", 2027, 2060) == (claim.kind, claim.low, claim.high)


@pytest.mark.parametrize(
    "said",
    [
        "We cut it in half.",
        "That is one half of the story.",
        "It is the 80/20 rule.",
        "There is a third option.",
        "I only half agree.",
    ],
)
def test_fractions_of_speech_claim_nothing(claims_in, said):
    assert [] == claims_in(DOOM, f"Guest: {said}")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I have maybe ten percent on it being there by then.", 0.1),
        ("Forty percent that one of the mills is sold.", 0.4),
        ("I gave myself ninety percent to win.", 0.9),
        ("I'd give it one chance in twenty that it floats.", 0.05),
        ("Ten percent by the end of 2028.", 0.1),
        ("I'd give it a 0.1 chance.", 0.1),
    ],
)
def test_a_share_that_an_event_gets_is_a_chance(claim_in, said, expected):
    claim = claim_in(f"Guest: {said}")
    assert "probability" == claim.kind
    assert pytest.approx(expected) == claim.value


TALK = ("Host: What is the chance of a flood?", "Guest: I am at 20 percent that it comes.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Below two percent.", 0.02),
        ("I'm about ten, I think.", 0.1),
        ("It was thirty-five at the worst.", 0.35),
        ("Edda's friends would tell you two percent.", 0.02),
        ("Edda would say one in five.", 0.2),
    ],
)
def test_what_follows_chances_without_the_word_is_one_too(claims_in, said, expected):
    *_, claim = claims_in(*TALK, f"Host: {said}")
    assert "probability" == claim.kind
    assert pytest.approx(expected) == claim.value


@pytest.mark.parametrize(
    "asked",
    ["How old is the mill?", "What share of it is wood?", "Which discount do you get?"],
)
def test_after_another_question_nothing_is_a_chance(claims_in, asked):
    later = claims_in(*TALK, f"Host: {asked}", "Guest: About forty percent.", "Guest: About six.")
    assert ["quantity"] == [claim.kind for claim in later[1:]]


def test_one_chance_in_so_many_years_is_no_share(claims_in):
    claims = claims_in("Guest: They get one chance in five years.")
    assert "probability" not in {claim.kind for claim in claims}


@pytest.mark.parametrize(
    "said",
    [
        "Ten percent of the mills have a wheel.",
        "Forty percent that went to college came back.",
        "Ten percent on everything in the store.",
        "I have ten percent of the company.",
        "The mill runs at eighty percent accuracy.",
        "Now it's 75 percent.",
    ],
)
def test_other_shares_are_no_chances(claim_in, said):
    assert "quantity" == claim_in("Host: How is the mill?", f"Guest: {said}").kind


def test_a_chance_holds_until_the_year_that_is_told_after_it(claim_in):
    claim = claim_in("Guest: I'd put it at two in three that the mill fails by the end of 2027.")
    assert ("probability", 2027) == (claim.kind, claim.year_high)


def test_a_short_answer_holds_until_the_year_that_was_asked_for(claims_in):
    asked = "Host: What are the odds that the mill is sold by the end of 2027?"
    first, second = claims_in(asked, "Guest: I'd say forty percent. Or no, thirty percent.")
    assert (0.4, 2027, 0.3, 2027) == (first.value, first.year_high, second.value, second.year_high)


def test_a_year_of_another_question_bounds_nothing(claim_in):
    claim = claim_in(
        "Host: Was it sold by 2020? Anyway, what is the chance of a flood?", "Guest: Ten percent."
    )
    assert claim.year_high is None


@pytest.mark.parametrize(
    "said", ["My p(doom) was 40 percent in 2021.", "My p(doom) was 40 percent, back in 2021."]
)
def test_the_year_in_which_a_chance_was_held_is_no_year_by_which_it_holds(claim_in, said):
    """“40% by 2021”, told in 2023, would be a forecast that nobody made."""
    claim = claim_in(f"Guest: {said}")
    assert (0.4, None, None) == (claim.value, claim.event_year, claim.year_high)


def test_a_chance_for_a_year_that_has_passed_keeps_it(claim_in):
    claim = claim_in("Guest: I said there was a 15 percent chance of AGI by 2020.")
    assert (0.15, 2020) == (claim.value, claim.event_year)
