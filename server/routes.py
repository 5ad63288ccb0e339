"""The JSON calls of the API. Plain functions run in worker threads, off the event loop."""

from __future__ import annotations

import time
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, File, Header, Request, Response, UploadFile
from fastapi.responses import JSONResponse, PlainTextResponse

from ingest.pipeline import ingest_uploads
from kb.knowledge_base import KnowledgeBase
from kb.shapes import (
    answer_shape,
    document_shape,
    search_shape,
    speaker_shape,
    summary_shape,
    topic_shape,
)
from server.events import EVENT_SCHEMA, AnswerStream, whole_answer
from server.limits import UPLOAD_FILES, StrictRoute
from server.metrics import MEDIA_TYPE
from server.schemas import (
    AnswerReply,
    AskRequest,
    DocumentReply,
    DocumentsReply,
    ErrorReply,
    ExamplesReply,
    ReadinessReply,
    SearchReply,
    SearchRequest,
    SpeakersReply,
    TopicsReply,
    UploadReply,
)
from server.service import ReadyKnowledgeBase, ServiceNow
from server.uploads import EVENT_STREAM, Files, UploadStream, report_shape

api = APIRouter(prefix="/api", route_class=StrictRoute, responses={"4XX": {"model": ErrorReply}})
health = APIRouter()


def reply(model: type[Any]) -> dict[str, Any]:
    """Describes a response; the shapes come from ``kb.shapes`` and are not validated again."""
    return {"response_model": None, "responses": {200: {"model": model}}}


@api.get("/documents", **reply(DocumentsReply))
def documents(knowledge_base: ReadyKnowledgeBase) -> JSONResponse:
    """All documents, without their text."""
    rows = [summary_shape(summary) for summary in knowledge_base.documents()]
    return JSONResponse({"documents": rows})


@api.post(
    "/documents",
    response_model=None,
    responses={
        200: {"model": UploadReply, "content": {EVENT_STREAM: {"schema": EVENT_SCHEMA}}},
    },
)
async def upload(
    service: ServiceNow,
    knowledge_base: ReadyKnowledgeBase,
    file: Annotated[list[UploadFile], File(min_length=1, max_length=UPLOAD_FILES)],
    accept: Annotated[str, Header()] = "",
) -> Response:
    """Reads transcript files into the knowledge base; a bad one does not stop the others.

    With ``Accept: text/event-stream`` it tells how far it is, and ends with the same reply.
    """
    if EVENT_STREAM in accept:
        return UploadStream(service.uploads, knowledge_base, await _files(file))
    return await service.uploads.run(partial(_read, knowledge_base, await _files(file)))


async def _files(parts: list[UploadFile]) -> list[tuple[str, bytes]]:
    return [(_base_name(part.filename), await part.read()) for part in parts]


def _read(knowledge_base: KnowledgeBase, files: Files) -> JSONResponse:
    report = ingest_uploads(knowledge_base.settings_to_ingest(), files)
    return JSONResponse(report_shape(knowledge_base, report))


@api.get("/documents/{document_id}", **reply(DocumentReply))
def document(knowledge_base: ReadyKnowledgeBase, document_id: str) -> JSONResponse:
    """One document with its text, turns and sections."""
    whole = knowledge_base.document(document_id)
    return JSONResponse(document_shape(knowledge_base.summary(whole.id), whole))


@api.delete("/documents/{document_id}", status_code=204, response_model=None)
def delete(knowledge_base: ReadyKnowledgeBase, document_id: str) -> Response:
    """Removes a document from the store and every index."""
    knowledge_base.delete(document_id)
    return Response(status_code=204)


@api.post("/search", **reply(SearchReply))
async def search(
    service: ServiceNow, knowledge_base: ReadyKnowledgeBase, body: SearchRequest
) -> JSONResponse:
    """The passages that fit a query best."""
    return await service.searches.run(partial(_search, knowledge_base, body))


def _search(knowledge_base: KnowledgeBase, body: SearchRequest) -> JSONResponse:
    began = time.perf_counter()
    hits = knowledge_base.search(body.query, body.limit, body.filters())
    return JSONResponse(search_shape(hits, 1000 * (time.perf_counter() - began)))


@api.post(
    "/ask",
    response_model=None,
    responses={
        200: {
            "model": AnswerReply,
            "content": {"text/event-stream": {"schema": EVENT_SCHEMA}},
            "description": "The answer; with `stream`, its parts as server-sent events.",
        }
    },
)
async def ask(
    request: Request, service: ServiceNow, knowledge_base: ReadyKnowledgeBase, body: AskRequest
) -> Response:
    """Answers a question with quotes; as server-sent events when ``stream`` is true."""
    question = partial(
        knowledge_base.ask, body.question, body.exchanges(), body.filters(), body.mode
    )
    if body.stream:
        return AnswerStream(service.desk, question, service.metrics.answered)
    return await whole_answer(request, service, question, answer_shape)


@api.get("/speakers", **reply(SpeakersReply))
def speakers(knowledge_base: ReadyKnowledgeBase) -> JSONResponse:
    """Who speaks, where and how much."""
    return JSONResponse({"speakers": [speaker_shape(row) for row in knowledge_base.speakers()]})


@api.get("/topics", **reply(TopicsReply))
def topics(knowledge_base: ReadyKnowledgeBase) -> JSONResponse:
    """The topics with how many passages each has."""
    return JSONResponse({"topics": [topic_shape(row) for row in knowledge_base.topics()]})


@api.get("/examples", **reply(ExamplesReply))
def examples(service: ServiceNow, knowledge_base: ReadyKnowledgeBase) -> JSONResponse:
    """Questions that the transcripts answer, for a page to offer."""
    return JSONResponse({"questions": service.examples.of(knowledge_base)})


@health.get("/health/live")
async def live() -> dict[str, str]:
    """200 as long as the process answers."""
    return {"status": "live"}


@health.get("/health/ready", **reply(ReadinessReply))
async def ready(service: ServiceNow) -> JSONResponse:
    """200 when models, store and indexes are loaded, else 503."""
    if not service.loaded:
        status = "failed" if service.failure else "loading"
        return JSONResponse({"status": status, "checks": {}}, 503, {"Retry-After": "5"})
    checks = await service.readiness()
    good = all(checks.values())
    return JSONResponse(
        {"status": "ready" if good else "failed", "checks": checks},
        200 if good else 503,
        None if good else {"Retry-After": "5"},
    )


@health.get("/metrics", response_class=PlainTextResponse)
async def metrics(service: ServiceNow) -> PlainTextResponse:
    """Counts and latencies in the Prometheus text format."""
    return PlainTextResponse(await service.measures(), media_type=MEDIA_TYPE)


def _base_name(name: str | None) -> str:
    """The file's own name; browsers may send a path, and nobody may choose where it is stored."""
    return PurePosixPath((name or "").replace("\\", "/")).name or "upload"
