"""What every reader produces, and the builder that keeps its offsets exact.

A reader walks over its format and tells the builder what it meets: headings, speech, editorial
text. The builder lays the canonical text down block by block, so every offset is right by
construction. Speaker labels and time stamps do not enter the text; they live on the turns.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.editors_notes import parts_with_notes
from kb.types import Anchor, Section, SectionKind, Speaker, Turn, TurnKind

PARAGRAPH = "\n\n"
LONGEST_NAME = 200  # characters of a speaker's name, which stands with every turn
LONGEST_HEADING = 300  # characters that name a section; the text has all of them
_AROUND_SPEECH = ("intro", "outline")


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""A file to be read: its name, its bytes, and its text with the byte order mark removed.

    ``text`` has its line ends normalised to ``\n``, so that line numbers are those of any editor.
    ``notes`` say what had to be assumed to decode it. ``document`` names the format of a document
    that has to be converted before it has a text ("PDF", "Word", ...).
    """

    name: str
    data: bytes
    text: str
    notes: tuple[str, ...] = ()
    document: str | None = None

    @property
    def sha256(self) -> str:
        """Of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read, before anybody worked out who its speakers are.

    ``turns[i].speaker`` is the label as printed, or None where the file names nobody.
    ``speakers`` are those that the file itself declares (front matter).
    """

    format: str
    text: str
    turns: tuple[Turn, ...]
    sections: tuple[Section, ...]
    anchors: tuple[Anchor, ...]
    title: str | None = None
    date: str | None = None
    link: str | None = None
    speakers: tuple[Speaker, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class TranscriptBuilder:
    """Collects blocks in reading order and computes offsets, turns, sections and anchors."""

    format: str
    title: str | None = None
    date: str | None = None
    link: str | None = None
    speakers: list[Speaker] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _turns: list[Turn] = field(default_factory=list)
    _sections: list[Section] = field(default_factory=list)
    _anchors: list[Anchor] = field(default_factory=list)
    _turn_open: bool = False

    def heading(
        self,
        title: str,
        *,
        level: int,
        line: int,
        kind: SectionKind = "section",
        seconds: float | None = None,
    ) -> None:
        """A heading of its own; level 1 is the outermost. It ends the running turn."""
        title = _squeeze(title)
        if not title:
            return
        start = self._append(title, PARAGRAPH, line, seconds)
        name = title[:LONGEST_HEADING]
        self._sections.append(Section(name, level, kind, start, self._length, line))
        self._turn_open = False

    def section(self, title: str, *, level: int, line: int, kind: SectionKind) -> None:
        """A section without a printed heading (an introduction, the comments)."""
        start = self._length + (len(PARAGRAPH) if self._length else 0)
        self._sections.append(Section(title, level, kind, start, start, line))
        self._turn_open = False

    def speech(
        self,
        text: str,
        *,
        speaker: str | None,
        line: int,
        line_end: int | None = None,
        seconds: float | None = None,
        end_seconds: float | None = None,
        kind: TurnKind = "speech",
        joiner: str = PARAGRAPH,
        new_turn: bool = False,
        confidence: float = 1.0,
    ) -> None:
        """A paragraph (or, with ``joiner=" "``, a caption cue) of ``speaker``.

        It continues the running turn when speaker and kind are the same and no heading came
        between, unless ``new_turn``. An editor's notes amid somebody's words are editorial.
        """
        text = _squeeze(text)
        parts = list(parts_with_notes(text)) if speaker and kind == "speech" else []
        if len(parts) > 1 or any(is_note for _, is_note in parts):
            for part, is_note in parts:
                self.speech(
                    part,
                    speaker=None if is_note else speaker,
                    line=line,
                    line_end=line_end,
                    seconds=seconds,
                    end_seconds=end_seconds,
                    kind="editorial" if is_note else kind,
                    joiner=joiner,
                    new_turn=new_turn,
                    confidence=confidence,
                )
            return
        if not text:
            return
        speaker = speaker[:LONGEST_NAME].strip() or None if speaker else None
        last_line = line if line_end is None else line_end
        running = self._turns[-1] if self._turns and self._turn_open else None
        if running and not new_turn and (running.speaker, running.kind) == (speaker, kind):
            self._append(text, joiner, line, seconds)
            self._turns[-1] = replace(
                running,
                char_end=self._length,
                line_end=last_line,
                end_seconds=end_seconds if end_seconds is not None else running.end_seconds,
            )
            return
        start = self._append(text, PARAGRAPH, line, seconds)
        section = self._governing(kind)
        self._turns.append(
            Turn(
                len(self._turns),
                speaker,
                confidence if speaker else 0.0,
                kind,
                start,
                self._length,
                line,
                last_line,
                seconds,
                end_seconds,
                section,
            )
        )
        self._turn_open = True

    def editorial(self, text: str, *, line: int, line_end: int | None = None) -> None:
        """Text around the speech: an introduction, an outline, an editor's note."""
        self.speech(text, speaker=None, line=line, line_end=line_end, kind="editorial")

    def _governing(self, kind: TurnKind) -> int | None:
        """The section that a turn belongs to: no speech belongs to an introduction or outline."""
        if not self._sections:
            return None
        around_speech = self._sections[-1].kind in _AROUND_SPEECH
        return None if kind == "speech" and around_speech else len(self._sections) - 1

    def build(self) -> Reading:
        """The finished reading; a section runs to the next heading of the same or higher level."""
        text = "".join(self._pieces)
        spoken = [turn.char_start for turn in self._turns if turn.kind == "speech"]
        sections = [
            replace(section, char_end=self._end_of(position, len(text), spoken))
            for position, section in enumerate(self._sections)
        ]
        return Reading(
            self.format,
            text,
            tuple(self._turns),
            tuple(sections),
            tuple(self._anchors),
            _squeeze(self.title or "") or None,
            self.date,
            self.link,
            tuple(self.speakers),
            tuple(self.notes),
        )

    def _end_of(self, position: int, end: int, spoken: Sequence[int]) -> int:
        section = self._sections[position]
        if section.kind == "title":
            return end
        if section.kind in _AROUND_SPEECH:
            following = bisect_left(spoken, section.char_start)
            end = spoken[following] if following < len(spoken) else end
        for later in range(position + 1, len(self._sections)):
            if self._sections[later].level <= section.level:
                return min(end, self._sections[later].char_start)
        return end

    def _append(self, text: str, joiner: str, line: int, seconds: float | None) -> int:
        if self._length:
            self._pieces.append(joiner)
            self._length += len(joiner)
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        self._anchors.append(Anchor(start, line, seconds))
        return start


def _squeeze(text: str) -> str:
    """Runs of white space become one space; line breaks inside a block are the file's, not ours."""
    return re.sub(r"\s+", " ", text).strip()
