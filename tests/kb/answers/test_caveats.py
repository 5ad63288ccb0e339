"""Quotes that tell another's view, suppose something, or whose speaker is a guess are marked."""

from __future__ import annotations

import pytest

from kb.answers.caveats import caveats
from kb.types import Quote


def quote(text, speaker="Ana Ruiz", kind="speech", confidence=1.0):
    return Quote(
        1, text, speaker, "d", "Panel", None, 0, len(text), 1, None, "/d", kind, confidence
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Kenji initially predicted 2050 for that.", ("reporting Kenji",)),
        ("And then Mara Lind said it was too early.", ("reporting Mara Lind",)),
        ("According to Mara Lind the rule costs nothing.", ("reporting Mara Lind",)),
        ("So someone said that ideas are cheap.", ("reporting someone",)),
        ("Some people think it takes ten years.", ("reporting some people",)),
        ("Mara says 2031. I think she is wrong.", ("reporting Mara",)),
        ("My old boss, Mara Lind, told us last year that it is due.", ("reporting Mara Lind",)),
        ("Mara keeps repeating that it is due.", ("reporting Mara",)),
        ("2041. My sister Mara says 2029.", ("in part reporting Mara",)),
        ("I met Mara at a fair. Mara says 2029.", ("reporting Mara",)),
        ("Mara Lind, of Kettle Lab, told me that it is due.", ("reporting Mara Lind",)),
        ("Mara from Ghent writes that it is due.", ("reporting Mara",)),
        ("A friend in Ghent says that it is due.", ()),
        ("Mara says 2031. My own median is 2044.", ()),
        ("Suppose we had a hundred times more of it.", ("hypothetically",)),
        ("And if we had ten more we would be done.", ("hypothetically",)),
        ("Let’s say it takes four years.", ("hypothetically",)),  # nobody is called Let’s
    ],
)
def test_reported_and_supposed_words_are_marked(text, marks):
    assert marks == caveats(quote(text))


@pytest.mark.parametrize(
    "text",
    [
        "I think it takes four years.",
        "They said so, and we agree.",  # nobody is named
        "From there, I’d say two to five years.",
        "As Ana said, it takes four years.",  # the speaker herself
        "What I said is that it holds.",
        "If you go there, take a coat.",
        "It takes four years if nothing breaks.",
        "If you had to ask me for a number, I would say four.",
        "If anything, they were too early.",
        "Mara says 2031. I'd say 2044, give or take six years.",
        "Since somebody always writes to ask, I am at twelve percent.",
    ],
)
def test_plain_words_bear_no_mark(text):
    assert () == caveats(quote(text))


def test_an_inferred_speaker_is_marked_as_such():
    assert ("speaker inferred",) == caveats(quote("It takes four years.", confidence=0.95))
    assert ("speaker uncertain",) == caveats(quote("It takes four years.", confidence=0.6))
    assert () == caveats(quote("It takes four years.", speaker=None, confidence=0.0))
