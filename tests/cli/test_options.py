"""What is typed is matched generously, but never guessed."""

from __future__ import annotations

import pytest

from cli.options import line_range, match_name, read_history
from kb.errors import InputError, NotFound
from kb.types import Exchange

NAMES = ["Zoé Lachapelle", "Ngozi Okwuosa", "Ana Vidal", "Anatole Vidal"]


def test_a_part_of_a_name_without_case_and_accents_is_enough():
    assert match_name("speaker", "zoe", NAMES) == "Zoé Lachapelle"


def test_a_whole_name_wins_over_longer_ones():
    assert match_name("speaker", "ana vidal", NAMES) == "Ana Vidal"


def test_a_part_that_fits_two_names_is_refused_with_both():
    with pytest.raises(InputError, match="Ana Vidal, Anatole Vidal"):
        match_name("speaker", "vidal", NAMES)


def test_a_name_that_fits_nothing_is_refused():
    with pytest.raises(NotFound) as refusal:
        match_name("speaker", "Bertil", NAMES)
    assert refusal.value.hint == "`kb speakers` lists them."


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
