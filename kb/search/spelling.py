"""Misspelt words of a question, put right by the words that the embedding model knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.models.expansion import Neighbours
from kb.protocols import TermStatistics
from kb.search.lexical import stem

SHORTEST = 5
SHORTEST_OF_STORE = 10  # letters of a word that is put right by the words of the passages

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")
_ENDING = re.compile(r"(?:s|e?d|(?:e?r|or)s?|ings?|i[sz](?:e[ds]?|ing|ation)|ly)$")


def corrected(text: str, statistics: TermStatistics, neighbours: Neighbours | None) -> str:
    """The text with lower-case words that nobody knows replaced by the known word they miss.

    A word is known when a passage holds it or the vocabulary of the embedding model does, without
    its ending or with it: the vocabulary lacks many inflections, and many words ("wager"). So only
    one missing, added or swapped letter after the first is put right, and never an ending; with
    another letter in one place it may be another word. A long word that the model does not know
    either way is compared with the words of the passages. A word with a capital letter may be a
    name and stays.
    """
    if neighbours is None:
        return text
    doubtful = [
        word
        for word in dict.fromkeys(_WORD.findall(text))
        if len(word) >= SHORTEST and not _is_known(word, neighbours)
    ]
    unknown = [word for word, said in _passages_with(doubtful, statistics).items() if not said]
    meant = {word: _closest(word, statistics, neighbours) for word in unknown}
    for word in unknown:
        if meant[word] == word and len(word) >= SHORTEST_OF_STORE:
            meant[word] = _in_passages(word, statistics)
    return _WORD.sub(lambda match: meant.get(match.group(), match.group()), text)


def _is_known(word: str, neighbours: Neighbours) -> bool:
    """Whether the vocabulary has a word, its plural, or what it is inflected or made from."""
    bare = _ENDING.sub("", word)
    return not neighbours.positions.keys().isdisjoint((word, bare, f"{bare}e", f"{word}s"))


def _closest(word: str, statistics: TermStatistics, neighbours: Neighbours) -> str:
    """The known word that a misspelt one must be; the word itself when there is none."""
    alike = process.extract(word, neighbours.words, scorer=OSA.distance, score_cutoff=1, limit=None)
    known = [other for other, *_ in alike if _is_meant(word, other)]
    return max(known, key=_passages_with(known, statistics).__getitem__, default=word)


def _in_passages(word: str, statistics: TermStatistics) -> str:
    """The word one edit away whose term most passages hold; the word itself when there is none."""
    passages = _passages_with([e for e in _edits(word) if _is_meant(word, e)], statistics)
    best = max(passages, key=lambda edit: passages[edit], default=word)
    return best if passages.get(best) else word


def _passages_with(words: Iterable[str], statistics: TermStatistics) -> dict[str, int]:
    """For each word how many passages hold it."""
    terms = {word: stem(word) for word in words}
    frequency = statistics.document_frequency({t for own in terms.values() for t in own})
    return {word: sum(frequency[term] for term in own) for word, own in terms.items()}


def _edits(word: str) -> Iterator[str]:
    """All words with one letter between the first and the last added, left out or swapped.

    None is exchanged: that makes too many other words.
    """
    for place in range(1, len(word)):
        head, tail = word[:place], word[place:]
        yield from (head + letter + tail for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1:]
            yield head + tail[1] + tail[0] + tail[2:]


def _is_meant(word: str, other: str) -> bool:
    inflected = word.startswith(other) or other.startswith(word)
    exchanged = len(word) == len(other) and sorted(word) != sorted(other)
    return other[0] == word[0] and not inflected and not exchanged
