"""Passages: every word of every turn, once, in order, and never of two speakers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import CONTEXT_WORDS, MAX_SENTENCE_WORDS, embedding_text, passages_of
from ingest.transcript import TranscriptBuilder
from kb.types import Document

WORDS = [
    "so",
    "kettle",
    "Why?",
    "rang.",
    "e.g.",
    "naïve,",
    "🤖",
    "שלום",
    "e\u0301t\u00e9",
    "3.5",
    "No!",
]
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["Ines", "Bram", None, "#"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=200).map(" ".join),
    ),
    min_size=1,
    max_size=12,
)


def document_of(blocks, identifier="doc") -> Document:
    """Speech by (speaker, text); "#" makes a heading of the text's first words."""
    builder = TranscriptBuilder("labelled")
    for line, (speaker, text) in enumerate(blocks, start=1):
        if speaker == "#":
            builder.heading(text[:20], level=2, line=line)
        else:
            builder.speech(text, speaker=speaker, line=line)
    reading = builder.build()
    return Document(
        identifier, "Kettles", "k.txt", "labelled", None, None, "0" * 64, reading.text, (),
        reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


@given(BLOCKS)
def test_passages_hold_all_words_of_their_turns_in_order_and_cross_none(blocks):
    document = document_of(blocks)
    passages = passages_of(document)

    assert list(range(len(passages))) == [passage.index for passage in passages]
    for turn in document.turns:
        own = [passage for passage in passages if passage.turn == turn.index]
        spoken = document.text[turn.char_start : turn.char_end].split()
        assert spoken == [word for passage in own for word in passage.text.split()]
        for passage in own:
            assert turn.char_start <= passage.char_start < passage.char_end <= turn.char_end
            assert (turn.speaker, turn.kind) == (passage.speaker, passage.kind)


@given(BLOCKS)
def test_a_passage_is_exactly_its_span_of_the_text(blocks):
    document = document_of(blocks)
    ends = 0

    for passage in passages_of(document):
        assert document.text[passage.char_start : passage.char_end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert ends <= passage.char_start
        ends = passage.char_end


@given(BLOCKS)
def test_ids_are_unique_stable_and_fit_a_signed_64_bit_integer(blocks):
    ids = [passage.id for passage in passages_of(document_of(blocks))]

    assert len(ids) == len(set(ids))
    assert ids == [passage.id for passage in passages_of(document_of(blocks))]
    assert all(0 <= identifier < 2**63 for identifier in ids)
    elsewhere = [passage.id for passage in passages_of(document_of(blocks, "other"))]
    assert not set(ids) & set(elsewhere)


@given(BLOCKS)
def test_no_passage_is_longer_than_the_longest_sentence_allowed(blocks):
    for passage in passages_of(document_of(blocks)):
        assert len(passage.text.split()) <= 2 * MAX_SENTENCE_WORDS


def test_a_long_turn_without_full_stops_is_cut():
    passages = passages_of(document_of([("Ines", "and the kettle rang " * 200)]))

    assert len(passages) > 9
    assert all(len(passage.text.split()) <= MAX_SENTENCE_WORDS for passage in passages)


def test_an_answer_has_the_question_as_context_and_does_not_quote_it():
    question, answer = "How many rungs may be missing?", "About two."
    passages = passages_of(document_of([("Ines", question), ("Bram", answer)]))

    assert answer == passages[1].text
    assert "Kettles" in passages[1].context
    assert passages[1].context.endswith(question)
    assert f"{question} {answer}" == embedding_text(passages[1])


def test_the_heading_is_embedded_but_names_and_titles_are_not():
    document = document_of([("#", "On rungs"), ("Ines", "Two are too many.")])

    assert ["On rungs. Two are too many."] == [
        embedding_text(passage) for passage in passages_of(document)
    ]


def test_the_heading_above_is_the_section_of_a_passage():
    passages = passages_of(document_of([("Ines", "Hi."), ("#", "On rungs"), ("Ines", "Two.")]))

    assert [None, "On rungs"] == [passage.section for passage in passages]
    assert "On rungs" in passages[1].context


def test_context_is_the_end_of_a_long_turn_before():
    long = " ".join(f"word{number}" for number in range(200))
    last = passages_of(document_of([("Ines", long), ("Bram", "Yes.")]))[-1]

    assert f"word{200 - CONTEXT_WORDS}" in last.context
    assert f"word{199 - CONTEXT_WORDS} " not in last.context
