"""Speed and cost in one table: ours, peers and limits, measured in one run.

    python benchmarks/bench.py [--quick] [--words N] [--compared N] [--only PART ...]
                               [--no-peers] [--write]

``--write`` puts the table and the plot of growth into ``benchmarks/README.md`` and ``growth.svg``.
Run it on an idle machine; ratios carry over to other machines, absolute times do not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
from dataclasses import asdict, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import answer_speed  # noqa: E402
import growth  # noqa: E402
import ingest_speed  # noqa: E402
import query_speed  # noqa: E402
import scale  # noqa: E402
from peers.environment import Unavailable, peers_python  # noqa: E402
from sizes import FULL, QUICK, TINY, Sizes, Workplace  # noqa: E402
from table import Row, markdown  # noqa: E402
from transcripts import source_name  # noqa: E402

README = ROOT / "benchmarks" / "README.md"
PLOT = ROOT / "benchmarks" / "growth.svg"
PLACE = re.compile(r"(?<=<!-- bench -->\n).*?(?=<!-- /bench -->)", re.DOTALL)
PARTS = ("query", "scale", "answer")


def measure(place: Workplace, parts: list[str], plot: Path) -> list[Row]:
    """The ingest comes always: the others search what it made."""
    rows = _told("ingest", lambda: ingest_speed.measure(place))
    if "query" in parts:
        rows += _told("query", lambda: query_speed.measure(place))
    if "scale" in parts:
        found, grown = _told("scale", lambda: scale.measure(place))
        growth.plot(grown, plot)
        rows += found
    if "answer" in parts:
        rows += _told("answer", lambda: answer_speed.measure(place))
    return rows


def _told(name, run):  # noqa: ANN001, ANN202  # whatever a part returns
    began = time.perf_counter()
    print(f"bench: {name}", file=sys.stderr, flush=True)
    found = run()
    print(f"bench: {name} took {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def peers(wanted: bool) -> tuple[str | None, str]:
    if not wanted:
        return None, "left out"
    try:
        return peers_python(), ""
    except Unavailable as reason:
        return None, str(reason)


def processor() -> str:
    """The name of the processor."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def heading(sizes: Sizes) -> str:
    return (
        f"{processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; "
        f"{source_name()}, {sizes.compared:,} words compared, {sizes.words:,} ingested"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the table of speed and cost.")
    parser.add_argument("--quick", action="store_true", help="a few minutes")
    parser.add_argument("--tiny", action="store_true", help="only to see that it runs")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--words", type=int, help="ingested once in all, instead of a million")
    parser.add_argument("--compared", type=int, help="ingested by the peers, too")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--write", action="store_true", help="into benchmarks/README.md")
    parser.add_argument("--json", action="store_true", help="the rows as JSON")
    options = parser.parse_args()
    sizes = TINY if options.tiny else QUICK if options.quick else FULL
    changes = {name: getattr(options, name) for name in ("words", "compared")}
    sizes = replace(sizes, **{name: count for name, count in changes.items() if count})
    python, reason = peers(not options.no_peers)
    top = heading(sizes)
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        place = Workplace(Path(folder), sizes, python, reason)
        plot = PLOT if options.write else Path(folder) / PLOT.name
        rows = measure(place, list(options.only), plot)
    table = f"{top}\n\n{markdown(rows)}\n"
    print(json.dumps([asdict(row) for row in rows]) if options.json else table)
    if options.write:
        text = README.read_text(encoding="utf-8")
        README.write_text(PLACE.sub(lambda _: f"\n{table}\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()
