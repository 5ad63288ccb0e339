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
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FOUND = ROOT / ".cache" / "fuzz"
MOST_KEPT = 80  # files of a target
LARGEST_KEPT = 2_048  # bytes
PACKAGES = tuple(str(ROOT / name) for name in ("ingest", "kb", "server"))
Step = tuple[str, int, int]


def main() -> int:
    options = _options()
    found = FOUND / options.target
    (found / "inputs").mkdir(parents=True, exist_ok=True)
    if options.keep:
        return _keep(options, found)
    try:
        import atheris
    except ImportError:
        return _blindly(options, found)
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
    atheris.Setup([sys.argv[0], *arguments, *folders], TARGETS[options.target])
    atheris.Fuzz()
    return 0


def _given(options: argparse.Namespace) -> list[str]:
    dictionary = Path(__file__).with_name(f"{options.target}.dict")
    return [f"-dict={dictionary}"] if dictionary.is_file() else []


def _keep(options: argparse.Namespace, found: Path) -> int:
    """Adds the smallest inputs that reach steps of the code which the corpus does not."""
    from tests.fuzz.targets import CORPUS, TARGETS

    corpus = CORPUS / options.target
    run = TARGETS[options.target]
    known: set[Step] = set()
    for path in (*corpus.iterdir(), *corpus.iterdir()):  # what happens once only, at first
        known |= _steps(run, path.read_bytes())
    inputs = [path.read_bytes() for path in (found / "inputs").iterdir()]
    kept = 0
    for data in sorted(inputs, key=lambda data: (len(data), data)):
        if kept == MOST_KEPT or len(data) > LARGEST_KEPT:
            break
        if new := _steps(run, data) - known:
            known |= new
            kept += 1
            (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    print(f"{options.target}: {kept} inputs kept, {len(known)} steps")
    return 0


def _steps(run: Callable[[bytes], None], data: bytes) -> set[Step]:
    """From which line to which the packages went."""
    steps: set[Step] = set()

    def trace(frame: FrameType, event: str, _: object) -> object:
        name = frame.f_code.co_filename
        if not name.startswith(PACKAGES):
            return None
        last = 0

        def line(frame: FrameType, event: str, _: object) -> object:
            nonlocal last
            steps.add((name, last, frame.f_lineno))
            last = frame.f_lineno
            return line

        return line

    sys.settrace(trace)
    try:
        run(data)
    finally:
        sys.settrace(None)
    return steps


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
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
