"""Embedding, with the real weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import ModelUnavailable
from kb.models.embed import OnnxEmbedder, load_embedder
from kb.models.torch_embed import SentenceTransformerEmbedder
from kb.models.weights import EMBEDDING, twin_path

TEXTS = (
    "I would put the median at 2034.",
    "No.",
    "Müller said: “Übermorgen”. 🙂",
    "The reward model was trained on comparisons, and the policy learned to please it. " * 3,
    "What can interpretability tell us about deception?",
    "Compute thresholds miss what happens after pre-training. " * 60,
    "",
)


@pytest.fixture(scope="module")
def twin(default_settings):
    return OnnxEmbedder(EMBEDDING.folder(default_settings), twin_path(default_settings))


@pytest.fixture(scope="module")
def reference(default_settings):
    return SentenceTransformerEmbedder(str(EMBEDDING.folder(default_settings)), device="cpu")


def test_the_twin_agrees_with_the_reference(twin, reference):
    """Short, long, cut off, empty, foreign: the same vectors from both libraries."""
    cosines = (twin.embed_passages(TEXTS) * reference.embed_passages(TEXTS)).sum(axis=1)

    assert cosines.min() >= 0.9999


def test_a_query_is_embedded_alike_by_both(twin, reference):
    question = "When does she expect it?"

    cosine = float((twin.embed_query(question) @ reference.embed_query(question).T).item())

    assert cosine >= 0.9999


def test_both_bear_the_same_name(twin, reference):
    """They are the same weights, so their vectors may stand in one store."""
    assert twin.model_id == "all-MiniLM-L6-v2@53aa51172d14"
    assert reference.model_id == twin.model_id
    assert reference.dimension == twin.dimension == 384


def test_rows_are_float32_of_unit_norm(twin):
    vectors = twin.embed_passages(TEXTS)

    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_give_no_rows(twin, reference):
    assert twin.embed_passages([]).shape == (0, 384)
    assert reference.embed_passages([]).shape == (0, 384)


@pytest.fixture(scope="module")
def straight(twin):
    return twin.embed_passages(TEXTS)


@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(len(TEXTS))))
def test_a_vector_does_not_depend_on_its_neighbours(twin, straight, order):
    """Batches are sorted by length inside; the rows come back in the order of the texts."""
    shuffled = twin.embed_passages([TEXTS[i] for i in order])

    assert np.abs(shuffled - straight[list(order)]).max() < 1e-5


def test_related_texts_are_nearer_than_unrelated_ones(twin):
    question = twin.embed_query("How soon will machines do all research?")
    near, far = twin.embed_passages(
        ["I expect automated science within a decade.", "The soup needs more salt."]
    )

    assert float((question @ near).item()) > float((question @ far).item()) + 0.2


def test_the_default_loads_by_name(embedder, twin):
    assert embedder.model_id == twin.model_id


def test_an_unknown_model_is_an_error_with_a_hint(default_settings, tmp_path):
    missing = default_settings.model_copy(update={"embedding_model": str(tmp_path / "nowhere")})

    with pytest.raises(ModelUnavailable, match="nowhere") as error:
        load_embedder(missing)

    assert "KB_EMBEDDING_MODEL" in error.value.hint


def test_missing_weights_say_how_to_get_them(default_settings, tmp_path):
    empty = default_settings.model_copy(update={"models_dir": tmp_path})

    with pytest.raises(ModelUnavailable) as error:
        load_embedder(empty)

    assert "make setup" in error.value.hint
