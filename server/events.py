"""An answer as server-sent events: ``citation``, ``token``, ``answer``, ``error``.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream
from fastapi import Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import Receive, Scope, Send

from kb.errors import KnowledgeBaseError
from kb.shapes import Json, answer_shape, quote_shape
from kb.types import Answer, Quote
from server.errors import Busy, Stopping, error_event, error_response
from server.questions import Ask, AskedEvent, QuestionDesk, cancel_on_disconnect
from server.service import Service

KEEP_ALIVE_SECONDS = 10.0
CLIENT_CLOSED_REQUEST = 499  # nginx's status for a client that left; nobody reads it
EVENT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "One event; `data` holds JSON.",
    "required": ["data"],
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
}


class Wire(Protocol):
    """How the events of a question go over the wire; empty bytes are not sent."""

    def event(self, event: AskedEvent) -> bytes: ...

    def end(self) -> bytes:
        """What follows the last event."""
        ...


def named(event: AskedEvent) -> tuple[str, dict[str, Any]]:
    """The name and the data of an event."""
    match event:
        case Quote():
            return "citation", quote_shape(event)
        case str():
            return "token", {"text": event}
        case Answer():
            return "answer", answer_shape(event)
        case KnowledgeBaseError():
            return "error", error_event(event)


class NamedEvents:
    """The events of the contract."""

    def event(self, event: AskedEvent) -> bytes:
        name, data = named(event)
        return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))

    def end(self) -> bytes:
        return b""


class AnswerStream(Response):
    """Streams the events of a question, and stops the question when the client goes away.

    ``answered`` is called with the Answer once it is complete.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        desk: QuestionDesk,
        ask: Ask,
        answered: Callable[[Answer], None],
        wire: Wire | None = None,
    ) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._desk = desk
        self._ask = ask
        self._answered = answered
        self._wire = wire or NamedEvents()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self._desk.place(), anyio.create_task_group() as tasks:
                tasks.start_soon(cancel_on_disconnect, receive, tasks.cancel_scope)
                await self._stream(send)
                tasks.cancel_scope.cancel()
        except (Busy, Stopping) as error:
            await error_response(error)(scope, receive, send)

    async def _stream(self, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        async with self._desk.events(self._ask) as events:
            while (chunk := await self._next(events)) is not None:
                if chunk:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": self._wire.end(), "more_body": False})

    async def _next(self, events: MemoryObjectReceiveStream[AskedEvent]) -> bytes | None:
        """The next event, a comment when it takes long, None after the last one."""
        with anyio.move_on_after(KEEP_ALIVE_SECONDS):
            try:
                event = await events.receive()
            except anyio.EndOfStream:
                return None
            if isinstance(event, Answer):
                self._answered(event)
            return self._wire.event(event)
        return KEEPALIVE_COMMENT


async def whole_answer(
    request: Request, service: Service, ask: Ask, shape: Callable[[Answer], Json]
) -> Response:
    """The answer in one piece; a client that goes away stops it. Raises Busy, Stopping."""
    answer: Answer | None = None
    async with service.desk.place(), anyio.create_task_group() as tasks:
        tasks.start_soon(cancel_on_disconnect, request.receive, tasks.cancel_scope)
        answer = await service.desk.answer(ask)
        tasks.cancel_scope.cancel()
    if answer is None:
        return Response(status_code=CLIENT_CLOSED_REQUEST)
    service.metrics.answered(answer)
    return JSONResponse(shape(answer))
