"""Questions over HTTP: whole answers and streams."""

from __future__ import annotations

import json

import pytest

from kb.links import place_url
from server.schemas import AnswerReply, CitationReply

QUESTION = "How many H100s fit into forty megawatts, according to Ngozi Okwuosa?"
OFF_TOPIC = "Which goalkeeper won the 1986 football world cup final?"


def stream(client, **body) -> list[tuple[str, dict]]:
    """The events of an answer as (name, data)."""
    reply = client.post("/api/ask", json=body | {"stream": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = []
    for block in reply.text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def test_an_answer_carries_quotes_that_are_verbatim_in_their_documents(client):
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    AnswerReply.model_validate(answer)
    assert not answer["abstained"]
    assert answer["citations"]
    for citation in answer["citations"]:
        text = client.get(f"/api/documents/{citation['document_id']}").json()["text"]
        start, quote = citation["char_start"], citation["quote"]
        assert text[start : citation["char_end"]] == quote
        assert citation["url"] == place_url(citation["document_id"], start, quote)


def test_the_answer_names_the_mode_that_was_used(client):
    answer = client.post("/api/ask", json={"question": QUESTION, "mode": "extractive"}).json()
    assert answer["mode"] == "extractive"


def test_a_stream_tells_quotes_then_text_then_the_whole_answer(client):
    events = stream(client, question=QUESTION)
    names = [name for name, _ in events]
    assert sorted(names, key=["citation", "token", "answer"].index) == names
    whole = events[-1][1]
    AnswerReply.model_validate(whole)
    for name, data in events:
        if name == "citation":
            CitationReply.model_validate(data)
    tokens = "".join(data["text"] for name, data in events if name == "token")
    assert tokens.strip() == whole["answer"].strip()


def test_a_question_that_the_transcripts_do_not_answer_is_not_an_error(client):
    answer = client.post("/api/ask", json={"question": OFF_TOPIC})
    assert answer.status_code == 200
    assert answer.json()["abstained"]
    assert answer.json()["answer"]


def test_a_filter_holds_for_every_citation(client):
    body = {"question": "How likely is doom?", "speakers": ["Priyanka Deshmukh"]}
    answer = client.post("/api/ask", json=body).json()
    assert {"Priyanka Deshmukh"} >= {quote["speaker"] for quote in answer["citations"]}


@pytest.mark.parametrize(
    "body",
    [
        {"question": " "},
        {"question": QUESTION, "history": [{"question": "and?"}]},
        {"question": QUESTION, "mode": "invented"},
        {"question": QUESTION, "stream": "sometimes"},
    ],
)
def test_bad_questions_are_refused(client, body):
    assert client.post("/api/ask", json=body).status_code == 422


@pytest.mark.parametrize("stream", [False, True])
def test_without_a_language_model_one_cannot_be_asked_for(client, stream):
    body = {"question": QUESTION, "mode": "llm", "stream": stream}
    reply = client.post("/api/ask", json=body)
    if stream:
        (*_, last) = reply.text.strip().split("\n\n")
        assert last.startswith("event: error")
        assert "model_unavailable" in last
    else:
        assert 503 == reply.status_code
        assert "model_unavailable" == reply.json()["error"]["code"]


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"speakers": ["Nobody Known"]}, "nobody called “Nobody Known” speaks in them."),
        ({"documents": ["none-1"]}, "there is no document “none-1”."),
        ({"topics": ["knitting"]}, "there is no topic “knitting”."),
        ({"date_from": "2025", "date_to": "2024-05"}, "no day lies between 2025 and 2024-05."),
    ],
)
def test_a_filter_that_fits_nothing_is_told(client, filters, told):
    """That the transcripts do not say it of somebody who is there would be another thing."""
    answer = client.post("/api/ask", json={"question": QUESTION, **filters}).json()
    assert answer["abstained"]
    assert f"The transcripts do not say: {told}" == answer["answer"]


def test_one_fitting_name_is_enough(client):
    both = ["Nobody Known", "Abena Frimpong"]
    answer = client.post("/api/ask", json={"question": QUESTION, "speakers": both}).json()
    assert "Nobody Known" not in answer["answer"]


@pytest.mark.parametrize("date", ["2025-02-30", "2025-04-31", "2025-13", "25"])
def test_dates_that_the_calendar_lacks_are_refused(client, date):
    reply = client.post("/api/ask", json={"question": QUESTION, "date_from": date})
    assert reply.status_code == 422
    assert "write 2023, 2023-07 or 2023-07-16" in reply.json()["error"]["message"]
