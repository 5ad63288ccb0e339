"""Liveness, readiness and metrics."""

from __future__ import annotations

import anyio
import httpx

from kb.errors import ModelUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.types import Answer
from server.app import create_app
from server.metrics import Metrics
from server.schemas import ReadinessReply


def get(app, path: str) -> httpx.Response:
    """A call to an app whose start-up has not run."""

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)

    return anyio.run(call)


def test_a_ready_server_says_what_is_ready(client):
    reply = client.get("/health/ready")
    ReadinessReply.model_validate(reply.json())
    checks = reply.json()["checks"]
    assert checks == {"models": True, "store": True, "indexes": True}


def test_while_it_loads_the_server_lives_but_is_not_ready(settings):
    with KnowledgeBase(settings) as knowledge_base:
        app = create_app(settings, knowledge_base)
        assert get(app, "/health/live").status_code == 200
        assert get(app, "/health/ready").status_code == 503
        reply = get(app, "/api/documents")
    assert reply.status_code == 503
    assert reply.json()["error"]["code"] == "loading"
    assert int(reply.headers["retry-after"]) > 0


def test_a_server_that_cannot_load_says_why(settings, tmp_path):
    unusable = settings.model_copy(
        update={"embedding_model": str(tmp_path / "nothing-here"), "models_dir": tmp_path}
    )
    with KnowledgeBase(unusable) as knowledge_base:
        app = create_app(unusable, knowledge_base)
        app.state.service.load()
        reply = get(app, "/api/documents")
        assert isinstance(app.state.service.failure, ModelUnavailable)
    assert reply.status_code == 503
    assert reply.json()["error"]["code"] == "model_unavailable"
    assert reply.json()["error"]["hint"]


def test_requests_are_counted_by_route_not_by_path(client):
    client.get("/api/documents/deadbeef")
    reply = client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    counted = 'kb_requests_total{method="GET",route="/api/documents/{document_id}",status="404"}'
    assert counted in reply.text
    assert "deadbeef" not in reply.text
    assert "kb_ready 1.0" in reply.text


def test_metrics_tell_how_much_is_stored(client):
    listed = client.get("/api/documents").json()["documents"]
    told = client.get("/metrics").text.splitlines()
    assert f"kb_documents {len(listed):.1f}" in told
    assert f"kb_passages {sum(row['passages'] for row in listed):.1f}" in told
    assert f"kb_claims {sum(row['claims'] for row in listed):.1f}" in told


def test_latencies_fall_into_cumulative_buckets():
    metrics = Metrics()
    for seconds in (0.001, 0.02, 60.0):
        metrics.request("GET", "/", 200, seconds)
    text = metrics.text().decode()
    assert 'kb_request_seconds_bucket{le="0.005",route="/"} 1.0\n' in text
    assert 'kb_request_seconds_bucket{le="0.025",route="/"} 2.0\n' in text
    assert 'kb_request_seconds_bucket{le="30.0",route="/"} 2.0\n' in text
    assert 'kb_request_seconds_bucket{le="+Inf",route="/"} 3.0\n' in text
    assert 'kb_request_seconds_count{route="/"} 3.0\n' in text


def test_answers_are_counted_by_mode_and_abstention():
    metrics = Metrics()
    metrics.answered(Answer("q", "a", True, (), (), "extractive", None))
    metrics.answered(Answer("q", "a", False, (), (), "generated", "m", gate="passed"))
    assert 'kb_answers_total{abstained="true",mode="extractive"} 1.0\n' in metrics.text().decode()
