"""Uploads under one file name: a new version of what is stored, or another transcript.

Programs call every transcript ``transcript.txt``; the second must not replace the first.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from ingest.sources.origins import Origin
from kb.storage.store import Store

_SHINGLE = 5  # words in a row; two transcripts of one talk share many, two talks hardly any
_SAME_TALK = 0.1  # of the shingles of the shorter text


def own_place(store: Store, origin: Origin, text: str) -> Origin:
    """The upload under the key of the document that it is a version of, or under a new key."""
    for number in count(1):
        key = origin.key if number == 1 else f"{origin.key}#{number}"
        stored = store.find_by_source(key)
        if stored is None or is_same_talk(store.document(stored[0]).text, text):
            return replace(origin, key=key)
    raise AssertionError


def is_same_talk(one: str, other: str) -> bool:
    """Whether two texts tell the same, however each was edited or cut."""
    shingles, others = _shingles(one), _shingles(other)
    fewest = min(len(shingles), len(others))
    return len(shingles & others) >= _SAME_TALK * fewest


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return {tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
