"""Trains a reranker on written questions, and measures what it would add to the answers.

    python benchmarks/train_reranker.py [--epochs 2] [--weight 0.45] [--checkpoint FILE]

It starts from the verified all-MiniLM-L6-v2 and reads the questions of `benchmarks/questions` with
the conversations in `../shared/bench` that they are about. Then the suites on which it was not
trained are answered without it and with it. On two CPU cores an epoch takes about 20 minutes; the
state is kept in the checkpoint after every hundred steps, and taken up from it. `--epochs 0`
measures alone. Nothing of it is used by `kb`: see the README of this folder.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from reranker_examples import Example, read_examples  # noqa: E402
from reranker_network import Network, WindowTokenizer, scores  # noqa: E402

import kb.answers.answer  # noqa: E402
from ingest.evaluation.suites import Workshop, default_cache, default_data, make_suite  # noqa: E402
from kb.answers.evidence import Evidence  # noqa: E402
from kb.answers.reread import reread  # noqa: E402
from kb.evaluation.figures import OURS  # noqa: E402
from kb.models.weights import EMBEDDING, verified  # noqa: E402
from kb.questions.query import Query  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.text.windows import Window  # noqa: E402

QUESTIONS_A_STEP = 8
BODY_RATE, HEAD_RATE = 5e-5, 1e-3
WARM_UP = 30  # steps
LAST_RATE = 0.05  # of the rate, at the end
JUDGED_ALONE = 0.5  # weight of the loss of every sentence for itself
ANSWER_WEIGHT = 3.0  # of a sentence that answers, beside one that does not
SUITES = ("talks", "gold", "samples")
FIGURES = ("ask.cites_some_gold.all", "ask.cites_all_gold.all", "ask.correct_and_cited.all")
PASSAGES_REREAD = 12  # those that hold the best sentences


def loss(network: Network, tokenizer: WindowTokenizer, examples: Sequence[Example]) -> torch.Tensor:
    """How badly answers stand out among the sentences read, and how wrong each is for itself."""
    read = [
        tokens
        for example in examples
        for tokens in tokenizer.tokens(example.question, [p.window for p in example.passages])
    ]
    found = iter(scores(network, read))
    total = torch.zeros(())
    for example in examples:
        of_all = torch.cat([next(found) for _ in example.passages])
        answers = torch.tensor([answer for p in example.passages for answer in p.answers])
        total = total + torch.logsumexp(of_all, 0) - torch.logsumexp(of_all[answers], 0)
        total = total + JUDGED_ALONE * functional.binary_cross_entropy_with_logits(
            of_all, answers.float(), pos_weight=torch.tensor(ANSWER_WEIGHT)
        )
    return total / len(examples)


def train(
    network: Network,
    tokenizer: WindowTokenizer,
    examples: Sequence[Example],
    epochs: int,
    checkpoint: Path,
) -> None:
    choose = random.Random(0)
    body = [parameter for parameter in network.net.parameters() if parameter.requires_grad]
    head = [*network.head.parameters(), *network.cls.parameters()]
    rates = (BODY_RATE, HEAD_RATE)
    optimizer = torch.optim.AdamW(
        [{"params": body, "weight_decay": 0.01}, {"params": head, "weight_decay": 0.01}]
    )
    steps = epochs * (len(examples) // QUESTIONS_A_STEP)
    step, sum_of_losses, began = 0, 0.0, time.monotonic()
    network.train()
    for _ in range(epochs):
        order = choose.sample(range(len(examples)), len(examples))
        for start in range(0, len(order) - QUESTIONS_A_STEP + 1, QUESTIONS_A_STEP):
            batch = [
                examples[row].sample(choose) for row in order[start : start + QUESTIONS_A_STEP]
            ]
            factor = min(1.0, (step + 1) / WARM_UP) * (1 - (1 - LAST_RATE) * step / steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            value = loss(network, tokenizer, batch)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step, sum_of_losses = step + 1, sum_of_losses + value.item()
            if step % 100 == 0:
                seconds = time.monotonic() - began
                print(f"{step}/{steps} steps, {seconds:.0f} s, loss {sum_of_losses / 100:.3f}")
                sum_of_losses = 0.0
                torch.save(network.state_dict(), checkpoint)
    torch.save(network.state_dict(), checkpoint)


class NetworkReader:
    """The network in place of the reader of careful answers."""

    def __init__(self, network: Network, tokenizer: WindowTokenizer) -> None:
        self._network = network
        self._tokenizer = tokenizer

    @torch.inference_mode()
    def judge(self, question: str, windows: Sequence[Window]) -> list[list[float]]:
        read = self._tokenizer.tokens(question, windows)
        return [of_window.tolist() for of_window in scores(self._network, read)]


@contextmanager
def reranked(reader: NetworkReader, weight: float) -> Iterator[None]:
    """Answers are chosen with the network's probabilities beside the other scores."""
    weigh = kb.answers.answer.weigh

    def weigh_and_reread(query: Query, *parts: Any) -> list[Evidence]:
        return reread(query, weigh(query, *parts), reader, PASSAGES_REREAD, weight)

    kb.answers.answer.weigh = weigh_and_reread
    try:
        yield
    finally:
        kb.answers.answer.weigh = weigh


def measured(workshop: Workshop) -> dict[tuple[str, str], float]:
    """The figures of all suites."""
    return {
        (name, figure.name): figure.estimate.value
        for name in SUITES
        for figure in make_suite(name, workshop).run(lambda _: None).figures
        if figure.system == OURS and figure.name in FIGURES
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--weight", type=float, default=0.45, help="of the probabilities")
    parser.add_argument("--checkpoint", type=Path, default=Path("reranker.pt"))
    options = parser.parse_args()
    data = default_data()
    if data is None:
        sys.exit("The conversations are not here: ../shared is missing.")
    torch.manual_seed(0)
    settings, cache = Settings(), default_cache()
    source = verified(settings, EMBEDDING)
    network, tokenizer = Network(source), WindowTokenizer(source / "tokenizer.json")
    if options.checkpoint.exists():
        network.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    if options.epochs:
        examples = read_examples(data / "bench", settings, cache, _tell)
        print(f"{len(examples)} questions")
        train(network, tokenizer, examples, options.epochs, options.checkpoint)
    network.eval()
    workshop = Workshop(settings, data, cache, _tell)
    without = measured(workshop)
    with reranked(NetworkReader(network, tokenizer), options.weight):
        added = measured(workshop)
    for (suite, figure), value in without.items():
        print(f"{suite:8} {figure:28} {value:.3f} -> {added[suite, figure]:.3f}")


def _tell(done: int, total: int) -> None:
    print(f"{done}/{total} passages", end="\r", file=sys.stderr)


if __name__ == "__main__":
    main()
