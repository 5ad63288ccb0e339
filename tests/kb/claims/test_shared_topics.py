"""A view is of what was asked or told before it, unless it says of what it is."""

from __future__ import annotations

import pytest

ASKED = "Host: What is the chance that AI kills more or less everyone?"


def topics(claims):
    return [claim.topic for claim in claims if claim.kind in ("probability", "timeline")]


def test_a_round_of_answers_is_of_one_topic(claims_in):
    """Only the first of them stands right after the question."""
    talk = ("Ada: Sixty percent.", "Host: Bo?", "Bo: Less than two percent.", "Host: And you, Cy?")

    told = claims_in(ASKED, *talk, "Cy: I'm at twelve percent.")

    assert ["AI catastrophe"] * 3 == topics(told)


@pytest.mark.parametrize(
    "said",
    [
        "My old boss would tell you 2041, because she builds the machines.",
        "Edda used to say 2041, and she said it with a straight face.",
        "My middle guess is 2041.",
        "And now I'd say 2041.",
    ],
)
def test_where_somebody_stands_is_of_what_was_spoken_of(claims_in, said):
    told = claims_in("Host: When do we get AGI?", "Ada: My median is 2034.", f"Bo: {said}")

    assert ["AGI", "AGI"] == topics(told)


@pytest.mark.parametrize(
    "said",
    [
        "A real licensing law by 2027, I'd give it ten percent.",
        "I'd say ten percent that the ferry sinks.",
        "For the orchard strike I would say ten percent.",
        "If a clerk can open the books in a week, wonderful. I'd give that ten percent.",
    ],
)
def test_a_view_of_something_else_does_not_share_it(claims_in, said):
    told = claims_in(ASKED, "Ada: Sixty percent.", "Host: Bo?", f"Bo: {said}")

    assert ["AI catastrophe", None] == topics(told)


def test_nobody_dates_a_catastrophe(claims_in):
    """The year after talk of doom is not taken for its year."""
    told = claims_in(
        "Host: A catastrophe is near.", "Ada: Hm.", "Host: Bo?", "Bo: My guess is 2041."
    )

    assert [None] == topics(told)


def test_a_topic_does_not_reach_far(claims_in):
    digression = " ".join(["The heron stood in the rain for an hour."] * 100)

    told = claims_in(ASKED, f"Ada: {digression}", "Host: Bo?", "Bo: I'm at twelve percent.")

    assert [None] == topics(told)


def test_a_corrected_view_has_the_topic_of_the_other(claims_in):
    told = claims_in("Ada: AGI comes in 2034. No, sorry, 2036.")

    assert ["AGI", "AGI"] == topics(told)


def test_a_chance_without_a_year_is_of_what_chances_were_told_of(claims_in):
    """Talk of AGI's year comes between; twelve percent is still the host's p(doom)."""
    *_, own = claims_in(
        "Guest: My p(doom) is 60 percent.",
        f"Guest: {'We talk of cats and towels. ' * 120}",
        "Guest: I expect AGI in 2030. So buy a towel.",
        "Guest: The towels are cheap.",
        "Host: And me, I'm at about 12 percent.",
    )

    assert ("probability", "AI catastrophe") == (own.kind, own.topic)
