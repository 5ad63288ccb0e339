"""Work that must not pile up: a few at once in threads of their own, a few waiting, no more.

Each kind of work has a queue, so that none waits for another kind; what finds its queue full is
told at once when to come back, which keeps short the wait of those that are let in.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio
import anyio.to_thread

from server.errors import Busy, Stopping

T = TypeVar("T")


class WorkQueue:
    """``refused`` is called with the name of the queue whenever it turns somebody away."""

    def __init__(
        self,
        name: str,
        at_once: int,
        waiting: int,
        refused: Callable[[str], None] = lambda _name: None,
        retry_after: int = 5,
    ) -> None:
        self.name = name
        self.limiter = anyio.CapacityLimiter(at_once)
        self.places = at_once + waiting
        self.taken = 0
        self._refused = refused
        self._retry_after = retry_after
        self._stopped = False

    @property
    def waiting(self) -> int:
        """How many hold a place and do not run yet."""
        return max(0, self.taken - self.limiter.borrowed_tokens)

    def stop(self) -> None:
        """Lets nobody in any more; the server is being shut down."""
        self._stopped = True

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Holds a place. Raises Busy when all are taken, Stopping when the server stops."""
        if self._stopped:
            raise Stopping("The server is being stopped.")
        if self.taken >= self.places:
            self._refused(self.name)
            told = f"{self.taken} {self.name} are running or waiting."
            raise Busy(told, retry_after=self._retry_after)
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work``, which runs in a thread. Raises Busy when the queue is full."""
        async with self.place():
            return await anyio.to_thread.run_sync(work, limiter=self.limiter)
