"""One talk in many forms: names, what frames them, and times, each combined with all others."""

from __future__ import annotations

from itertools import product

import pytest
from readings import Said, read, spoken

TALK = [
    (0, "Good evening. Who of you has counted the kettles at the harbour?"),
    (1, "I have, with Mira: there are 212, and 9 of them leak."),
    (2, "That's 10 too few."),
    (0, "Ten?"),
    (2, "I counted in June (it rained), and wrote: “Two hundred and twenty-two.” Jonas knows."),
    (1, "Then ten were stolen. Note: nobody locks the shed at 9:30 in the evening."),
    (0, "Mira, who would steal a kettle?"),
    (2, "Somebody who is fond of tea."),
    (1, "Right."),
    (0, "We leave it there. Thank you, Jonas Ekwall, and thank you, Mira."),
]
NAMES = {
    "full": ("Hedda Brandt", "Jonas Ekwall", "Mira van Loo"),
    "first": ("Hedda", "Jonas", "Mira"),
    "with a particle": ("Brandt", "Ekwall", "van Loo"),
    "capitals": ("HEDDA BRANDT", "JONAS EKWALL", "MIRA VAN LOO"),
    "titled": ("Dr. Hedda Brandt", "Prof. Ekwall", "Ms. van Loo"),
    "pointed": ("H.B.", "J.E.", "M.L."),
    "numbered": ("Speaker 1", "Speaker 2", "Speaker 3"),
    "a show": ("The Tin Roof", "Jonas", "Mira"),
}
INLINE = {
    "colon": "{name}: {text}",
    "bold": "**{name}:** {text}",
    "bold brackets": "**[{name}]** {text}",
    "brackets": "[{name}] {text}",
    "dash": "{name} — {text}",
    "short dash": "{name} - {text}",
    "bar": "{name} | {text}",
    "listed": "- {name}: {text}",
    "quoted": "> {name}: {text}",
}
ALONE = {
    "alone": "{name}\n\n{text}",
    "above": "{name}\n{text}",
    "heading": "### {name}\n\n{text}",
    "framed": "— {name} —\n\n{text}",
}
TIMES = ("", "[00:0{second}] ", "0:0{second} ", "[00:0{second}.000 --> 00:0{second}.900] ")


def turns(names: tuple[str, ...], form: str, time: str) -> str:
    paragraphs = (
        time.format(second=second) + form.format(name=names[who], text=text)
        for second, (who, text) in enumerate(TALK)
    )
    return "\n\n".join(paragraphs)


def expected(names: tuple[str, ...]) -> Said:
    return [(names[who], text) for who, text in TALK]


@pytest.mark.parametrize("form", INLINE.values(), ids=INLINE)
def test_names_before_their_words(form: str) -> None:
    """Whatever stands around the names, and whatever they look like."""
    bulleted = form[0] in "->"
    for names, time in product(NAMES.values(), TIMES[:1] if bulleted else TIMES):
        text = f"Kettles of the harbour\n\n{turns(names, form, time)}"
        assert expected(names) == spoken(read(text)), (names, time)


@pytest.mark.parametrize("form", ALONE.values(), ids=ALONE)
def test_names_on_lines_of_their_own(form: str) -> None:
    """Single words there are names where somebody says one of them."""
    for names in NAMES.values():
        text = f"# Kettles of the harbour\n\n{turns(names, form, '')}"
        assert expected(names) == spoken(read(text)), names
