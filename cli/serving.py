"""Running the servers: HTTP, and MCP over standard input and output."""

from __future__ import annotations

import os
import signal
from typing import NoReturn

import typer

from kb.settings import Settings

INTERRUPTED = 130


def run_server(settings: Settings) -> int:
    """Serves until a signal ends it, and gives the exit status. Raises InputError."""
    from server.running import run

    return run(settings, lambda address: typer.echo(f"Serving on {address}", err=True))


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
