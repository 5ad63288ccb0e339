"""Of passages that say nearly the same, some: a document must not fill a list by repeating itself.

Interviews repeat themselves rarely; texts that are made to be found do it all over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.text.words import content_words
from kb.types import Hit

SAME_WORDS = 0.6  # Jaccard similarity of content words, within one document
MOST_ALIKE = 2


@dataclass(frozen=True, slots=True)
class Distinct:
    """The hits in their new order, and the documents whose repetitions took most places."""

    hits: list[Hit]
    crowding: frozenset[str]


def distinct(ranked: Iterable[Hit], k: int) -> Distinct:
    """``k`` hits in which what a document says for the third time comes after everything else."""
    kept: list[Hit] = []
    repeated: list[Hit] = []
    words: dict[str, list[frozenset[str]]] = {}
    for hit in ranked:
        if len(kept) == k:
            break
        said = frozenset(content_words(hit.passage.text))
        before = words.setdefault(hit.passage.document_id, [])
        if sum(alike(said, other) for other in before) >= MOST_ALIKE:
            repeated.append(hit)
        else:
            before.append(said)
            kept.append(hit)
    counts = Counter(hit.passage.document_id for hit in repeated)
    lowest = min((hit.score for hit in kept), default=0.0)
    rest = [replace(hit, score=min(hit.score, lowest)) for hit in repeated[: k - len(kept)]]
    return Distinct(kept + rest, frozenset(name for name, n in counts.items() if n > k))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts of one document have nearly the same words."""
    return bool(one) and len(one & other) >= SAME_WORDS * len(one | other)
