"""Measured processes: each figure is taken in a process of its own, so its memory is its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
} | {
    "HF_HUB_OFFLINE": "1",
    "PYTHONPATH": str(ROOT),
    "TRANSFORMERS_VERBOSITY": "error",
}
KB = [sys.executable, "-m", "cli.main"]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished process: its output, its seconds, those to the first mark, its peak in MiB."""

    output: str
    seconds: float
    to_mark: float
    peak: float

    @property
    def figures(self) -> dict[str, Any]:
        """What the last line says."""
        found: dict[str, Any] = json.loads(self.output.splitlines()[-1])
        return found


def measured(command: Sequence[str], *, mark: str = "\n") -> Run:
    """Run a command to its end; its errors go to a file and are shown when it fails."""
    began = time.perf_counter()
    to_mark = 0.0
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        output = b""
        os.set_blocking(process.stdout.fileno(), True)
        try:
            while piece := os.read(process.stdout.fileno(), 1 << 16):
                output += piece
                if not to_mark and mark.encode() in output:
                    to_mark = time.perf_counter() - began
        except BaseException:  # interrupted
            process.kill()
            raise
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = errors.decode(errors="replace")[-2000:]
        raise SystemExit(f"{' '.join(command)} failed ({process.returncode}):\n{told}")
    return Run(output.decode(), seconds, to_mark or seconds, usage.ru_maxrss / 1024)


def task(script: str, name: str, *arguments: object) -> dict[str, Any]:
    """A task of another script of this folder, in a process of its own; tells its peak, too."""
    path = str(ROOT / "benchmarks" / script)
    run = measured([sys.executable, path, name, *map(str, arguments)])
    return run.figures | {"peak": run.peak}


def serve_tasks(tasks: dict[str, Callable[..., dict[str, Any]]]) -> None:
    """What a script does that ``task`` calls."""
    name, *arguments = sys.argv[1:]
    print(json.dumps(tasks[name](*arguments)))
