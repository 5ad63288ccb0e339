"""How firmly a figure is said: hedges, bounds, denials, conditions, questions, stories."""

from __future__ import annotations

import pytest

# --- doubt ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "hedge"),
    [
        ("I guess we lost 40 people.", "I guess"),
        ("I would say the lab has 40 people.", "I would say"),
        ("Maybe 40 people came.", "Maybe"),
        ("The lab has something like 40 people.", "something like"),
        ("The lab has roughly 40 people.", "roughly"),
        ("Perhaps 40 people, I think.", "Perhaps"),
        ("I don't know, maybe 40 people.", "maybe"),
    ],
)
def test_words_of_doubt_make_a_figure_approximate(claim_in, said, hedge):
    claim = claim_in(f"Guest: {said}")
    assert (40, "~") == (claim.value, claim.comparator)
    assert hedge in claim.hedge
    assert not claim.negated


def test_a_hedge_of_the_sentence_before_does_not_count(claim_in):
    """Speech that nobody capitalized is not always cut into sentences."""
    claim = claim_in("Guest: what I like about it is its size. the lab has 40 people")
    assert claim.hedge is None


def test_a_hedge_is_told_once(claim_in):
    claim = claim_in("Guest: Maybe the lab has maybe 40 people.")
    assert "Maybe" == claim.hedge


@pytest.mark.parametrize(
    "said",
    [
        "The lab has 40 people.",
        "Some people say it has 40 people.",
        "Like I said, the lab has 40 people.",
        "It sounds like the lab has 40 people.",
        "We were about to hire when the lab had 40 people.",
        "It was essentially a barn, with 40 people.",
        "The lab has 40 people, who are almost done.",
        "The lab, a sort of barn, has 40 people.",
        "the lab has 40 people. i think it rains",
        "I want to say that the lab in town had 40 people.",
        "What a lab, with 40 people.",
        "He basically owns the lab of 40 people.",
        "The lab has 40 people, which is, what, a crowd.",
        "I call it a lab that has 40 people.",
        "The numbers that people pass around are 40 people.",
        "You must have been there when the lab had 40 people.",
    ],
)
def test_what_is_about_something_else_puts_no_figure_in_doubt(claim_in, said):
    """Words such as "about" and "like" count only beside it, and to report is no doubt."""
    claim = claim_in(f"Guest: {said}")
    assert (40, "=", None) == (claim.value, claim.comparator, claim.hedge)


@pytest.mark.parametrize(
    ("said", "hedge"),
    [
        ("If I remember correctly, the lab has 40 people.", "If I remember correctly"),
        ("I'm guessing the lab has 40 people.", "I'm guessing"),
        ("I wouldn't be surprised, the lab has 40 people.", "I wouldn't be surprised"),
        ("Off the top of my head, 40 people.", "Off the top of my head"),
        ("The lab has 40 people I guess who write.", "I guess"),
        ("The lab has 40 people probably at this point.", "probably"),
        ("40 people is probably what they have.", "probably"),
        ("40 people seems plausible.", "seems"),
        ("The lab has around a whopping 40 people.", "around"),
        ("The lab has about, let's see, 40 people.", "about"),
        ("The lab has, say, 40 people.", "say"),
        ("The lab hires for, say 40 people.", "say"),
        ("It may take 40 people.", "may"),
        ("The lab has 40, maybe 40 people.", "maybe"),
        ("I still do think it has 40 people.", "I still do think"),
        ("The lab has, what, 40 people.", "what"),
        ("The lab has, I want to say, 40 people.", "I want to say"),
        ("It must have been 40 people.", "must have been"),
        ("The lab has 40 people or thereabouts.", "or thereabouts"),
        ("If someone held a gun to my head, 40 people.", "If someone held a gun to my head"),
        ("I've heard that the lab has 40 people.", "I've heard"),
        ("It has, call it 40 people.", "call it"),
        ("It has basically 40 people.", "basically"),
    ],
)
def test_whoever_is_not_sure_puts_the_figure_in_doubt(claim_in, said, hedge):
    claim = claim_in(f"Guest: {said}")
    assert ("~", hedge) == (claim.comparator, claim.hedge)


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("The lab has at least 300 researchers.", ">"),
        ("The lab has more than 300 researchers.", ">"),
        ("Over 300 researchers signed it.", ">"),
        ("The lab has fewer than 300 researchers.", "<"),
        ("The lab has up to 300 researchers.", "<"),
        ("The lab has no more than 300 researchers.", "<"),
        ("There are not more than 300 researchers.", "<"),
        ("The lab has around 300 researchers.", "~"),
        ("Nearly 300 researchers signed it.", "~"),
    ],
)
def test_bounds(claim_in, said, comparator):
    claim = claim_in(f"Guest: {said}")
    assert (300, comparator, False) == (claim.value, claim.comparator, claim.negated)


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("We are all the way up to 300 researchers.", "="),
        ("The lab is on the order of 300 researchers.", "~"),
        ("The lab has 300 researchers, I think.", "~"),
        ("The lab has 300 researchers, who probably write.", "="),
        ("The lab has 300 researchers who might write.", "="),
        ("The lab is kind of a barn with 300 researchers.", "="),
        ("In the past three or four years it rained.", "range"),
        ("Meters go up to 300 feet.", "="),
        ("The meter took two centuries or more.", ">"),
        ("The meter took 20 long years or less.", "<"),
        ("The meter took 20 years more or less.", "~"),
        ("The meter took 20 years, maybe more.", ">"),
        ("The meter took 20 years, probably less.", "<"),
        ("No fewer than 20 people came.", ">"),
        ("It took longer than 20 years.", ">"),
        ("The price fell by about 20 percent.", "~"),
        ("Most auditors say 20 percent.", "="),
        ("The lab has been around 20 years.", "~"),
        ("That is where I was for the past year and a bit.", ">"),
    ],
)
def test_only_what_is_about_the_figure_makes_it_approximate(claim_in, said, comparator):
    assert comparator == claim_in(f"Guest: {said}").comparator


