"""A careful answer: the best passages are read before anything is quoted."""

from __future__ import annotations

import pytest

from kb.errors import ModelUnavailable
from kb.knowledge_base import KnowledgeBase

TALK = """# The last clock shop

**Ines Okafor:** So you mended clocks for thirty years. Why did you give up mending clocks?

**Tomas Brandt:** People give up clocks, you know, they give up mending clocks, and nobody asks.
My eyes were going, and the small screws began to look like dust. That winter I dropped the same
spring nine times.

**Ines Okafor:** And the shop?

**Tomas Brandt:** A baker has it now. He gives up at noon, when the bread is gone.
"""
QUESTION = "Why did Brandt give up mending clocks?"


def careful(knowledge_base: KnowledgeBase) -> KnowledgeBase:
    return KnowledgeBase(knowledge_base.settings.model_copy(update={"careful": True}))


def test_what_answers_leads_where_another_sentence_has_the_words(open_talk):
    with careful(open_talk(TALK)) as knowledge_base:
        answer = knowledge_base.answer(QUESTION)

    assert "My eyes were going" in answer.citations[0].quote
    assert "reading" in answer.timings_ms


def test_nobody_waits_who_did_not_ask_for_it(open_talk):
    answer = open_talk(TALK).answer(QUESTION)

    assert "reading" not in answer.timings_ms


def test_without_the_weights_a_careful_answer_is_refused(open_talk, tmp_path):
    """Rather than given without care."""
    settings = open_talk(TALK).settings
    none = settings.model_copy(update={"careful": True, "models_dir": tmp_path})
    with KnowledgeBase(none) as knowledge_base, pytest.raises(ModelUnavailable, match="missing"):
        knowledge_base.answer(QUESTION)
