"""``python -m ingest.converters pdf|word|rtf``: a document comes in, a web page goes out.

Ends with status 1 and a reason on standard error when the document cannot be read.
"""

from __future__ import annotations

import io
import logging
import sys
from importlib import import_module

SECONDS = 110
MEMORY = 2 * 1024**3  # bytes


def main() -> None:
    _limit()
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(3_000)
    try:
        page = import_module(f"ingest.converters.{sys.argv[1]}").html(
            io.BytesIO(sys.stdin.buffer.read())
        )
    except MemoryError:
        sys.exit("it takes too much memory")
    # Parsers of untrusted files raise whatever their code raises; the reason is all that counts.
    except Exception as error:  # noqa: BLE001
        sys.exit(str(error).strip() or "it is damaged")
    sys.stdout.buffer.write(page.encode("utf-8", "replace"))


def _limit() -> None:
    """Bound time and memory, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
