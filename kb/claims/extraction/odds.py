"""Betting odds: “ten to one against”, "three to one that we make it".

Said without a side they may mean either, so they claim nothing, and neither do their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.figures import Figure
from kb.claims.extraction.numerals import Numeral, number_of
from kb.claims.extraction.units import Measure
from kb.text.sentences import Span

ODDS = "betting odds"

_NUMBER = (
    r"(?:an? )?(?:hundred|thousand|million)|[0-9]{1,3}|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|fifteen|twenty|thirty|forty|fifty"
)
_ODDS = re.compile(
    rf"(?<![-\w.,:])(?P<first>{_NUMBER})(?: to |-to-)(?P<second>{_NUMBER})(?![-\w.,:]*\d)\b"
    r"(?P<named> odds\b)?"
    r"(?:,? (?P<against>against\b)|,? (?P<favour>in favou?r\b|on\b(?=[.,;!?]|$))|"
    r"(?P<that> (?:that )?(?:it|we|they|he|she|you|I|this|AGI|AI|humanity)(?= \w+)))?",
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"\bodds (?P<side>against )?[^.,;!?]{0,40}$|\b(?:bet|wager|odds)\b[^.!?]{0,40}$", re.IGNORECASE
)
_ENDS = re.compile(r"\s?(?:[.,;!?…—]|$)")
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6}


def odds(text: str, start: int, end: int) -> Iterator[Measure | Span]:
    """The chances that odds tell, and the spans of odds whose side is not said."""
    for match in _ODDS.finditer(text, start, end):
        told = _TOLD_BEFORE.search(text, start, match.start())
        against = match["against"] or (told and told["side"])
        first, second = _value(match["first"]), _value(match["second"])
        that = match["that"] and (told or match["named"] or second == 1 < first)
        if not (against or match["favour"] or that):
            if told or match["named"] or (second == 1 < first and _ENDS.match(text, match.end())):
                yield match.span()
            continue
        chance = 100 * (second if against else first) / (first + second)
        stop = match.end("against") if match["against"] else match.end("second")
        stop = max(stop, match.end("named"))
        numeral = Numeral(match.start(), stop, chance, chance, 1.0, ODDS)
        figure = Figure(match.start(), stop, chance, chance, "=", "%", (numeral,))
        yield Measure.of(text, figure, stop, "fraction", "share", ODDS, 0.01)


def _value(words: str) -> float:
    scale = words.lower().split()[-1]
    return _SCALES.get(scale) or number_of(words) or 1.0
