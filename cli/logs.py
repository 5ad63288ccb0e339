"""What libraries and readers report while a command runs: one line each on standard error."""

from __future__ import annotations

import logging

from kb.text.plain_text import safe_line


class _Lines(logging.Formatter):
    """Level and message; no traceback, and nothing that a name of a file could do."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{record.levelname.capitalize()}: {safe_line(record.getMessage())}"


def set_up_logging() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
