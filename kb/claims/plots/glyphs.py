"""The little drawing that stands for one claim on its row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.claims.plots.marks import Opening
from kb.claims.plots.scene import Box, Line, Polygon, Shape

FAINT = 0.45


@dataclass(frozen=True, slots=True)
class Glyph:
    """A claim on its row: pixels from the left, and how it is drawn.

    ``size`` is the diameter of a point. ``hollow`` is for beliefs that others report, ``faint``
    for superseded claims, ``crossed`` for negated ones; ``beyond_left`` and ``beyond_right`` for
    figures outside the axis.
    """

    y: float
    size: float
    colour: str
    low: float
    high: float
    centre: float | None = None
    said: float | None = None
    opening: Opening | None = None
    hollow: bool = False
    faint: bool = False
    crossed: bool = False
    beyond_left: bool = False
    beyond_right: bool = False

    def shapes(self) -> tuple[Shape, ...]:
        """The shapes, the lowest first."""
        return (*self._tether(), *self._body(), *self._statement(), *self._edges(), *self._cross())

    def moved(self, x: float, y: float) -> Glyph:
        """The same glyph ``x`` pixels further to the right, on another row."""
        return replace(
            self,
            y=y,
            low=self.low + x,
            high=self.high + x,
            centre=None if self.centre is None else self.centre + x,
            said=None if self.said is None else self.said + x,
        )

    @property
    def _opacity(self) -> float:
        return FAINT if self.faint else 1.0

    def _tether(self) -> list[Shape]:
        """A dotted line from the time of the statement to what it is about."""
        if self.said is None or self.low <= self.said <= self.high:
            return []
        end = self.low if self.said < self.low else self.high
        return [Line(self.said, self.y, end, self.y, self.colour, 1.4, (1.4, 4.2), self._opacity)]

    def _statement(self) -> list[Shape]:
        if self.said is None:
            return []
        reach = self.size * 0.62
        return [Line(self.said, self.y - reach, self.said, self.y + reach, "ink", 1.6)]

    def _body(self) -> list[Shape]:
        if self.low == self.high and self.opening is not None:
            return [self._triangle()]
        thickness = self.size if self.low == self.high else self.size * 0.72
        bar = self._pill(self.low, self.high, thickness, "band" if self.hollow else self.colour)
        if self.centre is None or self.low == self.high:
            return [bar]
        dot = self.colour if self.hollow else "band"
        return [bar, self._pill(self.centre, self.centre, thickness * 0.5, dot, outlined=False)]

    def _pill(
        self, low: float, high: float, thickness: float, fill: str, *, outlined: bool = True
    ) -> Box:
        radius = thickness / 2
        return Box(
            low - radius, self.y - radius, high - low + thickness, thickness, fill,
            self.colour if outlined else None, radius, self._opacity,
        )  # fmt: skip

    def _triangle(self) -> Shape:
        """Its upright side stands at the bound, its tip points to where the figure may lie."""
        side = self.size * 0.62
        tip = self.low + (-1 if self.opening == "below" else 1) * self.size * 1.1
        corners = ((self.low, self.y - side), (self.low, self.y + side), (tip, self.y))
        fill = "band" if self.hollow else self.colour
        return Polygon(corners, fill, self.colour, self._opacity)

    def _edges(self) -> list[Shape]:
        """Chevrons where the figure lies outside the axis."""
        shapes: list[Shape] = []
        for beyond, edge, way in (
            (self.beyond_left, self.low, -1),
            (self.beyond_right, self.high, 1),
        ):
            for step in (0.9, 1.5) if beyond else ():
                tip, reach = edge + way * self.size * step, self.size * 0.45
                for side in (-reach, reach):
                    back = tip - way * reach
                    shapes.append(
                        Line(
                            back,
                            self.y + side,
                            tip,
                            self.y,
                            self.colour,
                            1.8,
                            opacity=self._opacity,
                        )
                    )
        return shapes

    def _cross(self) -> list[Shape]:
        if not self.crossed:
            return []
        middle, reach = (self.low + self.high) / 2, self.size * 0.8
        return [
            Line(
                middle - reach, self.y - way * reach, middle + reach, self.y + way * reach, *stroke
            )
            for stroke in (("band", 3.6), ("ink", 1.8))
            for way in (1, -1)
        ]
