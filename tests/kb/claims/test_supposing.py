"""Figures of imagined companies and invented speakers are no facts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "said",
    [
        "Say I hire 500 people.",
        "Okay, say I hire 500 people, then what?",
        "Say a baker has 40 ovens and pays 3 million dollars for them.",
        "Picture a lab with 10,000 GPUs and 40 engineers.",
        "Take a company with 500 employees.",
        "Imagine a baker with 40 ovens. They spend 3 million dollars on flour.",
        "Imagine a baker with 40 ovens. They bake all night. And they need 60 people.",
        "Think of a firm with 500 employees.",
        "I dreamt that I had 500 chairs.",
        "You could hire 500 bakers and still have no bread.",
        "What if we had 500 chairs?",
        "A minister would say, we have 300 trains.",
        'Somebody will go, "oh, look, you have 300 trains and 4 million dollars."',
    ],
)
def test_what_is_only_imagined_or_played_claims_nothing(claims_in, said):
    assert claims_in(f"Guest: {said}") == []


@pytest.mark.parametrize(
    "said",
    [
        "People come in and say I have 500 chairs.",
        "So I'd say I have 500 chairs.",
        "Say 500 chairs.",
        "Take a bus, there are 500 chairs in it.",
        "Take a company like Larkfield with 500 chairs.",
        "I picture a hall of 500 chairs.",
        "Imagine that. They have 500 chairs.",
        "Imagine a baker. They had 500 chairs.",
        "Imagine a baker. We have 500 chairs.",
        "Imagine a baker from Lund. They have 500 chairs.",
        "Think of a hall in Lund, it has 500 chairs.",
        "I dreamed, and 500 chairs fell.",
        "You could hire 500 chairs, and they did.",
        "So what if we have 500 chairs.",
        "What if? We have 500 chairs.",
        "As if that matters, we have 500 chairs.",
        "Suppose you're right. They have 500 chairs.",
        "They could go, I think, to 500 chairs.",
        "Imagine a life without it. It has 500 chairs.",
        "I would say, we have 500 chairs.",
        "He would say no, and we have 500 chairs.",
        'He would say, "I want one", but there are 500 chairs.',
        "He'd say, you know, 500 chairs.",
    ],
)
def test_what_is_told_beside_such_words_is_told(claim_in, said):
    assert claim_in(f"Guest: {said}").value == 500


def test_a_chance_of_what_is_supposed_is_told(claim_in):
    claim = claim_in("Guest: Suppose they sign. They give it a forty percent chance.")
    assert ("probability", 0.4) == (claim.kind, claim.value)
