"""Benchmark rows as documents, and which passages answer a query."""

from __future__ import annotations

import json

import pytest

from ingest.evaluation.benchmarks import read_benchmark, relevant_passages
from ingest.evaluation.prepared import prepare_documents, prepare_files
from kb.errors import InputError, NotFound
from kb.storage.store import Store

TURNS = [
    {"turn_id": 0, "speaker": "Ida Holm", "text": "Where did the ship go?", "start": 0},
    {"turn_id": 1, "speaker": "Noor Blom", "text": "It went to Oslo with nine containers."},
    {"turn_id": 2, "speaker": "Noor Blom", "text": "  "},
    {"turn_id": 3, "speaker": "Noor Blom", "text": "Then home."},
    {"turn_id": 4, "speaker": "Ida Holm", "text": "And who paid for it all?"},
]
SHIPS = {"doc_id": "talks/the-ship", "turns": TURNS}
ROUTE = {"doc_id": "talks/the-ship", "query": "Route of the ship", "relevant_turn_ids": [1]}


@pytest.fixture
def folder(tmp_path):
    """Writes a benchmark folder."""

    def write(queries, documents=(SHIPS,)):
        path = tmp_path / "bench"
        path.mkdir(exist_ok=True)
        for name, rows in (("documents", documents), ("queries", queries)):
            lines = "\n".join(json.dumps(row) for row in rows)
            (path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        return path

    return write


def test_turns_become_a_transcript_with_speakers_and_times(folder):
    (document,) = read_benchmark(folder([ROUTE])).documents
    assert "The ship" == document.title
    spoken = [(turn.speaker, document.text[turn.char_start :][:5]) for turn in document.turns]
    assert [("Ida Holm", "Where"), ("Noor Blom", "It we"), ("Ida Holm", "And w")] == spoken
    assert 0.0 == document.turns[0].start_seconds


def test_a_passage_is_relevant_when_half_of_its_words_are_gold(folder):
    """Seven of the nine words of the merged turn are gold; its two last words are not enough."""
    benchmark = read_benchmark(folder([ROUTE, ROUTE | {"relevant_turn_ids": [3]}]))
    answer = benchmark.passages[0][1]
    assert "It went to Oslo with nine containers.\n\nThen home." == answer.text
    assert [frozenset({answer.id})] == [query.relevant for query in benchmark.queries]
    assert 1 == benchmark.unanswered


def test_exactly_half_of_the_words_are_enough(folder):
    passage = read_benchmark(folder([ROUTE])).passages[0][0]
    assert "Where did the ship go?" == passage.text
    start = passage.char_start
    assert not relevant_passages([passage], [(start, start + 9)])
    assert relevant_passages([passage], [(start, start + 13)])
    assert not relevant_passages([passage], [])


def test_generic_queries_are_left_out(folder):
    benchmark = read_benchmark(folder([ROUTE, ROUTE | {"query": "Start", "generic": True}]))
    assert ["Route of the ship"] == [query.text for query in benchmark.queries]
    assert 0 == benchmark.unanswered


def test_what_cannot_be_used_is_named_by_its_line(folder, tmp_path):
    with pytest.raises(InputError, match=r"queries\.jsonl, line 1: there is no document 'x'"):
        read_benchmark(folder([ROUTE | {"doc_id": "x"}]))
    with pytest.raises(InputError, match=r"documents\.jsonl, line 1: turns"):
        read_benchmark(folder([ROUTE], [{"doc_id": "x", "turns": []}]))
    with pytest.raises(NotFound, match=r"documents\.jsonl"):
        read_benchmark(tmp_path / "nothing")


def test_a_store_is_made_once_and_found_again(folder, tmp_path, default_settings):
    """A second preparation embeds nothing; a changed text makes another store."""
    told: list[tuple[int, int]] = []

    def prepare(queries, documents):
        benchmark = read_benchmark(folder(queries, documents))
        return prepare_documents(
            "ships",
            benchmark.documents,
            benchmark.passages,
            default_settings,
            tmp_path / "cache",
            lambda done, total: told.append((done, total)),
        )

    first = prepare([ROUTE], [SHIPS])
    assert (3, 3) == told[-1]
    told.clear()
    assert first.data_dir == prepare([ROUTE], [SHIPS]).data_dir
    assert [] == told
    with Store.open(first.data_dir) as store:
        assert 3 == store.passage_count()
    changed = SHIPS | {"turns": [*TURNS, TURNS[1] | {"turn_id": 9}]}
    assert first.data_dir != prepare([ROUTE], [changed]).data_dir


def test_only_the_stores_used_last_are_kept(tmp_path, default_settings):
    """Five versions of a file leave three stores, and nothing of another name is touched."""
    cache, told = tmp_path / "cache", []
    other = cache / "other-0123456789abcdef"
    other.mkdir(parents=True)
    file = tmp_path / "talk.txt"
    for number in range(5):
        file.write_text(f"Ida: Which number is it?\n\nNoor: It is number {number}.\n", "utf-8")
        latest = prepare_files(
            "talk", [file], default_settings, cache, lambda *count: told.append(count)
        )
    assert told
    assert 3 == len(list(cache.glob("talk-*")))
    assert latest.data_dir.is_dir()
    assert other.is_dir()


def test_a_refused_file_is_an_error(tmp_path, default_settings):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError):
        prepare_files("x", [tmp_path], default_settings, tmp_path / "cache", lambda *count: None)
