"""The time that reading takes as a text grows: what keeps a hostile text from taking for ever."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ATTEMPTS = 5  # other work on the machine slows one attempt down, not all
NOISE = 0.05  # seconds


def grows_in_proportion(read: Callable[[str], object], short: str, long: str) -> bool:
    """Whether the least times of some attempts lie nearer to linear than to quadratic growth.

    For ``n`` times the text, linear is ``n`` times as long and quadratic ``n`` squared; at most
    ``n`` to the power of 1.5 passes.
    """
    steepest = (len(long) / len(short)) ** 1.5
    least_short = least_long = float("inf")
    for _ in range(ATTEMPTS):
        least_short = min(least_short, seconds(read, short))
        least_long = min(least_long, seconds(read, long))
        if least_long < steepest * least_short + NOISE:
            return True
    return False


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor time of one reading.

    No garbage is collected meanwhile: that takes as long as other tests have left objects.
    """
    gc.disable()
    try:
        began = time.process_time()
        read(text)
        return time.process_time() - began
    finally:
        gc.enable()
