"""No quote ends right before its speaker takes it back."""

from __future__ import annotations

import pytest

from kb.answers.repairs import end_of_repair
from kb.text.sentences import sentence_spans


def quoted(text: str) -> str:
    """What is quoted when the first sentence is chosen."""
    sentences = list(sentence_spans(text))
    return text[: end_of_repair(text, sentences, sentences[0])]


@pytest.mark.parametrize(
    "text",
    [
        "It has forty directions. No, sorry, sorry. Fourteen.",
        "I'd put my median at 2028, or, no, sorry, let me look. 2029.",
        "My probability was 10 percent. Now it's 70.",
        "I used to say 2040. There is a video. Now my middle is 2031.",
        "Larkfield had 900,000 euros in 2021. This year it's 4.2 million.",
        "I said twenty-five percent. My mother called me. So now I don't give a number.",
        "It may have been a mistake. I don't think it is one, for many reasons.",
        "It may have been a mistake to open it. It may have been one. I don't think so.",
        "Kettles are dangerous. Or so I am told, by people who sell pots.",
        "Kettles are a tax on tea. That is their slogan.",
        "The works will regulate themselves. I'm joking, obviously.",
        "Steam scales by itself. It doesn't.",
        "Steam was a fad. Copper did not matter. I believed a lot of nonsense.",
    ],
)
def test_a_quote_runs_on_through_what_puts_it_right(text):
    """The later figure, or the denial, is what the speaker means."""
    assert text == quoted(text)


@pytest.mark.parametrize(
    "text",
    [
        "It has forty directions. We like them all.",
        "It was 10 percent. Now you can see why we left.",
        "We had 40 people. Now let us talk of towels.",
        "I like cats. Sorry, is that 40 of them?",
        "The rule is old. Now it's raining.",
        "Kettles are dangerous. That is what the rule is for.",
        "Kettles are dangerous. It doesn't help to shout.",
        "Kettles last. I believed in them from the start.",
        "It moves me. No, honestly, it's a good experiment, and I want to see more of it soon.",
    ],
)
def test_other_sentences_are_left_out(text):
    """Nothing of the quote is taken back in them."""
    assert quoted(text) == text[: text.index(".") + 1]


def test_a_repair_beyond_the_paragraph_is_left_out():
    """A quote stays within its paragraph."""
    assert "It was 10 percent." == quoted("It was 10 percent.\n\nNow it's 70.")
