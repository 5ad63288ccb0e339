"""The desk at which questions wait, and the stream that carries an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import anyio
import anyio.to_thread
import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request

from kb.cancellation import ABANDONED
from kb.errors import StoreDamaged
from kb.types import Answer
from server import events
from server.errors import Busy, add_error_handlers
from server.events import AnswerStream
from server.questions import QuestionDesk

ANSWER = Answer("Why?", "Because.", False, (), (), "extractive", None)


def told() -> Iterator[str | Answer]:
    yield "Because."
    yield ANSWER


def app_over(desk: QuestionDesk, ask, answered=lambda answer: None) -> FastAPI:
    app = FastAPI()
    add_error_handlers(app)

    @app.get("/")
    async def stream(request: Request) -> AnswerStream:
        return AnswerStream(desk, ask, answered)

    return app


def test_the_desk_gives_the_whole_answer():
    assert anyio.run(QuestionDesk().answer, told) == ANSWER


def test_an_error_of_the_question_is_the_error_of_the_caller():
    def breaks() -> Iterator[str]:
        yield "Beca"
        raise StoreDamaged("The file is torn.")

    with pytest.raises(StoreDamaged, match="torn"):
        anyio.run(QuestionDesk().answer, breaks)


def test_questions_beyond_the_places_are_turned_away_and_places_are_freed():
    desk = QuestionDesk(at_once=1, waiting=1)

    async def crowd() -> None:
        async with desk.place(), desk.place():
            with pytest.raises(Busy):
                await desk.place().__aenter__()
        async with desk.place():
            assert desk.taken == 1

    anyio.run(crowd)
    assert desk.taken == 0


def test_leaving_closes_the_question_at_its_next_event():
    closed = threading.Event()

    def endless() -> Iterator[str]:
        try:
            while True:
                time.sleep(0.01)
                yield "and "
        finally:
            closed.set()

    async def listen_briefly() -> None:
        async with QuestionDesk().events(endless) as told:
            await told.receive()

    anyio.run(listen_briefly)
    assert closed.is_set()


async def get(app: FastAPI) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        return await client.get("/")


def test_a_full_desk_answers_429_with_when_to_come_back():
    desk = QuestionDesk(at_once=1, waiting=0)
    desk.taken = 1
    reply = anyio.run(get, app_over(desk, told))
    assert reply.status_code == 429
    assert int(reply.headers["retry-after"]) > 0
    assert reply.json()["error"]["code"] == "busy"


def test_a_failure_during_the_stream_is_its_last_event():
    def breaks() -> Iterator[str]:
        yield "Beca"
        raise StoreDamaged("The file is torn.")

    reply = anyio.run(get, app_over(QuestionDesk(), breaks))
    *_, last = reply.text.strip().split("\n\n")
    assert last.startswith("event: error\n")
    assert "The store is damaged." in last
    assert "torn" not in reply.text


def test_a_fault_of_the_program_is_the_last_event_and_its_message_stays_here():
    def breaks() -> Iterator[str]:
        yield "Beca"
        raise RuntimeError("what the question said")

    reply = anyio.run(get, app_over(QuestionDesk(), breaks))
    *_, last = reply.text.strip().split("\n\n")
    assert last.startswith("event: error\n")
    assert '"code": "internal"' in last
    assert "what the question said" not in reply.text


def test_leaving_stops_a_question_that_is_silent_for_long():
    """As while the language model writes: no event comes, but it asks whether it should go on."""
    began, stopped = threading.Event(), threading.Event()

    def silent() -> Iterator[str]:
        try:
            began.set()
            while True:
                time.sleep(0.01)
                ABANDONED.get()()
            yield "never"
        finally:
            stopped.set()

    async def leave_soon() -> None:
        async with QuestionDesk().events(silent):
            await anyio.to_thread.run_sync(began.wait)

    anyio.run(leave_soon)
    assert stopped.is_set()


def test_a_long_silence_is_filled_with_comments(monkeypatch):
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.02)

    def slow() -> Iterator[str | Answer]:
        time.sleep(0.2)
        yield ANSWER

    reply = anyio.run(get, app_over(QuestionDesk(), slow))
    assert reply.text.startswith(": ping\n\n")
    assert "event: answer\n" in reply.text


def test_a_client_that_goes_away_stops_its_question(serve):
    closed = threading.Event()

    def endless() -> Iterator[str]:
        try:
            while True:
                time.sleep(0.01)
                yield "and "
        finally:
            closed.set()

    desk = QuestionDesk()
    with serve(app_over(desk, endless)) as address:
        with httpx.stream("GET", address) as reply:
            next(reply.iter_raw())
        assert closed.wait(timeout=10)
    assert desk.taken == 0


def test_the_finished_answer_is_reported_once():
    answers: list[Answer] = []
    anyio.run(get, app_over(QuestionDesk(), told, answers.append))
    assert answers == [ANSWER]


def test_a_server_that_stops_ends_its_streams_and_takes_no_more_questions(serve):
    def endless() -> Iterator[str]:
        while True:
            time.sleep(0.01)
            yield "and "

    desk = QuestionDesk()
    app = app_over(desk, endless)

    @app.get("/stop")
    async def stop() -> None:
        desk.stop()

    with serve(app) as address:
        with httpx.stream("GET", address, timeout=30) as reply:
            chunks = reply.iter_text()
            next(chunks)
            httpx.get(f"{address}/stop")
            last = list(chunks)[-1]
        assert '"code": "stopping"' in last
        assert 503 == httpx.get(address).status_code
