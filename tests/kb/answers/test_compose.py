"""Quotes carry their place, and sentences say whose words they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.transcript import TranscriptBuilder
from kb.answers.compose import attributed_to, quotes_of, sentences_of, text_of
from kb.answers.evidence import Evidence
from kb.errors import StoreDamaged
from kb.links import place_url
from kb.types import Document, Passage

LINES = (
    ("speech", "Abena Frimpong", "We test for ninety days."),
    ("speech", None, "Somebody in the hall disagreed."),
    ("quotation", "Kenji Morioka", "We broke all fourteen."),
    ("quotation", None, "No comment."),
    ("fiction", "Imogen Thornquist", "The meter dipped at night."),
    ("fiction", None, "It was quiet."),
    ("comment", "Porto", "I run fourteen cards."),
    ("editorial", None, "This panel was recorded in Accra."),
)


@pytest.fixture(scope="module")
def document():
    builder = TranscriptBuilder("labelled")
    builder.heading("Testing", level=1, line=1)
    for line, (kind, speaker, text) in enumerate(LINES, start=3):
        builder.speech(text, speaker=speaker, line=line, seconds=10.0 * line, kind=kind)
    reading = builder.build()
    return Document(
        "panel-1", "Closing panel", "panel.txt", reading.format, None, None, "0" * 64,
        reading.text, (), reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


def evidence(document, position, start=0, end=None):
    """A span of a turn as evidence; offsets count from the start of the turn."""
    turn = document.turns[position]
    text = document.text[turn.char_start : turn.char_end]
    passage = Passage(
        position, document.id, position, position, turn.speaker, turn.kind, "Testing",
        turn.char_start, turn.char_end, turn.line_start, turn.start_seconds, text, "",
    )  # fmt: skip
    stop = turn.char_end if end is None else turn.char_start + end
    return Evidence(document, passage, turn.char_start + start, stop, 1.0, 0.5, True)


def test_quotes_are_numbered_and_know_their_place(document):
    first, second = quotes_of([evidence(document, 2), evidence(document, 0)])

    assert (1, 2) == (first.number, second.number)
    assert ("We broke all fourteen.", "Kenji Morioka") == (first.quote, first.speaker)
    assert document.text[first.char_start : first.char_end] == first.quote
    assert (5, 50.0, "Testing") == (first.line_start, first.start_seconds, first.section)
    assert ("panel-1", "Closing panel") == (first.document_id, first.title)
    assert place_url("panel-1", first.char_start, first.quote) == first.url


def test_evidence_that_leaves_its_turn_is_never_shown(document):
    """A store whose spans are wrong must not put words into somebody's mouth."""
    beyond = replace(evidence(document, 0), end=document.turns[1].char_end)

    with pytest.raises(StoreDamaged):
        quotes_of([beyond])


def test_empty_evidence_is_never_shown(document):
    with pytest.raises(StoreDamaged):
        quotes_of([evidence(document, 0, 3, 3)])


@pytest.mark.parametrize(
    ("position", "attribution"),
    [
        (0, "Abena Frimpong"),
        (1, "A speaker in “Closing panel”"),
        (2, "Kenji Morioka, quoted in “Closing panel”"),
        (3, "Somebody, quoted in “Closing panel”"),
        (4, "In a fictional story by Imogen Thornquist (“Closing panel”)"),
        (5, "In a fictional story (“Closing panel”)"),
        (6, "A reader's comment on “Closing panel”"),
        (7, "The editorial text of “Closing panel”"),
    ],
)
def test_nobody_is_credited_with_the_words_of_another(document, position, attribution):
    (quote,) = quotes_of([evidence(document, position)])

    assert attribution == attributed_to(quote, document)


def test_each_quote_is_one_sentence_with_its_number(document):
    items = [evidence(document, 0), evidence(document, 2)]

    sentences = sentences_of(items, quotes_of(items))

    assert [(1,), (2,)] == [sentence.citations for sentence in sentences]
    assert "Abena Frimpong: “We test for ninety days.” [1]" == sentences[0].text


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("“We broke it.”", "“We broke it.” [1]"),
        ('"We broke it."', "“We broke it.” [1]"),
        ("“We broke it.", "““We broke it.” [1]"),
        ("He said “no”", "“He said “no”” [1]"),
        ("“Yes” and “no”", "““Yes” and “no”” [1]"),
    ],
)
def test_printed_marks_around_all_of_a_quote_are_not_doubled(document, printed, shown):
    """Unbalanced and inner marks stay as they are in the text."""
    item = evidence(document, 0)
    (quote,) = quotes_of([item])

    (sentence,) = sentences_of([item], [replace(quote, quote=printed)])

    assert f"Abena Frimpong: {shown}" == sentence.text


def test_nothing_composes_to_nothing(document):
    assert [] == quotes_of([])
    assert [] == sentences_of([], [])


def test_what_was_said_again_elsewhere_is_cited_beside_the_quote(document):
    """Restatements are numbered after all quotes and printed nowhere in full."""
    again = evidence(document, 4)
    items = [replace(evidence(document, 0), restatements=(again,)), evidence(document, 2)]
    quotes = quotes_of(items)

    first, _ = sentences_of(items, quotes)

    assert "Abena Frimpong: “We test for ninety days.” [1], also [3]" == first.text
    assert (1, 3) == first.citations
    assert "The meter dipped at night." == quotes[2].quote


def test_findings_of_a_list_are_numbered_items(document):
    items = [evidence(document, 0), evidence(document, 2)]

    text = text_of(sentences_of(items, quotes_of(items), itemized=True), itemized=True)

    assert [
        "1. Abena Frimpong: “We test for ninety days.” [1]",
        "2. Kenji Morioka, quoted in “Closing panel”: “We broke all fourteen.” [2]",
    ] == text.splitlines()


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (0, None, "“We test for ninety days.”"),
        (0, 7, "“We test …”"),
        (8, None, "“… for ninety days.”"),
        (8, 18, "“… for ninety …”"),
    ],
)
def test_a_quote_that_is_cut_says_so(document, start, end, shown):
    """Outside the words, which stay verbatim: their sentence may go on to say the opposite."""
    item = evidence(document, 0, start, end)
    (quote,) = quotes_of([item])
    (sentence,) = sentences_of([item], [quote])
    assert f"Abena Frimpong: {shown} [1]" == sentence.text
    assert quote.quote in document.text
