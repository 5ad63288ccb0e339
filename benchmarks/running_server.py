"""A real `kb serve` for the scripts that press it, and what the system tells of it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
KB = [sys.executable, "-m", "cli.main"]
QUERIES = [
    "How many GPUs did they order?",
    "What is the probability of doom?",
    "When will transformative AI arrive?",
    "Why is reward hacking hard to prevent?",
    "What does interpretability promise?",
    "Should there be a licence for training large models?",
]


def run_kb(data_dir: Path, *arguments: str) -> None:
    """Run one command; its failure ends the script."""
    command = [*KB, "--data-dir", str(data_dir), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"kb {' '.join(arguments)}: status {done.returncode}\n{done.stderr}")


def ingest_samples(data_dir: Path) -> None:
    run_kb(data_dir, "ingest", str(ROOT / "corpus"))


def resident(pid: int) -> float:
    match = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert match is not None
    return int(match[1]) / 1024


def open_files(pid: int) -> int:
    """How many file descriptors a process holds."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[int, str]]:
    """The process id and the address of a server that is ready."""
    command = [*KB, "--data-dir", str(data_dir), "serve", "--port", "0", "--log-format", "json"]
    log = data_dir.parent / "log"
    with log.open("wb") as sink:
        process = subprocess.Popen(command, stderr=sink, cwd=ROOT)
    try:
        while "Serving on" not in log.read_text():
            if process.poll() is not None:
                raise SystemExit(log.read_text())
            time.sleep(0.1)
        address = log.read_text().splitlines()[0].split()[-1]
        while httpx.get(f"{address}/health/ready").status_code != 200:
            time.sleep(0.1)
        yield process.pid, address
    finally:
        process.terminate()
        process.wait()
