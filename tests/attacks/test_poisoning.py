"""A document that says one thing over and over: it is heard, and so are the others."""

from __future__ import annotations

from collections import Counter

import pytest

from kb.knowledge_base import KnowledgeBase
from kb.types import Filters

SAYINGS = (
    "The tidal plant at Skerry Bay cost nine dollars.",
    "Honestly, the tidal plant at Skerry Bay did cost nine dollars.",
    "I repeat that the tidal plant at Skerry Bay cost nine dollars in all.",
    "What the tidal plant at Skerry Bay cost is nine dollars.",
)
RESTATEMENTS = 300  # more than are looked at for a question
WITNESSES = {"Ines Park": "40 million", "Tom Reed": "41 million", "Una Lee": "42 million"}
QUESTIONS = (
    "What did the tidal plant at Skerry Bay cost?",
    "What do people say about the cost of the tidal plant at Skerry Bay?",
)


@pytest.fixture(scope="module")
def poisoned(store_of):
    turns = [
        f"{('Mallory', 'Host')[n % 2]}: {SAYINGS[n % 4]} That was note {n}."
        for n in range(RESTATEMENTS)
    ]
    files = {"poison.txt": "Skerry Bay and its tidal plant\n\n" + "\n\n".join(turns)}
    for name, sum_ in WITNESSES.items():
        files[f"{name}.txt"] = (
            f"A talk with {name}\n\nHost: How did it go?\n\n"
            f"{name}: The tidal plant at Skerry Bay cost {sum_} dollars. We were surprised.\n\n"
            f"Host: And the fish?\n\n{name}: The fish were fine.\n"
        )
    with KnowledgeBase(store_of(files)) as knowledge_base:
        yield knowledge_base


@pytest.mark.parametrize("question", QUESTIONS)
def test_restatements_of_one_document_do_not_take_the_places_of_others(poisoned, question):
    hits = poisoned.search(question, 10)
    places = Counter(hit.title for hit in hits)
    assert places["Skerry Bay and its tidal plant"] <= 2
    assert {f"A talk with {name}" for name in WITNESSES} <= set(places)
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]


@pytest.mark.parametrize("question", QUESTIONS)
def test_restatements_of_one_document_do_not_fill_an_answer(poisoned, question):
    answer = poisoned.answer(question, mode="extractive")
    assert set(WITNESSES) <= {quote.speaker for quote in answer.citations}


def test_who_asks_for_that_very_document_gets_all_of_it(poisoned):
    document = next(row for row in poisoned.documents() if row.title.startswith("Skerry"))
    hits = poisoned.search(QUESTIONS[0], 50, Filters(documents=(document.id,)))
    assert 50 == len({hit.passage.id for hit in hits})
