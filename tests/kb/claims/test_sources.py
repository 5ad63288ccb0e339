"""Whose belief a figure is when nobody is named: papers, groups, rumours, strangers."""

from __future__ import annotations

import pytest

GUEST = "Ngozi Okwuosa"


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("The draft says any run above ten to the 26 operations is reported.", "draft"),
        ("The letter called for a pause of six months.", "letter"),
        ("Last year there was that letter. It asked for a halt of six months.", "letter"),
        ("The Porto draft, the one that is going round, has AGI at 2050.", "Porto draft"),
        ("I saw a tweet that said AGI in 2050.", "tweet"),
        ("Their press release claimed a speedup of 30 percent.", "press release"),
    ],
)
def test_a_text_that_states_a_figure_holds_it(claim_in, said, claimant):
    claim = claim_in(f"Guest: {said}")
    assert (GUEST, claimant) == (claim.speaker, claim.claimant)


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("According to the ministry, the mill draws 60 megawatts.", "ministry"),
        ("According to one analyst, the mill cost eight billion dollars.", "analyst"),
        ("Official figures put the mill at 60 megawatts.", "official figures"),
        ("Even the pessimists only go to 80 percent on doom.", "pessimists"),
        ("The community median for AGI is 2050.", "community"),
        ("I heard a rumour that they spent four billion dollars.", "rumour"),
        ("I've heard that they spent four billion dollars.", "hearsay"),
        ("The small crowd that follows mills thinks AGI comes by 2050.", "small crowd"),
        ("The minister keeps saying 2050 for AGI.", "minister"),
        ("One of the referees wrote back that a 10 percent risk of doom is too high.", "referees"),
        ("If you ask the engineers, AGI comes by 2050.", "engineers"),
        (
            "There's this chap in Porto, a baker, who's convinced that AGI comes in 2050.",
            "chap in Porto",
        ),
        ("The old reports, the ones about brains, those said 2050 for AGI.", "old reports"),
        ("I keep hearing 50 billion dollars for that mill.", "hearsay"),
        ("The insurers price the risk of doom at three percent.", "insurers"),
        ("The minutes of that meeting mention eleven million euros.", "minutes of that meeting"),
        ("I'm told the mill will draw 90 megawatts.", "hearsay"),
        ("The head of the mill stood up and announced 12 gigawatts.", "head of the mill"),
        ("One oyster farmer filled in the form and told me he gets 90 dollars.", "oyster farmer"),
        ("The forecasters I trust most have AGI at 2050.", "forecasters"),
        (
            "There's an internal memo, it leaked, that puts the cost at nine billion dollars.",
            "internal memo",
        ),
        ("Reportedly the mill cost 80 million dollars.", "hearsay"),
        ("There's a paper out of Porto which finds that the mill draws 60 megawatts.", "paper"),
        ("I read a report about mills saying that AGI comes by 2050.", "report"),
        ("The forecasters came out at 4 percent on doom.", "forecasters"),
        ("The year people there throw around is 2050 for AGI.", "people"),
        ("There was this petition, asking for a pause of 8 weeks.", "petition"),
        ("A friend of mine at one of the mills thinks AGI comes by 2050.", f"a friend of {GUEST}"),
        ("Everybody's guess is 2050 for AGI.", "everybody"),
        ("The lab's internal number is 2050 for AGI.", "lab"),
        ("There's a study, I think it was 60 megawatts.", "study"),
        ("The weavers who count-by-thread get something like 2050 for AGI.", "weavers"),
        ("The way the union tells it, AGI comes by 2050.", "union"),
        ("Per the company's own filing, the mill cost 80 million dollars.", "company's own filing"),
        ("I saw a tweet this morning claiming that the mill draws 60 megawatts.", "tweet"),
        ("What did the minister say? She said that AGI comes by 2050.", "minister"),
        ("A lot of my colleagues would bet on 2050 for AGI.", f"colleagues of {GUEST}"),
        ("The number that the grid operator gives is 60 megawatts.", "grid operator"),
        ("One study had the mill draw 60 megawatts.", "study"),
        ("A couple of ministers were under the impression that AGI comes by 2050.", "ministers"),
        (
            "There was an op-ed, I forget where, which argued that a pause would take 8 years.",
            "op-ed",
        ),
        ("A listener, Agnes from Bergen, writes: I think AGI comes by 2050.", "listener"),
        ("The regulator finds that the mill draws 60 megawatts.", "regulator"),
        ("The CEO of Larkfield was on a stage, and she promised AGI by 2050.", "CEO of Larkfield"),
    ],
)
def test_a_group_or_a_source_without_a_name_holds_what_it_says(claim_in, said, claimant):
    claim = claim_in(f"Guest: {said}")
    assert (GUEST, claimant) == (claim.speaker, claim.claimant)


