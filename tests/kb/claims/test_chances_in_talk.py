"""Chances that only the talk around them tells: changed minds, rounds of answers, bare events."""

from __future__ import annotations

import pytest

ODDS = "Guest: I'm at twenty percent on doom."


def last(claims):
    return claims[-1].kind, claims[-1].value


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("I'd take my twenty to maybe eight.", "probability", 0.08),
        ("I said fifteen when I joined.", "probability", 0.15),
        ("I have friends who say fifty.", "probability", 0.5),
        ("She's more like 30.", "probability", 0.3),
        ("And I'd put a quarter on it not being here in 2045.", "probability", 0.25),
        ("He's at 70 percent on the council banning the trams.", "probability", 0.7),
        ("Even then, sixty percent you win.", "probability", 0.6),
        ("For me it is less than one in a thousand.", "probability", 0.001),
    ],
)
def test_a_chance_is_read_as_such_where_chances_are_told(claims_in, said, kind, value):
    assert (kind, value) == last(claims_in(f"{ODDS} {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "I'd take my twenty to Maribor.",
        "I took my two to three students.",
        "I said fifteen people joined.",
        "I have friends who say nothing.",
        "We put a quarter on this shelf.",
        "The school is at 70 percent on the reading test.",
        "There's a ten percent chance of rain, forty percent of people disagree.",
        "There's a ten percent chance of rain and half of them stay.",
    ],
)
def test_other_numbers_and_shares_beside_chances_are_no_chances(claims_in, said):
    found = claims_in(f"{ODDS} {said}")[1:]
    assert [c.value for c in found if c.kind == "probability"] in ([], [0.1])


def test_who_is_called_upon_answers_what_the_one_before_was_asked(claims_in):
    found = claims_in(
        "Host: When will AGI be here? Ada, you first.", "Someone: I would say 2032.",
        "Host: Okay. Kofi?", "Guest: Twenty years. At the very least twenty years.",
        date="2026-01-20",
    )  # fmt: skip
    years = [(claim.kind, claim.year_low, claim.comparator) for claim in found[1:]]
    assert [("timeline", 2046, "="), ("timeline", 2046, ">")] == years


@pytest.mark.parametrize(
    "answer",
    [
        "Twenty years I worked there.",
        "I opened in Lund. Twenty years.",
        "It took us twenty years.",
        "Twenty minutes.",
    ],
)
def test_a_length_of_time_that_is_no_answer_to_the_round_is_no_forecast(claims_in, answer):
    found = claims_in(
        "Host: When will AGI be here? Ada, you first.", "Someone: I would say 2032.",
        "Host: Kofi?", f"Guest: {answer}",
    )  # fmt: skip
    assert found[-1].kind == "quantity"


def test_what_would_change_a_mind_moves_the_chance_told_long_before(claims_in):
    found = claims_in(
        ODDS, f"Host: {'We walk on. ' * 60}What would move you?",
        "Guest: One clean test. I'd go from three to something like thirty percent overnight.",
    )  # fmt: skip
    assert [("probability", 0.03), ("probability", 0.3)] == [(c.kind, c.value) for c in found[1:]]


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("It is less than one in ten of the seats.", "<"),
        ("It is about one in ten of the seats.", "~"),
        ("One in ten of the seats is free.", "="),
        ("At the very least 40 people came.", ">"),
        ("At the very most 40 people came.", "<"),
    ],
)
def test_a_bound_before_a_ratio_counts(claim_in, said, comparator):
    assert comparator == claim_in(f"Guest: {said}").comparator


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("Before 2070, say. I'm at twelve percent on doom.", 2070),
        ("Will it be law by 2031? There's a ten percent chance that it is law by then.", 2031),
        ("It opens before 2070. I'm at twelve percent on doom.", None),
        ("I was born before 1970. I'm at twelve percent on doom.", None),
        ("We met in 2019. There's a ten percent chance that it is law by then.", None),
        ("It opens by 2031. There's a ten percent chance that it is law.", None),
        ("Before 2070, she says, it rains. I'm at twelve percent on doom.", None),
        ("It opens by 2031, and then I left. By then there was a ten percent chance.", None),
    ],
)
def test_a_chance_holds_by_the_year_that_stands_for_itself_or_is_pointed_at(claims_in, said, year):
    chance = [c for c in claims_in(f"Guest: {said}") if c.kind == "probability"]
    assert [year] == [claim.year_high for claim in chance]


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("Nothing like AGI shows up before 2060.", ">"),
        ("Nothing is lost, AGI comes before 2060.", "<"),
        ("AGI comes before 2060, and nothing else.", "<"),
        ("Nothing matters. AGI comes before 2060.", "<"),
        ("There is nothing to see, because AGI comes before 2060.", "<"),
        ("Nothing stops AGI after 2060.", ">"),
    ],
)
def test_nothing_before_a_year_is_no_earlier_than_that(claim_in, said, comparator):
    assert comparator == claim_in(f"Guest: {said}").comparator


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("The chance of AGI by 2030 is a third, by 2040 two thirds.", [2030, 2040]),
        ("I'm at ten percent on doom, and by 2040 it's forty percent.", [None, 2040]),
        ("I'd give AGI ten percent by 2030, forty percent by 2040.", [2030, 2040]),
        ("I'd give AGI ten percent by 2030, maybe forty percent.", [2030, 2030]),
        ("I'd give AGI ten percent, by 2030, and forty percent by 2040.", [2030, 2040]),
    ],
)
def test_each_chance_has_the_year_that_stands_with_it(claims_in, said, years):
    chances = [c for c in claims_in(f"Guest: {said}") if c.kind == "probability"]
    assert years == [claim.year_high for claim in chances]


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (("Guest: Something where millions die, before 2045. I'd say 12 percent on doom.",), 2045),
        (("Guest: I think it breaks within ten years. On that I'd put 80 percent.",), 2033),
        (("Host: Do you expect doom in the next 20 years?", "Guest: 5 percent, tops."), 2043),
        (("Host: How likely is doom this century?", "Guest: 5 percent."), 2100),
    ],
)
def test_a_chance_holds_until_the_time_that_was_asked_or_defined(claims_in, lines, year):
    *_, claim = claims_in(*lines)
    assert ("probability", year) == (claim.kind, claim.year_high)


def test_a_percentage_that_something_will_happen_is_a_chance(claims_in):
    *_, claim = claims_in("Guest: And there's a good twenty percent that I'll be dead first.")
    assert ("probability", 0.2) == (claim.kind, claim.value)


def test_the_percentage_that_will_is_a_share(claim_in):
    claim = claim_in("Guest: They are the twenty percent that will vote for it.")
    assert "quantity" == claim.kind


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("And how old is the institute?", "Nine. It's nine."),
        ("How many people work there?", "Fourteen."),
        ("Out of how many countries?", "Sixty, I think."),
    ],
)
def test_a_number_that_answers_another_question_is_no_chance(claims_in, question, answer):
    """However shortly before it a chance was asked for and told."""
    lines = ("Host: What is your p(doom)?", "Guest: About ten percent.", f"Host: {question}")
    found = claims_in(*lines, f"Guest: {answer}")
    assert [0.1] == [claim.value for claim in found if claim.kind == "probability"]


def test_a_share_that_is_asked_for_again_is_no_chance(claims_in):
    price = "Guest: We pay 40 percent of what the others pay."
    found = claims_in(price, "Host: Did you say 60 percent?", "Guest: No, forty.")
    assert ["fraction", "fraction"] == [claim.unit for claim in found]
