"""Who may call the server, and what a browser may do with its pages."""

from __future__ import annotations

import anyio
import httpx
import pytest

from kb.knowledge_base import KnowledgeBase
from server.app import create_app

KEY = "correct-horse"


@pytest.fixture(scope="module")
def guarded(settings):
    """An app that asks for a key, over a knowledge base that is loaded."""
    with KnowledgeBase(settings) as knowledge_base:
        guarded = settings.model_copy(update={"api_key": KEY, "allowed_hosts": ("example.org",)})
        app = create_app(guarded, knowledge_base)
        app.state.service.load()
        yield app


def get(app, path: str, **headers: str) -> httpx.Response:
    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://example.org") as client:
            return await client.get(path, headers=headers)

    return anyio.run(call)


@pytest.mark.parametrize(
    "path", ["/api/documents", "/documents/x", "/metrics", "/api/openapi.json"]
)
def test_without_the_key_nothing_of_the_transcripts_is_told(guarded, path):
    reply = get(guarded, path)
    assert reply.status_code == 401
    assert "Bearer" in reply.headers["www-authenticate"]
    assert reply.json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/", "/static/style.css"])
def test_health_and_the_empty_page_are_open(guarded, path):
    assert get(guarded, path).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [f"Bearer {KEY}", f"bearer {KEY}", httpx.BasicAuth("any", KEY)._auth_header],
)
def test_the_key_opens_as_token_and_as_password(guarded, authorization):
    assert get(guarded, "/api/documents", authorization=authorization).status_code == 200


@pytest.mark.parametrize(
    "authorization", ["Bearer", "Bearer wrong", f"Token {KEY}", "Basic ###", "Basic /w==", KEY]
)
def test_anything_else_does_not(guarded, authorization):
    assert get(guarded, "/api/documents", authorization=authorization).status_code == 401


def test_without_a_key_only_loopback_names_are_answered(client):
    assert client.get("/api/topics", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/api/topics", headers={"Host": "localhost:8000"}).status_code == 200
    assert client.get("/api/topics", headers={"Host": "[::1]:8000"}).status_code == 200


def test_pages_of_other_sites_cannot_change_anything(client):
    reply = client.post(
        "/api/documents",
        files=[("file", ("planted.txt", b"A: b"))],
        headers={"Origin": "https://evil.example"},
    )
    assert reply.status_code == 403
    assert reply.json()["error"]["code"] == "forbidden"


def test_the_servers_own_page_can(client):
    origin = str(client.base_url).rstrip("/")
    reply = client.post("/api/search", json={"query": "doom"}, headers={"Origin": origin})
    assert reply.status_code == 200


def test_no_other_site_may_read_answers(client):
    reply = client.get("/api/topics", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in reply.headers


def test_every_response_forbids_inline_scripts(client):
    for path in ("/", "/api/topics", "/nothing", "/static/ask.js"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def shared(settings):
    """An app that asks for a key and that the pages of one other origin may call."""
    with KnowledgeBase(settings) as knowledge_base:
        values = {"api_key": KEY, "cors_origins": ("https://chat.example.org",)}
        app = create_app(settings.model_copy(update=values), knowledge_base)
        app.state.service.load()
        yield app


def preflight(app, origin: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.options("/api/ask", headers=headers)

    return anyio.run(call)


def test_a_page_of_an_allowed_origin_may_ask_with_a_key(shared):
    reply = preflight(shared, "https://chat.example.org")
    assert 200 == reply.status_code
    assert "https://chat.example.org" == reply.headers["access-control-allow-origin"]
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "authorization" in reply.headers["access-control-allow-headers"]


def test_no_other_origin_may(shared):
    reply = preflight(shared, "https://evil.example")
    assert 403 == reply.status_code
    assert "access-control-allow-origin" not in reply.headers


def test_an_allowed_page_can_read_why_it_was_refused(shared):
    reply = get(shared, "/api/topics", origin="https://chat.example.org", host="localhost")
    assert 401 == reply.status_code
    assert "https://chat.example.org" == reply.headers["access-control-allow-origin"]
    assert "X-Request-ID" in reply.headers["access-control-expose-headers"]
