"""A cross-encoder: MiniLM reads a question and a passage together, and scores every sentence.

It reads one passage at once, with the words that stand around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from kb.text.windows import Window

FROZEN_LAYERS = 2
WINDOWS_AT_ONCE = 12
MOST_TOKENS = 200
QUESTION_TOKENS = 48
BEFORE_TOKENS = 36
SENTENCE_TOKENS = 100
AFTER_TOKENS = 16
_CLS, _SEP = 101, 102  # of the vocabulary of all-MiniLM-L6-v2


@dataclass(frozen=True, slots=True)
class WindowTokens:
    """A question with a window as the network reads them; ``sentences`` are ranges of tokens."""

    ids: list[int]
    second: int  # where the window begins
    sentences: list[tuple[int, int]]


class WindowTokenizer:
    """Turns a question and windows into what the network reads."""

    def __init__(self, tokenizer_file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def tokens(self, question: str, windows: Sequence[Window]) -> list[WindowTokens]:
        asked = self._ids(question)[:QUESTION_TOKENS]
        return [self._tokens(asked, window) for window in windows]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _tokens(self, asked: list[int], window: Window) -> WindowTokens:
        ids = [_CLS, *asked, _SEP]
        second = len(ids)
        label = f"{window.speaker}: " if window.speaker else ""
        ids += self._ids(label + window.before)[-BEFORE_TOKENS:]
        sentences = []
        for sentence in window.sentences:
            start = len(ids)
            ids += self._ids(sentence)[:SENTENCE_TOKENS]
            sentences.append((start, min(len(ids), MOST_TOKENS)))
        ids += self._ids(window.after)[:AFTER_TOKENS]
        return WindowTokens([*ids[:MOST_TOKENS], _SEP], second, sentences)


def inputs_of(batch: Sequence[WindowTokens]) -> dict[str, npt.NDArray[np.int64]]:
    """What the network takes for a batch, each of shape (windows, tokens), padded with zeros."""
    shape = (len(batch), max(len(tokens.ids) for tokens in batch))
    ids, mask, types = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for row, tokens in enumerate(batch):
        length = len(tokens.ids)
        ids[row, :length] = tokens.ids
        mask[row, :length] = 1
        types[row, tokens.second : length] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}


class Network(torch.nn.Module):
    """MiniLM over question and window, with a score for each token and one for the window."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self.net = AutoModel.from_pretrained(str(source), attn_implementation="eager")
        self.head = torch.nn.Linear(self.net.config.hidden_size, 1)
        self.cls = torch.nn.Linear(self.net.config.hidden_size, 1, bias=False)
        torch.nn.init.zeros_(self.cls.weight)
        for part in (self.net.embeddings, *self.net.encoder.layer[:FROZEN_LAYERS]):
            part.requires_grad_(False)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.net(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.head(states).squeeze(-1), self.cls(states[:, 0]).squeeze(-1)


def scores(network: Network, read: Sequence[WindowTokens]) -> list[torch.Tensor]:
    """For each window the scores of its sentences."""
    found: list[torch.Tensor] = [torch.empty(0)] * len(read)
    by_length = sorted(range(len(read)), key=lambda row: len(read[row].ids))
    for start in range(0, len(by_length), WINDOWS_AT_ONCE):
        rows = by_length[start : start + WINDOWS_AT_ONCE]
        inputs = inputs_of([read[row] for row in rows])
        of_tokens, of_windows = network(**{k: torch.from_numpy(v) for k, v in inputs.items()})
        for place, row in enumerate(rows):
            found[row] = torch.stack(
                [
                    of_tokens[place, first:end].mean() + of_windows[place]
                    if first < end
                    else of_windows[place]
                    for first, end in read[row].sentences
                ]
            )
    return found
