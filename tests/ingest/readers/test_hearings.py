"""Printed hearings: names and offices before a full stop, in whichever capitals."""

from __future__ import annotations

import pytest
from readings import document, read, spoken

OFFICES = ["The CHAIR", "The CHAIRMAN", "THE CHAIR", "The Vice Chair", "The PRESIDING OFFICER"]
MEMBERS = ["Ms. QUILL", "Senator QUILL", "Ranking Member QUILL", "Dr. de la QUILL", "Ms. McQUILL"]


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize("form", ["{}. {}", "{}: {}", "{} [continuing]. {}"])
def test_whoever_presides_speaks_as_the_witnesses_do(office: str, member: str, form: str) -> None:
    said = [
        (office, "The hearing on kettles will come to order."),
        ("Mr. LIND", "Thank you. We have closed the shed."),
        (member, "We have not."),
        (office, "I think that closing it was lazy."),
        ("Mr. LIND", "I do not, and I thank the Chair."),
    ]
    text = "\n\n".join(form.format(name, words) for name, words in said)
    found = spoken(read(f"Hearing of the Kettle Committee\n\n{text}"))
    bare = [((name or "").removesuffix(" [continuing]"), words) for name, words in found]
    assert said == bare


def test_a_member_whose_state_is_told_is_that_member() -> None:
    """Where two have a surname, the state tells them apart."""
    turn = "The CLERK. Order.\n\nMr. LIND. Aye.\n"
    one = f"{turn}\nThe CLERK. Mr. Lind?\n\nMr. LIND of Ohio. Aye.\n\n{turn}"
    assert ["The Clerk", "Mr. Lind of Ohio"] == [who.name for who in document(one).speakers]
    two = f"{one}\nMr. LIND of New Jersey. No.\n\nThe CLERK. Thank you.\n"
    assert 4 == len(document(two).speakers)


def test_names_of_hearings_are_shown_without_their_capitals() -> None:
    text = "The CHAIR. Order.\n\nMs. McQUILL. Aye.\n\nThe CHAIR. Again.\n\nMs. McQUILL. Aye.\n"
    assert ["The Chair", "Ms. McQuill"] == [who.name for who in document(text).speakers]
