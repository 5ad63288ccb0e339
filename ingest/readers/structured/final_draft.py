"""Scripts of Final Draft (.fdx): paragraphs of characters and of what they say."""

from __future__ import annotations

import re
from xml.parsers import expat

from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "screenplay"

_START = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<FinalDraft\b")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_REMARK = re.compile(r"\s*\([^()]{1,40}\)")


def sniff(source: SourceFile) -> bool:
    return _START.match(source.text) is not None


def read(source: SourceFile) -> Reading:
    """Directions and actions are nobody's words. Raises UnreadableFile."""
    builder = TranscriptBuilder(FORMAT)
    collector = _Collector(builder)
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    collector.parser = parser
    declaration = _DECLARATION.match(source.text)
    kept = source.text[declaration.end() :] if declaration else source.text
    try:
        parser.Parse("\n" * source.text.count("\n", 0, len(source.text) - len(kept)) + kept, True)
    except expat.ExpatError as error:
        raise UnreadableFile(f"{source.name}: not usable XML: {error}") from error
    return builder.build()


class _Collector:
    def __init__(self, builder: TranscriptBuilder) -> None:
        self.parser: expat.XMLParserType
        self._builder = builder
        self._kind = ""
        self._line = 1
        self._text: list[str] = []
        self._in_text = False
        self._speaker: str | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "Paragraph":
            self._kind, self._text = given.get("Type", ""), []
            self._line = self.parser.CurrentLineNumber
        self._in_text = name == "Text"

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "Paragraph":
            self._write(" ".join("".join(self._text).split()))

    def data(self, data: str) -> None:
        if self._in_text:
            self._text.append(data)

    def _write(self, text: str) -> None:
        if self._kind == "Character":
            self._speaker = _REMARK.sub("", text).strip() or None
        elif self._kind == "Dialogue":
            self._builder.speech(text, speaker=self._speaker, line=self._line)
        elif self._kind == "Scene Heading":
            self._builder.heading(text, level=2, line=self._line)
        elif self._kind != "Parenthetical":
            self._builder.editorial(text, line=self._line)


def _refuse(*_: object) -> None:
    raise expat.ExpatError("a document type")
