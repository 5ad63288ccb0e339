"""Text to vectors: ONNX Runtime on a CPU, and which embedder suits the machine and the model.

sentence-transformers (``kb.models.torch_embed``) is the reference; ``OnnxEmbedder`` is its fast
twin on a CPU, ``kb.models.cuda_embed`` on a GPU. All satisfy ``kb.protocols.Embedder``. For the
default model they hold the same weights, give the same vectors (the twin within a cosine of 0.9999,
checked when it is made; the GPU in half precision within 0.999) and bear the same ``model_id``.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from kb.errors import ModelUnavailable, OutOfMemory
from kb.models.cuda_embed import cuda_embedder
from kb.models.torch_embed import SentenceTransformerEmbedder
from kb.models.weights import EMBEDDING, twin_path, twin_problem, verified
from kb.protocols import Embedder, Vectors
from kb.settings import Settings
from kb.vectors import unit_rows

BATCH_SIZE = 8
"""Texts that a core computes at once: little padding, and short waits for the other cores. With 16
an ingest embedded about a tenth more slowly, with 32 by a half; with 4 no faster."""

MAX_TOKENS = 256
"""What all-MiniLM-L6-v2 reads of a text (its sentence_bert_config.json); the rest is cut off."""


class OnnxEmbedder:
    """all-MiniLM-L6-v2 through ONNX Runtime: mean pooling over tokens, then unit norm.

    ``folder`` holds the tokenizer, ``model_file`` the exported network; ``threads`` 0 takes
    all cores. Each core computes batches of its own, because cores that share a batch wait for
    each other at every layer; the vectors are the same to the last bit, however texts are batched.
    Raises ModelUnavailable when either file cannot be loaded.
    """

    model_id = EMBEDDING.model_id
    dimension = 384

    def __init__(self, folder: Path, model_file: Path, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self._threads = threads or _cores()
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="embed")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                str(model_file), options, providers=["CPUExecutionProvider"]
            )
        # Both libraries raise Exception itself or subclasses that they do not export.
        except Exception as error:
            raise ModelUnavailable(f"{model_file} cannot be loaded: {error}") from error
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        vectors = np.empty((len(tokens), self.dimension), dtype=np.float32)
        by_length = sorted(range(len(tokens)), key=lambda row: -len(tokens[row]))
        size = max(1, min(BATCH_SIZE, -(-len(tokens) // self._threads)))
        batches = [by_length[start : start + size] for start in range(0, len(tokens), size)]
        run = self._pool.map if len(batches) > 1 else map
        embedded = run(self._embed_batch, [[tokens[row] for row in rows] for rows in batches])
        for rows, found in zip(batches, embedded, strict=True):
            vectors[rows] = found
        return vectors

    def embed_query(self, text: str) -> Vectors:
        return self.embed_passages([text])

    def _embed_batch(self, batch: list[list[int]]) -> Vectors:
        shape = (len(batch), max(len(ids) for ids in batch))
        input_ids = np.zeros(shape, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for row, ids in enumerate(batch):
            input_ids[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        inputs = {"input_ids": input_ids, "attention_mask": mask}
        (token_vectors,) = self._run(inputs)
        sums = np.einsum("btd,bt->bd", token_vectors, mask.astype(np.float32))
        return unit_rows(sums / mask.sum(axis=1, keepdims=True))

    def _run(self, inputs: dict[str, Any]) -> list[Any]:
        try:
            outputs: list[Any] = self._session.run(["token_vectors"], inputs)
        # Its exceptions are not exported, and say only in words what failed.
        except Exception as error:
            reason = str(error).strip().splitlines()[0]
            if re.search("allocate memory|bad_alloc", str(error)):
                raise OutOfMemory(f"There is no memory to embed with: {reason}") from error
            raise ModelUnavailable(f"the embedding model failed: {reason}") from error
        return outputs


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name, the fastest one for this machine.

    On a CUDA GPU ``kb.models.cuda_embed`` decides. On a CPU the default model runs through ONNX
    Runtime and any other one through sentence-transformers.

    Raises ModelUnavailable when weights are missing or are not what their checksum says.
    """
    standard = settings.embedding_model == EMBEDDING.name
    if cuda_is_usable():
        return cuda_embedder(
            str(verified(settings, EMBEDDING)) if standard else settings.embedding_model
        )
    if not standard:
        return SentenceTransformerEmbedder(settings.embedding_model, threads=settings.threads)
    folder = verified(settings, EMBEDDING, "tokenizer.json")
    if trouble := twin_problem(settings):
        raise ModelUnavailable(trouble, hint="Run `make setup`; it makes the ONNX twin again.")
    return OnnxEmbedder(folder, twin_path(settings), settings.threads)


def cuda_is_usable() -> bool:
    """Whether torch sees a CUDA GPU; without a driver or a CUDA build it is not imported."""
    if shutil.which("nvidia-smi") is None or metadata.version("torch").endswith("+cpu"):
        return False
    import torch

    return torch.cuda.is_available()


def _cores() -> int:
    """The CPU cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
