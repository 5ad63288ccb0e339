"""Colours of the plots, named by their role.

People are told apart by their band and name; the colours only help. Each has a contrast of at
least 4.5 on paper and band, and stays distinct from the others with every colour blindness
(CIE76 distance of at least 13 after simulation by Machado et al., 2009).
"""

from __future__ import annotations

PERSON_COLOURS = 6

LIGHT = {
    "paper": "#fbfaf7",
    "band": "#ffffff",
    "ink": "#1c1f24",
    "soft": "#5c626b",
    "grid": "#e2dfd8",
    "reference": "#6b6559",
    "person0": "#0072b2",
    "person1": "#b34700",
    "person2": "#8f2fd6",
    "person3": "#00513a",
    "person4": "#3d0a24",
    "person5": "#7d6a58",
}
DARK = {
    "paper": "#16181b",
    "band": "#1d2024",
    "ink": "#e6e4df",
    "soft": "#9a9fa8",
    "grid": "#33383f",
    "reference": "#a8a294",
    "person0": "#56b4e9",
    "person1": "#f08a3c",
    "person2": "#a98bff",
    "person3": "#c9f0c0",
    "person4": "#ffb3d1",
    "person5": "#e8d44a",
}


def person_colour(number: int) -> str:
    """The name of the colour of the person with this number; they repeat after six."""
    return f"person{number % PERSON_COLOURS}"
