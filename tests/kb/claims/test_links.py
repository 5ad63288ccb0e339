"""Corrections, changed views and repetitions of the same person, linked both ways."""

from __future__ import annotations

import pytest


def assert_superseded(old, new):
    assert new.id == old.superseded_by
    assert old.id in new.supersedes
    assert new.superseded_by is None


@pytest.mark.parametrize(
    ("said", "wrong", "right"),
    [
        ("It took three hours, sorry, 30 hours.", "three hours", "30 hours"),
        ("It took three hours. Sorry, 30 hours.", "three hours", "30 hours"),
        ("The lab has 300 people. I mean 400 people.", "300 people", "400 people"),
        ("It cost $3 million, I misspoke, $30 million.", "$3 million", "$30 million"),
        ("The chance of AGI is 80%, or rather 70%.", "80%", "70%"),
        ("AGI comes in 2035. Correction, 2045.", "2035", "2045"),
        ("I taught for two years. Three years, sorry.", "two years", "Three years"),
        (
            "It holds 40 million entries. Hang on, 14 million entries.",
            "40 million entries",
            "14 million entries",
        ),
    ],
)
def test_a_figure_that_is_taken_back_is_superseded(claims_in, said, wrong, right):
    old, new = claims_in(f"Guest: {said}")
    assert (wrong, right) == (old.figure, new.figure)
    assert_superseded(old, new)


def test_a_correction_reaches_back_over_the_others_words(claims_in):
    old, new = claims_in("Guest: I'd say AGI in 2031.", "Host: Oh.", "Guest: Sorry, in 2041.")
    assert_superseded(old, new)


@pytest.mark.parametrize(
    "said",
    [
        "I used to say 2027 for AGI, now I say 2031.",
        "Originally I said AGI by 2027, but these days my median is 2031.",
        "I used to think AGI comes in 2027. Now my median is 2031.",
        "I would have said 2027 for AGI. 2031 is where I would put it right now.",
        "I previously thought AGI comes in 2027. Now I think it comes in 2031.",
        "I used to think it comes in 2027, but now I think AGI comes in 2031.",
        "When I started the group I'd have told you 2027 for AGI. I say 2031 for AGI.",
        "If you'd asked me before the war I had 2027 as my median for AGI. AGI comes in 2031.",
        "Back then my median for AGI was 2027. AGI comes in 2031.",
    ],
)
def test_a_former_view_is_superseded_by_the_current_one(claims_in, said):
    old, new = claims_in(f"Guest: {said}")
    assert (2027, 2031) == (old.value, new.value)
    assert_superseded(old, new)


@pytest.mark.parametrize("then", [". Now it is", ", now it is", ", but today it is"])
def test_chances_change_too(claims_in, then):
    old, new = claims_in(f"Guest: My p(doom) used to be 40%{then} 15%.")
    assert (0.4, 0.15) == (old.value, new.value)
    assert_superseded(old, new)


def test_a_figure_said_to_be_wrong_is_wrong_wherever_it_was_said(claims_in):
    """The correction names the mistake, which an earlier turn made."""
    first, denied, right = claims_in(
        "Guest: The paperwork took three hours.",
        "Host: That is quick.",
        "Guest: Sorry, it wasn't three hours, it was 30 hours.",
    )
    assert ("three hours", True, "30 hours") == (denied.figure, denied.negated, right.figure)
    assert right.id == first.superseded_by == denied.superseded_by
    assert {first.id, denied.id} == set(right.supersedes)


def test_a_current_view_may_come_first(claims_in):
    new, old = claims_in("Guest: Now I say 2031 for AGI, but I used to say 2027 for AGI.")
    assert (2031, 2027) == (new.value, old.value)
    assert_superseded(old, new)


def test_one_hedged_guess_after_another_adjusts_it(claims_in):
    old, new = claims_in("Guest: Maybe a year. I don't know, maybe six months.")
    assert ("years", "months") == (old.unit, new.unit)
    assert_superseded(old, new)


