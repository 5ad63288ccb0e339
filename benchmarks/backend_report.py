"""The figures of ``backends.py`` as a section of RESULTS.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from backend_agreement import TOLERANCE
from backend_tasks import WORDS
from scale import FILTERS, NEAREST
from table import number

from kb.milvus.connection import READ_SECONDS
from kb.search.fusion import DEPTH

RESULTS = Path(__file__).parent / "RESULTS.md"
TITLE = "# Results\n"
HEADING = "## Backends side by side"
PLACE = re.compile(rf"^{HEADING}$.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)

NAMES = {
    "embedded": "embedded (SQLite, FAISS, tantivy)",
    "pgvector": "PostgreSQL with pgvector",
    "milvus": "PostgreSQL with milvus-lite",
}
ABOUT = f"""\
Passages are made up of real ones (`synthetic.py`), questions are real, of at most {WORDS} words.
Filters are speakers with 16 % and .1 % of the passages. `nearest` and `matching` are the two
searches of the index, {DEPTH} results each; a whole search understands the question, embeds it, and
does both. Times are of warm processes on one machine together with the servers, median / p95.
Recall is of the {NEAREST} nearest vectors, against all inner products. Loading is one process that
stores one document of 200 passages after the other (`replace_document`), then indexes them all. Of
the server's memory, what its processes share counts once; what the system caches of files does not.

Searches a second are those answered in time: a call of the index's server must be within
{READ_SECONDS:g} s.

milvus-lite is a small server that speaks the protocol of Milvus, exact and slow: the time of a
search grows in proportion to the passages. It shows that the code works and stands in no way for a
Milvus cluster, which was not measured.
"""
AGREEMENT = f"""\
*ours* is the search of `kb`, *fused* plain rank fusion of both searches; in brackets the difference
to the embedded index, which may be {TOLERANCE:g}. Selective searches are those in what one speaker
says in one document; all that they find counts. Where nothing is selected, pgvector searches by its
graph here, as it does from 20,000 passages on; what few passages it is to select from it compares.
"""


def section(figures: Mapping[str, Any]) -> str:
    """``figures`` are those that ``backends.py`` writes as JSON."""
    about = figures["about"]
    machine = (
        f"`python benchmarks/backends.py`, {about['date']}, {about['processor']}, "
        f"{about['cores']} cores, load {about['load']:.1f} "
        f"at the start; {about['versions']}. PostgreSQL runs with {about['settings']}."
    )
    parts = [HEADING, machine, ABOUT.strip()]
    for count, backends in figures["sizes"].items():
        parts += [f"### {int(count):,} passages", _table(_rows(), backends)]
    if figures["agreement"]:
        parts += ["### Agreement", AGREEMENT.strip(), *map(_agreement, figures["agreement"])]
    return "\n\n".join(parts) + "\n"


def write(text: str) -> None:
    """Put the section into RESULTS.md, in the place of an older one."""
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else TITLE
    if PLACE.search(before):
        after = PLACE.sub(lambda _: f"{text}\n", before)
    else:
        after = f"{before.rstrip()}\n\n{text}"
    RESULTS.write_text(after.rstrip() + "\n", encoding="utf-8")


Cell = Callable[[Mapping[str, Any]], str]


def _rows() -> dict[str, Cell]:
    rows: dict[str, Cell] = {
        "stored, passages/s": lambda one: number(one["passages"] / one["load"]["store"]),
        "indexed, passages/s": lambda one: number(one["passages"] / one["load"]["index"]),
        "store, bytes per passage": lambda one: number(one["bytes"]["store"] / one["passages"]),
        "index, bytes per passage": lambda one: number(one["bytes"]["index"] / one["passages"]),
    }
    rows["questions asked one by one"] = lambda one: str(one["queries"])
    for what, label in (
        ("nearest", "`nearest`"),
        ("matching", "`matching`"),
        ("search", "whole search"),
    ):
        for name in FILTERS:
            rows[f"{label}{_told(name)}, ms"] = lambda one, w=what, n=name: _times(
                one["search"][n][w]
            )
    for name in FILTERS:
        rows[f"recall@{NEAREST}{_told(name)}"] = lambda one, n=name: number(
            one["search"][n]["recall"]
        )
    for way in ("1 process, 4 threads", "2 processes, 2 threads each"):
        for name in FILTERS:
            rows[f"searches/s, {way}{_told(name)}"] = lambda one, w=way, n=name: (
                number(one["press"][w][n]) if one["press"][w][n] else "none in time"
            )
    rows["memory of a searching process, MiB"] = lambda one: number(one["search"]["resident"])
    rows["memory of the index's server, MiB"] = lambda one: (
        number(one["search"]["server"]) if one["search"]["server"] else "none"
    )
    return rows


def _table(rows: Mapping[str, Cell], backends: Mapping[str, Any]) -> str:
    lines = [["what", *(NAMES[name] for name in backends)], ["---", *("---:" for _ in backends)]]
    lines += [[what, *(cell(one) for one in backends.values())] for what, cell in rows.items()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _agreement(found: Mapping[str, Any]) -> str:
    """``found`` is an Agreement as a dictionary, with what was missed."""
    names = list(found["figures"])
    first = names[0]
    rows: dict[str, Callable[[str], str]] = {
        label: lambda name, label=label: _beside(found["figures"], label, name, first)
        for label in found["figures"][first]
    }
    rows["selective searches with the same passages"] = lambda name: "{} of {}".format(
        *found["alike"][name]
    )
    lines = [["what", *(NAMES[name] for name in names)], ["---", *("---:" for _ in names)]]
    lines += [[what, *(cell(name) for name in names)] for what, cell in rows.items()]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    missed = "; ".join(found["missed"]) or "none"
    return (
        f"{found['queries']} queries of the suite `{found['suite']}`, {found['passages']:,} "
        f"passages:\n\n{table}\n\nFurther apart than that: {missed}."
    )


def _beside(figures: Mapping[str, Any], label: str, name: str, first: str) -> str:
    value, expected = figures[name][label], figures[first][label]
    return f"{value:.3f}" + (f" ({value - expected:+.3f})" if name != first else "")


def _told(name: str) -> str:
    return f", filtered at {name}" if name else ""


def _times(spread: Mapping[str, float]) -> str:
    return f"{number(1000 * spread['median'])} / {number(1000 * spread['p95'])}"
