"""What a GPU can do at most, measured: matrix products, memory bandwidth, and time itself."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

HIDDEN, INNER = 384, 1_536  # all-MiniLM-L6-v2
LAYER_SHAPES = ((HIDDEN, HIDDEN),) * 4 + ((HIDDEN, INNER), (INNER, HIDDEN))
TOKENS = 131_072


def wait(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def seconds(run: Callable[[], Any], device: str, repeats: int = 10) -> float:
    """The median time of a run after three to warm up; the GPU's own clock where there is one."""
    for _ in range(3):
        run()
    wait(device)
    return statistics.median(_once(run, device) for _ in range(repeats))


def _once(run: Callable[[], Any], device: str) -> float:
    if device != "cuda":
        start = time.perf_counter()
        run()
        return time.perf_counter() - start
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    begin.record()
    run()
    end.record()
    end.synchronize()
    return float(begin.elapsed_time(end)) / 1e3


def square_product(device: str, dtype: torch.dtype, size: int = 8_192) -> float:
    """FLOP a second of a large square product on random data."""
    left, right = (torch.randn(size, size, device=device, dtype=dtype) for _ in range(2))
    out = torch.empty_like(left)
    return 2 * size**3 / seconds(lambda: torch.mm(left, right, out=out), device)


def layer_products(device: str, dtype: torch.dtype, tokens: int = TOKENS) -> float:
    """FLOP a second of the six products of one layer of MiniLM, one after the other."""
    flop, took = 0, 0.0
    for size_in, size_out in LAYER_SHAPES:
        states = torch.randn(tokens, size_in, device=device, dtype=dtype)
        weight = torch.randn(size_in, size_out, device=device, dtype=dtype)
        out = torch.empty(tokens, size_out, device=device, dtype=dtype)

        def run(a: torch.Tensor = states, b: torch.Tensor = weight, c: torch.Tensor = out) -> None:
            torch.mm(a, b, out=c)

        took += seconds(run, device)
        flop += 2 * tokens * size_in * size_out
    return flop / took


def copy_bandwidth(device: str, size: int = 4 << 30) -> float:
    """Bytes a second of a copy from memory to memory, read and written ones together."""
    source = torch.randint(-100, 100, (size,), device=device, dtype=torch.int8)
    target = torch.empty_like(source)
    return 2 * size / seconds(lambda: target.copy_(source), device)


def peak_memory(device: str) -> int:
    """Bytes allocated at most since the last call."""
    if device != "cuda":
        return 0
    peak = torch.cuda.max_memory_allocated()
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    return int(peak)
