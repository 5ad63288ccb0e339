"""Where gold quotes stand, and whether what was found covers them.

Quotes are compared by letters and digits alone, so white space, quote marks and entities make no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from kb.evaluation.questions import Evidence, Question
from kb.types import Document

COVERED = 0.6  # the share of a quote's characters that must have been found

Span = tuple[str, int, int]  # document id, first character, end


class Places:
    """The documents of a store, with gold quotes located in them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self._folded: dict[str, tuple[str, list[int]]] = {}

    def find(self, evidence: Evidence) -> list[Span]:
        """The first place of a quote in every document that it may come from."""
        spans = (self._locate(document, evidence.quote) for document in self._named(evidence))
        return [span for span in spans if span]

    def met(self, question: Question, spans: Sequence[Span]) -> bool:
        """Whether all needed evidence, and one of each group of alternatives, is covered."""
        needed: list[bool] = []
        groups: dict[str, list[bool]] = defaultdict(list)
        for evidence in question.evidence:
            hit = self._is_covered(evidence, spans)
            (groups[evidence.group] if evidence.need == "any" else needed).append(hit)
        return all(needed) and all(any(hits) for hits in groups.values())

    def touched(self, question: Question, spans: Sequence[Span]) -> bool:
        """Whether any of the evidence is covered."""
        return any(self._is_covered(evidence, spans) for evidence in question.evidence)

    def missing(self, question: Question) -> list[str]:
        """What cannot be found, because no document has such a quote; one line each."""
        return [
            f"{question.place}: no document has the quote “{evidence.quote[:60]}”"
            for evidence in question.evidence
            if not self.find(evidence)
        ]

    def speaker_at(self, span: Span) -> str | None:
        """Who speaks in most of a span, by the turns of its document."""
        identifier, start, end = span
        turns = self.documents[identifier].turns
        overlaps = [(min(end, t.char_end) - max(start, t.char_start), t.speaker) for t in turns]
        most, speaker = max(overlaps, key=lambda entry: entry[0], default=(0, None))
        return speaker if most > 0 else None

    def _is_covered(self, evidence: Evidence, spans: Sequence[Span]) -> bool:
        return any(covered(place, spans) >= COVERED for place in self.find(evidence))

    def _named(self, evidence: Evidence) -> list[Document]:
        wanted = evidence.document
        return [
            document
            for document in self.documents.values()
            if wanted is None
            or document.id.startswith(wanted)
            or PurePosixPath(document.source).name.startswith(wanted)
        ]

    def _locate(self, document: Document, quote: str) -> Span | None:
        if document.id not in self._folded:
            self._folded[document.id] = folded(document.text)
        haystack, origins = self._folded[document.id]
        needle = folded(quote)[0]
        at = haystack.find(needle) if needle else -1
        if at < 0:
            return None
        return document.id, origins[at], origins[at + len(needle) - 1] + 1


def folded(text: str) -> tuple[str, list[int]]:
    """Letters and digits in lower case, and for each the offset that it comes from."""
    letters: list[str] = []
    origins: list[int] = []
    for offset, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char).lower():
            if piece.isalnum():
                letters.append(piece)
                origins.append(offset)
    return "".join(letters), origins


def covered(place: Span, spans: Sequence[Span]) -> float:
    """The share of a place that the union of spans covers."""
    document, start, end = place
    total, reach = 0, start
    for _, first, last in sorted(span for span in spans if span[0] == document):
        first, last = max(first, reach), min(last, end)  # noqa: PLW2901 - cut to what is new
        if last > first:
            total += last - first
            reach = last
    return total / max(1, end - start)


def same_person(one: str | None, other: str | None) -> bool:
    """Equal without case and accents, or one is the first name of the other."""
    if not one or not other:
        return False
    first, second = _plain(one), _plain(other)
    short = min(len(first), len(second)) == 1
    return first == second or (short and first[:1] == second[:1])


def _plain(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^\w\s]", "", letters).split()
