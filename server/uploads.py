"""Uploads whose progress is told as server-sent events: ``file``, ``embedded``, ``done``, and last
``report`` (what the call answers in JSON) or ``error``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ingest.pipeline import IngestReport, Outcome, Refusal, ingest_uploads
from kb.errors import KnowledgeBaseError
from kb.knowledge_base import KnowledgeBase
from kb.shapes import summary_shape
from server.errors import error_event, error_shape
from server.events import KEEP_ALIVE_SECONDS
from server.queues import WorkQueue

Event = tuple[str, dict[str, Any]]
Files = Sequence[tuple[str, bytes]]

EVENT_STREAM = "text/event-stream"
LAST = frozenset({"report", "error"})


def report_shape(knowledge_base: KnowledgeBase, report: IngestReport) -> dict[str, Any]:
    """What became of the files of an upload."""
    return {
        "documents": [
            summary_shape(knowledge_base.summary(outcome.document_id))
            for outcome in report.outcomes
        ],
        "refused": [
            {"source": refusal.source, "reason": refusal.reason, "hint": refusal.hint}
            for refusal in report.refused
        ],
    }


class UploadStream(StreamingResponse):
    """Reads the files while the client watches; one that goes away does not stop the reading."""

    def __init__(self, queue: WorkQueue, knowledge_base: KnowledgeBase, files: Files) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_wire(_events(knowledge_base, files)), 200, headers, EVENT_STREAM)
        self._queue = queue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Waits for its turn. Raises Busy when too many wait."""
        async with self._queue.place(), self._queue.limiter:
            await super().__call__(scope, receive, send)


class Told:
    """Progress of an ingest as events in a queue."""

    def __init__(self, queue: SimpleQueue[Event]) -> None:
        self._queue = queue
        self._files = 0
        self._begun = 0

    def start(self, files: int) -> None:
        self._files = files

    def file(self, name: str) -> None:
        self._begun += 1
        self._queue.put(("file", {"name": name, "number": self._begun, "files": self._files}))

    def embedded(self, passages: int, total: int) -> None:
        self._queue.put(("embedded", {"passages": passages, "total": total}))

    def done(self, outcome: Outcome | Refusal) -> None:
        refused = isinstance(outcome, Refusal)
        self._queue.put(("done", {"source": outcome.source, "refused": refused}))

    def finish(self) -> None: ...


def _events(knowledge_base: KnowledgeBase, files: Files) -> Iterator[Event | None]:
    """Events as they come, and None now and then while nothing happens."""
    queue: SimpleQueue[Event] = SimpleQueue()

    def work() -> None:
        try:
            report = ingest_uploads(knowledge_base.settings, files, progress=Told(queue))
            queue.put(("report", report_shape(knowledge_base, report)))
        except KnowledgeBaseError as error:
            queue.put(("error", error_event(error)))
        except BaseException:
            queue.put(("error", error_shape("internal", "The server failed.", "See its log.")))
            raise

    Thread(target=work, name="upload").start()
    name = ""
    while name not in LAST:
        try:
            event = queue.get(timeout=KEEP_ALIVE_SECONDS)
        except Empty:
            yield None
        else:
            name = event[0]
            yield event


def _wire(events: Iterator[Event | None]) -> Iterator[bytes]:
    for event in events:
        if event is None:
            yield KEEPALIVE_COMMENT
        else:
            name, data = event
            yield format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
