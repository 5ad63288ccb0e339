"""Views told by where somebody stands, and people whom a question or a quotation names."""

from __future__ import annotations

import pytest

from kb.claims.extract import explain, extract_claims

HOST, GUEST = "Maren Holt", "Ngozi Okwuosa"


@pytest.mark.parametrize(
    ("claimant", "said"),
    [
        ("chemists", "The chemists are way out at 2060 for AGI."),
        ("dealer from Hull", "The dealer from Hull is at 2050 for AGI."),
        ("committee", "The committee landed on 2031 for AGI."),
        ("physicists", "The physicists wouldn't go below thirty percent for doom."),
        ("Kofi", "Kofi came down to 2034 for AGI."),
        (f"{GUEST}'s neighbour", "My neighbour is at 2050 for AGI."),
        ("insurers", "I sat with the insurers. They get a chance of one in fifty."),
        ("people", "Most of us eat early, but people at 2060 for AGI eat late."),
        (None, "I met the chemists at nine, and I'm at 2060 for AGI."),
        (None, "The prices are at 2060 and AGI is far."),
        (None, "It went to 2040 for AGI."),
    ],
)
def test_whoever_stands_at_a_forecast_holds_it(claim_in, claimant, said):
    assert claimant == claim_in(f"Guest: {said}").claimant


@pytest.mark.parametrize(
    "said",
    ["Guest: The engineers got to 90 percent of it.", "Host: With a fan you get to 90 percent."],
)
def test_what_people_reach_is_no_view_of_theirs(claim_in, said):
    """Engineers who get to ninety percent have done so; those who are at it say so."""
    assert claim_in("Guest: Hm.", said).claimant is None


def test_a_first_name_that_ends_like_an_adverb_is_a_name(claim_in):
    assert claim_in("Guest: Wally Chafe says AGI comes in 2050.").claimant == "Wally Chafe"


def test_you_went_from_one_figure_to_another_is_said_to_the_other(claims_in):
    claims = claims_in("Host: You went from 2050 to 2035 for AGI.", "Guest: I did.")
    assert [GUEST, GUEST] == [claim.claimant for claim in claims]


def test_the_explanation_has_the_words_that_were_said(talk):
    document = talk("Guest: The committee landed on 2031 for AGI.")
    (claim,) = extract_claims(document)
    reasons = {reason.field: reason.words for reason in explain(document, claim)}
    assert reasons["claimant"] == "The committee landed on"


def test_who_is_named_last_holds_what_is_told_last(claims_in):
    """“You think 2040, and Ada thinks 2031” is no second view of yours."""
    claims = claims_in("Guest: Hm.", "Host: You think AGI is 2040, and Ada thinks it's 2031.")
    assert [GUEST, "Ada"] == [claim.claimant for claim in claims]


@pytest.mark.parametrize(
    ("claimant", "lines"),
    [
        (f"{GUEST}'s wife", ("Host: And your wife?", "Guest: She says AGI comes in 2050.")),
        ("minister", ("Host: You quote a minister.", "Guest: Yes. His view is AGI in 2050.")),
        (None, ("Host: And your wife?", "Guest: AGI comes in 2050.")),
    ],
)
def test_he_and_she_mean_whom_the_question_names(claim_in, claimant, lines):
    assert claimant == claim_in(*lines).claimant


@pytest.mark.parametrize(
    ("claimant", "said"),
    [
        ("Kofi Baako", 'Kofi Baako, on this show: quote, "I expect AGI in 2050."'),
        ("reader", "A reader (he sells boats) reckons AGI comes in 2050."),
        ("boatmen", "There's this feeling among the boatmen that AGI comes in 2050."),
        ("two boatmen", "What I heard from two boatmen is that AGI comes in 2050."),
        ("everyone I've met this season", "Everyone I've met this season has said 2050 for AGI."),
        ("Ada", "Ada's date was always 2050 for AGI."),
        ("Ada", "Ada, who built the first one, was still writing 2050 for AGI."),
        ("Ada", "Ada shut the door, sat down and said 2050 for AGI."),
        (None, "Ada said something nice before. AGI, 2050."),
        (None, "Ada said no, Kofi said no, and AGI comes in 2050."),
        (None, "Privately he likes boats, and AGI comes in 2050."),
        (None, "Her date is late, and mine, mine is 2050 for AGI."),
    ],
)
def test_who_is_told_of_beside_a_forecast_holds_it_where_words_say_so(claim_in, claimant, said):
    assert claimant == claim_in(f"Guest: {said}").claimant


def test_a_host_who_quotes_keeps_nothing(claim_in):
    """Whom the quoted words are of holds them, not the host who reads them out."""
    claim = claim_in('Host: Kofi Baako in the paper: "We will have AGI in 2050."', "Guest: Hm.")
    assert claim.claimant == "Kofi Baako" != HOST


def test_many_of_a_group_stand_close_to_a_figure(claims_in):
    claim = claims_in("Guest: Many of the authors were pretty close to 50% on doom.")[0]
    assert ("probability", 0.5, "authors") == (claim.kind, claim.value, claim.claimant)
