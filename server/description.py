"""What /api/openapi.json says beyond the routes themselves: how calls are refused, and the keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kb.shapes import Json
from server.errors import RETRY_AFTER_SECONDS
from server.keys import KeyRing
from server.openai_errors import PREFIX as OPENAI_PREFIX
from server.security import is_open

MEANINGS = {
    400: "The request is malformed, or for another host.",
    401: "The API key is missing or wrong.",
    403: "A page of another site calls.",
    404: "There is no such thing.",
    405: "The path has no such method.",
    408: "The body did not arrive in time.",
    409: "Another ingest is writing.",
    413: "The body is too large.",
    415: "The body is of another type.",
    422: "The values cannot be used.",
    429: "Too many of these are waiting.",
    503: "The server is starting, stopping or overloaded, or its store does not answer.",
}
QUEUED = ("/api/search", "/api/ask", "/api/documents", "/v1/chat/completions")
CLAIMS_PREFIX = "/api/claims"  # a filter may name a document that does not exist
UPLOAD = ("/api/documents", "post")
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key as a bearer token."},
    "basic": {"type": "http", "scheme": "basic", "description": "A key as the password."},
}
REFERENCE = "#/components/schemas/"


def describe(app: FastAPI, keys: KeyRing) -> Json:
    """The OpenAPI document; with security schemes when a key is asked for."""
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    for path, method, operation in _operations(document):
        declared = operation["responses"]
        for replaced in ("4XX", "422"):
            declared.pop(replaced, None)
        guarded = keys.required and not is_open(path)
        for status in sorted(_refusals(path, method, operation, guarded=guarded)):
            declared.setdefault(str(status), _refusal(path, status))
        if guarded:
            operation["security"] = [{name: []} for name in SCHEMES]
    components = document["components"]
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    if keys.required:
        components["securitySchemes"] = SCHEMES
    return document


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _refusals(path: str, method: str, operation: Json, *, guarded: bool) -> Iterator[int]:
    """The statuses with which a call can be refused."""
    openai = path.startswith(OPENAI_PREFIX)
    yield from (400, 403, 405, 503)
    if guarded:
        yield 401
    if "{" in path or openai or path.startswith(CLAIMS_PREFIX):
        yield 404
    if "requestBody" in operation:
        yield from (408, 413, 415)
    if not openai and ("requestBody" in operation or operation.get("parameters")):
        yield 422
    if path in QUEUED and method == "post":
        yield 429
    if (path, method) == UPLOAD or method == "delete":
        yield 409


def _refusal(path: str, status: int) -> Json:
    model = "ApiErrorReply" if path.startswith(OPENAI_PREFIX) else "ErrorReply"
    described: dict[str, Any] = {
        "description": MEANINGS[status],
        "content": {"application/json": {"schema": {"$ref": REFERENCE + model}}},
    }
    if status in RETRY_AFTER_SECONDS:
        described["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        }
    if status == 405:
        described["headers"] = {
            "Allow": {"description": "The methods there are.", "schema": {"type": "string"}}
        }
    return described
