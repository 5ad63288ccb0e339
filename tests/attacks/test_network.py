"""Everything that is the default works offline: no socket is opened, no name is looked up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Runs commands with a hook that ends the process at the first attempt. asyncio's own pair of
# connected sockets and Unix sockets reach nobody else.
GUARDED = """
import os, socket, sys

def forbid(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        tell(event, arguments)
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        if arguments[0].family != socket.AF_UNIX:
            tell(event, arguments[1:])
    if event.startswith(("socket.getaddrinfo", "socket.gethost", "socket.getname", "urllib.")):
        tell(event, arguments)

def tell(event, arguments):
    print("NETWORK", event, arguments, file=sys.stderr, flush=True)
    os._exit(99)

sys.addaudithook(forbid)
if sys.argv[1] == "connect":
    socket.create_connection(("127.0.0.1", 9), timeout=1)
from cli.main import app
app(sys.argv[1:], prog_name="kb")
"""

COMMANDS = (
    ("ingest", "corpus/panel.vtt"),
    ("search", "megawatts"),
    ("ask", "When will AGI come?"),
    ("ask", "When will AGI come?", "--llm"),
    ("claims",),
    ("compare", "AGI"),
    ("verify", "megawatts"),
    ("documents",),
    ("doctor",),
)


def run(*command: str, data_dir: Path, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    """A command with the defaults of the environment, except where its data lies."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith("KB_") or n == "KB_MODELS_DIR"}
    return subprocess.run(
        [*prefix, sys.executable, "-c", GUARDED, *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=300,
        env=kept | {"KB_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)},
    )


def test_the_guard_sees_a_connection(tmp_path):
    assert 99 == run("connect", data_dir=tmp_path).returncode


@pytest.mark.slow
def test_no_command_opens_a_socket(tmp_path):
    """From the first file to an answer of the language model."""
    for command in COMMANDS:
        done = run(*command, data_dir=tmp_path)
        assert "NETWORK" not in done.stderr, (command, done.stderr)
        assert done.returncode in {0, 1}, (command, done.stderr)
        assert "Traceback" not in done.stderr
        if command[0] in {"ingest", "search", "ask", "claims", "documents"}:
            assert 0 == done.returncode, (command, done.stderr)


@pytest.mark.slow
def test_the_default_works_where_there_is_no_network_at_all(tmp_path):
    """In a network namespace of its own, which holds nothing, not even the loopback device."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare here")
    prefix = (unshare, "--map-root-user", "--net")
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not permitted here")
    for command in (COMMANDS[0], COMMANDS[3]):
        done = run(*command, data_dir=tmp_path, prefix=prefix)
        assert 0 == done.returncode, done.stderr
    assert "[1]" in done.stdout
