"""Views and figures that are given up for others."""

from __future__ import annotations

import pytest


def superseded(claims):
    """Figures with what took their place."""
    by_id = {claim.id: claim for claim in claims}
    return {
        claim.figure: by_id[claim.superseded_by].figure for claim in claims if claim.superseded_by
    }


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("We have about forty people. No, forty-five.", "forty people", "forty-five"),
        ("The run took 90 days, or, well, actually it was 120 days.", "90 days", "120 days"),
        ("It took eleven days, no, I looked it up, it was fourteen days.", *("eleven days",)
         , "fourteen days"),
        ("We planned for 50 people, but it's going to be 30 people.", "50 people", "30 people"),
        ("It's about 60 staff. 70 staff, my mistake.", "60 staff", "70 staff"),
        ("We promised results in six weeks. It's been two years.", "six weeks", "two years"),
        ("We told buyers it would be fun and would cost 20 dollars. It's now at 50 dollars.",
         "20 dollars", "50 dollars"),
        ("It's six weeks for a permit. Actually, let me be fair, four weeks for a permit.",
         "six weeks", "four weeks"),
        ("I would have guessed 400 looms. It was 900 looms.", "400 looms", "900 looms"),
        ("I'd like to say a week, but we lost nearer to 16 days.", "a week", "16 days"),
        ("My median for AGI is 2032. Hmm, no, thinking about it, 2035.", "2032", "2035"),
        ("On doom I'd say 40 percent. 30 percent.", "40 percent", "30 percent"),
        ("On doom I'd say 40 percent. No, that's, um, that's the coffee. 30 percent.",
         "40 percent", "30 percent"),
        ("I'd say AGI in 2033. With a bump before that, for looms. Actually no. Sorry. 2034.",
         "2033", "2034"),
        ("It was 30 million dollars. No, sorry, that was the quote. It ended up being 38.",
         "30 million dollars", "38"),
        ("I said the law would hold for ten years. It held for about two.", "ten years", "two"),
        ("It took five weeks to weave it. Wait, was it five? No, seven weeks.", "five weeks",
         "seven weeks"),
        ("We ran, what was it, forty looms. Fifty looms.", "forty looms", "Fifty looms"),
        ("I revised my estimate upward, from 1e26 to 5e26 FLOP.", "1e26", "5e26 FLOP"),
        ("I did not say 5 percent for doom. I said 15 percent.", "5 percent", "15 percent"),
    ],
)  # fmt: skip
def test_a_figure_is_put_right_just_after(claims_in, said, old, new):
    assert {old: new} == superseded(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("I used to be at 5 percent on doom. After that I went to 15 percent.", "5 percent",
         "15 percent"),
        ("My timelines were 2050 before that paper. Now they're 2035 for AGI.", "2050", "2035"),
        ("Ada's median for AGI was 2050 when she wrote that, and she's since moved it to 2040.",
         "2050", "2040"),
        ("I started out at 2060 for AGI and I've come down to 2040.", "2060", "2040"),
        ("Ada moved her date for AGI from 2050 to 2040.", "2050", "2040"),
        ("Ada was at 2045 for AGI before she joined, and she's at 2030 today.", "2045", "2030"),
        ("When that came out my median for AGI jumped from 2050 to 2038.", "2050", "2038"),
        ("My forecast said AGI in 2055. I've since cut that to 2036.", "2055", "2036"),
        ("My doom number fell. It was 30 percent and it's 15 percent.", "30 percent",
         "15 percent"),
        ("Ada used to say 2040 for AGI, but these days she says 2030.", "2040", "2030"),
        ("I've always said 2045 for AGI. After this I'd shade that to 2040.", "2045", "2040"),
        ("Before that I thought 10 percent for doom. Since then it's been closer to 20 percent.",
         "10 percent", "20 percent"),
        ("I came in here thinking that AGI was 50 years off. I'd say it's 9 years away.",
         "50 years", "9 years"),
        ("I was at 20 percent on doom in 2019. I'm at twelve now. Twelve percent, um, all in all.",
         "20 percent", "Twelve percent"),
        ("My standard answer on AGI was 2060. I don't give that any more. I say 2037.",
         "2060", "2037"),
        ("I said 15 percent for doom. I think it's more like 25 percent.", "15 percent",
         "25 percent"),
        ("I was a 2045 person for AGI, and I'm a 2035 person now.", "2045", "2035"),
        ("I moved from 20 percent to 35 percent on doom.", "20 percent", "35 percent"),
        ("I would've told you 2045 for AGI. Today I'd tell you 2031.", "2045", "2031"),
    ],
)  # fmt: skip
def test_a_view_of_the_past_gives_way_to_the_one_held_now(claims_in, said, old, new):
    assert {old: new} == superseded(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    "answer", ["Put me down for 2045.", "I think I have to go out to 2045.", "I'm up to 2045."]
)
def test_a_view_is_changed_in_the_course_of_a_talk(claims_in, answer):
    """Wherever it was told before, by whomever."""
    claims = claims_in(
        "Guest: My median for AGI is 2034.",
        "Host: You said 2034 for AGI, and now you have heard all that. What is it?",
        f"Guest: {answer}",
    )
    *_, last = claims
    assert [last.id, last.id, None] == [claim.superseded_by for claim in claims]


