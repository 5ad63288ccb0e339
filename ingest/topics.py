"""Which topics of an editable taxonomy a passage is about."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import InputError
from kb.protocols import Embedder, Vectors

FILE_NAME = "topics.toml"
BUILT_IN = Path(__file__).resolve().parent.parent / "corpus" / FILE_NAME
MOST_TOPICS = 3  # of one passage
THRESHOLD = 0.40
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
        """For each row of ``passages`` up to three topics, the closest first."""
        if not self.names:
            return [()] * len(passages)
        similarity = self.similarity(passages)
        best = np.argsort(-similarity, axis=1, kind="stable")[:, :MOST_TOPICS]
        return [
            tuple(self.names[topic] for topic in order if row[topic] >= THRESHOLD)
            for order, row in zip(best, similarity, strict=True)
        ]

    def similarity(self, passages: Vectors) -> Vectors:
        """Of each passage (row) to each topic (column): that of the closest sentence."""
        cosines = passages @ self.rows.T
        owners = np.array(self.owners)
        columns = [cosines[:, owners == topic].max(axis=1) for topic in range(len(self.names))]
        return np.stack(columns, axis=1).astype(np.float32)


def embed_taxonomy(taxonomy: Taxonomy, embedder: Embedder) -> TopicVectors:
    """The taxonomy in the space of the passages."""
    sentences: list[tuple[int, str]] = [
        (number, sentence)
        for number, topic in enumerate(taxonomy.topic)
        for sentence in _sentences(topic)
    ]
    return TopicVectors(
        tuple(topic.name for topic in taxonomy.topic),
        tuple(number for number, _ in sentences),
        embedder.embed_passages([sentence for _, sentence in sentences]),
    )


def _sentences(topic: Topic) -> Sequence[str]:
    return (f"{topic.name}: {topic.description}", *topic.examples)
