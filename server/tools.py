"""The tools that assistants call: what each takes, what it gives, and what it does.

Nothing here knows the protocol (``mcp.py`` does). Every tool only reads. The data keep quotes
verbatim; the text beside them is for reading and has no characters that act.
"""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, Literal

import anyio.to_thread
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kb.errors import InputError, KnowledgeBaseError
from kb.knowledge_base import KnowledgeBase
from kb.links import place_url
from kb.matching import match_claim_filters, match_document, match_filters
from kb.shapes import Json, answer_shape, claim_shape, document_shape, search_shape
from kb.types import Answer, ClaimFilters, ClaimKind, Exchange, Filters, Quote
from server import wording
from server.comparing import ComparisonReply
from server.excerpts import character_span, heading, line_span, page, readable, section_span
from server.questions import AskedEvent, QuestionDesk
from server.queues import WorkQueue
from server.schemas import (
    AnswerReply,
    ClaimsReply,
    DatePrefix,
    DocumentSpeaker,
    Name,
    PastExchange,
    Question,
    SearchReply,
    SectionReply,
    TurnReply,
)

Report = Callable[[int, str], Awaitable[None]]

Year = Annotated[int, Field(ge=1, le=9999)]


def _as_list(value: object) -> object:
    """Some hosts send a list as the JSON of one, or a single name without a list."""
    if not isinstance(value, str):
        return value
    try:
        parsed = json.loads(value)
    except ValueError:
        return [value]
    return parsed if isinstance(parsed, list) else [value]


Names = Annotated[list[Name], BeforeValidator(_as_list), Field(max_length=100)]


class Arguments(BaseModel):
    """Arguments of a tool; unknown ones are refused."""

    model_config = ConfigDict(extra="forbid")


class Filtered(Arguments):
    speakers: Names = Field([], description="Only these speakers; a part of a name is enough.")
    documents: Names = Field([], description="Only these documents: ids, titles or file names.")
    topics: Names = Field([], description="Only passages on these topics.")
    date_from: DatePrefix | None = Field(
        None, description="Only documents from this date on: 2023, 2023-07 or 2023-07-16."
    )
    date_to: DatePrefix | None = Field(None, description="Only documents up to this date.")

    def typed(self) -> Filters:
        return Filters(
            tuple(self.speakers),
            tuple(self.documents),
            tuple(self.topics),
            self.date_from,
            self.date_to,
        )


class SearchArguments(Filtered):
    query: Question = Field(description="What to look for, in words or as a question.")
    limit: int = Field(10, ge=1, le=50, description="How many passages.")


class AskArguments(Filtered):
    question: Question = Field(description="One question in plain English.")
    history: Annotated[list[PastExchange], BeforeValidator(_as_list)] = Field(
        [], max_length=50, description="Earlier questions and answers, for a follow-up."
    )
    mode: Literal["auto", "extractive", "llm"] = Field(
        "auto",
        description="extractive: quotes alone, fastest; auto: perhaps one more sentence by a "
        "language model, checked against the quotes; llm: fail without the language model.",
    )


class ClaimsArguments(Arguments):
    kind: ClaimKind | None = Field(None, description="Only this kind.")
    holder: Name | None = Field(None, description="Whose belief it is, in whosever words.")
    speaker: Name | None = Field(None, description="Whose words they are.")
    claimant: Name | None = Field(None, description="Whose belief somebody else reports.")
    document: Name | None = Field(None, description="An id, title or file name.")
    topic: Name | None = Field(None, description="What it is about: AGI, AI catastrophe.")
    query: Name | None = Field(None, description="Words of the subject or the quote.")
    year_from: Year | None = Field(None, description="Speaks of this year or later.")
    year_to: Year | None = Field(None, description="Speaks of this year or earlier.")
    limit: int = Field(20, ge=1, le=200, description="How many claims.")
    offset: int = Field(0, ge=0, le=10_000_000, description="How many to leave out first.")


class CompareArguments(Arguments):
    subject: Name = Field(description="As in “AGI timelines” or “p(doom) of” somebody.")


