"""One table of what the server refuses, with which status; nothing of it reaches the store.

The requests go over a plain socket, because clients would not send most of them.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpx
import pytest

from kb.knowledge_base import KnowledgeBase
from server.app import create_app
from server.limits import LimitBodies

KEY = "correct-horse"
MIB = 1024 * 1024
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
CHAT = "/v1/chat/completions"
OPENED_PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'


def search(**fields: object) -> bytes:
    return json.dumps({"query": "doom", **fields}).encode()


@dataclass(frozen=True)
class Refused:
    """A request, and the status that it gets; ``length`` is announced in place of the body's."""

    name: str
    status: int
    path: str = "/api/search"
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b'{"query": "doom"}'
    length: int | None = None
    kind: str = "application/json"


def with_headers(**headers: str) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", "-"), value) for name, value in headers.items())


def form(part: bytes) -> dict:
    return {"path": "/api/documents", "kind": FORM["Content-Type"], "body": part}


LONG = json.dumps({"question": "a" * 2_001}).encode()
DEEP = b"[" * 10_000 + b"]" * 10_000
TABLE = [
    Refused("another host", 400, headers=with_headers(Host="evil.example")),
    Refused("a host that is none", 400, headers=with_headers(Host="a b@c/d")),
    Refused("another host, reading", 400, "/", "GET", with_headers(Host="evil.example:8000")),
    Refused("another origin", 403, headers=with_headers(Origin="https://evil.example")),
    Refused("no origin at all", 403, headers=with_headers(Origin="null")),
    Refused(
        "another origin, reading",
        403,
        "/api/topics",
        "GET",
        with_headers(Origin="http://evil.example"),
    ),
    Refused(
        "another site without an origin", 403, headers=with_headers(Sec_Fetch_Site="cross-site")
    ),
    Refused(
        "another origin, to assistants", 403, "/mcp", headers=with_headers(Origin="http://e.vil")
    ),
    Refused("a wrong method", 405, "/api/search", "PUT"),
    Refused("a wrong method for all", 405, "/api/topics", "DELETE"),
    Refused("a method nobody knows", 405, "/api/search", "BREW"),
    Refused("a wrong method of the OpenAI API", 405, CHAT, "GET", body=b""),
    Refused("JSON as text", 415, kind="text/plain"),
    Refused("JSON as a form", 415, kind="application/x-www-form-urlencoded"),
    Refused("JSON of no type", 415, kind=""),
    Refused("a file as JSON", 415, "/api/documents"),
    Refused("100 MB that are announced", 413, length=100 * MIB),
    Refused("100 MB for an upload", 413, **form(b"--b"), length=100 * MIB),
    Refused("100 MB of a chat", 413, CHAT, length=100 * MIB),
    Refused("JSON 10,000 deep", 400, body=b'{"query": ' + DEEP + b"}"),
    Refused("JSON 10,000 deep in a chat", 400, CHAT, body=b'{"messages": ' + DEEP + b"}"),
    Refused("a name that occurs twice", 400, body=b'{"query": "a", "query": "b"}'),
    Refused("NaN", 400, body=b'{"query": "a", "limit": NaN}'),
    Refused("half of JSON", 400, body=b'{"query": "a"'),
    Refused("bytes that are no UTF-8", 400, body=b'{"query": "\xff"}'),
    Refused("no body", 422, body=b""),
    Refused("an empty query", 422, body=search(query=" ")),
    Refused("a query that is too long", 422, body=search(query="a" * 2_001)),
    Refused(
        "a question that is too long", 422, "/api/ask", body=b'{"question": "%s"}' % (b"a" * 2_001)
    ),
    Refused("too many filters", 422, body=search(speakers=["a"] * 101)),
    Refused("too many passages", 422, body=search(limit=101)),
    Refused("a form without a boundary", 415, "/api/documents", kind="multipart/form-data"),
    Refused("a form with another boundary", 400, **form(b"--c\r\n\r\n--c--\r\n")),
    Refused("a part without a name", 400, **form(b"--b\r\nX: y\r\n\r\nA: b\r\n--b--\r\n")),
    Refused("a form without a file", 422, **form(b"--b--\r\n")),
    Refused("101 files", 400, **form(101 * (OPENED_PART + b"A: b\r\n") + b"--b--\r\n")),
]