@pytest.mark.parametrize(
    ("said", "comparator"),
    [
        ("No experiment used more than 64 GPUs.", "<"),
        ("Nobody pays more than 64 dollars.", "<"),
        ("They can't use more than 64 GPUs.", "<"),
        ("I don't think it costs less than 64 dollars.", ">"),
        ("AGI won't be here before 2064.", ">"),
        ("I don't see it before 2064.", ">"),
        ("I don't expect AGI to come before 2064.", ">"),
        ("For AGI I'd say not before 2064.", ">"),
        ("AGI is not going to happen before 2064.", ">"),
    ],
)
def test_a_bound_that_is_denied_is_the_other_one(claim_in, said, comparator):
    """To say that no experiment used more does not deny the figure."""
    claim = claim_in(f"Guest: {said}")
    assert (comparator, False) == (claim.comparator, claim.negated)


@pytest.mark.parametrize(
    ("said", "comparator", "negated"),
    [
        ("They use more than 64 GPUs.", ">", False),
        ("They don't use 64 GPUs.", "=", True),
        ("We wouldn't get AGI by 2064.", "<", True),
        ("I'd be very surprised if we had AGI by 2064.", "<", True),
        ("AGI comes before 2064.", "<", False),
        ("I would not be astonished by 64 dollars.", "=", False),
    ],
)
def test_a_bound_that_is_not_denied_stays(claims_in, said, comparator, negated):
    assert [(comparator, negated)] == [
        (claim.comparator, claim.negated) for claim in claims_in(f"Guest: {said}")
    ]


@pytest.mark.parametrize(
    ("said", "comparator", "negated"),
    [
        ("I can't believe we have over 40 boats.", ">", False),
        ("She couldn't believe it cost more than 40 dollars.", ">", False),
        ("We didn't realise they'd paid over 40 dollars.", ">", False),
        ("We didn't just spend more than 40 dollars.", ">", True),
        ("They weren't happy with over 40 percent.", ">", True),
        ("That doesn't mean it's over 40 percent.", ">", True),
        ("I don't expect it to cost more than 40 dollars.", "<", False),
        ("They didn't pay, you know, more than 40 dollars.", "<", False),
        ("They don't pay, like, more than 40 dollars.", "<", False),
    ],
)
def test_a_denied_thought_or_feeling_turns_no_bound(claim_in, said, comparator, negated):
    claim = claim_in(f"Guest: {said}")
    assert (comparator, negated) == (claim.comparator, claim.negated)


# --- denial -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("Maybe not like 98% that we all die.", "98%"),
        ("I don't think it is 90% likely that AI kills us.", "90%"),
        ("My p(doom) isn't 50%.", "50%"),
        ("The budget is not $5 million.", "$5 million"),
        ("The figure of $5 million is wrong.", "$5 million"),
        ("AGI will not come in the next ten years.", "ten years"),
        ("I'm not expecting AGI before 2050.", "2050"),
        ("I doubt that we get AGI before 2050.", "2050"),
        ("I'm skeptical that AGI comes before 2050.", "2050"),
        ("It's hard to imagine that AGI comes before 2050.", "2050"),
        ("I'd be very surprised if we had AGI by 2027.", "2027"),
        ("It would shock me if AGI came by 2027.", "2027"),
    ],
)
def test_a_denied_figure_says_so(claim_in, said, figure):
    claim = claim_in(f"Guest: {said}")
    assert (figure, True) == (claim.figure, claim.negated)


