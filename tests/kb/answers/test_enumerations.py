"""Points that somebody counts are found together, whichever of them a question leads to."""

from __future__ import annotations

import pytest

from ingest.transcript import TranscriptBuilder
from kb.answers.enumerations import announced, lists_within, points_around
from kb.types import Document


def conversation(*turns):
    builder = TranscriptBuilder("labelled", title="Kettles")
    for number, (speaker, text) in enumerate(turns, start=1):
        builder.speech(text, speaker=speaker, line=number)
    reading = builder.build()
    return Document(
        id="kettles", title="Kettles", source="kettles.txt", format="labelled", date=None,
        link=None, sha256="0" * 64, text=reading.text, speakers=(), turns=reading.turns,
        sections=reading.sections, anchors=reading.anchors,
    )  # fmt: skip


def points(document, quote):
    start = document.text.index(quote)
    turn = next(t for t in document.turns if t.char_start <= start < t.char_end)
    found = points_around(document, turn.index, (start, start + len(quote)))
    return [point.text for point in found]


ORDINALS = (
    "We gave up steam for three reasons.",
    "One is that the valve sticks.",
    "You hear it at night.",
    "The second is that nobody likes the noise.",
    "And the third one, which I mind most, is the smell.",
)
REASONS = [ORDINALS[1], ORDINALS[3], ORDINALS[4]]


@pytest.mark.parametrize("quote", [ORDINALS[0], *REASONS])
def test_the_announcement_and_every_point_lead_to_all_points(quote):
    assert REASONS == points(conversation(("Bo Lind", " ".join(ORDINALS))), quote)


def test_bare_numbers_count_points_too():
    """The last may be "the other" in place of a number."""
    counted = ["One, the lid is loose.", "Two, it leaks.", "And three, um, nobody likes it."]
    other = ["One is that it leaks.", "And the other is that nobody likes it."]

    for expected in (counted, other):
        said = ("You stop when we see one of these.", "It is simple.", *expected)
        assert expected == points(conversation(("Bo Lind", " ".join(said))), expected[0])


def test_points_may_begin_alike_in_place_of_being_numbered():
    document = conversation(
        (
            "Bo Lind",
            (
                "You'd need three things. You need a kettle that whistles. It must be loud. "
                "You need somebody who listens. And you need water."
            ),
        )
    )
    expected = [
        "You need a kettle that whistles.",
        "You need somebody who listens.",
        "And you need water.",
    ]
    assert expected == points(document, "You'd need three things.")


@pytest.mark.parametrize(
    "said",
    [
        (
            "There were two moments, one was when the lid flew off.",
            "Another moment that shook us was the flood.",
        ),
        (
            "Two things I like -- one (bear with me), the lid.",
            "The second is the handle.",
        ),
    ],
)
def test_the_first_point_may_stand_in_the_sentence_that_announces(said):
    """It is a point of the list, whatever is said between the two."""
    document = conversation(("Bo Lind", f"{said[0]} It was in May. {said[1]}"))

    assert list(said) == points(document, said[0])
    assert list(said) == points(document, f"{said[0]} It was in May.")


def test_the_last_point_may_be_named_by_what_it_is():
    document = conversation(
        (
            "Bo Lind",
            (
                "It comes down to three factors. Maybe the easiest, it's the lid. The second one "
                "is the handle. In the last few years both broke. But then the last problem I "
                "see is the spout."
            ),
        )
    )
    expected = [
        "Maybe the easiest, it's the lid.",
        "The second one is the handle.",
        "But then the last problem I see is the spout.",
    ]
    assert expected == points(document, "It comes down to three factors.")


def test_saying_it_another_way_is_no_other_point():
    document = conversation(
        ("Bo Lind", "Two reasons, one is the noise. Another way to say it is that it howls.")
    )
    assert [] == points(document, "Two reasons, one is the noise.")


def test_the_first_point_may_bear_no_number():
    document = conversation(
        ("Bo Lind", "It's two things. The lid is loose. Then the second thing is the handle.")
    )
    expected = ["The lid is loose.", "Then the second thing is the handle."]
    assert expected == points(document, "It's two things.")


def test_points_follow_a_short_remark_and_a_sentence_that_announces_none():
    document = conversation(
        ("Bo Lind", "You write down beforehand what would make you stop."),
        ("Ana Ruiz", "Such as?"),
        ("Bo Lind", "First, a crack in the lid. Second, steam where there was none."),
    )
    expected = ["First, a crack in the lid.", "Second, steam where there was none."]
    assert expected == points(document, "You write down beforehand what would make you stop.")


@pytest.mark.parametrize(
    "said",
    [
        "I own three kettles. One is red. The moon is far.",
        "There are two ways to see it. I like mornings.",
        "That was three things ago. First, hello.",
        "The second kettle is red. The first kettle is blue.",
        "Some things are slow. Some are not. Some never end.",
    ],
)
def test_what_counts_nothing_has_no_points(said):
    document = conversation(("Bo Lind", said))
    assert [] == points(document, said.split(". ")[0] + ".")


def test_points_are_never_somebody_elses():
    document = conversation(
        ("Bo Lind", "There are two reasons."),
        (
            "Ana Ruiz",
            "First, the noise. Second, the smell, as everybody in this room knows by now.",
        ),
    )
    assert [] == points(document, "There are two reasons.")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("There are basically three reasons.", 3),
        ("I see 4 problems.", 4),
        ("I'll give you some examples.", 0),
        ("There are a couple of things.", 0),
        ("I have three kettles.", None),
        ("Three years ago it was red.", None),
    ],
)
def test_an_announcement_says_how_many_points_follow(said, count):
    assert count == announced(said)


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("They see a) the fee; b) the queue; and c) the noise.", True),
        ("They name (1) the fee and (2) the queue.", True),
        ("They name i) the fee and ii) the queue.", True),
        ("We do it a) because it is cheap.", False),
        ("Plan a and plan b differ.", False),
        ("The fee (see table 1) and the queue (table 2) grow.", False),
    ],
)
def test_a_sentence_may_hold_a_whole_list(said, whole):
    assert whole == lists_within(said)
