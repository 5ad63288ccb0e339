"""Trains the reader of `kb ask --careful` on a GPU, and writes it as an adapter for llama.cpp.

    python benchmarks/train_reader.py reader_examples.json.gz SmolLM2-….gguf reader.gguf

Needs torch, transformers, peft and gguf, and nothing of this project. LoRA of rank 16 in every
linear layer. At the line break behind each sentence the network is to find “ yes” likelier than
“ no” where that sentence answers. The loss is how little the answers stand out among all sentences
read for a question, and how wrong each sentence is for itself.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gguf import GGUFType, GGUFWriter, Keys
from peft import LoraConfig, get_peft_model
from torch.nn import functional
from transformers import AutoModelForCausalLM, AutoTokenizer

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
RANK = 16
RATE = 4e-4
WARM_UP = 60  # steps
LAST_RATE = 0.03  # of the rate, at the end
QUESTIONS_A_STEP = 16
WINDOWS_A_QUESTION = 5
ANSWERING = 2  # windows of a question that answer it
NEAR = 5  # windows nearer than that are the hard ones
ANSWER_WEIGHT = 3.0  # of a sentence that answers, beside one that does not
YES, NO, EITHER = 1, 0, -1

# As kb.models.reader reads; a change here is one there.
QUESTION_TOKENS, BEFORE_TOKENS, SENTENCE_TOKENS, MOST_TOKENS = 56, 44, 110, 316
START = 0  # <|endoftext|>

HEADS, KEY_HEADS = 9, 3  # of SmolLM2-135M
LAYERS = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}  # of transformers, and as GGUF names them

Window = tuple[list[int], list[int]]  # tokens, and the places behind its sentences


class Examples:
    """Questions and windows as tokens."""

    def __init__(self, path: Path, tokenizer: Any) -> None:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            data = json.load(file)
        self.rows: list[dict[str, Any]] = data["examples"]
        self._tokenizer = tokenizer
        self.newline = self._ids(["\n"])[0]
        self.windows = [self._window(window) for window in data["windows"]]
        asked = self._ids([f"Question: {row['question']}\n" for row in self.rows])
        self.questions = [[START, *ids[:QUESTION_TOKENS]] for ids in asked]

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return found

    def _window(self, window: dict[str, Any]) -> Window:
        label = f"{window['speaker']}: " if window["speaker"] else "?:"
        said = [f" {sentence}" for sentence in window["sentences"]]
        before, label_ids, *sentences = self._ids([window["before"], label, *said])
        tokens = [*before[-BEFORE_TOKENS:], *self.newline, *label_ids]
        places = []
        for sentence in sentences:
            tokens += [*sentence[:SENTENCE_TOKENS], *self.newline]
            places.append(len(tokens) - 1)
        return tokens[:MOST_TOKENS], [place for place in places if place < MOST_TOKENS]

    def sample(self, row: int, choose: random.Random) -> list[tuple[Window, list[int]]]:
        """Some windows of a question with their labels: answering, near misses, others."""
        passages = self.rows[row]["passages"]
        yes = [passage for passage in passages if YES in passage[1]]
        no = [passage for passage in passages if YES not in passage[1]]
        near = [passage for passage in no if passage[2] < NEAR]
        chosen = choose.sample(yes, min(ANSWERING, len(yes)))
        chosen += choose.sample(near, min(2, len(near)))
        rest = [passage for passage in no if passage not in chosen]
        chosen += choose.sample(rest, min(WINDOWS_A_QUESTION - len(chosen), len(rest)))
        return [(self.windows[window], labels) for window, labels, _ in chosen]


def network(weights: Path) -> Any:
    """SmolLM2 with untrained additions; only these can change."""
    base = AutoModelForCausalLM.from_pretrained(weights.parent, gguf_file=weights.name)
    additions = LoraConfig(
        r=RANK, lora_alpha=2 * RANK, lora_dropout=0.05, target_modules=list(LAYERS)
    )
    net = get_peft_model(base.to(torch.bfloat16), additions).to(DEVICE)
    for parameter in net.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    return net


def judged(
    net: Any, read: Sequence[tuple[list[int], Window]], words: Sequence[int]
) -> torch.Tensor:
    """The log odds of all sentences of some windows, each read behind its question, in order."""
    length = max(len(question) + len(window[0]) for question, window in read)
    ids, mask = (np.zeros((len(read), length), np.int64) for _ in range(2))
    rows, places = [], []
    for row, (question, (tokens, behind)) in enumerate(read):
        whole = [*question, *tokens]
        ids[row, : len(whole)] = whole
        mask[row, : len(whole)] = 1
        rows += [row] * len(behind)
        places += [len(question) + place for place in behind]
    with torch.autocast(DEVICE, dtype=torch.bfloat16):
        states = net.base_model.model.model(
            input_ids=torch.from_numpy(ids).to(DEVICE),
            attention_mask=torch.from_numpy(mask).to(DEVICE),
        ).last_hidden_state
    yes, no = net.base_model.model.get_input_embeddings().weight[list(words)].float()
    return (states[rows, places].float() @ (yes - no)) / 2


def loss(
    odds: torch.Tensor, labels: torch.Tensor, group: torch.Tensor, groups: int
) -> torch.Tensor:
    """Mean over the questions; ``group`` tells which question a sentence was read for."""
    zeros = odds.new_zeros(groups)
    answers, counted = (labels == YES).float(), (labels != EITHER).float()
    probability = odds.clamp(-30, 30).exp()
    of_all = zeros.index_add(0, group, probability * counted).clamp(min=1e-20).log()
    of_answers = zeros.index_add(0, group, probability * answers).clamp(min=1e-20).log()
    count = zeros.index_add(0, group, answers)
    mean_answer = zeros.index_add(0, group, odds * answers) / count.clamp(min=1)
    among = ((of_all - (of_answers + mean_answer) / 2) * (count > 0)).sum()
    alone = functional.binary_cross_entropy_with_logits(
        odds, answers, reduction="none", pos_weight=odds.new_tensor(ANSWER_WEIGHT)
    )
    by_question = zeros.index_add(0, group, alone * counted)
    by_question = by_question / zeros.index_add(0, group, counted).clamp(min=1)
    return (among + by_question.sum()) / groups


def train(net: Any, examples: Examples, words: Sequence[int], epochs: int, seconds: float) -> None:
    """For so many epochs or seconds, whichever ends first; the rate falls towards that end."""
    choose = random.Random(0)
    parameters = [parameter for parameter in net.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, weight_decay=0.01)
    order = list(range(len(examples.rows)))
    steps = epochs * (len(order) // QUESTIONS_A_STEP)
    began, net = time.monotonic(), net.train()
    for step in range(steps):
        at = step * QUESTIONS_A_STEP % (len(order) - QUESTIONS_A_STEP + 1)
        if at < QUESTIONS_A_STEP:
            choose.shuffle(order)
        done = max(step / steps, (time.monotonic() - began) / seconds)
        if done >= 1:
            return
        for options in optimizer.param_groups:
            options["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (1 - (1 - LAST_RATE) * done)
        read, labels, group = [], [], []
        for number, row in enumerate(order[at : at + QUESTIONS_A_STEP]):
            for window, of_window in examples.sample(row, choose):
                read.append((examples.questions[row], window))
                labels += of_window[: len(window[1])]
                group += [number] * len(window[1])
        value = loss(
            judged(net, read, words),
            torch.tensor(labels).to(DEVICE),
            torch.tensor(group).to(DEVICE),
            QUESTIONS_A_STEP,
        )
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        if step % 100 == 0:
            print(
                f"{step}/{steps} steps, {time.monotonic() - began:.0f} s, loss {value.item():.3f}"
            )


def write_adapter(net: Any, path: Path) -> None:
    """The additions as llama.cpp takes them. It keeps the halves of a rotated pair side by side."""
    writer = GGUFWriter(str(path), "llama")
    writer.add_type(GGUFType.ADAPTER)
    writer.add_string(Keys.Adapter.TYPE, "lora")
    writer.add_float32(Keys.Adapter.LORA_ALPHA, 2.0 * RANK)
    for name, parameter in net.named_parameters():
        if found := re.search(r"layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])", name):
            number, layer, half = found.groups()
            weights = parameter.detach().float().cpu().numpy()
            if half == "B" and layer in ("q_proj", "k_proj"):
                heads = HEADS if layer == "q_proj" else KEY_HEADS
                pairs = weights.reshape(heads, 2, len(weights) // heads // 2, -1)
                weights = pairs.swapaxes(1, 2).reshape(weights.shape)
            tensor = f"blk.{number}.{LAYERS[layer]}.weight.lora_{half.lower()}"
            writer.add_tensor(tensor, weights.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("examples", type=Path)
    parser.add_argument("weights", type=Path, help="SmolLM2 as set-up fetched it")
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3_600.0)
    options = parser.parse_args()
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(
        options.weights.parent, gguf_file=options.weights.name
    )
    examples = Examples(options.examples, tokenizer)
    words = [tokenizer(word, add_special_tokens=False)["input_ids"][0] for word in (" yes", " no")]
    net = network(options.weights)
    train(net, examples, words, options.epochs, options.seconds)
    write_adapter(net, options.output)


if __name__ == "__main__":
    main()
