"""Views of people whom no name at the verb tells: relations, pronouns, organisations as “they”."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("My boss would tell you AGI comes in 2031.", "Ngozi Okwuosa's boss"),
        ("My producer says it's fifty-fifty.", "Ngozi Okwuosa's producer"),
        ("My nephew is on his first job, and he says AGI comes in 2031.", "Ngozi Okwuosa's nephew"),
        (
            "Ada Vale founded it. My sister works there. She says AGI comes in 2031.",
            "Ngozi Okwuosa's sister",
        ),
        ("My sister works for Ada Vale. She says AGI comes in 2031.", "Ada Vale"),
        ("My wife says I am mad, and I expect AGI in 2031.", None),
        ("My wife says no, and AGI comes in 2031.", None),
        ("My mother said so, and she was right, AGI comes in 2031.", None),
        ("My boss's chair is from Ikea, and AGI comes in 2031.", None),
        ("My boss is away. AGI comes in 2031.", None),
        ("My boss told me a story about AGI in 2031.", None),
    ],
)
def test_somebody_close_to_the_speaker_holds_what_they_say(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("I rang Larkfield, and they said AGI comes in 2031.", "Larkfield"),
        ("Larkfield is hiring again and they now expect AGI in 2031.", "Larkfield"),
        ("And Larkfield has a new hall, where they think AGI comes in 2031.", "Larkfield"),
        ("Paris was full, and they said AGI comes in 2031.", None),
        ("Ada and Kofi, they said AGI comes in 2031.", None),
        ("In Lisbon people queue, and they say AGI comes in 2031.", None),
        ("Larkfield has people who wait, and they say AGI comes in 2031.", None),
        ("Then I rang, and they said AGI comes in 2031.", None),
        ("Larkfield and I met, and they said AGI comes in 2031.", None),
        ("I rang Larkfield, and they said no, but I think AGI comes in 2031.", None),
        ("Larkfield closed, and they moved to a place that says AGI comes in 2031.", None),
    ],
)
def test_they_takes_up_the_organisation_named_before(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant


def test_he_means_whom_the_other_speaker_just_named(claim_in):
    claim = claim_in(
        "Guest: You had Kofi on, Kofi Baako.", "Host: I think he said AGI comes in 2055."
    )
    assert claim.claimant == "Kofi Baako"


def test_a_sentence_that_completes_a_report_is_of_the_same_person(claim_in):
    claim = claim_in(
        "Guest: Ada Vale wrote to me. She says it is wages. That a fifth of the jobs are gone."
    )
    assert ("Ada Vale", 0.2) == (claim.claimant, claim.value)


@pytest.mark.parametrize(
    "said",
    [
        "When somebody puts down nine billion dollars, I listen.",
        "From the day somebody says yes it takes five years.",
    ],
)
def test_a_deed_or_a_place_is_nobodys_view(claim_in, said):
    assert claim_in(f"Guest: {said}").claimant is None


def test_a_conjunction_before_a_name_is_no_part_of_it(claim_in):
    claim = claim_in("Guest: Because Kofi says so. Kofi says AGI comes in 2031.")
    assert claim.claimant == "Kofi"


@pytest.mark.parametrize(
    ("lines", "claimant"),
    [
        (
            ("Guest: I met Ada Vale.", "Host: I like cake.", "Guest: She says 2031 for AGI."),
            "Ada Vale",
        ),
        (
            ("Guest: I met Ada Vale. Um.", "Host: Right.", "Guest: She says 2031 for AGI."),
            "Ada Vale",
        ),
        (
            ("Guest: I met a baker.", "Host: I like cake.", "Guest: She says 2031 for AGI."),
            "someone",
        ),
        (
            (
                "Guest: Ada Vale met a man.",
                "Host: Um.",
                "Guest: My boss hid. He says 2031 for AGI.",
            ),
            "Ngozi Okwuosa's boss",
        ),
        (
            ("Guest: Ada Vale spoke. A man from Lund told me, he said it's 2031 for AGI.",),
            "man from Lund",
        ),
        (
            ("Guest: She told me, and I hope she said it publicly, that AGI comes in 2031.",),
            "someone",
        ),
    ],
)
def test_he_and_she_mean_the_person_spoken_of_before(claim_in, lines, claimant):
    assert claimant == claim_in(*lines).claimant


def test_what_rebuts_a_reported_view_is_the_speakers_own(claims_in):
    found = claims_in(
        "Guest: I know Ada Vale. She says it costs 30 dollars. It's more like 90 dollars.",
        "Guest: I know Ada Vale. She says it costs 30 dollars. And it's a fee of 90 dollars.",
    )
    assert ["Ada Vale", None, "Ada Vale", "Ada Vale"] == [claim.claimant for claim in found]


def test_what_came_of_a_reported_figure_is_the_speakers_own(claims_in):
    """What it took in the end, and figures of another kind, are no part of what she said."""
    found = claims_in(
        "Guest: I know Ada Vale. She says it costs 30 dollars. It turned out to be 90 dollars.",
        "Guest: I know Ada Vale. She says it costs 30 dollars. And that house has 60 people.",
    )
    assert ["Ada Vale", None, "Ada Vale", None] == [claim.claimant for claim in found]


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("In Kofi's view AGI comes in 2031.", "Kofi"),
        ("The way Kofi tells it, AGI comes in 2031.", "Kofi"),
        ("If you believe Kofi, AGI comes in 2031.", "Kofi"),
        ("Kofi reckons AGI comes in 2031.", "Kofi"),
        ("Everyone at Larkfield thinks AGI comes in 2031.", "everyone at Larkfield"),
        ("In Kofi's kitchen I thought that AGI comes in 2031.", None),
        ("The way Kofi cooks it, AGI comes in 2031.", None),
        ("If you believe Kofi, fine, but I think AGI comes in 2031.", None),
        ("Everyone in Lund walks, and AGI comes in 2031.", None),
        ("Everyone thinks AGI comes in 2031.", None),
        ("Kofi insists on tea, and I expect AGI in 2031.", None),
    ],
)
def test_as_somebody_tells_it_is_their_view(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("I sat with the engineers at Larkfield. They say AGI comes in 2031.",
         "engineers at Larkfield"),
        ("I was over at Larkfield in spring. They think AGI comes in 2031.", "Larkfield"),
        ("I sat with the engineers at Larkfield. I think AGI comes in 2031.", None),
        ("The looms are loud. They said nothing, and AGI comes in 2031.", None),
        ("I asked Ada Vale about it, and the answer was 2031 for AGI.", "Ada Vale"),
        ("I asked our chief weaver when AGI comes, and he goes, 2031.", "our chief weaver"),
        ("I asked our chief weaver to wait, because AGI comes in 2031.", None),
    ],
)  # fmt: skip
def test_who_was_asked_or_visited_holds_the_answer(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant


def test_they_are_those_of_whom_the_host_asked(claims_in):
    *_, answer = claims_in(
        "Host: What is the view at Larkfield?", "Guest: They'd say 2031 for AGI."
    )
    assert answer.claimant == "Larkfield"


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("My old boss was sure that AGI is far off. Not before 2060.", "Ngozi Okwuosa's old boss"),
        ("My old boss was sure that AGI is far off. I'd say 2060.", None),
        ("You said it yourself, of AGI. Not before 2060.", None),
        ("AGI is far off. Not before 2060.", None),
    ],
)
def test_a_sentence_of_a_few_words_goes_on_with_what_was_reported(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant
