"""Scripts of Final Draft (.fdx): paragraphs of characters and of what they say."""

from __future__ import annotations

import re
from xml.parsers import expat

from ingest.readers.element_parser import ElementParser
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "screenplay"

_START = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<FinalDraft\b")
_REMARK = re.compile(r"\s*\([^()]{1,40}\)")


def sniff(source: SourceFile) -> bool:
    return _START.match(source.text) is not None


def read(source: SourceFile) -> Reading:
    """Directions and actions are nobody's words. Raises UnreadableFile."""
    parser = _ScriptParser()
    try:
        parser.parse(source.text)
    except expat.ExpatError as error:
        raise UnreadableFile(f"{source.name}: not usable XML: {error}") from error
    return parser.builder.build()


class _ScriptParser(ElementParser):
    """Writes the paragraphs of a script as they end."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = TranscriptBuilder(FORMAT)
        self._kind = ""
        self._line = 1
        self._text: list[str] = []
        self._in_text = False
        self._speaker: str | None = None

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        self._enter(qualified)
        if qualified == "Paragraph":
            self._kind, self._text = attributes.get("Type", ""), []
            self._line = self._parser.CurrentLineNumber
        self._in_text = qualified == "Text"

    def _end(self, qualified: str) -> None:
        self._open.pop()
        self._in_text = False
        if qualified == "Paragraph":
            self._write(" ".join("".join(self._text).split()))

    def _data(self, data: str) -> None:
        if self._in_text:
            self._text.append(data)

    def _write(self, text: str) -> None:
        if self._kind == "Character":
            self._speaker = _REMARK.sub("", text).strip() or None
        elif self._kind == "Dialogue":
            self.builder.speech(text, speaker=self._speaker, line=self._line)
        elif self._kind == "Scene Heading":
            self.builder.heading(text, level=2, line=self._line)
        elif self._kind != "Parenthetical":
            self.builder.editorial(text, line=self._line)
