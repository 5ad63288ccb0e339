"""Who may call the server: the API key, requests from other sites' pages, response headers.

Without a key the server answers under loopback names only (`app.py`), which stops DNS rebinding.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.errors import KnowledgeBaseError, TooLarge
from server.errors import Forbidden, Unauthorized, error_response

MIB = 1024 * 1024
UPLOAD_PATH = "/api/documents"
UPLOAD_BYTES = 64 * MIB
BODY_BYTES = 2 * MIB

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = ("/", "/search", "/claims", "/documents", "/health/live", "/health/ready")
OPEN_PREFIX = "/static/"

RESPONSE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Gate:
    """Middleware that refuses what may not come in, and adds security headers to what goes out."""

    def __init__(self, app: ASGIApp, api_key: str | None) -> None:
        self._app = app
        self._api_key = api_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in RESPONSE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._check(scope)
        except KnowledgeBaseError as error:
            await error_response(error)(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS:
            check_origin(headers)
        if self._api_key is not None and not _is_open(scope["path"]):
            check_key(headers.get("authorization", ""), self._api_key)
        check_length(headers, scope["path"])


def check_origin(headers: Headers) -> None:
    """Raises Forbidden when a page of another site sent the request (CSRF)."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise Forbidden("This request comes from a page of another site.")


def check_key(authorization: str, api_key: str) -> None:
    """Raises Unauthorized unless the header carries the key: as a bearer token, or, so that a
    browser can ask for it, as the password of basic authentication.
    """
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "basic":
        credentials = _password(credentials)
    elif scheme.lower() != "bearer":
        raise Unauthorized("This server asks for an API key.")
    if not secrets.compare_digest(credentials.strip().encode(), api_key.encode()):
        raise Unauthorized("The API key is wrong.")


def check_length(headers: Headers, path: str) -> None:
    """Raises TooLarge for a body that announces more than the limit; bodies that announce
    nothing are counted while they are read (``max_body_size`` of the routes).
    """
    limit = UPLOAD_BYTES if path == UPLOAD_PATH else BODY_BYTES
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > limit:
        raise TooLarge(f"The request has {length} bytes; the limit is {limit}.")


def _password(credentials: str) -> str:
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return decoded.partition(":")[2]


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)
