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


@pytest.mark.parametrize(
    "echo", ["15%?", "Why 15%?", "Is that 15% new?", "So your p(doom) is 15%."]
)
def test_a_figure_of_the_guest_that_the_host_repeats_stays_the_guests(claims_in, echo):
    told, repeated = claims_in("Guest: My p(doom) is 15%.", f"Host: {echo}", "Guest: I counted.")
    assert (HOST, GUEST) == (repeated.speaker, repeated.claimant)
    assert told.id == repeated.restates
    assert ("probability", told.value) == (repeated.kind, repeated.value)


def test_a_figure_of_the_hosts_own_is_not_the_guests(claims_in):
    guest, host = claims_in("Guest: My p(doom) is 15%.", "Host: My p(doom) is 40%.")
    assert (GUEST, HOST) == (guest.holder, host.holder)
    assert host.claimant is None


def test_a_guest_who_repeats_the_host_believes_it_too(claims_in):
    host, guest = claims_in("Host: The run cost $40 million.", "Guest: It cost $40 million, yes.")
    assert (None, None) == (host.claimant, guest.claimant)
    assert (HOST, GUEST) == (host.holder, guest.holder)


def test_a_reported_view_goes_on_while_sentences_point_back(claims_in):
    """What Ada thinks goes on with "and that", and ends with "I"."""
    first, second, own = claims_in(
        "Guest: Ada thinks that a brain does 10^16 FLOP per second. And that puts the run at "
        "10^25 FLOP. I would say 10^27 FLOP."
    )
    assert ("Ada", "Ada", None) == (first.claimant, second.claimant, own.claimant)


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("I'm at 15 percent, too, on doom.", None),
        ("I'd put myself at 15 percent.", None),
        ("My own p(doom) is 15 percent.", None),
        ("So 15 percent.", GUEST),
        ("I'm hearing 15 percent.", GUEST),
    ],
)
def test_a_host_who_stands_at_the_guests_figure_holds_it_too(claims_in, said, claimant):
    _, host = claims_in("Guest: My p(doom) is 15 percent.", f"Host: {said}")
    assert claimant == host.claimant


def test_you_among_several_is_whoever_said_the_figure(claims_in):
    """With three at the table, "you said 2050" is said to the one who did."""
    *_, repeated = claims_in(
        "Guest: I expect AGI by 2050.",
        "Third: I do not count years.",
        "Host: You said 2050 for AGI, is that fair?",
    )

    assert GUEST == repeated.claimant


def test_a_short_sentence_takes_in_what_was_just_said(claims_in):
    """“So 2050, then.” believes nothing of its own; an answer alone does."""
    _, taken_in, own = claims_in(
        "Host: I expect AGI by 2050.", "Guest: 2050 for AGI, then.", "Guest: I say 2060 for AGI."
    )

    assert (HOST, None) == (taken_in.claimant, own.claimant)


def test_who_puts_a_reported_figure_right_still_reports_it(claims_in):
    first, right = claims_in(
        "Guest: Ada Brightwater told me that the wait is 3 years. Sorry, no, that was another. "
        "90 weeks was the figure."
    )
    assert first.claimant == right.claimant == "Ada Brightwater"
    assert right.id == first.superseded_by


def test_who_says_yes_to_anothers_view_repeats_it(claims_in):
    *_, again = claims_in(
        "Host: Ada Brightwater's number for AGI is 2029.", "Guest: It's 2029, yes, and she'd bet."
    )
    assert ("Ada Brightwater", 2029) == (again.claimant, again.value)
