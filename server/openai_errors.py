"""Errors under ``/v1`` as the OpenAI API has them: with ``message``, ``type``, ``param``, ``code``.

https://platform.openai.com/docs/guides/error-codes. They arise in many places (keys, limits,
validation, the calls themselves), each in the contract's shape; this turns them on their way out.
"""

from __future__ import annotations

import json

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.shapes import Json

PREFIX = "/v1/"
UNPROCESSABLE = 422
TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}


def api_error(shape: Json, status: int) -> Json:
    """The OpenAI shape of an error in the contract's shape."""
    error = shape["error"]
    kind = TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    message = f"{error['message']} {error['hint']}".strip()
    return {"error": {"message": message, "type": kind, "param": None, "code": error["code"]}}


class ApiErrors:
    """Middleware that rewrites error responses under ``/v1``; 422 is 400 there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and message["status"] >= 400:
                start = message
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                text = rewritten(body, start["status"])
                status = 400 if start["status"] == UNPROCESSABLE else start["status"]
                MutableHeaders(scope=start)["content-length"] = str(len(text))
                await send({**start, "status": status})
                await send({"type": "http.response.body", "body": text})

        await self._app(scope, receive, rewrite)


def rewritten(body: bytes, status: int) -> bytes:
    """A body in the OpenAI shape; one that is not in the contract's stays as it is."""
    try:
        return json.dumps(api_error(json.loads(body), status), ensure_ascii=False).encode()
    except (ValueError, KeyError, TypeError):
        return body
