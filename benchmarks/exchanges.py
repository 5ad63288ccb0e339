"""Short invented exchanges, with whose belief each figure in them is.

``benchmarks/invented/exchanges.txt`` holds them: a line ``# panel host=Ana Ruiz guest=Bo Lind, …``
begins each, labelled lines follow (first names; ``Author:`` in what is written). A figure stands
in braces with its holder, ``{2031|Bo Lind}``; nothing after the stroke means the speaker, ``?``
that it is not judged.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.types import Anchor, Document, Speaker, Turn

EXCHANGES = Path(__file__).parent / "invented" / "exchanges.txt"
RECORDED = "2025-05-01"

_MARKED = re.compile(r"\{(?P<figure>[^|{}]+)\|(?P<holder>[^{}]*)\}")
_ROLES = re.compile(r"(?P<role>host|guest|author|speaker)=(?P<names>[^=]+?)(?= \w+=|$)")


@dataclass(frozen=True, slots=True)
class Figure:
    """Characters of the text, and whose belief they are (None: the speaker's)."""

    start: int
    end: int
    holder: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    document: Document
    figures: tuple[Figure, ...]


def exchanges(path: Path = EXCHANGES) -> Iterator[Exchange]:
    """All exchanges of a file, in its order."""
    blocks = re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for number, block in enumerate(blocks):
        head, _, body = block.partition("\n")
        yield _exchange(f"exchange {number:03}", head.strip(), body.split("\n"))


def _exchange(name: str, head: str, lines: list[str]) -> Exchange:
    roles = {
        person: match["role"]
        for match in _ROLES.finditer(head)
        for person in match["names"].split(", ")
    }
    by_label = {person.split()[0]: person for person in roles}
    text, turns, figures = "", [], []
    for line in filter(None, lines):
        label, _, said = line.partition(": ")
        author = label == "Author"
        speaker = next(iter(roles)) if author else by_label[label]
        words, marked = _unmarked(said, len(text))
        figures += marked
        turns.append(
            Turn(
                len(turns), speaker, 1.0, "editorial" if author else "speech", len(text),
                len(text) + len(words), len(turns) + 1, len(turns) + 1, None, None, None,
            )
        )  # fmt: skip
        text += f"{words}\n\n"
    people = tuple(Speaker(n, "guest" if r == "speaker" else r) for n, r in roles.items())
    document = Document(
        id=name, title="", source=f"{name}.txt", format="labelled transcript", date=RECORDED,
        link=None, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, speakers=people,
        turns=tuple(turns), sections=(),
        anchors=tuple(Anchor(turn.char_start, turn.index + 1) for turn in turns),
    )  # fmt: skip
    return Exchange(document, tuple(figures))


def _unmarked(said: str, offset: int) -> tuple[str, list[Figure]]:
    words, figures, position = "", [], 0
    for match in _MARKED.finditer(said):
        words += said[position : match.start()]
        start = offset + len(words)
        words += match["figure"]
        position = match.end()
        if match["holder"] != "?":
            figures.append(Figure(start, offset + len(words), match["holder"] or None))
    return words + said[position:], figures
