"""Text as quotes are compared: how it is typed does not count, every word and figure does.

Folded away are white space (runs, line breaks, no-break and thin spaces), variants of quotation
marks, apostrophes and dashes, HTML entities, invisible marks, and Unicode's compatible forms
(NFKC). Kept are letters and their case, punctuation, and forms that change a value: 10² is not 102.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

# Decompositions that NFKC makes and that change what is said: 10² to 102, 1½ to 11⁄2, ① to 1.
_CHANGES_VALUE = ("<super>", "<sub>", "<fraction>", "<circle>")
_ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"  # soft hyphen, zero-width marks
_SINGLE = "'‘’‚‛`´ʼ′‹›"
_DOUBLE = '"“”„‟″«»'
_DASH = "-‐‑‒–—―−﹘﹣－"
_FOLDS = (
    dict.fromkeys(map(ord, _SINGLE), "'")
    | dict.fromkeys(map(ord, _DOUBLE), '"')
    | dict.fromkeys(map(ord, _DASH), "-")
    | dict.fromkeys(map(ord, _INVISIBLE), "")
)
# What does not fold to itself: an entity, white space, a quotation mark or dash, and other signs
# with the ASCII sign that they may combine with.
_FOLDED = re.compile(rf"(?P<entity>{_ENTITY})|[^\S ]|`|(?P<others>[\x21-\x7e]?[^\x00-\x7f\s]+)")
# "word — word", "word - word" and "word--word" are one; "at -5" keeps its space.
_RUN = re.compile(r" +-[ -]* |-{2,}| {2,}|''")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; its character ``i`` comes from ``source[starts[i]:ends[i]]``."""

    text: str
    starts: array[int]
    ends: array[int]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the source."""
        return self.starts[start], self.ends[end - 1]

    def is_boundary(self, position: int) -> bool:
        """Whether a sign of the source begins here; "ﬁ" folds to two that are one."""
        inside = 0 < position < len(self.text)
        return not inside or self.starts[position - 1] != self.starts[position]


def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """Fold ``text[start:end]``; offsets are those of ``text``."""
    end = len(text) if end is None else end
    pieces: list[str] = []
    starts, ends = array("l"), array("l")

    position = start
    for match in _FOLDED.finditer(text, start, end):
        begin = match.start()
        pieces.append(text[position:begin])
        starts.extend(range(position, begin))
        ends.extend(range(position + 1, begin + 1))
        position = match.end()
        for first, last, piece in _parts(match[0]):
            pieces.append(piece)
            starts.extend([begin + first] * len(piece))
            ends.extend([begin + last] * len(piece))
    pieces.append(text[position:end])
    starts.extend(range(position, end))
    ends.extend(range(position + 1, end + 1))
    return _collapsed("".join(pieces), starts, ends)


@lru_cache(maxsize=4096)
def _parts(special: str) -> tuple[tuple[int, int, str], ...]:
    """An entity, or a run of signs in parts that do not combine: start, end and what it folds to.

    All characters that a part folds to come from the whole part.
    """
    if special.startswith("&") and special.endswith(";"):
        return ((0, len(special), _normal(_unescaped(special))),)
    cuts = [0]
    for position in range(1, len(special)):
        before, after = special[cuts[-1] : position], special[position]
        if _nfkc(before + after) == _nfkc(before) + _nfkc(after):
            cuts.append(position)
    spans = zip(cuts, [*cuts[1:], len(special)], strict=True)
    return tuple((start, end, _normal(special[start:end])) for start, end in spans)


def _unescaped(entity: str) -> str:
    """``&nbsp;`` and also ``&amp;nbsp;`` as the character that it stands for."""
    plain = entity
    while "&" in plain and (shorter := html.unescape(plain)) != plain:
        plain = shorter
    return plain


def _normal(piece: str) -> str:
    compatible = "".join(_compatible(char) for char in piece.translate(_FOLDS))
    normal = unicodedata.normalize("NFC", compatible).translate(_FOLDS)
    return re.sub(r"\s", " ", normal)


def _compatible(char: str) -> str:
    if unicodedata.decomposition(char).startswith(_CHANGES_VALUE):
        return char
    return unicodedata.normalize("NFKC", char)


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _collapsed(text: str, starts: array[int], ends: array[int]) -> Folded:
    """With one sign for every run of spaces, dashes or doubled single marks."""
    pieces: list[str] = []
    new_starts, new_ends = array("l"), array("l")
    position = 0
    for match in _RUN.finditer(text):
        pieces.append(text[position : match.start()])
        new_starts.extend(starts[position : match.start()])
        new_ends.extend(ends[position : match.start()])
        pieces.append("-" if "-" in match[0] else '"' if "'" in match[0] else " ")
        new_starts.append(starts[match.start()])
        new_ends.append(ends[match.end() - 1])
        position = match.end()
    pieces.append(text[position:])
    new_starts.extend(starts[position:])
    new_ends.extend(ends[position:])
    return Folded("".join(pieces), new_starts, new_ends)
