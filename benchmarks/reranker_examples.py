"""What the reranker is trained on: a question, and passages whose sentences answer it or do not."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.evaluation.benchmarks import Benchmark, read_benchmark
from ingest.evaluation.prepared import Report, prepare_documents
from ingest.evaluation.suites import WRITTEN_QUESTIONS
from ingest.evaluation.written_questions import read_written_questions
from kb.evaluation.places import Places, Span
from kb.evaluation.questions import Question
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from kb.text.windows import Window, window_of
from kb.types import Hit, Passage

SOURCES = (("audrow", "audrow.jsonl"), ("qmsum_train", "qmsum.jsonl"))
"""Folders of benchmarks, and the questions that were written for them."""

HITS = 12  # passages found for a question, among which its hard negatives are
MOST_ANSWERS = 4  # passages that answer it
MOST_NEGATIVES = 5
READ_ANSWERS, READ_NEGATIVES = 2, 3  # of these each time that the example is read


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage as it is read; ``answers`` says of each sentence whether it answers."""

    window: Window
    answers: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Example:
    question: str
    passages: tuple[Labelled, ...]

    def sample(self, choose: random.Random) -> Example:
        """Some of its passages."""
        yes = [passage for passage in self.passages if any(passage.answers)]
        no = [passage for passage in self.passages if not any(passage.answers)]
        chosen = choose.sample(yes, min(READ_ANSWERS, len(yes)))
        chosen += choose.sample(no, min(READ_NEGATIVES, len(no)))
        return replace(self, passages=tuple(chosen))


def read_examples(bench: Path, settings: Settings, cache: Path, report: Report) -> list[Example]:
    """Examples of all written questions but those that are kept for testing."""
    questions: list[Question] = []
    benchmarks: list[Benchmark] = []
    for folder, name in SOURCES:
        questions += read_written_questions(WRITTEN_QUESTIONS / name, bench / folder)
        benchmarks.append(read_benchmark(bench / folder))
    asked = {evidence.document for question in questions for evidence in question.evidence}
    pairs = [
        (document, passages)
        for benchmark in benchmarks
        for document, passages in zip(benchmark.documents, benchmark.passages, strict=True)
        if document.source.rpartition("/")[2] in asked
    ]
    documents, passages = zip(*pairs, strict=True)
    prepared = prepare_documents("reranker", documents, passages, settings, cache, report)
    places = Places(documents)
    with KnowledgeBase(prepared) as knowledge_base:
        found = (_example(question, places, knowledge_base) for question in questions)
        return [example for example in found if example]


def _example(question: Question, places: Places, knowledge_base: KnowledgeBase) -> Example | None:
    gold = [span for evidence in question.evidence for span in places.find(evidence)]
    answering = [
        passage
        for identifier in {document for document, _, _ in gold}
        for passage in knowledge_base.store.passages_of(identifier)
        if any(_touches(passage, span) for span in gold)
    ]
    hits: Sequence[Hit] = knowledge_base.search(question.text, HITS)
    known = {passage.id for passage in answering}
    others = [hit.passage for hit in hits if hit.passage.id not in known]
    chosen = [*answering[:MOST_ANSWERS], *others[:MOST_NEGATIVES]]
    labelled = tuple(_labelled(passage, gold, places) for passage in chosen)
    return Example(question.text, labelled) if any(any(p.answers) for p in labelled) else None


def _labelled(passage: Passage, gold: Sequence[Span], places: Places) -> Labelled:
    document = places.documents[passage.document_id]
    starts, window = window_of(document, passage)
    ends = [*starts[1:], passage.char_end]
    answers = tuple(
        any(_touches(passage, span, start, end) for span in gold)
        for start, end in zip(starts, ends, strict=True)
    )
    return Labelled(window, answers)


def _touches(
    passage: Passage, span: Span, start: int | None = None, end: int | None = None
) -> bool:
    """Whether more than white space of a passage, or of a part of it, lies in a span."""
    first = passage.char_start if start is None else start
    last = passage.char_end if end is None else end
    document, begin, finish = span
    if document != passage.document_id:
        return False
    inside = passage.text[
        max(first, begin) - passage.char_start : min(last, finish) - passage.char_start
    ]
    return max(first, begin) < min(last, finish) and bool(re.search(r"\w", inside))