@pytest.mark.parametrize(
    "said",
    [
        "I'm not sure, maybe 15% that we all die.",
        "It's not only me, there is a 15% chance of doom.",
        "I don't want to scare you, but my p(doom) is 15%.",
        "No doubt my p(doom) is 15%.",
        "I wouldn't be surprised if my p(doom) was 15%.",
        "I'd be surprised if my p(doom) wasn't 15%.",
        "I was surprised that my p(doom) was 15%.",
        "I was shocked to see that my p(doom) was 15%.",
    ],
)
def test_other_denials_leave_the_figure_alone(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert ("15%", False) == (claim.figure, claim.negated)


def test_what_would_not_be_without_its_cause_is(claim_in):
    claim = claim_in("Guest: If they weren't racing, they wouldn't raise a billion dollars.")
    assert not claim.negated


@pytest.mark.parametrize(
    "said",
    [
        "If we don't get more meters, we wouldn't get AGI by 2030.",
        "If there were no controls, they wouldn't need AGI by 2030.",
        "We did not get AGI in 2020.",
        "They didn't ship it in 2020.",
        "I never met Ada in 2020.",
        "We didn't see progress in 2020.",
        "Nobody had meters in 2020.",
    ],
)
def test_other_conditions_and_dates_leave_a_denial_alone(claims_in, said):
    assert [True] == [claim.negated for claim in claims_in(f"Guest: {said}")]


def test_whoever_did_not_see_something_does_not_deny_its_date(claim_in):
    claim = claim_in("Guest: I haven't seen the invoices that we wrote in 2019.")
    assert ("event", 2019, False) == (claim.kind, claim.event_year, claim.negated)


def test_what_it_is_instead_is_not_denied(claims_in):
    wrong, right = claims_in("Guest: My p(doom) is not 90%, it's 15%.")
    assert (True, False) == (wrong.negated, right.negated)
    assert ("90%", "15%") == (wrong.figure, right.figure)


def test_what_would_surprise_when_it_took_longer_is_an_upper_bound(claim_in):
    claim = claim_in("Guest: I'd be surprised if it took more than 15 years to build AGI.")
    assert ("timeline", 15, "<") == (claim.kind, claim.value, claim.comparator)
    assert (False, False) == (claim.negated, claim.conditional)


# --- conditions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("If nobody slows down, I expect AGI by 2030.", "If nobody slows down"),
        ("Unless there is a war, AGI arrives by 2035.", "Unless there is a war"),
        ("Even if we stop today, AGI comes by 2060.", "Even if we stop today"),
        ("My p(doom) is 40% if we race.", "if we race"),
        ("Barring a war, AGI arrives by 2035.", "Barring a war"),
        ("Absent a treaty, AGI arrives by 2035.", "Absent a treaty"),
        ("In worlds where all race, my p(doom) is 40%.", "In worlds where all race"),
        ("In a world where all race, I give us a 40% chance of doom.", "In a world where all race"),
        (
            "Assuming that chips get cheaper, a run costs $10 million.",
            "Assuming that chips get cheaper",
        ),
        ("If you, if people pay, they raise 40 dollars.", "If you, if people pay"),
        (
            "If you assume like, you know, that people pay, my p(doom) is 40%.",
            "If you assume like, you know, that people pay",
        ),
    ],
)
def test_a_condition_is_kept_with_its_words(claim_in, said, condition):
    claim = claim_in(f"Guest: {said}")
    assert (True, condition) == (claim.conditional, claim.condition)


@pytest.mark.parametrize(
    "said",
    [
        "If Dr. Holt is right, my p(doom) is 40%.",
        "If the meters etc. keep breaking, my p(doom) is 40%.",
        "Given that we solve alignment, my p(doom) is 40%.",
        "If that's true, then my p(doom) is 40%.",
        "If growth hits 3.5 meters, my p(doom) is 40%.",
        "My p(doom) is 40%, especially if we race.",
        "If you multiply the meters, my p(doom) is 40%.",
    ],
)
def test_a_condition_is_noticed(claim_in, said):
    assert claim_in(f"Guest: {said}").conditional


def test_a_condition_of_the_next_sentence_is_not_the_figures(claim_in):
    """Speech that nobody capitalized is not always cut into sentences."""
    claim = claim_in("Guest: The lab has 40 people. if it rains they stay")
    assert claim.condition is None


def test_a_figure_that_stands_in_a_forecasts_condition_is_not_claimed(claims_in):
    """Only what follows from the "if" is a claim."""
    found = claims_in("Guest: If we build 10,000 robots, our p(doom) is 40%.")
    assert ["40%"] == [claim.figure for claim in found]


