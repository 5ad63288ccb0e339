"""Connections to PostgreSQL, kept for the next use.

They are made by whoever needs one, never in the background: so a server that refuses is told of at
once, and one that is there again is used at once.
"""

from __future__ import annotations

import select
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kb.errors import InputError, StoreUnavailable

if TYPE_CHECKING:
    import psycopg

MOST = 8
WAIT_SECONDS = 4.0  # for one of them to become free
KEPT_SECONDS = 600.0  # so that a server that came back is used again in the end
BOUNDS: dict[str, Any] = {
    "connect_timeout": 2,
    # A server whose machine is gone answers nothing: these end the waiting for it.
    "tcp_user_timeout": 4_000,  # milliseconds
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}
"""Of each connection, in seconds, where the address does not say otherwise."""


class Connections:
    """Of one address; at most ``MOST`` at once, each for one thread at a time.

    ``configure`` gets each new one. Raises InputError when psycopg is not installed.
    """

    def __init__(self, address: str, configure: Callable[[psycopg.Connection[Any]], None]) -> None:
        self._address = bounded(address)
        self._configure = configure
        self._places = threading.BoundedSemaphore(MOST)
        self._idle: deque[tuple[psycopg.Connection[Any], float]] = deque()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[psycopg.Connection[Any]]:
        """What is not committed at the end is rolled back.

        Raises StoreUnavailable when all are in use for long, and what psycopg raises.
        """
        if not self._places.acquire(timeout=WAIT_SECONDS):
            raise StoreUnavailable(
                f"All {MOST} connections to the store are in use.", "Try again in a few seconds."
            )
        try:
            connection, since = self._kept() or (self._connect(), time.monotonic())
            try:
                yield connection
            finally:
                self._take_back(connection, since)
        finally:
            self._places.release()

    def close(self) -> None:
        """Those that are in use are closed when they come back."""
        self._closed = True
        while self._idle:
            self._idle.popleft()[0].close()

    def _kept(self) -> tuple[psycopg.Connection[Any], float] | None:
        while True:
            try:
                connection, since = self._idle.popleft()
            except IndexError:
                return None
            if time.monotonic() < since + KEPT_SECONDS and not was_ended(connection):
                return connection, since
            connection.close()

    def _connect(self) -> psycopg.Connection[Any]:
        import psycopg

        connection = psycopg.connect(self._address)
        try:
            self._configure(connection)
        except BaseException:  # also when interrupted: nobody else would close it
            connection.close()
            raise
        return connection

    def _take_back(self, connection: psycopg.Connection[Any], since: float) -> None:
        import psycopg

        try:
            connection.rollback()
        except psycopg.Error:  # it is broken, which whoever used it was told
            connection.close()
        if self._closed:
            connection.close()
        if not connection.closed:
            self._idle.append((connection, since))


def was_ended(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server ended it, or is gone: nothing else is sent to one that is not used."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def bounded(address: str) -> str:
    """The address with all that it does not say about how long to wait. Raises InputError."""
    conninfo = _conninfo()
    with _address_errors():
        return str(conninfo.make_conninfo(**(BOUNDS | conninfo.conninfo_to_dict(address))))


def writable(address: str) -> str:
    """The same address for whoever must find the server that takes changes. Raises InputError."""
    conninfo = _conninfo()
    with _address_errors():
        return str(conninfo.make_conninfo(address, target_session_attrs="read-write"))


@contextmanager
def _address_errors() -> Iterator[None]:
    import psycopg

    try:
        yield
    except psycopg.ProgrammingError as error:
        raise InputError(
            f"KB_STORE is no address of PostgreSQL: {str(error).strip()}.",
            "Write postgresql://user@host:5432/database.",
        ) from error


def _conninfo() -> Any:
    try:
        from psycopg import conninfo
    except ImportError as error:
        raise InputError(
            "A store in PostgreSQL needs psycopg, which is not installed.",
            "Install it with: pip install 'alignment-kb[postgresql]'.",
        ) from error
    return conninfo
