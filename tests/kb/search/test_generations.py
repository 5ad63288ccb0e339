"""An index on disk is whole or not used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import IndexDamaged, StoreError
from kb.search.generations import Contents, Generations
from kb.storage.relational import State

REPOSITORY = Path(__file__).parents[3]


def contents(revision=1):
    return Contents(State(revision, "token"), "tiny", 3, "library 1")


def writing(text):
    def write(path: Path) -> None:
        (path / "part").mkdir()
        (path / "part" / "data").write_text(text)
        (path / "other").write_text("the same")

    return write


def said(generation):
    return (generation.path / "part" / "data").read_text()


@pytest.fixture
def generations(tmp_path):
    return Generations(tmp_path / "index")


def test_nothing_published_is_nothing_current(generations):
    assert generations.current() is None


def test_the_last_one_published_is_current(generations):
    """The older one is gone, so that what was deleted does not live on in it."""
    first = generations.publish(contents(1), writing("first"))
    second = generations.publish(contents(2), writing("second"))
    assert second == generations.current()
    assert said(generations.current()) == "second"
    assert contents(2) == generations.current().contents
    assert not first.path.exists()


def test_a_failed_one_changes_nothing(generations):
    """The disk refuses in the middle: the older one stays in force and nothing is left over."""
    generations.publish(contents(1), writing("first"))

    def fail(path):
        (path / "half").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space"):
        generations.publish(contents(2), fail)
    assert said(generations.current()) == "first"
    assert len(list(generations.directory.glob("gen-*"))) == 1


PUBLISHER = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from test_generations import Generations, contents, writing
for revision in range(10**6):
    Generations(Path({directory!r})).publish(contents(revision), writing(str(revision) * 1000))
    print(revision, flush=True)
"""


def test_a_kill_leaves_a_whole_one(generations):
    """After kill -9 at any moment, what is current has all its bytes and is not older than told."""
    paths = [str(REPOSITORY), str(Path(__file__).parent)]
    code = PUBLISHER.format(paths=paths, directory=str(generations.directory))
    for reports in (1, 5, 12):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            for _ in range(reports):
                process.stdout.readline()
            process.kill()
        current = generations.current()
        assert current.contents.state.revision >= reports - 1
        assert str(current.contents.state.revision) * 1000 == said(current)


def flip_a_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["current", "manifest.json", "part/data", "other"])
@pytest.mark.parametrize("damage", ["flip", "truncate", "empty", "remove"])
def test_damage_is_noticed(generations, name, damage):
    path = generations.publish(contents(), writing("some text")).path / name
    if name == "current":
        path = generations.directory / name
    if damage == "flip":
        flip_a_byte(path)
    elif damage == "truncate":
        path.write_bytes(path.read_bytes()[:-1])
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
    if (name, damage) == ("current", "remove"):
        assert generations.current() is None
    else:
        with pytest.raises(IndexDamaged):
            generations.current()


def test_a_file_beside_the_listed_ones_is_noticed(generations):
    """A library may read whatever it finds; so nothing may lie there that was not checked."""
    generation = generations.publish(contents(), writing("text"))
    (generation.path / "part" / "extra").write_text("planted")
    with pytest.raises(IndexDamaged):
        generations.current()


def test_a_pointer_cannot_lead_outside(generations, tmp_path):
    """Names in the pointer are those that this program gives, never paths."""
    generation = generations.publish(contents(), writing("text"))
    pointer = generations.directory / "current"
    generation.path.rename(tmp_path / "gen-00000000")
    pointer.write_text(pointer.read_text().replace(generation.path.name, "../gen-00000000"))
    with pytest.raises(IndexDamaged):
        generations.current()


def test_the_manifest_says_what_an_index_was_made_of(generations):
    generation = generations.publish(contents(7), writing("text"))
    manifest = json.loads((generation.path / "manifest.json").read_text())
    assert manifest["state"] == [7, "token"]
    assert manifest["model_id"] == "tiny"
    assert manifest["rows"] == 3
    assert set(manifest["files"]) == {"part/data", "other"}
