"""Whose belief a figure is: the speaker's own, or of somebody whom the speaker tells about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.claims.extract import extract_claims
from kb.types import Speaker

HOST, GUEST = "Maren Holt", "Ngozi Okwuosa"


def test_a_belief_is_the_speakers_own_when_nobody_else_is_named(claims_in):
    host, guest = claims_in("Host: I expect AGI by 2050.", "Guest: I expect AGI by 2034.")
    assert (HOST, None, HOST) == (host.speaker, host.claimant, host.holder)
    assert (GUEST, None, GUEST) == (guest.speaker, guest.claimant, guest.holder)


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Ada initially predicted AGI in 2050.", "Ada"),
        ("Ada Brightwater thinks that AGI comes by 2050.", "Ada Brightwater"),
        ("Ada's median for AGI is 2050.", "Ada"),
        ("According to Ada Brightwater, AGI comes in 2050.", "Ada Brightwater"),
        ("My colleague Tobias Lindqvist puts AGI at 2050.", "Tobias Lindqvist"),
        ("Tobias told me that AGI comes in 2050.", "Tobias"),
        ("Larkfield currently says 2050 for AGI.", "Larkfield"),
        ("Larkfield has AGI at 2050.", "Larkfield"),
        ("Ada Brightwater had a median of 2050 for AGI.", "Ada Brightwater"),
        ("The Larkfield median for AGI is 2050.", "Larkfield"),
        ("On Larkfield the community prediction for AGI is 2050.", "Larkfield"),
        ("In Brightwater's essay he predicts AGI in 2050.", "Brightwater"),
        ("And Ada says it won't be before 2050.", "Ada"),
        ("Ada Brightwater's group at Larkfield says AGI comes by 2050.", "Ada Brightwater"),
        ("Ada has this estimate that AGI comes by 2050.", "Ada"),
        ("Ada's figure for AGI is 2050.", "Ada"),
        ("I know Ada Brightwater. Brightwater puts AGI at 2050.", "Ada Brightwater"),
        ("I met Ada Brightwater. She'd tell you AGI comes in 2050.", "Ada Brightwater"),
        ("I met Ada Brightwater. She had said 2050 for AGI.", "Ada Brightwater"),
        ("I met Ada Brightwater. She's been loudly saying 2050 for AGI.", "Ada Brightwater"),
        (
            "I remember Ada Brightwater standing up and going, we have AGI in 2050.",
            "Ada Brightwater",
        ),
        ("I met Ada Brightwater. Hers is that AGI comes in 2050.", "Ada Brightwater"),
        ("Ada Brightwater, who could not come, is at 2050 for AGI.", "Ada Brightwater"),
        ("The Larkfield Grid Board projects that AGI comes in 2050.", "Larkfield Grid Board"),
        (
            "A friend of mine who does this for a living says AGI comes by 2050.",
            "a friend of Ngozi Okwuosa",
        ),
    ],
)
def test_a_name_with_a_verb_of_belief_holds_it(claim_in, said, claimant):
    claim = claim_in(f"Guest: {said}")
    assert (2050, GUEST, claimant) == (claim.value, claim.speaker, claim.claimant)


def test_everybody_of_a_list_stands_at_their_own_figure(claims_in):
    found = claims_in("Guest: On AGI, Ada is at 2034, Tobias at 2045, and I'm at 2050.")
    assert [("Ada", 2034), ("Tobias", 2045), (None, 2050)] == [
        (claim.claimant, claim.value) for claim in found
    ]


def test_a_short_answer_about_somebody_is_that_persons_view(claims_in):
    *_, answer = claims_in(
        "Guest: Ada Brightwater gives AGI a chance of 20 percent, and I like her.",
        "Host: I met Tobias Lindqvist as well. What does Tobias say about the chance?",
        "Guest: Eighty percent.",
    )
    assert ("Tobias Lindqvist", 0.8) == (answer.claimant, answer.value)


def test_authors_whom_a_newsletter_presents_hold_what_they_find(talk):
    document = talk(
        "Guest: Tobias Lindqvist and four colleagues have published a census. The method is odd. "
        "They find that 900 mills were sold in 2022."
    )
    author = replace(document, speakers=(Speaker(GUEST, "author"),))
    (claim,) = (c for c in extract_claims(author) if c.unit == "mills")
    assert ("Tobias Lindqvist", GUEST) == (claim.claimant, claim.speaker)


@pytest.mark.parametrize(
    "lines",
    [
        ('Guest: I know Ada Brightwater. "People like Ada sleep", I wrote. AGI comes by 2050.',),
        ("Guest: Our lab is led by Ada Brightwater, and AGI comes by 2050.",),
        ("Guest: I met Ada Brightwater.", "Host: What does Ada say?", "Guest: My median is 2050."),
        ("Guest: Ada was at work.", "Host: How old is Ada Brightwater?", "Guest: 50 years old."),
        ("Guest: A paper of ours shows that 50 percent of cells die.",),
        ("Host: You're at the office 50 hours a week.",),
    ],
)
def test_nobody_holds_a_figure_of_somebody_else(claims_in, lines):
    """A wrong holder is worse than none."""
    *_, claim = claims_in(*lines)
    assert claim.claimant is None


def test_words_with_capitals_are_no_names_in_full(claim_in):
    """Google Maps is nobody of whom "Google" would be the first name."""
    claim = claim_in("Guest: I worked on Google Maps. Google says AGI comes by 2050.")
    assert "Google" == claim.claimant


def test_to_put_money_into_something_is_no_belief(claim_in):
    assert claim_in("Guest: Larkfield put $10 million into it.").claimant is None
    assert "Larkfield" == claim_in("Guest: Larkfield puts the cost at $10 million.").claimant


def test_what_the_speaker_thinks_instead_is_the_speakers(claims_in):
    theirs, own = claims_in("Guest: Ada thinks 2050, but I think AGI comes in 2040.")
    assert ("Ada", 2050) == (theirs.claimant, theirs.value)
    assert (None, 2040) == (own.claimant, own.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("A public estimate says that the run cost $40 million.", "public estimate"),
        ("Many experts say the run cost $40 million.", "experts"),
        ("The report says that the run cost $40 million.", "report"),
        ("The median forecaster thinks the run cost $40 million.", "forecaster"),
        ("My co-author thinks the run cost $40 million.", "co-author"),
        ("The experts in that tournament said the run cost $40 million.", "experts"),
        ("My colleagues think the run cost $40 million.", "colleagues"),
        ("People at the labs tell me that the run cost $40 million.", "people"),
        ("Other people have estimates that the run cost $40 million.", "other people"),
        ("The survey found about 40 million dollars for the run.", "survey"),
        ("There are rumours that the run cost $40 million.", "rumours"),
        ("There is a public estimate that the run cost $40 million.", "public estimate"),
        ("A survey at Larkfield found that the run cost $40 million.", "survey"),
    ],
)
def test_a_source_without_a_name_is_told_in_its_own_words(claim_in, said, words):
    claim = claim_in(f"Guest: {said}")
    assert words in claim.claimant
    assert GUEST == claim.speaker


@pytest.mark.parametrize(
    "said",
    [
        "I told Ada that AGI comes in 2040.",
        "I think that Ada is wrong and AGI comes in 2040.",
        "Larkfield was fun. AGI comes in 2040.",
    ],
)
def test_a_name_alone_holds_nothing(claim_in, said):
    assert claim_in(f"Guest: {said}").claimant is None


@pytest.mark.parametrize(
    "said",
    [
        "You said that AGI comes in 2034.",
        "You guys said that AGI comes in 2034.",
        "So you think that AGI comes in 2034.",
        "Your median for AGI is 2034, right?",
        "You put your median for AGI at 2034.",
        "You gave 2034 as the year of AGI.",
        "Ngozi thinks that AGI comes in 2034.",
        "Ngozi's median for AGI is 2034.",
    ],
)
def test_the_hosts_account_of_the_guest_is_the_guests(claim_in, said):
    """First names become the full name."""
    claim = claim_in(f"Host: {said}", "Guest: Yes.")
    assert (2034, HOST, GUEST) == (claim.value, claim.speaker, claim.claimant)


def test_a_guest_can_tell_what_the_host_said(claim_in):
    claim = claim_in("Guest: Maren said that AGI comes in 2045.", "Host: I did.")
    assert (GUEST, HOST) == (claim.speaker, claim.claimant)


def test_to_give_somebody_something_is_no_view_of_whoever_gives(claim_in):
    claim = claim_in("Host: You give them a third of the staff.", "Guest: Yes.")
    assert claim.claimant is None


@pytest.mark.parametrize("said", ["Let's say 20 percent left.", "Progress was about 3x."])
def test_words_that_begin_a_sentence_are_nobody(claim_in, said):
    assert claim_in(f"Guest: {said}").claimant is None


def test_a_guests_you_is_anybody(claim_in):
    """Guests say "you" for people in general, even when only the host is there."""
    claim = claim_in("Guest: You would say that AGI comes in 2045.", "Host: Hm.")
    assert claim.claimant is None


@pytest.mark.parametrize("title", ["Why The Median For AGI Is 2034", "Ngozi’s Median Is 2034"])
def test_headings_of_an_interview_sum_up_the_guest(claim_in, title):
    claim = claim_in(f"section: {title}", "Guest: I count chips.", "Host: Go on.")
    assert (2034, GUEST) == (claim.value, claim.holder)


def test_a_heading_that_names_somebody_else_is_theirs(claim_in):
    claim = claim_in("section: Ada’s Median For AGI Is 2050", "Guest: I see.", "Host: Go on.")
    assert (2050, "Ada") == (claim.value, claim.claimant)


@pytest.mark.parametrize(
    "words",
    [
        "We discuss why she thinks AGI comes in 2034.",
        "In this episode we discuss why her median for AGI is 2034.",
    ],
)
def test_the_words_around_a_talk_tell_what_the_guest_thinks(claim_in, words):
    claim = claim_in(words, "Host: Hi.", "Guest: Hi.")
    assert (2034, GUEST) == (claim.value, claim.holder)


def test_words_of_nobody_knows_whom_have_no_speaker(claim_in):
    claim = claim_in("Someone: My median for AGI is 2034.")
    assert (None, None, None) == (claim.speaker, claim.claimant, claim.holder)


@pytest.mark.parametrize(
    "said",
    [
        "I have a friend who's at Larkfield, and we've got 40 people.",
        "My boss who thinks she's clever sold 300 boats.",
        "The fellow who said that still owes me 500 dollars.",
        "I had a client who said no and I lost 40,000 dollars.",
        "A student who said it's raining broke 40 plates.",
        "Ada says it's far off and we've got 40 people.",
    ],
)
def test_a_figure_outside_the_clause_of_the_belief_is_the_speakers(claims_in, said):
    *_, claim = claims_in(f"Guest: {said}")
    assert claim.claimant is None


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("There's a fellow who thinks it's 2050 for AGI.", "fellow"),
        ("I have a friend who's at 95 percent on doom.", "a friend of Ngozi Okwuosa"),
        ("An engineer who says that there's a 40 percent chance of doom left.", "engineer"),
        ("A colleague who says, and I quote, doom has a 40 percent chance.", "colleague"),
        ("The woman who said 40 boats sank was right.", "woman"),
        ("Ada says, and I quote, there's a 40 percent chance of doom.", "Ada"),
    ],
)
def test_a_figure_in_the_clause_of_the_belief_is_theirs(claims_in, said, claimant):
    *_, claim = claims_in(f"Guest: {said}")
    assert claimant in claim.claimant


@pytest.mark.parametrize(
    "said",
    [
        "There's a study that says 70 percent left, and our own data shows 20 percent.",
        "There was a poll, and it was a joke, she won by 300 votes.",
        "There's a study in that house, it costs 2,000 euros.",
        "There's a study group that meets for four hours.",
        "There's a study I did that took 4 years.",
    ],
)
def test_a_study_that_is_only_named_finds_nothing(claims_in, said):
    *_, claim = claims_in(f"Guest: {said}")
    assert claim.claimant is None


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("There's a study from Larkfield, and it finds that 70 percent left.", "study"),
        ("There was a poll in the valley last year, which shows 40 percent for it.", "poll"),
        ("There's a new study that found 300 boats.", "study"),
    ],
)
def test_what_a_study_finds_is_its_own(claims_in, said, claimant):
    *_, claim = claims_in(f"Guest: {said}")
    assert claimant == claim.claimant


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Somebody always writes in to ask, I'm at about 12 percent on doom.", None),
        ("People say doom is at 50 percent.", "people"),
        ("The Brightwater supercomputer guys say AGI comes in 2050.",
         "Brightwater supercomputer guys"),
        ("Ada Brightwater's Transformative AI report is long. Adi said AGI comes in 2050.", "Adi"),
        ("Adela Brightwater's long AI report is out. And Adila said AGI comes in 2050.",
         "Adela Brightwater"),
    ],
)  # fmt: skip
def test_a_source_is_named_as_far_as_the_words_tell(claim_in, said, claimant):
    """A nameless source with its name beside it; a name that was heard wrong by one letter."""
    assert claimant == claim_in(f"Guest: {said}").claimant


def test_what_a_given_states_is_stated(claim_in):
    """“Given that they make 400,000 H100s a quarter” supposes nothing."""
    claim = claim_in("Guest: Given that Larkfield makes 400,000 H100s a quarter, what can we do.")

    assert (400_000, False) == (claim.value, claim.conditional)


def test_a_risk_is_a_chance(claim_in):
    """With nothing else said, "the risk is 5 percent" is a probability."""
    assert "probability" == claim_in("Guest: Some say the risk is 5 percent.").kind


@pytest.mark.parametrize(
    ("lines", "claimant"),
    [
        (("Incentives: a run costs 40 million dollars.",), "Ada Brightwater"),
        (("Why this matters: a run costs 40 million dollars.",), None),
        (("I checked it.", "A run costs 40 million dollars."), None),
    ],
)
def test_an_essay_that_is_retold_is_its_authors(talk, lines, claimant):
    """Until the one who retells it speaks again."""
    opening = "Researcher Ada Brightwater has written a nice overview of training runs."
    document = talk(f"Guest: {opening}\n\n" + "\n\n".join(lines))
    author = replace(document, speakers=(Speaker(GUEST, "author"),))

    (claim,) = extract_claims(author)

    assert claimant == claim.claimant


def test_who_was_named_before_oneself_does_not_hold_ones_own_figure(claims_in):
    hers, own = claims_in(
        "Guest: Ask Ada Brightwater, she'll say 2040 for AGI, and if you ask me, I'd say 2050."
    )
    assert ("Ada Brightwater", None) == (hers.claimant, own.claimant)


def test_what_the_other_has_been_saying_is_their_view(claim_in):
    assert GUEST == claim_in("Guest: Hello.", "Host: You've been saying 2029 for AGI.").claimant


def test_a_person_whose_name_begins_a_sentence_is_meant_by_a_pronoun(claims_in):
    *_, last = claims_in(
        "Guest: I met Ada Brightwater. We ran.",
        "Host: Ada's been very loud. She says AGI comes in 2031.",
    )
    assert last.claimant == "Ada Brightwater"


def test_what_a_text_asked_for_may_be_told_in_answer_to_who_named_it(claims_in):
    *_, pause = claims_in("Host: So you read the letter.", "Guest: I did. It asked for 8 weeks.")
    assert "letter" == pause.claimant


def test_a_possessive_before_a_chance_tells_whose_it_is(claims_in):
    hers, own = claims_in("Guest: That's Ada's forty percent on doom. I'm at eight percent.")
    assert ("Ada", None) == (hers.claimant, own.claimant)


def test_what_the_other_is_on_record_with_is_their_view(claims_in):
    old, new = claims_in(
        "Host: You went on record with 2030 for AGI.", "Guest: I was wrong. Today I'd say 2034."
    )
    assert (GUEST, new.id) == (old.claimant, old.superseded_by)


@pytest.mark.parametrize(
    ("said", "others", "own"),
    [
        ("Ada says 2031, I say 2040.", "Ada", GUEST),
        ("I asked Ada, and she gave me 2031; I gave her 2040.", "Ada", GUEST),
        ("2031, as Ada would have it, is too soon. 2040.", "Ada", GUEST),
        ("Not 2031, like Ada says. More like 2040.", "Ada", GUEST),
        ("If you believe Ada, 2031. If you believe me, 2040.", "Ada", GUEST),
    ],
)
def test_an_own_figure_after_anothers_is_the_speakers(claims_in, said, others, own):
    """However shortly after: it would be quoted as what somebody else believes."""
    found = claims_in("Host: When will AGI come?", f"Guest: {said}")
    assert [(2031, others), (2040, own)] == [(c.value, c.holder) for c in found]


@pytest.mark.parametrize(
    "said",
    [
        "My old boss, Ada Brightwater, told us last year that AGI is due in 2050.",
        "Ada Brightwater told everyone last week that AGI comes in 2050.",
        "Ada Brightwater keeps repeating that AGI comes in 2050.",
    ],
)
def test_whoever_tells_many_holds_it_too(claim_in, said):
    assert "Ada Brightwater" == claim_in(f"Guest: {said}").holder


def test_who_used_to_be_at_a_figure_held_it(claim_in):
    claim = claim_in("Host: What is your p(doom)?", "Guest: Ada used to be at ninety percent.")
    assert "Ada" == claim.holder


def test_what_somebody_said_of_the_next_clause_is_not_of_the_figure_before(claim_in):
    said = "We pay 149 million dollars, and, as Ada said, this is the first time."
    assert claim_in(f"Guest: {said}").claimant is None


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Ada Brightwater — who once thought it was far off — now thinks AGI comes in 2050.",
         "Ada Brightwater"),
        ("People definitely started to think that AGI comes in 2050.", "people"),
        ("Forecasters on the prediction market Quillon, forecast AGI in 2050.",
         "forecasters on the prediction market Quillon"),
        ("The median member projects AGI to be here in 2050.", "median member"),
    ],
)  # fmt: skip
def test_verbs_of_coming_to_a_view_and_long_subjects(claims_in, said, claimant):
    assert claimant == claims_in(f"Guest: {said}")[-1].claimant


@pytest.mark.parametrize(
    "said",
    [
        "If we took the TPUs that run today and put them here, they might do 10^27 FLOP.",
        "Prices were at 5 percent.",
        "Inflation is at 5 percent.",
    ],
)
def test_things_hold_no_beliefs(claim_in, said):
    """Neither chips that are put somewhere, nor a noun with the capital of its sentence."""
    assert claim_in(f"Guest: {said}").claimant is None


def test_answers_that_were_got_are_those_of_a_survey(claims_in):
    first, second = claims_in(
        "Host: What did the survey find?",
        "Guest: The answers that we got were a 40% chance. If you ask them about jobs, then it's "
        "like 60%.",
    )
    assert ("survey respondents",) * 2 == (first.claimant, second.claimant)


def test_a_forecast_that_moved_takes_the_place_of_the_one_before(claims_in):
    first, second = claims_in(
        "Guest: Ada Brightwater put AGI in 2031. She is bold, I guess. "
        "That forecast has since moved out to 2034."
    )
    assert second.id == first.superseded_by
    assert ("Ada Brightwater", "Ada Brightwater") == (first.claimant, second.claimant)


def test_a_test_that_bears_a_name_is_nobody(claim_in):
    claim = claim_in("Guest: We read about the Turing test. She estimates it at 10^20 FLOP.")
    assert claim.claimant is None


def test_they_are_not_the_thing_named_before(claim_in):
    """In “they dug the deepest well, at least they claim …” it is no well that claims."""
    claim = claim_in("Guest: There they dug the deepest well, at least they claim it: 300 metres.")
    assert claim.claimant != "deepest well"
