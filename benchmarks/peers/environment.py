"""The environment of the peers: made once in the user's cache, from exact versions."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "lock.txt"
PEERS = {
    "txtai": "txtai_peer.py",
    "LlamaIndex": "llamaindex_peer.py",
    "Haystack": "haystack_peer.py",
}


class Unavailable(Exception):
    """The peers cannot be installed here; the message says why."""


def cache() -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "alignment-kb" / "peers"


def peers_python() -> str:
    """The interpreter of the environment. Raises Unavailable when it cannot be made."""
    key = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = cache() / key
    python = folder / "bin" / "python"
    if (folder / "complete").exists():
        return str(python)
    print(f"bench: installing the peers into {folder}, once", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    finished = subprocess.run(
        [*map(str, install), "-r", str(LOCK)], capture_output=True, text=True, check=False
    )
    if finished.returncode:
        reason = (finished.stderr.strip().splitlines() or ["pip failed"])[-1]
        raise Unavailable(f"the peers could not be installed: {reason[:200]}")
    (folder / "complete").touch()
    return str(python)


def command(python: str, peer: str, *arguments: object) -> list[str]:
    return [python, str(HERE / PEERS[peer]), *map(str, arguments)]
