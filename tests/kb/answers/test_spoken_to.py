"""Words said to somebody are no view of theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.knowledge_base import KnowledgeBase

TALK = """# The Ladle Hour

**Runa Vale:** Siri Lund, you built a ferry engine with open plans.

**Siri Lund:** Open plans are how strangers found the leak.

**Runa Vale:** You told me you were against ferries.

**Siri Lund:** I was. Ferries are noisy, but I have changed my mind.

**Runa Vale:** I would ban ferries on Sundays.
"""


@pytest.mark.parametrize(
    ("question", "not_theirs"),
    [
        ("Does Siri Lund think that open plans are safe?", "you built"),
        ("Does Runa Vale think ferries should be banned?", "You told me"),
    ],
)
def test_what_is_said_to_somebody_is_no_view_of_either(
    open_talk: Callable[[str], KnowledgeBase], question: str, not_theirs: str
) -> None:
    """Neither of whom the host speaks to, nor of the host who tells them what they said."""
    answered = open_talk(TALK).answer(question, mode="extractive")
    quotes = [quote.quote for quote in answered.citations]

    assert quotes
    assert not any(not_theirs in quote for quote in quotes)
