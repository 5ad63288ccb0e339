"""Sentences are exact spans of the text: in order, apart, and together all of its words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.sentences import clause_spans, cut_ends, sentence_spans

PIECES = (
    "Fine.", "Dr. Nkemelu", "said", "“No!”", "why?", "Wait…", "e.g.", "3.5", "J. Ito", "(It did.)",
    "then", "so,", "GPT-J.", "Élan", "人工知能。", "😀", "e\u0301", "\u200f", "—", "U.S.", "and",
)  # fmt: skip
GAPS = (" ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\u00a0")
PROSE = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=40).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
TEXTS = st.one_of(PROSE, st.text(max_size=200))


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@given(TEXTS)
def test_no_word_is_lost_and_none_comes_twice(text):
    spans = sentence_spans(text)

    assert text.split() == [word for start, end in spans for word in text[start:end].split()]


@given(TEXTS)
def test_spans_are_in_order_and_have_no_white_space_around_them(text):
    spans = sentence_spans(text)

    edges = [edge for span in spans for edge in span]
    assert sorted(edges) == edges
    assert all(
        text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans
    )


@given(TEXTS, st.data())
def test_a_part_of_a_text_keeps_the_offsets_of_the_whole(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    spans = sentence_spans(text, start, end)

    assert all(start <= low < high <= end for low, high in spans)
    assert text[start:end].split() == [w for low, high in spans for w in text[low:high].split()]


@given(TEXTS)
def test_a_paragraph_always_ends_a_sentence(text):
    assert not any("\n\n" in sentence for sentence in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works. It does! Why? Nobody knows", ["It works.", "It does!", "Why?", "Nobody knows"]),
        ("She met Dr. Nkemelu. He left.", ["She met Dr. Nkemelu.", "He left."]),
        ("We asked J. Ito about it. He agreed.", ["We asked J. Ito about it.", "He agreed."]),
        ("Two, e.g. Larkfield, do. We will.", ["Two, e.g. Larkfield, do.", "We will."]),
        ("The U.S. Senate voted. Twice.", ["The U.S. Senate voted.", "Twice."]),
        ("We took plan B. It failed.", ["We took plan B.", "It failed."]),
        ("They used GPT-J. It was free.", ["They used GPT-J.", "It was free."]),
        ("I thought… Well, no.", ["I thought…", "Well, no."]),
        ("I thought… well, no.", ["I thought… well, no."]),
        ("“Is it safe?” Nobody said so.", ["“Is it safe?”", "Nobody said so."]),
        ('He wrote "stop." "So," she did.', ['He wrote "stop."', '"So," she did.']),
        ("(We tried.) It broke.", ["(We tried.)", "It broke."]),
        ("It rose by 3.5 percent. 40 more came.", ["It rose by 3.5 percent.", "40 more came."]),
        ("It rose 17. 7 percent. Good.", ["It rose 17. 7 percent.", "Good."]),
        ("We asked 17. 7 percent said so.", ["We asked 17.", "7 percent said so."]),
        ("It was in 2017. 7 million came.", ["It was in 2017.", "7 million came."]),
        ("Élan is rare. Éva has it.", ["Élan is rare.", "Éva has it."]),
        ("One line\nof two. Next", ["One line\nof two.", "Next"]),
        ("A heading\n\nIts text", ["A heading", "Its text"]),
        ("人工知能は安全ですか", ["人工知能は安全ですか"]),
        ("x" * 700 + " is it.", ["x" * 300, "x" * 300, "x" * 100, "is it."]),
        ("", []),
        (" \n\n\t", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text, expected):
    assert expected == sentences(text)


LONG = (
    "we trained it for ninety days, and then we stopped, because the grid operator called us; "
    "nobody had told him about the second hall or the third one"
)


@given(TEXTS, st.integers(1, 12))
def test_clauses_keep_every_word_within_the_limit(text, most):
    parts = [text[start:end] for start, end in clause_spans(text, (0, len(text)), most)]

    assert text.split() == [word for part in parts for word in part.split()]
    assert all(1 <= len(part.split()) <= most for part in parts)


@given(st.integers(1, 40))
def test_clauses_keep_the_offsets_of_the_text(most):
    text = f"Before. {LONG} After."
    span = (8, 8 + len(LONG))

    spans = list(clause_spans(text, span, most))

    assert span == (spans[0][0], spans[-1][1])
    assert LONG.split() == re.findall(r"\S+", " ".join(text[low:high] for low, high in spans))


def test_an_overlong_sentence_is_cut_where_a_clause_ends():
    parts = [LONG[start:end] for start, end in clause_spans(LONG, (0, len(LONG)), 12)]

    assert parts[0] == "we trained it for ninety days, and then we stopped,"


def test_a_sentence_without_clauses_is_cut_between_words():
    text = "one two three four five six seven"

    parts = [text[start:end] for start, end in clause_spans(text, (0, len(text)), 3)]

    assert parts == ["one two three", "four five six", "seven"]


def test_a_short_sentence_stays_whole():
    assert [(0, len(LONG))] == list(clause_spans(LONG, (0, len(LONG)), 100))


@pytest.mark.parametrize(
    ("text", "said", "cut"),
    [
        ("It rains. We stay in. Good.", "We stay in.", (False, False)),
        ("It rains, and we stay in.", "It rains,", (False, True)),
        ("It rains, and we stay in.", "and we stay in.", (True, False)),
        ("no full stop at all", "no full stop at all", (False, False)),
        ("A line\n\nAnother line", "Another line", (False, False)),
        ("A line\n\nAnother line", "A line", (False, False)),
    ],
)
def test_a_span_knows_where_its_sentence_is_cut(text, said, cut):
    start = text.index(said)
    assert cut == cut_ends(text, (start, start + len(said)), (0, len(text)))
