"""The default weights: verified, refused when tampered with, mended."""

from __future__ import annotations

import shutil

import pytest

from kb.errors import ModelUnavailable
from kb.models.embed import load_embedder
from kb.models.weights import (
    EMBEDDING,
    LLM,
    Weights,
    install,
    problems,
    twin_manifest_path,
    twin_path,
    twin_problem,
    verified,
)


@pytest.fixture
def copied(default_settings, tmp_path):
    """Settings whose models are a copy that a test may damage."""
    shutil.copytree(EMBEDDING.folder(default_settings), tmp_path / EMBEDDING.name)
    return default_settings.model_copy(update={"models_dir": tmp_path})


def flip_a_byte(path):
    """The change that neither size nor format betrays."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


def test_the_installed_weights_are_the_pinned_ones(default_settings):
    for weights in (EMBEDDING, LLM):
        assert problems(weights.folder(default_settings), weights) == []
    assert twin_problem(default_settings) is None


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
def test_a_changed_file_is_refused(copied, name):
    flip_a_byte(EMBEDDING.folder(copied) / name)

    with pytest.raises(ModelUnavailable, match="SHA-256") as error:
        verified(copied, EMBEDDING)

    assert "make setup" in error.value.hint


@pytest.mark.parametrize("damaged", [twin_path, twin_manifest_path])
def test_a_changed_twin_is_not_loaded(copied, damaged):
    flip_a_byte(damaged(copied))

    with pytest.raises(ModelUnavailable):
        load_embedder(copied)


def test_a_twin_of_other_weights_is_not_loaded(copied):
    path = twin_manifest_path(copied)
    path.write_text(path.read_text().replace(EMBEDDING.sha256, "0" * 64))

    assert "other weights" in (twin_problem(copied) or "")


def test_sound_weights_are_not_fetched_again(copied):
    assert install(copied, EMBEDDING) is False


def test_weights_that_no_package_holds_are_an_error(default_settings, tmp_path, monkeypatch):
    """pip is really asked; here it may look at an empty folder only."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    absent = Weights("absent", "absent.bin", {"absent.bin": "0" * 64}, ("no-such-weights==1.0",))
    settings = default_settings.model_copy(update={"models_dir": tmp_path / "models"})

    with pytest.raises(ModelUnavailable, match="no-such-weights"):
        install(settings, absent)

    assert list((tmp_path / "models").iterdir()) == []
