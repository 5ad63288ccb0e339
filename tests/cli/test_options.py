"""What options are turned into."""

from __future__ import annotations

import pytest

from cli.options import line_range, read_history
from kb.errors import InputError
from kb.types import Exchange


def test_lines_are_a_range_with_both_ends():
    assert list(line_range("7-9")) == [7, 8, 9]
    assert list(line_range("7")) == [7]


@pytest.mark.parametrize("text", ["", "9-7", "a-b", "-3", "1-2-3"])
def test_other_ranges_are_refused(text):
    with pytest.raises(InputError):
        line_range(text)


def test_a_history_is_read_from_json(tmp_path):
    path = tmp_path / "history.json"
    path.write_text('[{"question": "Who?", "answer": "Ngozi."}]')
    assert read_history(path) == [Exchange("Who?", "Ngozi.")]


@pytest.mark.parametrize("text", ["", "{}x", '[{"question": "Who?"}]', "[1]", "7"])
def test_a_file_that_is_no_history_is_refused(tmp_path, text):
    path = tmp_path / "history.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not a history"):
        read_history(path)
