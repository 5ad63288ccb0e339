"""The HTML pages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from server.pages import recording, transcript_page

HOSTILE = (
    "A talk about markup\n\n"
    'Ada <script>alert(1)</script>: Some people write <b>bold</b> & "quoted" things 🙂.\n\n'
    "Bo Lindqvist: <img src=x onerror=alert(1)> is what they answer.\n"
).encode()


def page_of(client, document_id: str) -> BeautifulSoup:
    reply = client.get(f"/documents/{document_id}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/html")
    return BeautifulSoup(reply.text, "html.parser")


@pytest.mark.parametrize("path", ["/", "/search", "/claims", "/documents"])
def test_every_address_of_the_app_has_its_page_without_inline_script(client, path):
    page = BeautifulSoup(client.get(path).text, "html.parser")
    assert page.find(id="view")
    assert all(script.get("src") and not script.string for script in page.find_all("script"))


def test_everything_that_the_page_loads_is_served_by_the_server_itself(client):
    page = BeautifulSoup(client.get("/").text, "html.parser")
    links = [tag["href"] for tag in page.find_all("link")]
    scripts = [tag["src"] for tag in page.find_all("script")]
    for address in [*links, *scripts, "/static/api.js", "/static/transcript.js"]:
        assert address.startswith("/static/")
        assert client.get(address).status_code == 200


def test_every_paragraph_of_a_transcript_stands_at_its_offset(client):
    for row in client.get("/api/documents").json()["documents"]:
        text = client.get(f"/api/documents/{row['id']}").json()["text"]
        nodes = page_of(client, row["id"]).select("[data-start]")
        assert len(nodes) > 10
        for node in nodes:
            start = int(node["data-start"])
            assert text[start : start + len(node.text)] == node.text


def test_a_transcript_shows_who_speaks_and_when(client):
    rows = client.get("/api/documents").json()["documents"]
    podcast = next(row for row in rows if row["source"].endswith("podcast_with_times.md"))
    turn = page_of(client, podcast["id"]).select_one(".turn")
    assert turn.select_one(".speaker").text == "Håkon Brattli"
    assert turn.select_one("time").text == "00:04"


def test_markup_in_a_transcript_is_shown_not_obeyed(client):
    reply = client.post("/api/documents", files=[("file", ("hostile.txt", HOSTILE))]).json()
    (document,) = reply["documents"]
    page = page_of(client, document["id"])
    assert page.main.find("img") is None
    assert page.main.find("b") is None
    assert all(script.get("src") for script in page.find_all("script"))
    assert '<b>bold</b> & "quoted" things 🙂.' in page.text
    client.delete(f"/api/documents/{document['id']}")


def test_the_page_of_an_unknown_document_says_so_and_leads_on(client):
    """Links outlive the documents that they lead to; a reader should not meet raw JSON."""
    reply = client.get("/documents/feedfacefeedface")
    page = BeautifulSoup(reply.text, "html.parser")
    assert 404 == reply.status_code
    assert "not here" in page.h1.text
    assert page.main.find("a", href="/documents")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.youtube.com/watch?v=x&t=61s", "https://www.youtube.com/watch?v=x"),
        ("https://youtu.be/x?t=61s", "https://youtu.be/x"),
        ("https://example.org/talk.mp3#t=61", "https://example.org/talk.mp3"),
        (None, "javascript:alert(1)"),
        (None, "//example.org/x"),
        (None, "https://[broken"),
        (None, None),
    ],
)
def test_a_time_leads_into_the_recording(address, link):
    assert address == recording(link, 61.7)


@given(st.text())
def test_only_web_addresses_become_links(text):
    link = recording(text)
    assert link is None or link.startswith(("http://", "https://"))


def test_sections_are_an_outline_that_leads_to_their_places(client):
    rows = client.get("/api/documents").json()["documents"]
    interview = next(row for row in rows if row["source"].endswith("labelled_interview.txt"))
    text = client.get(f"/api/documents/{interview['id']}").json()["text"]
    links = page_of(client, interview["id"]).select(".outline a")
    assert links
    for link in links:
        start, end = map(int, link["href"].removeprefix("#c=").split("-"))
        assert link.text.startswith(text[start:end]) or end - start == 1


def test_a_name_that_was_worked_out_is_marked(sample_documents):
    captions = sample_documents["captions.txt"]
    guessed = [turn for turn in captions.turns if turn.speaker and turn.speaker_confidence < 1]
    page = BeautifulSoup(transcript_page(captions), "html.parser")
    assert guessed
    assert len(guessed) == len(page.select(".label .caveat"))
