"""Verbatim quotations inside somebody's prose, and whom the prose names as their speaker.

Only quotations of at least ``MIN_WORDS`` words whose speaker is unambiguous are taken out: a
person whom the section introduces by full name, who is then named again, or meant by ``they
write`` where nobody else is introduced. All other quotation marks stay inside the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.names import ORGANISATION_WORDS

MIN_WORDS = 8

_NAME = (
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+"
    r"(?:\s(?:(?:van|von|de|der|da|di|la|el|al|bin)\s)?[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]+){1,2}"
)
_WRITE = (
    r"(?:writes?|wrote|says?|said|argues?|argued|explains?|explained|notes?|noted|claims?|claimed|"
    r"adds?|added|states?|stated|observes?|observed|concludes?|concluded|puts? it|tweets?|tweeted|"
    r"suggests?|suggested|warns?|warned|asks?|asked|tells?|told|lays? out|laid out|has written|"
    r"have written)"
)
_ROLE = (
    r"(?:researcher|philosopher|professor|prof\.|dr\.|author|economist|journalist|writer|scientist|"
    r"engineer|blogger|analyst|historian|mathematician|physicist|psychologist|programmer|lawyer|"
    r"investor|essayist|columnist|founder|co-?founder|academic|forecaster|policymaker|ceo|cto)"
)
_OPENERS = frozenset("After And As Before But For Here In So Then When Yet".split())
_WORK = r"(?:essay|paper|post|blogpost|article|book|report|story|piece|thread|memo|letter|note)"
_INTRODUCED = (
    re.compile(rf"\b(?i:{_ROLE})s?\s(?P<name>{_NAME})"),
    re.compile(rf"\b(?P<name>{_NAME})\s(?:has|have)\s(?:just\s)?(?:written|published|posted)\b"),
    re.compile(rf"\b(?:read|{_WORK})\b[^.\n]{{0,160}}\bby\s(?P<name>{_NAME})"),
)
_SEVERAL = re.compile(r"\b(?i:researchers|authors|scientists|people|academics) (?:with|at|from)\b")
_PRONOUN = r"(?:they|he|she|the (?:author|writer|essay|paper|post|article|report))"
_WORK_SUBJECT = rf"(?:this|the|his|her|their) {_WORK}"
_AFTER = (
    re.compile(
        rf"[,.]?\s{{0,3}}(?:(?P<name>{_NAME}|[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+)|(?P<pronoun>(?i:{_PRONOUN})))"
        rf"\s{_WRITE}\b"
    ),
    re.compile(rf"[,.]?\s{{0,3}}{_WRITE}\s(?P<name>{_NAME})"),
    re.compile(rf"[,.]?\s{{0,3}}[^.,\n\"“”]{{3,60}},\s(?P<name>{_NAME}),\s{_WRITE}\b"),
)
_BEFORE = re.compile(
    rf"(?:\b(?P<name>{_NAME}|[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+)|\b(?P<pronoun>(?i:{_PRONOUN}|{_WORK_SUBJECT})))"
    rf"\s{_WRITE}(?:\s(?:that|how|why))?\s{{0,2}}[,:]?\s{{0,2}}$"
)
_LEAD_IN = re.compile(
    rf"\b(?:(?P<name>{_NAME}|[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’-]+)|(?P<pronoun>(?i:they|he|she|the author)))\s"
    r"(?:identif|offer|giv|propos|list|writ|wrote|sa[iy]|argu|describ|lays|outlin|nam|make|made|"
    r"rais|put|not|suggest|distinguish|present)\w*\b[^.\n]{0,120}:$"
)
_NAMED_FIRST = re.compile(
    rf"(?:(?:And|Then|First|Next|From|Here is|Here’s|Here's) )?(?P<name>{_NAME})"
    r"(?:,|:$|\s\(|\s(?=in|on|at)\b)(?:[^.!?:\n]{0,200}:)?$"
)
_LABEL = re.compile(r"[^\"“”.:\n]{0,60}:\s{0,3}")
_OPEN_TO_CLOSE = {'"': '"', "“": "”", "«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph; ``speaker`` is None for the prose around the quotations."""

    text: str
    speaker: str | None
    certain: bool = True


