"""Quotes are found word for word, however they are typed, and never cut inside a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answers.quotations import LONGEST_QUOTE, find_quote, nearest_words, verify_quote
from kb.errors import InputError, TooLarge
from kb.text.folding import fold
from kb.types import Document, Turn

MARKS = "“”‘’'"


def document(*turns: tuple[str, str]) -> Document:
    text, made = "", []
    for number, (speaker, words) in enumerate(turns):
        start = len(text)
        text += words
        made.append(
            Turn(number, speaker, 1.0, "speech", start, len(text), number, number, None, None, None)
        )
        text += "\n\n"
    return Document("d", "Panel", "panel.txt", "x", None, None, "", text, (), tuple(made), (), ())


def found(quote: str, text: str) -> list[str]:
    panel = document(("Ana Ruiz", text))
    return [panel.text[span.char_start : span.char_end] for span in find_quote(quote, panel)]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("It's 'fine'", "It’s ‘fine’"),
        ('"well - known"', "“well—known”"),
        ("R&amp;D&nbsp;costs &#39;more&#39;", "R&D costs 'more'"),
        ("R&D costs", "R&amp;D costs"),
        ("ten\n  days", "ten\u00a0days"),
        ("cafe\u0301", "caf\u00e9"),
        ("fine", "\ufb01ne"),
        ("coop\u00aderate", "cooperate"),
        ("pages 10-20", "pages 10–20"),
    ],
)
def test_how_a_quote_is_typed_does_not_count(quote, text):
    """What is returned is the text of the document."""
    assert [text.strip(MARKS)] == [words.strip(MARKS) for words in found(quote, text)]


@pytest.mark.parametrize(
    "quote", ["… ten or", "five, ten …", "...five, ten or...", "[…] ten or […]"]
)
def test_an_ellipsis_around_a_quote_says_only_that_the_sentence_goes_on(quote):
    """As answers show it; in between it would hide words, and is refused."""
    assert found(quote, "They want five, ten or twelve.")
    assert not found("five … twelve", "They want five, ten or twelve.")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("not like 99", "It is not like 99.99% sure."),
        ("in 2028", "It came in 2028.5 or so."),
        ("costs $32", "It costs $32 billion."),
        ("5 degrees", "It was -5 degrees."),
        ("10^2", "It takes 10^24 of them."),
        ("102", "It takes 10² of them."),
        ("three", "It takes three hundred days."),
        ("We can", "We can't."),
        ("aligned models", "They are mis-aligned models."),
        ("from 10", "It grew from 10–20."),
        ("us", "It is in the US."),
        ("f", "\ufb01ne"),
        ("It is, fine", "It is fine"),
    ],
)
def test_no_word_and_no_number_is_cut_or_changed(quote, text):
    assert [] == found(quote, text)


def test_words_of_two_turns_are_no_quote():
    panel = document(("Ana Ruiz", "We need ten."), ("Bo Lind", "Or more."))

    assert not verify_quote("We need ten. Or more.", [panel]).verified


def test_the_words_of_another_are_shown_with_their_speaker():
    panel = document(("Ana Ruiz", "We need ten."), ("Bo Lind", "Or more."))

    verdict = verify_quote("We need ten.", [panel], speaker="Bo Lind")

    assert not verdict.verified
    assert "These words were said by Ana Ruiz in “Panel”, not by Bo Lind." == verdict.reason


def test_the_nearest_words_come_with_what_differs():
    panel = document(("Ana Ruiz", "We need ten more engineers by March, I think."))

    nearest = nearest_words("We need twelve engineers by March", [panel])

    assert nearest is not None
    assert "ten more" in " ".join(difference.said for difference in nearest.differences)


def test_the_nearest_words_may_tell_a_figure_in_words():
    """What is said stays as it was said."""
    panel = document(
        ("Ana Ruiz", "It was 98 percent."),
        ("Bo Lind", "It was thirty-eight percent."),
    )

    nearest = nearest_words("It was 38 percent.", [panel])

    assert nearest is not None
    assert "It was thirty-eight percent." == nearest.quote.quote
    assert [("38", "thirty-eight")] == [(d.quoted, d.said) for d in nearest.differences]


@pytest.mark.parametrize(("quote", "error"), [("…", InputError), ("a" * 9_999, TooLarge)])
def test_what_cannot_be_a_quote_is_refused(quote, error):
    assert len(quote) > LONGEST_QUOTE or quote == "…"
    with pytest.raises(error):
        verify_quote(quote, [])


@given(st.text(alphabet="ab5. ’'“\"–—-&;\u00a0\u0301\u00ad\ufb01é²½\n", max_size=40))
def test_folded_text_knows_where_each_sign_comes_from(text):
    """Offsets grow, and folding what was folded changes nothing more."""
    folded = fold(text)

    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert sorted(folded.starts) == list(folded.starts)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True)
    )


@given(st.lists(st.sampled_from("we need ten more by May it’s “so” a—b 5% $3".split()), min_size=1))
def test_any_run_of_whole_words_is_found_at_its_place(words):
    text = " ".join(words)

    assert text.strip("“” ") in [match.strip("“” ") for match in found(text, f"Yes, {text} no.")]
