"""The program as a process: start-up, exit statuses, a clean standard output."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

KB = [sys.executable, "-m", "cli.main"]
HEAVY = ("faiss", "llama_cpp", "torch", "onnxruntime", "tantivy", "fastapi", "numpy", "pydantic")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*KB, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_help_loads_no_heavy_library():
    program = (
        "import sys\n"
        "from cli.main import app\n"
        "app(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stderr == "[]\n"


def test_standard_output_is_the_json_value_and_nothing_else(data_dir):
    result = run("search", "megawatts", "--json", KB_DATA_DIR=str(data_dir), KB_LLM="none")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["hits"]


def test_a_failure_is_two_lines_and_status_1(data_dir):
    result = run("show", "nothing-like-this", KB_DATA_DIR=str(data_dir))
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2
    assert "Traceback" not in result.stderr


def test_wrong_usage_is_status_2():
    assert run("--no-such-option").returncode == 2


def test_a_question_that_is_not_utf8_is_read_as_far_as_it_is(data_dir):
    """An answer, not a traceback: the byte that is no character counts as an unknown one."""
    result = run("ask", "--extractive", "How many megawatts? \udcff", KB_DATA_DIR=str(data_dir))
    assert (0, "") == (result.returncode, result.stderr)
    assert "megawatts" in result.stdout


def test_a_port_that_is_taken_is_an_error_of_two_lines(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port, KB_DATA_DIR=str(tmp_path))
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.slow
def test_the_server_runs_until_it_is_interrupted(data_dir):
    environment = os.environ | {"KB_DATA_DIR": str(data_dir), "KB_LLM": "none"}
    command = [*KB, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr is not None
        address = server.stderr.readline().split()[-1]
        for _ in range(300):
            try:
                if httpx.get(f"{address}/health/ready").status_code == 200:
                    break
            except httpx.ConnectError:
                pass
            time.sleep(0.1)
        reply = httpx.post(f"{address}/api/search", json={"query": "megawatts"}, timeout=30)
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    assert reply.json()["hits"]
    assert server.returncode == 130
