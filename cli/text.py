"""Text for terminals: control characters out, lines wrapped while they come."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.console import Console

from kb.text.plain_text import CONTROLS, clock, safe, safe_line

__all__ = ["CONTROLS", "WordStream", "clock", "safe", "safe_line"]


class WordStream:
    """Prints pieces of text as they come and breaks lines between words."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._waiting = ""
        self._column = 0

    def write(self, piece: str) -> None:
        """Prints all words that are complete."""
        *words, self._waiting = re.split(r"(?<=\s)", self._waiting + safe(piece))
        for word in words:
            self._print(word)

    def close(self) -> None:
        """Prints the last word and ends the line."""
        self._print(self._waiting)
        self._waiting = ""
        if self._column:
            self._print("\n")

    def _print(self, word: str) -> None:
        if self._column and self._column + cell_len(word.rstrip()) > self._console.width:
            self._console.file.write("\n")
            self._column = 0
        self._console.file.write(word)
        self._console.file.flush()
        self._column = 0 if word.endswith("\n") else self._column + cell_len(word)
