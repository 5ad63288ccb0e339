"""Small conversations, and the claims that are found in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest

from kb.claims.extract import extract_claims
from kb.types import Anchor, Claim, Document, Section, SectionKind, Speaker, Turn

HOST, GUEST = "Maren Holt", "Ngozi Okwuosa"
RECORDED = "2023-07-16"

_PEOPLE = {"Host": HOST, "Guest": GUEST, "Someone": None}


def read_talk(*lines: str, date: str | None = RECORDED) -> Document:
    """A document of one turn or heading a line.

    "Host: …" and "Guest: …" are said by the two people, "Someone: …" by nobody knows whom;
    "section: …" and "fiction: …" are headings; the rest is written around the talk.
    """
    text = ""
    turns: list[Turn] = []
    sections: list[Section] = []
    anchors: list[Anchor] = []
    for number, line in enumerate(lines, 1):
        label, _, words = line.partition(": ")
        if label not in _PEOPLE and label not in get_args(SectionKind):
            label, words = "", line
        start, end = len(text), len(text) + len(words)
        text += f"{words}\n\n"
        anchors.append(Anchor(start, number))
        if label in get_args(SectionKind):
            sections.append(Section(words, 2, label, start, end, number))
            continue
        if sections:
            sections[-1] = replace(sections[-1], char_end=end)
        turns.append(
            Turn(
                len(turns), _PEOPLE.get(label), 1.0, "speech" if label else "editorial", start,
                end, number, number, None, None, len(sections) - 1 if sections else None,
            )
        )  # fmt: skip
    return Document(
        id="talk", title="Counting chips", source="talk.txt", format="labelled transcript",
        date=date, link=None, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text,
        speakers=(Speaker(HOST, "host"), Speaker(GUEST, "guest")), turns=tuple(turns),
        sections=tuple(sections), anchors=tuple(anchors),
    )  # fmt: skip


@pytest.fixture(scope="session")
def talk() -> Callable[..., Document]:
    """A document of lines such as "Host: So when?" and "Guest: In 2030."; see ``read_talk``."""
    return read_talk


@pytest.fixture(scope="session")
def claims_in() -> Callable[..., list[Claim]]:
    """The claims of such lines, in the order of the text."""

    def find(*lines: str, date: str | None = RECORDED) -> list[Claim]:
        return extract_claims(read_talk(*lines, date=date))

    return find


@pytest.fixture(scope="session")
def claim_in(claims_in: Callable[..., list[Claim]]) -> Callable[..., Claim]:
    """The only claim of such lines."""

    def find(*lines: str, date: str | None = RECORDED) -> Claim:
        found = claims_in(*lines, date=date)
        assert len(found) == 1, [(claim.kind, claim.figure) for claim in found]
        return found[0]

    return find


@pytest.fixture
def say(make_claim):
    """A claim by somebody; a plain number is a year."""
    count = 0

    def make(speaker, year=None, **fields):
        nonlocal count
        count += 1
        if year is not None:
            said = {"quote": f"my median is {year}", "value": float(year), "event_year": year}
            fields = said | fields
        return make_claim(**{"id": f"c{count}", "speaker": speaker} | fields)

    return make
