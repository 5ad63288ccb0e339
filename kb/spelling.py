"""Misspelt words of a question, put right by the words that the embedding model knows."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.expansion import Neighbours
from kb.lexical import stem
from kb.protocols import TermStatistics

SHORTEST = 5

_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")


def corrected(text: str, statistics: TermStatistics, neighbours: Neighbours | None) -> str:
    """The text with lower-case words that nobody knows replaced by the known word they miss.

    A word is known when a passage holds it or the vocabulary of the embedding model does. Only one
    wrong, missing, added or swapped letter after the first is put right, and never an ending: the
    vocabulary lacks many inflections. A word with a capital letter may be a name and stays.
    """
    if neighbours is None:
        return text
    doubtful = [
        word
        for word in dict.fromkeys(_WORD.findall(text))
        if len(word) >= SHORTEST and word not in neighbours.positions
    ]
    terms = {word: stem(word) for word in doubtful}
    frequency = statistics.document_frequency([t for own in terms.values() for t in own])
    meant = {
        word: _closest(word, neighbours)
        for word, own in terms.items()
        if not any(frequency[term] for term in own)
    }
    return _WORD.sub(lambda match: meant.get(match.group(), match.group()), text)


def _closest(word: str, neighbours: Neighbours) -> str:
    """The known word that a misspelt one must be; the word itself when there is none."""
    alike = process.extract(word, neighbours.words, scorer=OSA.distance, score_cutoff=1, limit=None)
    return next((other for other, *_ in alike if _is_meant(word, other)), word)


def _is_meant(word: str, other: str) -> bool:
    inflected = word.startswith(other) or other.startswith(word)
    return other[0] == word[0] and not inflected
