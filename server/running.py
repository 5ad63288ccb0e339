"""A server process: its socket, its log, and its end.

SIGTERM and SIGINT end it in order: streams get a last event, the store is closed.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from kb.errors import InputError
from kb.settings import Settings
from server.app import create_app
from server.keys import KeyRing
from server.logs import set_up_logging
from server.protocol import PatientProtocol
from server.security import is_loopback
from server.service import Service

SHUTDOWN_SECONDS = 5
KEEP_ALIVE_SECONDS = 75  # well above Retry-After, or clients come back as the connection closes
INTERRUPTED = 130


class Server(uvicorn.Server):
    """Ends its streams before it shuts down, and remembers which signal asked for it."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self.signal = 0
        self._service = service

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.signal = self.signal or sig
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # else they are raised again after the shutdown

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.stop()
        await super().shutdown(sockets)


def run(settings: Settings, started: Callable[[str], None]) -> int:
    """Serves until a signal ends it, and gives the exit status; ``started`` gets the address.

    Raises InputError for an address that is taken or wrong, and for one that other machines can
    reach when there is no API key.
    """
    keys = KeyRing(settings.data_dir, settings.api_key)
    if not is_loopback(settings.host) and not keys.required:
        raise InputError(
            f"Without an API key the server listens on this machine only, not on {settings.host}.",
            "Make one with `kb keys add NAME`, or use --host 127.0.0.1.",
        )
    with listen(settings.host, settings.port) as listener:
        address, bound = listener.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        hidden = {
            str(settings.data_dir): "DATA_DIR",
            str(settings.models_dir): "MODELS_DIR",
            str(Path.home()): "HOME",
        }
        set_up_logging(settings.log_format, hidden)
        app = create_app(settings)
        config = uvicorn.Config(
            app,
            http=PatientProtocol,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        server = Server(config, app.state.service)
        started(f"http://{shown}:{bound}")
        server.run(sockets=[listener])
    return INTERRUPTED if server.signal == signal.SIGINT else 0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises InputError when the address is taken or wrong."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, UnicodeError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"Cannot listen on {host} port {port}: {reason}.", "Choose another --host or --port."
        ) from error
    return listener
