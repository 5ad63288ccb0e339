"""A picture as SVG: text stays text, links stay links, colours follow the theme.

Each shape carries the colour of the base theme as an attribute, which a style sheet overrides only
in the dark. So programs that know no custom properties, as those for slides, and sites that allow
no inline styles still show the right picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from xml.etree import ElementTree as ET

from kb.claims.plots.scene import Box, Line, Link, Polygon, Scene, Shape, Text
from kb.claims.plots.themes import DARK, LIGHT

Theme = Literal["light", "dark", "auto"]

FONTS = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', "
    "sans-serif"
)


def svg(scene: Scene, theme: Theme) -> str:
    """The picture as an SVG element with its own style sheet."""
    base = DARK if theme == "dark" else LIGHT
    width, height = _number(scene.width), _number(scene.height)
    root = ET.Element(
        "svg", {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}",
            "width": width, "height": height, "class": "claims", "role": "group",
            "aria-label": scene.title, "font-family": FONTS,
        },
    )  # fmt: skip
    ET.SubElement(root, "title").text = scene.title
    ET.SubElement(root, "desc").text = scene.description
    ET.SubElement(root, "style").text = style_sheet(theme)
    _draw(root, Box(0, 0, scene.width, scene.height, fill="paper"), base)
    for item in scene.items:
        if isinstance(item, Link):
            link = ET.SubElement(root, "a", {"href": item.address})
            ET.SubElement(link, "title").text = item.tooltip
            for shape in item.shapes:
                _draw(link, shape, base)
        else:
            _draw(root, item, base)
    return ET.tostring(root, encoding="unicode")


def style_sheet(theme: Theme) -> str:
    """The colours as custom properties; in the dark they override those of the shapes."""
    base = _properties(DARK if theme == "dark" else LIGHT)
    hover = ".claims a:is(:hover,:focus-visible) rect:first-of-type{stroke:var(--soft)}"
    rules = f".claims{{{base}}}.claims a rect:first-of-type{{pointer-events:all}}{hover}"
    if theme != "auto":
        return rules
    paints = "".join(
        f".claims .f-{name}{{fill:var(--{name})}}.claims .s-{name}{{stroke:var(--{name})}}"
        for name in DARK
    )
    dark = f"@media (prefers-color-scheme:dark){{.claims{{{_properties(DARK)}}}{paints}}}"
    return rules + dark


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _draw(parent: ET.Element, shape: Shape, base: Mapping[str, str]) -> None:
    if isinstance(shape, Text):
        _draw_text(parent, shape, base)
    elif isinstance(shape, Line):
        _draw_line(parent, shape, base)
    elif isinstance(shape, Polygon):
        corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in shape.corners)
        painted = _paint(base, shape.fill, shape.stroke, shape.opacity)
        joined = {"stroke-width": "1.6", "stroke-linejoin": "round"}
        ET.SubElement(parent, "polygon", {"points": corners, **joined, **painted})
    else:
        _draw_box(parent, shape, base)


def _draw_text(parent: ET.Element, text: Text, base: Mapping[str, str]) -> None:
    attributes = {
        "x": _number(text.x), "y": _number(text.y), "font-size": _number(text.size),
        **_paint(base, text.colour, None, 1.0),
    }  # fmt: skip
    if text.anchor != "start":
        attributes["text-anchor"] = text.anchor
    if text.bold:
        attributes["font-weight"] = "bold"
    if text.struck:
        attributes["text-decoration"] = "line-through"
    ET.SubElement(parent, "text", attributes).text = text.words


def _draw_line(parent: ET.Element, line: Line, base: Mapping[str, str]) -> None:
    attributes = {
        "x1": _number(line.x1), "y1": _number(line.y1), "x2": _number(line.x2),
        "y2": _number(line.y2), "stroke-width": _number(line.width),
        **_paint(base, None, line.stroke, line.opacity),
    }  # fmt: skip
    if line.dash is None:
        attributes["stroke-linecap"] = "round"
    else:
        attributes["stroke-dasharray"] = " ".join(_number(part) for part in line.dash)
    ET.SubElement(parent, "line", attributes)


def _draw_box(parent: ET.Element, box: Box, base: Mapping[str, str]) -> None:
    attributes = {
        "x": _number(box.x), "y": _number(box.y), "width": _number(box.width),
        "height": _number(box.height), **_paint(base, box.fill, box.stroke, box.opacity),
    }  # fmt: skip
    if box.radius:
        attributes["rx"] = _number(box.radius)
    if box.stroke:
        attributes["stroke-width"] = "1.6"
    ET.SubElement(parent, "rect", attributes)


def _paint(
    base: Mapping[str, str], fill: str | None, stroke: str | None, opacity: float
) -> dict[str, str]:
    classes = [*([f"f-{fill}"] if fill else []), *([f"s-{stroke}"] if stroke else [])]
    painted = {"class": " ".join(classes), "fill": base[fill] if fill else "none"}
    if stroke:
        painted["stroke"] = base[stroke]
    if opacity < 1:
        painted["opacity"] = _number(opacity)
    return painted


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
