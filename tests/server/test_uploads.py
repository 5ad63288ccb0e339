"""Uploads that tell how far they are, and what a page can offer to begin with."""

from __future__ import annotations

import json

import httpx
import pytest

from kb.knowledge_base import KnowledgeBase
from server.app import create_app

TALK = b"Nia Abara: Cormorants dive deep.\n\nOle Berg: They do, and they dry their wings.\n"
WATCHED = {"Accept": "text/event-stream"}


def events_of(reply) -> list[tuple[str, dict]]:
    blocks = [block for block in reply.text.split("\n\n") if block.startswith("event: ")]
    lines = [block.split("\n", 1) for block in blocks]
    return [(n.removeprefix("event: "), json.loads(d.removeprefix("data: "))) for n, d in lines]


def test_an_upload_tells_each_step_and_ends_with_the_report(client):
    files = [("file", ("birds.txt", TALK)), ("file", ("noise.txt", b"\x00\x01\x02" * 50))]
    told = events_of(client.post("/api/documents", files=files, headers=WATCHED))
    names = [name for name, _ in told]
    assert ["birds.txt", "noise.txt"] == [data["name"] for name, data in told if name == "file"]
    assert {"file", "embedded", "done", "report"} == set(names)
    assert "report" == names[-1]
    report = told[-1][1]
    (document,) = report["documents"]
    assert ["noise.txt"] == [refused["source"] for refused in report["refused"]]
    assert 204 == client.delete(f"/api/documents/{document['id']}").status_code


def test_a_full_queue_of_uploads_is_told_before_anything_is_read(settings, serve):
    with KnowledgeBase(settings) as knowledge_base:
        app = create_app(settings, knowledge_base)
        app.state.service.load()
        app.state.service.uploads.taken = app.state.service.uploads.places
        with serve(app) as address:
            files = [("file", ("birds.txt", TALK))]
            reply = httpx.post(f"{address}/api/documents", files=files, headers=WATCHED)
    assert 429 == reply.status_code
    assert reply.headers["retry-after"]


def test_examples_are_answered_by_the_transcripts(client):
    questions = client.get("/api/examples").json()["questions"]
    assert questions
    for question in questions:
        body = {"question": question, "mode": "extractive"}
        assert not client.post("/api/ask", json=body).json()["abstained"]


@pytest.mark.parametrize(("facet", "parameter"), [("kinds", "kind"), ("holders", "holder")])
def test_facets_count_what_the_filters_find(client, facet, parameter):
    rows = client.get("/api/claims/facets").json()[facet]
    assert rows
    for row in rows:
        found = client.get("/api/claims", params={parameter: row["name"], "limit": 1}).json()
        assert row["claims"] == found["total"]
