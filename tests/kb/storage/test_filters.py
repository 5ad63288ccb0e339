"""A passage at hand passes the filters by which the store would select it."""

from __future__ import annotations

import pytest

from kb.storage.filters import passes
from kb.types import Filters

KENJI = ("kenji MORIOKA",)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(speakers=KENJI),
        Filters(speakers=("Mateusz Wronski", "Nobody")),
        Filters(documents=("no-such-document",)),
        Filters(topics=("no such topic",)),
        Filters(date_from="2025"),
        Filters(date_from="2025-01-14"),
        Filters(date_to="2024-09"),
        Filters(date_from="2024", date_to="2024-09-18"),
        Filters(date_from="2031"),
        Filters(speakers=KENJI, date_from="2024", date_to="2025"),
    ],
)
def test_passages_at_hand_pass_as_they_do_in_the_store(agree, filters):
    """Case and accents do not count, dates at the coarser precision."""
    agree(filters)


def test_documents_and_topics_at_hand_pass_as_they_do_in_the_store(agree, sample_kb):
    document, other, *_ = (row.id for row in sample_kb.documents())
    topic = sample_kb.topics()[0].name.upper()

    agree(Filters(documents=(document, other)))
    agree(Filters(topics=(topic, "no such topic")))
    agree(Filters(documents=(document,), topics=(topic,)))


@pytest.fixture
def agree(sample_kb):
    """Asserts that both ways to filter give the same."""
    dates = {document.id: document.date for document in sample_kb.documents()}
    passages = list(sample_kb.store.iterate_passages())

    def compare(filters):
        selected = sample_kb.store.passage_ids(filters)
        expected = sample_kb.store.all_passage_ids() if selected is None else selected
        found = [p.id for p in passages if passes(filters, p, dates[p.document_id])]
        assert expected.tolist() == found

    return compare


@pytest.mark.parametrize(
    ("date", "filters", "expected"),
    [
        ("2023-07", Filters(date_from="2023-07-16"), True),
        ("2023", Filters(date_to="2023-01-01"), True),
        ("2022", Filters(date_from="2023-07"), False),
        (None, Filters(date_to="2031"), False),
        (None, Filters(), True),
    ],
)
def test_dates_compare_at_the_coarser_precision(sample_kb, date, filters, expected):
    passage = next(sample_kb.store.iterate_passages())

    assert expected == passes(filters, passage, date)
