"""Invented talks with questions about them: what the reader was trained on.

`questions/talks` holds them, one file a field. ``# title | date`` begins a talk, ``@ name`` a turn,
then come its sentences with their numbers, and below the talk its questions:
``? kind | question | numbers of the sentences that answer``. Numbers in brackets may be quoted and
are not needed; kind ``none`` is answered by no sentence of the talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TALKS = Path(__file__).with_name("questions") / "talks"
UNSEEN = TALKS / "unseen"
"""Talks that were not trained on."""

_SENTENCE = re.compile(r"(\d+) (.+)")


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    kind: str
    text: str
    answers: frozenset[int]
    may_answer: frozenset[int]


@dataclass(frozen=True, slots=True)
class WrittenTalk:
    """``turns`` are speakers with the numbers and texts of their sentences."""

    name: str
    title: str
    turns: list[tuple[str, list[tuple[int, str]]]] = field(default_factory=list)
    questions: list[WrittenQuestion] = field(default_factory=list)


def read_talks(folder: Path) -> Iterator[WrittenTalk]:
    """All talks of a folder's files."""
    for path in sorted(folder.glob("*.txt")):
        talk: WrittenTalk | None = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith("# "):
                if talk:
                    yield talk
                talk = WrittenTalk(f"{path.stem}-{number}", line[2:].partition(" | ")[0])
            elif talk and line.startswith("@ "):
                talk.turns.append((line[2:], []))
            elif talk and line.startswith("? "):
                talk.questions.append(_question(line[2:]))
            elif talk and (sentence := _SENTENCE.fullmatch(line)):
                talk.turns[-1][1].append((int(sentence[1]), sentence[2]))
        if talk:
            yield talk


def _question(line: str) -> WrittenQuestion:
    kind, text, numbers = (part.strip() for part in line.split("|"))
    bracketed = frozenset(map(int, re.findall(r"\((\d+)\)", numbers)))
    return WrittenQuestion(
        kind, text, frozenset(map(int, re.findall(r"\d+", numbers))) - bracketed, bracketed
    )
