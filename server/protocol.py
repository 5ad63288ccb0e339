"""HTTP as uvicorn speaks it, with an end to waiting: for the head of a request, and for room.

uvicorn gives a connection all the time in the world for its first request line and its headers,
and holds any number of them; a few hundred that say nothing would use up the server's files.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from server.errors import error_shape

HEAD_SECONDS = 20.0
CONNECTIONS = 1_000


class PatientProtocol(H11Protocol):
    """Closes connections whose next request does not begin in time, and those beyond the limit.

    Between two requests ``timeout_keep_alive`` counts, as always.
    """

    head_seconds = HEAD_SECONDS
    most_connections = CONNECTIONS
    _deadline: asyncio.TimerHandle | None = None

    # uvicorn narrows the type of the transport in the same way.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            transport.abort()
            return
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and self._is_idle():
            self._await_head()
        super().data_received(data)
        if not self._is_idle():
            self._forget_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """In the shape of all errors; also for headers of more than 16 KiB."""
        shape = error_shape("bad_input", msg, "Check its first line and its headers.")
        body = json.dumps(shape).encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _is_idle(self) -> bool:
        cycle: Any = self.cycle
        return cycle is None or bool(cycle.response_complete)

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(self.head_seconds, self._too_late)

    def _too_late(self) -> None:
        self._deadline = None
        if self._is_idle():
            self.transport.close()

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
