"""Where everything stands: a panel per unit, in it a card per person, in it a row per claim.

Every row has its subject on the left, its mark on the axis in the middle, its figure and the date
of the statement on the right. So labels have columns of their own and cannot overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kb.claims.plots import captions, raster, scales, wording
from kb.claims.plots.glyphs import Glyph
from kb.claims.plots.legend import legend
from kb.claims.plots.marks import Mark, PlotKind, Selection, sorted_by_person
from kb.claims.plots.references import NOTE, REFERENCES
from kb.claims.plots.scales import Scale
from kb.claims.plots.scene import Box, Line, Link, Scene, Shape, Text
from kb.claims.plots.themes import person_colour
from kb.links import place_url
from kb.types import Claim

WIDTH = 1200.0
CARD_LEFT, CARD_RIGHT = 24.0, 1176.0
SUBJECT_LEFT, SUBJECT_RIGHT = 42.0, 378.0
PLOT_LEFT, PLOT_RIGHT = 404.0, 898.0
FIGURE_LEFT, DATE_RIGHT = 922.0, 1158.0
HEADER = 36.0  # of a card: the name, and the ticks of the axis
CARD_GAP = 10.0
CARD_FOOT = 8.0
MOST_ROWS = 20  # of a card, so that a name and ticks are never far away
TICKS_EVERY = 300.0  # the height after which the ticks are written again
TICK_SIZE = 11.0
LEVEL = 17.0  # height of a line of reference names

UNITS = {
    "FLOP": "FLOP in total",
    "FLOP/s": "FLOP per second",
    "x": "Times as much (×)",
    "no unit": "Without a unit",
}

Colours = dict[str, str]


@dataclass(frozen=True, slots=True)
class _RowStyle:
    """Height of a row, size of its text and diameter of its point; less when there are many."""

    height: float
    text: float
    mark: float


@dataclass(frozen=True, slots=True)
class _Card:
    """Claims of one person below each other, from ``y`` down."""

    name: str
    marks: Sequence[Mark]
    y: float
    height: float
    has_ticks: bool

    @property
    def bottom(self) -> float:
        return self.y + self.height


def arrange(kind: PlotKind, selection: Selection, base_url: str) -> Scene:
    """The whole picture of a selection that has at least one mark."""
    marks = sorted_by_person(selection.marks)
    names = dict.fromkeys(wording.holder(mark.claim) for mark in marks)
    colours = {name: person_colour(number) for number, name in enumerate(names)}
    title = captions.title(kind, marks)
    notes = [captions.summary(kind, marks), captions.omissions(selection.left_out)]
    width = CARD_RIGHT - CARD_LEFT
    items: list[Shape | Link] = [
        Text(CARD_LEFT, 48, raster.fitted(title, 26, width, bold=True), 26, bold=True),
    ]
    y = 54.0
    for note in filter(None, notes):
        y += 20
        items.append(Text(CARD_LEFT, y, raster.fitted(note, 13, width), 13, "soft"))
    key, y = legend(marks, CARD_LEFT, CARD_RIGHT, y + 14)
    items += key
    y += 12
    style = _row_style(len(marks))
    for unit, group in _by_unit(marks):
        if kind == "compute":
            items += _panel_heading(unit, y + 18)
            y += 34
        drawn, y = _panel(unit, group, colours, style, y, base_url)
        items += drawn
        y += 14
    return Scene(WIDTH, y, title, " ".join(filter(None, notes)), tuple(items))


def address(claim: Claim, base_url: str) -> str:
    """Where the words of a claim are shown."""
    return base_url + place_url(claim.document_id, claim.char_start, claim.quote)


def _row_style(count: int) -> _RowStyle:
    if count <= 16:
        return _RowStyle(28, 13, 13)
    return _RowStyle(24, 12, 12) if count <= 60 else _RowStyle(20, 11, 10)


def _by_unit(marks: Sequence[Mark]) -> list[tuple[str, list[Mark]]]:
    """FLOP first, then the most frequent unit."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.unit, []).append(mark)
    return sorted(groups.items(), key=lambda group: (group[0] != "FLOP", -len(group[1]), group[0]))


