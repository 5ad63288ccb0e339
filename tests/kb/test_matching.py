"""What is typed is matched generously, but never guessed."""

from __future__ import annotations

import pytest

from kb.errors import InputError, NotFound
from kb.matching import choose, match_filters, match_name
from kb.types import Filters

NAMES = ["Zoé Lachapelle", "Ngozi Okwuosa", "Ana Vidal", "Anatole Vidal"]


def test_a_part_of_a_name_without_case_and_accents_is_enough():
    assert match_name("speaker", "zoe", NAMES) == "Zoé Lachapelle"


@pytest.mark.parametrize("typed", ["Kofi Mensah Boyle", "kofi boyle", "Boyle, Kofi"])
def test_hyphens_and_what_stands_between_do_not_count(typed):
    assert match_name("speaker", typed, [*NAMES, "Kofi Mensah-Boyle"]) == "Kofi Mensah-Boyle"


def test_a_whole_name_wins_over_longer_ones():
    assert match_name("speaker", "ana vidal", NAMES) == "Ana Vidal"


def test_a_part_that_fits_two_names_is_refused_with_both():
    with pytest.raises(InputError, match="Ana Vidal, Anatole Vidal"):
        match_name("speaker", "vidal", NAMES)


def test_a_name_that_fits_nothing_is_refused():
    with pytest.raises(NotFound) as refusal:
        match_name("speaker", "Bertil", NAMES)
    assert refusal.value.hint == "`kb speakers` lists them."


def test_a_refused_choice_names_what_there_is():
    with pytest.raises(NotFound) as refusal:
        choose("speaker", "Bertil", NAMES)
    assert (
        refusal.value.hint
        == "Choose one of: Ana Vidal, Anatole Vidal, Ngozi Okwuosa, Zoé Lachapelle."
    )


def test_filters_are_completed_and_dates_kept(sample_kb):
    typed = Filters(speakers=("ngozi",), documents=("panel",), date_from="2024")
    found = match_filters(sample_kb, typed)
    panel = next(row.id for row in sample_kb.documents() if row.source.endswith("panel.vtt"))
    assert found == Filters(
        speakers=("Ngozi Okwuosa",), documents=(panel,), topics=(), date_from="2024"
    )
