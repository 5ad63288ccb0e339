"""What matplotlib does for the plots: it measures text, and it paints PNG.

Its bundled DejaVu Sans is wider than the usual fonts of screens, so what fits here fits there.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kb.claims.plots.scene import Anchor, Box, Line, Polygon, Scene, Shape, Text
from kb.claims.plots.themes import LIGHT

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties

SHARPNESS = 2.0  # pixels per CSS pixel
MOST_PIXELS = 24_000_000  # a taller picture gets fewer per CSS pixel
LONGEST_SIDE = 60_000  # Agg's limit is 65,535

FINENESS = 4  # measured so many times enlarged, since small letters are fitted to whole pixels
KAPPA = 0.5523  # how far the handles of a Bézier curve reach that looks like a quarter circle

_ANCHORS: dict[Anchor, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}

Extents = tuple[float, float, float, float]


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in CSS pixels."""
    return _measure(words, size, bold)[0]


def text_extents(text: Text) -> Extents:
    """Left, top, right and bottom of the ink of a text, in CSS pixels."""
    width, height, descent = _measure(text.words, text.size, text.bold)
    left = text.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    bottom = text.y + descent
    return left, bottom - height, left + width, bottom


def fitted(words: str, size: float, width: float, *, bold: bool = False) -> str:
    """The words, shortened with an ellipsis where they are wider than ``width`` CSS pixels."""
    if text_width(words, size, bold=bold) <= width:
        return words
    fits, too_long = 0, len(words)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if text_width(words[:middle].rstrip() + "…", size, bold=bold) <= width:
            fits = middle
        else:
            too_long = middle
    return words[:fits].rstrip() + "…"


def png(scene: Scene, colours: Mapping[str, str] = LIGHT) -> bytes:
    """The picture as PNG, twice as sharp as the screen unless it is very tall."""
    from matplotlib.figure import Figure

    area = scene.width * scene.height
    sharpness = min(
        SHARPNESS, (MOST_PIXELS / area) ** 0.5, LONGEST_SIDE / max(scene.width, scene.height)
    )
    figure = Figure(
        (scene.width / 72, scene.height / 72), dpi=72 * sharpness, facecolor=colours["paper"]
    )
    canvas = _agg().FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    for order, shape in enumerate(scene.shapes()):
        for artist in _artists(shape, colours):
            artist.set_zorder(order)
            axes.add_artist(artist)
            artist.set_clip_on(False)
    target = io.BytesIO()
    canvas.print_png(target, metadata={"Software": None, "Title": scene.title})
    return target.getvalue()


def _artists(shape: Shape, colours: Mapping[str, str]) -> list[Artist]:
    from matplotlib import lines, patches, text

    if isinstance(shape, Text):
        weight = _font(shape.bold).copy()
        weight.set_size(shape.size)
        artists: list[Artist] = [
            text.Text(
                shape.x, shape.y, _drawable(shape.words, shape.bold), parse_math=False,
                color=colours[shape.colour], fontproperties=weight,
                horizontalalignment=_ANCHORS[shape.anchor], verticalalignment="baseline",
                usetex=False,
            )
        ]  # fmt: skip
        if shape.struck:
            left, _, right, _ = text_extents(shape)
            height = shape.y - shape.size * 0.27
            artists.append(
                lines.Line2D(
                    [left, right], [height, height], linewidth=1, color=colours[shape.colour]
                )
            )
        return artists
    if isinstance(shape, Line):
        line = lines.Line2D(
            [shape.x1, shape.x2], [shape.y1, shape.y2], linewidth=shape.width,
            color=colours[shape.stroke], alpha=shape.opacity, solid_capstyle="round",
        )  # fmt: skip
        if shape.dash is not None:
            line.set_linestyle((0, tuple(part / shape.width for part in shape.dash)))
        return [line]
    if isinstance(shape, Polygon):
        return [
            patches.Polygon(
                shape.corners, facecolor=colours[shape.fill], edgecolor=colours[shape.stroke],
                linewidth=1.6, joinstyle="round", alpha=shape.opacity,
            )
        ]  # fmt: skip
    return [_box(shape, colours)]


def _box(box: Box, colours: Mapping[str, str]) -> Artist:
    from matplotlib import patches
    from matplotlib.path import Path as Outline

    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    radius = min(box.radius, box.width / 2, box.height / 2)
    bend = radius * (1 - KAPPA)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    ways = [(1, 0), (0, 1), (-1, 0), (0, -1)]  # along the side that starts at each corner
    points: list[tuple[float, float]] = []
    for (x, y), (along_x, along_y), (from_x, from_y) in zip(
        corners, ways, ways[-1:] + ways[:-1], strict=True
    ):
        points += [
            (x - from_x * radius, y - from_y * radius),
            (x - from_x * bend, y - from_y * bend),
            (x + along_x * bend, y + along_y * bend),
            (x + along_x * radius, y + along_y * radius),
        ]
    codes = [Outline.LINETO, Outline.CURVE4, Outline.CURVE4, Outline.CURVE4] * 4
    codes[0] = Outline.MOVETO
    outline = Outline([*points, points[0]], [*codes, Outline.CLOSEPOLY])
    return patches.PathPatch(
        outline, linewidth=1.6, facecolor=colours[box.fill] if box.fill else "none",
        edgecolor=colours[box.stroke] if box.stroke else "none", alpha=box.opacity,
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _measure(words: str, size: float, bold: bool) -> tuple[float, float, float]:
    font = _font(bold).copy()
    font.set_size(size)
    drawn = _drawable(words, bold)
    extents = _renderer().get_text_width_height_descent(drawn, font, ismath=False)
    width, height, descent = (extent / FINENESS for extent in extents)
    return width, height, descent


@lru_cache(maxsize=1)
def _renderer() -> Any:
    return _agg().RendererAgg(1, 1, 72 * FINENESS)


def _agg() -> Any:
    """matplotlib's painter of pixels, which has no types."""
    from matplotlib.backends import backend_agg

    return backend_agg


@lru_cache(maxsize=2)
def _font(bold: bool) -> FontProperties:
    from matplotlib import get_data_path
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=Path(get_data_path(), "fonts", "ttf", name))


@lru_cache(maxsize=2)
def _characters(bold: bool) -> frozenset[int]:
    from matplotlib.font_manager import get_font

    path = _font(bold).get_file()
    assert path is not None
    return frozenset(get_font(path).get_charmap())


def _drawable(words: str, bold: bool) -> str:
    """The words with the replacement character where the font has no glyph."""
    characters = _characters(bold)
    return "".join(letter if ord(letter) in characters else "\ufffd" for letter in words)