@pytest.mark.parametrize(
    "said",
    [
        "Before the flood I would have said that AGI comes by 2050.",
        "I came into this mill thinking that AGI comes by 2050.",
        "Mills like the Larkfield one showed that AGI comes by 2050.",
        "The number everybody knows for AGI is 2050.",
        "As the river has it, AGI comes by 2050.",
        "The number that the meter shows is 60 megawatts.",
        "My team's estimate is 2050 for AGI.",
        "Everybody's answer was yes, so AGI comes by 2050.",
        "The study had 60 weavers.",
        "Per the usual, AGI comes by 2050.",
        "Last year's forecast was 2050 for AGI.",
        "The weaver who said that owes me, and AGI comes by 2050.",
        "A paper of ours finds that the mill draws 60 megawatts.",
    ],
)
def test_what_stands_before_a_verb_of_saying_need_not_say_it(claim_in, said):
    assert claim_in(f"Guest: {said}").claimant is None


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("I met a man from Groningen, and he said the wait is 40 weeks.", "man from Groningen"),
        (
            "I talked to a woman who sells pumps. And she told me the wait is 40 weeks.",
            "woman who sells pumps",
        ),
        ("The manager showed me round, and he says the wait is 40 weeks.", "manager"),
        ("My boss, who has seen a lot, thinks AGI comes by 2050.", f"{GUEST}'s boss"),
        ("My old teacher swears it's 50 years to AGI.", f"{GUEST}'s old teacher"),
        ("My co-founder is bolder, she's at 2050 for AGI.", f"{GUEST}'s co-founder"),
        (
            "He's clever, my father-in-law, and he figures it's 50 years to AGI.",
            f"{GUEST}'s father-in-law",
        ),
        ("My advisor used to tell me it takes 50 years to AGI.", f"{GUEST}'s advisor"),
    ],
)
def test_a_stranger_who_was_introduced_holds_what_he_or_she_says(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Ada prices the risk of doom at three percent.", "Ada"),
        ("It's AGI by 2050, according to Ada.", "Ada"),
        ("In Ada's model there's doom with probability one half.", "Ada"),
        ("Ada and her group think the chance of doom is about one percent.", "Ada"),
        ("It was Ada who came up with 2050 for AGI.", "Ada"),
        ("Ada, bless her, keeps insisting on 2050 for AGI.", "Ada"),
        ("Ada moved her date for AGI to 2050.", "Ada"),
        ("For Ada it's more like 2050 to AGI.", "Ada"),
        ("I disagree with Ada, who puts the odds of doom at five percent.", "Ada"),
        ("Ada Brightwater's been on record with 2050 for AGI.", "Ada Brightwater"),
        ("As Ada likes to say, there's a 50 percent chance of doom.", "Ada"),
        ("If you look at Larkpool, it's at 2050 for AGI.", "Larkpool"),
        ("I met Ada Brightwater. She'd put AGI at 2050.", "Ada Brightwater"),
        ("I met Ada Brightwater. According to her, AGI comes in 2050.", "Ada Brightwater"),
    ],
)
def test_other_ways_in_which_a_name_holds_a_view(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant


@pytest.mark.parametrize(
    "said",
    [
        "You told the Courier last year that AGI comes by 2050.",
        "You've got a median of 2050 for AGI, right?",
        "I think you had something like 2050 for AGI in that post.",
        "If I hear you right, that's 2050 for AGI.",
        "So what I'm getting from you is AGI in 2050.",
        "Last time you were here, it was 2050 for AGI.",
        "So it's AGI in 2050 for you.",
        "You seem to believe that AGI comes by 2050.",
        "Your website still says 2050 for AGI.",
        "According to you, AGI comes in 2050.",
    ],
)
def test_an_interviewer_tells_the_guests_view(claims_in, said):
    (claim,) = claims_in("Guest: Thanks for having me.", f"Host: {said}")
    assert (GUEST, 2050) == (claim.claimant, claim.value)


@pytest.mark.parametrize(
    "said",
    [
        "The investors put in 40 million dollars.",
        "For Larkfield it's about 10 billion dollars.",
        "The market is 40 billion dollars.",
        "Hmm, no, thinking about it, AGI comes in 2050.",
        "Larkfield reaches AGI in 2050.",
        "I met the baker there and said 2050 for AGI.",
        "Maybe I can bake half of it for you as long as you tell me how.",
        "So if Ada's right, it's AGI in 2050.",
        "My gut says 2050 for AGI.",
        "The model says 2050 for AGI.",
        "The fellow who said that still owes me 500 dollars.",
        "Every customer wants to put a hundred kilograms on it.",
        "They made the labs carry, say, ten billion dollars of it.",
        "The way I put it is that we have a hundred people.",
        "The minister was angry, and AGI comes in 2050.",
        "The letter was nice, but I think AGI comes in 2050.",
        "I have a student, Femi, who put a camera on it, and it's 60 euros for all.",
    ],
)
def test_what_is_no_view_of_theirs_stays_the_speakers(claim_in, said):
    """A wrong holder is worse than none."""
    assert claim_in(f"Guest: {said}").claimant is None


@pytest.mark.parametrize(
    ("said", "claimant"),
    [
        ("Currently, estimates are that you might need 300 pumps.", "estimates"),
        ("And everyone is saying it's going to have 500 rooms.", "everyone"),
        ("We read reports that talked about 40 percent of all boats.", "reports"),
        ("Orla's point is that it takes 300 pumps.", "Orla"),
    ],
)
def test_talk_that_goes_around_holds_its_figures(claim_in, said, claimant):
    assert claimant == claim_in(f"Guest: {said}").claimant
