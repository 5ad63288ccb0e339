"""Which files of the given paths are to be read: folders are walked, other files taken as named."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from kb.errors import NotFound

NOT_TRANSCRIPTS = ("corpus.toml", "topics.toml", "questions.jsonl", "readme", "readme.*")
"""File names, in lower case, that accompany transcripts; they are skipped in folders."""

DIARIZATION_SUFFIX = ".rttm"
DEEPEST = 64  # folders within each other


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file by its resolved path, and the folder it was found in (None when it was named)."""

    path: Path
    folder: Path | None = None


MISSING = "no such file or folder"


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files in reading order, and what could not be listed or found."""

    files: tuple[FoundFile, ...]
    unreadable: tuple[OSError, ...] = ()


def discover(paths: Sequence[Path]) -> Discovery:
    """Every file once: those named, and those below the folders named, sorted.

    Hidden files and symbolic links inside folders are skipped, and so is what accompanies
    transcripts: sidecars, notes, speaker times. A path that does not exist stops the others no
    more than a file that cannot be read. Raises NotFound where none of them exists.
    """
    found: dict[Path, FoundFile] = {}
    errors: list[OSError] = []
    missing: list[OSError] = []
    for path in paths:
        try:
            resolved = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of symbolic links
            if len(missing) + 1 == len(paths):
                raise NotFound(f"{path}: {MISSING}", "Check the path.") from error
            missing.append(OSError(errno.ENOENT, MISSING, str(path)))
            continue
        if resolved.is_dir():
            for file in _walk(resolved, errors):
                found.setdefault(file, FoundFile(file, resolved))
        else:
            found.setdefault(resolved, FoundFile(resolved))
    stems = {path.with_suffix("") for path in found if not is_diarization(path)}
    files = [
        file
        for path, file in found.items()
        if not (is_diarization(path) and path.with_suffix("") in stems)
    ]
    return Discovery(tuple(files), (*missing, *errors))


def is_diarization(path: Path) -> bool:
    """Whether a file holds speaker times, by its name."""
    return path.suffix.lower() == DIARIZATION_SUFFIX


def _walk(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if folders and len(Path(parent).relative_to(folder).parts) == DEEPEST:
            reason = f"folders below it are nested more than {DEEPEST} deep"
            errors.append(OSError(errno.ELOOP, reason, parent))
            folders.clear()
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and not path.is_symlink() and not _accompanies(name):
                yield path


def _accompanies(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in NOT_TRANSCRIPTS)
