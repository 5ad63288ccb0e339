"""What stands on a printed page: lines, and the boxes that they stand in."""

from __future__ import annotations

from dataclasses import dataclass

SHORT_WORD, WIDE = 3, 1.3  # letters; times the usual width
ALIGNED = 3.0  # points by which lines of one column begin apart


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; ``bold`` characters of it, at its start, are bold. Places are in points."""

    text: str
    size: float
    bold: int
    left: float
    right: float
    top: float = 0.0
    foot: float = 0.0

    @property
    def first_word(self) -> float:
        """How wide its first word is at most, with a space, by the width of its usual letter."""
        letters = max(SHORT_WORD, len(self.text.split(maxsplit=1)[0])) + 1
        return WIDE * (self.right - self.left) * letters / len(self.text)


@dataclass(frozen=True, slots=True)
class Box:
    """Lines that stand together; ``margin`` where a running head or foot would."""

    lines: tuple[Line, ...]
    margin: bool

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)
