"""Questions on their way to the model: how many at once, and how they stop when nobody listens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import asynccontextmanager, closing

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream
from starlette.types import Receive

from kb.answer import AnswerEvent
from kb.errors import KnowledgeBaseError
from kb.types import Answer
from server.errors import Busy

AskedEvent = AnswerEvent | KnowledgeBaseError
Ask = Callable[[], Iterator[AnswerEvent]]


class QuestionDesk:
    """Lets a few questions run at once and a few more wait; the rest is told to come back.

    Questions have threads of their own, so that searches never queue behind answers.
    """

    def __init__(self, at_once: int = 2, waiting: int = 8) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._places = at_once + waiting
        self.taken = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Holds a place at the desk. Raises Busy when all are taken."""
        if self.taken >= self._places:
            raise Busy(f"{self.taken} questions are being answered or are waiting.")
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1

    @asynccontextmanager
    async def events(self, ask: Ask) -> AsyncIterator[MemoryObjectReceiveStream[AskedEvent]]:
        """The events of a question, produced in a worker thread.

        An error of the tree is the last event. Leaving the context, or its cancellation, closes
        the generator at its next event, and with it the model's work.
        """
        sender, receiver = anyio.create_memory_object_stream[AskedEvent](16)

        def work() -> None:
            try:
                with closing(_told(ask)) as events:
                    for event in events:
                        anyio.from_thread.run(sender.send, event)
                        anyio.from_thread.check_cancelled()
            except KnowledgeBaseError as error:
                anyio.from_thread.run(sender.send, error)

        async def run() -> None:
            async with sender:
                await anyio.to_thread.run_sync(work, limiter=self._limiter)

        async with receiver, anyio.create_task_group() as tasks:
            tasks.start_soon(run)
            yield receiver
            tasks.cancel_scope.cancel()

    async def answer(self, ask: Ask) -> Answer:
        """The whole answer. Raises the errors of ``KnowledgeBase.ask``."""
        last: AskedEvent | None = None
        async with self.events(ask) as events:
            async for event in events:
                last = event
        if isinstance(last, KnowledgeBaseError):
            raise last
        assert isinstance(last, Answer), "an answer ends with the whole Answer"
        return last


async def cancel_on_disconnect(receive: Receive, scope: anyio.CancelScope) -> None:
    """Cancels the work of a request whose client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


def _told(ask: Ask) -> Generator[AnswerEvent, None, None]:
    """The events of a question; closing this closes the question."""
    yield from ask()
