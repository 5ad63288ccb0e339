"""Labels with letters swapped, left out or doubled: ``Viktor Snad`` for ``Viktor Sand``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from ingest.names import fold
from kb.text.generic_labels import is_generic

_SHORTEST = 4  # letters of a word that is misprinted
_MOST = 100  # labels that are compared with each other


def misprints(counts: Mapping[str, int], text: str) -> dict[str, str]:
    """By label that is a misprint the one that it stands for.

    That one is printed more often, and nobody says the other name: ``Daniel`` and ``Daniela``
    who are both spoken of are two people.
    """
    labels = [label for label in list(counts)[:_MOST] if not is_generic(label)]
    found: dict[str, str] = {}
    for label in labels:
        meant = [
            other
            for other in labels
            if counts[other] > counts[label]
            and (word := _misprinted(label, other))
            and not re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
        ]
        if len(meant) == 1:
            found[label] = meant[0]
    return found


def _misprinted(label: str, other: str) -> str | None:
    """The only word of a label that differs, if it does by a slip of the fingers."""
    words, others = fold(label).split(), fold(other).split()
    if len(words) != len(others):
        return None
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(different) != 1:
        return None
    word, meant = different[0]
    is_slip = min(len(word), len(meant)) >= _SHORTEST and OSA.distance(word, meant) == 1
    swapped = sorted(word) == sorted(meant)
    inside = len(word) != len(meant) and (word[0], word[-2:]) == (meant[0], meant[-2:])
    return word if is_slip and (swapped or inside) else None