class TranscriptArguments(Arguments):
    document: Name = Field(description="Id or its unique beginning, title or file name.")
    section: Name | None = Field(None, description="Only the section with this heading.")
    line_from: int | None = Field(None, ge=1, description="Only from this line of the file on.")
    line_to: int | None = Field(None, ge=1, description="Only up to this line, included.")
    char_start: int | None = Field(None, ge=0, description="Only from this character on.")
    char_end: int | None = Field(None, ge=1, description="Only up to this character, excluded.")
    offset: int = Field(0, ge=0, description="Characters of the part to leave out first.")
    limit: int = Field(8_000, ge=100, le=50_000, description="How many characters at most.")


class TranscriptReply(BaseModel):
    """A part of a transcript: ``text`` are the characters ``char_start`` to ``char_end``.

    ``next_offset`` is the offset to go on with, null at the end of the part; ``characters`` counts
    the whole part that was asked for.
    """

    document_id: str
    title: str
    date: str | None
    link: str | None
    url: str
    speakers: list[DocumentSpeaker]
    text: str
    char_start: int
    char_end: int
    characters: int
    next_offset: int | None
    turns: list[TurnReply]
    sections: list[SectionReply]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool gives: the data, the same to read, and the documents it is from, with titles."""

    data: Json
    text: str
    documents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the tools work with; ``ready`` raises Loading as long as models are not loaded.

    ``base`` is the address of the server, for links in texts; empty when there is none.
    """

    ready: Callable[[], KnowledgeBase]
    questions: QuestionDesk
    answered: Callable[[Answer], None] | None = None
    base: str = ""
    searches: WorkQueue = field(default_factory=lambda: WorkQueue("searches", 1, 8))


