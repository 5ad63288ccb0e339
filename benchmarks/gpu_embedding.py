"""Embedding on a GPU, from texts to vectors: how fast, beside what, and where the time goes."""

from __future__ import annotations

import argparse
import os
import statistics
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
import torch
from gpu_texts import long_texts, passages
from gpu_timing import HIDDEN, LAYER_SHAPES, peak_memory, seconds, wait

from kb.models import cuda_embed
from kb.models.cuda_embed import CudaEmbedder
from kb.models.tokens import TokenReader, Tokens
from kb.models.torch_embed import GPU_BATCH_SIZE, SentenceTransformerEmbedder, load

LAYERS = 6
Rows = list[tuple[str, str]]
Found = dict[str, Any]


def embedding(options: argparse.Namespace, found: Found) -> Rows:
    count = 40 if options.quick else 200_000
    rows: Rows = []
    steps: list[Callable[[argparse.Namespace, Found], Rows]] = [
        _same_vectors,
        partial(_end_to_end, name="passages", texts=passages(count)),
        partial(_end_to_end, name="long texts", texts=long_texts(count // 8)),
        partial(_where, texts=passages(count)),
    ]
    if options.sweep:
        steps += [
            partial(_budgets, texts=passages(count)),
            partial(_processes, texts=passages(count)),
            partial(_padded, texts=passages(count)),
        ]
        if options.device == "cuda":
            steps.append(partial(_compiled, texts=passages(count)))
    for step in steps:
        started, name = time.perf_counter(), getattr(step, "func", step).__name__
        try:
            measured = step(options, found)
            print(*measured, sep="\n", flush=True)
            rows += measured
        except Exception:  # noqa: BLE001  the other steps are worth having
            traceback.print_exc()
            rows.append((name, "failed, see the log"))
        print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    return rows


def reference(options: argparse.Namespace) -> None:
    """Vectors of the model in single precision on a CPU, to be compared with elsewhere."""
    texts = passages(400, seed=1) + long_texts(40, seed=1)
    vectors = SentenceTransformerEmbedder(str(options.model), "cpu").embed_passages(texts)
    np.savez(options.write_reference, texts=np.array(texts), vectors=vectors)


def flop(lengths: Sequence[int]) -> float:
    """Of the matrix products and attention; embeddings are looked up, so cost none."""
    weights = sum(size_in * size_out for size_in, size_out in LAYER_SHAPES)
    tokens = np.asarray(lengths, dtype=np.float64)
    return float(LAYERS * (2 * weights * tokens + 4 * HIDDEN * tokens**2).sum())


def embedder(options: argparse.Namespace, budget: int = 0) -> CudaEmbedder:
    tokens = budget or cuda_embed.TOKENS_PER_BATCH
    return CudaEmbedder(load(str(options.model), options.device), "measured", tokens)


def read(options: argparse.Namespace, texts: Sequence[str]) -> Tokens:
    return embedder(options)._reader.read(texts)  # noqa: SLF001


def _same_vectors(options: argparse.Namespace, found: Found) -> Rows:
    """The least cosine to vectors in single precision."""
    if not options.reference:
        return []
    kept = np.load(options.reference)
    ours = embedder(options)
    rows = []
    for name in ("float16", "bfloat16"):
        ours._model.to(getattr(torch, name) if options.device == "cuda" else torch.float32)  # noqa: SLF001
        vectors = ours.embed_passages(kept["texts"].tolist())
        cosines = (vectors * kept["vectors"]).sum(axis=1)
        found[f"least cosine {name}"] = float(cosines.min())
        rows.append((f"least cosine to single precision, {name}", f"{cosines.min():.6f}"))
    return rows


def _timed(run: Callable[[], Any], repeats: int = 3) -> float:
    """The median of runs that end with their results on the CPU."""
    run()
    took = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def _end_to_end(options: argparse.Namespace, found: Found, name: str, texts: list[str]) -> Rows:
    lengths = read(options, texts).lengths
    work = flop(lengths.tolist())
    peak_memory(options.device)
    ours = embedder(options)
    took = _timed(lambda: ours.embed_passages(texts))
    peak = peak_memory(options.device)
    theirs = SentenceTransformerEmbedder(str(options.model), options.device)
    some = texts[: max(1, len(texts) // 10)]
    took_theirs = _timed(lambda: theirs.embed_passages(some), repeats=1) * len(texts) / len(some)
    square = found.get("float16", {}).get("square", float("nan"))
    found[name] = {
        "count": len(texts),
        "tokens": int(lengths.sum()),
        "flop": work,
        "seconds": took,
        "seconds_sentence_transformers": took_theirs,
        "peak": peak,
    }
    share = f"{lengths.sum() / took / 1e6:.1f} M tokens/s, "
    share += f"{work / took / 1e12:.1f} TFLOP/s = {work / took / square:.1%} of the large product"
    each = f"{name}, {lengths.mean():.0f} tokens each"
    return [
        (
            f"{each}: end to end",
            f"{len(texts) / took:,.0f} a second, {share}",
        ),
        (
            f"{each}: sentence-transformers' `encode`, batches of {GPU_BATCH_SIZE}",
            f"{len(texts) / took_theirs:,.0f} a second; ours {took_theirs / took:.1f} times",
        ),
        (f"{each}: GFLOP a text; peak memory", f"{work / len(texts) / 1e9:.2f}; {peak >> 20} MiB"),
    ]


def _where(options: argparse.Namespace, found: Found, texts: list[str]) -> Rows:
    """Each step alone, over the same passages."""
    ours = embedder(options)
    batches = [tokens for _, tokens in ours._batches(texts)]  # noqa: SLF001
    start = time.perf_counter()
    for _ in ours._batches(texts):  # noqa: SLF001
        pass
    reading = time.perf_counter() - start
    computing = _computing(ours, options, batches)
    there = [(tokens.ids, np.arange(len(tokens.ids))) for tokens in batches]
    sending = _timed(
        lambda: [[ours._sent(a) for a in both] for both in there] and wait(options.device)  # noqa: SLF001
    )
    result = torch.zeros(len(texts), HIDDEN, device=options.device)
    bringing = _timed(lambda: (result.to("cpu", non_blocking=True), wait(options.device)))
    some = texts[: max(1, len(texts) // 10)]
    tokenizer = ours._model[0].tokenizer.backend_tokenizer  # noqa: SLF001
    library = _timed(lambda: tokenizer.encode_batch_fast(some)) * len(texts) / len(some)
    work = sum(flop(tokens.lengths.tolist()) for tokens in batches)
    square = found.get("float16", {}).get("square", float("nan"))
    layer = found.get("float16", {}).get("layer", float("nan"))
    found["where"] = {
        "reading": reading,
        "tokenizers": library,
        "computing": computing,
        "sending": sending,
        "bringing": bringing,
        "flop": work,
    }
    rate = work / computing
    shares = f"{rate / 1e12:.0f} TFLOP/s = {rate / square:.0%} of the large product"
    shares += f", {rate / layer:.0%} of a layer's products"
    return [
        (
            "computing alone (passages)",
            f"{len(texts) / computing:,.0f} a second, {shares}",
        ),
        ("tokenizing alone, one thread, by word", f"{len(texts) / reading:,.0f} a second"),
        (
            f"tokenizing by the library, {os.cpu_count()} CPUs",
            f"{len(texts) / library:,.0f} a second",
        ),
        ("sending tokens alone", f"{len(texts) / sending:,.0f} a second"),
        ("bringing vectors alone", f"{len(texts) / bringing:,.0f} a second"),
    ]


def _computing(ours: CudaEmbedder, options: argparse.Namespace, batches: list[Tokens]) -> float:
    """Seconds of the network alone, with tokens already on the GPU, one pass over all batches."""
    features = [ours._features(tokens) for tokens in batches]  # noqa: SLF001

    def run() -> None:
        with torch.inference_mode():
            for each in features:
                ours._model(dict(each))  # noqa: SLF001

    return seconds(run, options.device, repeats=3)


def _budgets(options: argparse.Namespace, found: Found, texts: list[str]) -> Rows:
    rows = []
    ours = embedder(options)
    before = cuda_embed.TEXTS_READ_AT_ONCE
    for at_once, budget in [(2_048, 1 << power) for power in range(14, 20)] + [
        (8_192, 131_072),
        (8_192, 262_144),
        (32_768, 262_144),
    ]:
        cuda_embed.TEXTS_READ_AT_ONCE = at_once
        ours._tokens_per_batch = budget  # noqa: SLF001
        rate = len(texts) / _timed(lambda: ours.embed_passages(texts), repeats=1)
        some = [tokens for _, tokens in ours._batches(texts)][:20]  # noqa: SLF001
        alone = sum(map(len, some)) / _computing(ours, options, some)
        found.setdefault("budgets", {})[f"{at_once} {budget}"] = [rate, alone]
        what = f"sweep: {budget:,} tokens a batch, {at_once:,} texts read at once"
        rows.append((what, f"{rate:,.0f} a second, computing alone (longest) {alone:,.0f}"))
    cuda_embed.TEXTS_READ_AT_ONCE = before
    return rows


_reader: TokenReader


def _start(folder: str, max_tokens: int) -> None:
    global _reader  # noqa: PLW0603  one for each process
    from tokenizers import Tokenizer

    _reader = TokenReader(Tokenizer.from_file(f"{folder}/tokenizer.json"), max_tokens)


def _read_some(texts: list[str]) -> Tokens:
    return _reader.read(texts)


def _processes(options: argparse.Namespace, found: Found, texts: list[str]) -> Rows:
    """Tokenizing by word in several processes, results brought to this one."""
    rows = []
    parts = [texts[start : start + 2_048] for start in range(0, len(texts), 2_048)]
    for count in (1, 2) if options.quick else (2, 4, 8):
        with ProcessPoolExecutor(
            count, get_context("spawn"), _start, (str(options.model), 256)
        ) as pool:
            took = _timed(lambda: list(pool.map(_read_some, parts)))
        found.setdefault("processes", {})[count] = len(texts) / took
        rows.append(
            (f"sweep: tokenizing in {count} processes", f"{len(texts) / took:,.0f} a second")
        )
    return rows


def _compiled(options: argparse.Namespace, found: Found, texts: list[str]) -> Rows:
    """With `torch.compile`, and what compiling costs."""
    ours = embedder(options)
    batches = [tokens for _, tokens in ours._batches(texts)]  # noqa: SLF001
    start = time.perf_counter()
    ours._model[0].auto_model.encoder.compile(dynamic=True)  # noqa: SLF001
    for tokens in batches[:3]:
        ours._embed(tokens)  # noqa: SLF001
    wait(options.device)
    cost = time.perf_counter() - start
    rate = len(texts) / _computing(ours, options, batches)
    found["compiled"] = {"seconds": cost, "per_second": rate}
    return [("sweep: compiled", f"computing alone {rate:,.0f} a second, compiling {cost:.0f} s")]


def _padded(options: argparse.Namespace, found: Found, texts: list[str]) -> Rows:
    """The same batches, padded, through the library's own attention."""
    ours = embedder(options)
    batches = [tokens for _, tokens in ours._batches(texts)]  # noqa: SLF001
    ours._model[0].auto_model.set_attn_implementation("sdpa")  # noqa: SLF001
    features = []
    for tokens in batches:
        mask = np.arange(tokens.lengths.max()) < tokens.lengths[:, None]
        ids = np.zeros(mask.shape, dtype=np.int32)
        ids[mask] = tokens.ids
        sent = ours._sent(ids), ours._sent(mask.astype(np.int64))  # noqa: SLF001
        features.append(dict(zip(("input_ids", "attention_mask"), sent, strict=True)))

    def run() -> None:
        with torch.inference_mode():
            for each in features:
                ours._model(dict(each))  # noqa: SLF001

    rate = len(texts) / seconds(run, options.device, repeats=3)
    found["padded"] = rate
    return [("sweep: padded instead of packed", f"computing alone {rate:,.0f} a second")]
