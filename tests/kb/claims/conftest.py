"""Small conversations, and the claims that are found in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from kb.claims.extract import extract_claims
from kb.types import Anchor, Claim, Document, Section, Speaker, Turn

HOST, GUEST = "Maren Holt", "Ngozi Okwuosa"
RECORDED = "2023-07-16"

_PEOPLE = {"Host": HOST, "Guest": GUEST, "Someone": None}
_MARKS = {"#": "section", "~": "fiction"}


def read_talk(talk: str, *, date: str | None = RECORDED) -> Document:
    """A document of lines such as "Guest: In 2030."

    "Host:" and "Guest:" name the two people, "Someone:" nobody knows; a line without a name is
    editorial, "# Title" a heading, and "~ Title" the heading of a story.
    """
    lines = [line.strip() for line in talk.strip().splitlines() if line.strip()]
    text = ""
    turns: list[Turn] = []
    sections: list[Section] = []
    anchors: list[Anchor] = []
    for number, line in enumerate(lines, 1):
        mark, _, title = line.partition(" ")
        name, _, said = line.partition(": ")
        heading, spoken = mark in _MARKS, name in _PEOPLE
        words = title if heading else said if spoken else line
        start, text = len(text), f"{text}{words}\n"
        end = start + len(words)
        anchors.append(Anchor(start, number))
        if heading:
            kind = _MARKS[mark]
            sections.append(Section(words, 2, kind, start, end, number))  # type: ignore[arg-type]
            continue
        inside = len(sections) - 1 if sections else None
        turns.append(
            Turn(
                len(turns), _PEOPLE.get(name), 1.0, "speech" if spoken else "editorial", start,
                end, number, number, None, None, inside,
            )
        )  # fmt: skip
    return Document(
        id="talk", title="A talk", source="talk.txt", format="labelled transcript", date=date,
        link=None, sha256=hashlib.sha256(talk.encode()).hexdigest(), text=text,
        speakers=(Speaker(HOST, "host"), Speaker(GUEST, "guest")), turns=tuple(turns),
        sections=tuple(sections), anchors=tuple(anchors),
    )  # fmt: skip


@pytest.fixture(scope="session")
def talk() -> Callable[..., Document]:
    """``read_talk``: a document of a few lines of talk."""
    return read_talk


@pytest.fixture(scope="session")
def claims_in() -> Callable[..., list[Claim]]:
    """The claims of a few lines of talk; a line without a name is said by the guest."""

    def find(*lines: str, date: str | None = RECORDED) -> list[Claim]:
        named = [
            line if line.startswith(("Host:", "Guest:", "Someone:", "# ", "~ ")) else f"Guest: {line}"
            for line in lines
        ]
        return extract_claims(read_talk("\n".join(named), date=date))

    return find


@pytest.fixture(scope="session")
def claim_in(claims_in: Callable[..., list[Claim]]) -> Callable[..., Claim]:
    """The only claim of a few lines of talk."""

    def find(*lines: str, date: str | None = RECORDED) -> Claim:
        found = claims_in(*lines, date=date)
        assert len(found) == 1, [(claim.kind, claim.figure) for claim in found]
        return found[0]

    return find
