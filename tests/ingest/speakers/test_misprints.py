"""One person whose label is misprinted, and two whose names are alike."""

from __future__ import annotations

import pytest
from readings import document


def people(*labels: str, words: str = "It sings.") -> list[str]:
    talk = "\n".join(f"{name}: {words}\nHost: Does it sing for you, too?" for name in labels)
    found = document(f"On kettles\n\n{talk}\n")
    return [speaker.name for speaker in found.speakers if speaker.name != "Host"]


@pytest.mark.parametrize(
    "slip", ["Viktor Snad", "Vikotr Sand", "Vicktor Sand", "Viktor Sannd", "VIKTOR SNAD"]
)
def test_a_misprinted_label_is_the_one_printed_more_often(slip: str) -> None:
    assert ["Viktor Sand"] == people("Viktor Sand", slip, "Viktor Sand")


@pytest.mark.parametrize(
    "other", ["Viktoria Sand", "Viktor Sandt", "Viktor Sund", "Hektor Sand", "Viktor", "Ann Sand"]
)
def test_a_name_that_is_alike_is_another(other: str) -> None:
    assert {"Viktor Sand"} <= set(people("Viktor Sand", other, "Viktor Sand"))
    slips = set(people("Viktor Sand", other, "Viktor Sand")) - {"Viktor Sand"}
    assert slips == (set() if other == "Viktor" else {other})


def test_a_name_that_is_spoken_is_no_misprint() -> None:
    assert ["Karsten Lind", "Kartsen Lind"] == people(
        "Karsten Lind", "Kartsen Lind", "Karsten Lind", words="I met Kartsen."
    )


@pytest.mark.parametrize("form", ["(for {})", "(speaking for {})"])
def test_who_speaks_for_two_people_is_two(form: str) -> None:
    labels = [f"Interpreter {form.format(name)}" for name in ("Mme Roux", "Mr. Ito")]
    assert ["Interpreter for Mme Roux", "Interpreter for Mr. Ito"] == people(*labels, *labels)


def test_a_remark_beside_a_role_makes_nobody_else() -> None:
    assert ["Guest"] == people("Guest (Laughing)", "Guest (Off Mic)", "Guest")
