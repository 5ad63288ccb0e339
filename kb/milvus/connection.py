"""Calls to a server that speaks the Milvus protocol (pymilvus and grpc, imported only here)."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from kb.errors import InputError, StoreError, StoreUnavailable

SCHEME_PREFIX = "milvus+"
PORT = 19530
CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0  # pymilvus tries again for as long while a server is away
AWAY_SECONDS = 1.0  # before a server that was away is tried again; so those who wait do not queue
WRITE_SECONDS = 60.0
CONNECT_FAILED = 2  # also the server's code for a service that is not available
NOT_LOADED = 101
REFUSED_HINT = "Check the user and the password in KB_INDEX."
FAILED_HINT = "Look into the log of the Milvus server; its state may need an operator."


class NotLoadedError(StoreError):
    """The server holds a collection on its disk, but nowhere in memory."""


def library() -> Any:
    """The module ``pymilvus``, imported on first use. Raises InputError where it is missing."""
    try:
        import pymilvus
    except ImportError as error:
        raise InputError(
            "An index on Milvus needs pymilvus, which is not installed.",
            "Install it with: pip install 'alignment-kb[milvus]'.",
        ) from error
    # It logs every error with a traceback before it raises it; what is raised is told once, here.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    return pymilvus


# Servers that do not expect it, Milvus Lite among them, hang up on who pings and asks nothing.
CHANNEL = {"grpc.keepalive_permit_without_calls": False}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens, and who asks. ``uri`` holds no secret."""

    uri: str
    token: str = field(default="", repr=False)
    database: str = ""

    @classmethod
    def parse(cls, url: str) -> Address:
        """``milvus+http://user:password@host:port/database``; all but the host may be missing."""
        parts = urlsplit(url.removeprefix(SCHEME_PREFIX))
        credentials, _, host = parts.netloc.rpartition("@")
        host = host if parts.port else f"{host}:{PORT}"
        return cls(f"{parts.scheme}://{host}", unquote(credentials), parts.path.strip("/"))


class Connection:
    """A connection that any number of threads may use; made at the first call."""

    def __init__(self, url: str) -> None:
        self._address = Address.parse(url)
        self._lock = threading.Lock()
        self._client: Any = None
        self._away_until = 0.0

    def call(self, method: str, *arguments: Any, seconds: float = READ_SECONDS, **more: Any) -> Any:
        """What a method of ``pymilvus.MilvusClient`` returns.

        Raises StoreUnavailable when the server does not answer in time, StoreError when it refuses.
        """
        milvus = library()
        import grpc

        client: Any = None
        try:
            client = self._connected()
            return getattr(client, method)(*arguments, timeout=seconds, **more)
        except (grpc.RpcError, milvus.MilvusException) as error:
            if client is not self._client:  # another thread found the server away, and closed it
                raise StoreUnavailable(f"{self._said} does not answer any more.") from error
            if isinstance(error, grpc.RpcError):
                raise self._failed(error.code(), error.details(), retriable=False) from error
            raise self._failed(error.code, error.message, error.retriable) from error

    def close(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _connected(self) -> Any:
        with self._lock:
            if time.monotonic() < self._away_until:
                raise StoreUnavailable(f"{self._said} did not answer a moment ago.")
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> Any:
        try:
            return library().MilvusClient(
                self._address.uri,
                token=self._address.token,
                db_name=self._address.database,
                timeout=CONNECT_SECONDS,
                grpc_options=CHANNEL,
                dedicated=True,  # else `close` would leave a connection of the whole process
            )
        except BaseException:  # also when interrupted: those who wait here must not try one by one
            self._away_until = time.monotonic() + AWAY_SECONDS
            raise

    @property
    def _said(self) -> str:
        return f"The index server {self._address.uri}"

    def _failed(self, code: Any, reason: str, retriable: bool) -> StoreError:
        """The error of this project for one of the library's."""
        from grpc import StatusCode

        said, reason = self._said, _first_line(reason)
        if code in {StatusCode.UNAVAILABLE, CONNECT_FAILED}:
            self.close()  # pymilvus does not recover a connection that it failed to renew
            return StoreUnavailable(f"{said} does not answer: {reason}.")
        if retriable or code == StatusCode.DEADLINE_EXCEEDED:
            return StoreUnavailable(f"{said} does not answer: {reason}.")
        if code == NOT_LOADED:
            return NotLoadedError(f"{said} has not loaded the collection.")
        refused = code in {StatusCode.UNAUTHENTICATED, StatusCode.PERMISSION_DENIED}
        hint = REFUSED_HINT if refused else FAILED_HINT
        return StoreError(f"{said} refuses: {reason}.", hint)


def _first_line(reason: str) -> str:
    return (reason.splitlines() or ["no reason given"])[0].rstrip(". ")[:200]
