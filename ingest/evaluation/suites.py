"""The suites by name: where their data lies, and the stores that are made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from ingest.evaluation.benchmarks import Benchmark, read_benchmark
from ingest.evaluation.prepared import Report, prepare_documents, prepare_files
from ingest.evaluation.written_questions import read_written_questions
from ingest.sources.sidecar import BUILT_IN
from kb.answers.answer import AskMode
from kb.errors import InputError, NotFound
from kb.evaluation.gold_claims import read_gold_claims, read_negatives
from kb.evaluation.questions import read_follow_ups, read_questions
from kb.evaluation.suites import ClaimSuite, QuestionSuite, RankingSuite, Suite
from kb.settings import Settings

CORPUS = BUILT_IN.parent
SAMPLE_QUESTIONS = "questions.jsonl"
WRITTEN_QUESTIONS = CORPUS.parent / "benchmarks" / "questions"
INVENTED = CORPUS.parent / "benchmarks" / "invented"
DATA_VARIABLE = "KB_EVAL_DATA"
BESIDE_THE_PROJECT = CORPUS.parent.parent / "shared"
DATA_HINT = (
    f"Name the folder that holds seeds/, eval/ and bench/ with --data DIR or {DATA_VARIABLE}; "
    "`kb eval samples invented invented_claims` needs none."
)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What suites are made with. ``data`` is the folder of gold data, when there is one."""

    settings: Settings
    data: Path | None
    cache: Path
    report: Report
    mode: AskMode = "extractive"

    def folder(self, *parts: str) -> Path:
        """A folder or file of the gold data. Raises NotFound with what to give."""
        if self.data is None:
            raise NotFound("There is no folder with evaluation data.", DATA_HINT)
        path = self.data.joinpath(*parts)
        if not path.exists():
            raise NotFound(f"There is no {path}.", DATA_HINT)
        return path


def default_data() -> Path | None:
    """The folder beside the project, when it is there."""
    return BESIDE_THE_PROJECT if BESIDE_THE_PROJECT.is_dir() else None


def default_cache() -> Path:
    return Path(platformdirs.user_cache_dir("alignment-kb")) / "evaluation"


def make_suite(name: str, workshop: Workshop) -> Suite:
    """The suite of a name. Raises InputError for an unknown name and for data that is missing."""
    if name not in SUITES:
        raise InputError(
            f"There is no suite “{name}”.",
            f"Suites are {', '.join(SUITES)}, or a file of questions (FILE.jsonl).",
        )
    return SUITES[name](workshop)


def own_questions(path: Path, settings: Settings, mode: AskMode) -> Suite:
    """Somebody's own questions, put to their own knowledge base."""
    return QuestionSuite(path.stem, settings, read_questions(path), mode)


def _samples(workshop: Workshop) -> Suite:
    questions = read_questions(CORPUS / SAMPLE_QUESTIONS)
    settings = prepare_files(
        "samples", [CORPUS], workshop.settings, workshop.cache, workshop.report
    )
    return QuestionSuite("samples", settings, questions, workshop.mode)


def _invented(workshop: Workshop) -> Suite:
    questions = read_questions(INVENTED / "qa.jsonl")
    return QuestionSuite("invented", _invented_talks(workshop), questions, workshop.mode)


def _invented_claims(workshop: Workshop) -> Suite:
    gold = read_gold_claims(INVENTED / "claims.jsonl")
    negatives = read_negatives(INVENTED / "claim_negatives.jsonl")
    return ClaimSuite("invented_claims", _invented_talks(workshop), gold, negatives)


def _invented_talks(workshop: Workshop) -> Settings:
    """The store of talks that were written to test what nobody tuned to the real ones."""
    paths = [INVENTED / "transcripts"]
    return prepare_files("invented", paths, workshop.settings, workshop.cache, workshop.report)


def _gold(workshop: Workshop) -> Suite:
    questions = read_questions(workshop.folder("eval", "qa.jsonl"))
    questions += read_follow_ups(workshop.folder("eval", "followups.jsonl"))
    return QuestionSuite("gold", _seeds(workshop), questions, workshop.mode)


def _claims(workshop: Workshop) -> Suite:
    gold = read_gold_claims(workshop.folder("eval", "claims.jsonl"))
    negatives = read_negatives(workshop.folder("eval", "claim_negatives.jsonl"))
    return ClaimSuite("claims", _seeds(workshop), gold, negatives)


def _seeds(workshop: Workshop) -> Settings:
    """The store of the transcripts that the gold is about; all their suites share it."""
    paths = [workshop.folder("seeds")]
    return prepare_files("gold", paths, workshop.settings, workshop.cache, workshop.report)


def _talks(workshop: Workshop) -> Suite:
    folder = workshop.folder("bench", "audrow")
    benchmark = read_benchmark(folder)
    questions = read_written_questions(WRITTEN_QUESTIONS / "audrow_test.jsonl", folder)
    return QuestionSuite(
        "talks", _prepared("audrow", benchmark, workshop), questions, workshop.mode
    )


def _benchmark(name: str, folder: str) -> Callable[[Workshop], Suite]:
    def make(workshop: Workshop) -> Suite:
        benchmark = read_benchmark(workshop.folder("bench", folder))
        settings = _prepared(name, benchmark, workshop)
        left_out = f"{benchmark.unanswered} queries have no relevant passage and are left out"
        problems = [left_out] if benchmark.unanswered else []
        return RankingSuite(name, settings, benchmark.queries, problems)

    return make


def _prepared(name: str, benchmark: Benchmark, workshop: Workshop) -> Settings:
    return prepare_documents(
        name,
        benchmark.documents,
        benchmark.passages,
        workshop.settings,
        workshop.cache,
        workshop.report,
    )


SUITES: dict[str, Callable[[Workshop], Suite]] = {
    "samples": _samples,
    "invented": _invented,
    "invented_claims": _invented_claims,
    "gold": _gold,
    "claims": _claims,
    "qmsum": _benchmark("qmsum", "qmsum_val"),
    "audrow": _benchmark("audrow", "audrow"),
    "talks": _talks,
}
