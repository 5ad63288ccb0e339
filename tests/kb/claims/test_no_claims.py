"""Numbers that claim nothing: names, lists, idioms, suppositions, questions, vague times."""

from __future__ import annotations

import pytest

ENUMERATIONS = (
    "There are three reasons why I left.",
    "I have two points about that.",
    "Name three examples.",
    "Give me three risks, Max Orr.",
    "They are two different things.",
    "I can think of two kinds of meters.",
    "Let me say two words about that.",
    "I see two major trends.",
    "All three of us were late.",
    "First, I count the chips.",
    "The second time it broke.",
)
ARTICLES = (
    "One of the meters is broken.",
    "It takes one clerk to lose an invoice.",
    "It is a single point of failure.",
    "It's one thing to count and another thing to measure.",
    "On the one hand it is cheap, on the other hand it breaks.",
)
NAMES = (
    "GPT-4 was better than GPT-3.",
    "We compare Claude 2 with GPT-3.5.",
    "Llama 2 is not bad.",
    "The R1 and the o1 are reasoning models.",
    "We rent an H100 for this.",
    "I still use a 4090 at home.",
    "I learned Fortran 77 at school.",
    "We are at version 2.0 now.",
)
NUMBERS_OF_PARTS = (
    "I read section 4 of the report.",
    "Chapter 7 is about meters.",
    "This is episode 112.",
    "Step 3 is the hard one.",
    "That was in issue #123.",
    "Room 101 is upstairs.",
    "The AI 2041 scenario is readable.",
    "I read the book 1984 at school.",
    "A film called 2010 came out.",
)
IDIOMS = (
    "That is the number one concern.",
    "It runs 24/7.",
    "I was 100% behind it.",
    "I'm 100% with you there.",
    "Give me a second.",
    "Two heads are better than one.",
    "We went from zero to one.",
    "Once or twice I got lost.",
    "At the end of the day it is fine.",
    "That is a two-edged sword.",
    "That is the million dollar question.",
    "I have a thousand questions.",
    "I count 24 hours a day, seven days a week.",
    "The meter is two feet away.",
    "I'll give you the 30-second version.",
    "He ran a four minute mile.",
    "I can name hundreds of examples.",
    "We are past the one-hour mark.",
)
SUPPOSED = (
    "Suppose you have two students and 50 exams.",
    "Imagine a factory with 10,000 robots.",
    "Imagine this office in 1962.",
    "Say there is a model with a trillion parameters.",
    "Let's say you have a billion dollars.",
    "If you had 100x more compute, the meter would break.",
    "If we had a million GPUs, we would run it overnight.",
    "If AGI comes in 2030, we are in trouble.",
    "They go, oh, I want to see 100x growth.",
    "You say, can you make it 10 percent faster.",
    "I say can you improve it by 10 percent.",
    "You raise $50 million, or whatever it is.",
)
WISHES = (
    "We don't want to spend $10 million on that.",
    "Nobody here wanted to pay $3 million for it.",
)
QUESTIONS = (
    "Why would anybody pay $10 million for that?",
    "Who needs 500 GPUs?",
    "Did you really spend $10 million?",
    "Isn't it strange that 90% of the meters fail?",
    "What would you do with 20,000 robots?",
    "When do you expect a 50% chance of AGI?",
    "Was it any better six years ago?",
    "What if AGI comes in 2030?",
)
VAGUE = (
    "I will be in Rotterdam for a few years.",
    "In the past year it got worse.",
    "A few years ago it was different.",
    "What happens in the coming years?",
    "We read a lot over the last couple of years.",
    "I will dive into this in the next couple of days.",
)
PRESENT = (
    "Whoever buys a meter in 2023 should read the label.",
    "Here in 2023 we still read invoices.",
)


