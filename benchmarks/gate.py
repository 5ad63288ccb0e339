"""How often a sentence of the language model passes the gate, and what the gate rejects.

    python benchmarks/gate.py [--questions FILE] [--limit N] [--examples N] [FOLDER ...]

Each question is answered with quotes; the model then writes its sentence from the first of them.
The questions are those of FILE (JSON lines with ``question`` and, if there, ``type``, of which
factoid and explain are taken). Without FILE and FOLDER: the gold questions on the real transcripts
where they are at hand, else a few on ``corpus/``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest.pipeline import ingest_paths  # noqa: E402
from kb.answers.rewrite import summary_sentence  # noqa: E402
from kb.knowledge_base import KnowledgeBase  # noqa: E402
from kb.models.generate import load_generator  # noqa: E402
from kb.protocols import Generator  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.types import Quote  # noqa: E402

SHARED = ROOT.parent / "shared"
TYPES = ("factoid", "explain")
QUESTIONS = [
    "How many H100s does Tidewrack have?",
    "When will AI do half of today's office tasks?",
    "How long should models be tested before release?",
    "What does Ngozi Okwuosa count?",
    "What is Tomás Echeverría's probability of doom?",
    "Why does Abena Frimpong want licences?",
    "How much does an audit cost?",
    "Why do failed runs matter?",
    "Who pays for alignment research?",
    "What changed Ngozi Okwuosa's mind?",
]


def questions_from(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row["question"] for row in rows if row.get("type", TYPES[0]) in TYPES]


class Watched:
    """A generator whose last output can be read afterwards."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self.model_id = generator.model_id
        self.written = ""

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]:
        self.written = ""
        for piece in self._generator.generate(
            system, prompt, max_tokens=max_tokens, grammar=grammar
        ):
            self.written += piece
            yield piece


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--questions", type=Path, metavar="FILE")
    parser.add_argument("--limit", type=int, metavar="N")
    parser.add_argument("--examples", type=int, default=12, metavar="N")
    options = parser.parse_args()
    gold = SHARED / "eval" / "qa.jsonl"
    real = not options.folders and not options.questions and gold.is_file()
    folders = options.folders or [SHARED / "seeds" if real else ROOT / "corpus"]
    file = options.questions or (gold if real else None)
    questions = (questions_from(file) if file else QUESTIONS)[: options.limit]
    with tempfile.TemporaryDirectory() as data_dir:
        settings = Settings(data_dir=Path(data_dir))
        ingest_paths(settings, folders)
        report(*measure(settings, questions), options.examples)


def measure(
    settings: Settings, questions: list[str]
) -> tuple[str, list[float], Counter[str], list[tuple[str, str, str]]]:
    """The model, seconds per written sentence, verdicts, and (verdict, sentence, quote)."""
    loaded = load_generator(settings)
    if loaded is None:
        raise SystemExit("KB_LLM=none: there is no language model to measure.")
    generator = Watched(loaded)
    next(loaded.generate("", "Hello", max_tokens=1), None)
    seconds: list[float] = []
    verdicts: Counter[str] = Counter()
    examples: list[tuple[str, str, str]] = []
    with KnowledgeBase(settings) as knowledge_base:
        for question in questions:
            answer = knowledge_base.answer(question, mode="extractive")
            if answer.abstained:
                verdicts["(abstained, nothing to write)"] += 1
                continue
            quotes: list[Quote] = list(answer.citations)
            generator.written = ""
            began = time.perf_counter()
            sentence, verdict = summary_sentence(generator, question, quotes)
            if generator.written:
                seconds.append(time.perf_counter() - began)
            reason = "passed" if verdict.passed else verdict.reason.split(":")[0]
            verdicts[reason] += 1
            shown = sentence.text if sentence else generator.written
            examples.append((verdict.reason or "passed", shown, quotes[0].quote))
    return generator.model_id, seconds, verdicts, examples


def report(
    model: str,
    seconds: list[float],
    verdicts: Counter[str],
    examples: list[tuple[str, str, str]],
    shown: int,
) -> None:
    answered = sum(verdicts.values()) - verdicts["(abstained, nothing to write)"]
    print(f"{model}: {verdicts['passed']} of {answered} answers have a sentence that passed.\n")
    print("| verdict | answers |\n| --- | ---: |")
    for verdict, count in verdicts.most_common():
        print(f"| {verdict} | {count} |")
    if seconds:
        print(
            f"\n{len(seconds)} sentences written: median {statistics.median(seconds):.2f} s, "
            f"slowest {max(seconds):.2f} s."
        )
    if sys.stdout.isatty() or shown:
        for reason, sentence, quote in examples[:shown]:
            print(f"\n{reason}\n  written: {sentence}\n  quote:   {quote}")


if __name__ == "__main__":
    main()
