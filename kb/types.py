"""The vocabulary of the project: frozen records that travel between the steps.

Offsets count Unicode code points of ``Document.text``; ``text[char_start:char_end]`` is exact
for everything that is ever shown. Lines are 1-based lines of the original file. Times are seconds
from the start of the recording. Higher scores are better.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

SectionKind = Literal["title", "intro", "outline", "section", "fiction", "comments"]
TurnKind = Literal["speech", "editorial", "quotation", "fiction", "comment"]
AnswerMode = Literal["extractive", "generated"]
ClaimKind = Literal["timeline", "probability", "compute", "money", "event", "quantity"]
Comparator = Literal["=", "~", "<", ">", "range"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of a document. ``role`` is host, guest, author, commenter or None when unknown."""

    name: str
    role: str | None = None
    role_guessed: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the text from ``char_start`` on stands in the original file and the recording."""

    char_start: int
    line: int
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (``title``, which starts at ``char_start``) and the span that it governs."""

    title: str
    level: int
    kind: SectionKind
    char_start: int
    char_end: int
    line: int


@dataclass(frozen=True, slots=True)
class Turn:
    """An uninterrupted stretch by one speaker; ``speaker`` is None when nobody knows who.

    ``editorial`` turns are introductions, outlines and notes around the speech; ``quotation``
    turns are verbatim words of ``speaker`` inside somebody else's text. ``section`` indexes
    ``Document.sections`` (the deepest one). ``speaker_confidence`` is 1.0 for a printed label.
    """

    index: int
    speaker: str | None
    speaker_confidence: float
    kind: TurnKind
    char_start: int
    char_end: int
    line_start: int
    line_end: int
    start_seconds: float | None
    end_seconds: float | None
    section: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """One transcript, newsletter or collection of quotes with its canonical text."""

    id: str
    title: str
    source: str
    format: str
    date: str | None
    link: str | None
    sha256: str
    text: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    sections: tuple[Section, ...]
    anchors: tuple[Anchor, ...]
    notes: tuple[str, ...] = ()

    def anchor_at(self, offset: int) -> Anchor | None:
        """The last anchor at or before a character offset."""
        position = bisect_right(self.anchors, offset, key=lambda anchor: anchor.char_start)
        return self.anchors[position - 1] if position else None

    def section_path(self, turn: Turn) -> tuple[str, ...]:
        """Headings above a turn, outermost first, without the document's title."""
        if turn.section is None:
            return ()
        path: list[str] = []
        level = 10**6
        for section in reversed(self.sections[: turn.section + 1]):
            if section.level < level and section.kind != "title":
                path.append(section.title)
                level = section.level
        return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A row of the document list: everything but the text."""

    id: str
    title: str
    source: str
    format: str
    date: str | None
    link: str | None
    sha256: str
    speakers: tuple[tuple[Speaker, int], ...]  # with words spoken
    turns: int
    passages: int
    claims: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and searched: at most one speaker, one document, one turn.

    ``context`` (title, headings, the question before an answer) helps matching and is never
    quoted. ``id`` is derived from the content, fits a signed 64-bit integer, and names the
    passage in every index.
    """

    id: int
    document_id: str
    index: int
    turn: int
    speaker: str | None
    kind: TurnKind
    section: str | None
    char_start: int
    char_end: int
    line_start: int
    start_seconds: float | None
    text: str
    context: str
    topics: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The id as 16 hexadecimal digits, for JSON (JavaScript rounds large integers)."""
        return f"{self.id:016x}"


@dataclass(frozen=True, slots=True)
class Filters:
    """Exact restrictions of a search; an empty tuple or None does not restrict.

    ``speakers`` and ``topics`` are canonical names, ``documents`` are ids, dates are ISO 8601
    prefixes (``2023``, ``2023-07``, ``2023-07-16``), both ends included.
    """

    speakers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None

    def __bool__(self) -> bool:
        return bool(
            self.speakers or self.documents or self.topics or self.date_from or self.date_to
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which passages a search may find: those that pass all ``filters``, less some documents.

    ``without`` holds ids of documents. The empty selection selects everything.
    """

    filters: tuple[Filters, ...] = ()
    without: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(self.filters) or bool(self.without)

    def within(self, filters: Filters) -> Selection:
        """What of this also passes ``filters``."""
        return Selection((*self.filters, filters), self.without) if filters else self

    def except_for(self, documents: Iterable[str]) -> Selection:
        """What of this is not in ``documents``."""
        return Selection(self.filters, self.without.union(documents))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a retriever found; ``rank`` counts from 1."""

    passage: Passage
    score: float
    rank: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim citation: ``document.text[char_start:char_end] == quote``, always.

    ``voiced`` tells that the view in it need not be the speaker's own (``kb.answers.voiced``).
    """

    number: int
    quote: str
    speaker: str | None
    document_id: str
    title: str
    section: str | None
    char_start: int
    char_end: int
    line_start: int
    start_seconds: float | None
    url: str
    kind: TurnKind = "speech"
    speaker_confidence: float = 1.0
    voiced: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer and the numbers of the quotes that carry it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``kb ask`` says. When ``abstained``, the citations are only the nearest passages.

    ``gate`` tells what became of a sentence that the language model wrote: "passed", or why it is
    not shown; None when it was not asked for one.
    """

    question: str
    answer: str
    abstained: bool
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Quote, ...]
    mode: AnswerMode
    model: str | None
    timings_ms: dict[str, float] = field(default_factory=dict)
    gate: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of a conversation and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A structured statement with the exact words that state it.

    ``figure`` is the figure as it was said, ``text[figure_start:figure_end]``, inside the quote.
    Probabilities are 0 to 1; ``unit`` is one of the units of the contract; years are calendar
    years. ``claimant`` is whose belief it is when that is not the speaker. ``topic`` is what
    forecasts of many people are about ("AGI", "AI catastrophe"), when it is one of those.
    ``condition`` are the words that the claim depends on, ``asked`` that it stands in a question.
    ``supersedes``, ``superseded_by`` and ``restates`` are ids of claims of the same holder.
    """

    id: str
    kind: ClaimKind
    subject: str
    topic: str | None
    speaker: str | None
    speaker_confidence: float
    claimant: str | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    comparator: Comparator
    year_low: int | None
    year_high: int | None
    event_year: int | None
    as_of: str | None
    hedge: str | None
    negated: bool
    conditional: bool
    condition: str | None
    asked: bool
    fiction: bool
    superseded_by: str | None
    supersedes: tuple[str, ...]
    restates: str | None
    note: str | None
    figure: str
    figure_start: int
    figure_end: int
    quote: str
    document_id: str
    title: str
    char_start: int
    char_end: int
    line_start: int
    start_seconds: float | None

    @property
    def holder(self) -> str | None:
        """Whose belief it is: the claimant, else the speaker; None when nobody knows."""
        return self.claimant or self.speaker


@dataclass(frozen=True, slots=True)
class ClaimFilters:
    """Which claims to list; None does not restrict.

    ``holder`` finds what somebody believes, in whosever words; ``speaker`` whose words they are;
    ``claimant`` what others report of somebody. ``document`` is an id or its unique beginning,
    ``query`` words that all occur in the subject or the quote. ``year_from`` and ``year_to`` bound
    the years that claims speak of, both ends included.
    """

    kind: ClaimKind | None = None
    topic: str | None = None
    speaker: str | None = None
    claimant: str | None = None
    holder: str | None = None
    document: str | None = None
    query: str | None = None
    year_from: int | None = None
    year_to: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a claim has its value: the rule, and the words that it rests on."""

    field: str
    value: str
    rule: str
    words: str
