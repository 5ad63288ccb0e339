"""What a command says when the system gives it no memory."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from cli.main import Commands

FAULTS = {
    "no room for an array": MemoryError("Unable to allocate 4 GiB"),
    "no room for a thread": RuntimeError("can't start new thread"),
    "no room for a library": ImportError("libfaiss.so: failed to map segment from shared object"),
}


def failing(error: Exception):
    """A program with one command, which fails."""
    app = typer.Typer(cls=Commands)

    @app.command()
    def fail() -> None:
        raise error

    @app.command()
    def other() -> None: ...

    return CliRunner().invoke(app, ["fail"])


@pytest.mark.parametrize("error", FAULTS.values(), ids=FAULTS)
def test_a_command_without_memory_says_so_in_two_lines(error):
    result = failing(error)

    assert 1 == result.exit_code
    assert "Error: There is no memory left." == result.stderr.splitlines()[0]
    assert 2 == len(result.stderr.splitlines())


@pytest.mark.parametrize("error", [RuntimeError("of ours"), ImportError("no module")])
def test_another_fault_is_not_taken_for_that(error):
    assert error is failing(error).exception
