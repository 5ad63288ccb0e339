"""Sentences of a document with what must be known to read the figures in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kb.claims.topics import topic_of
from kb.text.generic_labels import is_generic
from kb.text.sentences import Span, clause_spans, length_in_words, sentence_spans
from kb.types import Document, Section, Turn

LONGEST_QUOTE_WORDS = 70
"""Sentences of speech without a full stop are quoted in clauses of at most so many words."""

LONGEST_STATEMENT = 600
LONGEST_WORD = 200
"""Characters: no speech has more. Longer ones are cut, for every figure looks at all around it."""

RECENT = 700
"""Characters before a sentence in which a thing may be named that it only points at."""

_FICTION = ("fiction",)
# Above a talk it tells when the file was made, which the document's date says already.
_DATES_THE_FILE = re.compile(
    r"\W*(?:(?:first |originally |last )?"
    r"(?:recorded|published|posted|released|aired|updated|edited)|"
    r"(?:recording |release |publication |air )?date)\b[^.?!]{0,60}\d",
    re.IGNORECASE,
)
# Of whoever edited the talk, which need not be its host.
_NOTE = re.compile(
    r"\s*[\[(]\s?(?:(?:the )?(?:editor|transcri|translator|producer|publisher)|eds?\b|correction|"
    r"clarification|update|erratum|fact[- ]check|[^\[\]]{3,1000}[–—-]\s?(?:the )?eds?\b)",
    re.IGNORECASE,
)
_IN_A_STORY = re.compile(
    r"\b[Ii]n (?:the|an?|that|this|my|your|his|her|their|one) (?:[\w-]+ )?"
    r"(?:novel|film|movie|short story|video ?game|fairy ?tale|screenplay|comic|sitcom|trilogy)s?\b"
    r"(?! (?:industry|business|rights|theat|studio|company|market))"
)
_PART = re.compile(
    rf"\S.{{0,{LONGEST_STATEMENT - 2}}}(?<=\S)(?!\S)|\S{{1,{LONGEST_WORD}}}", re.DOTALL
)
_ASKING = re.compile(
    r"\b(?:when|how (?:long|soon|many|much|likely|far)|what year|timelines?|by what|median|"
    r"forecasts?|predictions?|how much time|what(?:[’']s| is| are) (?:the|your))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """One sentence, ``document.text[start:end]``, or a heading.

    ``before`` are the sentences of the same turn before it (at most four), ``asked`` the end of the
    turn before it when somebody else spoke. ``heading`` is the deepest heading above it.
    ``year`` is the year of the recording, when it is known.
    """

    document: Document
    start: int
    end: int
    turn: Turn | None
    speaker: str | None
    confidence: float
    before: str
    asked: str
    heading: str
    is_heading: bool = False
    fiction: bool = False

    @cached_property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @cached_property
    def year(self) -> int | None:
        date = self.document.date
        return int(date[:4]) if date and date[:4].isdecimal() else None

    @cached_property
    def month(self) -> int | None:
        """Of the recording, when it is known."""
        date = self.document.date
        return int(date[5:7]) if date and date[5:7].isdecimal() else None

    @cached_property
    def topic(self) -> str | None:
        """What the sentence speaks of, else those before it, the question, or the heading."""
        for text in (self.text, self.before, self.asked, self.heading):
            if topic := topic_of(text):
                return topic
        return None

    @cached_property
    def recent(self) -> str:
        """The words just before the sentence, whoever said them."""
        return self.document.text[max(0, self.start - RECENT) : self.start]

    @cached_property
    def recent_topic(self) -> str | None:
        """What those words speak of."""
        return topic_of(self.recent)

    @cached_property
    def answers_when(self) -> bool:
        """Whether it answers a question for a time."""
        return bool(_ASKING.search(self.asked))


def statements(document: Document) -> Iterator[Statement]:
    """Everything that is said or written in a document: headings, then sentences.

    A section may be named by the words that begin it; they are no heading besides.
    """
    written = {turn.char_start for turn in document.turns}
    for section in document.sections:
        if section.kind != "title" and section.char_start not in written:
            yield _heading(document, section)
    previous: Turn | None = None
    asked = ""
    for turn in document.turns:
        if previous and previous.speaker != turn.speaker:
            asked = _tail(document, previous)
        elif previous and previous.speaker is None:
            asked = ""
        yield from _sentences(document, turn, asked)
        previous = turn


def _sentences(document: Document, turn: Turn, asked: str) -> Iterator[Statement]:
    section = document.sections[turn.section] if turn.section is not None else None
    fiction = turn.kind == "fiction" or bool(section and section.kind in _FICTION)
    is_note = _NOTE.match(document.text, turn.char_start, turn.char_end)
    author = _editor(document) if turn.kind == "editorial" and not is_note else None
    spans = list(_quotable(document.text, turn))
    for position, (start, end) in enumerate(spans):
        if turn.kind == "editorial" and _DATES_THE_FILE.match(document.text, start, end):
            continue
        first = spans[max(0, position - 4)][0]
        yield Statement(
            document, start, end, turn, turn.speaker or author, turn.speaker_confidence,
            before=document.text[first:start],
            asked=asked if position < 12 else "",
            heading=section.title if section and section.kind != "title" else "",
            fiction=fiction or bool(_IN_A_STORY.search(document.text, start, end)),
        )  # fmt: skip


def _quotable(text: str, turn: Turn) -> Iterator[Span]:
    for span in sentence_spans(text, turn.char_start, turn.char_end):
        for start, end in _clauses(text, span):
            if end - start <= LONGEST_STATEMENT:
                yield start, end
            else:
                yield from (part.span() for part in _PART.finditer(text, start, end))


def _clauses(text: str, sentence: Span) -> Iterable[Span]:
    if length_in_words(text[sentence[0] : sentence[1]]) > LONGEST_QUOTE_WORDS:
        return clause_spans(text, sentence, LONGEST_QUOTE_WORDS)
    return (sentence,)


def _heading(document: Document, section: Section) -> Statement:
    """A heading is written by whoever wrote the words around the talk, else by the host."""
    latest = section.char_start + 8 + len(section.title)
    start = document.text.find(section.title, section.char_start, latest)
    end = start + min(len(section.title), LONGEST_STATEMENT)
    if start < 0:
        start = end = section.char_start
    return Statement(
        document, start, end, None, _editor(document), 1.0, "", "", "", is_heading=True,
        fiction=section.kind in _FICTION,
    )  # fmt: skip


def _editor(document: Document) -> str | None:
    writers = {turn.speaker for turn in document.turns if turn.kind == "editorial"} - {None}
    if len(writers) == 1:
        return writers.pop()
    leading = [speaker.name for speaker in document.speakers if speaker.role in ("host", "author")]
    return leading[0] if len(leading) == 1 and not is_generic(leading[0]) else None


def _tail(document: Document, turn: Turn) -> str:
    """The last sentences of a turn, at most three."""
    spans = sentence_spans(document.text, max(turn.char_start, turn.char_end - 600), turn.char_end)
    return document.text[spans[-3:][0][0] : turn.char_end] if spans else ""
