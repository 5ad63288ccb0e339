"""What the scripts of the peers share; runs in the peers' environment, without this project.

    python SCRIPT index TEXTS MODEL STORE
    python SCRIPT search STORE MODEL QUERY

``TEXTS`` is a folder of files with one passage in each line: the very texts that we embed, so that
all do the same work and the peers are spared splitting. A search prints the passages that it found.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
BEGAN = time.perf_counter()


def read_texts(folder: str) -> list[str]:
    files = sorted(Path(folder).iterdir())
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def run(
    index: Callable[[list[str], str, str], None], search: Callable[[str, str, str], list[str]]
) -> None:
    action, *given = sys.argv[1:]
    if action == "index":
        texts = read_texts(given[0])
        index(texts, *given[1:])
        answer = {"passages": len(texts)}
    else:
        answer = {"hits": search(*given)}
    print(json.dumps(answer | {"seconds": time.perf_counter() - BEGAN}))
