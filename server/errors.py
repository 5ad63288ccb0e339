"""Errors as the API shows them: ``{"error": {"code", "message", "hint"}}`` and a fitting status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kb.errors import (
    IndexDamaged,
    InputError,
    KnowledgeBaseError,
    ModelMismatch,
    ModelUnavailable,
    NotFound,
    OutOfMemory,
    SchemaMismatch,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreUnavailable,
    TooLarge,
)
from server.methods import allowed_methods

log = logging.getLogger("server.errors")

_DATE, _EMPTY = "write 2023, 2023-07 or 2023-07-16", "write what you want to know"
# By field and type of error: pydantic's own words would show a pattern or a class.
IN_PLAIN_WORDS = {
    ("date_from", "string_pattern_mismatch"): _DATE,
    ("date_to", "string_pattern_mismatch"): _DATE,
    ("question", "string_too_short"): _EMPTY,
    ("question", "string_pattern_mismatch"): _EMPTY,
    ("query", "string_pattern_mismatch"): _EMPTY,
    ("query", "string_too_short"): _EMPTY,
}


class Busy(KnowledgeBaseError):
    """More work is waiting than the server takes; ``retry_after`` is in seconds."""

    code = "busy"
    default_hint = "Try again in a few seconds."

    def __init__(self, message: str, hint: str | None = None, retry_after: int = 5) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after


class Overloaded(KnowledgeBaseError):
    """More requests are running than the server takes."""

    code = "overloaded"
    default_hint = "Try again in a few seconds."


class Stopping(KnowledgeBaseError):
    """The server is being shut down."""

    code = "stopping"
    default_hint = "Try again when it has been started anew."


class Failed(KnowledgeBaseError):
    """A fault of the program; its log says more."""

    code = "internal"
    default_hint = "Its log says more; look for the X-Request-ID of this response."


class Loading(KnowledgeBaseError):
    """The models and indexes are still being loaded."""

    code = "loading"
    default_hint = "Try again in a few seconds; /health/ready answers 200 when it is done."


class Unauthorized(KnowledgeBaseError):
    """The API key is missing or wrong."""

    code = "unauthorized"
    default_hint = "Send the header `Authorization: Bearer KEY`."


class Forbidden(KnowledgeBaseError):
    """A page of another site calls."""

    code = "forbidden"
    default_hint = (
        "Call from the server's own page or without an Origin header, or add the page's origin to "
        "KB_CORS_ORIGINS."
    )


class WrongHost(KnowledgeBaseError):
    """The request is for a name that this server does not have."""

    code = "wrong_host"
    default_hint = "Use 127.0.0.1 or localhost, or add the name to KB_ALLOWED_HOSTS."


class TooSlow(KnowledgeBaseError):
    """The body of a request did not arrive in time."""

    code = "too_slow"
    default_hint = "Send it faster, or in smaller parts."


class WrongType(KnowledgeBaseError):
    """The body is of another type than the call takes."""

    code = "unsupported_media_type"
    default_hint = "/api/openapi.json says what each call takes."


class RefusedBody(HTTPException):
    """Carries an error out of the reading of a body: frameworks let no other class pass there."""

    def __init__(self, error: KnowledgeBaseError) -> None:
        super().__init__(status_of(error), str(error))
        self.error = error


# The first class that fits decides, so special cases stand before general ones.
STATUS: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (WrongHost, 400),
    (Unauthorized, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (TooSlow, 408),
    (StoreLocked, 409),
    (TooLarge, 413),
    (WrongType, 415),
    (InputError, 422),
    (Busy, 429),
    (Overloaded, 503),
    (Stopping, 503),
    (Loading, 503),
    (StoreUnavailable, 503),
    (ModelUnavailable, 503),
    (OutOfMemory, 503),
)
# The messages of these name files, hosts and processes, which are for the log and not for callers.
PUBLIC_MESSAGES: tuple[tuple[type[KnowledgeBaseError], str], ...] = (
    (StoreUnavailable, "The store does not answer."),
    (StoreLocked, "Another ingest is writing to the store."),
    (StoreDamaged, "The store is damaged."),
    (ModelMismatch, "The vectors of the store come from another embedding model."),
    (SchemaMismatch, "A newer version of the program wrote the store."),
    (StoreError, "The store cannot be used."),
    (IndexDamaged, "An index is damaged."),
    (ModelUnavailable, "A model that this needs cannot be used."),
)
RETRY_AFTER_SECONDS = {409: 10, 429: 5, 503: 5}
# In headers of their own: browsers do not find the first of two in one header.
CHALLENGES = ('Basic realm="alignment-kb", charset="UTF-8"', "Bearer")

CODES = {400: "bad_input", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
MESSAGES = {404: "There is nothing here.", 405: "This path has no such method."}
HINTS = {
    404: "/api/openapi.json lists what can be called.",
    405: "/api/openapi.json lists what can be called.",
    413: "Send it in smaller parts.",
}


def error_shape(code: str, message: str, hint: str) -> dict[str, Any]:
    """The contract's shape of an error."""
    return {"error": {"code": code, "message": message, "hint": hint}}


