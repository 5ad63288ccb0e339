"""How large things get, computed from what was measured for one passage.

    python benchmarks/sizing.py

Prints the table of ``benchmarks/SCALING.md``. Each constant names the measurement it is from;
change it when that is repeated. What a row multiplies is linear in the number of passages, unless
its name says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

SIZES = (100_000, 10_000_000, 1_000_000_000)

WORDS_PER_PASSAGE = 29  # ten interviews: 177,007 words in 6,146 passages
WORDS_PER_HOUR = 9_000  # of talk, at 150 words a minute
STORE_BYTES = 3_860  # five transcripts with claims: 6,258,688 bytes, 1,622 passages
EMBEDDED_BYTES = 560  # 400 for a vector in 8 bits and its number, 156 for the words
PGVECTOR_BYTES = 3_148  # RESULTS.md, 1,000,000 synthetic passages
HALF_VECTOR_BYTES = 768  # 384 numbers of 16 bits
CPU_PASSAGES = 59.9  # a second on two cores: benchmarks/README.md, 303,345 words
GPU_PASSAGES = 60_686  # a second on an H200: RESULTS.md, passages end to end
GPU_BYTES = 140 * 2**30  # of an H200
GPU_BATCH_QUERIES = 11_320 * 10_000_000  # a second times vectors: 10,000,000, 256 at once
MOST_GPU_QUERIES = 109_568  # a second, of 1,000,000 vectors; fewer were not measured


def size(count: float) -> str:
    units = ["B", "kB", "MB", "GB", "TB"]
    while count >= 1_000 and len(units) > 1:
        count /= 1_000
        units.pop(0)
    return f"{count:.3g} {units[0]}"


def duration(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:.0f} seconds" if seconds >= 1 else "less than a second"


def gpus(passages: int) -> int:
    """How many hold all vectors in half precision."""
    return -(-passages * HALF_VECTOR_BYTES // GPU_BYTES)


def gpu_queries(passages: int) -> float:
    """Exact searches a second on the GPUs that hold all vectors, each with its share."""
    return min(GPU_BATCH_QUERIES * gpus(passages) / passages, MOST_GPU_QUERIES)


ROWS: dict[str, Callable[[int], str]] = {
    "hours of talk": lambda n: f"{n * WORDS_PER_PASSAGE / WORDS_PER_HOUR:,.0f}",
    "store": lambda n: size(n * STORE_BYTES),
    "embedded index": lambda n: size(n * EMBEDDED_BYTES),
    "index in PostgreSQL": lambda n: size(n * PGVECTOR_BYTES),
    "vectors alone, half precision": lambda n: size(n * HALF_VECTOR_BYTES),
    "to embed on two cores": lambda n: duration(n / CPU_PASSAGES),
    "to embed on one GPU": lambda n: duration(n / GPU_PASSAGES),
    "to embed on eight GPUs": lambda n: duration(n / GPU_PASSAGES / 8),
    "GPUs that hold the vectors": lambda n: f"{gpus(n)}",
    "exact searches a second there, 256 at once": lambda n: f"{gpu_queries(n):,.0f}",
}


def main() -> None:
    """Print the table as Markdown."""
    print(f"| passages | {' | '.join(f'{count:,}' for count in SIZES)} |")
    print(f"| --- | {' | '.join('---:' for _ in SIZES)} |")
    for name, computed in ROWS.items():
        print(f"| {name} | {' | '.join(computed(count) for count in SIZES)} |")


if __name__ == "__main__":
    main()