@pytest.mark.parametrize(
    "lines",
    [
        ("Guest: My median for AGI is 2034.", "Host: Sorry, my median for AGI is 2050."),
        ("Guest: Ada predicted AGI in 2050. Sorry, I think AGI comes in 2034.",),
        ("Guest: The lab has 300 people. Sorry, it cost $3 million.",),
        ("Guest: I wrote 11 papers. It took 40 people.",),
        ("Guest: AGI comes in 2034. Superintelligence comes in 2036.",),
    ],
)
def test_nothing_is_superseded_by_another_person_or_by_another_thing(claims_in, lines):
    found = claims_in(*lines)
    assert 2 == len(found)
    assert [None, None] == [claim.superseded_by for claim in found]
    assert [(), ()] == [claim.supersedes for claim in found]


def test_a_range_of_time_is_no_correction(claims_in):
    (claim,) = claims_in("Guest: The paperwork takes six months or maybe a year.")
    assert (6, 12, "months") == (claim.low, claim.high, claim.unit)


# --- the same figure again ----------------------------------------------------------------------


def test_a_figure_said_again_restates_the_first_time(claims_in):
    first, second, third = claims_in(
        "Guest: My p(doom) is 15%.",
        "Host: Really?",
        "Guest: As I said, my p(doom) is 15%. 15 percent, no less.",
    )
    assert (None, first.id, first.id) == (first.restates, second.restates, third.restates)


def test_the_same_figure_in_other_words_is_the_same(claims_in):
    first, second = claims_in("Guest: It cost 1.5bn dollars. It cost $1,500 million.")
    assert first.id == second.restates


@pytest.mark.parametrize(
    "lines",
    [
        ("Guest: My p(doom) is 15%.", "Host: My own p(doom) was always 20%."),
        ("Guest: We had 64 GPUs. It took 64 hours.",),
        ("Guest: My p(doom) is 15%. My p(doom) is not 16%.",),
        ("Guest: I joined in 2019. She joined in 2019.",),
    ],
)
def test_another_figure_unit_or_person_restates_nothing(claims_in, lines):
    found = claims_in(*lines)
    assert 2 == len(found)
    assert [None, None] == [claim.restates for claim in found]


def test_a_denied_figure_does_not_restate_the_one_that_it_denies(claims_in):
    told, denied = claims_in("Guest: My p(doom) is 15%.", "Host: Your p(doom) is not 15%.")
    assert (False, True) == (told.negated, denied.negated)
    assert denied.restates is None


@pytest.mark.parametrize(
    "said",
    [
        "I expect AGI by 2030. At the time I was in Rome. AGI will be cheap by 2035.",
        "I used to say AGI comes in 2030. My wife wants to move in 2027.",
        "It's 20 percent. No, that's not my field. Their rate is 30 percent.",
        "We lost 3 percent, and 5 percent. Sorry to say.",
    ],
)
def test_what_only_follows_supersedes_nothing(claims_in, said):
    assert {None} == {claim.superseded_by for claim in claims_in(f"Guest: {said}")}


# --- what somebody believed before ---------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "My median is 2034. When I started I'd have told you 2050.",
        "My median is 2034. It used to be 2050, and it came in.",
        "If you'd caught me then I would've said 2050 for AGI. I'd put my median at 2034.",
        "My median is 2034. Last summer I was at 2050, on that.",
        "At the time I had 2050 as my median. I came out at 2034.",
    ],
)
def test_a_view_of_before_gives_way_to_the_nearest_one_of_now(claims_in, said):
    found = {claim.value: claim for claim in claims_in(f"Guest: {said}")}
    assert found[2034].id == found[2050].superseded_by
    assert found[2034].superseded_by is None


@pytest.mark.parametrize(
    "said",
    [
        "My median is 2034. In that case I'd say 2050.",
        "My median is 2034. I was at a fair, and they told me 2050.",
        "When I started I'd have told you 2050. If it rains, I'd say 2034.",
        "When I started I'd have told you 2050. Do you think it's 2034?",
        "I'd have told you 2050 for AGI. I say doom comes in 2034.",
        "My median is 2034. They had 2050 guests.",
    ],
)
def test_no_other_view_gives_way(claims_in, said):
    assert {None} == {claim.superseded_by for claim in claims_in(f"Guest: {said}")}


