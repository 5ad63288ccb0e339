"""Weights and indexes that are not what they should be: refused before anything parses them."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from kb.errors import IndexDamaged, ModelUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.models.expansion import Neighbours
from kb.models.generate import LlamaGenerator, load_generator
from kb.models.weights import LLM, NEIGHBOURS_FILE
from kb.search.dense import IDS_FILE, INDEX_FILE, DenseIndex


class Bomb:
    """Whoever unpickles it makes a folder."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


@pytest.fixture
def mark(tmp_path) -> Path:
    return tmp_path / "owned"


@pytest.fixture
def store(store_of, honest):
    settings = store_of({"honest.txt": honest})
    with KnowledgeBase(settings.model_copy(update={"llm": "none"})) as knowledge_base:
        assert knowledge_base.search("pots")
    return settings.model_copy(update={"llm": "none"})


def test_the_bomb_works_where_it_is_unpickled(mark):
    pickle.loads(pickle.dumps(Bomb(mark)))
    assert mark.is_dir()


def planted(folder: Path, mark: Path) -> None:
    """Pickles in place of the files of an index."""
    np.save(folder / IDS_FILE, np.array([Bomb(mark)], dtype=object), allow_pickle=True)
    (folder / INDEX_FILE).write_bytes(pickle.dumps(Bomb(mark)))


def test_a_pickle_in_an_index_is_refused_by_its_hash_and_the_index_made_anew(store, mark, caplog):
    (manifest,) = store.data_dir.glob("indexes/**/dense")
    planted(manifest, mark)
    with KnowledgeBase(store) as knowledge_base:
        assert "41" in knowledge_base.search("How many pots did Ines fire?")[0].passage.text
    assert not mark.exists()


@pytest.mark.parametrize("name", [IDS_FILE, INDEX_FILE])
def test_a_pickle_is_no_index_even_where_its_hash_is_right(tmp_path, mark, name):
    """As if the manifest were forged, too: the loaders themselves unpickle nothing."""
    vectors = np.eye(3, 8, dtype=np.float32)
    ids = np.arange(3)
    DenseIndex.build(ids, [(ids, vectors)], lambda some: vectors[some]).save(tmp_path)
    (tmp_path / "forged").mkdir()
    planted(tmp_path / "forged", mark)
    shutil.copy(tmp_path / "forged" / name, tmp_path / name)
    with pytest.raises(IndexDamaged):
        DenseIndex.load(tmp_path, lambda _: vectors)
    assert not mark.exists()


def test_a_pickle_is_no_table_of_synonyms(tmp_path, mark):
    path = tmp_path / NEIGHBOURS_FILE
    bomb = np.array([Bomb(mark)], dtype=object)
    np.savez(path, words=bomb, nearest=bomb, similarity=bomb)
    with pytest.raises(ValueError, match="allow_pickle"):
        Neighbours.load(path)
    assert not mark.exists()


# --- the language model ---------------------------------------------------------------------------


@pytest.fixture
def own_models(default_settings, tmp_path):
    """A copy of the language model that may be changed."""
    folder = tmp_path / "models" / LLM.name
    folder.mkdir(parents=True)
    shutil.copy(LLM.main_path(default_settings), folder)
    return default_settings.model_copy(update={"models_dir": tmp_path / "models"})


def test_weights_with_one_changed_byte_are_never_parsed(own_models):
    path = LLM.main_path(own_models)
    with path.open("r+b") as file:
        file.seek(-1_000, os.SEEK_END)
        (byte,) = file.read(1)
        file.seek(-1_000, os.SEEK_END)
        file.write(bytes([byte ^ 1]))
    generator = load_generator(own_models)
    assert generator is not None
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        next(generator.generate("", "Hello", max_tokens=1))


@pytest.mark.parametrize(
    "content", [b"", b"GGUF", b"GGUF" + b"\xff" * 400, pickle.dumps({"a": 1}) * 50]
)
def test_a_file_that_is_no_model_is_an_error_with_a_hint(tmp_path, content):
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelUnavailable) as raised:
        next(LlamaGenerator(path, "m").generate("", "Hello", max_tokens=1))
    assert "KB_LLM" in raised.value.hint


TEMPLATE = b"tokenizer.chat_template"


def with_template(model: bytes, template: bytes) -> bytes:
    """The model with another chat template of the same length in its metadata."""
    key = model.index(struct.pack("<Q", len(TEMPLATE)) + TEMPLATE)
    start = key + 8 + len(TEMPLATE) + 4  # the type of the value
    (length,) = struct.unpack_from("<Q", model, start)
    assert len(template) <= length
    padded = template.ljust(length)
    return model[: start + 8] + padded + model[start + 8 + length :]


def test_a_template_in_a_model_is_not_used(own_models, generator, mark, monkeypatch):
    """A model of one's own choice, whose template would answer otherwise, or run code."""
    monkeypatch.chdir(mark.parent)
    path = LLM.main_path(own_models)
    hostile = b"{{ cycler.__init__.__globals__.os.mkdir('owned') }}OWNED"
    path.write_bytes(with_template(path.read_bytes(), hostile))
    changed = LlamaGenerator(path, "changed")
    asked = ("You answer in one word.", "What colour is grass?")
    said = "".join(changed.generate(*asked, max_tokens=8))
    assert "".join(generator.generate(*asked, max_tokens=8)) == said
    assert "OWNED" not in said
    assert not mark.exists()


def test_what_is_stored_about_models_is_data(store):
    """The manifest of a generation is JSON, read as such."""
    manifests = list(store.data_dir.glob("indexes/**/*.json"))
    assert manifests
    assert all(json.loads(path.read_text()) for path in manifests)
