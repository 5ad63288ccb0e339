"""Stores of any number of passages whose vectors lie as those of real passages do.

A vector is that of a real passage, moved by a share of the difference between another real one and
one of its ten nearest: ``b + s (c - d)``, brought back to unit norm. So it lies near real ones, in
directions in which real neighbours differ. The share ``s`` is chosen so that among equally many
vectors the median cosine to the tenth neighbour is that of real ones; ``likeness`` tells both.
Texts are halves of two real passages. One document in six has a first speaker of its own (16 %),
one in a thousand a second one (.1 %), to filter by.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.protocols import Vectors  # noqa: E402
from kb.storage.store import Store  # noqa: E402
from kb.types import Document, Passage, Speaker, Turn  # noqa: E402

PASSAGES_OF_A_DOCUMENT = 200
NEAREST = 10
COMPARED = 2_000
SHARES_TRIED = np.arange(0.2, 1.01, 0.1)
FILTERED = {"16 %": 0.16, ".1 %": 0.001}
SPEAKERS = {"16 %": "Ada Sixth", ".1 %": "Bo Thousandth", "all": "Cy Others"}


@dataclass(frozen=True, slots=True)
class Base:
    """Real passages: their words and their vectors."""

    texts: list[list[str]]
    vectors: Vectors

    @classmethod
    def of(cls, data_dirs: list[Path]) -> Base:
        texts: list[list[str]] = []
        vectors = []
        for data_dir in data_dirs:
            with Store.open(data_dir) as store:
                texts += [passage.text.split() for passage in store.iterate_passages()]
                vectors.append(store.vectors()[1])
        return cls(texts, np.concatenate(vectors))


def moved(base: Vectors, count: int, share: float, rng: np.random.Generator) -> Iterator[Vectors]:
    """``count`` vectors, some at a time."""
    anchors = rng.choice(len(base), min(COMPARED, len(base)), replace=False)
    near = np.argsort(-(base[anchors] @ base.T), axis=1)[:, 1 : NEAREST + 1]
    for start in range(0, count, PASSAGES_OF_A_DOCUMENT):
        size = min(count - start, PASSAGES_OF_A_DOCUMENT)
        chosen = rng.integers(len(anchors), size=size)
        beside = near[chosen, rng.integers(near.shape[1], size=size)]
        step = base[anchors[chosen]] - base[beside]
        rows = base[rng.integers(len(base), size=size)] + share * step
        yield (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def likeness(base: Vectors) -> tuple[float, float, float]:
    """The share that fits, and the cosine to the tenth neighbour among real and among made ones."""
    rng = np.random.default_rng(1)
    real = _tenth(base[rng.permutation(len(base))[:COMPARED]])
    made = {
        float(share): _tenth(np.concatenate([*moved(base, min(COMPARED, len(base)), share, rng)]))
        for share in SHARES_TRIED
    }
    share = min(made, key=lambda tried: abs(made[tried] - real))
    return share, real, made[share]


def _tenth(vectors: Vectors) -> float:
    """The median cosine to the tenth neighbour."""
    rank = min(NEAREST, len(vectors) - 1)
    return float(np.median(-np.partition(-(vectors @ vectors.T), rank, axis=1)[:, rank]))


def fill(data_dir: Path, base: Base, count: int, model_id: str) -> None:
    """A store of ``count`` passages."""
    with Store.open(data_dir, write=True) as store:
        store.check_model(model_id, base.vectors.shape[1])
        for document, passages, vectors in documents(base, count):
            store.replace_document(document, passages, vectors, (), source_key=document.id)


def documents(base: Base, count: int) -> Iterator[tuple[Document, list[Passage], Vectors]]:
    """Documents of ``count`` passages in all, always the same ones."""
    rng = np.random.default_rng(0)
    share, *_ = likeness(base.vectors)
    speakers = _speakers(-(-count // PASSAGES_OF_A_DOCUMENT))
    for number, vectors in enumerate(moved(base.vectors, count, share, rng)):
        yield *_document(base, number, speakers[number], len(vectors), rng), vectors


def add(
    store: Store,
    base: Base,
    number: int,
    speaker: str,
    vectors: Vectors,
    rng: np.random.Generator,
) -> None:
    document, passages = _document(base, number, speaker, len(vectors), rng)
    store.replace_document(document, passages, vectors, (), source_key=document.id)


def _document(
    base: Base, number: int, speaker: str, size: int, rng: np.random.Generator
) -> tuple[Document, list[Passage]]:
    name = f"synthetic-{number}"
    picked = rng.integers(len(base.texts), size=(size, 2))
    texts = [_halves(base.texts[first], base.texts[second]) for first, second in picked.tolist()]
    ids = rng.integers(1, 2**62, size=size).tolist()
    ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
    text = "\n".join(texts)
    turn = Turn(0, speaker, 1.0, "speech", 0, len(text), 1, 1, None, None, None)
    document = Document(
        name, f"Interview {number}", name, "made", None, None, f"{number:064x}", text,
        (Speaker(speaker),), (turn,), (), (),
    )  # fmt: skip
    passages = [
        Passage(
            ids[index], name, index, 0, speaker, "speech", None, ends[index] - len(said) - 1,
            ends[index] - 1, 1, None, said, document.title,
        )
        for index, said in enumerate(texts)
    ]  # fmt: skip
    return document, passages


def _halves(first: list[str], second: list[str]) -> str:
    return " ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :]])


def _speakers(documents: int) -> list[str]:
    """Who speaks in each document, so that the filters let through their shares."""
    speakers = [SPEAKERS["all"]] * documents
    for name, share in FILTERED.items():
        free = [number for number, speaker in enumerate(speakers) if speaker == SPEAKERS["all"]]
        wanted = max(1, round(share * documents))
        for number in free[:: max(1, len(free) // wanted)][:wanted]:
            speakers[number] = SPEAKERS[name]
    return speakers
