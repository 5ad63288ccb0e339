"""The log of the server on standard error: lines of JSON, or text for people, each in one line.

An exception is told by its type and where it arose, never by its message: messages quote the
values that they are about, which may be a question, a transcript or a path.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from kb.text.plain_text import safe_line

LogFormat = Literal["auto", "text", "json"]
DEEPEST = 12  # frames of an exception, the innermost

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that the current code works for; worker threads inherit it."""


def set_up_logging(log_format: LogFormat, hidden: Mapping[str, str]) -> None:
    """Sends all logs to standard error; ``auto`` is text on a terminal and JSON elsewhere.

    ``hidden`` are paths of this machine, each with what is written in its place.
    """
    as_text = log_format == "text" or (log_format == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(TextLines(hidden) if as_text else JsonLines(hidden))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("server").setLevel(logging.INFO)


class Lines(logging.Formatter):
    """A formatter that hides paths of this machine."""

    def __init__(self, hidden: Mapping[str, str]) -> None:
        super().__init__()
        self._hidden = sorted(hidden.items(), key=lambda pair: -len(pair[0]))

    def message(self, record: logging.LogRecord) -> str:
        told = record.getMessage()
        for path, name in self._hidden:
            told = told.replace(path, name)
        return told


class JsonLines(Lines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request_id": REQUEST_ID.get(),
            "message": self.message(record),
            **getattr(record, "fields", {}),
            **_failure(record),
        }
        return json.dumps({name: value for name, value in entry.items() if value is not None})


class TextLines(Lines):
    """Time, level, request, message."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [_time(record).strftime("%H:%M:%S"), record.levelname.lower()]
        if request_id := REQUEST_ID.get():
            parts.append(f"[{request_id}]")
        line = " ".join([*parts, safe_line(self.message(record))])
        return "\n".join([line, *(f"  {entry}" for entry in _failure(record).get("trace", []))])


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _failure(record: logging.LogRecord) -> dict[str, Any]:
    """The exception of a record: its type, and the places it passed, innermost last."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    return {"error": type(error).__name__, "trace": list(_places(error))}


def _places(error: BaseException) -> list[str]:
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    lines: list[str] = []
    for cause in reversed(causes):
        frames = traceback.extract_tb(cause.__traceback__)[-DEEPEST:]
        lines += [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
        lines.append(type(cause).__name__)
        if isinstance(cause, BaseExceptionGroup):
            lines += [line for inner in cause.exceptions for line in _places(inner)]
    return lines
