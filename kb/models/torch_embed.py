"""Any sentence-transformers model through the library itself, and what its weights are called.

It imports no settings, so that a machine with torch and sentence-transformers alone can use it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kb.errors import ModelUnavailable
from kb.protocols import Vectors
from kb.storage.checksums import sha256_of
from kb.vectors import unit_rows

if TYPE_CHECKING:
    import numpy.typing as npt
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 16
"""On a CPU larger batches were no faster and took more memory (32: +110 MB)."""

GPU_BATCH_SIZE = 256


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or path; half precision on a CUDA GPU.

    Raises ModelUnavailable when the model cannot be found or loaded.
    """

    def __init__(self, model: str, device: str | None = None, threads: int = 0) -> None:
        import torch

        if threads:
            torch.set_num_threads(threads)
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._model = load(model, self._device)
        self.model_id = model_id(model)
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
        return unit_rows(rows)


def load(model: str, device: str) -> SentenceTransformer:
    """The model on a device: float32 on a CPU, half precision on a GPU.

    Raises ModelUnavailable when it cannot be found or loaded.
    """
    from huggingface_hub.utils import logging as hub_logging
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # The hub tells of each try to find a model; the error below says all there is to say.
    hub_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # it has no types here
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # nor has this library
    try:
        loaded = SentenceTransformer(model, device=device)
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelUnavailable(
            f"the embedding model {model!r} cannot be loaded: {first_line}",
            hint="Set KB_EMBEDDING_MODEL to a folder, or to a name that can be downloaded.",
        ) from error
    return loaded.half() if device.startswith("cuda") else loaded.float()


def model_id(model: str) -> str:
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
