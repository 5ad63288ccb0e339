"""Feeds a target with inputs made from the corpus, for a while.

    python tests/fuzz/fuzz.py readers --seconds 600

With atheris (libFuzzer for Python) new code that an input reaches guides the next ones; without it
(no wheel for this machine) inputs are changed blindly. What breaks a promise is written to
``.cache/fuzz/crash-…`` beside the inputs that reach new code; ``--keep`` moves the smallest of
these into the corpus.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FOUND = ROOT / ".cache" / "fuzz"
MOST_KEPT = 120  # files of a target
LARGEST_KEPT = 2_048  # bytes
MERGED = "merged"


def main() -> int:
    options = _options()
    found = FOUND / options.target
    (found / "inputs").mkdir(parents=True, exist_ok=True)
    try:
        import atheris
    except ImportError:
        return _blindly(options, found)
    if options.keep:
        return _keep(options, found)
    with atheris.instrument_imports(include=["ingest", "kb", "server"]):
        from tests.fuzz.targets import CORPUS, LARGEST, TARGETS

        for path in (CORPUS / options.target).iterdir():  # what is imported on first use, too
            TARGETS[options.target](path.read_bytes())
    arguments = [
        f"-max_total_time={options.seconds}", f"-max_len={LARGEST}", "-timeout=30",
        "-rss_limit_mb=4096", f"-artifact_prefix={found}/", "-print_final_stats=1",
        "-verbosity=1", *_given(options),
    ]  # fmt: skip
    folders = [str(found / "inputs"), str(CORPUS / options.target)]
    if options.merge:
        arguments += ["-merge=1"]
        folders = [options.merge, *folders]
    atheris.Setup([sys.argv[0], *arguments, *folders], TARGETS[options.target])
    atheris.Fuzz()
    return 0


def _given(options: argparse.Namespace) -> list[str]:
    dictionary = Path(__file__).with_name(f"{options.target}.dict")
    return [f"-dict={dictionary}"] if dictionary.is_file() else []


def _keep(options: argparse.Namespace, found: Path) -> int:
    """Adds the smallest inputs that together reach all code that any input reached."""
    merged = found / MERGED
    shutil.rmtree(merged, ignore_errors=True)
    merged.mkdir()
    command = [sys.executable, __file__, options.target, "--merge", str(merged)]
    subprocess.run(command, check=True)
    corpus = ROOT / "tests" / "fuzz" / "corpus" / options.target
    small = sorted(merged.iterdir(), key=lambda path: (path.stat().st_size, path.name))
    known = {path.read_bytes() for path in corpus.iterdir()}
    for path in small[:MOST_KEPT]:
        data = path.read_bytes()
        if data not in known and len(data) <= LARGEST_KEPT:
            (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    return 0


def _blindly(options: argparse.Namespace, found: Path) -> int:
    from tests.fuzz.targets import CORPUS, LARGEST, TARGETS

    chance = random.Random(options.seed)
    known = [path.read_bytes() for path in sorted((CORPUS / options.target).iterdir())]
    end, runs = time.monotonic() + options.seconds, 0
    while time.monotonic() < end:
        data = _changed(chance, known)[:LARGEST]
        runs += 1
        try:
            TARGETS[options.target](data)
        except Exception:
            crash = found / f"crash-{hashlib.sha256(data).hexdigest()[:16]}"
            crash.write_bytes(data)
            print(f"{crash} breaks a promise", file=sys.stderr)
            raise
    print(f"{options.target}: {runs} inputs without guidance in {options.seconds} s, no findings")
    return 0


def _changed(chance: random.Random, known: list[bytes]) -> bytes:
    """An input of the corpus with pieces cut out, repeated, moved in from another, or scrambled."""
    data = bytearray(chance.choice(known))
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.randint(0, 40))
        other = chance.choice(known)
        cut = chance.randint(0, len(other))
        piece = chance.choice(
            (
                b"", bytes(data[start:end]) * chance.randint(2, 9),
                other[cut : cut + chance.randint(1, 80)], chance.randbytes(chance.randint(1, 4)),
                chance.choice(("\n", ":", "\u202e", "é", "٣", "½", "[", "-->", " ")).encode(),
            )
        )  # fmt: skip
        data[start:end] = piece
    return bytes(data)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=("readers", "claims", "questions"))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0, help="of the blind changes")
    parser.add_argument("--keep", action="store_true", help="move what was found into the corpus")
    parser.add_argument("--merge", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
