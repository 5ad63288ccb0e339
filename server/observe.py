"""Every request gets an id, is counted, and leaves one line in the log.

The line holds the route's template, never the path, the query, a header or a body: they may hold
questions and keys. What no one caught becomes a 500 here.
"""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import Failed, error_response
from server.logs import REQUEST_ID
from server.metrics import Metrics

log = logging.getLogger("server.requests")

HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Observe:
    """Middleware around all others."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        request_id = request_id_of(Headers(scope=scope))
        token = REQUEST_ID.set(request_id)
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            log.exception("A request failed.")
            if not status:
                response = error_response(Failed("The server failed."))
                await response(scope, receive, watch)
        finally:
            seconds = time.perf_counter() - began
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.request(method, route, status, seconds)
            fields = {
                "method": method,
                "route": route,
                "status": status,
                "ms": round(1000 * seconds, 1),
            }
            log.info("%s %s %s %.1f ms", *fields.values(), extra={"fields": fields})
            REQUEST_ID.reset(token)


def request_id_of(headers: Headers) -> str:
    """The caller's id when it is short and plain, else a new one."""
    given = headers.get(HEADER, "")
    return given if SANE_ID.fullmatch(given) else secrets.token_hex(8)
