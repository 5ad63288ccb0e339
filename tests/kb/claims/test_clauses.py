"""Bounds, doubts, conditions, denials and questions reach as far as the clause of their figure."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("Everyone wants to load 40 kilograms or more on these carts.", ">"),
        ("The ferry was built 40 years ago or more at this point.", ">"),
        ("It worked at a lab with more, than 40 people.", ">"),
        ("The lab has 40 people, at least.", ">"),
        ("We had 40 people and upwards.", ">"),
        ("It was a lab of 40 ish people.", "~"),
        ("We get around 40 letters a day.", "~"),
        ("The parts add up to 40 dollars.", "="),
        ("The lab has 40 people, they probably use this tool or something like it.", "="),
    ],
)
def test_a_bound_beside_a_figure_is_told_and_none_of_the_next_clause(claim_in, said, comparator):
    assert comparator == claim_in(f"Guest: {said}").comparator


@pytest.mark.parametrize(
    ("said", "hedge"),
    [
        ("For those who might have seen it, there you will see exactly 40 robots.", None),
        ("It might be, you know, 40 robots.", "might"),
        ("It might, I think, be 40 robots.", "might"),
        ("The lab almost has been doubling.", "almost"),
    ],
)
def test_a_modal_of_another_clause_is_no_doubt_about_the_figure(claim_in, said, hedge):
    found = claim_in(f"Guest: {said}").hedge
    assert hedge == found or (hedge is not None and hedge in found)


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("We have over 40 members, and I hope that if you run a lab you join us.", None),
        ("If you compare it to a bakery, the bakery had 40 years of practice.", None),
        ("The cheap ones use 40 watts versus if you buy a good one.", None),
        ("We pay 40 dollars a day if the card is idle.", "if the card is idle"),
        ("If the card is idle, we pay 40 dollars a day.", "If the card is idle"),
    ],
)
def test_only_a_condition_of_its_own_clause_counts(claim_in, said, condition):
    assert condition == claim_in(f"Guest: {said}").condition


def test_a_question_that_follows_without_a_capital_does_not_ask_the_figure(claim_in):
    claim = claim_in("Guest: the lab has 40 people. so how do we feed them?")
    assert (40, False) == (claim.value, claim.asked)


@pytest.mark.parametrize(
    ("said", "negated"),
    [
        ("Because you don't need it then, the mill stood still for 40 days.", False),
        ("We don't pay 40 dollars because nobody asks for it.", True),
        ("I don't think, if it rains, that we pay 40 dollars.", True),
    ],
)
def test_what_a_subordinate_clause_denies_leaves_the_figure(claim_in, said, negated):
    claim = claim_in(f"Guest: {said}")
    assert (40, negated) == (claim.value, claim.negated)


@pytest.mark.parametrize(
    "said",
    [
        "Because we don't, you know, pay 40 dollars, the kiln stays cold.",
        "Because she didn't, in the end, get the 40 dollars, she left.",
        "Since it isn't, as they say, 40 percent, we pay.",
        "Because it's not, strictly, 40 percent, we pay.",
        "Since we were not at, say, 40 percent, the bank waited.",
        "Because we didn't, to be honest, raise 40 dollars, the mill closed.",
    ],
)
def test_an_aside_ends_no_subordinate_clause(claim_in, said):
    """Only a comma with a subject and its verb, or with the figure, begins the main clause."""
    assert claim_in(f"Guest: {said}").negated


@pytest.mark.parametrize(
    ("said", "negated"),
    [
        ("I can't say it's 40 percent.", True),
        ("I won't say that 40 percent of them leave.", True),
        ("I'm not going to tell you we lost 40 percent.", True),
        ("I'm not gonna say AGI by 2040.", True),
        ("I don't quote 40 percent for it.", True),
        ("I can't say which mill, at its worst 40 percent left.", False),
        ("I won't name them, last year 40 percent left.", False),
        ("I don't say this lightly, but 40 percent left.", False),
        ("A client, I shouldn't say whose, pays 40 percent.", False),
        ("I can't say for sure that 40 percent left.", False),
        ("I can't tell whether it's 40 percent.", False),
    ],
)
def test_to_keep_a_name_back_is_no_denial_and_to_refuse_a_figure_is_one(claim_in, said, negated):
    assert negated == claim_in(f"Guest: {said}").negated


def test_a_question_after_a_figure_that_was_told_does_not_ask_it(claim_in):
    claim = claim_in("Guest: It was built in 40 days by two men, and I thought, how do they do it?")
    assert (40, False) == (claim.value, claim.asked)


def test_a_time_that_frames_a_question_is_asked(claim_in):
    assert claim_in("Host: By the fair of March 2031, what will they have?").asked


@pytest.mark.parametrize(
    ("said", "hedge", "condition"),
    [
        ("I think it costs 30 euros, and last year we had 40 mills.", None, None),
        ("Maybe it costs 30 euros, but she has 40 mills.", None, None),
        ("If it fails, we lose 30 euros, and last year we had 40 mills.", None, None),
        ("I think it costs 30 euros and 40 mills.", "I think", None),
        ("I think we moved, and we had 40 mills.", "I think", None),
        ("I think it costs 30 euros, and we had maybe 40 mills.", "maybe", None),
        ("If it fails, we lose 30 euros, and we lose 40 mills.", None, "If it fails"),
        ("If it fails, we lose 30 euros, and last year taught us, 40 mills.", None, "If it fails"),
    ],
)
def test_a_main_clause_of_its_own_is_not_in_doubt_with_the_one_before(
    claims_in, said, hedge, condition
):
    found = [claim for claim in claims_in(f"Guest: {said}") if claim.value == 40]
    assert [(hedge, condition)] == [(claim.hedge, claim.condition) for claim in found]


@pytest.mark.parametrize(
    ("said", "hedge"),
    [
        ("Our best guess is 40 mills.", "Our best guess"),
        ("By our count, there are 40 mills.", "By our count"),
        ("The letter has, what was it, 40 names.", "what was it"),
        ("My guess was wrong, there are 40 mills.", None),
        ("The town has 40 mills, what was it, a river too.", None),
        ("The town has 40 mills, our guess is for the river.", None),
        ("What was it like with 40 mills.", None),
        ("The town has 40 mills by our counting house.", None),
    ],
)
def test_a_guess_of_ones_own_is_a_doubt(claim_in, said, hedge):
    assert hedge == claim_in(f"Guest: {said}").hedge
