"""Whatever happens to the files of an index, results are the same or it is made anew."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from kb.search.generations import DAMAGED
from kb.search.indexes import IndexSet, index_status
from kb.storage.store import Store

SEED = 6
WORDS = "alarm kettle ladder rungs reactor drawings"


def passages_folder(data_dir: Path) -> Path:
    return data_dir / "indexes" / "passages"


def generation_of(data_dir: Path) -> Path:
    (path,) = passages_folder(data_dir).glob("gen-*")
    return path


def answers(data_dir: Path):
    """The best passages by words and by every stored vector, with their scores."""
    with Store.open(data_dir) as store:
        indexes = IndexSet.open(store, data_dir)
        _, vectors = store.vectors()
        found = [indexes.dense.search(vector[None], 3) for vector in vectors]
        by_vector = [(ids.tolist(), scores.tolist()) for ids, scores in found]
        assert index_status(store, data_dir).problem is None
        return indexes.lexical.search(WORDS, 10), by_vector


def flip(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]


def truncate(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


@pytest.mark.parametrize("damage", [flip, truncate, None], ids=["flipped", "truncated", "removed"])
def test_every_file_is_refused_when_it_changed(old_copy, damage):
    """One bit flipped, cut at a random place, or removed, file by file: the damage is noticed, the
    generation set aside, another made, and its results are the same. Never are they empty.
    """
    draw = random.Random(SEED)
    expected = answers(old_copy)
    assert expected[0]
    root = generation_of(old_copy)
    files = [path for path in root.rglob("*") if path.is_file() and path.stat().st_size]
    names = sorted({path.relative_to(root).parent / f"*{path.suffix}" for path in files})
    assert len(names) >= 6
    for name in names:
        (path, *_) = sorted(generation_of(old_copy).glob(str(name)))
        damaged = generation_of(old_copy)
        data = path.read_bytes()
        path.unlink()  # it may still be mapped into memory: the damaged one is another file
        if damage:
            path.write_bytes(damage(data, draw))
        with Store.open(old_copy) as store:
            assert index_status(store, old_copy).problem is not None, name
        assert expected == answers(old_copy), name
        aside = passages_folder(old_copy) / f"{DAMAGED}{damaged.name}"
        assert [aside] == list(passages_folder(old_copy).glob(f"{DAMAGED}*")), name


@pytest.mark.parametrize("damage", [flip, truncate, None], ids=["flipped", "truncated", "removed"])
def test_a_pointer_that_changed_leads_nowhere_else(old_copy, damage):
    """The file that names the generation in force."""
    expected = answers(old_copy)
    pointer = passages_folder(old_copy) / "current"
    whole = pointer.read_bytes()
    for seed in range(10):
        pointer.unlink()
        if damage:
            pointer.write_bytes(damage(whole, random.Random(seed)))
        assert expected == answers(old_copy), seed
        whole = pointer.read_bytes()


def test_what_was_set_aside_goes_with_the_next_change(old_copy):
    """So that the text of a deleted document does not live on in it."""
    answers(old_copy)
    next(generation_of(old_copy).rglob("*.faiss")).write_bytes(b"")
    answers(old_copy)
    assert list(passages_folder(old_copy).glob(f"{DAMAGED}*"))
    with Store.open(old_copy, write=True) as store:
        store.delete_document(store.documents()[0].id)
        IndexSet.write(store, old_copy)
    assert [] == list(passages_folder(old_copy).glob(f"{DAMAGED}*"))


def rewrite(data_dir: Path, change) -> None:
    """Change a generation together with its checksums, as a fault of the program would."""
    import hashlib

    path = generation_of(data_dir)
    manifest = json.loads((path / "manifest.json").read_text())
    change(path, manifest)
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((path / name).read_bytes()).hexdigest()
    (path / "manifest.json").write_text(json.dumps(manifest))
    digest = hashlib.sha256((path / "manifest.json").read_bytes()).hexdigest()
    (passages_folder(data_dir) / "current").write_text(f"{path.name} {digest}\n")


def another_count(_, manifest):
    manifest["rows"] += 1


def another_model(_, manifest):
    manifest["model_id"] = "another model of the same dimension"


def another_library(_, manifest):
    manifest["library"] = "faiss 0.0.1"


def another_format(_, manifest):
    manifest["format"] = 99


def vectors_of_another_index(path, _):
    """Fewer rows than passages, in a file that FAISS can read."""
    import faiss
    import numpy as np

    index = faiss.index_factory(384, "IDMap2,Flat", faiss.METRIC_INNER_PRODUCT)
    index.add_with_ids(np.zeros((1, 384), dtype=np.float32), np.array([7]))
    faiss.write_index(index, str(path / "dense" / "vectors.faiss"))


def ids_of_another_index(path, _):
    import numpy as np

    np.save(path / "dense" / "ids.npy", np.array([1, 2]))


@pytest.mark.parametrize(
    "change",
    [
        another_count,
        another_model,
        another_library,
        another_format,
        vectors_of_another_index,
        ids_of_another_index,
    ],
)
def test_an_index_that_does_not_fit_the_store_is_made_anew(old_copy, change):
    """Right checksums are not enough: rows, model, library and format must be the store's."""
    expected = answers(old_copy)
    other = generation_of(old_copy)
    rewrite(old_copy, change)
    assert expected == answers(old_copy)
    assert other != generation_of(old_copy)


def test_an_index_folder_of_nonsense_is_made_anew(old_copy):
    expected = answers(old_copy)
    shutil.rmtree(passages_folder(old_copy))
    (passages_folder(old_copy) / "gen-00000000").mkdir(parents=True)
    (passages_folder(old_copy) / "current").mkdir()
    with Store.open(old_copy) as store:
        found = IndexSet.open(store, old_copy).lexical.search(WORDS, 10)
    assert expected[0] == found
