"""What a GPU does: passages embedded a second, exact searches a second, beside its measured limits.

    python benchmarks/gpu.py --model FOLDER --output gpu.md --json gpu.json

It needs torch, sentence-transformers and numpy, and neither FAISS nor this project's other
dependencies; where FAISS sees the GPU, its flat search is measured too. `--model` is the folder of
the weights (by default where set-up puts them); `--reference` a file of vectors in single precision
to compare with, made by `--write-reference`. Without a GPU it says so and ends.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Rows = list[tuple[str, str]]
MODEL = Path.home() / ".cache/alignment-kb/models/all-MiniLM-L6-v2"


def main() -> int:
    options = parsed()
    import torch

    if options.device == "cuda" and not torch.cuda.is_available():
        print("There is no CUDA GPU here: nothing was measured.")
        return 0
    from gpu_embedding import embedding, reference
    from gpu_search import search

    if options.write_reference:
        reference(options)
        return 0
    found: dict[str, Any] = {}
    parts: list[tuple[str, Callable[[argparse.Namespace, dict[str, Any]], Rows]]] = [
        ("Device", device),
        ("Limits", limits),
        ("Exact search", search),
        ("Embedding", embedding),
    ]
    lines = [f"## On a GPU ({dt.datetime.now(dt.UTC):%Y-%m-%d})"]
    failures = 0
    for title, part in parts:
        lines += ["", f"### {title}", "", "| what | measured |", "| --- | --- |"]
        try:
            rows = [f"| {what} | {value} |" for what, value in part(options, found)]
            print("\n".join([title, *rows]), flush=True)
            lines += rows
        except Exception:  # noqa: BLE001  the other parts are worth having
            failures += 1
            traceback.print_exc()
            lines.append("| failed | see the log |")
        write(options, lines, found)
    return 1 if failures else 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the script")
    parser.add_argument("--sweep", action="store_true", help="other sizes of batches, too")
    parser.add_argument("--reference", type=Path, help="vectors to compare with (.npz)")
    parser.add_argument("--write-reference", type=Path, help="make such a file and end")
    parser.add_argument("--output", type=Path, help="a Markdown section")
    parser.add_argument("--json", type=Path, help="the figures")
    return parser.parse_args()


def write(options: argparse.Namespace, lines: list[str], found: dict[str, Any]) -> None:
    if options.output:
        options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def device(options: argparse.Namespace, found: dict[str, Any]) -> Rows:
    import sentence_transformers
    import torch
    import transformers

    name, driver, memory = options.device, "none", 0
    if options.device == "cuda":
        properties = torch.cuda.get_device_properties(0)
        name, memory = properties.name, properties.total_memory
        asked = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
        driver = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    found["device"] = {"name": name, "driver": driver, "memory": memory, "torch": torch.__version__}
    return [
        ("device", f"{name}, {memory / 2**30:.0f} GiB, driver {driver}"),
        ("CPU threads", f"{torch.get_num_threads()}"),
        ("torch", torch.__version__),
        ("sentence-transformers", sentence_transformers.__version__),
        ("transformers", transformers.__version__),
    ]


def limits(options: argparse.Namespace, found: dict[str, Any]) -> Rows:
    import torch
    from gpu_timing import (
        copy_bandwidth,
        layer_products,
        square_product,
    )

    side, tokens, size = (64, 16, 1 << 16) if options.quick else (8_192, 131_072, 4 << 30)
    rows = []
    for name, dtype in (("bfloat16", torch.bfloat16), ("float16", torch.float16)):
        square = square_product(options.device, dtype, side)
        layer = layer_products(options.device, dtype, tokens)
        found[name] = {"square": square, "layer": layer}
        rows += [
            (f"{name} product of {side:,}² matrices", f"{square / 1e12:.0f} TFLOP/s"),
            (f"{name} products of a MiniLM layer", f"{layer / 1e12:.0f} TFLOP/s"),
        ]
    found["bandwidth"] = copy_bandwidth(options.device, size)
    rows.append(("copy in memory, read and written", f"{found['bandwidth'] / 1e12:.2f} TB/s"))
    return rows


if __name__ == "__main__":
    sys.exit(main())
