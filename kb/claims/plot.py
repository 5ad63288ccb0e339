"""Claims as a picture for a slide: a row per claim, in a card per person, on a common axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kb.claims.plots import captions, html, layout, raster
from kb.claims.plots.marks import PlotKind, select
from kb.claims.plots.svg import Theme, svg
from kb.claims.plots.themes import DARK, LIGHT
from kb.errors import NotFound
from kb.types import Claim

PlotFormat = Literal["svg", "png", "html"]

__all__ = ["PlotFormat", "PlotKind", "Theme", "plot_claims"]


def plot_claims(
    claims: Sequence[Claim],
    kind: PlotKind,
    file_format: PlotFormat,
    theme: Theme = "auto",
    *,
    base_url: str = "",
) -> bytes:
    """A picture of all claims that belong on this kind of plot, as the bytes of a file.

    ``timeline`` shows forecasts over calendar years, ``probability`` 0 to 100 %, ``compute``
    amounts on a logarithmic axis per unit. In SVG and HTML each row leads to the
    place of its words (``kb.links``) on the server at ``base_url``. ``auto`` follows the reader's
    light or dark setting there, and is light in PNG. The same claims give the same bytes.

    Raises NotFound when no claim can be drawn.
    """
    selection = select(claims, kind)
    if not selection.marks:
        why = captions.omissions(selection.left_out)
        raise NotFound(
            f"There is no {kind} claim to draw. {why}".rstrip(),
            "`kb claims` lists what there is; use fewer filters, or plot another kind.",
        )
    scene = layout.arrange(kind, selection, base_url.rstrip("/"))
    if file_format == "png":
        return raster.png(scene, DARK if theme == "dark" else LIGHT)
    if file_format == "svg":
        return svg(scene, theme).encode()
    return html.page(selection, scene, theme, base_url.rstrip("/")).encode()
