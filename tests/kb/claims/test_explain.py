"""Why a claim is what it is: a rule, and the words, for each of its fields."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.claims.extract import explain, extract_claims
from kb.errors import NotFound

CHANGES = (
    "I used to think AGI comes in 2027. Now my median is 2031. If nobody slows down, I expect AGI "
    "by 2030. My p(doom) is maybe 15%. My p(doom) isn't 90%."
)
FIGURES = (
    "Ada predicted AGI in 2050. The whole training run was 10^26 FLOP per second. It cost three, "
    "sorry, $30 million. We had 64 GPUs for three weeks. I started in May. I left the shipyard two "
    "years ago, with at least 40 people. Doom is almost certain."
)
TALK = (
    "We discuss why she thinks AGI comes in 2034.",
    "section: A 15% Chance Of Doom",
    "Host: So how long until we have AGI?",
    "Guest: I would say 5 to 20.",
    "Host: 5 to 20 years?",
    f"Guest: {CHANGES}",
    "Host: Why 15%?",
    f"Guest: {FIGURES}",
    "Someone: There is a 25% chance of AGI by 2040.",
    "fiction: The Long Night",
    "Guest: The machine had ten million robots.",
)
SINGLE = (
    "kind", "subject", "unit", "topic", "note", "claimant", "year_low", "year_high", "event_year",
    "as_of", "comparator", "hedge", "superseded_by", "restates",
)  # fmt: skip
FLAGS = ("negated", "conditional", "asked", "fiction")


@pytest.fixture(scope="module")
def document(talk):
    return talk(*TALK)


@pytest.fixture(scope="module")
def explained(document):
    """Every claim of the talk with its reasons, by the field that they are for."""
    found = []
    for claim in extract_claims(document):
        reasons = explain(document, claim)
        found.append((claim, {reason.field: reason for reason in reasons}))
    return found


def test_the_talk_has_a_claim_with_each_field(explained):
    """What follows would prove nothing about a field that no claim has."""
    claims = [claim for claim, _ in explained]
    for name in (*SINGLE, *FLAGS, "value", "low", "high", "condition", "supersedes"):
        assert any(getattr(claim, name) for claim in claims), name
    assert any(claim.speaker is None for claim in claims)


def test_every_field_that_says_something_has_a_rule(explained):
    for claim, reasons in explained:
        for name in SINGLE:
            value = getattr(claim, name)
            assert (value is not None) == (name in reasons), (name, claim.quote)
            assert value is None or str(value) == reasons[name].value
        for name in FLAGS:
            assert getattr(claim, name) == (name in reasons), (name, claim.quote)
        assert (claim.value is not None) == ("value" in reasons)
        assert (claim.low is not None) == ("low, high" in reasons)
        assert bool(claim.supersedes) == ("supersedes" in reasons)
        assert (claim.speaker or "unknown") == reasons["speaker"].value
        assert all(reason.rule for reason in reasons.values()), claim.quote


def test_rules_rest_on_words_that_were_said(explained, document):
    """Each part of the words (hedges are joined by commas) stands in the text."""
    text = document.text
    for _, reasons in explained:
        for reason in reasons.values():
            assert reason.words in text or all(part in text for part in reason.words.split(", "))


def test_the_figure_is_what_its_value_rests_on(explained):
    for claim, reasons in explained:
        if claim.value is not None:
            assert claim.figure == reasons["value"].words
            assert claim.value == pytest.approx(float(reasons["value"].value), rel=1e-4)


def test_the_words_of_a_condition_a_denial_and_a_holder(explained):
    by_figure = {claim.figure: reasons for claim, reasons in explained}
    assert "If nobody slows down" == by_figure["2030"]["conditional"].words
    assert "isn't" == by_figure["90%"]["negated"].words
    assert "Ada" in by_figure["2050"]["claimant"].words


def test_a_claim_of_other_rules_is_not_explained(document):
    """It tells the person to ingest again, rather than reasons that were never used."""
    claim = replace(extract_claims(document)[0], id="0123456789ab")
    with pytest.raises(NotFound, match="0123456789ab") as caught:
        explain(document, claim)
    assert "kb ingest" in caught.value.hint


def test_a_claim_of_another_document_is_not_explained(talk, document):
    other = talk("Guest: Nothing here.", "Host: Nothing.")
    with pytest.raises(NotFound):
        explain(other, extract_claims(document)[0])


@pytest.mark.parametrize(
    "said", ["three years, sorry, four years.", "three years. Four years, sorry."]
)
def test_a_figure_that_was_taken_back_says_by_which_word(talk, said):
    """Wherever the apology stands."""
    document = talk(f"Guest: It took {said}")
    old, _ = extract_claims(document)
    rules = {reason.field: reason.rule for reason in explain(document, old)}
    assert "taken back: “sorry”" == rules["superseded_by"]
