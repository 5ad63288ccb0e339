"""The people of a document, by every name they go by."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from kb.questions.people import NO_NAMES, fold
from kb.text.words import STOP_WORDS
from kb.types import Document

_PAIR = (
    r"(?P<first{0}>[A-ZÀ-Þ][a-zß-ÿ’'-]+) (?:[A-Z]\. )?"
    r"(?P<last{0}>[A-ZÀ-Þ][a-zß-ÿ]+(?:-[A-Z][a-z]+)?)"
)
# Two capitalised words are a person where they speak, or are met: "Google Maps" is none.
_FULL_NAME = re.compile(
    rf"\b{_PAIR.format(1)}(?=,? who\b| (?:says?|said|thinks|thought|told|writes|wrote|argues|"
    r"argued|believes|predicts|predicted|expects|puts|would (?:say|tell)|joined|sat|teaches|"
    r"taught|(?:co-?)?founded|designed|resigned|retired)\b"
    r"|[’']s? (?:\w+ ){0,3}?(?:reports?|estimates?|timelines?|papers?|posts?|book|number|median|"
    r"work|essay|view|argument|forecast|model|anchors)\b)"
    r"|\b(?:[Tt]alk(?:ed|ing) to|[Ss]poke (?:to|with)|[Mm]et|[Aa]sk(?:ed)?|[Ii]nterviewed|"
    r"[Kk]now|[Kk]new|[Gg]uests?|[Cc]olleague|[Ff]riend|[Pp]rofessor|(?:led|written|said) by)"
    rf" {_PAIR.format(2)}\b"
)
# "You had Ada on, Ada Vale": the second time in full.
_IN_FULL = re.compile(
    r"\b(?P<first>[A-ZÀ-Þ][a-zß-ÿ’'-]+)\b[^.?!,\n]{0,24}[,—–] ?(?P=first) "
    r"(?P<last>[A-ZÀ-Þ][a-zß-ÿ]+(?:-[A-Z][a-z]+)?)(?= ?[,.?!;—–]|$)",
    re.MULTILINE,
)
_NO_FIRST_NAMES = (
    STOP_WORDS | NO_NAMES | frozenset("dr mr mrs ms prof professor uncle aunt saint last".split())
)

SHORTEST_MISHEARD = 5  # letters: of shorter names many differ in one
LEADING_ROLES = ("host", "interviewer", "moderator", "author")


@dataclass(frozen=True)
class Cast:
    """Who speaks in a document, who leads, and whom a name or a "you" means."""

    document: Document

    @cached_property
    def names(self) -> dict[str, str]:
        """Canonical names by folded full names, first names, last names and aliases."""
        owners: dict[str, set[str]] = {}
        for speaker in self.document.speakers:
            for name in (speaker.name, *speaker.aliases):
                for part in (name, *name.split()):
                    owners.setdefault(fold(part), set()).add(speaker.name)
        return {name: next(iter(people)) for name, people in owners.items() if len(people) == 1}

    @cached_property
    def spoken(self) -> Counter[str]:
        """Characters spoken, by speaker."""
        characters: Counter[str] = Counter()
        for turn in self.document.turns:
            if turn.speaker and turn.kind in ("speech", "quotation"):
                characters[turn.speaker] += turn.char_end - turn.char_start
        return characters

    @cached_property
    def hosts(self) -> frozenset[str]:
        speakers = self.document.speakers
        return frozenset(speaker.name for speaker in speakers if speaker.role in LEADING_ROLES)

    @cached_property
    def authors(self) -> frozenset[str]:
        """Who writes rather than speaks: newsletters, essays."""
        return frozenset(s.name for s in self.document.speakers if s.role == "author")

    @cached_property
    def guest(self) -> str | None:
        """The one guest of an interview; None for panels, newsletters and talks."""
        speaking = [name for name in self.spoken if name not in self.hosts]
        return speaking[0] if len(speaking) == 1 and self.hosts else None

    def other(self, speaker: str | None) -> str | None:
        """Whom a speaker addresses, when there is only one other."""
        others = [name for name in self.spoken if name != speaker]
        return others[0] if speaker and len(others) == 1 else None

    def known(self, name: str) -> str | None:
        """The full name of somebody of the document."""
        return self.names.get(fold(name)) or self.names.get(fold(name.split(maxsplit=1)[0]))

    @cached_property
    def full_names(self) -> dict[str, str]:
        """Names that the text gives in full somewhere, by their first and by their last part.

        Parts that belong to several names are left out.
        """
        owners: dict[str, set[str]] = {}
        for match in _FULL_NAME.finditer(self.document.text):
            first, last = match["first1"] or match["first2"], match["last1"] or match["last2"]
            if fold(first) in _NO_FIRST_NAMES:
                continue
            for part in (first, last):
                owners.setdefault(fold(part), set()).add(f"{first} {last}")
        for match in _IN_FULL.finditer(self.document.text):
            if fold(match["first"]) not in _NO_FIRST_NAMES:
                owners.setdefault(fold(match["first"]), set()).add(" ".join(match.groups()))
        return {part: names.pop() for part, names in owners.items() if len(names) == 1}

    def canonical(self, name: str) -> str:
        """The full name of somebody of the document, or of somebody whom it names in full."""
        name = re.sub(r"[’']s?$", "", name)
        return self.known(name) or self.full_names.get(fold(name)) or self._misheard(name) or name

    def _misheard(self, name: str) -> str | None:
        """Whose name it is but for a letter: nobody but "Ajeya Cotra" is meant by "Ajaya"."""
        folded = fold(name)
        if len(folded) < SHORTEST_MISHEARD or not folded.isalpha():
            return None
        near = {
            full
            for part, full in self.full_names.items()
            if part[0] == folded[0]
            and len(part) == len(folded)
            and fold(full.split(maxsplit=1)[0]) == part
            and Levenshtein.distance(part, folded) == 1
        }
        return near.pop() if len(near) == 1 else None

    def is_person(self, name: str) -> bool:
        """Whether a name is one of the document's people, or stands in it with a second part."""
        first = fold(re.sub(r"[’']s?$", "", name).split(maxsplit=1)[0])
        return bool(self.known(name)) or first in self.full_names
