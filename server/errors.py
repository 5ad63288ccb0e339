"""Errors as the API shows them: ``{"error": {"code", "message", "hint"}}`` and a fitting status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kb.errors import (
    InputError,
    KnowledgeBaseError,
    ModelUnavailable,
    NotFound,
    StoreLocked,
    TooLarge,
)


class Busy(KnowledgeBaseError):
    """More questions are waiting than the server takes."""

    code = "busy"
    default_hint = "Try again in a few seconds."


class Loading(KnowledgeBaseError):
    """The models and indexes are still being loaded."""

    code = "loading"
    default_hint = "Try again in a few seconds; /health/ready answers 200 when it is done."


class Unauthorized(KnowledgeBaseError):
    """The API key is missing or wrong."""

    code = "unauthorized"
    default_hint = "Send the header `Authorization: Bearer KEY`."


class Forbidden(KnowledgeBaseError):
    """A page of another site tries to change something here."""

    code = "forbidden"
    default_hint = "Call from the server's own page, or without an Origin header."


# The first class that fits decides, so special cases stand before general ones.
STATUS: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (Unauthorized, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (StoreLocked, 409),
    (TooLarge, 413),
    (InputError, 422),
    (Busy, 429),
    (Loading, 503),
    (ModelUnavailable, 503),
)
RETRY_AFTER_SECONDS = {409: 10, 429: 5, 503: 5}
CHALLENGE = 'Basic realm="alignment-kb", charset="UTF-8", Bearer'

CODES = {400: "bad_input", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
HINTS = {
    404: "/api/openapi.json lists what can be called.",
    405: "/api/openapi.json lists what can be called.",
    413: "Send it in smaller parts.",
}


def error_shape(code: str, message: str, hint: str) -> dict[str, Any]:
    """The contract's shape of an error."""
    return {"error": {"code": code, "message": message, "hint": hint}}


def error_event(error: KnowledgeBaseError) -> dict[str, Any]:
    """The shape of an error of the tree."""
    return error_shape(error.code, str(error), error.hint)


def status_of(error: KnowledgeBaseError) -> int:
    """The HTTP status of an error of the tree."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def error_response(error: KnowledgeBaseError) -> JSONResponse:
    """The whole response for an error of the tree."""
    status = status_of(error)
    headers = {}
    if status in RETRY_AFTER_SECONDS:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS[status])
    if status == 401:
        headers["WWW-Authenticate"] = CHALLENGE
    return JSONResponse(error_event(error), status, headers)


def add_error_handlers(app: FastAPI) -> None:
    """Gives every failure of the app the contract's shape."""
    app.add_exception_handler(KnowledgeBaseError, _knowledge_base_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


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
    place = ".".join(str(part) for part in problem["loc"] if part not in ("body", "query"))
    return f"{place}: {problem['msg']}" if place else str(problem["msg"])


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    shape = error_shape(CODES.get(status, "error"), str(error.detail), HINTS.get(status, ""))
    return JSONResponse(shape, status, error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    shape = error_shape("internal", "The server failed.", "Its log says more.")
    return JSONResponse(shape, 500)