def test_somebody_gives_in_to_a_doubt(claims_in):
    old, new = claims_in(
        "Guest: I'd give doom 10 percent.", "Host: No more?", "Guest: All right, 15 percent."
    )
    assert new.id == old.superseded_by


def test_an_answer_takes_the_place_of_what_one_is_said_to_think(claims_in):
    old, new = claims_in(
        "Guest: Thanks for having me.",
        "Host: You told me 2028 for AGI.",
        "Guest: I did. I'm at 2031 now.",
    )
    assert new.id == old.superseded_by
    old, new = claims_in(
        "Guest: Thanks for having me.",
        "Host: Your website says 2045 for AGI.",
        "Guest: I should update that. It's 2037.",
    )
    assert new.id == old.superseded_by


@pytest.mark.parametrize(
    "said",
    [
        "On doom it's 3 percent. Maybe 4 percent.",
        "I give AGI 2034. Ada says 2045 for AGI.",
        "I'd go to 10 percent on doom if the law failed. On war I'd say 20 percent.",
        "We planned for 50 people. And 30 people came to lunch.",
        "AGI in 2034 is my median. I don't see it before 2030.",
    ],
)
def test_what_is_said_beside_a_figure_leaves_it_standing(claims_in, said):
    assert {} == superseded(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("asked", "answer", "old"),
    [
        ("So you have eighty looms.", "No no, it's closer to 95 looms now.", {"eighty looms"}),
        ("The report mentioned 80 looms.", "That was the old figure. We have 95 looms.",
         {"80 looms"}),
        ("That's, what, eighty looms?", "Higher. It's about 95 looms.", {"eighty looms"}),
        ("The report mentioned 80 looms.", "No, I think they have 95 looms.", set()),
        ("So you have eighty looms.", "And Ada has 95 looms.", set()),
        ("So you have eighty looms. How is the flax?", "No, bad. We wove 95 looms of it.", set()),
    ],
)  # fmt: skip
def test_whoever_knows_puts_the_other_right(claims_in, asked, answer, old):
    assert old == set(superseded(claims_in(f"Host: {asked}", f"Guest: {answer}")))


def test_another_time_ahead_has_the_years_of_the_one_before(claims_in):
    first, then = claims_in("Guest: AGI was fifty years off. Then it was thirty.")
    assert ("timeline", 30, "years") == (then.kind, then.value, then.unit)
    assert first.value == 50


def test_a_bare_number_corrects_the_one_that_answered(claims_in):
    first, second = claims_in(
        "Host: How many people are on the team?", "Guest: Twelve, I think. Maybe thirteen."
    )
    assert (12, 13, "people") == (first.value, second.value, second.unit)
    assert second.id == first.superseded_by


def test_a_few_of_them_are_no_correction(claims_in):
    (claim,) = claims_in("Guest: We have forty people in three towns. Maybe six of them sleep.")
    assert 40 == claim.value


@pytest.mark.parametrize(
    ("told", "answer", "old"),
    [
        ("Ada Vale thinks AGI comes in 2060.", "I think Ada Vale said 2055.", {"2060"}),
        ("Ada Vale thinks AGI comes in 2060.", "And Kofi Baako said 2055.", set()),
        ("Ada Vale thinks AGI comes in 2060.", "I say 2055.", set()),
    ],
)
def test_what_both_tell_of_a_third_is_as_the_second_remembers(claims_in, told, answer, old):
    assert old == set(superseded(claims_in(f"Guest: {told}", f"Host: {answer}")))


@pytest.mark.parametrize(
    ("said", "held", "former"),
    [
        ("Thirty percent. It was ten percent two years ago.", 0.3, 0.1),
        ("Thirty percent. It was ten percent when I joined the lab.", 0.3, 0.1),
        ("My p(doom) is thirty percent. It was ten percent last year.", 0.3, 0.1),
    ],
)
def test_what_it_was_once_is_a_former_view(claims_in, said, held, former):
    """The view that stands is told first, and the one before it after that."""
    claims = claims_in("Host: What is your p(doom)?", f"Guest: {said}")
    by_value = {claim.value: claim for claim in claims if claim.kind == "probability"}
    assert by_value[held].id == by_value[former].superseded_by
    assert by_value[held].superseded_by is None
