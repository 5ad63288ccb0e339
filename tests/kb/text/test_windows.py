"""A passage is read with what was said before it and what follows."""

from __future__ import annotations

from readings import document

from ingest.passages import passages_of
from kb.text.windows import window_of


def test_a_window_has_its_sentences_and_the_words_before():
    text = "Ana: What did the dam cost?\n\nBo: Nine million. We had planned for four.\n"
    talk = document(text)
    passage = passages_of(talk)[-1]

    starts, window = window_of(talk, passage)

    assert ("Nine million.", "We had planned for four.") == window.sentences
    assert ("Bo", "What did the dam cost?") == (window.speaker, window.before)
    assert ["Nine", "We"] == [talk.text[start:].split()[0].rstrip(".") for start in starts]
