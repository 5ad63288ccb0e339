"""`kb doctor` says which part is wrong and how to mend it."""

from __future__ import annotations

import pytest

from kb.doctor import check, check_language_model, check_store, faiss_flavour
from kb.models.weights import EMBEDDING
from kb.storage.database import FILE_NAME


@pytest.fixture
def settings(default_settings, tmp_path):
    return default_settings.model_copy(update={"data_dir": tmp_path / "data"})


def by_name(settings):
    return {entry.name: entry for entry in check(settings)}


def test_a_complete_installation_passes(settings):
    """The tests run in one: nothing is wrong, and nothing was written."""
    checks = check(settings)

    assert [entry for entry in checks if entry.ok is False] == []
    assert not settings.data_dir.exists()


def test_missing_models_are_named_with_the_remedy(settings, tmp_path):
    checks = by_name(settings.model_copy(update={"models_dir": tmp_path}))

    for name in ("embedding model", "ONNX twin", "language model"):
        assert checks[name].ok is False
        assert "make setup" in (checks[name].hint or "")


def test_hashes_are_shown(settings):
    assert EMBEDDING.sha256[:12] in by_name(settings)["embedding model"].detail


@pytest.mark.parametrize(
    ("cpu", "gpu", "ok", "words"),
    [
        ("1.15.1", None, True, "faiss-cpu 1.15.1"),
        (None, "1.15.1", True, "faiss-gpu 1.15.1"),
        ("1.15.1", "1.15.1", False, "both"),
        (None, None, False, "not installed"),
    ],
)
def test_exactly_one_faiss_is_right(cpu, gpu, ok, words):
    found = faiss_flavour(cpu, gpu)

    assert found.ok is ok
    assert words in found.detail
    assert ok or found.hint


def test_a_data_directory_that_is_a_file_is_an_error(settings, tmp_path):
    (tmp_path / "data").write_text("I am a file.")

    found = by_name(settings)["data directory"]

    assert found.ok is False
    assert "--data-dir" in (found.hint or "")


def test_a_damaged_store_is_an_error(settings):
    settings.data_dir.mkdir()
    (settings.data_dir / FILE_NAME).write_bytes(b"this is no database " * 500)

    found = check_store(settings)

    assert found.ok is False
    assert found.hint


def test_no_language_model_is_a_choice(settings):
    found = check_language_model(settings.model_copy(update={"llm": "none"}))

    assert found.ok is None
    assert "extractive" in found.detail
