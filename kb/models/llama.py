"""llama.cpp: a GGUF file, loaded, continued, or asked what it makes of a text.

The one module that imports ``llama_cpp``; its errors are told here in words of this program.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from kb.cancellation import ABANDONED
from kb.errors import ModelUnavailable

if TYPE_CHECKING:
    import llama_cpp

Logits = npt.NDArray[np.float32]


def load(
    path: Path, context_tokens: int, threads: int, adapter: Path | None = None
) -> llama_cpp.Llama:
    """A model, with the small changes of an ``adapter`` (LoRA) to it where one is given.

    ``threads`` 0 leaves one core free: llama.cpp's threads wait for each other busily, so that one
    neighbour on a full machine makes it ten times slower (two cores, load 3: 6.8 s against .9 s).

    Raises ModelUnavailable when a file cannot be loaded.
    """
    import llama_cpp

    llama_cpp.llama_log_set(_silence(), ctypes.c_void_p(0))
    threads = threads or max(1, (os.cpu_count() or 1) - 1)
    try:
        return llama_cpp.Llama(
            str(path),
            n_ctx=context_tokens,
            n_threads=threads,
            n_threads_batch=threads,
            chat_format="chatml",
            lora_path=str(adapter) if adapter else None,
            verbose=False,
        )
    except (ValueError, RuntimeError, AssertionError, OSError) as error:
        raise ModelUnavailable(
            f"{path} cannot be loaded by llama.cpp",
            hint="Name a complete GGUF file with KB_LLM, or set KB_LLM=none.",
        ) from error


def complete(
    model: llama_cpp.Llama, tokens: list[int], max_tokens: int, stop: str, grammar: str | None
) -> Iterator[str]:
    """Pieces of the most probable continuation. ``grammar`` is GBNF."""
    from llama_cpp.llama_grammar import LlamaGrammar

    rules = LlamaGrammar.from_string(grammar, verbose=False) if grammar else None
    chunks = model.create_completion(
        tokens,
        max_tokens=max_tokens,
        temperature=0.0,
        stop=[stop],
        grammar=rules,
        stream=True,
    )
    stop_if_abandoned = ABANDONED.get()
    for chunk in chunks:
        stop_if_abandoned()
        assert not isinstance(chunk, str)
        yield chunk["choices"][0]["text"]


def logits_in(
    model: llama_cpp.Llama,
    beginning: Sequence[int],
    continuations: Sequence[tuple[Sequence[int], Sequence[int]]],
    words: Sequence[int],
) -> Iterator[Logits]:
    """How probable each of ``words`` would be next, at some places of some texts.

    All texts begin alike (``beginning``, read once); each continuation comes with its places, as
    positions in it. Yields for each the logits, of shape (places, words). Everything is a token id.

    Raises ModelUnavailable when llama.cpp fails.
    """
    from llama_cpp import llama_get_logits_ith, llama_get_memory, llama_memory_seq_rm

    memory = llama_get_memory(model.ctx)
    llama_memory_seq_rm(memory, -1, -1, -1)
    with _Batch(model.n_batch) as batch:
        batch.decode(model, beginning, 0, ())
        stop_if_abandoned = ABANDONED.get()
        for tokens, places in continuations:
            stop_if_abandoned()
            llama_memory_seq_rm(memory, 0, len(beginning), -1)
            batch.decode(model, tokens, len(beginning), places)
            rows = (llama_get_logits_ith(model.ctx, place) for place in places)
            logits = np.array([[row[word] for word in words] for row in rows], dtype=np.float32)
            yield logits.reshape(len(places), len(words))


class _Batch:
    """Tokens as llama.cpp takes them; a context manager, as C keeps the memory."""

    def __init__(self, size: int) -> None:
        import llama_cpp

        self._batch = llama_cpp.llama_batch_init(size, 0, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        import llama_cpp

        llama_cpp.llama_batch_free(self._batch)

    def decode(
        self, model: llama_cpp.Llama, tokens: Sequence[int], first: int, places: Sequence[int]
    ) -> None:
        """Read tokens whose positions begin at ``first``; logits are kept at ``places``."""
        import llama_cpp

        batch, wanted = self._batch, frozenset(places)
        batch.n_tokens = len(tokens)
        for place, token in enumerate(tokens):
            batch.token[place] = token
            batch.pos[place] = first + place
            batch.n_seq_id[place] = 1
            batch.seq_id[place][0] = 0
            batch.logits[place] = place in wanted
        if llama_cpp.llama_decode(model.ctx, batch) != 0:
            raise ModelUnavailable(
                "llama.cpp could not read a passage", hint="Ask without --careful."
            )


@cache
def _silence() -> Any:
    """A callback that drops llama.cpp's log; cached because C keeps a pointer to it."""
    import llama_cpp

    def drop(level: int, text: bytes, user_data: ctypes.c_void_p) -> None:
        pass

    return llama_cpp.llama_log_callback(drop)
