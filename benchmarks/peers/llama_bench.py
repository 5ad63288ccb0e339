"""llama.cpp's own benchmark, compiled against the very library that answers questions.

``llama-bench`` comes with the source of llama-cpp-python. Its two files are compiled and linked
with the libraries that stand in the environment, so that both sides run the same kernels.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from importlib.metadata import version
from pathlib import Path

from peers.environment import Unavailable, cache

BUILD_INFO = re.compile(r"@\w+@")
LIBRARIES = ("llama-common", "llama", "ggml", "ggml-base", "ggml-cpu")


def llama_bench() -> Path:
    """The program; made once. Raises Unavailable."""
    release = version("llama_cpp_python")
    folder = cache() / f"llama-bench-{release}"
    program = folder / "llama-bench"
    if program.exists():
        return program
    if shutil.which("g++") is None:
        raise Unavailable("llama-bench needs g++")
    print(f"bench: compiling llama-bench into {folder}, once", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    source = _source(folder, release)
    template = (source / "common" / "build-info.cpp.in").read_text(encoding="utf-8")
    (folder / "build-info.cpp").write_text(BUILD_INFO.sub("0", template), encoding="utf-8")
    libraries = Path(sysconfig.get_path("purelib")) / "lib"
    _run(
        ["g++", "-O3", "-std=c++17"]
        + [f"-I{source / name}" for name in ("common", "include", "ggml/include", "vendor")]
        + [str(path) for path in sorted((source / "tools" / "llama-bench").glob("*.cpp"))]
        + [str(folder / "build-info.cpp"), "-o", str(program), f"-L{libraries}"]
        + [f"-l{name}" for name in LIBRARIES]
        + [f"-Wl,-rpath,{libraries}", "-lpthread"]
    )
    shutil.rmtree(source)
    return program


def tokens_per_second(model: Path, prompt: int, generated: int, threads: int) -> dict[str, float]:
    """Medians for a prompt of so many tokens (``prompt``) and for writing (``generated``)."""
    sizes = ["-p", str(prompt), "-n", str(generated), "-t", str(threads), "-r", "5"]
    output = _run([str(llama_bench()), "-m", str(model), *sizes, "-o", "json"])
    found = json.loads(output)
    return {
        "prompt" if test["n_prompt"] else "generated": sorted(test["samples_ts"])[2]
        for test in found
    }


def _source(folder: Path, release: str) -> Path:
    """llama.cpp as the source distribution carries it."""
    requirement = f"llama_cpp_python=={release}"
    download = ["-m", "pip", "download", "-q", "--no-deps", "--no-binary", "llama_cpp_python"]
    _run([sys.executable, *download, "-d", str(folder), requirement])
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()
    return next(folder.glob("llama_cpp_python-*")) / "vendor" / "llama.cpp"


def _run(command: list[str]) -> str:
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        reason = (finished.stderr.strip().splitlines() or [command[0]])[-1]
        raise Unavailable(f"llama-bench could not be made: {reason[:200]}")
    return finished.stdout
