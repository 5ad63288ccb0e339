"""Ray in a process of its own.

Ray's core ends the process that it runs in, with a stack trace on standard error, when the head of
its cluster is lost. That must end an ingest with an error that says what to do; so the ingest
itself stays where Ray is not, and only its files and their results go to and fro.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.cluster import ray_flow
from ingest.cluster.stages import Job, Keeper, Result
from kb.errors import ClusterUnavailable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

GOODBYE_SECONDS = 10.0  # for leaving the cluster in good order

_READY, _DONE = "ready", "done"


class Cluster:
    """A connection to a Ray cluster; ``connected`` makes it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def results(self, jobs: Sequence[Job], keeper: Callable[[int], Keeper]) -> Iterator[Result]:
        """Each file once it is stored or refused, in any order; ``ray_flow.Cluster`` says more.

        Raises ClusterUnavailable when the cluster is lost.
        """
        self._connection.send((jobs, keeper))
        while isinstance(message := self.receive(), Result):
            yield message

    def receive(self) -> object:
        """The next message of the other process; raises what was raised there."""
        try:
            message = self._connection.recv()
        except (EOFError, ConnectionError) as error:
            raise ClusterUnavailable("The Ray cluster was lost.") from error
        if isinstance(message, Exception):
            raise message
        return message


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster whose head listens at ``host:port``; this machine must be part of it.

    Raises InputError when Ray is not installed, ClusterUnavailable when nobody answers there.
    """
    spawning = get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(address, there), name="ray", daemon=True)
    process.start()
    there.close()
    try:
        cluster = Cluster(here)
        cluster.receive()
        yield cluster
    finally:
        here.close()
        process.join(GOODBYE_SECONDS)
        process.kill()


def _serve(address: str, connection: Connection) -> None:
    """Run what comes through the connection on the cluster, until nobody is at its other end."""
    _keep_quiet()
    try:
        with ray_flow.connected(address) as cluster:
            connection.send(_READY)
            while True:
                jobs, keeper = connection.recv()
                for result in cluster.results(jobs, keeper):
                    connection.send(result)
                connection.send(_DONE)
    except (EOFError, ConnectionError):  # also of what was sent and not read
        return
    except Exception as error:  # noqa: BLE001 - raised again in the process of the ingest
        error.add_note(traceback.format_exc())
        connection.send(error)


def _keep_quiet() -> None:
    """Ray writes to standard output and error by itself, whatever Python is told."""
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