@pytest.mark.parametrize(
    "said",
    [
        "I told them there's a 90 percent chance of rain. I think it's a 20 percent chance of rot.",
        "I told them 2040 for the bridge. I think AGI comes in 2035.",
        "My timeline was 2040. It's 2026 that the lease ends.",
        "My number was 2040. She'll be 18 in 2031, I think.",
        "I told people 2040. And today the plan is to open in 2026.",
        "My timeline was 2040. I think the mill opens in 2026.",
    ],
)
def test_a_view_of_something_else_takes_no_place(claims_in, said):
    found = claims_in(f"Guest: {said}")
    assert 2 == len(found)
    assert {None} == {claim.superseded_by for claim in found}


@pytest.mark.parametrize(
    "said",
    [
        "I told people there's a 90 percent chance of a flood. I'd say it's a 30 percent chance.",
        "I told them it had a 90 percent chance. I think there's a 30 percent chance it floods.",
        "I told people 2040. Now I'd say 2032.",
        "My median was 2040. Now it's 2032.",
        "I'd have told you 2040 for most of my life. I'm at 2032.",
    ],
)
def test_a_view_of_the_same_thing_takes_its_place(claims_in, said):
    old, new = claims_in(f"Guest: {said}")
    assert_superseded(old, new)


@pytest.mark.parametrize(
    "said",
    [
        "I think it fell from 71 percent right to 58 percent.",
        "I'd say 12 percent. The wall of the old mill, which is a ruin, leaks maybe 58 percent.",
    ],
)
def test_two_hedged_figures_of_different_things_are_no_guesses_at_one(claims_in, said):
    assert {None} == {claim.superseded_by for claim in claims_in(f"Guest: {said}")}


def test_equal_figures_of_different_things_are_no_restatement(claims_in):
    """The revenue doubled, and a beam is twice as good: that both are 2x says nothing."""
    first, again = claims_in(
        "Guest: Our revenue has doubled.",
        "Host: Congratulations.",
        "Guest: A bench of oak lasts 2x longer.",
    )
    assert (2, 2, None) == (first.value, again.value, again.restates)


def test_a_sorry_puts_one_figure_right(claims_in):
    """What is told of something else afterwards takes nothing back."""
    found = claims_in("Guest: It runs 24 hours, or sorry, 8 hours. Then I spend 3 hours on tea.")
    by_value = {claim.value: claim for claim in found}
    assert by_value[8].id == by_value[24].superseded_by
    assert () == by_value[3].supersedes


@pytest.mark.parametrize(
    "said",
    [
        "It is 14 million GPUs. I said 16 million GPUs in spring, and that was wrong.",
        "I said 16 million GPUs in spring, which was far too high, it is 14 million GPUs.",
        "We published 16 million GPUs, and it turned out to be a mistake. It is 14 million GPUs.",
    ],
)
def test_what_somebody_calls_their_own_mistake_is_superseded(claims_in, said):
    assert [16e6] == [c.value for c in claims_in(f"Guest: {said}") if c.superseded_by]


@pytest.mark.parametrize(
    "said",
    [
        "I said 16 bakers came, and that was wrong of me. I saw 40 bakers.",
        "We told 40 bakers, and that was wrong. There are 60 bakers here.",
        "I said 16 bakers came. Ada was wrong. I saw 40 bakers.",
        "I said it costs 16 dollars, and that was wrong. There are 60 bakers here.",
        "She said 16 bakers, and that was wrong. I saw 40 bakers.",
        "I said 16 bakers. It is too high to climb. I saw 40 bakers.",
    ],
)
def test_other_mistakes_supersede_nothing(claims_in, said):
    assert not any(claim.superseded_by for claim in claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "old"),
    [
        ("She's moved from 2040 to 2033 on AGI.", [2040]),
        ("My median for AGI has come down from 2040 to about 2033.", [2040]),
        ("I'd move from 2040 to 2033 on AGI.", []),
        ("The opening of the mill moved from 2040 to 2033.", []),
        ("I went from 2040 chairs to 2033 chairs.", []),
        ("I moved from Lund in 2031 to Paris in 2033.", []),
        ("I've moved from talk of AGI in 2040, and my son to work, to 2033.", []),
        ("I'm at ten percent on doom, by 2040 maybe forty percent.", []),
    ],
)
def test_a_view_that_moved_gives_way_to_the_one_it_moved_to(claims_in, said, old):
    assert old == [claim.value for claim in claims_in(f"Guest: {said}") if claim.superseded_by]
