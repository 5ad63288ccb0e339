"""Which words before a colon are people who speak, in a talk whose people have full names."""

from __future__ import annotations

import pytest
from readings import read, spoken

TALK = """\
Ada Quill: Welcome. How safe is the kettle, and {hint}?

Bo Lind: Safe enough. There are two ways to see it.

{paragraph}

Ada Quill: I see.

Bo Lind: So it is.

Ada Quill: Thanks for coming on.
"""


@pytest.mark.parametrize(
    "paragraph",
    [
        "Steam: it rises, and somebody burns a hand.",
        "Honestly: nobody has counted.",
        "Answer: nobody has counted.",
        "Question: nobody has asked it.",
        "KPI: what is counted.",
        "KettleWorks: they counted once.",
        "Scenario B: the lid stays on.",
        "Case 2: the lid stays on.",
    ],
)
@pytest.mark.parametrize("form", ["{}", "**{}**"])
def test_a_single_word_before_a_colon_stays_in_the_turn(paragraph: str, form: str) -> None:
    """It occurs once and is nobody's name, where everybody else is named in full."""
    text = TALK.format(hint="why", paragraph=paragraph)
    for name in ("Ada Quill:", "Bo Lind:"):
        text = text.replace(name, form.format(name))
    words = f"Safe enough. There are two ways to see it.\n\n{paragraph}"
    assert ("Bo Lind", words) in spoken(read(text))


@pytest.mark.parametrize(
    ("label", "hint"),
    [
        ("Bo", "why"),
        ("Lind", "why"),
        ("Bo L.", "why"),
        ("Dr. Lind", "why"),
        ("Cai", "what do you say, Cai"),
        ("Cai", "thanks to our colleague Cai Moss"),
        ("Audience", "why"),
        ("Caller", "why"),
        ("Prof. Cai Moss, PhD", "why"),
        ("B. Lind", "why"),
    ],
)
def test_a_person_who_speaks_once_is_named(label: str, hint: str) -> None:
    """Somebody known, addressed or introduced, a role, or a title."""
    text = TALK.format(hint=hint, paragraph=f"{label}: May I ask what you counted?")
    said = spoken(read(text))
    assert [label] == [who for who, words in said if "May I ask" in words]
    assert ("Ada Quill", "I see.") in said


def test_a_time_beside_a_word_shows_that_it_is_a_label() -> None:
    text = TALK.format(hint="why", paragraph="[00:12] Steam: May I?")
    assert ("Steam", "May I?") in spoken(read(text))


def test_a_question_from_the_audience_is_nobody_elses() -> None:
    text = TALK.format(hint="why", paragraph="Question: Did you count them?")
    assert ("Question", "Did you count them?") in spoken(read(text))


def test_where_people_have_one_name_another_may_speak_once() -> None:
    text = (
        TALK.format(hint="why", paragraph="Cai: May I?").replace(" Quill", "").replace(" Lind", "")
    )
    assert ("Cai", "May I?") in spoken(read(text))


def test_a_bold_name_that_begins_a_sentence_is_no_label() -> None:
    """Not where a colon follows the names of those who speak."""
    text = TALK.format(hint="why", paragraph="So it is.").replace("Ada Quill:", "**Ada Quill:**")
    text = text.replace("Bo Lind:", "**Bo Lind:**")
    summary = "# Kettles\n\n**Bo Lind** thinks that kettles are safe.\n\n## Transcript\n\n"
    assert "thinks that kettles are safe." not in [said for _, said in spoken(read(summary + text))]
    turns = read(summary + text).turns
    assert "editorial" == turns[0].kind


@pytest.mark.parametrize(
    ("label", "speaks"),
    [
        ("The Chair", True),
        ("The Deputy Speaker", True),
        ("The Acting Chair (Mr. Moss)", True),
        ("The Lid", False),
        ("The Speaker of Parts", False),
    ],
)
def test_an_office_that_comes_back_speaks(label: str, speaks: bool) -> None:
    text = TALK.format(hint="why", paragraph=f"{label}: Order, please.") + f"\n{label}: Thanks.\n"
    assert speaks is ((label, "Order, please.") in spoken(read(text)))
