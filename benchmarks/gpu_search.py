"""Exact search on a GPU: all inner products of unit vectors, then the ten best."""

from __future__ import annotations

import argparse
from typing import Any

import torch
from gpu_timing import peak_memory, seconds

DIMENSION = 384
BEST = 10
ROWS_AT_ONCE = 1 << 20


def search(options: argparse.Namespace, found: dict[str, Any]) -> list[tuple[str, str]]:
    peak_memory(options.device)
    rows = []
    for count in (10_000,) if options.quick else (1_000_000, 10_000_000):
        for name, dtype in (("float16", torch.float16), ("float32", torch.float32)):
            matrix = unit_vectors(count, options.device, dtype)
            rows += [_measured(options, found, matrix, name, batch) for batch in (1, 256)]
            if name == "float32":
                rows += _faiss(options, found, matrix)
            del matrix
            peak = peak_memory(options.device)
            rows.append((f"{count:,} {name}: peak memory", f"{peak / 2**30:.1f} GiB"))
    return rows


def _measured(
    options: argparse.Namespace,
    found: dict[str, Any],
    matrix: torch.Tensor,
    name: str,
    batch: int,
) -> tuple[str, str]:
    queries = unit_vectors(batch, options.device, matrix.dtype)
    took = seconds(lambda: best(queries, matrix), options.device, repeats=5)
    size = matrix.numel() * matrix.element_size()
    flop = 2 * batch * matrix.numel() / took
    bandwidth = found.get("bandwidth", float("nan"))
    result = {
        "seconds": took,
        "queries_per_second": batch / took,
        "share_of_bandwidth": size / took / bandwidth,
        "flop_per_second": flop,
    }
    found.setdefault("search", {})[f"{len(matrix)} {name} batch {batch}"] = result
    text = f"{batch / took:,.0f} queries/s, {took * 1e3:.2f} ms, "
    text += f"{size / took / 1e12:.2f} TB/s of the matrix = {size / took / bandwidth:.0%} of the"
    text += f" copy's bandwidth, {flop / 1e12:.1f} TFLOP/s"
    return f"{len(matrix):,} vectors, {name}, {batch} at once", text


def best(queries: torch.Tensor, matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Scores and row numbers of the ten best; some rows at a time, so that scores stay few."""
    scores, rows = [], []
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        some = queries @ matrix[start : start + ROWS_AT_ONCE].T
        top = some.topk(BEST, dim=1)
        scores.append(top.values)
        rows.append(top.indices + start)
    merged = torch.cat(scores, dim=1).topk(BEST, dim=1)
    return merged.values, torch.cat(rows, dim=1).gather(1, merged.indices)


def unit_vectors(count: int, device: str, dtype: torch.dtype) -> torch.Tensor:
    made = torch.empty(count, DIMENSION, device=device, dtype=dtype)
    for start in range(0, count, ROWS_AT_ONCE):
        size = min(ROWS_AT_ONCE, count - start)
        rows = torch.randn(size, DIMENSION, device=device)
        made[start : start + size] = torch.nn.functional.normalize(rows, dim=1).to(dtype)
    return made


def _faiss(
    options: argparse.Namespace, found: dict[str, Any], matrix: torch.Tensor
) -> list[tuple[str, str]]:
    """FAISS's flat index on the GPU, where an installed FAISS sees one."""
    try:
        import faiss
    except ImportError:
        return []
    if not hasattr(faiss, "StandardGpuResources") or not faiss.get_num_gpus():
        return []
    index = faiss.GpuIndexFlatIP(faiss.StandardGpuResources(), DIMENSION)
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        index.add(matrix[start : start + ROWS_AT_ONCE].cpu().numpy())
    rows = []
    for batch in (1, 256):
        queries = unit_vectors(batch, "cpu", torch.float32).numpy()
        took = seconds(lambda q=queries: index.search(q, BEST), options.device, repeats=5)
        found.setdefault("faiss", {})[f"{len(matrix)} batch {batch}"] = batch / took
        rows.append((f"{len(matrix):,} vectors, FAISS, {batch} at once", f"{batch / took:,.0f}/s"))
    return rows
