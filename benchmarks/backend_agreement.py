"""Whether every backend finds what the embedded one finds, on judged queries of real talk."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from ingest.evaluation.suites import Workshop, make_suite
from kb.backends import open_store, write_indexes
from kb.evaluation.figures import OURS
from kb.evaluation.rankings import FUSED
from kb.evaluation.suites import QuestionSuite, RankingSuite
from kb.knowledge_base import KnowledgeBase
from kb.models.embed import load_embedder
from kb.postgres import vectors
from kb.search.fusion import DEPTH
from kb.settings import Settings
from kb.storage.store import Store
from kb.types import ClaimFilters, Filters, Selection

TOLERANCE = 0.02
HELD = ("ndcg@10", "recall@10", "evidence_in")  # and of these no ratio
SYSTEMS = (OURS, FUSED)
SELECTIVE = 20  # filters that let at most DEPTH passages through

Found = dict[str, list[int]]
JudgedSuite = QuestionSuite | RankingSuite


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of each backend by their names; under how many selective filters it was alike.

    ``alike`` counts searches whose set of passages is that of the embedded index.
    """

    suite: str
    queries: int
    passages: int
    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    alike: dict[str, tuple[int, int]] = field(default_factory=dict)

    def misses(self, baseline: str) -> list[str]:
        """What is further from the baseline than the tolerance, in words."""
        expected = self.figures[baseline]
        far = [
            f"{backend}: {name} {value:.3f}, of {baseline} {expected[name]:.3f}"
            for backend, figures in self.figures.items()
            for name, value in figures.items()
            if abs(value - expected[name]) > TOLERANCE
        ]
        return far + [
            f"{backend}: {searches - same} of {searches} selective searches find other passages"
            for backend, (same, searches) in self.alike.items()
            if same < searches
        ]


def judged_suite(name: str, workshop: Workshop) -> JudgedSuite:
    """A suite of searches; its store is made, or taken from the cache."""
    suite = make_suite(name, workshop)
    assert isinstance(suite, RankingSuite | QuestionSuite), "claims are not searched"
    return replace(suite, systems=SYSTEMS)


def first(suite: JudgedSuite, most: int) -> JudgedSuite:
    """The first queries of a suite."""
    if isinstance(suite, RankingSuite):
        return replace(suite, queries=suite.queries[:most])
    return replace(suite, questions=suite.questions[:most])


def agreement(suite: JudgedSuite, backends: dict[str, Settings], baseline: str) -> Agreement:
    """Run a suite on every backend; those that have a store of their own get a copy."""
    vectors.GRAPH_FROM = 1  # the suites are too small for a graph, which is what may miss some
    texts = _texts(suite)
    found: dict[str, Found] = {}
    with Store.open(suite.settings.data_dir) as source:
        result = Agreement(suite.name, len(texts), source.passage_count())
        for name, settings in backends.items():
            print(f"backends: {suite.name} on {name}", file=sys.stderr, flush=True)
            if settings.store:
                by_graph = settings.store + "?options=-cenable_sort%3Doff"  # sorting is as quick
                settings = settings.model_copy(update={"store": by_graph})  # noqa: PLW2901
                _copy(source, settings)
            run = replace(suite, settings=settings).run(lambda _: None)
            result.figures[name] = {
                f"{figure.system}: {figure.name}": figure.estimate.value
                for figure in run.figures
                if figure.name.partition(".")[2].startswith(HELD) and "ratio" not in figure.name
            }
            found[name] = _selected(settings, texts)
    for name, sets in found.items():
        same = sum(sets[key] == found[baseline][key] for key in sets)
        result.alike[name] = same, len(sets)
    return result


def _texts(suite: JudgedSuite) -> list[str]:
    asked: Sequence = suite.queries if isinstance(suite, RankingSuite) else suite.questions
    return [one.text for one in asked]


def _copy(source: Store, settings: Settings) -> None:
    """All documents with their passages, vectors and claims, and the index of them."""
    model_id = source.model_id()
    assert model_id is not None
    with open_store(settings, write=True) as target:
        for summary in source.documents():
            passages = source.passages_of(summary.id)
            rows = source.vectors_for([passage.id for passage in passages])
            target.check_model(model_id, rows.shape[1])
            claims, _ = source.claims(ClaimFilters(document=summary.id), limit=1_000_000)
            document = source.document(summary.id)
            target.replace_document(document, passages, rows, claims, source_key=summary.id)
        write_indexes(settings, target)


def _selected(settings: Settings, texts: Sequence[str]) -> Found:
    """Ids found by meaning and by words under selective filters, sorted."""
    embedder = load_embedder(settings)
    found: Found = {}
    with KnowledgeBase(settings) as knowledge_base:
        index = knowledge_base.index()
        for number, filters in enumerate(_selective(knowledge_base.store)):
            text = texts[number % len(texts)]
            within = Selection().within(filters)
            nearest, _ = index.nearest(embedder.embed_query(text), DEPTH, within)
            matching = index.matching(text, DEPTH, within)
            found[f"nearest {number}"] = sorted(nearest.tolist())
            found[f"matching {number}"] = sorted(identifier for identifier, _ in matching)
    return found


def _selective(store: Store) -> list[Filters]:
    """A speaker of a document each."""
    pairs = (
        Filters(documents=(document.id,), speakers=(speaker.name,))
        for document in store.documents()
        for speaker, _ in document.speakers
    )

    def few(filters: Filters) -> bool:
        ids = store.passage_ids(filters)
        return ids is not None and 0 < len(ids) <= DEPTH

    return [*islice(filter(few, pairs), SELECTIVE)]
