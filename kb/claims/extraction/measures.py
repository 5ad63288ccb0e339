"""Figures with what they measure or count, found in a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.claims.extraction import units
from kb.claims.extraction.durations import duration, joined, unnumbered
from kb.claims.extraction.figures import Figure, compared, figures
from kb.claims.extraction.nouns import counted_noun, thing_after_of
from kb.claims.extraction.odds import odds
from kb.claims.extraction.taken import Taken
from kb.claims.extraction.tolerances import with_tolerances
from kb.claims.extraction.units import ONE_THING_IN, Measure, UnitReader
from kb.claims.extraction.word_figures import word_figures

_READERS: tuple[UnitReader, ...] = (
    units.money,
    units.share,
    units.multiple,
    units.flop,
    units.model_part,
    units.devices,
    duration,
    units.unmarked_money,
    units.power,
    units.physical,
)
_BEFORE_A_YEAR = re.compile(
    r"\b(?:in|by|since|until|till|during|from|before|after|around|of|mid|late|early|year|like)"
    r"[\s-]$",
    re.IGNORECASE,
)
_ONE_CHANCE_IN = re.compile(r"[\s-]chance in[\s-]")
_ONE_IN = re.compile(r"[\s-](?:in|out[\s-]of)(?: every)?[\s-]$")
_ONE_THING_IN = re.compile(
    r"\s(?!(?:of|or|and|more|thing|way|chance|shot)\b)[a-z]{3,}\s(?:in|out of)(?: every)?\s"
)
_OUT_OF_ROUND = re.compile(
    r"[\s-]out[\s-]of(?: every| (?:my|our|the|his|her|their)(?: last)?)?[\s-]$", re.IGNORECASE
)
ROUND_WHOLES = (10, 100)
_ENDS = re.compile(r"\s?(?:[.,;!?…—]|$)|\s(?:the|because|that|when|we|it|they)\b")
_CALLED = re.compile(r"\s(?:chance|odds|shot|probability|likelihood)\b", re.IGNORECASE)


def measures(text: str, start: int, end: int, year: int | None = None) -> list[Measure]:
    """Everything that is counted or measured in the sentence ``text[start:end]``, in order.

    ``year`` is the one in which it was said.
    """
    betting = list(odds(text, start, end)) if "to" in text[start:end] else []
    told = [*word_figures(text, start, end), *(o for o in betting if isinstance(o, Measure))]
    taken = [(measure.start, measure.end) for measure in told]
    taken += [o for o in betting if not isinstance(o, Measure)]
    words = Taken(taken)
    counted = (_measure(text, figure, end) for figure in figures(text, start, end))
    found = [m for m in counted if not words.overlaps(m.figure.start, m.figure.end)]
    taken += [(measure.start, measure.end) for measure in found]
    told += unnumbered(text, start, end, taken, year)
    found += [_bounded(text, measure, start, end) for measure in told]
    found.sort(key=lambda measure: measure.start)
    return with_tolerances(text, joined(text, _with_ratios(text, found)))


def _bounded(text: str, measure: Measure, start: int, end: int) -> Measure:
    """The measure with the bound that stands beside it: “over a year”."""
    is_year = measure.dimension == "year"
    return replace(measure, figure=compared(text, measure.figure, start, end, is_year=is_year))


def _measure(text: str, figure: Figure, end: int) -> Measure:
    year = Measure.of(text, figure, figure.end, "year", "year", "a calendar year")
    if figure.bare_year and _BEFORE_A_YEAR.search(text[max(0, figure.start - 8) : figure.start]):
        return year
    for read in _READERS:
        if measure := read(text, figure, end):
            return measure
    noun = counted_noun(text, figure.end, end)
    shortened = len(figure.numerals) == 1 and not figure.single  # "2019-20"
    if figure.bare_year and (shortened or not noun):
        return year
    if not noun and len(figure.numerals) > 1:  # "hundreds of people …, maybe thousands"
        inner = counted_noun(text, figure.numerals[0].end, figure.end)
        noun = (inner[0], figure.end) if inner else None
    if not noun and figure.numerals[-1].vague:
        noun = thing_after_of(text, figure.end, end)
    if noun:
        return Measure.of(text, figure, noun[1], noun[0], "count", "the noun that is counted")
    return Measure.of(text, figure, figure.end, "", "bare", "no unit")


def _with_ratios(text: str, found: list[Measure]) -> list[Measure]:
    """“One in three”, "nine out of ten" are shares; "2 in 3" only when it is called a chance."""
    result: list[Measure] = []
    for measure in found:
        last = result[-1] if result else None
        if last and _is_ratio(text, last, measure):
            share = 100 * last.low / measure.low
            numerals = (*last.figure.numerals, *measure.figure.numerals)
            stop = measure.figure.end
            bound = last.figure.comparator
            figure = Figure(last.start, stop, share, share, bound, "%", numerals)
            rule = ONE_THING_IN if _one_thing_in(text, last, measure) else "one in so many"
            result[-1] = Measure.of(text, figure, stop, "fraction", "share", rule, 0.01)
            continue
        result.append(measure)
    return result


def _is_ratio(text: str, one: Measure, many: Measure) -> bool:
    called = (
        one.low == 1
        or _CALLED.match(text, many.figure.end)
        or (
            one.form == many.form == "number words"
            and many.dimension in ("bare", "count")
            and text[one.figure.end : many.figure.start] == " in "
        )
    )
    return (
        one.low == one.high < many.low == many.high
        and one.dimension in ("bare", "count")
        and (
            (bool(called) and _stand_in_ratio(text[one.figure.end : many.figure.start], many))
            or _is_out_of_round(text, one, many)
            or (one.low == 1 and many.dimension == "bare" and _one_thing_in(text, one, many))
        )
    )


def _one_thing_in(text: str, one: Measure, many: Measure) -> bool:
    """“One run in three.”"""
    counted = _ONE_THING_IN.fullmatch(text, one.figure.end, many.figure.start)
    return bool(counted and _ENDS.match(text, many.figure.end))


def _is_out_of_round(text: str, one: Measure, many: Measure) -> bool:
    """“Nine out of ten”, "four out of my last ten": so many of a whole that stands for any."""
    whole = many.dimension in ("bare", "count") and many.low in ROUND_WHOLES and one.low > 0
    return whole and bool(_OUT_OF_ROUND.fullmatch(text, one.figure.end, many.figure.start))


def _stand_in_ratio(gap: str, many: Measure) -> bool:
    """“One in five”, and "one chance in five", but not in five years."""
    chance = many.dimension in ("bare", "count") and _ONE_CHANCE_IN.fullmatch(gap)
    return bool(chance or _ONE_IN.fullmatch(gap))