def _panel_heading(unit: str, y: float) -> list[Shape]:
    name = UNITS.get(unit, unit[:1].upper() + unit[1:])
    width = CARD_RIGHT - CARD_LEFT
    shown = raster.fitted(name, 15, width, bold=True)
    heading: list[Shape] = [Text(CARD_LEFT, y, shown, 15, bold=True)]
    if unit == "FLOP":
        note = raster.fitted(NOTE, TICK_SIZE, CARD_RIGHT - PLOT_LEFT)
        heading.append(Text(PLOT_LEFT, y, note, TICK_SIZE, "soft"))
    return heading


def _panel(
    unit: str, marks: Sequence[Mark], colours: Colours, style: _RowStyle, y: float, base_url: str
) -> tuple[list[Shape | Link], float]:
    """One axis with the cards of all people below each other, and where it ends."""
    scale = _scale(unit, marks)
    labels, lines, y = _references(scale, y) if unit == "FLOP" else ([], [], y)
    cards = _cards(marks, style, y)
    items: list[Shape | Link] = [*labels, *lines]
    for card in cards:
        items += _background(card)
        items += _grid(card, scale)
        items += [replace(line, y1=_grid_top(card), y2=card.bottom - CARD_FOOT) for line in lines]
        items += _header(card, colours[card.name])
        for number, mark in enumerate(card.marks):
            middle = card.y + HEADER + (number + 0.5) * style.height
            items.append(_row(mark, scale, colours[card.name], style, middle, base_url))
    return items, cards[-1].bottom


def _scale(unit: str, marks: Sequence[Mark]) -> Scale:
    figures = [figure for mark in marks for figure in (mark.extent.low, mark.extent.high)]
    if unit == "year":
        return scales.years(figures + [mark.said for mark in marks if mark.said is not None])
    if unit == "probability":
        return scales.shares()
    if unit == "FLOP":
        figures += [reference.flop for reference in REFERENCES]
    return scales.amounts(figures, unit)


def _cards(marks: Sequence[Mark], style: _RowStyle, y: float) -> list[_Card]:
    cards: list[_Card] = []
    ticks_at = float("-inf")
    for name, group in groupby(marks, key=lambda mark: wording.holder(mark.claim)):
        of_person = list(group)
        for start in range(0, len(of_person), MOST_ROWS):
            rows = of_person[start : start + MOST_ROWS]
            has_ticks = y - ticks_at >= TICKS_EVERY
            height = HEADER + len(rows) * style.height + CARD_FOOT
            cards.append(_Card(name, rows, y, height, has_ticks))
            ticks_at = y if has_ticks else ticks_at
            y += height + CARD_GAP
    return cards


def _background(card: _Card) -> list[Shape]:
    return [Box(CARD_LEFT, card.y, CARD_RIGHT - CARD_LEFT, card.height, "band", radius=8)]


def _grid_top(card: _Card) -> float:
    return card.y + HEADER - 6


def _grid(card: _Card, scale: Scale) -> list[Shape]:
    """The lines of the ticks, and their labels as far as there is room for them."""
    shapes: list[Shape] = []
    free_from = 0.0
    for figure, label in scale.ticks:
        x = _x(scale, figure)
        shapes.append(Line(x, _grid_top(card), x, card.bottom - CARD_FOOT, "grid"))
        half = raster.text_width(label, TICK_SIZE) / 2
        if card.has_ticks and x - half >= free_from:
            shapes.append(Text(x, card.y + 22, label, TICK_SIZE, "soft", "middle"))
            free_from = x + half + 10
    if card.has_ticks:
        shapes.append(Text(DATE_RIGHT, card.y + 22, "said", TICK_SIZE, "soft", "end"))
    return shapes


