"""API keys: named ones in a file of the data directory, and one from the settings.

Only SHA-256 hashes are kept. That is enough for keys of 256 random bits: there is no dictionary to
try, so neither salt nor a slow hash would add anything (they protect passwords that people choose).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.errors import InputError, NotFound, StoreError

log = logging.getLogger(__name__)

FILE_NAME = "keys.json"
KEY_PREFIX = "kb_"  # tells people and secret scanners what it is
KEY_BYTES = 32
NAME = re.compile(r"[\w][\w.@-]{0,63}")

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of which only the SHA-256 is known; ``created`` is ISO 8601, UTC."""

    name: str
    sha256: str
    created: str


def sha256_of_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def read_keys(data_dir: Path) -> list[Key]:
    """The named keys. Raises StoreError when the file is damaged or cannot be read."""
    path = data_dir / FILE_NAME
    try:
        return [Key(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["keys"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"The file of keys {path} cannot be used.", "Delete it, and add the keys anew."
        ) from error


def add_key(data_dir: Path, name: str) -> str:
    """Makes a key; this is the only time that anybody sees it. Raises InputError, StoreError."""
    if not NAME.fullmatch(name):
        raise InputError(
            f"“{name}” is not a name for a key.", "Use up to 64 letters, digits and . _ @ -"
        )
    keys = read_keys(data_dir)
    if name in {key.name for key in keys}:
        raise InputError(
            f"There is a key “{name}” already.", f"`kb keys remove {name}` revokes it."
        )
    key = KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    _write(data_dir, [*keys, Key(name, sha256_of_key(key), now)])
    return key


def remove_key(data_dir: Path, name: str) -> None:
    """Revokes a key; a running server refuses it from the next request on. Raises NotFound."""
    keys = read_keys(data_dir)
    left = [key for key in keys if key.name != name]
    if len(left) == len(keys):
        raise NotFound(f"There is no key “{name}”.", "`kb keys list` lists them.")
    _write(data_dir, left)


def _write(data_dir: Path, keys: list[Key]) -> None:
    """Replaces the file in one step; nobody but its owner may read it (``mkstemp``: 0600)."""
    text = json.dumps({"keys": [asdict(key) for key in keys]}, indent=2)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=data_dir, prefix=FILE_NAME)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(data_dir / FILE_NAME)
    except OSError as error:
        raise StoreError(f"The key cannot be stored: {error.strerror}.") from error


class KeyRing:
    """The keys that a running server accepts; changes of the file count at once.

    Once it has asked for a key it always does, also when the last one is removed or the file is
    damaged: a mistake must not open the server.
    """

    def __init__(self, data_dir: Path, own_key: str | None = None) -> None:
        """``own_key`` comes from the settings. Raises StoreError for a damaged file."""
        self._data_dir = data_dir
        self._own = [sha256_of_key(own_key)] if own_key else []
        self._stamp = self._stamp_now()
        self._named = [key.sha256 for key in read_keys(data_dir)]
        self._required = bool(self._own or self._named)

    @property
    def required(self) -> bool:
        """Whether a key is asked for."""
        self._refresh()
        return self._required

    def accepts(self, key: str) -> bool:
        """Whether it is one of the keys; takes the same time whichever it is, or none."""
        self._refresh()
        given = sha256_of_key(key)
        fits = [secrets.compare_digest(given, known) for known in self._own + self._named]
        return any(fits)

    def _refresh(self) -> None:
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._named = [key.sha256 for key in read_keys(self._data_dir)]
        except StoreError as error:
            self._named = []
            self._required = True
            log.critical("%s %s", error, error.hint)
        self._required = self._required or bool(self._named)

    def _stamp_now(self) -> Stamp | None:
        try:
            status = (self._data_dir / FILE_NAME).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size
