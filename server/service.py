"""The state of a running server: the knowledge base, whether it is loaded, and what serves it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from typing import Annotated

import anyio
import anyio.to_thread
from fastapi import Depends, Request

from kb.errors import KnowledgeBaseError, StoreUnavailable
from kb.knowledge_base import KnowledgeBase
from server.errors import Loading
from server.examples import Examples
from server.metrics import Gauge, Metrics
from server.questions import QuestionDesk
from server.queues import WorkQueue

log = logging.getLogger("server")

RETRY_SECONDS = 1.0


class Service:
    """What the requests of one server share."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base
        self.metrics = Metrics()
        refused = self.metrics.refused
        self.desk = QuestionDesk(1, 4, refused, self.metrics.first)
        self.searches = WorkQueue("searches", 1, 2, refused, retry_after=1)
        self.uploads = WorkQueue("uploads", 1, 2, refused)
        self.started = int(time.time())
        self.examples = Examples()
        self.loaded = False
        self.failure: KnowledgeBaseError | None = None
        self._checks = anyio.CapacityLimiter(1)
        self._stopping = threading.Event()
        self.metrics.observe(self._gauges)

    def stop(self) -> None:
        """Ends what runs and lets nobody in, before the server is shut down."""
        self._stopping.set()
        for queue in self._queues:
            queue.stop()

    async def readiness(self) -> dict[str, bool]:
        """What is ready; asked in a thread of its own, so that no other work delays it."""
        return await anyio.to_thread.run_sync(self.knowledge_base.readiness, limiter=self._checks)

    async def measures(self) -> bytes:
        """All metrics; asked like the readiness, because some are in the store."""
        return await anyio.to_thread.run_sync(self.metrics.text, limiter=self._checks)

    @property
    def _queues(self) -> tuple[WorkQueue, ...]:
        return self.desk, self.searches, self.uploads

    def _gauges(self) -> Iterator[Gauge]:
        yield "kb_ready", "Whether models, store and indexes are loaded.", float(self.loaded)
        if self.loaded:
            yield from self._gauges_of_store()
        for queue in self._queues:
            yield f"kb_{queue.name}", f"How many {queue.name} run or wait.", queue.taken
            name, text = f"kb_{queue.name}_waiting", f"How many {queue.name} wait for a thread."
            yield name, text, queue.waiting

    def _gauges_of_store(self) -> list[Gauge]:
        """None while the store does not answer: the others tell of that."""
        try:
            stored, indexed = self.knowledge_base.revisions()
            counts = self.knowledge_base.counts()
        except StoreUnavailable:
            return []
        return [
            ("kb_index_revision", "The revision of the store that indexes show.", indexed),
            ("kb_index_lag", "How many changes of the store they lack.", stored - indexed),
            *((f"kb_{name}", f"How many {name} the store holds.", n) for name, n in counts.items()),
        ]

    def load(self) -> None:
        """Loads models and indexes; a failure is kept, and told to every caller.

        A store that does not answer is waited for.
        """
        try:
            while not self._load_if_there():
                if self._stopping.wait(RETRY_SECONDS):
                    return
        except KnowledgeBaseError as error:
            self.failure = error
            log.critical("%s %s", error, error.hint)
        else:
            self.loaded = True

    def _load_if_there(self) -> bool:
        try:
            self.knowledge_base.load()
        except StoreUnavailable as error:
            log.warning("%s %s", error, error.hint)
            return False
        return True

    def ready(self) -> KnowledgeBase:
        """The knowledge base. Raises Loading, or what went wrong when it was loaded."""
        if self.failure is not None:
            raise self.failure
        if not self.loaded:
            raise Loading("The models are being loaded.")
        return self.knowledge_base


def service_of(request: Request) -> Service:
    """The service of the app that a request came to."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


async def service_now(request: Request) -> Service:
    return service_of(request)


async def ready_knowledge_base(request: Request) -> KnowledgeBase:
    return service_of(request).ready()


# Asynchronous, so that no request waits for a thread only to be told that it cannot be served.
ServiceNow = Annotated[Service, Depends(service_now)]
ReadyKnowledgeBase = Annotated[KnowledgeBase, Depends(ready_knowledge_base)]
