"""What each part of the search adds: every part switched off alone, on the same questions.

    python benchmarks/ablations.py [SUITE ...] [--part NAME ...]

Prints, for each suite and figure, the value without the part and what the part adds to it: the mean
paired difference, with its 95 % bootstrap interval over questions. An interval that holds 0 says
that these questions cannot tell. QMSum and Audrow are those on which nothing was tuned.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.evaluation.suites import Workshop, default_cache, default_data, make_suite  # noqa: E402
from kb.evaluation.figures import OURS, SuiteResult  # noqa: E402
from kb.evaluation.metrics import difference  # noqa: E402
from kb.evaluation.suites import QuestionSuite, RankingSuite  # noqa: E402
from kb.settings import Settings  # noqa: E402


@dataclass(frozen=True, slots=True)
class Override:
    """A constant or function of a module, and what stands in its place."""

    module: str
    name: str
    value: Any


def fusion(**constants: Any) -> tuple[Override, ...]:
    return tuple(Override("kb.search.fusion", name, value) for name, value in constants.items())


def one_search_for_all(understand: Callable[..., Any]) -> Callable[..., Any]:
    """Questions about several people searched as if they named nobody."""

    def without_division(*arguments: Any, **options: Any) -> Any:
        query = understand(*arguments, **options)
        return replace(query, people=()) if len(query.people) > 1 else query

    return without_division


def names_are_words(understand: Callable[..., Any]) -> Callable[..., Any]:
    """Questions searched as they are typed, whomever they name."""

    def without_people(*arguments: Any, **options: Any) -> Any:
        query = understand(*arguments, **options)
        return replace(query, topic=query.question, people=(), excluded=(), exclusive=False)

    return without_people


@dataclass(frozen=True, slots=True)
class Wrap:
    """Marks a value as made from the original."""

    make: Callable[[Any], Any]


# The parts by name, and what switches each of them off. A weight of 0 leaves its part out; a floor
# of 1 lets no near synonym pass.
PARTS: dict[str, tuple[Override, ...]] = {
    "fields (title, headings, speaker, what was said before)": fusion(CONTEXT_BOOST=0.0),
    "adjacent passages": fusion(ADJACENT_WEIGHT=0.0),
    "passages around": fusion(AROUND_WEIGHT=0.0),
    "all neighbours": fusion(ADJACENT_WEIGHT=0.0, AROUND_WEIGHT=0.0),
    "near synonyms": fusion(EXPANSION_FLOOR=1.0),
    "words of the wanted type": fusion(HINTS={}),
    "dense": fusion(DENSE_WEIGHT=0.0),
    "BM25": fusion(content_words=lambda _text: [], HINTS={}),
    "names taken out of the question": (
        Override("kb.knowledge_base", "understand", Wrap(names_are_words)),
    ),
    "one search per person": (
        Override("kb.knowledge_base", "understand", Wrap(one_search_for_all)),
    ),
    "whose document it is": fusion(DOCUMENT_BONUS=0.0, SPEAKER_BONUS=0.0),
    "what kind of text it is": fusion(GENRE_BONUS=0.0),
    "the document's best passages": fusion(DOCUMENT_WEIGHT=0.0, BROAD_DOCUMENT_WEIGHT=0.0),
    "a wider view for headings and summaries": fusion(BROAD_WEIGHT=0.0),
    "names that stand for a document": (
        Override("kb.knowledge_base", "scoped", lambda query, _statistics, _documents: query),
    ),
}
FIGURES = {
    "qmsum": ("within_document.ndcg@10", "pooled.ndcg@10"),
    "audrow": ("within_document.ndcg@10", "pooled.ndcg@10"),
    "gold": ("search.evidence_in_600_words.all", "ask.correct_and_cited.all"),
    "talks": ("search.evidence_in_600_words.all", "ask.correct_and_cited.all"),
    "samples": ("search.evidence_in_600_words.all", "ask.correct_and_cited.all"),
}


@contextmanager
def switched_off(overrides: Sequence[Override]) -> Iterator[None]:
    """The overrides in force; fails when a module no longer has what is overridden."""
    originals: list[tuple[Any, str, Any]] = []
    try:
        for override in overrides:
            module = importlib.import_module(override.module)
            if not hasattr(module, override.name):
                raise SystemExit(
                    f"{override.module} has no {override.name} any more: "
                    "bring PARTS in benchmarks/ablations.py up to date."
                )
            original = getattr(module, override.name)
            originals.append((module, override.name, original))
            value = override.value
            setattr(
                module, override.name, value.make(original) if isinstance(value, Wrap) else value
            )
        yield
    finally:
        for module, name, original in reversed(originals):
            setattr(module, name, original)


def progress(suite: str, part: str) -> Callable[[str], None]:
    """A dot on standard error for every 50 questions."""
    count = 0
    sys.stderr.write(f"{suite}, without {part} ")

    def tick(_step: str) -> None:
        nonlocal count
        count += 1
        if count % 50 == 0:
            sys.stderr.write(".")
            sys.stderr.flush()

    return tick


def run(suite: QuestionSuite | RankingSuite, part: str) -> SuiteResult:
    result = suite.run(progress(suite.name, part))
    sys.stderr.write("\n")
    return result


def ablate(name: str, parts: Sequence[str], workshop: Workshop) -> None:
    """Run a suite with everything, then without each part, and print what was lost."""
    made = make_suite(name, workshop)
    assert isinstance(made, QuestionSuite | RankingSuite)
    suite = replace(made, systems=(OURS,))
    whole = run(suite, "nothing")
    questions = len(whole.values_of(FIGURES[name][0]))
    print(f"\n{name}: {questions} questions, {whole.passages} passages\n")
    heads = [f"{figure} | adds (95 %)" for figure in FIGURES[name]]
    print(f"| without | {' | '.join(heads)} |\n| --- |{' --- | --- |' * len(heads)}", flush=True)
    print(f"| nothing | {' | | '.join(_mean(whole, figure) for figure in FIGURES[name])} | |")
    for part in parts:
        with switched_off(PARTS[part]):
            without = run(suite, part)
        cells = [_cells(whole, without, figure) for figure in FIGURES[name]]
        print(f"| {part} | {' | '.join(cells)} |", flush=True)


def _mean(result: SuiteResult, figure: str) -> str:
    values = result.values_of(figure)
    return f"{sum(values) / len(values):.3f}"


def _cells(whole: SuiteResult, without: SuiteResult, figure: str) -> str:
    adds = difference(whole.values_of(figure), without.values_of(figure))
    return f"{_mean(without, figure)} | {adds.value:+.3f} ({adds.low:+.3f} to {adds.high:+.3f})"


def check_parts() -> None:
    """Fail at once, not after an hour, when a constant was renamed."""
    for overrides in PARTS.values():
        with switched_off(overrides):
            pass


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what each part of the search adds.")
    parser.add_argument("suites", nargs="*", help=", ".join(FIGURES))
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; repeatable")
    parser.add_argument("--data", type=Path, help="folder with seeds/, eval/ and bench/")
    options = parser.parse_args()
    data = options.data or default_data()
    unknown = [name for name in options.suites if name not in FIGURES]
    if unknown:
        parser.error(f"unknown suites: {', '.join(unknown)}")
    if data is None and not options.suites:
        print("Evaluation data is missing: name its folder with --data.")
        return
    check_parts()
    settings = Settings(llm="none")
    workshop = Workshop(settings, data, default_cache(), lambda _done, _total: None)
    for name in options.suites or ("audrow", "qmsum", "gold"):
        ablate(name, options.part or list(PARTS), workshop)


if __name__ == "__main__":
    main()
