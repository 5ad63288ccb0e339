"""How much is measured: the full form, the quick one, and the smallest, which tests run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sizes:
    """``words`` are ingested once in all; ``compared`` by everybody, in ``rounds`` parts."""

    words: int
    compared: int
    rounds: int
    cold_runs: int
    passages: tuple[int, ...]
    queries: int
    questions: int


FULL = Sizes(1_000_000, 100_000, 4, 7, (1_000, 100_000, 1_000_000), 100, 12)
QUICK = Sizes(40_000, 12_000, 2, 3, (1_000, 60_000), 30, 4)
TINY = Sizes(2_000, 2_000, 1, 1, (300,), 3, 2)


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a run keeps its files, and whether the peers take part (``reason`` when not)."""

    folder: Path
    sizes: Sizes
    peers: str | None
    reason: str = ""

    def part(self, number: int) -> Path:
        """A folder of transcripts that everybody ingests."""
        return self.folder / f"part-{number}"

    def texts(self, number: int) -> Path:
        """The passages of a part, as the peers read them."""
        return self.folder / f"texts-{number}"

    def store(self, name: str, number: int = 0) -> Path:
        return self.folder / f"store-{name}-{number}"

    @property
    def our_stores(self) -> list[Path]:
        return [self.store("ours", number) for number in range(self.sizes.rounds)]
