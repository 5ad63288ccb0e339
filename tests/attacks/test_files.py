"""Folders made to harm: what is refused is refused in a line, and the other files are read."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from ingest.sources.discover import DEEPEST, discover
from ingest.sources.source import load_source
from kb.errors import UnreadableFile

GOOD = "good.txt"
BIG = 1 << 30


def sparse(path: Path) -> None:
    """A file of a gigabyte in one line that takes no room."""
    with path.open("wb") as file:
        file.write(b"Ada: ")
        file.truncate(BIG)


def bomb(path: Path) -> None:
    """A zip of a few kilobytes that unpacks to a gigabyte, named like a document of Word."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"A" * (1 << 22))


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


MADE_TO_HARM = {
    "one line of a gigabyte": ("big.txt", sparse, "larger than 64 MiB"),
    "a pipe": ("pipe.txt", os.mkfifo, "not a regular file"),
    "a socket": ("socket.txt", listening, "not a regular file"),
    "a zip bomb": ("letter.docx", bomb, "binary data"),
    "a gzip bomb": ("a.txt.gz", lambda p: p.write_bytes(zlib.compress(bytes(1 << 22))), ""),
    "a NUL": ("nul.txt", lambda p: p.write_bytes(b"Ada: a\0b"), "binary data"),
    "UTF-16 cut short": ("cut.txt", lambda p: p.write_bytes(b"\xff\xfea\x00\x00\xd8b"), "encoding"),
    "no encoding at all": ("raw.txt", lambda p: p.write_bytes(b"\x81\x8d\x8f" * 9), "encoding"),
    "deep JSON": ("deep.json", lambda p: p.write_text('{"a":' * 99_999), "nested too deeply"),
    "a key that stands twice": (
        "twice.json",
        lambda p: p.write_text('{"segments": [], "text": "a", "text": "b"}'),
        "stands twice",
    ),
    "a number of 9,000 digits": (
        "number.json",
        lambda p: p.write_text('[{"text": "a", "start": ' + "9" * 9_000 + "}]"),
        "not usable JSON",
    ),
    "a name of 255 bytes": ("n" * 251 + ".txt", lambda p: p.write_bytes(b"\0"), "binary data"),
    "a name that is not UTF-8": (os.fsdecode(b"\xff\xfe.txt"), lambda p: p.write_bytes(b"\0"), ""),
}


@pytest.fixture
def folder(tmp_path, honest) -> Path:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / GOOD).write_text(honest, encoding="utf-8")
    return tmp_path / "in"


