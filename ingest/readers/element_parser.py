"""What readers of XML share: elements and text as the standard library's parser meets them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from xml.parsers import expat

DEEPEST = 200  # elements within each other

_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*\?>")


class ElementParser(ABC):
    """Subclasses take ``_start``, ``_end`` and ``_data``. A document type is refused: it could
    define entities that grow without bounds.
    """

    def __init__(self) -> None:
        self._open: list[str] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data

    def parse(self, text: str) -> None:
        """Lines count as in the text. Raises ExpatError, also for too many nested elements."""
        self._parser.Parse(without(_DECLARATION, text), True)

    def _enter(self, name: str) -> None:
        if len(self._open) >= DEEPEST:
            raise expat.ExpatError("elements nested too deeply")
        self._open.append(name)

    @abstractmethod
    def _start(self, qualified: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    @abstractmethod
    def _end(self, qualified: str, /) -> None:
        """An element ends."""

    @abstractmethod
    def _data(self, data: str, /) -> None:
        """Text, perhaps a part of it only."""


def without(pattern: re.Pattern[str], text: str) -> str:
    """A text without what a pattern finds near its beginning; its lines keep their numbers."""
    found = pattern.search(text[:5_000])
    if found is None:
        return text
    lines = "\n" * found.group().count("\n")
    return f"{text[: found.start()]}{lines}{text[found.end() :]}"


def _refuse(*_: object) -> None:
    raise expat.ExpatError("a document type")
