"""Documents over HTTP: listed, shown, uploaded, deleted."""

from __future__ import annotations

from kb.storage.store import Store
from server.schemas import DocumentReply, DocumentsReply, UploadReply

JSON = {"Content-Type": "application/json"}
CHAT = b"""A chat about kettles

Ines Quarto: Which alarm would you trust in a reactor that never sleeps?

Bram Oduya: I would trust the one that costs money when it rings. A free alarm is decoration.
"""


def by_file(client) -> dict[str, dict]:
    rows = client.get("/api/documents").json()["documents"]
    return {row["source"].rsplit("/", 1)[-1]: row for row in rows}


def test_documents_are_listed_with_their_speakers_and_the_names_of_their_files(client):
    reply = client.get("/api/documents")
    DocumentsReply.model_validate(reply.json())
    documents = by_file(client)
    assert {"labelled_interview.txt", "podcast_with_times.md", "panel.vtt"} <= set(documents)
    names = {speaker["name"] for speaker in documents["labelled_interview.txt"]["speakers"]}
    assert {"Zoé Lachapelle", "Ngozi Okwuosa"} <= names


def test_a_document_comes_with_its_text_and_turns_whose_offsets_fit_into_it(client):
    identifier = by_file(client)["podcast_with_times.md"]["id"]
    document = client.get(f"/api/documents/{identifier}").json()
    DocumentReply.model_validate(document)
    opening = document["turns"][0]
    text = document["text"][opening["char_start"] : opening["char_end"]]
    assert text.startswith("Welcome to Fjord Signal, episode 41.")
    assert opening["start_seconds"] == 4


def test_an_unknown_document_is_404_in_the_shape_of_all_errors(client):
    reply = client.get("/api/documents/feedfacefeedface")
    assert reply.status_code == 404
    assert reply.json()["error"]["code"] == "not_found"
    assert set(reply.json()["error"]) == {"code", "message", "hint"}


def test_an_uploaded_transcript_is_searchable_at_once_and_gone_after_its_deletion(client):
    files = [("file", ("../../etc/kettles.txt", CHAT)), ("file", ("noise.bin", bytes(range(256))))]
    reply = client.post("/api/documents", files=files)
    assert reply.status_code == 200
    UploadReply.model_validate(reply.json())
    (document,) = reply.json()["documents"]
    (refused,) = reply.json()["refused"]
    assert document["source"].endswith("kettles.txt")
    assert "etc" not in document["source"]
    assert refused["source"].endswith("noise.bin")
    assert refused["reason"]

    def found_in() -> list[str]:
        hits = client.post("/api/search", json={"query": "alarm that costs money"}).json()["hits"]
        return [hit["document_id"] for hit in hits]

    assert found_in()[0] == document["id"]
    assert client.delete(f"/api/documents/{document['id']}").status_code == 204
    assert client.get(f"/api/documents/{document['id']}").status_code == 404
    assert document["id"] not in found_in()


def test_an_upload_without_files_is_refused(client):
    reply = client.post("/api/documents", files=[("other", ("a.txt", b"A: b"))])
    assert reply.status_code == 422
    assert "file" in reply.json()["error"]["message"]


def test_an_upload_while_another_ingest_writes_is_told_to_wait(client, settings):
    with Store.open(settings.data_dir, write=True):
        reply = client.post("/api/documents", files=[("file", ("kettles.txt", CHAT))])
    assert reply.status_code == 409
    assert reply.json()["error"]["code"] == "locked"
    assert int(reply.headers["retry-after"]) > 0


def test_a_body_over_the_limit_is_refused_before_it_is_read(client):
    reply = client.post("/api/search", headers=JSON, content=b" " * 3_000_000)
    assert reply.status_code == 413
    assert reply.json()["error"]["code"] == "too_large"


def test_a_body_that_does_not_announce_its_length_is_counted(client):
    reply = client.post("/api/search", headers=JSON, content=(b" " * 100_000 for _ in range(30)))
    assert reply.status_code == 413
    assert reply.json()["error"]["code"] == "too_large"
