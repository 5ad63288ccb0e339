"""Annotations in tiers, one for each speaker: ELAN (.eaf), Praat (.TextGrid), EXMARaLDA (.exb)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.dates import written_date
from ingest.readers.element_parser import ElementParser
from ingest.readers.timestamps import MILLISECONDS, seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "annotation in tiers"

_ELAN = re.compile(r"\s*(?:<\?xml[^<>]*>\s*)?<ANNOTATION_DOCUMENT\b")
_EXMARALDA = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<basic-transcription\b"
)
_PRAAT = re.compile(r'\s*File type = "ooTextFile"\s+Object class = "TextGrid"')
_FIELD = re.compile(r"(?P<key>name|class|xmin|xmax|text|mark|number|time) = (?P<value>.*)")
_ITEM = re.compile(r"(?:item|intervals|points) \[\d{0,9}\]:?")
_SOUND = re.compile(r"[\[(<{*].{0,80}[\])>}*]|<?(?:p|sil|sp|xxx|#)>?", re.IGNORECASE)
_SPOKEN_KINDS = frozenset({"t", ""})  # of EXMARaLDA's tiers: transcription


@dataclass(frozen=True, slots=True)
class _Interval:
    tier: str
    start: float | None
    end: float | None
    text: str
    line: int


def sniff(source: SourceFile) -> bool:
    return any(start.match(source.text) for start in (_ELAN, _EXMARALDA, _PRAAT))


def read(source: SourceFile) -> Reading:
    """All tiers together, in the order of their times. Raises UnreadableFile."""
    builder = TranscriptBuilder(FORMAT)
    if _PRAAT.match(source.text):
        intervals = list(_of_praat(source.text))
    else:
        parser = _TierParser()
        try:
            parser.parse(source.text)
        except expat.ExpatError as error:
            raise UnreadableFile(f"{source.name}: not usable XML: {error}") from error
        intervals = list(parser.intervals())
        builder.date = parser.date
    said = [one for one in intervals if one.text.strip() and not _SOUND.fullmatch(one.text.strip())]
    said.sort(key=lambda one: one.start or 0.0)
    add_cues(builder, (Cue(i.text, i.line, i.start, i.end, i.tier or None) for i in said))
    return builder.build()


def _of_praat(text: str) -> Iterator[_Interval]:
    """The long form of a TextGrid; a mark of quotation within a text is doubled."""
    tier, start, end = "", None, None
    pending: list[str] = []
    begun = 0
    for number, printed in enumerate(text.split("\n"), start=1):
        if pending:
            pending.append(printed.strip())
        else:
            line = printed.strip()
            if _ITEM.fullmatch(line):
                start = end = None
            found = _FIELD.fullmatch(line)
            if found is None:
                continue
            key, value = found["key"], found["value"].strip()
            if key == "name":
                tier = _unquoted(value)
            elif key in {"xmin", "number", "time"}:
                start = seconds(value)
            elif key == "xmax":
                end = seconds(value)
            elif key in {"text", "mark"}:
                pending, begun = [value], number
        if pending and _is_closed(" ".join(pending)):
            yield _Interval(tier, start, end, _unquoted(" ".join(pending)), begun)
            pending = []


def _is_closed(value: str) -> bool:
    return value.count('"') % 2 == 0


def _unquoted(value: str) -> str:
    inner = value.strip()
    inner = inner[1:-1] if len(inner) > 1 and inner[0] + inner[-1] == '""' else inner
    return inner.replace('""', '"')


class _TierParser(ElementParser):
    """Collects tiers of ELAN and EXMARaLDA as the standard library's parser meets them."""

    def __init__(self) -> None:
        super().__init__()
        self.date: str | None = None
        self._times: dict[str, float | None] = {}
        self._names: dict[str, str] = {}
        self._found: list[tuple[str, str, str, str, int]] = []
        self._tier = ""
        self._is_spoken = True
        self._span = ("", "")
        self._speaker = ""
        self._text: list[str] = []
        self._line = 0
        self._in_text = False

    def intervals(self) -> Iterator[_Interval]:
        for tier, first, last, text, line in self._found:
            name = self._names.get(tier) or tier
            yield _Interval(name, self._times.get(first), self._times.get(last), text, line)

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._enter(name)
        if name == "ANNOTATION_DOCUMENT":
            self.date = written_date(given.get("DATE", "")[:10])
        elif name == "TIME_SLOT":
            value = seconds(given.get("TIME_VALUE"), MILLISECONDS)
            self._times[given.get("TIME_SLOT_ID", "")] = value
        elif name == "tli":
            self._times[given.get("id", "")] = seconds(given.get("time"))
        elif name == "speaker":
            self._speaker = given.get("id", "")
        elif name == "TIER":
            self._tier = (given.get("PARTICIPANT") or given.get("TIER_ID", "")).strip()
            self._is_spoken = "PARENT_REF" not in given  # others are notes on another tier
        elif name == "tier":
            self._tier = given.get("speaker", "").strip()
            self._is_spoken = given.get("type", "") in _SPOKEN_KINDS
        elif name == "ALIGNABLE_ANNOTATION":
            self._span = (given.get("TIME_SLOT_REF1", ""), given.get("TIME_SLOT_REF2", ""))
        elif name == "event" and self._tier:
            self._span = (given.get("start", ""), given.get("end", ""))
            self._begin_text()
        elif name in {"ANNOTATION_VALUE", "abbreviation"}:
            self._begin_text()

    def _begin_text(self) -> None:
        self._text, self._in_text = [], True
        self._line = self._parser.CurrentLineNumber

    def _end(self, name: str) -> None:
        self._open.pop()
        text = "".join(self._text)
        if name == "abbreviation" and self._speaker and text.strip():
            self._names[self._speaker] = text.strip()
        elif name in {"ANNOTATION_VALUE", "event"} and self._in_text and self._is_spoken:
            self._found.append((self._tier, *self._span, text, self._line))
        if name in {"abbreviation", "ANNOTATION_VALUE", "event"}:
            self._in_text = False

    def _data(self, data: str) -> None:
        if self._in_text:
            self._text.append(data)
