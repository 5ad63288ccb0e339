"""XML whose elements say who speaks: TEI (``<u who>``, ``<sp>``), parliaments (``<speech>``),
Akoma Ntoso, Transcriber (``<Turn speaker>``) and others of their kind.

Lists of people within the file tell whom an identifier means.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.dates import written_date
from ingest.readers.element_parser import ElementParser, without
from ingest.readers.timestamps import MILLISECONDS, seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "XML transcript"

_SNIFFED = 200_000  # characters
_START = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z])")
_PAGE = re.compile(
    r"\s*(?:<[?!][^<>]*>\s*)*<(?:html|tt|timedtext|rss|feed|opml|svg)\b", re.IGNORECASE
)
_OF_CAPTIONS = re.compile(r"\s*(?:<[?!][^<>]*>\s*)*<(?:\w+:)?transcript\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]*>")  # without entities of its own
_SPEAKING = (
    "who", "speaker", "speakername", "by", "speakerid", "speaker_id", "speaker-name", "nameid",
    "name", "person", "participant", "from", "author",
)  # fmt: skip
_TURNS = frozenset(
    "u sp speech turn utterance question answer interjection segment line sentence contribution "
    "intervention message post speakerturn entry paragraph".split()
)
_TURN = re.compile(
    rf"<(?:\w+:)?(?P<tag>{'|'.join(sorted(_TURNS))})\s[^<>]{{0,300}}?\b"
    rf"(?P<key>{'|'.join(_SPEAKING)})\s?=\s?[\"'](?P<who>[^\"'<>]{{1,100}})[\"']",
    re.IGNORECASE,
)
_BARE_TURN = re.compile(
    r"<(?:\w+:)?(?:sp|speech|contribution|turn)\b[^<>]{0,300}>\s*<(?:\w+:)?(?:speaker|from|name|member)\b",
    re.IGNORECASE,
)
_PEOPLE = frozenset("person participant speaker tlcperson member agent role castitem".split())
_NAMES = frozenset("persname name forename surname fullname displayname showas".split())
_LABELS = frozenset("speaker from member membername who".split())  # within a turn
_UNSPOKEN = frozenset(
    "incident vocal kinesic desc note stage event comment narrative time timestamp num "
    "recordedtime background start begin starttime timecode end stop endtime".split()
)
_HEADINGS = re.compile(r"(?:major-|minor-|oral-)?head(?:ing)?|title|topic")
_PARAGRAPHS = frozenset("p seg s ab l".split())
_STARTS = ("start", "starttime", "begin", "from_time", "time", "start_time", "startms")
_ENDS = ("end", "endtime", "stop", "end_time", "endms")
_CLOCKS = frozenset("time timestamp start begin starttime timecode".split())
_FEWEST = 2


@dataclass(slots=True)
class _Turn:
    """What somebody says; ``pieces`` are texts with their lines, None begins a paragraph."""

    who: str | None
    start: float | None
    end: float | None
    depth: int
    label: str = ""
    pieces: list[tuple[int, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    line: int


def sniff(source: SourceFile) -> bool:
    """Several elements that name who speaks."""
    text = source.text[:_SNIFFED]
    if not _START.match(text) or _PAGE.match(text):
        return False
    if _BARE_TURN.search(text):
        return len(_BARE_TURN.findall(text)) >= _FEWEST
    if _OF_CAPTIONS.match(text):
        return False
    named = Counter(found["who"] for found in _TURN.finditer(text))
    return sum(named.values()) >= _FEWEST


def read(source: SourceFile) -> Reading:
    """Turns in the order of the file; what stands between them is left out. Raises
    UnreadableFile.
    """
    parser = _Parser()
    try:
        parser.parse(source.text)
    except expat.ExpatError as error:
        raise UnreadableFile(f"{source.name}: not usable XML: {error}") from error
    title = " ".join("".join(parser.title).split()) or None
    builder = TranscriptBuilder(FORMAT, title=title, date=parser.date)
    said: list[Cue] = []
    for part in parser.parts:
        if isinstance(part, _Heading):
            add_cues(builder, said)
            said = []
            if part.text != title:
                builder.heading(part.text, level=2, line=part.line)
        else:
            said += _cues(part, parser.names)
    add_cues(builder, said)
    return builder.build()


def _cues(turn: _Turn, names: dict[str, str]) -> list[Cue]:
    key = (turn.who or "").strip().split(" ")[0].removeprefix("#")
    printed = " ".join(turn.label.split()).rstrip(":").strip()
    speaker = names.get(key) or names.get(turn.who or "") or printed or turn.who or None
    if speaker and speaker == turn.who:
        speaker = speaker.removeprefix("#")
    cues: list[Cue] = []
    text, line = "", 0
    for number, piece in [*turn.pieces, (0, None)]:
        if piece is None:
            if text.strip():
                start = turn.start if not cues else None
                new = not cues
                cues.append(Cue(text, line, start, turn.end, speaker, new_turn=new))
            text = ""
        elif text or piece.strip():
            line = line if text else number
            text += piece
    return cues


class _Parser(ElementParser):
    """Collects turns, headings and people as the standard library's parser meets them."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.date: str | None = None
        self.names: dict[str, str] = {}
        self.parts: list[_Turn | _Heading] = []
        self._turns: list[_Turn] = []  # that are open
        self._person = ""
        self._person_names: list[str] = []
        self._heading: list[str] = []
        self._heading_line = 0

    def parse(self, text: str) -> None:
        super().parse(without(_DOCTYPE, text))

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        self._enter(name)
        given = {_local(key): value for key, value in attributes.items()}
        if name in _PEOPLE and not self._turns and ("id" in given or "eid" in given):
            self._start_person(given)
        elif name == "date" and self.date is None and not self._turns:
            self.date = written_date(given.get("when", "")[:10])
        elif _HEADINGS.fullmatch(name) and not self._turns:
            self._heading, self._heading_line = [], self._parser.CurrentLineNumber
        elif name in _TURNS:
            self._start_turn(name, given)
        elif self._turns and name in _PARAGRAPHS:
            self._append(None)
        elif self._turns and name == "sync" and self._turns[-1].start is None:
            self._turns[-1].start = seconds(given.get("time"))

    def _start_person(self, given: dict[str, str]) -> None:
        self._person = given.get("id") or given.get("eid", "")
        known = given.get("name") or given.get("showas") or given.get("fullname")
        self._person_names = []
        if known:
            self.names[self._person] = " ".join(known.split())

    def _start_turn(self, name: str, given: dict[str, str]) -> None:
        who = next((given[key] for key in _SPEAKING if given.get(key, "").strip()), None)
        if who is None and (
            self._turns or name not in {"u", "sp", "speech", "contribution", "turn"}
        ):
            return
        turn = _Turn(who, _time(given, _STARTS), _time(given, _ENDS), len(self._open))
        self._turns.append(turn)
        self.parts.append(turn)

    def _end(self, qualified: str) -> None:
        name = _local(qualified)
        if self._turns and self._turns[-1].depth == len(self._open):
            self._turns.pop()
        elif self._turns and name in _PARAGRAPHS:
            self._append(None)
        elif name in _PEOPLE and self._person and not self._turns:
            known = " ".join(" ".join(self._person_names).split())
            if known:
                self.names.setdefault(self._person, known)
            self._person = ""
        elif _HEADINGS.fullmatch(name) and not self._turns and self._is_in_text():
            text = " ".join("".join(self._heading).split())
            if text:
                self.parts.append(_Heading(text, self._heading_line))
        self._open.pop()

    def _is_in_text(self) -> bool:
        return not {"teiheader", "head", "header", "meta"} & {*self._open[:-1]}

    def _data(self, data: str) -> None:
        within = self._open[-1] if self._open else ""
        if self._turns:
            if within in _LABELS:
                self._turns[-1].label += data
            elif within in _CLOCKS and self._turns[-1].start is None:
                self._turns[-1].start = seconds(data)
            elif not _UNSPOKEN & {*self._open[self._turns[-1].depth :]}:
                self._append(data)
        elif self._person and (within in _NAMES or within in _PEOPLE):
            self._person_names.append(data)
        elif within == "title" and not self.parts:
            self.title.append(data)
            self._heading.append(data)
        elif _HEADINGS.fullmatch(within):
            self._heading.append(data)

    def _append(self, data: str | None) -> None:
        self._turns[-1].pieces.append((self._parser.CurrentLineNumber, data))


def _time(given: dict[str, str], keys: tuple[str, ...]) -> float | None:
    key = next((key for key in keys if key in given), None)
    if key is None:
        return None
    return seconds(given[key], MILLISECONDS if key.endswith("ms") else 1)


def _local(name: str) -> str:
    return name.rpartition(":")[2].casefold()
