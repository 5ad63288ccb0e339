"""A figure that is taken back is quoted after its correction, and marked."""

from __future__ import annotations

import pytest

from ingest.passages import passages_of
from ingest.transcript import TranscriptBuilder
from kb.answers.corrections import with_corrections
from kb.answers.evidence import Evidence
from kb.types import Document


def document_of(*turns):
    builder = TranscriptBuilder("labelled")
    for line, (speaker, text) in enumerate(turns, start=1):
        builder.speech(text, speaker=speaker, line=line)
    reading = builder.build()
    return Document(
        "d", "Panel", "panel.txt", reading.format, None, None, "0" * 64,
        reading.text, (), reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


def evidence(document, quote):
    start = document.text.index(quote)
    passage = next(p for p in passages_of(document) if p.char_start <= start < p.char_end)
    return Evidence(document, passage, start, start + len(quote), 1.0, 0.5, True)


SAID = "The run takes three hours on one card."


def test_a_correction_that_follows_at_once_is_quoted_with_what_it_corrects():
    document = document_of(("Ana", f"{SAID} Sorry, 30 hours."))

    (both,) = with_corrections([evidence(document, SAID)])

    assert (f"{SAID} Sorry, 30 hours.", False) == (both.text, both.corrected)


@pytest.mark.parametrize(
    "turns",
    [
        (("Ana", f"{SAID} I mean, on a small card. Sorry, 30 hours."),),
        (("Ana", SAID), ("Ben", "Three?"), ("Ana", "No, wait, thirty hours.")),
    ],
)
def test_the_correction_comes_first_and_the_corrected_figure_is_marked(turns):
    document = document_of(*turns)

    correction, corrected = with_corrections([evidence(document, SAID)])

    assert "hours." == correction.text.split()[-1]
    assert (False, True) == (correction.corrected, corrected.corrected)
    assert SAID == corrected.text


@pytest.mark.parametrize(
    "turns",
    [
        (("Ana", f"{SAID} Sorry, I was coughing."),),
        (("Ana", f"{SAID} Sorry, we ran 40 tests."),),  # counts something else
        (("Ana", f"{SAID} Sorry, three hours it is."),),  # the same figure
        (("Ana", SAID), ("Ben", "Sorry, 30 hours?")),  # somebody else
    ],
)
def test_what_takes_no_figure_back_changes_nothing(turns):
    document = document_of(*turns)
    item = evidence(document, SAID)

    assert [item] == with_corrections([item])


def test_a_correction_that_is_quoted_already_is_not_quoted_twice():
    document = document_of(("Ana", f"{SAID} Sorry, 30 hours."))
    both = [evidence(document, SAID), evidence(document, "Sorry, 30 hours.")]

    assert [f"{SAID} Sorry, 30 hours."] == [item.text for item in with_corrections(both)]


JOKE = "I have named my goldfish after the auditor."


@pytest.mark.parametrize(
    ("remark", "reply"),
    [
        ("Seriously.", "Seriously, he is hopeless. He should go."),
        ("Joking aside?", "Joking aside, he is hopeless."),
        ("Seriously?", "No, seriously, he is hopeless."),
    ],
)
def test_what_is_said_in_earnest_leads_the_joke_before_it(remark, reply):
    document = document_of(("Ana", JOKE), ("Bo", remark), ("Ana", reply))

    meant, joke = with_corrections([evidence(document, JOKE)])

    assert (reply, False) == (meant.text, meant.corrected)
    assert (JOKE, True) == (joke.text, joke.corrected)


@pytest.mark.parametrize(
    ("remark", "reply"),
    [
        ("Seriously?", "Seriously, he was delighted."),
        ("What did he say when he heard of it?", "Seriously, he was delighted."),
        ("Lovely.", "He was delighted."),
    ],
)
def test_a_reply_that_goes_on_corrects_nothing(remark, reply):
    document = document_of(("Ana", JOKE), ("Bo", remark), ("Ana", reply))

    (joke,) = with_corrections([evidence(document, JOKE)])

    assert not joke.corrected


DOVER = """# Grids

**Rita Sand:** The Dover cluster has 9,000 GPUs, and it draws more than the town.

**Max Orr:** Who pays for it?

**Rita Sand:** Nobody. I said that the Dover cluster has 9,000 GPUs. It has 19,000.

**Max Orr:** And the Leith cluster?

**Rita Sand:** Last month I wrote that it has 700 GPUs. That was a slip of the pen. It has 900.
"""


def test_a_figure_is_quoted_with_the_one_that_took_its_place(open_talk):
    """However much later it was put right, and though "it has 19,000" names nothing."""
    right, wrong = open_talk(DOVER).answer("How many GPUs does the Dover cluster have?").citations

    assert "I said that the Dover cluster has 9,000 GPUs. It has 19,000." == right.quote
    assert wrong.quote.startswith("The Dover cluster has 9,000 GPUs")
    assert (
        "corrected by what precedes"
        in open_talk(DOVER).answer("How many GPUs does the Dover cluster have?").answer
    )


def test_what_is_put_right_at_once_is_one_quote(open_talk):
    (quote, *_) = open_talk(DOVER).answer("How many GPUs does the Leith cluster have?").citations

    assert quote.quote.endswith("That was a slip of the pen. It has 900.")
