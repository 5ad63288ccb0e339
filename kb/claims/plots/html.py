"""A plot as one page without scripts: the picture, and below it every quote as a table."""

from __future__ import annotations

from html import escape

from kb.claims.plots import layout, wording
from kb.claims.plots.marks import Mark, Selection, sorted_by_person
from kb.claims.plots.scene import Scene
from kb.claims.plots.svg import FONTS, Theme, style_sheet, svg

_STYLE = """
*{box-sizing:border-box}
:root{color-scheme:%(scheme)s}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;font-family:%(fonts)s}
main{max-width:76rem;margin:0 auto;padding:1rem 1rem 4rem}
figure{margin:0;overflow-x:auto}
svg{display:block;width:100%%;min-width:46rem;height:auto}
figcaption,small{color:var(--soft)}
figcaption{padding:.5rem 1.5rem}
section{padding:0 1.5rem;overflow-x:auto}
table{border-collapse:collapse;width:100%%;min-width:60rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0}
tr{border-bottom:1px solid var(--grid)}
td:nth-child(3),td:nth-child(4){white-space:nowrap}
td:nth-child(3){font-weight:600}
td:last-child{min-width:22rem}
small{font-weight:400}
blockquote{margin:0;overflow-wrap:anywhere}
a{color:var(--person0)}
:focus-visible{outline:2px solid var(--person0);outline-offset:2px}
"""


def page(selection: Selection, scene: Scene, theme: Theme, base_url: str) -> str:
    """The whole page."""
    style = _STYLE % {"scheme": "light dark" if theme == "auto" else theme, "fonts": FONTS}
    rows = "\n".join(_row(mark, base_url) for mark in sorted_by_person(selection.marks))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{escape(scene.title)}</title>
<style>{style_sheet(theme)}{style}</style>
</head>
<body class="claims">
<main>
<figure>
{svg(scene, theme)}
<figcaption>Each row leads to the words that state it, in their transcript.</figcaption>
</figure>
<section>
<h2>The words</h2>
<table>
<thead><tr><th scope="col">Who</th><th scope="col">About</th><th scope="col">Figure</th>\
<th scope="col">Said</th><th scope="col">Words</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</section>
</main>
</body>
</html>
"""


def _row(mark: Mark, base_url: str) -> str:
    claim = mark.claim
    figure = escape(_figure(mark))
    if claim.superseded_by is not None:
        figure = f"<s>{figure}</s><br><small>later revised</small>"
    told_by = (
        f"<br><small>{escape(wording.told_by(claim))}</small>" if wording.told_by(claim) else ""
    )
    address = escape(layout.address(claim, base_url))
    words = escape(wording.printable(claim.quote))
    return (
        f'<tr><th scope="row">{escape(wording.holder(claim))}{told_by}</th>'
        f"<td>{escape(wording.subject(claim))}</td><td>{figure}</td>"
        f"<td>{escape(wording.long_date(claim.as_of))}</td>"
        f'<td><blockquote dir="auto"><a href="{address}">{words}</a>'
        f"</blockquote><small>{escape(wording.one_line(claim.title))}</small></td></tr>"
    )


def _figure(mark: Mark) -> str:
    if mark.claim.kind != "compute" or mark.unit != mark.claim.unit:
        return mark.figure
    return f"{mark.figure} {mark.unit}"
