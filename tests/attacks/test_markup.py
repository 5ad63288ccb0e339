"""Markup in transcripts, over HTTP: words stay words, and every link and element is ours."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from server.app import create_app

HOSTILE = (
    "![x](https://evil.example/x.png?leak=1)",
    "[click](javascript:alert(1))",
    "<https://evil.example>",
    "[ref]: https://evil.example",
    "https://evil.example/path",
    "www.evil.example",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<script>alert(1)</script>",
    "</blockquote><h1>Owned</h1>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "| a | b |",
    "```",
    "~~~",
    "$$\\href{javascript:alert(1)}{x}$$",
    "\\[1](https://evil.example)",
    "[1](https://evil.example)",
    "[^1]: https://evil.example",
    "\x1b]8;;evil\x07",
)
TITLE = "Kilns <img src=x onerror=alert(1)> ![t](https://evil.example/t) [t](//evil.example)"
NOT_OURS = {"image", "html_inline", "html_block", "fence", "table_open", "code_inline"}
SPEAKER = "Ines <b onclick=alert(1)> ![s](//evil.example/s)"


@pytest.fixture(scope="module")
def site(store_of, serve, wait_until_ready):
    said = [f"The glaze number {n} is {words} and blue." for n, words in enumerate(HOSTILE)]
    segments = [{"speaker": SPEAKER, "text": text} for text in said]
    transcript = {"title": TITLE, "speakers": [SPEAKER], "segments": segments}
    link = (
        "---\ntitle: Links\nlink: javascript:alert(1)\n---\n# L\n\n**Ada:** Ha.\n\n**Ben:** Ho.\n"
    )
    settings = store_of({"kilns.json": json.dumps(transcript), "links.md": link})
    with (
        serve(create_app(settings.model_copy(update={"llm": "none"}))) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        wait_until_ready(client)
        yield client


def completion(site: httpx.Client, question: str) -> str:
    body = {"model": "alignment-kb", "messages": [{"role": "user", "content": question}]}
    reply = site.post("/v1/chat/completions", json=body)
    content: str = reply.json()["choices"][0]["message"]["content"]
    return content


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=lambda n: HOSTILE[n][:20])
def test_markdown_of_an_answer_has_our_links_and_nothing_else(site, number):
    """As CommonMark, with GitHub's additions, and for renderers that link bare addresses."""
    content = completion(site, f"What is the glaze number {number} like?")
    assert f"glaze number {number} is" in content
    assert re.search(r"(?<!\\)://evil|www\.evil", content) is None
    for renderer in (MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})):
        blocks = renderer.parse(content)
        tokens = [token for block in blocks for token in (block, *(block.children or ()))]
        assert not NOT_OURS & {token.type for token in tokens}
        links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
        assert {site.base_url.host} == {urlsplit(link).hostname for link in links}


def test_pages_hold_no_element_of_a_transcript(site):
    """Every transcript's page: no script that is not ours, no handler, no picture, no address."""
    documents = site.get("/api/documents").json()["documents"]
    assert 2 == len(documents)
    for document in documents:
        page = BeautifulSoup(site.get(f"/documents/{document['id']}").text, "html.parser")
        assert page.get_text()
        for element in page.find_all(True):
            assert not [name for name in element.attrs if name.startswith("on")]
            for name in ("href", "src", "action"):
                address = urlsplit(str(element.get(name, "")))
                assert address.scheme in {"", "http", "https"}
                assert address.hostname in {None, site.base_url.host}
        assert [] == page.find_all(["svg", "iframe", "object", "embed"])
        for element in page.find_all(["script", "img"]):
            assert str(element["src"]).startswith("/static/")


def test_a_browser_is_told_to_run_nothing_else(site):
    policy = site.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\x.txt", "x.txt"),
        ("/abs/olute.txt", "olute.txt"),
        ("..", "upload"),
        (".", "upload"),
        ("a\x1b[31m.txt", "a\x1b[31m.txt"),
    ],
)
def test_of_an_uploads_name_only_the_last_part_counts(site, tmp_path, given, stored):
    """No name leads out of the store; its document says what it is."""
    text = f"Ada: I am {len(given)} and {given.count('.')}.\n\nBen: You are.\n"
    reply = site.post("/api/documents", files={"file": (given, text.encode())})
    assert 200 == reply.status_code
    (document,) = reply.json()["documents"]
    assert document["source"] in {stored, stored.replace("\x1b", "%1B")}
    assert 204 == site.delete(f"/api/documents/{document['id']}").status_code
