"""Whom a question mentions: names as people type them, to canonical people and their documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kb.types import DocumentSummary

LEAST_LIKENESS = 86  # rapidfuzz ratio, 0 to 100; "Curtiss" and "Hubiger" pass, "Karpathy" does not
SHORTEST_TYPO = 5

# First names that are everyday words too: they count only with a capital letter.
_EVERYDAY = frozenset(
    "will may mark grace hope faith rob bill art drew jack rich frank dean rose dawn summer "
    "autumn april june august max sue pat guy miles chance jay ray page young long".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_EXCLUDED = re.compile(r"(?:\bnot|\bexcept|\bother than|\bbesides|\bapart from)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in the store, and the documents in which."""

    name: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at ``start:end`` of a question; ``excluded`` for "not Curtis"."""

    person: Person
    start: int
    end: int
    excluded: bool = False


class Directory:
    """All people of the store by every name that they go by."""

    def __init__(self, documents: Iterable[DocumentSummary]) -> None:
        found: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        for document in documents:
            for speaker, _ in document.speakers:
                found.setdefault(speaker.name, set()).add(document.id)
                for name in (speaker.name, *speaker.aliases):
                    for part in (name, *name.split()):
                        self._names.setdefault(fold(part), set()).add(speaker.name)
        self.people = {name: Person(name, tuple(sorted(ids))) for name, ids in found.items()}
        self._typo_targets = [name for name in self._names if len(name) >= SHORTEST_TYPO]

    def mentions(self, question: str) -> list[Mention]:
        """Everybody that a question names, in order; a first and a last name are one mention."""
        mentions: list[Mention] = []
        for match in _WORD.finditer(question):
            stem, owner = _without_possessive(match.group())
            for name in sorted(self._owners(stem)):
                end = match.start() + len(stem) + len(owner)
                excluded = bool(_EXCLUDED.search(question[: match.start()]))
                mention = Mention(self.people[name], match.start(), end, excluded)
                if mentions and _continues(question, mentions[-1], mention):
                    first = mentions.pop()
                    mention = Mention(mention.person, first.start, end, first.excluded)
                mentions.append(mention)
        return mentions

    def _owners(self, word: str) -> set[str]:
        folded = fold(word)
        if len(folded) < 3 or (folded in _EVERYDAY and not word[0].isupper()):
            return set()
        if folded in self._names:
            return self._names[folded]
        if word[0].isupper() and len(folded) >= SHORTEST_TYPO:
            close = process.extractOne(
                folded, self._typo_targets, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS
            )
            if close:
                return self._names[close[0]]
        return set()


def fold(name: str) -> str:
    """Lower case without accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def without_names(question: str, mentions: Iterable[Mention]) -> str:
    """The question without the people it names: what is asked, of whomever."""
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        question = question[: mention.start] + " " + question[mention.end :]
    return " ".join(question.split())


def _without_possessive(word: str) -> tuple[str, str]:
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            return word[: -len(ending)], ending
    return word, ""


def _continues(question: str, before: Mention, after: Mention) -> bool:
    same = before.person == after.person
    return same and not question[before.end : after.start].strip()
