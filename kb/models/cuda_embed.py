"""Text to vectors on a CUDA GPU, kept busy: no padding, batches of equal work, nothing waited for.

Texts are sorted by length and read by a thread of their own (``kb.models.tokens``), while the GPU
computes what was read before. A batch holds a number of tokens, not of texts. Its texts lie one
after the other in a single row, and attention knows where each begins and ends, so nothing is
computed for padding. Copies to and from the GPU do not wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kb.errors import OutOfMemory
from kb.models.tokens import Int64s, TokenReader, Tokens
from kb.models.torch_embed import SentenceTransformerEmbedder, load, model_id
from kb.protocols import Embedder, Vectors
from kb.vectors import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

TOKENS_PER_BATCH = 131_072
TEXTS_READ_AT_ONCE = 2_048
ATTENTION = "texts_in_a_row"


def cuda_embedder(model: str) -> Embedder:
    """The fastest embedder of a sentence-transformers model on a CUDA GPU.

    Raises ModelUnavailable when the model cannot be found or loaded.
    """
    loaded = load(model, "cuda")
    if can_be_packed(loaded):
        return CudaEmbedder(loaded, model_id(model))
    del loaded
    return SentenceTransformerEmbedder(model, "cuda")


def can_be_packed(model: SentenceTransformer) -> bool:
    """Whether CudaEmbedder computes what the model's own ``encode`` does.

    That is so for networks of BERT's kind, pooled and normalised in any way, that put no prompt
    before a text: all-MiniLM, E5, BGE and GTE among them. Attention to texts in a row came with
    torch 2.10.
    """
    first: Any = model[0]
    config = getattr(getattr(first, "auto_model", None), "config", None)
    return (
        find_spec("torch.nn.attention.varlen") is not None
        and getattr(config, "model_type", None) == "bert"
        and hasattr(first.tokenizer, "backend_tokenizer")
        and not getattr(first, "do_lower_case", False)
        and not any(model.prompts.values())
    )


class CudaEmbedder:
    """A sentence-transformers model for which ``can_be_packed`` holds, on the device it lies on.

    When the GPU has no memory for a batch, it and all after it are halved; OutOfMemory says that
    half of what a batch may hold does not fit either.
    """

    def __init__(
        self, model: SentenceTransformer, name: str, tokens_per_batch: int = TOKENS_PER_BATCH
    ) -> None:
        from transformers import AttentionInterface

        first: Any = model[0]
        AttentionInterface.register(ATTENTION, _attention)
        first.auto_model.set_attn_implementation(ATTENTION)
        self._model = model.eval()
        self._device = model.device
        self._reader = TokenReader(first.tokenizer.backend_tokenizer, int(first.max_seq_length))
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tokenize")
        self._tokens_per_batch = self._tokens_at_first = tokens_per_batch
        self.model_id = name
        self.dimension = int(model.get_embedding_dimension() or 0)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        embedded = [(rows, self._embed(tokens)) for rows, tokens in self._batches(texts)]
        self._wait()
        for rows, found in embedded:
            vectors[rows] = found.numpy()
        return unit_rows(vectors)

    def embed_query(self, text: str) -> Vectors:
        return self.embed_passages([text])

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[Int64s, Tokens]]:
        """Row numbers and tokens of texts of similar length, longest first."""
        order = np.argsort([-len(text) for text in texts], kind="stable")
        parts = [
            order[start : start + TEXTS_READ_AT_ONCE]
            for start in range(0, len(order), TEXTS_READ_AT_ONCE)
        ]
        read = self._thread.map(lambda rows: self._reader.read([texts[row] for row in rows]), parts)
        for rows, tokens in zip(parts, read, strict=True):
            for chosen in _equal_shares(tokens.lengths, self._tokens_per_batch):
                yield rows[chosen], tokens.of(chosen)

    def _embed(self, tokens: Tokens) -> Tensor:
        """Rows on their way to the CPU: ``_wait`` before reading them."""
        import torch

        total, half = int(tokens.lengths.sum()), self._tokens_at_first // 2
        try:
            return self._compute(tokens)
        except torch.OutOfMemoryError as error:
            if total <= half or len(tokens) == 1:
                raise OutOfMemory(
                    "The GPU has no memory to embed with.", "End other programs that use the GPU."
                ) from error
        torch.cuda.empty_cache()
        self._tokens_per_batch = half
        halves = _equal_shares(tokens.lengths, -(-total // 2))
        found = [self._embed(tokens.of(rows)) for rows in halves]
        self._wait()
        return torch.cat(found)

    def _compute(self, tokens: Tokens) -> Tensor:
        import torch

        with torch.inference_mode():
            found: Tensor = self._model(self._features(tokens))["sentence_embedding"]
            return found.float().to("cpu", non_blocking=True)

    def _features(self, tokens: Tokens) -> dict[str, Any]:
        """What transformers and the pooling of sentence-transformers call texts in a row."""
        lengths = tokens.lengths
        starts = np.cumsum(lengths) - lengths
        return {
            "input_ids": self._sent(tokens.ids)[None],
            "position_ids": self._sent(_positions(starts, lengths))[None],
            "seq_idx": self._sent(np.repeat(np.arange(len(lengths)), lengths))[None],
            "cu_seq_lens_q": self._sent(np.append(starts, lengths.sum()).astype(np.int32)),
            "max_length_q": int(lengths.max()),
        }

    def _sent(self, array: npt.NDArray[Any]) -> Tensor:
        import torch

        tensor = torch.from_numpy(array)
        if self._device.type != "cuda":
            return tensor
        return tensor.pin_memory().to(self._device, non_blocking=True)

    def _wait(self) -> None:
        import torch

        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)


def _attention(
    module: Any,  # noqa: ARG001  transformers passes it
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,  # noqa: ARG001  texts are told apart by their bounds
    *,
    cu_seq_lens_q: Tensor,
    max_length_q: int,
    **_: Any,
) -> tuple[Tensor, None]:
    """Each text attends to itself. Shapes: (1, heads, tokens, size) to (1, tokens, heads, size)."""
    import torch

    if query.is_cuda:
        from torch.nn.attention.varlen import varlen_attn

        heads: list[Any] = [states[0].transpose(0, 1) for states in (query, key, value)]
        bounds: list[Any] = [cu_seq_lens_q, cu_seq_lens_q, max_length_q, max_length_q]
        attended: Any = varlen_attn(*heads, *bounds)
        return attended[None], None
    attend: Any = torch.nn.functional.scaled_dot_product_attention
    found = [
        attend(*(states[:, :, start:end] for states in (query, key, value)))
        for start, end in pairwise(cu_seq_lens_q.tolist())
    ]
    return torch.cat(found, dim=2).transpose(1, 2), None


def _equal_shares(lengths: Int64s, tokens_per_batch: int) -> list[Int64s]:
    """Rows by falling length, in batches of about equally many tokens, hardly over the limit."""
    rows = np.argsort(-lengths, kind="stable")
    done = np.cumsum(lengths[rows])
    count = -(-int(done[-1]) // tokens_per_batch) if len(done) else 0
    share = done[-1] / count if count else 0
    cuts = np.searchsorted(done, share * np.arange(1, count)) + 1
    return [batch for batch in np.split(rows, cuts) if len(batch)]


def _positions(starts: Int64s, lengths: Int64s) -> Int64s:
    """Of each token in its text."""
    return np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