class SectionQuotations:
    """Follows one section of prose and splits its paragraphs at attributed quotations."""

    def __init__(self) -> None:
        self._people: list[str] = []
        self._several = False
        self._lead_in: str | None = None

    def split(self, paragraph: str) -> list[Piece]:
        """The paragraph as prose and quotations, in order."""
        quotes = list(quotation_spans(paragraph))
        self._introduce(paragraph, quotes)
        speakers = self._speakers(paragraph, quotes)
        pieces: list[Piece] = []
        position = 0
        for (start, end), (speaker, certain) in zip(quotes, speakers, strict=True):
            if speaker is None or len(paragraph[start:end].split()) < MIN_WORDS:
                continue
            pieces.append(Piece(paragraph[position:start].strip(), None))
            position = _past_punctuation(paragraph, end)
            pieces.append(Piece(paragraph[start:position], speaker, certain))
        pieces.append(Piece(paragraph[position:].strip(), None))
        self._lead_in = self._continued_lead_in(paragraph, quotes)
        return [piece for piece in pieces if piece.text]

    def block(self, text: str, signed: str | None) -> Piece:
        """A block quote: of the person who signed it, or whom the paragraph above introduces."""
        if signed:
            self._lead_in = None
        return Piece(text, signed or self._lead_in, certain=signed is not None)

    def _introduce(self, paragraph: str, quotes: Sequence[tuple[int, int]]) -> None:
        prose = _outside(paragraph, quotes)
        self._several = self._several or bool(_SEVERAL.search(prose))
        for pattern in _INTRODUCED:
            for match in pattern.finditer(prose):
                self._add(match["name"])

    def _add(self, printed: str) -> None:
        """Remembers a person; a longer form of a known name (``Yesterday Ada Vale``) adds none."""
        name = _without_role(printed)
        if _is_person(name) and not any(name.endswith(known) for known in self._people):
            self._people = [known for known in self._people if not known.endswith(f" {name}")]
            self._people.append(name)

    def _speakers(
        self, paragraph: str, quotes: Sequence[tuple[int, int]]
    ) -> list[tuple[str | None, bool]]:
        found: list[tuple[str | None, bool]] = []
        before = 0
        for start, end in quotes:
            speaker = self._attributed(paragraph, before, start, end)
            if speaker[0] is None and found and found[-1][0] and _only_tag(paragraph[before:start]):
                speaker = found[-1]
            found.append(speaker)
            before = end
        return found

    def _attributed(
        self, paragraph: str, before: int, start: int, end: int
    ) -> tuple[str | None, bool]:
        after = paragraph[end : end + 160]
        match = next((found for pattern in _AFTER if (found := pattern.match(after))), None)
        match = match or _BEFORE.search(paragraph[max(before, start - 160) : start])
        if match:
            name = match.groupdict().get("name")
            return self._person(name), name is not None
        whole = not paragraph[end:].strip(" .,;")
        if self._lead_in and before == 0 and whole:
            label = paragraph[:start]
            if not label.strip() or _LABEL.fullmatch(label):
                return self._lead_in, False
        return None, False

    def _person(self, name: str | None) -> str | None:
        """The introduced person of that (sur)name; for a pronoun the only one introduced.

        Who is named in full beside a quotation is thereby introduced.
        """
        if name is None:
            return self._people[0] if len(self._people) == 1 and not self._several else None
        if " " in name:
            self._add(name)
            name = _without_role(name)
        matching = [p for p in self._people if p == name or p.split()[-1] == name.split()[-1]]
        return matching[0] if len(matching) == 1 else None

    def _continued_lead_in(self, paragraph: str, quotes: Sequence[tuple[int, int]]) -> str | None:
        """Whose quotations the following paragraphs are, after ``Ada offers two reasons:``."""
        match = _LEAD_IN.search(paragraph[-300:]) or _NAMED_FIRST.match(paragraph)
        if match:
            return self._person(match["name"])
        only_quote = len(quotes) == 1 and not paragraph[quotes[0][1] :].strip(" .,;")
        return self._lead_in if only_quote else None


def quotation_spans(text: str) -> Iterator[tuple[int, int]]:
    """Outermost quotations with their marks; none when the marks do not pair up."""
    spans: list[tuple[int, int]] = []
    start, closing = -1, ""
    for position, character in enumerate(text):
        if start >= 0:
            if character == closing and not text[position + 1 : position + 2].isalnum():
                spans.append((start, position + 1))
                start = -1
        elif character in _OPEN_TO_CLOSE and not text[position - 1 : position].isalnum():
            start, closing = position, _OPEN_TO_CLOSE[character]
    return iter(spans if start < 0 else [])


def is_quoted(text: str) -> bool:
    """Whether somebody else's words are all that a paragraph holds."""
    return text.startswith(">") or (0, len(text)) in quotation_spans(text)


def _without_role(printed: str) -> str:
    name = printed.removesuffix("'s").removesuffix("’s").rstrip(".")
    first, _, rest = name.partition(" ")
    is_other = first in _OPENERS or re.fullmatch(_ROLE, first, re.IGNORECASE)
    return rest if " " in rest and is_other else name


def _is_person(name: str) -> bool:
    return not any(word.casefold() in ORGANISATION_WORDS for word in name.split())


def _past_punctuation(text: str, end: int) -> int:
    while end < len(text) and text[end] in ".,;:!?":
        end += 1
    return end


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in spans:
        kept.append(text[position:start])
        position = end
    return " … ".join([*kept, text[position:]])


def _only_tag(between: str) -> bool:
    """Whether two quotations are parted only by ``Ada writes.``"""
    return len(between.split()) <= 9 and between.strip().endswith((".", ",", ";", ":"))
