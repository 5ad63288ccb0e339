"""Running the servers: HTTP, and MCP over standard input and output."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from typing import NoReturn

import typer

from kb.errors import InputError
from kb.settings import Settings

SHUTDOWN_SECONDS = 5
INTERRUPTED = 130


def run_server(settings: Settings, host: str, port: int) -> None:
    """Serves until it is interrupted.

    Raises InputError for an address that is taken or wrong, and for one that other machines can
    reach when no API key is set.
    """
    import uvicorn

    from server.app import create_app

    if not is_loopback(host) and not settings.api_key:
        raise InputError(
            f"Without an API key the server listens on this machine only, not on {host}.",
            "Set KB_API_KEY, or use --host 127.0.0.1.",
        )
    with listen(host, port) as listener:
        address, bound = listener.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        typer.echo(f"Serving on http://{shown}:{bound}", err=True)
        config = uvicorn.Config(
            create_app(settings), log_level="warning", timeout_graceful_shutdown=SHUTDOWN_SECONDS
        )
        uvicorn.Server(config).run(sockets=[listener])


def run_mcp(settings: Settings) -> None:
    """Serves an assistant over standard input and output until the input ends."""
    import anyio

    from kb.knowledge_base import KnowledgeBase
    from server.mcp import serve_stdio

    signal.signal(signal.SIGINT, _leave)
    with KnowledgeBase(settings) as knowledge_base:
        anyio.run(serve_stdio, knowledge_base)


def _leave(*_: object) -> NoReturn:
    """Ends the process at once: the thread that waits for standard input cannot be woken."""
    os._exit(INTERRUPTED)


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


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
