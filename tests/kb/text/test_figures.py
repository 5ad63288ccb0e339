"""Figures in words and in digits are compared as one."""

from __future__ import annotations

import pytest

from kb.text.figures import in_digits


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("It was 38 percent.", "It was thirty-eight percent."),
        ("It was 38 percent.", "It was 38%."),
        ("206 kettles", "two hundred and six kettles"),
        ("100 million crowns, or 4 percent", "One hundred million crowns, or four per cent"),
        ("19 84", "nineteen eighty four"),
        ("9 10 11", "nine ten eleven"),
        ("60 and 1", "sixty and one"),
        ("a kettle weighs nothing", "a kettle weighs nothing"),
    ],
)
def test_number_words_become_digits(digits, words):
    assert digits == in_digits(words)