def _references(scale: Scale, y: float) -> tuple[list[Text], list[Line], float]:
    """Names of known amounts with the lines below them, and where they end.

    A name stands to the right of its line. From the right to the left, each takes the lowest
    level above all lines that it would cross.
    """
    levels: list[tuple[float, int]] = []
    for reference in reversed(REFERENCES):
        x = _x(scale, reference.flop)
        end = x + raster.text_width(reference.name, TICK_SIZE) + 14
        crossed = [level for other, level in levels if other < end]
        levels.append((x, 1 + max(crossed, default=-1)))
    bottom = y + (1 + max(level for _, level in levels)) * LEVEL
    labels, lines = [], []
    for reference, (x, level) in zip(reversed(REFERENCES), levels, strict=True):
        baseline = bottom - level * LEVEL - 5
        labels.append(Text(x + 5, baseline, reference.name, TICK_SIZE, "reference"))
        dash = (5.0, 4.0) if reference.is_threshold else None
        lines.append(Line(x, baseline - 10, x, bottom, "reference", 1.2, dash))
    return labels, lines, bottom


def _header(card: _Card, colour: str) -> list[Shape]:
    baseline = card.y + 23
    name = raster.fitted(card.name, 14, SUBJECT_RIGHT - SUBJECT_LEFT - 16, bold=True)
    return [
        Box(SUBJECT_LEFT, baseline - 10, 10, 10, colour, radius=5),
        Text(SUBJECT_LEFT + 17, baseline, name, 14, bold=True),
    ]


def _row(
    mark: Mark, scale: Scale, colour: str, style: _RowStyle, middle: float, base_url: str
) -> Link:
    """The subject, the mark and the figure of a claim, which lead to its words."""
    claim = mark.claim
    revised = claim.superseded_by is not None
    baseline = middle + style.text * 0.36
    date = wording.short_date(claim.as_of)
    date_size = style.text - 1
    free = DATE_RIGHT - FIGURE_LEFT - raster.text_width(date, date_size) - 10
    subject = raster.fitted(wording.subject(claim), style.text, SUBJECT_RIGHT - SUBJECT_LEFT)
    figure = raster.fitted(mark.figure, style.text, free, bold=True)
    tone = "soft" if revised else "ink"
    whole_row = Box(
        CARD_LEFT + 6, middle - style.height / 2 + 1, CARD_RIGHT - CARD_LEFT - 12,
        style.height - 2, radius=4,
    )  # fmt: skip
    shapes: list[Shape] = [
        whole_row,
        Text(SUBJECT_LEFT, baseline, subject, style.text, tone),
        *_glyph(mark, scale, colour, style, middle).shapes(),
        Text(FIGURE_LEFT, baseline, figure, style.text, tone, bold=True, struck=revised),
    ]
    if date:
        shapes.append(Text(DATE_RIGHT, baseline, date, date_size, "soft", "end"))
    return Link(address(claim, base_url), wording.tooltip(claim), tuple(shapes))


def _glyph(mark: Mark, scale: Scale, colour: str, style: _RowStyle, y: float) -> Glyph:
    extent, claim = mark.extent, mark.claim
    inside = extent.centre is not None and 0 <= scale.share(extent.centre) <= 1
    return Glyph(
        y=y,
        size=style.mark,
        colour=colour,
        low=_x(scale, extent.low),
        high=_x(scale, extent.high),
        centre=_x(scale, extent.centre) if inside and extent.centre is not None else None,
        said=None if mark.said is None else _x(scale, mark.said),
        opening=extent.opening,
        hollow=wording.is_reported(claim),
        faint=claim.superseded_by is not None,
        crossed=claim.negated,
        beyond_left=scale.share(extent.low) < 0,
        beyond_right=scale.share(extent.high) > 1,
    )


def _x(scale: Scale, figure: float) -> float:
    """Pixels from the left; what lies outside the axis stands at its end."""
    share = min(1.0, max(0.0, scale.share(figure)))
    return PLOT_LEFT + share * (PLOT_RIGHT - PLOT_LEFT)