@pytest.mark.slow
def test_a_folder_of_hostile_files_gives_its_good_ones(folder, run_kb, tmp_path, controls):
    """Each hostile file is refused with its reason; what lies outside the folder is never read."""
    for name, make, _ in MADE_TO_HARM.values():
        make(folder / name)
    (tmp_path / "secret.txt").write_text("Ada: the secret.\n\nBen: keep it.\n", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop").symlink_to("loop")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "deep" / "corpus.toml").symlink_to("corpus.toml")
    inner = folder / "deep"
    for _ in range(DEEPEST + 5):
        inner = inner / "d"
        inner.mkdir()
    (inner / "too_deep.txt").write_text("Ada: hi.\n\nBen: ho.\n", encoding="utf-8")

    result = run_kb("ingest", str(folder), "--json")

    assert 3 == result.returncode, result.stderr
    assert "Traceback" not in result.stderr
    assert [] == controls.findall(result.stdout + result.stderr)
    report = json.loads(result.stdout)
    assert [GOOD] == [Path(row["source"]).name for row in report["documents"]]
    assert len(MADE_TO_HARM) + 1 == len(report["refused"])
    told = " ".join(row["reason"] for row in report["refused"])
    for name, _, reason in MADE_TO_HARM.values():
        assert reason in told, name
    assert all(row["hint"] for row in report["refused"])


@pytest.mark.parametrize("opened", ["/dev/zero", "/dev/null", "/proc/self/mem"])
def test_devices_are_refused_unread(opened):
    if not Path(opened).exists():
        pytest.skip(f"there is no {opened} here")
    with pytest.raises(UnreadableFile):
        load_source(Path(opened))


def test_a_file_that_becomes_a_pipe_blocks_nobody(folder, monkeypatch):
    """Between the look at it and its opening; without a writer, opening a pipe would wait."""
    path = folder / "swapped.txt"
    path.write_text("Ada: hi.")
    real = Path.stat

    def swap(self: Path, **options: bool) -> os.stat_result:
        status = real(self, **options)
        if self == path and not self.is_fifo():
            monkeypatch.setattr(Path, "stat", real)
            path.unlink()
            os.mkfifo(path)
        return status

    monkeypatch.setattr(Path, "is_fifo", lambda self: False)
    monkeypatch.setattr(Path, "stat", swap)
    with pytest.raises(UnreadableFile, match="not a regular file"):
        load_source(path)


def test_a_link_that_leads_out_of_the_folder_is_refused(folder, tmp_path):
    """Also when the file was replaced by it after the folder was listed."""
    (tmp_path / "secret.txt").write_text("Ada: the secret.")
    (found,) = discover([folder]).files
    found.path.unlink()
    found.path.symlink_to(tmp_path / "secret.txt")
    with pytest.raises(UnreadableFile, match="leads out of"):
        load_source(found.path, folder=found.folder)


@pytest.mark.parametrize("content", ["fifo", "big", "deep", "loop"])
def test_a_hostile_sidecar_is_refused_in_two_lines(folder, run_kb, content):
    sidecar = folder / "corpus.toml"
    if content == "fifo":
        os.mkfifo(sidecar)
    elif content == "loop":
        sidecar.symlink_to("corpus.toml")
    elif content == "big":
        sparse(sidecar)
    else:
        sidecar.write_text("a = " + "[" * 99_999)
    result = run_kb("ingest", str(folder))
    assert "Traceback" not in result.stderr
    if content in {"fifo", "loop"}:  # no file: there is no sidecar
        assert 0 == result.returncode
    else:
        assert 1 == result.returncode
        assert 2 == len(result.stderr.splitlines())


def test_a_sidecar_names_files_of_its_folder_only(folder, run_kb, tmp_path):
    """Its patterns are compared with names; no path in it is opened."""
    (tmp_path / "outside.txt").write_text("Ada: outside.\n\nBen: yes.\n", encoding="utf-8")
    (folder / "corpus.toml").write_text(
        '[[document]]\nfile = "../outside.txt"\ntitle = "Taken"\n\n'
        '[[document]]\nfile = "/etc/passwd"\ntitle = "Taken"\n'
    )
    report = json.loads(run_kb("ingest", str(folder), "--json", "--force").stdout)
    assert [] == report["refused"]
    assert ["Good"] == [row["title"] for row in report["documents"]]


@pytest.mark.slow
def test_a_folder_of_100_000_names_is_listed_in_seconds(folder):
    names = folder / "many"
    names.mkdir()
    for number in range(100_000):
        (names / f"{number}.txt").touch()
    program = (
        "import time, sys, pathlib; from ingest.sources.discover import discover;"
        "began = time.time();"
        "print(len(discover([pathlib.Path(sys.argv[1])]).files), time.time() - began)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True
    )
    count, seconds = done.stdout.split()
    assert "100001" == count
    assert float(seconds) < 60


def test_a_gigabyte_in_one_line_is_refused_before_memory_grows(folder, run_kb):
    """With an address space of a gigabyte and a half, of which the libraries take one."""
    sparse(folder / "big.txt")
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from ingest.sources.source import load_source; from kb.errors import TooLarge\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))\n"
        "try: load_source(Path(sys.argv[1]))\n"
        "except TooLarge as error: print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "big.txt")],
        capture_output=True,
        text=True,
        check=True,
    )
    refusal, kilobytes = done.stdout.splitlines()
    assert "big.txt: larger than 64 MiB" == refusal
    assert int(kilobytes) < 4_096


def test_a_gigabyte_that_grows_while_it_is_read_stops_at_the_limit(tmp_path):
    """A file in /proc says that it is empty, whatever it holds: the bytes count, too."""
    path = tmp_path / "grows.txt"
    path.write_bytes(b"a" * 5_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Exception, match="larger than"):
        load_source(path, limit=4_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
