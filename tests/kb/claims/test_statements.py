"""Where claims stand: exact quotes, lines, speakers, ids; and that no text breaks them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.claims.extract import extract_claims
from kb.types import Section

CLAIMING = (
    "My median for AGI is 2034.",
    "I used to think AGI comes in 2027. Now my median is 2031.",
    "It took three hours, sorry, 30 hours.",
    "I would say “about 15%” — naïvely 🤖 — that we all die.",
    "The whole training run was 10^26 FLOP per second.",
    "We had 64 GPUs for three weeks.",
    "They spend 20 to 80k dollars on it, you said.",
    "Ada predicted AGI in 2050, and that cost €1.5bn.",
    "Doom is almost certain.",
    "AGI is half a decade away, or not 1,000 miles.",
    "If nobody slows down, I expect AGI by 2030!",
)
SENTENCES = (*CLAIMING, "Why 15%?", "There are three reasons.", "Hmm.")
LINES = st.lists(
    st.tuples(
        st.sampled_from(["Host", "Guest", "Someone", "fiction", "section"]),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join),
    ).map(": ".join),
    max_size=12,
)

examples = settings(deadline=None)  # a talk may take long on a busy machine


def assert_exact(document, claims):
    """Quotes and figures are verbatim, the figure inside the quote."""
    for claim in claims:
        assert claim.quote == document.text[claim.char_start : claim.char_end]
        assert claim.figure == document.text[claim.figure_start : claim.figure_end]
        assert claim.char_start <= claim.figure_start < claim.figure_end <= claim.char_end
        assert claim.document_id == document.id


def test_the_sentences_below_make_claims(talk):
    """What follows would prove little about text without claims."""
    assert all(extract_claims(talk(f"Guest: {sentence}")) for sentence in CLAIMING)


@examples
@given(LINES)
def test_quotes_and_figures_are_verbatim(talk, lines):
    document = talk(*lines)
    claims = extract_claims(document)
    assert_exact(document, claims)
    starts = [(claim.figure_start, claim.figure_end) for claim in claims]
    assert sorted(starts) == starts


@examples
@given(LINES)
def test_ids_are_unique_and_links_lead_to_them(talk, lines):
    """Superseding is told on both sides; a restatement leads to the holder's own words."""
    claims = {claim.id: claim for claim in extract_claims(talk(*lines))}
    assert len(extract_claims(talk(*lines))) == len(claims)
    for claim in claims.values():
        for older in claim.supersedes:
            assert claim.id == claims[older].superseded_by
        if claim.superseded_by:
            assert claim.id in claims[claim.superseded_by].supersedes
            assert claim.holder == claims[claim.superseded_by].holder
        if claim.restates:
            first = claims[claim.restates]
            assert first.claimant is None or first.figure_start < claim.figure_start
            assert (first.holder, first.kind) == (claim.holder, claim.kind)


@examples
@given(LINES, LINES)
def test_what_is_said_later_leaves_earlier_claims_and_their_ids_alone(talk, lines, later):
    """Only links to later claims may come in."""
    before = [claim.id for claim in extract_claims(talk(*lines, "Guest: That is all."))]
    after = [claim.id for claim in extract_claims(talk(*lines, "Guest: That is all.", *later))]
    assert before == after[: len(before)]


@examples
@given(LINES)
def test_the_same_text_gives_the_same_claims(talk, lines):
    assert extract_claims(talk(*lines)) == extract_claims(talk(*lines))


def test_ids_are_of_a_figure_in_a_document(talk):
    """The same words elsewhere are other claims."""
    document = talk("Guest: My median for AGI is 2034. My median for AGI is 2034.")
    other = replace(document, id="another")
    ids = [claim.id for one in (document, other) for claim in extract_claims(one)]
    assert 4 == len(set(ids))


# --- any text ---------------------------------------------------------------------------------

