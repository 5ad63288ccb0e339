"""When to stay silent: wrong silences and wrong answers for each pair of thresholds.

    python benchmarks/abstention.py [--data DIR] [--wrong] [SUITE ...]

Every question is asked once; what is measured of its evidence (``kb.answers.abstention.Support``)
is then held against a grid of both thresholds. A silence is wrong when the answer is in the
transcripts, an answer is wrong when it is not: to questions written to be unanswerable, and to
those about a foreign corpus (the gold questions put to the samples, the samples' questions to the
real transcripts, both to other podcasts). Single foreign questions may be answerable after all, so
their share is an upper bound. Follow-ups are left out, as are suites whose data is missing;
``samples`` needs none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import kb.answers.answer  # noqa: E402
from ingest.evaluation.suites import Workshop, default_cache, default_data, make_suite  # noqa: E402
from kb.answers.abstention import LEAST_COSINE, LEAST_TYPED_OVERLAP, Support, support  # noqa: E402
from kb.answers.evidence import Evidence  # noqa: E402
from kb.answers.weighing import TermWeights  # noqa: E402
from kb.errors import NotFound  # noqa: E402
from kb.evaluation.suites import QuestionSuite, RankingSuite  # noqa: E402
from kb.knowledge_base import KnowledgeBase  # noqa: E402
from kb.questions.query import Query  # noqa: E402
from kb.settings import Settings  # noqa: E402

COSINES = tuple(sorted({0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, LEAST_COSINE}))
OVERLAPS = tuple(sorted({0.0, 0.06, 0.12, 0.20, 0.30, LEAST_TYPED_OVERLAP}))
IN_FORCE = (LEAST_COSINE, LEAST_TYPED_OVERLAP)

SUITES = ("gold", "samples", "audrow", "qmsum")
STRANGERS = ("gold", "samples")  # their questions are put to the transcripts of the others, too

ANSWERABLE, UNANSWERABLE, FOREIGN = "answerable", "unanswerable", "foreign"
KINDS = (ANSWERABLE, UNANSWERABLE, FOREIGN)

NOTHING = Support(0.0, 0.0)
"""Of a question for which no sentence is chosen: it is never answered, whatever the thresholds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what speaks for its answer being in the transcripts it was put to."""

    kind: str
    text: str
    support: Support

    def is_wrong(self, cosine: float, overlap: float) -> bool:
        """Silence about an answerable question, or an answer to another."""
        speaks = self.support.cosine >= cosine and self.support.typed >= overlap
        return speaks != (self.kind == ANSWERABLE)


@contextmanager
def recorded() -> Iterator[list[Support]]:
    """What the answers of this block were decided on."""
    found: list[Support] = []

    def recording(query: Query, weighed: Sequence[Evidence], weights: TermWeights) -> Support:
        found.append(support(query, weighed, weights))
        return found[-1]

    kb.answers.answer.support = recording
    try:
        yield found
    finally:
        kb.answers.answer.support = support


@dataclass(frozen=True, slots=True)
class Corpus:
    """A store of transcripts, and questions by their text with the kind of each."""

    name: str
    settings: Settings
    questions: dict[str, str]


def measure(corpus: Corpus, strangers: Sequence[str]) -> list[Asked]:
    """The questions of a corpus, and those of others, put to its transcripts."""
    kinds = corpus.questions | dict.fromkeys(strangers, FOREIGN)
    asked: list[Asked] = []
    with KnowledgeBase(corpus.settings) as knowledge_base:
        for text, kind in kinds.items():
            with recorded() as found:
                knowledge_base.answer(text, mode="extractive")
            asked.append(Asked(kind, text, found[0] if found else NOTHING))
    return asked


def report(name: str, asked: Sequence[Asked]) -> None:
    """A grid: in each cell the percentages of the kinds of questions that go wrong."""
    counts = {kind: sum(row.kind == kind for row in asked) for kind in KINDS}
    present = [kind for kind in KINDS if counts[kind]]
    print(f"\n## {name}: {', '.join(f'{counts[kind]} {kind}' for kind in present)}\n")
    print(f"Cells: {' / '.join(_heading(kind) for kind in present)}, in %; ** in force.\n")
    print(f"| cosine | {' | '.join(f'overlap {overlap:.2f}' for overlap in OVERLAPS)} |")
    print(f"| --- |{' ---: |' * len(OVERLAPS)}")
    for cosine in COSINES:
        cells = [_cell(asked, present, cosine, overlap) for overlap in OVERLAPS]
        print(f"| {cosine:.2f} | {' | '.join(cells)} |")
    wrong = [row for row in asked if row.is_wrong(*IN_FORCE)]
    print(f"\nIn force ({LEAST_COSINE:.2f}, {LEAST_TYPED_OVERLAP:.2f}):", end=" ")
    print(", ".join(_share(wrong, kind, counts[kind]) for kind in present) + ".")


def list_wrong(asked: Sequence[Asked]) -> None:
    """The questions that go wrong with the thresholds in force."""
    for row in asked:
        if row.is_wrong(*IN_FORCE):
            measured = f"cosine {row.support.cosine:.2f}, overlap {row.support.typed:.2f}"
            print(f"  {_heading(row.kind)} ({measured}): {row.text}")


def _cell(asked: Sequence[Asked], kinds: Sequence[str], cosine: float, overlap: float) -> str:
    shares = []
    for kind in kinds:
        rows = [row.is_wrong(cosine, overlap) for row in asked if row.kind == kind]
        shares.append(f"{100 * sum(rows) / len(rows):.1f}")
    text = " / ".join(shares)
    return f"**{text}**" if (cosine, overlap) == IN_FORCE else text


def _heading(kind: str) -> str:
    return f"{kind} {'silenced' if kind == ANSWERABLE else 'answered'}"


def _share(wrong: Sequence[Asked], kind: str, total: int) -> str:
    return f"{sum(row.kind == kind for row in wrong)} of {total} {_heading(kind)}"


def corpora(names: Sequence[str], data: Path | None) -> list[Corpus]:
    """The suites whose data is here; a line for each other one."""
    workshop = Workshop(Settings(llm="none"), data, default_cache(), lambda _done, _total: None)
    made: list[Corpus] = []
    for name in names:
        try:
            suite = make_suite(name, workshop)
        except NotFound as error:
            print(f"{name}: left out. {error}")
            continue
        assert isinstance(suite, QuestionSuite | RankingSuite)
        made.append(Corpus(name, suite.settings, questions_of(suite)))
    return made


def questions_of(suite: QuestionSuite | RankingSuite) -> dict[str, str]:
    """Texts with their kinds; a query with judged passages is answerable."""
    if isinstance(suite, RankingSuite):
        return {query.text: ANSWERABLE for query in suite.queries}
    return {
        question.text: ANSWERABLE if question.answerable else UNANSWERABLE
        for question in suite.questions
        if not question.history
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("suites", nargs="*", help=", ".join(SUITES))
    parser.add_argument("--data", type=Path, help="folder with seeds/, eval/ and bench/")
    parser.add_argument("--wrong", action="store_true", help="list the questions that go wrong")
    options = parser.parse_args()
    made = corpora(options.suites or SUITES, options.data or default_data())
    everything: list[Asked] = []
    for corpus in made:
        others = [other for other in made if other is not corpus and other.name in STRANGERS]
        asked = measure(corpus, [text for other in others for text in other.questions])
        everything += asked
        report(corpus.name, asked)
        if options.wrong:
            list_wrong(asked)
    if len(made) > 1:
        report("all", everything)


if __name__ == "__main__":
    main()
