"""``python -m ingest.converters FORMAT``: a document comes in, a web page goes out.

FORMAT is pdf, word, rtf, opendocument, epub or excel, a module of this package; a workbook comes
out as comma-separated rows.

Ends with status 1 and a reason on standard error when the document cannot be read.
"""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress
from importlib import import_module

SECONDS = 110
MEMORY = 2 * 1024**3  # bytes
LONGEST_PAGE = 64 * 1024**2  # characters


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
    if len(page) > LONGEST_PAGE:
        sys.exit(f"it holds more than {LONGEST_PAGE:,} characters")
    sys.stdout.buffer.write(page.encode("utf-8", "replace"))


def _limit() -> None:
    """Bound time and memory, where the system can and does not bound them more closely."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main()