DIGITS = st.text(st.sampled_from("0123456789.,%$€^-–/ xkmbn٣४５²½"), max_size=30)
WORDS = st.sampled_from(
    ["million", "ten to the", "percent", "GPUs", "years", "AGI", "by", "not", "if", "sorry", "\n"]
)


@examples
@given(st.lists(DIGITS | WORDS | st.text(max_size=8), max_size=20).map(" ".join))
def test_no_text_breaks_the_extraction(talk, text):
    document = talk(f"Guest: {text}")
    assert_exact(document, extract_claims(document))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 10_000, "1," * 5000, "1 to " * 2000, "ten " * 2500, "10^" * 3333, "1 % " * 2500,
        "$" * 10_000, "(" * 10_000,
    ],
)  # fmt: skip
def test_ten_thousand_characters_of_numbers_give_exact_quotes(talk, text):
    document = talk(f"Guest: There is a {text} chance of AGI.")
    assert_exact(document, extract_claims(document))


@pytest.mark.parametrize("lines", [(), ("Host: Hi.", "Guest: Hi."), ("section: Hello",)])
def test_nothing_said_is_nothing_claimed(talk, lines):
    assert [] == extract_claims(talk(*lines))


# --- places -----------------------------------------------------------------------------------


def test_a_claim_quotes_the_sentence_of_its_figure(claim_in):
    claim = claim_in("Guest: I count chips. My median for AGI is 2034. That is all.")
    assert ("My median for AGI is 2034.", "2034") == (claim.quote, claim.figure)


def test_a_claim_has_its_line_its_second_and_its_speaker(talk):
    document = talk("Host: So?", "Guest: My median for AGI is 2034.")
    host, guest = document.anchors
    turns = (document.turns[0], replace(document.turns[1], speaker_confidence=0.7))
    timed = replace(document, anchors=(host, replace(guest, seconds=61.5)), turns=turns)
    (claim,) = extract_claims(timed)
    assert (2, 61.5) == (claim.line_start, claim.start_seconds)
    assert ("Ngozi Okwuosa", 0.7) == (claim.speaker, claim.speaker_confidence)
    assert ("Counting chips", "2023-07-16") == (claim.title, claim.as_of)


def test_speech_without_full_stops_is_quoted_in_parts(claims_in):
    """Captions have none; nobody wants to read a page to find a figure."""
    rambling = ", ".join(f"we looked at invoice number {n} again" for n in range(60))
    (claim,) = claims_in(f"Guest: {rambling}, and we lost $3 million, and {rambling}")
    assert "$3 million" == claim.figure
    assert len(claim.quote.split()) <= 70


def test_figures_of_two_turns_are_never_quoted_together(claims_in):
    found = claims_in("Host: We have 40 people", "Guest: and we have 300 GPUs")
    assert ["We have 40 people", "and we have 300 GPUs"] == [claim.quote for claim in found]
    assert all(one.char_end < two.char_start for one, two in pairwise(found))


def test_headings_are_quoted_whole(claim_in):
    claim = claim_in("section: A 15% Chance Of Doom", "Guest: I count chips.", "Host: OK.")
    assert ("A 15% Chance Of Doom", 1) == (claim.quote, claim.line_start)


def test_the_title_of_a_talk_claims_nothing(claims_in):
    assert [] == claims_in("title: 300 GPUs", "Guest: Hello.", "Host: Hello.")


def test_a_section_named_by_its_first_words_has_them_once(talk):
    """What comes before the first heading is a section, named by how it begins."""
    document = talk("We opened on 3 March 2024.", "section: The chips", "Guest: I bought 64 GPUs.")
    named = Section("We opened on 3 March 2024.", 1, "intro", 0, document.turns[0].char_end, 1)

    claims = extract_claims(replace(document, sections=(named, *document.sections)))

    assert ["March 2024", "64 GPUs"] == [claim.figure for claim in claims]
    assert len({claim.id for claim in claims}) == len(claims)
