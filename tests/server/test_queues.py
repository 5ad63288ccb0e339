"""Queues: what finds one full is told when to come back, and the others go on."""

from __future__ import annotations

import shutil

import anyio
import httpx
import pytest

from kb.knowledge_base import KnowledgeBase
from server.app import create_app
from server.errors import Busy, Stopping
from server.queues import WorkQueue

QUESTION = "How many H100s fit into forty megawatts?"
CHAT = b"Kettles\n\nIda Quarto: Is it hot?\n\nBram Oduya: It is as hot as a kettle can be.\n"


def test_what_finds_a_queue_full_is_turned_away_and_counted():
    refused: list[str] = []
    queue = WorkQueue("searches", 1, 1, refused.append, retry_after=1)

    async def crowd() -> None:
        async with queue.place(), queue.place():
            with pytest.raises(Busy) as raised:
                await queue.run(lambda: None)
            assert 1 == raised.value.retry_after
        assert "done" == await queue.run(lambda: "done")

    anyio.run(crowd)
    assert ["searches"] == refused
    assert 0 == queue.taken


def test_a_queue_that_is_stopped_lets_nobody_in():
    queue = WorkQueue("searches", 1, 1)
    queue.stop()
    with pytest.raises(Stopping):
        anyio.run(queue.run, lambda: None)


@pytest.fixture(scope="module")
def served(settings, tmp_path_factory, serve):
    """The service of a server over a store of its own, and the server's address."""
    data_dir = shutil.copytree(settings.data_dir, tmp_path_factory.mktemp("queues") / "data")
    own = settings.model_copy(update={"data_dir": data_dir})
    with KnowledgeBase(own) as knowledge_base:
        app = create_app(own, knowledge_base)
        app.state.service.load()
        with serve(app) as address:
            yield app.state.service, address


def calls(client: httpx.Client, *, stream: bool = False) -> dict[str, httpx.Response]:
    accept = {"Accept": "text/event-stream"} if stream else {}
    files = [("file", ("kettles.txt", CHAT))]
    return {
        "searches": client.post("/api/search", json={"query": QUESTION}),
        "questions": client.post("/api/ask", json={"question": QUESTION, "stream": stream}),
        "uploads": client.post("/api/documents", files=files, headers=accept),
    }


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("name", ["searches", "questions", "uploads"])
def test_a_full_queue_refuses_its_own_work_only(served, name, stream):
    service, address = served
    queue = {
        "searches": service.searches,
        "questions": service.desk,
        "uploads": service.uploads,
    }[name]
    with httpx.Client(base_url=address, timeout=60) as client:
        queue.taken += queue.places
        try:
            replies = calls(client, stream=stream)
            assert 200 == client.get("/health/ready").status_code
        finally:
            queue.taken -= queue.places
        refused = replies.pop(name)
        assert 429 == refused.status_code
        assert int(refused.headers["retry-after"]) > 0
        assert "busy" == refused.json()["error"]["code"]
        assert {200} == {reply.status_code for reply in replies.values()}
        assert f'kb_refused_total{{queue="{name}"}}' in client.get("/metrics").text
