"""Percentages and numbers that are chances because chances are told beside them."""

from __future__ import annotations

import pytest

ASKED = "Host: How likely is it that the dam fails?"
TOLD = "Guest: There is a twenty percent chance that the dam fails."


def chances(claims):
    return [claim.value for claim in claims if claim.kind == "probability"]


@pytest.mark.parametrize(
    ("said", "chance"),
    [
        ("My brother, who built it, says two percent.", 0.02),
        ("I know a mason who's at ninety percent, and we still eat together.", 0.9),
        ("If you push me, then six percent.", 0.06),
        ("Their published figure is four percent by the end of 2040.", 0.04),
        ("The man at the gate says a fifth of a percent.", 0.002),
        ("He told me five percent, and then he laughed.", 0.05),
        ("And then somebody says it's under one percent, and I wonder.", 0.01),
    ],
)
def test_a_percentage_that_somebody_stands_at_is_a_chance_beside_chances(claims_in, said, chance):
    found = chances(claims_in(TOLD, "Host: Go on.", f"Guest: {said}"))
    assert [0.2, pytest.approx(chance)] == found
    assert [] == chances(claims_in("Host: Go on.", f"Guest: {said}"))


def test_an_answer_of_a_percentage_is_explained_after_it(claims_in):
    """What it is a chance of is told in the next breath."""
    lines = ("Host: Now the number. Ngozi.", "Guest: Seven percent.")
    after = "Guest: And that is the chance that the dam fails, not one percent more likely."
    assert 0.07 in chances(claims_in(*lines, after, "Guest: A ten percent chance, at most."))
    assert [] == chances(claims_in(*lines))


@pytest.mark.parametrize(
    "said",
    [
        "We sold two percent of the meters.",
        "The error rate is at two percent, and it was four.",
        "Growth is at three percent.",
        "She told me five percent of the gates leak.",
        "The wall is sixty percent sand.",
        "The walls were painted, and thirty percent came off.",
        "I wouldn't say forty percent of anything.",
        "The forty percent people are loud.",
    ],
)
def test_a_percentage_of_something_is_no_chance_beside_chances(claims_in, said):
    assert [0.2] == chances(claims_in(TOLD, "Host: Go on.", f"Guest: {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "The water level is at ninety percent.",
        "Attendance is at forty percent by now.",
        "Rainfall was under forty percent.",
        "The answer was 35 percent.",
        "The figure is 12 percent, for the lower mill.",
    ],
)
def test_where_a_thing_stands_is_no_chance_beside_chances(claims_in, said):
    assert [0.2] == chances(claims_in(f"{TOLD} {said}"))
    assert [0.2] == chances(claims_in(TOLD, "Host: Go on.", f"Guest: {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "It's at 72 percent on the old scale.",
        "Their estimate is 12 percent for the lower mill.",
    ],
)
def test_what_is_told_to_be_of_something_else_is_no_chance(claims_in, said):
    assert [0.2] == chances(claims_in(TOLD, "Host: Go on.", f"Guest: {said}"))


@pytest.mark.parametrize(
    "said",
    ["My phone is at 12 percent. Okay.", "Nine percent. That's the discount I got."],
)
def test_what_comes_before_the_first_chance_is_told_of_something_else(claims_in, said):
    found = claims_in(f"Guest: {said} There is a twenty percent chance that the dam fails.")
    assert [0.2] == chances(found)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("What did the mayor offer you?", "He said three percent and left."),
        ("How salty is the lake by now?", "We're down to 14 percent."),
        ("What does the label call for?", "It says 70 percent."),
    ],
)
def test_what_is_told_in_answer_to_another_question_is_no_chance(claims_in, asked, said):
    assert [0.2] == chances(claims_in(TOLD, f"Host: {asked}", f"Guest: {said}"))


def test_only_who_is_known_as_a_person_stands_at_a_chance(claims_in):
    met = "Guest: I met Edda Vale. There is a twenty percent chance that the dam fails."
    assert [0.2, 0.9] == chances(claims_in(f"{met} Edda is at ninety percent."))
    assert [0.2] == chances(claims_in(f"{met} Larkfield is at ninety percent."))


def test_chances_far_away_lend_nothing(claims_in):
    filler = "We walked along the lake and talked of the weather. " * 12
    lines = (TOLD, f"Guest: {filler}", "Guest: My brother says two percent.")
    assert [0.2] == chances(claims_in(*lines))


def test_an_answer_to_another_question_is_no_chance(claims_in):
    lines = (TOLD, "Host: And do you save for your old age?", "Guest: I do! Nine percent.")
    assert [0.2] == chances(claims_in(*lines))
    lines = (TOLD, "Host: How much of it do you rent out?", "Guest: Nine percent.")
    assert [0.2] == chances(claims_in(*lines))


