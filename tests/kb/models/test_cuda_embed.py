"""The batches of a GPU, computed on the CPU in single precision."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kb.errors import OutOfMemory
from kb.models.cuda_embed import CudaEmbedder, can_be_packed
from kb.models.embed import OnnxEmbedder
from kb.models.tokens import TokenReader
from kb.models.torch_embed import load, model_id
from kb.models.weights import EMBEDDING, twin_path

TEXTS = [
    "I would put the median at 2034.",
    "No.",
    "Müller said: “Übermorgen”. 🙂",
    "The reward model was trained on comparisons,\nand the policy learned to please it. " * 3,
    "Compute thresholds miss what happens after pre-training. " * 60,
    "",
    "What can interpretability tell us about deception?",
]


@pytest.fixture(scope="module")
def folder(default_settings):
    return EMBEDDING.folder(default_settings)


@pytest.fixture(scope="module")
def model(folder):
    return load(str(folder), "cpu")


@pytest.fixture(scope="module")
def packed(model, folder):
    return CudaEmbedder(model, model_id(str(folder)), tokens_per_batch=100)


@pytest.fixture(scope="module")
def expected(default_settings, folder):
    return OnnxEmbedder(folder, twin_path(default_settings)).embed_passages(TEXTS)


@settings(max_examples=5, deadline=None)
@given(order=st.permutations(range(len(TEXTS))))
def test_texts_in_a_row_get_the_vectors_that_they_get_alone(packed, expected, order):
    """Several in a batch, one over its budget, in any order: rows come back in that order."""
    vectors = packed.embed_passages([TEXTS[i] for i in order])

    assert np.abs(vectors - expected[list(order)]).max() < 1e-5


def test_it_bears_the_name_of_the_weights(packed):
    assert packed.model_id == EMBEDDING.model_id
    assert packed.dimension == 384


def test_a_query_is_one_row_and_no_texts_are_none(packed, expected):
    assert packed.embed_query(TEXTS[0])[0] == pytest.approx(expected[0], abs=1e-5)
    assert packed.embed_passages([]).shape == (0, 384)


class SmallMemory:
    """Refuses batches of more tokens than it has room for, as a full GPU does."""

    def __init__(self, room):
        self.room = room

    def __call__(self, module, arguments):
        if arguments[0]["input_ids"].numel() > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory.")


def test_a_full_gpu_gets_half_as_much_at_once(model, expected):
    embedder = CudaEmbedder(model, "small", tokens_per_batch=400)

    handle = model.register_forward_pre_hook(SmallMemory(room=260))
    try:
        vectors = embedder.embed_passages(TEXTS)
    finally:
        handle.remove()

    assert np.abs(vectors - expected).max() < 1e-5


def test_a_full_gpu_gets_half_as_much_of_every_batch(model, expected):
    """Also of those that were cut before it was found to be full."""
    embedder = CudaEmbedder(model, "small", tokens_per_batch=400)

    handle = model.register_forward_pre_hook(SmallMemory(room=260))
    try:
        vectors = embedder.embed_passages(TEXTS[4:5] * 8)
    finally:
        handle.remove()

    assert np.abs(vectors - expected[[4] * 8]).max() < 1e-5


def test_a_gpu_without_room_for_half_of_it_is_an_error(model):
    embedder = CudaEmbedder(model, "small", tokens_per_batch=400)

    handle = model.register_forward_pre_hook(SmallMemory(room=20))
    try:
        with pytest.raises(OutOfMemory, match="GPU"):
            embedder.embed_passages(TEXTS)
    finally:
        handle.remove()


def test_a_model_with_prompts_is_left_to_its_library(folder):
    """`encode` puts them before each text."""
    prompted = load(str(folder), "cpu")
    assert can_be_packed(prompted)

    prompted.prompts["query"] = "query: "

    assert not can_be_packed(prompted)


@pytest.fixture(scope="module")
def tokenizer_file(folder):
    return str(folder / "tokenizer.json")


@pytest.fixture(scope="module")
def whole(tokenizer_file):
    tokenizer = Tokenizer.from_file(tokenizer_file)
    tokenizer.enable_truncation(16)
    tokenizer.no_padding()
    return tokenizer


@pytest.fixture(scope="module")
def reader(tokenizer_file):
    return TokenReader(Tokenizer.from_file(tokenizer_file), 16)


PIECES = [
    *"ab .,'\n\t\x1c\x85\xa0\x00é\u0301中文🙂\u200b\u2028İß’\ufffd",
    "[SEP]",
    "[CLS]",
    "risks",
]


@given(texts=st.lists(st.lists(st.sampled_from(PIECES)).map("".join) | st.text(), max_size=5))
@settings(max_examples=200, deadline=None)
def test_tokens_looked_up_by_word_are_those_of_whole_texts(reader, whole, texts):
    """Odd blanks, accents that stand alone, special tokens spelled out, texts that are cut off."""
    tokens = reader.read(texts)

    found = np.split(tokens.ids, np.cumsum(tokens.lengths)[:-1]) if texts else []
    assert [whole.encode(text).ids for text in texts] == [row.tolist() for row in found]
