"""A picture as shapes on paper, before it becomes SVG or PNG.

Lengths are CSS pixels, the origin is the upper left corner, colours are names of ``themes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners; without ``fill`` only its outline is seen."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    radius: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` are the lengths of a dash and of the gap after it."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1.0
    dash: tuple[float, float] | None = None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through its corners."""

    corners: tuple[tuple[float, float], ...]
    fill: str
    stroke: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on its baseline ``y``; ``anchor`` says which part of it stands at ``x``."""

    x: float
    y: float
    words: str
    size: float
    colour: str = "ink"
    anchor: Anchor = "start"
    bold: bool = False
    struck: bool = False


Shape = Box | Line | Polygon | Text


@dataclass(frozen=True, slots=True)
class Link:
    """Shapes that lead to ``address``, with a tooltip."""

    address: str
    tooltip: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture; ``title`` and ``description`` are read out by screen readers."""

    width: float
    height: float
    title: str
    description: str
    items: tuple[Shape | Link, ...]

    def shapes(self) -> Iterator[Shape]:
        """Every shape from the lowest to the topmost, those of links as well."""
        for item in self.items:
            if isinstance(item, Link):
                yield from item.shapes
            else:
                yield item

    def texts(self) -> list[Text]:
        """Every line of text of the picture."""
        return [shape for shape in self.shapes() if isinstance(shape, Text)]
