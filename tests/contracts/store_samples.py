"""Small documents to fill a store with, and all that can be read out of one."""

from __future__ import annotations

import hashlib

import numpy as np

from kb.types import Anchor, Document, Filters, Passage, Section, Speaker, Turn

DIMENSION = 4


def content_id(*parts):
    """A signed 64-bit integer, also negative."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8], signed=True)


def sample(identifier, *paragraphs, speaker="Zoë Okafor", date="2031-05-02", topics=()):
    """A document with one turn and one passage for each paragraph."""
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    turns = tuple(
        Turn(i, speaker, 1.0, "speech", at, at + len(p), i + 1, i + 1, 1.5 * i, None, 0)
        for i, (p, at) in enumerate(zip(paragraphs, starts, strict=True))
    )
    document = Document(
        identifier, f"Talk {identifier}", f"/talks/{identifier}.txt", "labelled", date, None,
        f"sha-{text}", text, (Speaker(speaker, "guest", True, ("Zoë",)),), turns,
        (Section("Opening", 1, "section", 0, len(text), 1),),
        tuple(Anchor(at, i + 1, None) for i, at in enumerate(starts)), ("one note",),
    )  # fmt: skip
    passages = [
        Passage(
            content_id(identifier, turn.index, text), identifier, turn.index, turn.index, speaker,
            "speech", "Opening", turn.char_start, turn.char_end, turn.line_start,
            turn.start_seconds, paragraphs[turn.index], f"Talk {identifier}", tuple(topics),
        )
        for turn in turns
    ]  # fmt: skip
    return document, passages


def vectors_of(passages):
    rows = [np.random.default_rng(abs(passage.id)).normal(size=DIMENSION) for passage in passages]
    return np.array(rows, dtype=np.float32).reshape(len(passages), DIMENSION)


def put(store, identifier, *paragraphs, source=None, claims=(), **details):
    document, passages = sample(identifier, *paragraphs, **details)
    store.replace_document(
        document, passages, vectors_of(passages), claims, source_key=source or document.source
    )
    return document, passages


def place(document, quote):
    """The fields of a claim that say where it stands."""
    start = document.text.index(quote)
    end = start + len(quote)
    return {
        "quote": quote, "char_start": start, "char_end": end, "figure": quote,
        "figure_start": start, "figure_end": end, "document_id": document.id,
        "title": document.title,
    }  # fmt: skip


def everything_in(store):
    """All that a reader can ask for, to compare two moments."""
    ids, matrix = store.vectors()
    return (
        store.state, store.counts(), store.documents(), store.speakers(), store.topics(),
        store.claims(), list(store.iterate_passages()), ids.tolist(), matrix.tolist(),
        store.all_passage_ids().tolist(), store.passage_ids(Filters(speakers=("Bram",))).tolist(),
        store.documents_by_id(["d1", "d2"]), store.find_by_source("/talks/d1.txt"),
    )  # fmt: skip
