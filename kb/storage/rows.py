"""Records to database rows and back."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kb.storage.relational import Row
from kb.types import Anchor, Claim, Document, Passage, Section, Speaker, Turn

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CLAIM_COLUMNS = tuple(field.name for field in fields(Claim))
PASSAGE_COLUMNS = (
    "id", "document_id", "position", "turn", "speaker", "kind", "section", "char_start",
    "char_end", "line_start", "start_seconds", "text", "context",
)  # fmt: skip


def fold(text: str) -> str:
    """For comparison: without case, accents and repeated spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def folded(text: str | None) -> str | None:
    return None if text is None else fold(text)


def pack(records: Sequence[Any]) -> str:
    """Flat dataclasses as a JSON array of arrays, in the order of their fields."""
    if not records:
        return "[]"
    values = attrgetter(*(field.name for field in fields(records[0])))
    return json.dumps([values(record) for record in records], separators=(",", ":"))


def transcript_row(document: Document) -> Row:
    return (
        document.id, document.text, pack(document.turns), pack(document.sections),
        pack(document.anchors),
    )  # fmt: skip


def document_row(document: Document, source_key: str) -> Row:
    """Without its revision, which is 0 until its transaction ends."""
    return (
        document.id, source_key, document.sha256, document.title, document.source,
        document.format, document.date, document.link, len(document.turns),
        json.dumps(document.notes), 0,
    )  # fmt: skip


def speaker_rows(document: Document) -> list[Row]:
    """The document's speakers, then those that only its turns name, with turns and words."""
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in document.turns:
        if turn.speaker is not None:
            turns[turn.speaker] += 1
            words[turn.speaker] += len(document.text[turn.char_start : turn.char_end].split())
    declared = {speaker.name for speaker in document.speakers}
    everyone = (*document.speakers, *(Speaker(name) for name in turns if name not in declared))
    return [
        (
            document.id, position, speaker.name, speaker.role, speaker.role_guessed,
            json.dumps(speaker.aliases), speaker.name in declared, turns[speaker.name],
            words[speaker.name],
        )
        for position, speaker in enumerate(everyone)
    ]  # fmt: skip


def to_document(row: Row, transcript: Row, speakers: Iterable[Speaker]) -> Document:
    """``row`` from ``documents`` (id, title, source, format, date, link, sha256, notes)."""
    identifier, title, source, format_name, date, link, sha256, notes = row
    text, turns, sections, anchors = transcript
    return Document(
        identifier, title, source, format_name, date, link, sha256, text, tuple(speakers),
        tuple(Turn(*values) for values in json.loads(turns)),
        tuple(Section(*values) for values in json.loads(sections)),
        tuple(Anchor(*values) for values in json.loads(anchors)),
        tuple(json.loads(notes)),
    )  # fmt: skip


def to_speaker(name: str, role: str | None, role_guessed: int, aliases: str) -> Speaker:
    return Speaker(name, role, bool(role_guessed), tuple(json.loads(aliases)))


def passage_row(passage: Passage) -> Row:
    return (
        passage.id, passage.document_id, passage.index, passage.turn, passage.speaker,
        passage.kind, passage.section, passage.char_start, passage.char_end,
        passage.line_start, passage.start_seconds, passage.text, passage.context,
        folded(passage.speaker),
    )  # fmt: skip


def topic_rows(passages: Iterable[Passage]) -> list[Row]:
    return [
        (passage.id, position, name, fold(name))
        for passage in passages
        for position, name in enumerate(passage.topics)
    ]


def vector_row(passage: Passage, vector: npt.NDArray[np.float32]) -> Row:
    return passage.id, vector.astype("<f4").tobytes()


def claim_row(claim: Claim) -> Row:
    values = dict(zip(CLAIM_COLUMNS, attrgetter(*CLAIM_COLUMNS)(claim), strict=True))
    values["supersedes"] = json.dumps(claim.supersedes)
    words = fold(f"{claim.subject} {claim.quote}")
    return (*values.values(), folded(claim.speaker), folded(claim.claimant), words)


def to_claim(row: Row) -> Claim:
    values = dict(zip(CLAIM_COLUMNS, row, strict=True))
    for name in ("negated", "conditional", "asked", "fiction"):
        values[name] = bool(values[name])
    values["supersedes"] = tuple(json.loads(values["supersedes"]))
    return Claim(**values)
