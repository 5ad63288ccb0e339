"""How long each step of an ingest takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

Step = Literal["read", "claims", "embed", "store", "index"]


class Stopwatch:
    """The seconds spent in each step so far."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(get_args(Step), 0.0)

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] += time.perf_counter() - start
