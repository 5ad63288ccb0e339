"""What answers when the store changes its model and the new one cannot be had."""

from __future__ import annotations

import time

import pytest

from kb import serving
from kb.errors import ModelUnavailable
from kb.serving import Servings
from kb.settings import Settings


class ChangingStore:
    """A shared store that names one model after the other."""

    number = 1

    def model_number(self):
        return self.number

    def model_name(self):
        return f"model {self.number}"

    def showing(self, _number):
        return self

    def check_model(self, _model_id, _dimension):
        """It has vectors of all of them."""


class Embedder:
    model_id = "a model"
    dimension = 4


@pytest.mark.parametrize("error", [ModelUnavailable("not here"), RuntimeError("CUDA is ill")])
def test_a_model_that_cannot_be_loaded_is_not_tried_at_every_search(monkeypatch, caplog, error):
    """The old one goes on answering, and the log says why."""
    store, tried = ChangingStore(), []

    def load(settings):
        tried.append(settings.embedding_model)
        if len(tried) > 1:
            raise error
        return Embedder()

    monkeypatch.setattr(serving, "load_embedder", load)
    monkeypatch.setattr(serving, "open_indexes", lambda _settings, _store: object())
    servings = Servings(Settings(), store)
    old = servings.current()
    store.number = 2
    for _ in range(5):
        assert old is servings.current()
        time.sleep(0.05)
    assert ["model 1", "model 2"] == tried
    assert str(error) in caplog.text