def public_message(error: KnowledgeBaseError) -> str:
    """What callers are told: the message, unless errors of its kind tell of this machine."""
    return next((told for kind, told in PUBLIC_MESSAGES if isinstance(error, kind)), str(error))


def error_event(error: KnowledgeBaseError) -> dict[str, Any]:
    """The shape of an error of the tree; a message that callers are not told is logged."""
    told = public_message(error)
    if told != str(error):
        log.warning("%s", error)
    return error_shape(error.code, told, error.hint)


def status_of(error: KnowledgeBaseError) -> int:
    """The HTTP status of an error of the tree."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def error_response(error: KnowledgeBaseError) -> JSONResponse:
    """The whole response for an error of the tree."""
    status = status_of(error)
    headers = {}
    if status in RETRY_AFTER_SECONDS:
        seconds = error.retry_after if isinstance(error, Busy) else RETRY_AFTER_SECONDS[status]
        headers["Retry-After"] = str(seconds)
    if status == 408:
        headers["Connection"] = "close"  # what else of the body may arrive is not read
    response = JSONResponse(error_event(error), status, headers)
    for challenge in CHALLENGES if status == 401 else ():
        response.headers.append("WWW-Authenticate", challenge)
    return response


def add_error_handlers(app: FastAPI) -> None:
    """Gives every failure that has a status the contract's shape; ``observe.py`` has the rest."""
    app.add_exception_handler(KnowledgeBaseError, _knowledge_base_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)


async def _knowledge_base_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, KnowledgeBaseError)
    return error_response(error)


async def _validation_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    problems = error.errors()
    malformed = any(problem["type"] == "json_invalid" for problem in problems)
    told = "; ".join(_problem(problem) for problem in problems[:5])
    message = "The body is not valid JSON." if malformed else told
    hint = "/api/openapi.json describes every call."
    return JSONResponse(error_shape("bad_input", message, hint), 400 if malformed else 422)


def _problem(problem: Mapping[str, Any]) -> str:
    source, *parts = problem["loc"] or ("",)
    place = ".".join(
        str(part) for part in (parts if source in ("body", "query") else problem["loc"])
    )
    told = IN_PLAIN_WORDS.get((place.rpartition(".")[2], problem["type"]), problem["msg"])
    return f"{place}: {told}" if place else str(told)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if isinstance(error, RefusedBody):
        return error_response(error.error)
    status = error.status_code
    message = MESSAGES.get(status, str(error.detail))
    shape = error_shape(CODES.get(status, "error"), message, HINTS.get(status, ""))
    headers = dict(error.headers or {})
    if status == 405:
        headers["Allow"] = ", ".join(allowed_methods(request))
    return JSONResponse(shape, status, headers)
