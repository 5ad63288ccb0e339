"""How long work learns that nobody wants its result any more."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar


def _never() -> None:
    pass


ABANDONED: ContextVar[Callable[[], None]] = ContextVar("abandoned", default=_never)
"""Called now and then by work that takes long; raises when it should stop. Set by its caller."""
