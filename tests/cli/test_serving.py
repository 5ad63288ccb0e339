"""``kb serve`` and ``kb keys`` as processes: settings, log lines, keys, and how it all ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

KB = [sys.executable, "-m", "cli.main"]
QUESTION = "Why would nobody say wombat in a log?"


def kb(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KB, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


@contextmanager
def serving(data_dir: Path, *options: str, **environment: str) -> Iterator[tuple]:
    """A server that is ready: its process, its address, and the file of its log."""
    command = [*KB, "--data-dir", str(data_dir), "serve", "--port", "0", *options]
    log = data_dir.parent / "server-log"
    variables = os.environ | {"KB_LLM": "none"} | environment
    with log.open("w") as sink, subprocess.Popen(command, stderr=sink, env=variables) as process:
        try:
            while "Serving on" not in log.read_text():
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
            address = log.read_text().splitlines()[0].split()[-1]
            while httpx.get(f"{address}/health/ready").status_code != 200:
                time.sleep(0.1)
            yield process, address, log
        finally:
            process.kill()


@pytest.fixture
def copy(data_dir, tmp_path) -> Path:
    """A data directory of the test's own."""
    return Path(shutil.copytree(data_dir, tmp_path / "data"))


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_the_server_without_a_traceback(copy, sent, status):
    with serving(copy) as (process, address, log):
        httpx.post(f"{address}/api/search", json={"query": "megawatts"}, timeout=30)
        process.send_signal(sent)
        assert status == process.wait(timeout=30)
        assert "Traceback" not in log.read_text()
        assert "error" not in log.read_text()
    (log_ahead,) = copy.glob("*-wal")
    assert 0 == log_ahead.stat().st_size, "the store was not closed"


@pytest.mark.slow
def test_the_log_is_json_with_the_ids_of_requests_and_without_what_was_asked(copy):
    with serving(copy, "--log-format", "json", KB_API_KEY="geheim") as (process, address, log):
        headers = {"Authorization": "Bearer geheim", "X-Request-ID": "mine-1"}
        path = f"/api/documents/wombat?q={QUESTION}"
        reply = httpx.get(address + path, headers=headers, timeout=30)
        assert "mine-1" == reply.headers["x-request-id"]
        body = {"query": QUESTION}
        httpx.post(f"{address}/api/search", json=body, headers=headers, timeout=30)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        written = log.read_text()
    entries = [json.loads(line) for line in written.splitlines()[1:]]
    told = [(entry["route"], entry["status"]) for entry in entries if "request_id" in entry]
    assert told[-2:] == [("/api/documents/{document_id}", 404), ("/api/search", 200)]
    assert "mine-1" == entries[-1]["request_id"]
    for secret in ("wombat", "geheim", str(copy)):
        assert secret not in written


@pytest.mark.slow
def test_a_key_opens_a_running_server_until_it_is_removed(copy):
    key = kb("--data-dir", str(copy), "keys", "add", "ann").stdout.strip()
    with serving(copy) as (_, address, _):

        def status(token: str) -> int:
            headers = {"Authorization": f"Bearer {token}"}
            return httpx.get(f"{address}/api/topics", headers=headers, timeout=30).status_code

        assert (200, 401) == (status(key), status("kb_other"))
        second = kb("--data-dir", str(copy), "keys", "add", "ben").stdout.strip()
        assert 200 == status(second)
        assert "ann" in kb("--data-dir", str(copy), "keys", "list").stdout
        assert 0 == kb("--data-dir", str(copy), "keys", "remove", "ann").returncode
        assert (401, 200) == (status(key), status(second))
        kb("--data-dir", str(copy), "keys", "remove", "ben")
        assert 401 == status(second), "a server must not open because its last key is gone"


def test_keys_are_kept_as_hashes_that_only_the_owner_reads(tmp_path):
    key = json.loads(kb("--data-dir", str(tmp_path), "keys", "add", "ann", "--json").stdout)["key"]
    path = tmp_path / "keys.json"
    assert key not in path.read_text()
    assert 0o600 == path.stat().st_mode & 0o777


def shown(*arguments: str, **environment: str) -> dict[str, tuple[object, str]]:
    result = kb("serve", "--show-config", "--json", *arguments, **environment)
    assert 0 == result.returncode, result.stderr
    entries = json.loads(result.stdout)["settings"]
    return {entry["name"]: (entry["value"], entry["source"]) for entry in entries}


def test_an_option_goes_before_a_variable_and_a_variable_before_the_file(tmp_path):
    file = tmp_path / "kb.toml"
    file.write_text('port = 1\nthreads = 1\nllm = "none"\n')
    found = shown("--config", str(file), "--port", "3", KB_PORT="2", KB_THREADS="2")
    assert (3, "option") == found["port"]
    assert (2, "environment") == found["threads"]
    assert ("none", "file") == found["llm"]
    assert ("127.0.0.1", "default") == found["host"]
    assert ("none", "file") == shown(KB_CONFIG_FILE=str(file))["llm"]


@pytest.mark.parametrize(
    ("setting", "told"),
    [("KB_STORE", "postgresql://user@host/database"), ("KB_INDEX", "milvus+http://host:19530")],
)
def test_an_address_that_is_none_is_told_what_one_looks_like(setting, told):
    result = kb("serve", "--show-config", **{setting: "mysql://kb:geheim@host"})
    assert 1 == result.returncode
    assert told in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("KB_API_KEY", "geheim"),
        ("KB_STORE", "postgresql://kb:geheim@one,two/kb"),
        ("KB_STORE", "postgresql://one/kb?user=kb&password=geheim"),
        ("KB_INDEX", "milvus+http://geheim@host:19530"),
        ("KB_LLM", "http://kb:ge:geheim@127.0.0.1:8080/v1#model"),
    ],
)
def test_secrets_are_masked(setting, value):
    result = kb("serve", "--show-config", **{setting: value})
    assert "geheim" not in result.stdout
    assert "*****" in result.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prot = 1", "there is no setting “prot”"),
        ('port = "x"', "port: Input should be a valid integer"),
        ("port = ", "is not TOML"),
        ('cors_origins = ["*"]', "“*” is not an origin"),
    ],
)
def test_a_wrong_file_is_one_line_and_what_to_do(tmp_path, text, told):
    file = tmp_path / "kb.toml"
    file.write_text(text)
    result = kb("serve", "--config", str(file))
    assert 1 == result.returncode
    assert 2 == len(result.stderr.splitlines())
    assert told in result.stderr


def test_other_machines_are_served_with_a_key_only(tmp_path):
    result = kb("--data-dir", str(tmp_path), "serve", "--host", "0.0.0.0", "--port", "0")
    assert 1 == result.returncode
    assert "API key" in result.stderr
