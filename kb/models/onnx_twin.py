"""The default embedding model once more, as ONNX, for machines without a GPU.

It loads in a fraction of a second where torch takes several. It is exported on the user's machine
from the verified weights, and kept only when it agrees with the reference.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

from kb.errors import ModelUnavailable
from kb.models.embed import OnnxEmbedder
from kb.models.torch_embed import SentenceTransformerEmbedder
from kb.models.weights import (
    EMBEDDING,
    TwinManifest,
    twin_manifest_path,
    twin_path,
    verified,
)
from kb.settings import Settings
from kb.storage.checksums import sha256_of

LEAST_COSINE = 0.9999
OPSET = 17  # the first with LayerNormalization as one operator; opset 20 was not faster

SAMPLE = (
    "Yes.",
    "Why?",
    "What does the corpus say about timelines?",
    "Zürich, naïve café, Ελληνικά, русский текст, 日本語の文, عربى.",
    "🙂 An emoji, then [MASK] and [SEP] written out by a user.",
    "1e25 FLOP, $10 billion, 50%, 2027-2031, 0.3 to 0.7.",
    "I am not sure. I used to think ten years; now I would say five, maybe less.",
    "Interpretability asks what computation a trained network performs inside.",
    "A reward model is trained on comparisons that people made between two answers.",
    "If the overseer is weaker than the system, what does oversight even mean?",
    "line one\nline two\n\n\tand a tab   with   spaces",
    "ALL CAPITALS, lower case, MiXeD cAsE!!!",
    "def f(x): return x ** 2  # code in a transcript",
    "unbroken" * 30,
    "e\u0301 with a combining accent, and \u202eright to left\u202c marks.",
    "Governance of compute rests on a supply chain that few companies can copy. " * 3,
    "Evaluations show that a dangerous skill is present, and seldom that it is absent. " * 6,
    "Scaling laws relate loss to parameters, data and compute. " * 12,
    "Deceptive alignment would look like alignment until it pays not to. " * 40,
    " ".join(str(number) for number in range(400)),
)
"""Short, long, truncated, foreign, odd: the twin must agree on every one."""


def make(settings: Settings) -> TwinManifest:
    """Export the twin, compare it with the reference on ``SAMPLE``, then put it in place.

    The twin appears under its name before its manifest does, so an interruption leaves a twin
    that is made again, never one that is trusted unproven.

    Raises ModelUnavailable when the weights are not verified or the twin disagrees with them.
    """
    source = verified(settings, EMBEDDING)
    with tempfile.TemporaryDirectory(dir=settings.models_dir, prefix=".export-") as scratch:
        made = Path(scratch) / twin_path(settings).name
        _export(source, made)
        cosine = _agreement(source, made)
        if cosine < LEAST_COSINE:
            raise ModelUnavailable(
                f"the ONNX twin disagrees with the reference (cosine {cosine:.6f})",
                hint="Check the versions of torch and onnxruntime against the lock file.",
            )
        manifest = TwinManifest(
            sha256=sha256_of(made), made_from=EMBEDDING.sha256, cosine=round(cosine, 7)
        )
        note = Path(scratch) / twin_manifest_path(settings).name
        note.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
        made.replace(twin_path(settings))
        note.replace(twin_manifest_path(settings))
    return manifest


def _agreement(source: Path, twin: Path) -> float:
    """The least cosine between reference and twin over the sample, embedded in one batch."""
    reference = SentenceTransformerEmbedder(str(source), device="cpu").embed_passages(SAMPLE)
    candidate = OnnxEmbedder(source, twin).embed_passages(SAMPLE)
    return float((reference * candidate).sum(axis=1).min())


def _export(source: Path, target: Path) -> None:
    """Trace the network to ONNX: token ids and mask in, one vector per token out.

    The tracing exporter is asked for, because the newer one needs yet another library; its
    warnings about itself and about traced constants are settled by the comparison afterwards.
    """
    import torch
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has no types here

    class TokenVectors(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = AutoModel.from_pretrained(str(source), attn_implementation="eager")

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            outputs = self.network(input_ids=input_ids, attention_mask=attention_mask)
            vectors: torch.Tensor = outputs.last_hidden_state
            return vectors

    model = TokenVectors().eval()
    ids = torch.tensor([[101, 7592, 2088, 102], [101, 7592, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    free = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (ids, mask),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["token_vectors"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "token_vectors": free},
            opset_version=OPSET,
            dynamo=False,
        )
