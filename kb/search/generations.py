"""Generations of an index on disk: written beside, checksummed, made current by one rename.

``DIRECTORY/current`` names the generation in force and the SHA-256 of its manifest, which lists
the SHA-256 of every file. Nothing is parsed before its checksum matched, and a generation never
changes once it is current. Older ones are removed when a new one takes over, so that deleted text
does not live on in them: readers keep what they have open (open files outlive their names), and a
reader that is just opening a removed one looks again. A damaged one stays beside its successor,
for whoever wants to know what happened, until the next is published.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.errors import IndexDamaged, StoreError
from kb.storage.relational import State

FORMAT = 1
POINTER = "current"
MANIFEST = "manifest.json"
DAMAGED = "damaged-"
POINTER_PATTERN = re.compile(r"(gen-[0-9a-f]{8}) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index was made of: the state of the store, the model, the rows, the library."""

    state: State
    model_id: str
    rows: int
    library: str


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation whose files were checked."""

    path: Path
    contents: Contents


class Generations:
    """The generations of one index, under a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._damaged: Path | None = None

    def current(self) -> Generation | None:
        """The generation in force with all its files checked, or None when there is none.

        Raises IndexDamaged when a file is missing or not what its checksum says.
        """
        pointer = self._pointer()
        while pointer is not None:
            try:
                return _checked(self.directory / pointer[0], pointer[1])
            except IndexDamaged:
                newer = self._pointer()
                if newer == pointer:
                    raise
                pointer = newer
        return None

    def publish(self, contents: Contents, write: Callable[[Path], None]) -> Generation:
        """Let ``write`` fill a new directory, and make it current. One process at a time.

        A crash at any point leaves the previous generation in force. Raises StoreError when the
        disk refuses.
        """
        path = self.directory / f"gen-{secrets.token_hex(4)}"
        try:
            path.mkdir(parents=True)
            write(path)
            self._make_current(path, contents)
        except BaseException as error:  # also an interruption leaves nothing behind
            shutil.rmtree(path, ignore_errors=True)
            if not isinstance(error, OSError):
                raise
            raise StoreError(f"The index cannot be written to {path}: {error}.") from error
        self._remove_all_but(path)
        return Generation(path, contents)

    def set_aside(self) -> None:
        """Move a damaged generation out of the way, where it can be looked at.

        It stays while its successor is in force, or until it is purged.
        """
        try:
            pointer = self._pointer()
        except IndexDamaged:
            return
        path = self.directory / pointer[0] if pointer else None
        if path is not None and path.is_dir():
            self._damaged = path.with_name(f"{DAMAGED}{path.name}")
            path.rename(self._damaged)

    def purge(self) -> None:
        """Remove all but the generation in force. Only for who may publish."""
        pointer = self._pointer()
        self._remove_all_but(self.directory / pointer[0] if pointer else None)

    def _make_current(self, path: Path, contents: Contents) -> None:
        files = {name.relative_to(path).as_posix(): _sha256(name) for name in _files(path)}
        manifest = {"format": FORMAT, **asdict(contents), "files": files}
        manifest["state"] = list(contents.state)
        (path / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        for entry in (*path.rglob("*"), path):
            _sync(entry)
        pointer = self.directory / f"{POINTER}.new"
        pointer.write_text(f"{path.name} {_sha256(path / MANIFEST)}\n", encoding="utf-8")
        _sync(pointer)
        pointer.replace(self.directory / POINTER)
        _sync(self.directory)

    def _pointer(self) -> tuple[str, str] | None:
        try:
            text = (self.directory / POINTER).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged(f"{self.directory / POINTER} cannot be read: {error}.") from error
        match = POINTER_PATTERN.fullmatch(text)
        if match is None:
            raise IndexDamaged(f"{self.directory / POINTER} names no generation.")
        return match[1], match[2]

    def _remove_all_but(self, current: Path | None) -> None:
        for path in (*self.directory.glob("gen-*"), *self.directory.glob(f"{DAMAGED}*")):
            if path not in (current, self._damaged):
                shutil.rmtree(path, ignore_errors=True)
        self._damaged = None


def _checked(path: Path, manifest_sha256: str) -> Generation:
    try:
        data = (path / MANIFEST).read_bytes()
        if hashlib.sha256(data).hexdigest() != manifest_sha256:
            raise IndexDamaged(f"{path / MANIFEST} was changed.")
        manifest = json.loads(data)
        names = {name.relative_to(path).as_posix() for name in _files(path)} - {MANIFEST}
        if names != manifest["files"].keys():
            raise IndexDamaged(f"{path} has files too many or too few.")
        for name, expected in manifest["files"].items():
            if _sha256(path / name) != expected:
                raise IndexDamaged(f"{path / name} was changed.")
        if manifest["format"] != FORMAT:
            raise IndexDamaged(f"{path} has another format.")
        revision, token = manifest["state"]
        contents = Contents(
            State(revision, token), manifest["model_id"], manifest["rows"], manifest["library"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"The index {path} cannot be read: {error}.") from error
    return Generation(path, contents)


def _files(path: Path) -> list[Path]:
    return sorted(entry for entry in path.rglob("*") if entry.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
