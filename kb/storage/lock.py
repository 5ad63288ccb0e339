"""One process at a time: locks that name their holder and die with it."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from kb.errors import StoreError, StoreLocked


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: process id, host name, and since when (ISO 8601, UTC)."""

    pid: int
    host: str
    started: str

    @classmethod
    def here(cls) -> Self:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(os.getpid(), platform.node(), now)

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.started}"


class ProcessLock:
    """An operating system lock on ``path``; its holder is recorded beside it.

    The system releases it when the process ends, however it ends, so a kill leaves nothing stale.
    """

    def __init__(self, path: Path, purpose: str) -> None:
        self._lock = FileLock(path, thread_local=False)
        self._record = path.with_suffix(".holder.json")
        self._purpose = purpose

    def acquire(self) -> None:
        """Take the lock at once or raise StoreLocked, which names the holder."""
        try:
            self._lock.acquire(blocking=False)
            self._record.write_text(json.dumps(asdict(Holder.here())), encoding="utf-8")
        except Timeout as error:
            raise StoreLocked(f"{self._purpose} is locked by {self._holder()}.") from error
        except OSError as error:
            self._lock.release()
            raise StoreError(f"Cannot lock {self._purpose}: {error}.") from error

    def release(self) -> None:
        with suppress(OSError):
            self._record.unlink()
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _holder(self) -> str:
        try:
            record = json.loads(self._record.read_text(encoding="utf-8"))
            return str(Holder(**record))
        except (OSError, ValueError, TypeError):
            return "another process"
