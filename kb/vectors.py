"""Arithmetic on rows of vectors, and files of them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from kb.protocols import Vectors

if TYPE_CHECKING:
    import numpy.typing as npt

# NumPy parses the head of a file as Python, and in older releases of Python two threads that do so
# at once may fail with a SystemError (CPython's issue 106905).
_ONE_READS = threading.Lock()


def read_array(path: Path) -> npt.NDArray[Any]:
    """What ``np.save`` wrote. Raises OSError and ValueError; nothing is unpickled."""
    with _ONE_READS:
        array: npt.NDArray[Any] = np.load(path, allow_pickle=False)
    return array


def read_arrays(file: Path | IO[bytes]) -> dict[str, npt.NDArray[Any]]:
    """What ``np.savez`` wrote, by name. Raises what ``read_array`` does, and BadZipFile."""
    with _ONE_READS, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def unit_rows(vectors: npt.NDArray[np.float32]) -> Vectors:
    """The same directions with a norm of 1; a row of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, np.finfo(np.float32).tiny)
    return unit.astype(np.float32, copy=False)
