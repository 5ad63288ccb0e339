"""A cache for what others may change at any time: values live for some seconds."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class ExpiringCache(Generic[Key, Value]):
    """The values read last. ``clear`` also keeps out what was read before it and comes after it."""

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._clearings = 0
        self._values: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, keys: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The values of keys; ``read`` is asked once for all that are missing or too old."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            clearings, oldest = self._clearings, time.monotonic() - self._seconds
            held = {key: self._values[key] for key in wanted if key in self._values}
        found = {key: value for key, (since, value) in held.items() if since > oldest}
        missing = [key for key in wanted if key not in found]
        if missing:
            since, values = time.monotonic(), read(missing)
            self._put(clearings, {key: (since, value) for key, value in values.items()})
            found.update(values)
        return {key: found[key] for key in wanted}

    def clear(self) -> None:
        with self._lock:
            self._clearings += 1
            self._values.clear()

    def _put(self, clearings: int, values: dict[Key, tuple[float, Value]]) -> None:
        with self._lock:
            if clearings != self._clearings:
                return
            self._values.update(values)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
