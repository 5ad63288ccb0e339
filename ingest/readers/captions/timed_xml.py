"""Captions in XML: TTML and DFXP (https://www.w3.org/TR/ttml2/), and YouTube's timed text.

``<transcript>`` is also the root of plain transcripts, whose turns name their speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from ingest.readers.captions.caption_labels import named_amid, speech_cues
from ingest.readers.captions.cues import Caption, Cue, add_cues
from ingest.readers.element_parser import ElementParser
from ingest.readers.lines import without_comments
from ingest.readers.timestamps import seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "TTML"
TIMED_TEXT = "YouTube timed text"
NAMED_TURNS = "XML transcript"

_SNIFFED = 5_000  # characters
_ROOT = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?<(?:!DOCTYPE\s+|\w+:)?(?:tt|transcript|timedtext)[\s>]"
)
_MILLISECONDS = 1000.0  # in a second
_TICKS = re.compile(r"(\d+)t")
_FRAMES = re.compile(r"(\d+:\d+:\d+):\d+(?:\.\d+)?")
_TURNS = frozenset("text turn utterance segment line sentence".split())  # of <transcript>
_SPEAKING = ("agent", "speaker", "who")  # attributes
_UNSPOKEN = frozenset("speaker time timestamp note".split())  # within turns of <transcript>


@dataclass(slots=True)
class _Paragraph:
    """A caption while it is collected; ``agent`` is the id or name of who speaks.

    ``pieces`` are texts with their lines in the file; None stands for ``<br/>``.
    """

    start: float | None
    end: float | None
    agent: str | None
    pieces: list[tuple[int, str | None]]
    has_text: bool = False


def sniff(source: SourceFile) -> bool:
    return bool(_ROOT.match(without_comments(source.text[:_SNIFFED])))


def read(source: SourceFile) -> Reading:
    """Captions of agents, else of whoever a label names. Raises UnreadableFile."""
    parser = _CaptionParser()
    try:
        parser.parse(source.text)
    except expat.ExpatError as error:
        raise UnreadableFile(f"{source.name}: not usable XML: {error}") from error
    named = any(paragraph.agent for paragraph in parser.paragraphs)
    other = NAMED_TURNS if named else TIMED_TEXT
    builder = TranscriptBuilder(
        FORMAT if parser.root == "tt" else other,
        title=" ".join("".join(parser.title).split()) or None,
    )
    if named:
        add_cues(builder, named_amid(list(_agent_cues(parser.paragraphs, parser.names))))
    else:
        add_cues(builder, speech_cues([_caption(p) for p in parser.paragraphs]))
    return builder.build()


class _CaptionParser(ElementParser):
    """Collects ``<p>`` (of YouTube also ``<text>``) as the standard library's parser meets them.

    A document type is refused: with it come entities, a few of which can stand for more than fits
    in memory.
    """

    def __init__(self) -> None:
        super().__init__()
        self.root = ""
        self.title: list[str] = []
        self.names: dict[str, str] = {}
        self.paragraphs: list[_Paragraph] = []
        self._agent = ""
        self._inherited: list[str | None] = []
        self._ticks = 1.0

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        given = {_local(key): value for key, value in attributes.items()}
        self.root = self.root or name
        inherited = self._inherited[-1] if self._inherited else None
        self._enter(name)
        self._inherited.append(self._speaking(given) or inherited)
        if name == "tt":
            self._ticks = seconds(given.get("tickRate")) or 1.0
        elif name == "agent" or (name == "speaker" and "id" in given):
            self._agent = given.get("id", "")
        elif name == "p" or (name in _TURNS and self.root == "transcript"):
            start, end = self._times(given)
            self.paragraphs.append(_Paragraph(start, end, self._inherited[-1], []))
        elif name == "br" and self.paragraphs:
            self._append(None)
        elif name == "span" and self.paragraphs:
            self._start_span(given)

    def _end(self, _qualified: str) -> None:
        self._open.pop()
        self._inherited.pop()

    def _data(self, data: str) -> None:
        within = self._open[-1] if self._open else ""
        if within == "title":
            self.title.append(data)
        elif within == "name" and self._agent:
            self.names[self._agent] = " ".join(data.split())
        elif self._is_spoken():
            self._append(data)
            self.paragraphs[-1].has_text = self.paragraphs[-1].has_text or not data.isspace()

    def _speaking(self, given: dict[str, str]) -> str | None:
        """Outside TTML an element may name its speaker in other attributes than ``agent``."""
        keys = _SPEAKING[:1] if self.root == "tt" else _SPEAKING
        return next((given[key].removeprefix("#") for key in keys if given.get(key)), None)

    def _is_spoken(self) -> bool:
        within = set(self._open)
        aside = self.root == "transcript" and _UNSPOKEN & within
        return bool(self.paragraphs) and bool(({"p"} | _TURNS) & within) and not aside

    def _append(self, data: str | None) -> None:
        self.paragraphs[-1].pieces.append((self._parser.CurrentLineNumber, data))

    def _start_span(self, given: dict[str, str]) -> None:
        last = self.paragraphs[-1]
        if last.start is None and "begin" in given:
            last.start, last.end = self._times(given)
        agent = given.get("agent", last.agent)
        if agent != last.agent and not last.has_text:
            last.agent = agent
        elif agent != last.agent:
            self.paragraphs.append(_Paragraph(last.start, last.end, agent, []))

    def _times(self, given: dict[str, str]) -> tuple[float | None, float | None]:
        if "t" in given:
            start, length = (seconds(given.get(key), _MILLISECONDS) for key in ("t", "d"))
        elif "begin" in given:
            start, length = self._clock(given["begin"]), self._clock(given.get("dur"))
        else:
            start, length = seconds(given.get("start")), seconds(given.get("dur"))
        end = start + length if start is not None and length is not None else None
        return start, self._clock(given.get("end")) if "end" in given else end

    def _clock(self, value: str | None) -> float | None:
        """A time of TTML; frames are less than a second and left out."""
        text = (value or "").strip()
        ticks = _TICKS.fullmatch(text)
        if ticks:
            return seconds(ticks[1], self._ticks)
        if text.endswith("ms"):
            return seconds(text.removesuffix("ms"), _MILLISECONDS)
        frames = _FRAMES.fullmatch(text)
        return seconds(frames[1] if frames else text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _caption(paragraph: _Paragraph) -> Caption:
    start = paragraph.start or 0.0
    return Caption(tuple(_lines(paragraph)), start, max(start, paragraph.end or start))


def _lines(paragraph: _Paragraph) -> Iterator[tuple[int, str]]:
    """The text with the lines of the file that it begins on, cut where ``<br/>`` is."""
    pieces: list[str] = []
    number = 0
    for line, text in [*paragraph.pieces, (0, None)]:
        if text is None and pieces:
            yield number, " ".join("".join(pieces).split())
            pieces = []
        elif text is not None and (pieces or not text.isspace()):
            number = number if pieces else line
            pieces.append(text)


def _agent_cues(paragraphs: list[_Paragraph], names: dict[str, str]) -> Iterator[Cue]:
    for paragraph in paragraphs:
        speaker = names.get(paragraph.agent or "") or paragraph.agent
        for number, text in _lines(paragraph):
            yield Cue(text, number, paragraph.start, paragraph.end, speaker)
