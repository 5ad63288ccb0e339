"""Uploads whose progress is told as server-sent events: ``file``, ``embedded``, ``done``, and last
``report`` (what the call answers in JSON) or ``error``.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Sequence
from typing import Any

import anyio
import anyio.from_thread
import anyio.to_thread
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from fastapi.responses import Response
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import Receive, Scope, Send

from ingest.flow.report import IngestReport, Outcome, Refusal
from ingest.pipeline import ingest_uploads
from kb.errors import KnowledgeBaseError
from kb.knowledge_base import KnowledgeBase
from kb.shapes import Json, summary_shape
from server.errors import Busy, Failed, Stopping, error_event, error_response
from server.events import KEEP_ALIVE_SECONDS
from server.queues import WorkQueue

Event = tuple[str, dict[str, Any]]
Files = Sequence[tuple[str, bytes]]

EVENT_STREAM = "text/event-stream"

log = logging.getLogger("server.uploads")


def report_shape(knowledge_base: KnowledgeBase, report: IngestReport) -> Json:
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


class UploadStream(Response):
    """Reads files while the client watches; one that goes away does not stop the reading."""

    media_type = EVENT_STREAM

    def __init__(self, queue: WorkQueue, knowledge_base: KnowledgeBase, files: Files) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._queue = queue
        self._knowledge_base = knowledge_base
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self._queue.place(), anyio.create_task_group() as tasks:
                sender, receiver = anyio.create_memory_object_stream[Event](math.inf)
                tasks.start_soon(self._read, sender)
                await self._stream(receiver, send)
        except (Busy, Stopping) as error:
            await error_response(error)(scope, receive, send)

    async def _read(self, sender: MemoryObjectSendStream[Event]) -> None:
        def work() -> Json:
            told = Told(sender)
            settings = self._knowledge_base.settings_to_ingest()
            report = ingest_uploads(settings, self._files, progress=told)
            return report_shape(self._knowledge_base, report)

        async with sender:
            try:
                last = ("report", await anyio.to_thread.run_sync(work, limiter=self._queue.limiter))
            except KnowledgeBaseError as error:
                last = ("error", error_event(error))
            except Exception:
                log.exception("An upload failed.")
                last = ("error", error_event(Failed("The server failed.")))
            await sender.send(last)

    async def _stream(self, receiver: MemoryObjectReceiveStream[Event], send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        async with receiver:
            while (chunk := await _next(receiver)) is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _next(receiver: MemoryObjectReceiveStream[Event]) -> bytes | None:
    """The next event, a comment when it takes long, None after the last one."""
    with anyio.move_on_after(KEEP_ALIVE_SECONDS):
        try:
            name, data = await receiver.receive()
        except anyio.EndOfStream:
            return None
        return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
    return KEEPALIVE_COMMENT


class Told:
    """Progress of an ingest, from the thread that it runs in to the stream."""

    def __init__(self, sender: MemoryObjectSendStream[Event]) -> None:
        self._sender = sender
        self._files = 0
        self._begun = 0

    def start(self, files: int) -> None:
        self._files = files

    def file(self, name: str) -> None:
        self._begun += 1
        self._put("file", {"name": name, "number": self._begun, "files": self._files})

    def embedded(self, passages: int, total: int) -> None:
        self._put("embedded", {"passages": passages, "total": total})

    def done(self, outcome: Outcome | Refusal) -> None:
        self._put("done", {"source": outcome.source, "refused": isinstance(outcome, Refusal)})

    def finish(self) -> None: ...

    def _put(self, name: str, data: dict[str, Any]) -> None:
        anyio.from_thread.run_sync(self._sender.send_nowait, (name, data))
