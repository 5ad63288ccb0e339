"""Factors that a verb or an adverb tells: “doubled”, “twice as many”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.figures import Figure
from kb.claims.extraction.numerals import Numeral
from kb.claims.extraction.units import Measure

_FACTORS = (("doubl", 2.0), ("twice", 2.0), ("tripl", 3.0), ("quadrupl", 4.0), ("halv", 0.5))
_FACTOR = re.compile(
    r"\b(?:doubled|tripled|quadrupled|halved|doubling|tripling|quadrupling|halving|"
    r"(?:double|triple|quadruple|halve|twice)(?=\s(?:the|our|its|their|as|what|every|each)\b))",
    re.IGNORECASE,
)


def factors(text: str, start: int, end: int) -> Iterator[Measure]:
    """Verbs that multiply: "we tripled our valuation", "twice as many"."""
    for match in _FACTOR.finditer(text, start, end):
        value = next(size for stem, size in _FACTORS if match.group().lower().startswith(stem))
        numeral = Numeral(match.start(), match.end(), value, value, 1.0, "a verb that multiplies")
        figure = Figure(match.start(), match.end(), value, value, "=", "x", (numeral,))
        yield Measure.of(text, figure, match.end(), "x", "multiple", "a factor")