@pytest.mark.parametrize(
    "said",
    [
        "If you ask me, my p(doom) is 40%.",
        "If I had to guess, my p(doom) is 40%.",
        "If you put a gun to my head, my p(doom) is 40%.",
        "If pressed, my p(doom) is 40%.",
        "If I were to guess, my p(doom) is 40%.",
        "My p(doom), I imagine, is 40%.",
        "Even if it is very true that meters break, my p(doom) is 40%.",
        "If we rewind the clock, my p(doom) was 40%.",
        "I don't know if it's true, but their p(doom) is 40%.",
    ],
)
def test_a_polite_if_is_no_condition(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert (False, None) == (claim.conditional, claim.condition)


@pytest.mark.parametrize(
    "said",
    [
        "We lose 40 percent, but only if it rains.",
        "We lose 40 percent, and that's if it rains.",
        "We lose 40 percent, and only if the ice melts.",
        "We lose 40 percent, but that's only if it rains.",
        "Once Mill-6 opens, we lose 40 percent.",
        "We lose 40 percent once boats get cheap.",
        "We lose 40 percent once a mill opens.",
        "If they force him to sell, we lose 40 percent.",
        "If they made me king, we lose 40 percent.",
        "If you put a gun to his head, we lose 40 percent.",
    ],
)
def test_what_only_looks_like_another_clause_or_politeness_is_a_condition(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert (True, None) == (claim.conditional, claim.hedge)


@pytest.mark.parametrize(
    "said",
    [
        "Once again we lose 40 percent.",
        "Once in a while we lose 40 percent.",
        "Once a season we lose 40 percent.",
        "We once lost 40 percent.",
        "Once upon a time we lost 40 percent.",
        "If they forced me, I'd say 40 percent.",
        "If someone made me pick, 40 percent.",
    ],
)
def test_a_time_told_with_once_and_a_forced_guess_are_no_conditions(claim_in, said):
    assert not claim_in(f"Guest: {said}").conditional


# --- questions and stories --------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    ["We have 300 people, right?", "We have 300 people.", "They found 300 people, you know?"],
)
def test_a_question_that_only_seeks_assent_is_a_statement(claim_in, said):
    claim = claim_in(f"Guest: {said}")
    assert (300, False) == (claim.value, claim.asked)


def test_a_guests_figure_that_the_host_asks_back_stands_in_a_question(claims_in):
    told, asked = claims_in("Guest: My p(doom) is 15%.", "Host: Why 15%?", "Guest: I counted.")
    assert (False, True) == (told.asked, asked.asked)


def test_a_story_is_fiction_and_the_talk_after_it_is_not(claims_in):
    found = claims_in(
        "fiction: The Long Night",
        "Guest: The machine had ten million robots.",
        "section: Back To Work",
        "Guest: We have 300 researchers.",
    )
    assert [(1e7, True), (300, False)] == [(claim.value, claim.fiction) for claim in found]


@pytest.mark.parametrize(
    "said",
    [
        "It's like everything costs 40 dollars.",
        "It's like buying a boat, we paid 40 dollars.",
        "I'd rather have the boat, which cost 40 dollars.",
        "I'd rather see the mill and we paid 40 dollars.",
        "You need someone who's seen the mill, the mill cost 40 dollars.",
        "If I offered you a bet, I'd say 40 dollars.",
        "That's like herding geese, about 40 dollars.",
    ],
)
def test_a_figure_beside_what_is_supposed_is_told(claim_in, said):
    assert 40 == claim_in(f"Guest: {said}").value


@pytest.mark.parametrize(
    "said",
    [
        "If I offered you 40 dollars for it, you'd run.",
        "If I offered you, say, 40 dollars for it, you'd run.",
        "It's like paying 40 dollars for a boat.",
        "I'd rather have 40 dollars.",
    ],
)
def test_a_figure_in_what_is_supposed_claims_nothing(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


def test_a_condition_put_in_between_denies_nothing(claim_in):
    claim = claim_in("Guest: My year, if you haven't heard it already, is 2034 for AGI.")
    assert not claim.negated


@pytest.mark.parametrize(
    "said",
    [
        "If you build on that, that would cost 40,000 dollars.",
        "You have time once it has landed, like 400 milliseconds before it locks.",
    ],
)
def test_a_condition_ends_before_what_follows_from_it(claim_in, said):
    """The figure hangs on the condition, and is no part of it."""
    claim = claim_in(f"Guest: {said}")
    assert claim.value in (400, 40_000)
    assert claim.conditional


def test_what_somebody_once_thought_is_no_condition(claims_in):
    claims = claims_in("Guest: Ada, who once thought that we had 40 years, expects AGI in 2050.")
    assert not claims[-1].conditional


def test_a_point_of_no_return_denies_nothing(claim_in):
    assert not claim_in("Guest: The point of no return was in 2021.").negated
