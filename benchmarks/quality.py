"""All suites beside the plain baselines, compared with the figures of ``quality.json``.

    python benchmarks/quality.py [SUITE ...]

Exit status 1 when a figure fell by more than the tolerance. ``kb eval SUITE … --write-baseline
benchmarks/quality.json`` writes the figures anew.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cli.main import app  # noqa: E402

FIGURES = ROOT / "benchmarks" / "quality.json"

if __name__ == "__main__":
    app(["eval", *sys.argv[1:], "--check", str(FIGURES)], prog_name="kb")
