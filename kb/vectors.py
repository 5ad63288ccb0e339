"""Arithmetic on rows of vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kb.protocols import Vectors

if TYPE_CHECKING:
    import numpy.typing as npt


def unit_rows(vectors: npt.NDArray[np.float32]) -> Vectors:
    """The same directions with a norm of 1; a row of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, np.finfo(np.float32).tiny)
    return unit.astype(np.float32, copy=False)
