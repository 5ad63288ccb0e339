"""What the tests of faults share: two versions of a corpus, orders, faults, what is left after."""

from __future__ import annotations

import errno
import json
import os
import random
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from kb.check import check_store
from kb.settings import Settings
from kb.storage.database import FILE_NAME

WRITES, SYNCS, READS = 1, 2, 4
COUNT, EXIT, TORN, FAIL, FAIL_FROM = range(5)
EXITED = 137

KETTLES = """A chat about kettles

Ines Quarto: Which alarm would you trust in a reactor that never sleeps?

Bram Oduya: I would trust the one that costs $40 when it rings. A free alarm is decoration.
"""
OTHER_KETTLES = """A chat about kettles

Ines Quarto: Which alarm would you trust in a reactor that never sleeps?

Bram Oduya: None at all. By 2031 I expect that 90% of them are switched off.
"""
LADDERS = """A chat about ladders

Ines Quarto: How many rungs may be missing before you stop climbing?

Bram Oduya: Two. With three I would go home, and I would tell the owner why.
"""
BRIDGES = """A chat about bridges

Ines Quarto: When was the last time that you inspected one yourself?

Bram Oduya: In 2019, with 12 people, and we found rust where the drawings said stone.
"""
TALK_NAMES = ("anchors", "bridges", "candles")
TALK_WORDS = ("granite", "copper", "willow")
TALK = """A chat about {name}

Ines Quarto: What would you build them from, if nobody asked what it costs?

Bram Oduya: From {word}. I have said so since 2019, and I was right 80% of the time.
"""
ROWS = {
    "documents": "SELECT id, source_key, sha256, title, source, format, date, link, turns, notes "
    "FROM documents ORDER BY id",
    "transcripts": "SELECT * FROM transcripts ORDER BY document_id",
    "speakers": "SELECT * FROM speakers ORDER BY document_id, position",
    "passages": "SELECT document_id, id, position, turn, speaker, kind, section, char_start, "
    "char_end, line_start, start_seconds, text, context FROM passages ORDER BY id",
    "topics": "SELECT document_id, passage_topics.* FROM passage_topics JOIN passages ON id = "
    "passage_id ORDER BY passage_id, passage_topics.position",
    "vectors": "SELECT document_id, id, hex(vector) FROM vectors JOIN passages ON id = passage_id "
    "ORDER BY id",
    "claims": "SELECT document_id, * FROM claims ORDER BY id",
}
"""Everything of a document, its id first; not the revisions, which count the attempts."""


def talk(name: str, word: str) -> str:
    return TALK.format(name=name, word=word)


@dataclass(frozen=True)
class Result:
    """What became of an order. A negative status is the signal that ended it."""

    status: int
    acknowledged: list[str]
    error: str | None
    calls: int


class Worker:
    """The process of ``worker.py``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(self, data_dir, order, *arguments, kill_after=None, fault=None, clock_back=0) -> Result:
        """Carry out one order in a fork, which may be killed after seconds or meet a fault.

        With ``clock_back``, each look at the clock shows so many seconds less than the last.
        """
        line = {"do": order, "arguments": [str(a) for a in arguments], "data_dir": str(data_dir)}
        line |= {"clock_back": clock_back}
        line |= {"kill_after": kill_after} if kill_after is not None else {}
        line |= {"fault": fault} if fault else {}
        print(json.dumps(line), file=self._process.stdin, flush=True)
        return Result(**json.loads(self._process.stdout.readline()))


def fault(kinds=WRITES, action=COUNT, at=0, error=errno.ENOSPC, folder=None):
    """What the disk is to do at the ``at``-th call of some kinds."""
    made = {"kinds": kinds, "action": action, "errno": error, "at": at}
    return made | ({"folder": str(folder)} if folder else {})


class RecordingEmbedder:
    """Remembers every vector of the real model."""

    def __init__(self, embedder) -> None:
        self._embedder = embedder
        self._rows: dict[str, np.ndarray] = {}
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension

    def embed_passages(self, texts):
        rows = self._embedder.embed_passages(texts)
        self._rows.update(zip(texts, rows, strict=True))
        return rows

    def embed_query(self, text):
        return self.embed_passages([text])

    def save(self, path: Path) -> None:
        rows = np.stack(list(self._rows.values()))
        np.savez(path, model_id=self.model_id, texts=list(self._rows), rows=rows)


@dataclass(frozen=True)
class Versions:
    """A folder of talks, a data directory that holds them, and one that holds an older version.

    Since the older one a talk was changed, one stayed as it was, and one was added.
    """

    files: Path
    old: Path
    new: Path


def rows(data_dir: Path) -> dict[str, dict[str, list]]:
    """All that is stored, by document."""
    found: dict[str, dict[str, list]] = {}
    path = f"file:{data_dir / FILE_NAME}?mode=ro"
    with closing(sqlite3.connect(path, uri=True)) as database:
        for table, query in ROWS.items():
            for identifier, *row in database.execute(query):
                found.setdefault(identifier, {}).setdefault(table, []).append(row)
    return found


def problems(data_dir: Path) -> list[str]:
    """Everything that is wrong with a data directory."""
    return list(check_store(Settings(data_dir=data_dir)).problems)


def mixed(found, old, new) -> list[str]:
    """The documents that are neither as they were nor as they are to be."""
    return [
        identifier
        for identifier in found.keys() | old.keys() | new.keys()
        if found.get(identifier) not in (old.get(identifier), new.get(identifier))
    ]


SAMPLE = int(os.environ.get("KB_FAULT_SAMPLE", "25"))
"""How many calls to the disk of each kind are tried; `make soak` tries all."""


def sampled(calls: int) -> list[int]:
    """The first and the last call, numbered from 1, and some between, the same ones every time.

    One of each stretch of equal length, so that no long stretch is passed over by chance.
    """
    some, chance = min(SAMPLE, calls), random.Random(calls)
    ends = [1 + calls * number // some for number in range(some + 1)]
    between = {chance.randrange(begin, end) for begin, end in pairwise(ends)}
    return sorted({1, calls, *between})


TO_VERSION_2 = """
    ALTER TABLE passages ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
    UPDATE passages SET revision = (SELECT revision FROM documents WHERE id = document_id);
    CREATE INDEX passages_revision ON passages (revision);
    DROP INDEX documents_revision;
    ALTER TABLE documents DROP COLUMN revision;
    PRAGMA user_version = 2;
"""
"""Makes the database of today what the second version of the program wrote."""

TO_VERSION_1 = f"""{TO_VERSION_2}
    DROP TABLE claims;
    CREATE TABLE claims (id TEXT PRIMARY KEY, document_id TEXT);
    PRAGMA user_version = 1;
"""
