"""What goes in and out over HTTP, as pydantic models: requests are checked by them, responses
are described by them in /api/openapi.json.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StrictBool, StringConstraints, model_validator

from kb.types import AnswerMode, ClaimKind, Comparator, Exchange, Filters, SectionKind, TurnKind
from server.mistyped import refuse_mistyped

Question = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=r"\S")
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"\S")
]
Names = Annotated[list[Name], Field(max_length=100)]
_DAY = r"(0[1-9]|[12]\d"  # of any month; the longer ones have more
DatePrefix = Annotated[
    str,
    StringConstraints(
        pattern=rf"^\d{{4}}(-((0[13578]|1[02])(-{_DAY}|3[01]))?|(0[469]|11)(-{_DAY}|30))?"
        rf"|02(-{_DAY}))?))?$"
    ),
]


class FilterFields(BaseModel):
    """Exact restrictions: canonical names, document ids, ISO dates or their prefixes."""

    speakers: Names = []
    documents: Names = []
    topics: Names = []
    date_from: DatePrefix | None = None
    date_to: DatePrefix | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_filter_is_mistyped(cls, body: Any) -> Any:
        if isinstance(body, dict):
            given = [name for name in body if name not in cls.model_fields]
            refuse_mistyped(given, FilterFields.model_fields)
        return body

    def filters(self) -> Filters:
        return Filters(
            speakers=tuple(self.speakers),
            documents=tuple(self.documents),
            topics=tuple(self.topics),
            date_from=self.date_from,
            date_to=self.date_to,
        )


class SearchRequest(FilterFields):
    query: Question
    limit: int = Field(default=10, ge=1, le=100, strict=True)


class PastExchange(BaseModel):
    question: Annotated[str, StringConstraints(max_length=2_000)]
    answer: Annotated[str, StringConstraints(max_length=20_000)]


class AskRequest(FilterFields):
    question: Question
    history: Annotated[list[PastExchange], Field(max_length=50)] = []
    stream: StrictBool = False
    mode: Literal["auto", "extractive", "llm"] = "auto"

    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(Exchange(past.question, past.answer) for past in self.history)


class ErrorDetail(BaseModel):
    code: str
    message: str
    hint: str


class ErrorReply(BaseModel):
    error: ErrorDetail


class DocumentSpeaker(BaseModel):
    name: str
    role: str | None
    role_guessed: bool
    words: int


class DocumentRow(BaseModel):
    id: str
    title: str
    source: str
    format: str
    date: str | None
    link: str | None
    speakers: list[DocumentSpeaker]
    turns: int
    passages: int
    claims: int
    sha256: str


class DocumentsReply(BaseModel):
    documents: list[DocumentRow]


class RefusedFile(BaseModel):
    source: str
    reason: str
    hint: str


class UploadReply(DocumentsReply):
    refused: list[RefusedFile]


class TurnReply(BaseModel):
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
    section: str | None


class SectionReply(BaseModel):
    title: str
    level: int
    kind: SectionKind
    char_start: int
    char_end: int
    line: int


class DocumentReply(BaseModel):
    """A document row with ``turns`` as a list, the canonical text and the sections."""

    id: str
    title: str
    source: str
    format: str
    date: str | None
    link: str | None
    speakers: list[DocumentSpeaker]
    passages: int
    claims: int
    sha256: str
    text: str
    notes: list[str]
    turns: list[TurnReply]
    sections: list[SectionReply]


class HitReply(BaseModel):
    rank: int
    score: float
    passage_id: str
    document_id: str
    title: str
    speaker: str | None
    section: str | None
    topics: list[str]
    text: str
    char_start: int
    char_end: int
    line_start: int
    start_seconds: float | None
    kind: TurnKind
    url: str


class SearchReply(BaseModel):
    hits: list[HitReply]
    took_ms: float


class CitationReply(BaseModel):
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
    kind: TurnKind
    speaker_confidence: float
    voiced: bool


class SentenceReply(BaseModel):
    text: str
    citations: list[int]


class AnswerReply(BaseModel):
    question: str
    answer: str
    abstained: bool
    sentences: list[SentenceReply]
    citations: list[CitationReply]
    mode: AnswerMode
    model: str | None
    gate: str | None
    timings_ms: dict[str, float]


class ClaimReply(BaseModel):
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
    supersedes: list[str]
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
    url: str


class ClaimsReply(BaseModel):
    claims: list[ClaimReply]
    total: int


class FacetReply(BaseModel):
    name: str
    claims: int


class FacetsReply(BaseModel):
    kinds: list[FacetReply]
    topics: list[FacetReply]
    holders: list[FacetReply]


class ReasonReply(BaseModel):
    field: str
    value: str
    rule: str
    words: str


class ExplanationReply(ClaimReply):
    """A claim with the rule and the words that gave each field."""

    reasons: list[ReasonReply]


class SpeakerReply(BaseModel):
    name: str
    roles: list[str]
    documents: int
    turns: int
    words: int


class SpeakersReply(BaseModel):
    speakers: list[SpeakerReply]


class TopicReply(BaseModel):
    name: str
    passages: int
    documents: int


class TopicsReply(BaseModel):
    topics: list[TopicReply]


class ExamplesReply(BaseModel):
    questions: list[str]


class ReadinessReply(BaseModel):
    status: Literal["ready", "loading", "failed"]
    checks: dict[str, bool]
