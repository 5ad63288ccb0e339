"""Who may call the server: its names, pages of other sites, keys; and what browsers may do.

A page on the web can let its own name point to 127.0.0.1 (DNS rebinding); such requests bear that
name as their Host. It can also send requests here from its visitors' browsers; these say so in
Origin and Sec-Fetch-Site. Both are refused on every route, before anything else is looked at.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.errors import KnowledgeBaseError
from server.errors import Forbidden, Unauthorized, WrongHost, error_response
from server.keys import KeyRing

OPEN_PATHS = ("/", "/search", "/claims", "/documents", "/health/live", "/health/ready")
OPEN_PREFIX = "/static/"

RESPONSE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Middleware that tells browsers, in every response, what they may not do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in RESPONSE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


class Gate:
    """Middleware that refuses requests under foreign names, and those of other sites' pages.

    ``hosts`` are names besides the loopback ones, ``origins`` those whose pages may call. With
    ``any_address`` every IP address is a good name: no web page can be served under it but ours.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str] = (),
        origins: Collection[str] = (),
        any_address: bool = False,
    ) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._origins = frozenset(origins)
        self._any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            try:
                self.check_host(headers.get("host", ""))
                self.check_origin(headers, scope["method"])
            except KnowledgeBaseError as error:
                await error_response(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def check_host(self, host: str) -> None:
        """Raises WrongHost unless the server answers to this name; any port is good."""
        name = _host_name(host)
        if name in self._hosts or name == "localhost":
            return
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            raise WrongHost("The Host header names another server.") from None
        if not (address.is_loopback or self._any_address):
            raise WrongHost("The Host header names another server.")

    def check_origin(self, headers: Headers, method: str) -> None:
        """Raises Forbidden when a page of another site sent the request.

        Following a link from there is fine: it opens a page of ours and tells the other nothing.
        """
        origin = headers.get("origin")
        if origin is not None:
            if not self._is_ours(origin, headers.get("host", "")):
                raise Forbidden("This request comes from a page of another site.")
            return
        followed = (
            method in {"GET", "HEAD"}
            and headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest") == "document"
        )
        site = headers.get("sec-fetch-site", "none")
        if site not in {"none", "same-origin"} and not followed:
            raise Forbidden("This request comes from a page of another site.")

    def _is_ours(self, origin: str, host: str) -> bool:
        netloc = urlsplit(origin).netloc
        behind_proxy = _host_name(netloc) in self._hosts  # which may pass another Host on
        return origin in self._origins or netloc == host or behind_proxy


class KeyCheck:
    """Middleware that asks for a key, except for the empty page, its files, and health."""

    def __init__(self, app: ASGIApp, keys: KeyRing) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_open(scope["path"]) and self._keys.required:
            try:
                check_key(Headers(scope=scope).get("authorization", ""), self._keys)
            except Unauthorized as error:
                await error_response(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def check_key(authorization: str, keys: KeyRing) -> None:
    """Raises Unauthorized unless the header carries a key: as a bearer token, or, so that a
    browser can ask for it, as the password of basic authentication.
    """
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "basic":
        credentials = _password(credentials)
    elif scheme.lower() != "bearer":
        raise Unauthorized("This server asks for an API key.")
    if not keys.accepts(credentials.strip()):
        raise Unauthorized("The API key is wrong.")


def is_open(path: str) -> bool:
    """Whether a path needs no key: nothing there tells of the transcripts."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_name(host: str) -> str:
    """A Host header or the like without its port, in lower case; empty when it is malformed."""
    try:
        parts = urlsplit(f"//{host}")
        well_formed = parts.netloc == host and parts.username is None and "/" not in host
        return (parts.hostname or "") if well_formed and _port_is_valid(parts.port) else ""
    except ValueError:
        return ""


def _port_is_valid(port: int | None) -> bool:
    return port is None or 0 < port < 65_536


def _password(credentials: str) -> str:
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return decoded.partition(":")[2]
