"""Which side of a matter a question asks for."""

from __future__ import annotations

import pytest

from kb.questions.sides import matter_of_sides, side_asked


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("Who supports a halt?", 1),
        ("Which guests are in favour of a halt?", 1),
        ("Who else is for a halt?", 1),
        ("Who's against a halt?", -1),
        ("Is anyone opposed to a halt?", -1),
        ("Who doesn't support a halt?", -1),
        ("Who does not oppose a halt?", 1),
        ("Who opposes him?", 0),
        ("Who works for the shed?", 0),
        ("Who spoke of a halt?", 0),
        ("Who went back to paper because screens failed?", 0),
        ("Who says that machines like that are far off?", 0),
        ("Who wants the halt to be on new ovens instead of on old kettles?", 0),
        ("Who would strongly oppose a halt?", -1),
        ("Does Ana support a halt?", 0),
    ],
)
def test_a_side_is_told_by_the_verb(question: str, side: int) -> None:
    """Only who is asked for takes a side; a person named is asked about something else."""
    assert side_asked(question) == side


def test_the_matter_follows_the_verb() -> None:
    """What people are for stands behind it, without the question mark."""
    assert matter_of_sides("Who is against the kettle tax?") == "the kettle tax"
