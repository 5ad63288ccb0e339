"""Search, speakers, topics and claims over HTTP."""

from __future__ import annotations

import pytest

from server.schemas import ClaimsReply, SearchReply, SpeakersReply, TopicsReply

QUERY = "how large was the training run in FLOP"


def search(client, **body) -> dict:
    reply = client.post("/api/search", json={"query": QUERY} | body)
    assert reply.status_code == 200
    return reply.json()


def test_hits_are_ranked_and_cut_from_their_documents(client):
    reply = search(client, limit=5)
    SearchReply.model_validate(reply)
    assert [hit["rank"] for hit in reply["hits"]] == [1, 2, 3, 4, 5]
    scores = [hit["score"] for hit in reply["hits"]]
    assert sorted(scores, reverse=True) == scores
    best = reply["hits"][0]
    text = client.get(f"/api/documents/{best['document_id']}").json()["text"]
    assert text[best["char_start"] : best["char_end"]] == best["text"]


def test_a_speaker_filter_is_exact(client):
    hits = search(client, speakers=["Priyanka Deshmukh"])["hits"]
    assert {hit["speaker"] for hit in hits} == {"Priyanka Deshmukh"}


def test_a_speaker_that_nobody_knows_has_said_nothing(client):
    assert search(client, speakers=["Nobody Atall"])["hits"] == []


def test_unknown_fields_do_no_harm(client):
    assert search(client, colour="green")["hits"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": ""},
        {"query": "   "},
        {"query": "x" * 2_001},
        {"query": QUERY, "limit": 0},
        {"query": QUERY, "limit": 101},
        {"query": QUERY, "speakers": "Ngozi Okwuosa"},
        {"query": QUERY, "date_from": "last year"},
        {"query": 7},
    ],
)
def test_bad_requests_are_refused_with_what_is_wrong(client, body):
    reply = client.post("/api/search", json=body)
    assert reply.status_code == 422
    assert reply.json()["error"]["code"] == "bad_input"
    assert reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"query": QUERY, "date_from": "last year"}, "date_from: write 2023, 2023-07 or"),
        ({"query": " "}, "query: write what you want to know"),
    ],
)
def test_a_refusal_says_what_to_write(client, body, told):
    """And shows no pattern, which only programmers can read."""
    assert told in client.post("/api/search", json=body).json()["error"]["message"]


@pytest.mark.parametrize("body", [b"{", b"", b'{"query": "\\ud800"}', b"\xff\xfe"])
def test_bodies_that_are_no_text_are_refused(client, body):
    reply = client.post("/api/search", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in (400, 422)
    assert set(reply.json()["error"]) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [("speaker", "speakers"), ("Documents", "documents"), ("dateFrom", "date_from")],
)
@pytest.mark.parametrize("call", [{"query": QUERY}, {"question": QUERY}])
def test_a_filter_that_is_mistyped_is_refused(client, call, given, meant):
    """Left unread it would give everybody's words to who asked for one person's."""
    reply = client.post(f"/api/{'search' if 'query' in call else 'ask'}", json={**call, given: "x"})
    assert reply.status_code == 422
    assert reply.json()["error"]["message"] == f"There is no field `{given}`."
    assert reply.json()["error"]["hint"] == f"Did you mean `{meant}`?"


def test_fields_that_are_like_no_filter_are_left_unread(client):
    """Frontends send more than a call takes."""
    body = {"query": QUERY, "session": "7", "user": "ana", "model": "m"}
    assert client.post("/api/search", json=body).status_code == 200


def test_speakers_and_topics_come_with_counts(client):
    speakers = client.get("/api/speakers").json()
    topics = client.get("/api/topics").json()
    SpeakersReply.model_validate(speakers)
    TopicsReply.model_validate(topics)
    assert "Ngozi Okwuosa" in {row["name"] for row in speakers["speakers"]}
    assert all(row["passages"] > 0 for row in topics["topics"])


def test_claims_are_a_list_with_a_total(client):
    reply = client.get("/api/claims", params={"kind": "compute", "limit": 10_000})
    ClaimsReply.model_validate(reply.json())
    assert len(reply.json()["claims"]) == reply.json()["total"]


def test_an_unknown_kind_of_claim_is_refused(client):
    assert client.get("/api/claims", params={"kind": "gossip"}).status_code == 422


def test_unknown_calls_are_404_and_wrong_methods_405(client):
    assert client.get("/api/nothing").status_code == 404
    reply = client.put("/api/search", json={})
    assert reply.status_code == 405
    assert reply.json()["error"]["code"] == "method_not_allowed"
