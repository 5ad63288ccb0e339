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
def quotes(open_talk):
    """What is quoted for a question; nothing where there is silence."""
    opened = open_talk(TALK)

    def asked(question):
        answer = opened.answer(question, mode="extractive")
        return [] if answer.abstained else [q.quote for q in answer.citations]

    return asked


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


GUEST = """# {harbour} and Wilma Stroud

**{host}:** Welcome, Wilma. Last year I told Wilma Stroud that the pier would sink.

**Wilma Stroud:** It sank, and we built another of oak.

**{host}:** Wilma, no relation of Wilma Strand, who was here in June?

**Wilma Stroud:** None at all, though we get each other's mail.

**{host}:** Thank you, Wilma.

**Wilma Stroud:** Thank you.
"""
HOST = """# The pilots' hour

**Ilse Brandvold:** Are the charts of the bay right?

**Orson Kettleby:** The charts are forty years old, and the sand has moved.

**Ilse Brandvold:** What do you make of Wilma Stroud, who says the bay is safe?

**Orson Kettleby:** She's the only honest pilot I know. Too bold by half, but honest.
"""


@pytest.mark.parametrize("talks", [1, 4])
def test_an_answer_does_not_hang_on_what_others_say_elsewhere(
    tmp_path, default_settings, embedder, talks
):
    """Talks of people who are not asked take no answer away."""
    (tmp_path / "pilots.md").write_text(HOST, encoding="utf-8")
    hosts = {"Pier": "Petra Lindqvist", "Mole": "Nils Aske", "Quay": "Greta Moe", "Dock": "Tor Vik"}
    for harbour, host in list(hosts.items())[:talks]:
        guest = GUEST.format(harbour=harbour, host=host)
        (tmp_path / f"{harbour}.md").write_text(guest, encoding="utf-8")
    settings = default_settings.model_copy(update={"data_dir": tmp_path / "store", "llm": "none"})
    ingest_paths(settings, sorted(tmp_path.glob("*.md")), embedder=embedder)
    with KnowledgeBase(settings) as opened:
        answer = opened.answer("What does Orson think of Wilma?", mode="extractive")

    assert "the only honest pilot I know" in answer.answer
