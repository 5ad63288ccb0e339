"""A figure that was said before: by whoever takes it in, confirms it, or holds it as well."""

from __future__ import annotations

import pytest

HOST, GUEST = "Maren Holt", "Ngozi Okwuosa"
TOLD = "Guest: My p(doom) is 90%, mostly because of the race."


@pytest.mark.parametrize(
    "own",
    [
        "I think 90% is about right, too.",
        "I'd also say 90%.",
        "I agree, it's 90%.",
    ],
)
def test_a_host_who_thinks_so_too_holds_the_figure_as_well(claims_in, own):
    told, also = claims_in(TOLD, f"Host: {own}", "Guest: Good.")

    assert (GUEST, HOST) == (told.holder, also.holder)


def test_what_stands_beside_a_repeated_figure_is_of_the_same_belief(claims_in):
    """The host tells the guest's figure, and tells it from another one."""
    *_, repeated, other = claims_in(TOLD, "Host: And so that's why it's 90% and not 99%.")

    assert (GUEST, GUEST, True) == (repeated.holder, other.holder, other.negated)


@pytest.mark.parametrize("answer", ["Yes, 90% or so.", "Ninety percent or so, yes."])
def test_whoever_says_yes_with_the_figure_holds_it(claims_in, answer):
    """“Or so” weakens the figure; it does not take in what the other one said."""
    host, guest = claims_in("Host: There is a 90% chance of ruin, then.", f"Guest: {answer}")

    assert (HOST, GUEST) == (host.speaker, guest.speaker)
    assert GUEST == guest.holder


@pytest.mark.parametrize(
    "told",
    [
        "You have this 10% chance that alignment is easy.",
        "So you give it a 10% chance that alignment is easy?",
    ],
)
def test_a_chance_that_the_host_says_the_guest_has_is_the_guests(claims_in, told):
    (chance, *_) = claims_in(f"Host: {told}", "Guest: More or less.")

    assert (HOST, GUEST) == (chance.speaker, chance.holder)


def test_a_chance_that_anybody_would_have_is_not_the_guests(claims_in):
    (chance,) = claims_in("Host: If you have a 10% chance of ruin, you stop.", "Guest: One would.")

    assert HOST == chance.holder


def test_what_one_said_oneself_is_put_right_in_the_next_sentence(claims_in):
    """The number without a unit has that of the figure whose place it takes."""
    first, again, now = claims_in(
        "Host: The Dover cluster has 9,000 GPUs.",
        "Guest: Okay.",
        "Host: I said that the Dover cluster has 9,000 GPUs. It has 19,000.",
    )

    assert (19_000, "GPUs") == (now.value, now.unit)
    assert now.id == first.superseded_by == again.superseded_by


@pytest.mark.parametrize(
    "relative", ["Two years before yours.", "Five years later than Ada's.", "One year after mine."]
)
def test_a_date_told_by_somebody_elses_is_not_counted_from_today(claims_in, relative):
    claims = claims_in("Host: Mine for AGI is 2038.", f"Guest: {relative}")

    assert ["2038"] == [claim.figure for claim in claims]


def test_chips_that_something_is_for_are_not_counted(claims_in):
    assert [] == claims_in("Host: Do you want a treaty?", "Guest: Two. One for chips, I'd say.")


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Everybody who refuses to think says ten percent.", "everybody who refuses to think"),
        ("The official number is ten percent.", "official number"),
        ("I asked our listeners. Their median number for doom is ten percent.", "our listeners"),
    ],
)
def test_a_view_of_people_without_a_name_is_theirs(claims_in, said, claimant):
    (claim,) = claims_in("Host: What is your p(doom)?", f"Guest: {said}")

    assert claimant == claim.claimant
