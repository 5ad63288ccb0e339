"""No quote ends right before its speaker takes it back."""

from __future__ import annotations

import pytest

from kb.answers.repairs import begin_of_stand, end_of_repair
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
        "Sixty percent of the pages are legible. That is not the same as sixty percent of the log.",
        "The filters catch nine in ten. Only in English, mind.",
        "The kettle passed every test. But that doesn't mean it is safe.",
        "It comes in 2040. Unless the money stops.",
        "I support grants for kettles. I don't support grants for pots.",
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
        "It comes in 2040. That is not far away.",
        "I support grants for kettles. I support grants for pots.",
        "I support grants. I don't sleep much.",
        "It moves me. No, honestly, it's a good experiment, and I want to see more of it soon.",
    ],
)
def test_other_sentences_are_left_out(text):
    """Nothing of the quote is taken back in them."""
    assert quoted(text) == text[: text.index(".") + 1]


def test_a_repair_beyond_the_paragraph_is_left_out():
    """A quote stays within its paragraph."""
    assert "It was 10 percent." == quoted("It was 10 percent.\n\nNow it's 70.")


@pytest.mark.parametrize(
    ("begin", "text"),
    [
        (0, "I do not oppose audits. I oppose audits that take a year."),
        (0, "We're not against tolls. We're against tolls on bridges."),
        (0, "I would never ban kettles. I would ban kettles that leak."),
        (24, "I do not oppose audits. I like audits that take a year."),
        (22, "It is not an opinion. I oppose audits."),
    ],
)
def test_a_quote_begins_with_the_other_half_of_a_stand(begin, text):
    """What somebody does not oppose is told with what they do."""
    first, second = sentence_spans(text)
    assert begin == begin_of_stand(text, [first, second], second)
