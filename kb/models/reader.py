"""Reads a question and a passage together, and tells which sentences answer it.

SmolLM2 with small changes to its weights (LoRA of rank 16, ``reader.gguf``), trained by
``benchmarks/train_reader.py`` on questions about invented talks; ``reader.md`` is its model card.
On two slow cores it reads some hundred tokens a second: seconds for a question, so it is asked only
by those who can wait.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import ModelUnavailable
from kb.models.llama import load, logits_in
from kb.models.weights import LLM, verified
from kb.settings import Settings
from kb.text.windows import Window

if TYPE_CHECKING:
    import llama_cpp

ADAPTER = Path(__file__).with_name("reader.gguf")

CONTEXT_TOKENS = 512
QUESTION_TOKENS = 56
BEFORE_TOKENS = 44
NAME_TOKENS = 32
SENTENCE_TOKENS = 110
MOST_TOKENS = 316  # of a window
_START = 0  # <|endoftext|>
_YES, _NO = " yes", " no"


class Reader:
    """SmolLM2 as it was trained to read; loaded at the first call, and one call runs at a time."""

    def __init__(self, path: Path, adapter: Path, threads: int) -> None:
        self._path = path
        self._adapter = adapter
        self._threads = threads
        self._lock = threading.Lock()
        self._model: llama_cpp.Llama | None = None

    def judge(self, question: str, windows: Sequence[Window]) -> list[list[float]]:
        """For each window the log odds that each of its sentences answers.

        A sentence beyond ``MOST_TOKENS`` has minus infinity. Raises ModelUnavailable.
        """
        with self._lock:
            if self._model is None:
                self._model = load(self._path, CONTEXT_TOKENS, self._threads, self._adapter)
            model = self._model
            beginning = [_START, *_ids(model, f"Question: {question}\n")[:QUESTION_TOKENS]]
            read = [_tokens(model, window) for window in windows]
            words = [_ids(model, word)[0] for word in (_YES, _NO)]
            judged = logits_in(model, beginning, read, words)
            return [
                _padded(((logits[:, 0] - logits[:, 1]) / 2).tolist(), len(window.sentences))
                for window, logits in zip(windows, judged, strict=True)
            ]


def load_reader(settings: Settings) -> Reader:
    """The reader over the weights that set-up fetched. Loads nothing yet.

    Raises ModelUnavailable when they are missing or not what their checksum says.
    """
    folder = verified(settings, LLM)
    if not ADAPTER.is_file():
        raise ModelUnavailable(f"{ADAPTER} is missing", hint="Install the program again.")
    return Reader(folder / LLM.main_file, ADAPTER, settings.threads or os.cpu_count() or 1)


def _ids(model: llama_cpp.Llama, text: str) -> list[int]:
    return model.tokenize(text.encode("utf-8", "replace"), add_bos=False, special=False)


def _tokens(model: llama_cpp.Llama, window: Window) -> tuple[list[int], list[int]]:
    """A window as it was read in training, and the places behind its sentences."""
    (newline,) = _ids(model, "\n")
    label = f"{window.speaker}: " if window.speaker else "?:"
    tokens = [
        *_ids(model, window.before)[-BEFORE_TOKENS:],
        newline,
        *_ids(model, label)[:NAME_TOKENS],
    ]
    places = []
    for sentence in window.sentences:
        tokens += [*_ids(model, f" {sentence}")[:SENTENCE_TOKENS], newline]
        places.append(len(tokens) - 1)
    return tokens[:MOST_TOKENS], [place for place in places if place < MOST_TOKENS]


def _padded(odds: list[float], sentences: int) -> list[float]:
    return odds + [float("-inf")] * (sentences - len(odds))