@pytest.mark.parametrize(
    "said",
    [
        *ENUMERATIONS, *ARTICLES, *NAMES, *NUMBERS_OF_PARTS, *IDIOMS, *SUPPOSED, *WISHES,
        *QUESTIONS, *VAGUE, *PRESENT,
    ],
)  # fmt: skip
def test_no_claim(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


def test_a_denied_count_counts_nothing(claims_in):
    """That there are not two of them does not say how many there are."""
    assert [] == claims_in("Guest: There aren't two meters.")


@pytest.mark.parametrize(
    ("empty", "telling", "figure"),
    [
        ("We rent an H100 for this.", "We rent 100 H100s for this.", "100 H100s"),
        ("GPT-4 surprised everyone.", "The 4 models surprised 400 people.", "400 people"),
        ("I was 100% behind it.", "There was a 100% chance of rain.", "100%"),
        ("Suppose we had 50 exams.", "We had 50 exams.", "50 exams"),
        ("Who needs 500 GPUs?", "I need 500 GPUs.", "500 GPUs"),
        ("One of the meters broke.", "We lost 21 meters.", "21 meters"),
        ("In 2023 people should count.", "In 2013 we learned to count.", "2013"),
        ("We had a few years.", "We had seven years.", "seven years"),
        ("You could watch it for a month.", "We watched it for a month.", "a month"),
        ("She's 81, and tired.", "She has 81 meters.", "81 meters"),
        ("It came a thousand mornings in a row.", "It came 80 mornings in a row.", "80 mornings"),
        ("The supply is doubling slowly.", "The supply is doubling each year.", "doubling"),
        ("I mean the 90 percent people.", "I mean that 90 percent leak.", "90 percent"),
        ("It's like offering somebody 90 ovens.", "It's like 90 ovens.", "90 ovens"),
        ("I'd rather have 90 clerks than a mill.", "I have 90 clerks and a mill.", "90 clerks"),
        ("You want somebody who's seen 90 births.", "You have seen 90 births.", "90 births"),
        ("If you told someone it has 90 clerks.", "He told someone it has 90 clerks.", "90 clerks"),
        ("If I offered you 90 clerks, you left.", "I offered you 90 clerks.", "90 clerks"),
    ],
)
def test_the_same_words_with_a_figure_do_claim(claims_in, empty, telling, figure):
    assert [] == claims_in(f"Guest: {empty}")
    assert figure in [claim.figure for claim in claims_in(f"Guest: {telling}")]


def test_a_question_for_a_figure_that_is_answered_claims_nothing_itself(claims_in):
    """What the host only asks is not the host's belief, and not the guest's who denies it."""
    found = claims_in("Host: Is there a 90% chance that we all die?", "Guest: No, maybe 20%.")
    assert ["20%"] == [claim.figure for claim in found]


@pytest.mark.parametrize(
    "said", ["It keeps trying 10 other things.", "You will suddenly have 50 reasons."]
)
def test_round_numbers_of_just_anything_claim_nothing(claims_in, said):
    assert [] == claims_in(f"Guest: {said}")


def test_a_hosts_guess_gives_way_to_the_answer(claim_in):
    """Both are shares of the same; that one asked and the other answered tells which holds."""
    claim = claim_in("Host: So the waste goes to 7%?", "Guest: 10%.")
    assert 0.10 == claim.value


@pytest.mark.parametrize(
    "answer", ["About 60.", "No, more like 60.", "Sixty.", "60, actually.", "Over 60 people."]
)
def test_a_hosts_guess_gives_way_to_a_bare_number(claims_in, answer):
    found = claims_in("Host: So you have, what, 50 people?", f"Guest: {answer}")
    assert 50 not in [claim.value for claim in found]


@pytest.mark.parametrize(
    ("guess", "answer"),
    [
        ("You lost 10 goals?", "I scored 20 goals."),
        ("You were there 50 years?", "My wife was there 10 years."),
        ("You were there 50 years?", "And 10 years abroad."),
        ("You were there 50 years?", "Plus 10 years."),
        ("It had 50 billion parameters?", "GPT-3 had 175 billion parameters."),
        ("You were there 50 years?", "10 years for the mill."),
        ("You have 50 million people?", "50."),
        ("You have 50 people?", "Then 60 more."),
    ],
)
def test_an_answer_about_something_else_puts_no_guess_right(claims_in, guess, answer):
    alone = claims_in(f"Host: {guess}", "Guest: Hm.")
    found = claims_in(f"Host: {guess}", f"Guest: {answer}")
    assert alone
    assert alone[0].value in [claim.value for claim in found]


def test_what_the_guest_confirms_is_no_wrong_guess(claims_in):
    assert claims_in("Host: So the waste goes to 7%?", "Guest: 7%.")


@pytest.mark.parametrize(
    "said",
    [
        "It's true, a million types of data come in.",
        "It's not one test but a hundred different tests.",
        "You get 80 percent with 20 percent of the effort.",
        "We grew to 10 systems or whatever the number is.",
    ],
)
def test_what_is_said_for_effect_counts_nothing(claims_in, said):
    """Hyperbole, the rule of eighty and twenty, and figures that stand for any."""
    assert not claims_in(f"Guest: {said}")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("We have a hundred tests.", 100),
        ("It got a hundred times cheaper.", 100),
        ("About 80 percent of them passed.", 0.8),
    ],
)
def test_plain_figures_like_those_count(claim_in, said, value):
    """Only the phrase makes the difference."""
    assert value == claim_in(f"Guest: {said}").value


@pytest.mark.parametrize(
    "said",
    [
        "I'm a hundred percent with you. One hundred percent.",
        "Use the code LOOM20 for 20 percent off at checkout.",
        "I gave a hundred and ten percent on that loom.",
        "It's a fifty-fifty split of the rent.",
        "Get 30 days free at our shop.",
        "If someone offered you a pill for 40 dollars, you would not take it.",
        "Never in a thousand years would I have signed that.",
        "You could give it to a weaver for a month.",
        "Let's say that a weaver has no flax. Then he would weave 40 shawls.",
    ],
)
def test_manners_of_speaking_and_advertisements_claim_nothing(claims_in, said):
    assert not claims_in(f"Guest: {said}")


def test_what_happens_in_a_novel_is_fiction(claim_in):
    assert claim_in("Guest: In that novel the machines take over in 2065.").fiction
    assert not claim_in("Guest: In the film industry AGI comes in 2065.").fiction


@pytest.mark.parametrize(
    "head", ["Recorded on June 4, 2024", "Date: 2024-06-04", "Posted 4 June 2024"]
)
def test_when_a_file_was_made_is_no_event(claims_in, head):
    """It is the date of the document; what was recorded then in a talk is an event."""
    assert claims_in(head, "Guest: It rains.") == []
    assert len(claims_in("Guest: Recorded in 2019, it was sold in 2021.")) == 2
