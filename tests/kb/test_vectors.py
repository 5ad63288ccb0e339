"""Files of vectors."""

from __future__ import annotations

import gc
import threading
import time

import numpy as np
import pytest

from kb.vectors import read_array, read_arrays


@pytest.fixture
def interrupted():
    """The collector runs all the time, and every run lets another thread go on."""

    def give_way(phase, _):
        if phase == "start":
            time.sleep(0)

    before = gc.get_threshold()
    gc.freeze()  # or the collector would be busy with all that the other tests left
    gc.callbacks.append(give_way)
    gc.set_threshold(2)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(give_way)
    gc.unfreeze()


@pytest.mark.parametrize("name", ["one.npy", "two.npz"])
def test_many_threads_read_arrays_at_once(tmp_path, interrupted, name):
    """With Python 3.11.7 one of sixty failed with a SystemError."""
    rows = np.arange(10)
    np.save(tmp_path / "one.npy", rows)
    np.savez(tmp_path / "two.npz", rows=rows)
    failures = []

    def read():
        try:
            for _ in range(300):
                path = tmp_path / name
                found = read_array(path) if name == "one.npy" else read_arrays(path)["rows"]
                assert np.array_equal(rows, found)
        except Exception as error:  # noqa: BLE001 - reported by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == failures
