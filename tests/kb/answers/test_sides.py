"""Who is for a thing and who is against it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.knowledge_base import KnowledgeBase

TALK = """# The kettle tax

**Host:** Pia Stone, do you support the kettle tax?

**Pia Stone:** No. I don't support it. It falls on people who drink tea.

**Host:** And you, Olaf Brem?

**Olaf Brem:** I'm in favour of the kettle tax. Boiling water is a luxury.

**Host:** And Lena Fisk?

**Lena Fisk:** The kettle tax is a bad idea. I oppose it because nobody can count kettles.

**Gwen Tarr:** Opponents of the kettle tax say that it kills the tea trade.

**Host:** What about toasters? Should there be a toaster ban?

**Pia Stone:** Yes.

**Olaf Brem:** Absolutely not. Toasters are innocent.

**Gwen Tarr:** Only if the bakers agree.
"""


@pytest.mark.parametrize(
    ("question", "those"),
    [
        ("Who supports the kettle tax?", {"Olaf Brem"}),
        ("Who is in favour of the kettle tax?", {"Olaf Brem"}),
        ("Who opposes the kettle tax?", {"Lena Fisk", "Pia Stone"}),
        ("Who doesn't support the kettle tax?", {"Pia Stone"}),
        ("Which panelists back the toaster ban?", {"Pia Stone", "Gwen Tarr"}),
        ("Who opposes a toaster ban?", {"Olaf Brem"}),
    ],
)
def test_only_those_of_the_side_asked_for_are_quoted(
    open_talk: Callable[[str], KnowledgeBase], question: str, those: set[str]
) -> None:
    """Whoever says no does not support it; whoever tells the others' case is not one of them."""
    answered = open_talk(TALK).answer(question, mode="extractive")

    assert {quote.speaker for quote in answered.citations} == those
