"""Which topics of an editable taxonomy a passage is about.

A passage is seen with its neighbours, because a topic lasts longer than a few sentences. It gets
the topics that it is closer to, by ``THRESHOLD``, than to the average topic of the taxonomy, which
therefore should have a dozen topics or more.

Measured with all-MiniLM-L6-v2 on 150 random passages of five real transcripts, whose topics were
written down (144 in all, none for 30 passages) before any similarity was computed. At .14, 125
topics are given to 55 % of the passages: precision .42, recall .36; read again, 27 of those that
had not been written down are defensible as well (precision .63). At .12 precision is .35 and recall
.47; at .18 they are .60 and .22. Without neighbours and without subtracting the average the best F1
falls from .40 to .30 (closest sentence) or .33 (mean of the three closest).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import InputError
from kb.protocols import Embedder, Vectors
from kb.vectors import read_arrays

FILE_NAME = "topics.toml"
VECTORS_FILE = "topics.npz"
BUILT_IN = Path(__file__).resolve().parent.parent / "corpus" / FILE_NAME
MOST_TOPICS = 3  # of one passage
THRESHOLD = 0.14
CLOSEST = 3  # sentences of a topic that count
NEIGHBOURS = (0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25)
"""Weights of the passages before, at and after a passage."""

_HINT = "corpus/topics.toml shows the form: [[topic]] with name, description, examples."


class Topic(BaseModel):
    """A topic: its name, what belongs to it, and what people say about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    description: str = Field(min_length=1)
    examples: tuple[str, ...] = ()


class Taxonomy(BaseModel):
    """All topics, in the order of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: tuple[Topic, ...] = ()


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The topics of ``path``, or those that come with the program; InputError names the fault."""
    if path is None and not BUILT_IN.is_file():
        return Taxonomy()
    path = path or BUILT_IN
    try:
        return Taxonomy.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise InputError(f"{path}: cannot be read: {error}", _HINT) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path}: {where}: {first['msg']}", _HINT) from error


@dataclass(frozen=True, slots=True)
class TopicVectors:
    """An embedded taxonomy: row i belongs to the topic ``names[owners[i]]``."""

    names: tuple[str, ...]
    owners: tuple[int, ...]
    rows: Vectors

    def topics_of(self, passages: Vectors) -> list[tuple[str, ...]]:
        """For each passage of a document (rows in reading order) up to three topics, best first."""
        if not self.names or not len(passages):
            return [()] * len(passages)
        closeness = self.closeness(passages)
        best = np.argsort(-closeness, axis=1, kind="stable")[:, :MOST_TOPICS]
        return [
            tuple(self.names[topic] for topic in order if row[topic] >= THRESHOLD)
            for order, row in zip(best, closeness, strict=True)
        ]

    def closeness(self, passages: Vectors) -> Vectors:
        """Of each passage (row) to each topic (column), 0 being the average over the topics."""
        cosines = _with_neighbours(passages) @ self.rows.T
        owners = np.array(self.owners)
        columns = [
            np.sort(cosines[:, owners == topic], axis=1)[:, -CLOSEST:].mean(axis=1)
            for topic in range(len(self.names))
        ]
        similarity = np.stack(columns, axis=1)
        closeness: Vectors = similarity - similarity.mean(axis=1, keepdims=True)
        return closeness


def _with_neighbours(passages: Vectors) -> Vectors:
    """Weighted sums of each row and those around it, as unit vectors."""
    reach = len(NEIGHBOURS) // 2
    padded = np.pad(passages, ((reach, reach), (0, 0)))
    sums = sum(
        weight * padded[start : start + len(passages)] for start, weight in enumerate(NEIGHBOURS)
    )
    unit: Vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
    return unit


def embed_taxonomy(
    taxonomy: Taxonomy, embedder: Embedder, kept: Path | None = None
) -> TopicVectors:
    """The taxonomy in the space of the passages.

    The file ``kept`` holds the vectors of the last time, which are taken when nothing changed.
    """
    owners = [number for number, topic in enumerate(taxonomy.topic) for _ in _sentences(topic)]
    sentences = [sentence for topic in taxonomy.topic for sentence in _sentences(topic)]
    key = hashlib.sha256(json.dumps([embedder.model_id, *sentences]).encode()).hexdigest()
    rows = _read_rows(kept, key) if kept else None
    if rows is None:
        rows = embedder.embed_passages(sentences)
        if kept:
            _write_rows(kept, key, rows)
    return TopicVectors(tuple(topic.name for topic in taxonomy.topic), tuple(owners), rows)


def _read_rows(path: Path, key: str) -> Vectors | None:
    """The vectors, when they are those of ``key`` and undamaged; nothing is unpickled."""
    try:
        with path.open("rb") as file:
            kept = read_arrays(file)
        rows: Vectors = kept["rows"]
        mark = str(kept["mark"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, MemoryError):
        return None
    return rows if mark == _mark(key, rows) else None


def _write_rows(path: Path, key: str, rows: Vectors) -> None:
    """Keep the vectors for the next time, where that is possible."""
    with suppress(OSError), TemporaryDirectory(dir=path.parent, prefix=".topics-") as folder:
        partial = Path(folder) / path.name
        np.savez(partial, rows=rows, mark=np.array(_mark(key, rows)))
        partial.replace(path)


def _mark(key: str, rows: Vectors) -> str:
    return hashlib.sha256(key.encode() + rows.tobytes()).hexdigest()


def _sentences(topic: Topic) -> Sequence[str]:
    return (f"{topic.name}: {topic.description}", *topic.examples)
