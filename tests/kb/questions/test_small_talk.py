"""Greetings and thanks are told from questions."""

from __future__ import annotations

import pytest

from kb.questions.small_talk import is_small_talk


@pytest.mark.parametrize(
    "line",
    ["Hello", "hi there!", "Thanks!", "Thank you so much.", "ok, great, thanks", "Who are you?"],
)
def test_a_greeting_asks_nothing(line):
    assert is_small_talk(line)


@pytest.mark.parametrize(
    "line",
    ["Who are you quoting?", "Thanks to whom?", "ok compute", "p(doom)", "testing models", ""],
)
def test_a_question_with_such_words_is_a_question(line):
    assert not is_small_talk(line)
