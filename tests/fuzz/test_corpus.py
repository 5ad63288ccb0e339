"""Every input that the fuzzer kept, and every one that once broke a promise, keeps them now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import CORPUS, TARGETS

INPUTS = [
    pytest.param(target, path, id=f"{target}-{path.name}")
    for target in TARGETS
    for path in sorted((CORPUS / target).iterdir())
]


@pytest.mark.parametrize(("target", "path"), INPUTS)
def test_an_input_breaks_no_promise(target: str, path: Path):
    TARGETS[target](path.read_bytes())
