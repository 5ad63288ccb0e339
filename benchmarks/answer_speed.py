"""Answers: how long until something can be read, and the language model beside llama-bench."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from peers.environment import Unavailable  # noqa: E402
from peers.llama_bench import tokens_per_second  # noqa: E402
from processes import KB, measured, serve_tasks, task  # noqa: E402
from sizes import Workplace  # noqa: E402
from table import Row, at_most, not_measured  # noqa: E402
from transcripts import CORPUS  # noqa: E402

from kb.knowledge_base import KnowledgeBase  # noqa: E402
from kb.models.generate import LlamaGenerator, chatml_tokens, load_generator  # noqa: E402
from kb.models.weights import LLM  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.types import Quote  # noqa: E402

SCRIPT = Path(__file__).name
GOAL_TOKENS = 400


class Watched:
    """The real language model; notes when its first piece comes, and what llama.cpp counted."""

    def __init__(self, generator: LlamaGenerator) -> None:
        self._generator = generator
        self.model_id = generator.model_id
        self.calls: list[dict[str, float]] = []

    def generate(
        self, system: str, prompt: str, *, max_tokens: int, grammar: str | None = None
    ) -> Iterator[str]:
        import llama_cpp

        model = self._generator._loaded()  # noqa: SLF001
        llama_cpp.llama_perf_context_reset(model.ctx)
        call: dict[str, float] = {"prompt": len(chatml_tokens(model, system, prompt))}
        self.calls.append(call)
        pieces = self._generator.generate(system, prompt, max_tokens=max_tokens, grammar=grammar)
        try:
            for piece in pieces:
                call.setdefault("first", time.perf_counter())
                yield piece
        finally:
            counted = llama_cpp.llama_perf_context(model.ctx)
            call |= {
                "evaluated": counted.n_p_eval,
                "evaluation": counted.t_p_eval_ms / 1000,
                "written": counted.n_eval,
                "writing": counted.t_eval_ms / 1000,
            }


def ask(data_dir: str, count: str) -> dict[str, Any]:
    """Questions for a fact, one after the other, those for which the language model is asked."""
    settings = Settings(data_dir=Path(data_dir))
    generator = load_generator(settings)
    assert isinstance(generator, LlamaGenerator)
    watched = Watched(generator)
    answers: list[dict[str, float]] = []
    with KnowledgeBase(settings) as knowledge_base:
        knowledge_base.__dict__["_generator"] = watched
        knowledge_base.load()
        watched.calls.clear()
        for question in _factoids():
            began = time.perf_counter()
            quote = 0.0
            for event in knowledge_base.ask(question, mode="llm"):
                if isinstance(event, Quote) and not quote:
                    quote = time.perf_counter() - began
            took = time.perf_counter() - began
            if len(watched.calls) > len(answers):
                first = watched.calls[-1].pop("first", began) - began
                times = {"quote": quote, "token": first, "end": took}
                answers.append(watched.calls[-1] | times)
            if len(answers) == int(count):
                break
    return {"answers": answers}


def _factoids() -> list[str]:
    lines = (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row["question"] for row in rows if row["type"] == "factoid"]


def measure(place: Workplace) -> list[Row]:
    data_dir = place.store("samples")
    measured([*KB, "--data-dir", str(data_dir), "ingest", str(CORPUS)])
    answers = task(SCRIPT, "ask", data_dir, place.sizes.questions)["answers"]

    def median(name: str) -> float:
        return statistics.median(answer[name] for answer in answers)

    most = max(answer["prompt"] for answer in answers)
    rows = [
        Row("answer, to the first quote", 1000 * median("quote"), "ms"),
        Row("answer, to the first token of the model", 1000 * median("token"), "ms"),
        Row("answer, to the end", 1000 * median("end"), "ms"),
        Row(
            "prompt tokens per answer, most", most, goal=at_most(most, GOAL_TOKENS - 1, "< 400"),
            note=f"median {median('prompt'):.0f}",
        ),
    ]  # fmt: skip
    reused = statistics.median(1 - answer["evaluated"] / answer["prompt"] for answer in answers)
    rows.append(Row("share of the prompt that was read before", reused))
    if not place.peers:
        return [*rows, not_measured("tokens per second", place.reason)]
    return [*rows, *_beside_llama_bench(answers)]


def _beside_llama_bench(answers: list[dict[str, float]]) -> list[Row]:
    """Tokens per second of all answers together, in the threads that answers use."""
    sizes = {
        name: round(statistics.median(answer[name] for answer in answers))
        for name in ("evaluated", "written")
    }
    threads = max(1, (os.cpu_count() or 1) - 1)
    model = LLM.main_path(Settings())
    try:
        theirs = tokens_per_second(model, sizes["evaluated"], max(1, sizes["written"]), threads)
    except Unavailable as reason:
        return [not_measured("tokens per second", str(reason))]
    ours = {
        "prompt": _rate(answers, "evaluated", "evaluation"),
        "generated": _rate(answers, "written", "writing"),
    }
    return [
        Row(f"{name} tokens", ours[name], "tokens/s", limit=("llama-bench", theirs[name]))
        for name in ours
    ]


def _rate(answers: list[dict[str, float]], tokens: str, seconds: str) -> float:
    spent = sum(answer[seconds] for answer in answers)
    return sum(answer[tokens] for answer in answers) / spent if spent else 0.0


if __name__ == "__main__":
    serve_tasks({"ask": ask})
