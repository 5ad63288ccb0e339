"""A suite: a store, what is asked of it, and how the results are judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kb.answers.answer import AskMode
from kb.claims.extract import extract_claims
from kb.errors import InputError
from kb.evaluation.answering import evaluate_questions, misses
from kb.evaluation.claims import claim_figures, claim_misses, compare
from kb.evaluation.figures import OURS, Figure, SuiteResult
from kb.evaluation.gold_claims import GoldClaim, GoldNegative, missing_quotes
from kb.evaluation.places import Places
from kb.evaluation.questions import Question
from kb.evaluation.rankings import BASELINES, CONTEXT_BASELINES, Rankings
from kb.evaluation.retrieval import JudgedQuery, evaluate_rankings
from kb.knowledge_base import KnowledgeBase
from kb.settings import Settings
from kb.types import Claim

Tick = Callable[[str], None]
"""Called after every question, or document, with what is being measured."""


class Suite(Protocol):
    """Something that can be measured any number of times."""

    @property
    def name(self) -> str: ...

    def run(self, tick: Tick) -> SuiteResult: ...


@dataclass(frozen=True, slots=True)
class QuestionSuite:
    """Gold questions: is their evidence found, are they answered rightly?"""

    name: str
    settings: Settings
    questions: Sequence[Question]
    mode: AskMode = "extractive"
    systems: Sequence[str] = (OURS, *BASELINES)

    def run(self, tick: Tick) -> SuiteResult:
        """Ask everything. Raises InputError when the store is empty."""
        began = time.perf_counter()
        with KnowledgeBase(self.settings) as knowledge_base:
            rankings = Rankings(knowledge_base)
            summaries = knowledge_base.documents()
            places = Places([knowledge_base.document(summary.id) for summary in summaries])
            if not summaries:
                raise InputError("The knowledge base is empty.", "Add documents: kb ingest PATH.")
            figures = evaluate_questions(
                self.questions, knowledge_base, rankings, places, self.mode, self.systems, tick
            )
            problems = [line for question in self.questions for line in places.missing(question)]
            result = _result(self.name, knowledge_base, rankings, figures, problems, began)
            return replace(result, misses=tuple(misses(self.questions, figures)))


@dataclass(frozen=True, slots=True)
class RankingSuite:
    """Judged passages: do they come first, within their document and among all?"""

    name: str
    settings: Settings
    queries: Sequence[JudgedQuery]
    problems: Sequence[str] = ()
    systems: Sequence[str] = (OURS, *BASELINES, *CONTEXT_BASELINES)

    def run(self, tick: Tick) -> SuiteResult:
        began = time.perf_counter()
        with KnowledgeBase(self.settings) as knowledge_base:
            rankings = Rankings(knowledge_base)
            figures = evaluate_rankings(self.queries, rankings, tick, self.systems)
            return _result(self.name, knowledge_base, rankings, figures, self.problems, began)


@dataclass(frozen=True, slots=True)
class ClaimSuite:
    """Gold claims: are they found, is nothing else found, are their fields right?

    The claims are extracted anew from the stored documents, so that an older store in the cache
    never stands for the rules of today.
    """

    name: str
    settings: Settings
    gold: Sequence[GoldClaim]
    negatives: Sequence[GoldNegative] = ()

    def run(self, tick: Tick) -> SuiteResult:
        began = time.perf_counter()
        with KnowledgeBase(self.settings) as knowledge_base:
            summaries = knowledge_base.documents()
            passages = knowledge_base.store.passage_count()
            places = Places([knowledge_base.document(summary.id) for summary in summaries])
        claims: list[Claim] = []
        for document in places.documents.values():
            claims += extract_claims(document)
            tick("claims")
        comparison = compare(self.gold, self.negatives, claims, places)
        return SuiteResult(
            suite=self.name,
            documents=len(summaries),
            passages=passages,
            model="",
            figures=tuple(claim_figures(comparison)),
            problems=tuple(missing_quotes([*self.gold, *self.negatives], places)),
            misses=tuple(claim_misses(comparison)),
            seconds=time.perf_counter() - began,
        )


def _result(
    name: str,
    knowledge_base: KnowledgeBase,
    rankings: Rankings,
    figures: Sequence[Figure],
    problems: Sequence[str],
    began: float,
) -> SuiteResult:
    return SuiteResult(
        suite=name,
        documents=len(knowledge_base.documents()),
        passages=knowledge_base.store.passage_count(),
        model=rankings.model_id,
        figures=tuple(figures),
        problems=tuple(problems),
        seconds=time.perf_counter() - began,
    )
