"""A cache that never outlives what it was read from."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from kb.storage.relational import State

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class StateCache(Generic[Key, Value]):
    """The values used last, all of one state of the store."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._state: State | None = None
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get_many(self, state: State, keys: Iterable[Key]) -> dict[Key, Value]:
        with self._lock:
            if state != self._state:
                return {}
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
            return found

    def put_many(self, state: State, values: dict[Key, Value]) -> None:
        with self._lock:
            if state != self._state:
                self._values.clear()
                self._state = state
            self._values.update(values)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