@dataclass(frozen=True, slots=True)
class Tool:
    """``run`` takes the checked arguments and a function that reports progress."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    reply: type[BaseModel]
    run: Callable[[Desk, Any, Report], Awaitable[Outcome]]


async def search(desk: Desk, arguments: SearchArguments, _report: Report) -> Outcome:
    def work() -> Outcome:
        knowledge_base = desk.ready()
        began = time.perf_counter()
        filters = match_filters(knowledge_base, arguments.typed())
        hits = knowledge_base.search(arguments.query, arguments.limit, filters)
        data = search_shape(hits, 1000 * (time.perf_counter() - began))
        return Outcome(data, wording.of_search(data, desk.base), _documents(data["hits"]))

    return await desk.searches.run(work)


async def ask(desk: Desk, arguments: AskArguments, report: Report) -> Outcome:
    knowledge_base = desk.ready()
    filters = await anyio.to_thread.run_sync(match_filters, knowledge_base, arguments.typed())
    history = tuple(Exchange(past.question, past.answer) for past in arguments.history)
    question = partial(knowledge_base.ask, arguments.question, history, filters, arguments.mode)
    last: AskedEvent | None = None
    async with desk.questions.place(), desk.questions.events(question) as events:
        async for last in events:
            if isinstance(last, Quote):
                await report(last.number, f"Quote {last.number} found")
    if isinstance(last, KnowledgeBaseError):
        raise last
    assert isinstance(last, Answer), "an answer ends with the whole Answer"
    if desk.answered is not None:
        desk.answered(last)
    data = answer_shape(last)
    return Outcome(data, wording.of_answer(last, desk.base), _documents(data["citations"]))


async def claims(desk: Desk, arguments: ClaimsArguments, _report: Report) -> Outcome:
    def work() -> Outcome:
        knowledge_base = desk.ready()
        typed = arguments.model_dump(exclude={"limit", "offset"})
        if arguments.year_from and arguments.year_to and arguments.year_from > arguments.year_to:
            raise InputError("year_from is later than year_to.", "Swap them.")
        filters = match_claim_filters(knowledge_base, ClaimFilters(**typed))
        found, total = knowledge_base.claims(filters, arguments.limit, arguments.offset)
        data: Json = {"claims": [claim_shape(claim) for claim in found], "total": total}
        text = wording.of_claims(found, total, arguments.offset, desk.base)
        return Outcome(data, text, _documents(data["claims"]))

    return await anyio.to_thread.run_sync(work)


async def compare(desk: Desk, arguments: CompareArguments, _report: Report) -> Outcome:
    def work() -> Outcome:
        from kb.claims.compare import comparison_shape

        comparison = desk.ready().compare_claims(arguments.subject)
        return Outcome(comparison_shape(comparison), wording.of_comparison(comparison))

    return await anyio.to_thread.run_sync(work)


async def get_transcript(desk: Desk, arguments: TranscriptArguments, _report: Report) -> Outcome:
    def work() -> Outcome:
        knowledge_base = desk.ready()
        identifier = match_document(knowledge_base, arguments.document)
        document = knowledge_base.document(identifier)
        part = _part(arguments)(document)
        span = page(document, part, arguments.offset, arguments.limit)
        whole = document_shape(knowledge_base.summary(identifier), document)
        ends = span[1] == part[1]
        data = {
            "document_id": identifier,
            "url": place_url(identifier, span[0], document.text[slice(*span)]),
            "text": document.text[slice(*span)],
            "char_start": span[0],
            "char_end": span[1],
            "characters": part[1] - part[0],
            "next_offset": None if ends else span[1] - part[0],
            "turns": [
                turn
                for turn in whole["turns"]
                if turn["char_start"] < span[1] and turn["char_end"] > span[0]
            ],
        } | {key: whole[key] for key in ("title", "date", "link", "speakers", "sections")}
        text = f"{heading(document)}\n\n{readable(document, span)}\n\n{wording.how_to_go_on(data)}"
        return Outcome(data, text, {identifier: document.title})

    return await anyio.to_thread.run_sync(work)


def _part(arguments: TranscriptArguments) -> Callable[[Any], tuple[int, int]]:
    """Which part of a document is asked for. Raises InputError for two ways at once."""
    lines = arguments.line_from is not None or arguments.line_to is not None
    characters = arguments.char_start is not None or arguments.char_end is not None
    if sum((arguments.section is not None, lines, characters)) > 1:
        raise InputError(
            "A section, lines and characters exclude each other.", "Name the part in one way."
        )
    if arguments.section is not None:
        return partial(section_span, title=arguments.section)
    if lines:
        last = arguments.line_to or 10**9
        return partial(line_span, first=arguments.line_from or 1, last=last)
    return partial(character_span, start=arguments.char_start or 0, end=arguments.char_end)


def _documents(places: list[Json]) -> dict[str, str]:
    return {place["document_id"]: place["title"] for place in places}


TOOLS = (
    Tool(
        "search",
        "Search the transcripts",
        "Finds passages of the transcripts by meaning and words, best first. Each has its speaker, "
        "document and place, and its exact words. Use it to see what is said on a subject.",
        SearchArguments,
        SearchReply,
        search,
    ),
    Tool(
        "ask",
        "Ask the transcripts",
        "Answers one question from the transcripts with verbatim, numbered quotes, each with who "
        "said it and where. When abstained is true the transcripts do not say, and the citations "
        "are only the nearest passages. Cite the quotes as they are.",
        AskArguments,
        AnswerReply,
        ask,
    ),
    Tool(
        "claims",
        "List claims",
        "Lists figures that people stake something on: timelines, probabilities, compute, money, "
        "dated events and other quantities, each with whose belief it is and the exact quote.",
        ClaimsArguments,
        ClaimsReply,
        claims,
    ),
    Tool(
        "compare",
        "Compare claims",
        "Sets the claims on one subject side by side, by event and person, with contradictions "
        "and changed views.",
        CompareArguments,
        ComparisonReply,
        compare,
    ),
    Tool(
        "get_transcript",
        "Read a transcript",
        "Reads a transcript, or the part of it that a section, lines or characters name. A long "
        "part comes in pages: call again with offset set to next_offset.",
        TranscriptArguments,
        TranscriptReply,
        get_transcript,
    ),
)
