"""Connections that say nothing, too much, or that are too many."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.protocol import PatientProtocol


class HastyProtocol(PatientProtocol):
    head_seconds = 1.0


class CrowdedProtocol(PatientProtocol):
    most_connections = 3


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


@contextmanager
def serving(protocol: type[PatientProtocol]) -> Iterator[tuple[str, int]]:
    app = Starlette(routes=[Route("/", echo, methods=["POST"])])
    config = uvicorn.Config(app, http=protocol, log_level="critical")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with serving(HastyProtocol) as address:
        yield address


def connect(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, timeout=20)


def rest_of(connection: socket.socket) -> bytes:
    """What comes until the server closes; a timeout fails the test."""
    return b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize("head", [b"", b"POST / HTTP/1.1\r\nHost: lo"])
def test_a_request_that_does_not_begin_in_time_loses_its_connection(address, head):
    with connect(address) as connection:
        connection.sendall(head)
        assert rest_of(connection) == b""


def test_a_body_may_take_longer_than_a_head(address):
    with connect(address) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nha")
        threading.Event().wait(3 * HastyProtocol.head_seconds)
        connection.sendall(b"lf")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_connection_serves_several_requests(address):
    connection = http.client.HTTPConnection(*address, timeout=20)
    for body in (b"one", b"two", b"three"):
        connection.request("POST", "/", body)
        assert connection.getresponse().read() == body
    connection.close()


def test_headers_without_measure_are_refused_in_the_shape_of_all_errors(address):
    with connect(address) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000)
        head, _, body = rest_of(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert {"code", "message", "hint"} == set(json.loads(body)["error"])


def test_connections_beyond_the_limit_are_closed_and_the_others_served():
    with serving(CrowdedProtocol) as address:
        held = [connect(address) for _ in range(CrowdedProtocol.most_connections)]
        with connect(address) as one_more, suppress(ConnectionResetError):
            assert rest_of(one_more) == b""
        held[0].sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        assert held[0].recv(4096).startswith(b"HTTP/1.1 200")
        for connection in held:
            connection.close()
