"""How much and how long: requests at once, size and time of a body, what JSON may look like."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Coroutine
from typing import Any

import anyio
from fastapi import Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.errors import TooLarge
from server.errors import Overloaded, RefusedBody, TooSlow, WrongType, error_response

MIB = 1024 * 1024
UPLOAD_PATH = "/api/documents"
UPLOAD_BYTES = 64 * MIB
UPLOAD_SECONDS = 300.0
UPLOAD_FILES = 100
FORM_FIELDS = 20
BODY_BYTES = 2 * MIB
BODY_SECONDS = 20.0
REQUESTS_AT_ONCE = 256

JSON_TYPE = re.compile(r"application/([\w.-]+\+)?json\s*(;|$)", re.IGNORECASE)
FORM_TYPE = re.compile(r"multipart/form-data\s*;", re.IGNORECASE)


class LimitRequests:
    """Middleware that turns requests away when very many are running."""

    def __init__(self, app: ASGIApp, at_once: int = REQUESTS_AT_ONCE) -> None:
        self._app = app
        self._at_once = at_once
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/health/live":
            await self._app(scope, receive, send)
            return
        if self._running >= self._at_once:
            error = Overloaded(f"{self._running} requests are being answered.")
            await error_response(error)(scope, receive, send)
            return
        self._running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._running -= 1


class LimitBodies:
    """Middleware that refuses bodies which are too large or come too slowly.

    One that announces its size is refused before it is read, others once they exceed the limit.
    """

    def __init__(self, app: ASGIApp, seconds: float | None = None) -> None:
        """``seconds`` stands for both limits of time, for tests."""
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        upload = scope["path"] == UPLOAD_PATH
        limit = UPLOAD_BYTES if upload else BODY_BYTES
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and int(length) > limit:
            await error_response(too_large(limit))(scope, receive, send)
            return
        seconds = self._seconds or (UPLOAD_SECONDS if upload else BODY_SECONDS)
        await self._app(scope, _Body(receive, limit, seconds).receive, send)


class _Body:
    """The body of one request, with what it has left."""

    def __init__(self, receive: Receive, limit: int, seconds: float) -> None:
        self._receive = receive
        self._limit = limit
        self._size = 0
        self._end = time.monotonic() + seconds
        self._complete = False

    async def receive(self) -> Message:
        if self._complete:  # what follows is only that the client has gone
            return await self._receive()
        message: Message | None = None
        with anyio.move_on_after(max(0.0, self._end - time.monotonic())):
            message = await self._receive()
        if message is None:
            raise RefusedBody(TooSlow("The body of the request did not arrive in time."))
        self._size += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._size > self._limit:
            raise RefusedBody(too_large(self._limit))
        return message


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"The request is larger than {limit // MIB} MiB.", "Send it in smaller parts.")


class StrictRoute(APIRoute):
    """A route that takes bodies of the right type only, and JSON without traps.

    Names that occur twice and NaN are refused: parsers differ in what they make of them.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        fields = [field.field_info for field in self.dependant.body_params]
        takes_form = any(isinstance(field, Form) for field in fields)
        takes_json = bool(fields) and not takes_form

        async def strict(request: Request) -> Response:
            content_type = request.headers.get("content-type", "")
            if takes_form and not FORM_TYPE.match(content_type):
                raise WrongType("The body must be of type multipart/form-data.")
            if takes_json and not JSON_TYPE.match(content_type):
                raise WrongType("The body must be of type application/json.")
            return await handle(_StrictRequest(request.scope, request.receive))

        return strict


class _StrictRequest(Request):
    """Reads JSON strictly, and forms with few files and fields."""

    def form(self, **_limits: Any) -> Any:
        return super().form(max_files=UPLOAD_FILES, max_fields=FORM_FIELDS)

    async def json(self) -> Any:
        return strict_json(await self.body())


def strict_json(body: bytes) -> Any:
    """The value of a JSON text. Raises JSONDecodeError for all that is not strictly JSON."""
    try:
        return json.loads(body, object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except (RecursionError, UnicodeDecodeError) as error:
        raise json.JSONDecodeError("not to be read", "", 0) from error
    except json.JSONDecodeError:
        raise
    except ValueError as error:
        raise json.JSONDecodeError(str(error), "", 0) from error


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError("a name occurs twice")
    return names


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