def raw(address: str, case: Refused, key: str | None = None) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the reply to a request, which is sent as it stands."""
    head = {"Host": httpx.URL(address).netloc.decode(), "Connection": "close"}
    if case.kind:
        head["Content-Type"] = case.kind
    head["Content-Length"] = str(len(case.body) if case.length is None else case.length)
    if key:
        head["Authorization"] = f"Bearer {key}"
    head |= dict(case.headers)
    lines = [f"{case.method} {case.path} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items())]
    return exchange(address, [("\r\n".join(lines) + "\r\n\r\n").encode(), case.body])


def exchange(address: str, chunks: Iterable[bytes]) -> tuple[int, dict[str, str], bytes]:
    """What the server replies to bytes; it may stop to listen before all are sent."""
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        try:
            for chunk in chunks:
                connection.sendall(chunk)
        except (BrokenPipeError, ConnectionResetError):
            pass
        reply = b""
        while more := connection.recv(65_536):
            reply += more
            head, _, body = reply.partition(b"\r\n\r\n")
            if body.endswith(b"}") and b"content-length" in head.lower():
                break
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(status.split()[1]), headers, body


@pytest.fixture(scope="module")
def address(client) -> str:
    return str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def guarded(settings, serve) -> Iterator[str]:
    """The address of a server that asks for a key."""
    with KnowledgeBase(settings) as knowledge_base:
        app = create_app(settings.model_copy(update={"api_key": KEY}), knowledge_base)
        with serve(app) as address:
            yield address


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.name)
def test_it_is_refused_with_its_status_and_a_reason(client, address, case):
    before = client.get("/api/documents").json()
    status, headers, body = raw(address, case)
    assert case.status == status, body
    error = json.loads(body)["error"]
    assert error["message"]
    assert error["code"]
    if case.path.startswith("/v1"):
        assert {"message", "type", "param", "code"} == set(error)
    elif case.path != "/mcp":
        assert {"code", "message", "hint"} == set(error)
    if status == 405:
        assert "GET" in headers["allow"].upper() or "POST" in headers["allow"].upper()
    assert before == client.get("/api/documents").json()


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.name)
def test_without_the_key_nothing_else_is_looked_at(guarded, case):
    expected = case.status if case.status == 403 or "host" in case.name else 401
    if case.path == "/":
        expected = 400
    status, _, _ = raw(guarded, case)
    assert expected == status


def test_a_wrong_key_is_refused(guarded):
    status, headers, _ = raw(guarded, Refused("wrong key", 401), key="wrong")
    assert 401 == status
    assert "bearer" in headers["www-authenticate"]


def test_100_mb_of_no_announced_length_are_refused_when_the_limit_is_passed(address):
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        head = "POST /api/search HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n"
        host = httpx.URL(address).netloc.decode()
        yield (head.format(host) + "Transfer-Encoding: chunked\r\n\r\n").encode()
        for _ in range(100):
            sent += 1
            yield b"100000\r\n" + b" " * MIB + b"\r\n"
        yield b"0\r\n\r\n"

    status, _, body = exchange(address, chunks())
    assert 413 == status
    assert "too_large" == json.loads(body)["error"]["code"]


def test_a_body_that_does_not_come_is_not_waited_for(settings, serve):
    with KnowledgeBase(settings) as knowledge_base:
        app = create_app(settings, knowledge_base)
        for entry in app.user_middleware:
            if entry.cls is LimitBodies:
                entry.kwargs["seconds"] = 0.2
        app.state.service.load()
        with serve(app) as slow:
            for path, code in (("/api/search", "too_slow"), (CHAT, "too_slow")):
                status, _, body = raw(slow, Refused("slow", 408, path, body=b'{"q', length=100))
                assert 408 == status
                assert code == json.loads(body)["error"]["code"]


@pytest.mark.parametrize(
    "name", ["../../escaped.txt", "..\\..\\escaped.txt", "/etc/escaped.txt", "C:\\escaped.txt"]
)
def test_a_path_in_a_file_name_leads_nowhere(client, settings, name):
    chat = b"Kettles\n\nIda Quarto: Is it hot?\n\nBram Oduya: It is as hot as a kettle can be.\n"
    reply = client.post("/api/documents", files=[("file", (name, chat))])
    (document,) = reply.json()["documents"]
    client.delete(f"/api/documents/{document['id']}")
    assert document["source"].endswith("escaped.txt")
    assert not {"..", "etc", "C:"} & set(document["source"].replace("\\", "/").split("/"))
    folder = settings.data_dir.parent
    assert not [path for path in folder.parent.rglob("escaped.txt") if folder not in path.parents]


def test_an_error_tells_no_path_and_repeats_no_question(client, settings):
    for path in ("/api/documents/nothing", "/api/claims/nothing"):
        assert str(settings.data_dir) not in client.get(path).text
    secret = "what only I know"
    reply = client.post("/api/search", json={"query": secret, "limit": 0})
    assert 422 == reply.status_code
    assert secret not in reply.text
