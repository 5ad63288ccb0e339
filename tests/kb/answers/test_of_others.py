"""Words about one person are no answer about another."""

from __future__ import annotations

import pytest

from ingest.pipeline import ingest_paths
from kb.knowledge_base import KnowledgeBase

TALK = """# Ropes and barges

**Ilse Brandvold:** Orson, you left the rope works. Why?

**Orson Kettleby:** I left because they burnt the hemp and blamed the night watch for the fire. I
resigned on the second of April.

**Ilse Brandvold:** And now?

**Orson Kettleby:** I run a barge with Runa Holt, and it carries gravel.

**Ilse Brandvold:** What does your brother say about barges?

**Orson Kettleby:** He says that a barge is a road that lost its way.

**Ilse Brandvold:** What do you think about gravel?

**Orson Kettleby:** Gravel is the bread of harbours.

**Ilse Brandvold:** My guess for a flood by spring is ten percent.
"""


@pytest.fixture(scope="module")
def quotes(tmp_path_factory, default_settings, embedder):
    """What is quoted for a question; nothing where there is silence."""
    folder = tmp_path_factory.mktemp("ropes")
    (folder / "talk.md").write_text(TALK, encoding="utf-8")
    settings = default_settings.model_copy(update={"data_dir": folder / "store", "llm": "none"})
    ingest_paths(settings, [folder / "talk.md"], embedder=embedder)
    with KnowledgeBase(settings) as opened:

        def asked(question):
            answer = opened.answer(question, mode="extractive")
            return [] if answer.abstained else [q.quote for q in answer.citations]

        yield asked


@pytest.mark.parametrize(
    "question",
    [
        "Why did Runa leave the rope works?",
        "When did Runa resign?",
        "What does Ilse's brother think about gravel?",
        "Did Orson sign the treaty?",
    ],
)
def test_what_nobody_tells_of_a_person_is_not_taken_from_another(quotes, question):
    """Nor from words of theirs about something else."""
    assert [] == quotes(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why did Orson leave the rope works?", "they burnt the hemp"),
        ("When did Orson resign?", "second of April"),
        ("What does Orson's brother say about barges?", "a road that lost its way"),
        ("What does Orson think about gravel?", "the bread of harbours"),
    ],
)
def test_what_is_told_of_them_is_quoted(quotes, question, words):
    assert any(words in quote for quote in quotes(question))
