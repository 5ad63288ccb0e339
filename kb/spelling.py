"""Misspelt words of a question, put right by the words that the embedding model knows."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.expansion import Neighbours
from kb.lexical import LexicalIndex, stem

SHORTEST = 5

_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")


def corrected(text: str, lexical: LexicalIndex, neighbours: Neighbours | None) -> str:
    """The text with lower-case words that nobody knows replaced by the known word they miss.

    A word is known when a passage holds it or the vocabulary of the embedding model does. Only one
    wrong, missing, added or swapped letter after the first is put right, and never an ending: the
    vocabulary lacks many inflections. A word with a capital letter may be a name and stays.
    """
    return _WORD.sub(_replacement(lexical, neighbours), text) if neighbours else text


def _replacement(lexical: LexicalIndex, neighbours: Neighbours) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < SHORTEST or word in neighbours.positions:
            return word
        if any(lexical.document_frequency(stem(word)).values()):
            return word
        alike = process.extract(
            word, neighbours.words, scorer=OSA.distance, score_cutoff=1, limit=None
        )
        return next((other for other, *_ in alike if _is_meant(word, other)), word)

    return replace


def _is_meant(word: str, other: str) -> bool:
    inflected = word.startswith(other) or other.startswith(word)
    return other[0] == word[0] and not inflected
