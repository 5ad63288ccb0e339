"""A small corpus in two versions, and a process that works on it and can be made to fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fault_harness import (
    BRIDGES,
    KETTLES,
    LADDERS,
    OTHER_KETTLES,
    TALK_NAMES,
    TALK_WORDS,
    RecordingEmbedder,
    Versions,
    Worker,
    talk,
)

from ingest.pipeline import ingest_paths
from kb.settings import Settings

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def recorder(embedder) -> RecordingEmbedder:
    return RecordingEmbedder(embedder)


@pytest.fixture(scope="session")
def versions(tmp_path_factory, recorder) -> Versions:
    root = tmp_path_factory.mktemp("versions")
    files = root / "files"
    files.mkdir()
    write(files, {"kettles.txt": KETTLES, "ladders.txt": LADDERS})
    ingest_paths(Settings(data_dir=root / "old"), [files], embedder=recorder)
    shutil.copytree(root / "old", root / "new")
    write(files, {"kettles.txt": OTHER_KETTLES, "bridges.txt": BRIDGES})
    ingest_paths(Settings(data_dir=root / "new"), [files], embedder=recorder)
    return Versions(files, root / "old", root / "new")


def write(folder: Path, talks: dict[str, str]) -> None:
    for name, text in talks.items():
        (folder / name).write_text(text)


@pytest.fixture(scope="session")
def talks(tmp_path_factory, recorder) -> dict[tuple[str, str], str]:
    """Talks by name and the one word in which those of a name differ."""
    made = {(name, word): talk(name, word) for name in TALK_NAMES for word in TALK_WORDS}
    folder = tmp_path_factory.mktemp("talks")
    for (name, _), text in made.items():
        write(folder, {f"{name}.txt": text})
        ingest_paths(Settings(data_dir=folder / "data"), [folder], embedder=recorder)
    return made


@pytest.fixture(scope="session")
def faulty_disk(tmp_path_factory) -> Path:
    """The library of faulty_disk.c, compiled."""
    if not sys.platform.startswith("linux") or shutil.which("gcc") is None:
        pytest.skip("a disk that fails on purpose takes Linux and gcc")
    library = tmp_path_factory.mktemp("disk") / "faulty_disk.so"
    source = HERE / "faulty_disk.c"
    command = ["gcc", "-O2", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return library


@pytest.fixture(scope="session")
def worker(versions, talks, recorder, faulty_disk, tmp_path_factory):
    """Works on the talks of ``versions`` and ``talks``."""
    vectors = tmp_path_factory.mktemp("vectors") / "vectors.npz"
    recorder.save(vectors)
    environment = os.environ | {
        "LD_PRELOAD": str(faulty_disk),
        "PYTHONPATH": str(HERE.parents[1]),
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, str(HERE / "worker.py"), str(vectors)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        yield Worker(process)
        process.stdin.close()


@pytest.fixture
def old_copy(versions, tmp_path) -> Path:
    """A data directory of the older version, to be changed."""
    return shutil.copytree(versions.old, tmp_path / "data")
