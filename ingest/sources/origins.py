"""Where transcripts come from: files on this machine, and uploads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath

from ingest.sources.discover import DIARIZATION_SUFFIX, FoundFile, is_diarization
from ingest.sources.sidecar import Sidecar, find_sidecars, fits
from ingest.sources.source import load_source, source_from_bytes
from ingest.transcript import SourceFile

Load = Callable[[], SourceFile]

_UPLOAD = "upload:"


@dataclass(frozen=True, slots=True)
class Origin:
    """A transcript that is not read yet.

    ``key`` tells it apart from all others and stays the same when its content changes; ``source``
    is what people see and ends in the file's own name. ``load`` raises InputError. ``diarization``
    loads the speaker times that stand beside it.
    """

    key: str
    source: str
    load: Load
    diarization: Load | None
    sidecars: tuple[Sidecar, ...]

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.source).name

    @property
    def is_upload(self) -> bool:
        return self.key.startswith(_UPLOAD)


def origins_of_files(files: Sequence[FoundFile], corpus_file: Path | None) -> list[Origin]:
    """Files with the sidecars of their folder and of those above it, up to the one named.

    Raises InputError for a sidecar that cannot be used.
    """

    @cache
    def sidecars(parent: Path, folder: Path) -> tuple[Sidecar, ...]:
        return tuple(find_sidecars(_up_to(parent, folder), corpus_file))

    return [
        Origin(
            key=_as_text(str(file.path)),
            source=_as_text(str(file.path)),
            load=partial(load_source, file.path, folder=file.folder),
            diarization=_diarization_beside(file),
            sidecars=sidecars(file.path.parent, file.folder or file.path.parent),
        )
        for file in files
    ]


def origins_of_uploads(
    files: Sequence[tuple[str, bytes]], corpus_file: Path | None
) -> list[Origin]:
    """Uploads as (file name, data); of a name only its last part counts."""
    sidecars = tuple(find_sidecars([], corpus_file))
    loads = {
        name: partial(source_from_bytes, name, data)
        for name, data in ((_base_name(given), data) for given, data in files)
    }
    stems = {Path(name).stem for name in loads if not is_diarization(Path(name))}
    return [
        Origin(
            key=f"{_UPLOAD}{name}",
            source=name,
            load=load,
            diarization=loads.get(str(Path(name).with_suffix(DIARIZATION_SUFFIX))),
            sidecars=sidecars,
        )
        for name, load in loads.items()
        if not (is_diarization(Path(name)) and Path(name).stem in stems)
    ]


def idle_entries(origins: Sequence[Origin], paths: Sequence[Path]) -> tuple[str, ...]:
    """Entries that fit no file, of the sidecars in the folders among ``paths``.

    Each as people find it, "talks/corpus.toml: panle.vtt". Entries with a hash are left out: their
    file may be anywhere.
    """
    folders = [path.resolve() for path in paths if path.is_dir()]
    names = {origin.name for origin in origins}
    sidecars = {
        sidecar.path: sidecar
        for origin in origins
        for sidecar in origin.sidecars
        if any(sidecar.path.is_relative_to(folder) for folder in folders)
    }
    return tuple(
        f"{path}: {entry.file}"
        for path, sidecar in sorted(sidecars.items())
        for entry in sidecar.entries
        if entry.file and not entry.sha256 and not any(fits(entry, name) for name in names)
    )


def _up_to(parent: Path, folder: Path) -> Iterator[Path]:
    """``parent`` and the folders above it, as far as ``folder``."""
    yield parent
    while parent not in {folder, parent.parent}:
        parent = parent.parent
        yield parent


def _diarization_beside(file: FoundFile) -> Load | None:
    path = file.path.with_suffix(DIARIZATION_SUFFIX)
    try:
        if path == file.path or not path.is_file():
            return None
    except OSError:  # with its other ending the name is too long
        return None
    return partial(load_source, path, folder=file.folder or path.parent)


def _base_name(name: str) -> str:
    last = _as_text(PurePosixPath(name.replace("\\", "/")).name)
    return "upload" if last in {"", ".", ".."} else last


def _as_text(name: str) -> str:
    """Names of files are bytes; what is not UTF-8 in them is written as an escape."""
    return name.encode("utf-8", "backslashreplace").decode()