def test_who_is_asked_what_somebody_is_at_answers_with_a_chance(claims_in):
    lines = (ASKED, "Guest: A third, perhaps a 40 percent chance.")
    more = ("Host: And Ada Vale, what is she at?", "Guest: Eighty percent.")
    assert 0.8 in chances(claims_in(*lines, *more))


@pytest.mark.parametrize(
    ("said", "chance"),
    [
        ("With a new wall I'd be under ten.", 0.1),
        ("And more like sixty that the council does nothing.", 0.6),
        ("After the flood I'm down to five.", 0.05),
    ],
)
def test_a_number_that_somebody_stands_at_is_a_chance_after_a_percentage(claims_in, said, chance):
    told = "Guest: There is a twenty percent chance that the dam fails."
    assert [0.2, pytest.approx(chance)] == chances(claims_in(f"{told} {said}"))


@pytest.mark.parametrize(
    "said",
    [
        "I'd be under the wall.",
        "I'm down to five bricks.",
        "And more like sixty bricks that the council owns.",
        "We are the last of five.",
        "I'd be under ten if I were a child.",
    ],
)
def test_a_number_of_something_else_is_no_chance_after_a_percentage(claims_in, said):
    told = "Guest: There is a twenty percent chance that the dam fails."
    assert [0.2] == chances(claims_in(f"{told} {said}"))


@pytest.mark.parametrize(
    ("said", "chance"),
    [
        ("What are the odds? Oh, seventy-thirty that it holds.", 0.7),
        ("I lean to the first, I'd say eighty-twenty.", 0.8),
        ("I lean to the first, I'd say 60/40.", 0.6),
        ("There is a twenty percent chance. With more rain I'd go up to, like, a quarter.", 0.25),
    ],
)
def test_two_words_that_make_a_hundred_are_a_chance_where_somebody_leans(claims_in, said, chance):
    assert pytest.approx(chance) == chances(claims_in(f"Guest: {said}"))[-1]


@pytest.mark.parametrize(
    "said",
    [
        "We split the costs seventy-thirty.",
        "It was built in twenty eighty.",
        "We follow an eighty-twenty rule.",
        "The beam leans, seventy-thirty.",
        "We go up to a quarter of the wall.",
        "The scale is ninety-ninety.",
    ],
)
def test_two_such_words_are_no_chance_elsewhere(claims_in, said):
    assert [] == chances(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("a fifth of a percent", 0.002),
        ("a twentieth of a percent", 0.0005),
        ("three tenths of one percent", 0.003),
        ("half a percent", 0.005),
    ],
)
def test_a_part_of_a_percent_is_a_share(claim_in, said, share):
    claim = claim_in(f"Guest: The leak took {said}.")
    assert ("quantity", "fraction", pytest.approx(share)) == (claim.kind, claim.unit, claim.value)


def test_who_stands_at_a_percentage_talks_of_chances(claims_in):
    """The number before it is one, too; a share of something leads to none."""
    said = "It's no secret, I'm at eighty-five percent. I've been at ninety-five, so I am calm."
    assert 0.95 in chances(claims_in(f"Guest: {said}"))
    said = "I'm at ease. It's nineteen percent of the farms. Nineteen!"
    assert [] == chances(claims_in(f"Guest: {said}"))
    said = "Their margin is at eighty-five percent. I've been at ninety-five, so I am calm."
    assert [] == chances(claims_in(f"Guest: {said}"))


@pytest.mark.parametrize(
    ("said", "chance"),
    [
        ("I'd go with twelve percent for the one that is for good.", [0.12]),
        ("Make it one percent.", [0.01]),
        ("Bake it at home, with twelve percent more rye.", []),
        ("I'd go with twelve percent more rye.", []),
    ],
)
def test_a_chance_that_is_settled_on_beside_another(claims_in, said, chance):
    before = ("Host: My chance of extinction is ten percent.", "Guest: Hm.", "Host: Why?")
    assert [0.1, *chance] == chances(claims_in(*before, f"Guest: {said}"))


def test_a_chance_that_is_changed_may_be_told_long_before(claims_in):
    wool = "The wool is dry and the looms are clean. " * 30
    first, last = claims_in(f"Guest: My p(doom) is 20 percent. {wool} I'd go with 12 percent.")
    assert ("probability", 0.12) == (last.kind, last.value)
    assert first.value == 0.2


def test_what_one_is_told_to_have_said_is_a_chance_where_one_answers_with_a_chance(claims_in):
    old, new = claims_in(
        "Host: Last spring you told me 10 percent.", "Guest: Well, I’m at 30 percent on doom now."
    )
    assert ("probability", "probability") == (old.kind, new.kind)
    assert new.id == old.superseded_by


def test_where_forecasters_have_an_event_is_its_chance(claim_in):
    claim = claim_in("Guest: The market has it at 22 percent right now that the mill gets built.")
    assert ("probability", "market") == (claim.kind, claim.claimant)
