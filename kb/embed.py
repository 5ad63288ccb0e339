"""Text to vectors: sentence-transformers as the reference, ONNX Runtime as its fast twin.

Both satisfy ``kb.protocols.Embedder``. For the default model they hold the same weights, give the
same vectors (cosine at least 0.9999, checked when the twin is made) and bear the same ``model_id``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kb.errors import ModelUnavailable, OutOfMemory
from kb.protocols import Embedder, Vectors
from kb.settings import Settings
from kb.weights import EMBEDDING, sha256_of, twin_path, twin_problem, verified

if TYPE_CHECKING:
    import numpy.typing as npt

MAX_TOKENS = 256
"""What all-MiniLM-L6-v2 reads of a text (its sentence_bert_config.json); the rest is cut off."""

BATCH_SIZE = 16
"""On a CPU larger batches were no faster and took more memory (32: +110 MB)."""

GPU_BATCH_SIZE = 256


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
        return _unit(sums / mask.sum(axis=1, keepdims=True))

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


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or path; half precision on a CUDA GPU.

    Raises ModelUnavailable when the model cannot be found or loaded.
    """

    def __init__(self, model: str, device: str | None = None, threads: int = 0) -> None:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has no types here
        if threads:
            torch.set_num_threads(threads)
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        try:
            self._model = SentenceTransformer(model, device=self._device)
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ModelUnavailable(
                f"the embedding model {model!r} cannot be loaded: {first_line}",
                hint="Set KB_EMBEDDING_MODEL to a folder, or to a name that can be downloaded.",
            ) from error
        if self._device == "cuda":
            self._model.half()
        self.model_id = _model_id(model)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._prepare(self._model.encode_document(list(texts), **self._options()))

    def embed_query(self, text: str) -> Vectors:
        return self._prepare(self._model.encode_query([text], **self._options()))

    def _options(self) -> dict[str, Any]:
        """``encode`` sorts by length itself."""
        return {
            "batch_size": GPU_BATCH_SIZE if self._device == "cuda" else BATCH_SIZE,
            "convert_to_numpy": True,
            "show_progress_bar": False,
        }

    def _prepare(self, encoded: npt.NDArray[Any]) -> Vectors:
        rows = np.asarray(encoded, dtype=np.float32).reshape(-1, self.dimension)
        return _unit(rows)


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name, the fastest one for this machine.

    The default model runs through ONNX Runtime on a CPU and sentence-transformers on a CUDA GPU;
    any other one through sentence-transformers.

    Raises ModelUnavailable when weights are missing or are not what their checksum says.
    """
    if settings.embedding_model != EMBEDDING.name:
        return SentenceTransformerEmbedder(settings.embedding_model, threads=settings.threads)
    if cuda_is_usable():
        folder = verified(settings, EMBEDDING)
        return SentenceTransformerEmbedder(str(folder), threads=settings.threads)
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


def _unit(vectors: npt.NDArray[np.float32]) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, np.finfo(np.float32).tiny)
    return unit.astype(np.float32, copy=False)


def _cores() -> int:
    """The CPU cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _model_id(model: str) -> str:
    """The model's name and 12 hexadecimal digits of its weights' SHA-256.

    Several weight files are hashed together, in the order of their names.
    """
    folder = Path(model) if Path(model).is_dir() else _downloaded_folder(model)
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    if not files:
        raise ModelUnavailable(f"the embedding model {model!r} has no weight files in {folder}")
    digests = [sha256_of(file) for file in files]
    combined = hashlib.sha256("".join(digests).encode()).hexdigest()
    digest = digests[0] if len(digests) == 1 else combined
    name = folder.resolve().name if Path(model).is_dir() else model
    return f"{name}@{digest[:12]}"


def _downloaded_folder(model: str) -> Path:
    """Where the hub's cache keeps a model that was loaded by name."""
    from huggingface_hub import try_to_load_from_cache

    for repository in (model, f"sentence-transformers/{model}"):
        if "/" in repository:
            found = try_to_load_from_cache(repository, "config.json")
            if isinstance(found, str):
                return Path(found).parent
    raise ModelUnavailable(f"the files of the embedding model {model!r} were not found")
