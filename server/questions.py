"""Questions on their way to the model: how many at once, and how they stop when nobody listens."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import asynccontextmanager, closing

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream
from starlette.types import Receive

from kb.answers.answer import AnswerEvent
from kb.cancellation import ABANDONED
from kb.errors import KnowledgeBaseError
from kb.types import Answer, Quote
from server.errors import Failed, Stopping
from server.queues import WorkQueue

log = logging.getLogger("server.questions")

AskedEvent = AnswerEvent | KnowledgeBaseError
Ask = Callable[[], Iterator[AnswerEvent]]
First = Callable[[str, float], None]


class QuestionDesk(WorkQueue):
    """Lets a few questions run at once and a few more wait; the rest is told to come back.

    Questions have threads of their own, so that searches never queue behind answers.
    """

    def __init__(
        self,
        at_once: int = 2,
        waiting: int = 8,
        refused: Callable[[str], None] = lambda _name: None,
        first: First = lambda _event, _seconds: None,
    ) -> None:
        """``first`` is told of the first ``citation`` and ``token`` of a question, and after how
        many seconds it came.
        """
        super().__init__("questions", at_once, waiting, refused)
        self._first = first
        self._running: set[anyio.CancelScope] = set()

    def stop(self) -> None:
        """Ends what runs with the error Stopping."""
        super().stop()
        for scope in self._running:
            scope.cancel()

    @asynccontextmanager
    async def events(self, ask: Ask) -> AsyncIterator[MemoryObjectReceiveStream[AskedEvent]]:
        """The events of a question, produced in a worker thread.

        An error is the last event: one of the tree, or Failed for a fault of the program. Leaving
        the context, or its cancellation, stops the question at its next event, or at the next
        word of the language model.
        """
        began = time.perf_counter()
        sender, receiver = anyio.create_memory_object_stream[AskedEvent](16)

        def work() -> None:
            ABANDONED.set(anyio.from_thread.check_cancelled)
            try:
                with closing(self._told(ask, began)) as events:
                    for event in events:
                        anyio.from_thread.run(sender.send, event)
                        anyio.from_thread.check_cancelled()
            except KnowledgeBaseError as error:
                anyio.from_thread.run(sender.send, error)
            except Exception:
                log.exception("A question failed.")
                anyio.from_thread.run(sender.send, Failed("The server failed."))

        async def run() -> None:
            async with sender:
                with anyio.CancelScope() as scope:
                    self._running.add(scope)
                    try:
                        await anyio.to_thread.run_sync(work, limiter=self.limiter)
                    finally:
                        self._running.discard(scope)
                if scope.cancel_called:
                    await sender.send(Stopping("The server is being stopped."))

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

    def _told(self, ask: Ask, began: float) -> Generator[AnswerEvent, None, None]:
        """The events of a question; closing this closes the question."""
        awaited = {"citation", "token"}
        events = ask()
        try:
            for event in events:
                name = {Quote: "citation", str: "token"}.get(type(event), "")
                if name in awaited:
                    awaited.discard(name)
                    self._first(name, time.perf_counter() - began)
                yield event
        finally:
            if isinstance(events, Generator):
                events.close()


async def cancel_on_disconnect(receive: Receive, scope: anyio.CancelScope) -> None:
    """Cancels the work of a request whose client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
