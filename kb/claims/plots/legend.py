"""The key of a plot: it explains the signs that occur, and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.claims.plots import raster, wording
from kb.claims.plots.glyphs import Glyph
from kb.claims.plots.marks import Mark
from kb.claims.plots.scene import Shape, Text

TEXT_SIZE = 12.0
LINE_HEIGHT = 24.0
GAP = 26.0

_POINT = Glyph(0, 12, "soft", 7, 7)
_RANGE = replace(_POINT, high=27)

# When a sign is explained, its drawing, how wide that is, and its meaning.
_SIGNS: tuple[tuple[Callable[[Mark], bool], Glyph, float, str], ...] = (
    (
        lambda mark: mark.said is not None,
        replace(_POINT, low=32, high=32, said=2),
        38,
        "statement and forecast",
    ),
    (lambda mark: not mark.extent.is_point, _RANGE, 32, "range"),
    (lambda mark: mark.extent.centre is not None, replace(_RANGE, centre=17), 32, "best guess"),
    (
        lambda mark: mark.extent.opening == "below",
        replace(_POINT, opening="below", low=14, high=14),
        15,
        "at most",
    ),
    (
        lambda mark: mark.extent.opening == "above",
        replace(_POINT, opening="above", low=1, high=1),
        15,
        "at least",
    ),
    (
        lambda mark: wording.is_reported(mark.claim),
        replace(_POINT, hollow=True),
        14,
        "told by others",
    ),
    (
        lambda mark: mark.claim.superseded_by is not None,
        replace(_POINT, faint=True),
        14,
        "later revised",
    ),
    (lambda mark: mark.claim.negated, replace(_POINT, crossed=True), 17, "denied"),
)


def legend(marks: Sequence[Mark], left: float, right: float, y: float) -> tuple[list[Shape], float]:
    """The signs in use with their meaning, from ``y`` down, and where they end."""
    shapes: list[Shape] = []
    x = left
    for is_used, glyph, sample, words in _SIGNS:
        if not any(map(is_used, marks)):
            continue
        width = sample + 8 + raster.text_width(words, TEXT_SIZE)
        if shapes and x + width > right:
            x, y = left, y + LINE_HEIGHT
        shapes += glyph.moved(x, y + LINE_HEIGHT / 2).shapes()
        baseline = y + LINE_HEIGHT / 2 + 4.4
        shapes.append(Text(x + sample + 8, baseline, words, TEXT_SIZE, "soft"))
        x += width + GAP
    return shapes, y + LINE_HEIGHT if shapes else y
