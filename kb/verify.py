"""The gate: nothing generated is shown unless its quotes carry it, and no quote unless it is exact.

Fuzzy matching accepts changed numbers and dropped negations (measured on real sentences with one
mutation each, well-known matchers still accept 99 %). So quotes are compared exactly, and of a
generated sentence every number, name and content word must stand in the quotes that it cites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.fusion import STOP_WORDS
from kb.lexical import stem
from kb.types import Document, Quote

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|"
    r"\w+n['’]t)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:maybe|perhaps|might|may|could|probably|possibly|likely|roughly|around|about|guess(?:es)?|"
    r"thinks?|believes?|suspects?|seems?|if|unless)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|me|us|(?i:we|our|ours|my|mine|myself|ourselves|you|your|yours))\b"
)
_ATTRIBUTION = frozenset("say said think believ accord estim expect mention explain state".split())
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a generated sentence may be shown, and what spoke against it."""

    passed: bool
    reason: str = ""


def is_verbatim(quote: Quote, document: Document) -> bool:
    """Whether a quote stands in the document exactly where it says, said by whom it says."""
    if quote.document_id != document.id or not quote.quote:
        return False
    if document.text[quote.char_start : quote.char_end] != quote.quote:
        return False
    return any(
        turn.char_start <= quote.char_start
        and quote.char_end <= turn.char_end
        and turn.speaker == quote.speaker
        for turn in document.turns
    )


def check_sentence(sentence: str, quotes: Sequence[Quote]) -> Verdict:
    """Judge a generated sentence against the quotes that it cites.

    Every number, name and content word must be carried by the quotes or be the speaker's name;
    negations must be as many as in the closest quote; a hedge of the quotes must not be dropped.
    """
    if not sentence.strip() or not quotes:
        return Verdict(False, "empty")
    evidence = " ".join(quote.quote for quote in quotes)
    names = " ".join(quote.speaker or "" for quote in quotes)
    known = _terms(evidence) | _terms(names) | _ATTRIBUTION
    unknown = [word for word in _content(sentence) if not _terms(word) <= known]
    if unknown:
        return Verdict(False, f"not in the quotes: {', '.join(unknown[:5])}")
    closest = max(quotes, key=lambda quote: len(_terms(quote.quote) & _terms(sentence)))
    if _negations(sentence) != _negations(closest.quote):
        return Verdict(False, "negation differs")
    if _HEDGE.search(evidence) and not _HEDGE.search(sentence):
        return Verdict(False, "hedge dropped")
    if _FIRST_PERSON.search(sentence):
        return Verdict(False, "speaks as the speaker")
    return Verdict(True)


def _content(sentence: str) -> list[str]:
    return [word for word in _WORD.findall(sentence) if word.lower() not in STOP_WORDS]


def _terms(text: str) -> set[str]:
    """Stems, with the small number words as figures, so that "five" and "5" are the same."""
    found: set[str] = set()
    for word in _WORD.findall(text):
        lower = word.lower()
        number = _NUMBER_WORDS.get(lower) or _as_number(lower)
        found |= {number} if number else set(stem(lower))
    return found


def _as_number(word: str) -> str | None:
    digits = word.replace(",", "").rstrip("%")
    if re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return f"{float(digits):g}{'%' if word.endswith('%') else ''}"
    return word if any(char.isdigit() for char in word) else None


def _negations(text: str) -> int:
    return len(_NEGATION.findall(text))
