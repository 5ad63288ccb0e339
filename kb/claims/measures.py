"""What a figure counts: money, shares, time, compute, multiples, or things with a name.

The unit is read from the words after the figure, for devices and rates also from those near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.claims.figures import Figure, figures
from kb.claims.numerals import Numeral

Dimension = Literal["money", "share", "duration", "year", "compute", "multiple", "count", "bare"]

TIMES = {
    "second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks",
    "month": "months", "quarter": "quarters", "year": "years", "decade": "decades",
    "century": "centuries", "centurie": "centuries", "h": "hours", "hr": "hours", "min": "minutes",
    "yr": "years", "generation": "generations",
}  # fmt: skip
YEARS_EACH = {
    "seconds": 1 / 31_557_600, "minutes": 1 / 525_960, "hours": 1 / 8766, "days": 1 / 365.25,
    "weeks": 7 / 365.25, "months": 1 / 12, "quarters": 0.25, "years": 1.0, "decades": 10.0,
    "centuries": 100.0, "generations": 25.0,
}  # fmt: skip
"""Julian years in each unit of time."""

_TIME = r"(?P<time>seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|centur(?:y|ies)|h|hrs?|mins?|yrs?)"
_DURATION = re.compile(
    rf"(?:\s|-|[,—–]?\s?of\s)?(?:(?:more|full|whole|extra|additional|calendar|solid|straight|consecutive|good|"
    rf"long|short|human|of those|to \w+)\s)?{_TIME}(?![\w])(?!-?old\b)",
    re.IGNORECASE,
)
_ARTICLE_DURATION = re.compile(
    rf"(?<!\bper )(?<!\bonce )(?<!\btwice )\b(?:(?P<half>half(?: of)? an?|an? half)|(?P<one>an?|another|one))\s"
    rf"(?:(?:extra|single|whole|full|good)\s)?{_TIME}\b(?P<half_more>\sand\sa\shalf)?",
    re.IGNORECASE,
)
_PAST_AND_MORE = re.compile(
    rf"\b(?:past|last)\s(?P<figure>{_TIME}\sand\sa\s(?P<more>half|bit|quarter))\b", re.IGNORECASE
)
_GENUINE_ARTICLE = re.compile(
    r"\b(?:in|within|about|maybe|like|than|for|least|took|takes?|after|almost|nearly|over|perhaps|"
    r"say|around|roughly|probably|be|or|last|only|just|another|spent?|every|know|of)\W+$",
    re.IGNORECASE,
)
_AFTER_ARTICLE = re.compile(
    r"\s(?:ago|later|from now|away|earlier|before|after|or so|or two|or less|or more)\b", re.I
)
_RATE = re.compile(
    r"\s*(?:[\w-]+\s){0,3}?(?:per|an?|each|every|/)\s?(?P<time>year|month|day|hour|week|quarter|"
    r"annum|employee|person|query|token|million tokens)\b|\s(?P<yearly>annually|yearly|ARR)\b",
    re.IGNORECASE,
)
_PREFIX = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15, "exa": 1e18,
           "zetta": 1e21, "yotta": 1e24}  # fmt: skip
_FLOP = re.compile(
    r"\s*-?(?:of\s)?(?:(?P<prefix>kilo|mega|giga|tera|peta|exa|zetta|yotta)-?)?"
    r"(?:(?P<rate>FLOPS|flop/s|flops?/s)\b|(?P<flop>flops?)\b"
    r"|(?P<operations>(?:floating[- ]point\s)?(?:[a-z]+\s)?(?:operations|ops|calculations|"
    r"computations)))(?P<days>[- ]days?\b)?(?P<second>\s?(?:/s\b|per second\b|a second\b))?",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"\b(?:GPUs?|TPUs?|(?:H|A|V|B|GB|P|K)[12]00s?|H20s?|H800s?|A800s?|[34]0[6-9]0s?|50[6-9]0s?|"
    r"graphics cards?|accelerators|(?:AI )?chips)\b"
)
_DEVICE_AFTER = re.compile(rf"\s(?:[a-z-]+\s){{0,2}}?(?:{DEVICE.pattern[2:-2]})", re.IGNORECASE)
_MODEL_PART = re.compile(
    r"[\s-](?:(?P<parameters>(?:dense |active |total )?param(?:eter)?s?)"
    r"|(?P<tokens>(?:training |input |output )?tokens?)|(?P<layers>(?:[a-z-]+ )?layers)"
    r"|(?P<watts>(?P<power>kilo|mega|giga|tera)?watts?))\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\sout of\s(?:the\s)?(?:[0-9,]+|[a-z]+)(?=\s)", re.IGNORECASE)
_OF = re.compile(r"\s?[,—–]?\s?of(?=\s)")
_FRACTION_OF = re.compile(r"\s(?:of|in)\s(?:(?:the|our|their|your|all|us|world|entire|whole|annual)\s){0,3}(?P<whole>[A-Za-z]+)")

_PHYSICAL = {
    "foot": "feet", "feet": "feet", "inch": "inches", "mile": "miles", "meter": "meters",
    "metre": "meters", "kilometer": "kilometers", "kilogram": "kilograms", "kilo": "kilograms",
    "kg": "kilograms", "pound": "pounds", "ton": "tons", "tonne": "tons", "degree": "degrees",
    "acre": "acres", "gram": "grams", "liter": "liters", "volt": "volts", "inche": "inches",
}  # fmt: skip
_PHYSICAL_WORD = re.compile(rf"[\s-](?:square |cubic )?(?P<word>{'|'.join(_PHYSICAL)})s?\b", re.I)
_RATIO = re.compile(r"\s(?:in|out of)(?: every)?\s$")
_DECADE = re.compile(r"(?<![\w’'])(?:the\s)?(?P<century>18|19|20|[’'])?(?P<tens>[0-9]0)[’']?s\b(?!\sof\b)")
_IDIOM = re.compile(r"(?:one|a|just a) (?:second|sec|minute|moment)", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|during|from|before|after|around|of|mid|late|early|year|like)[\s-]$", re.I
)
_UNKNOWN_THING = re.compile(r"\sof,?\s(?:some (?:kind|sort) of\s)?(?P<thing>[A-Za-z][\w-]+)")

_WORD = re.compile(r"[\s-]+(?P<word>[^\W\d_][\w’'-]*)")
_STOP = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her his how "
    "i if in into is it its just like may me might more my no not now of on one or our out over "
    "right she should so some than that the their them then there they this to too up us was we "
    "were what when where which while who why will with would you your really actually also "
    "because before after about again ago away each every same only even still ever yet very".split()
)
_IRREGULAR = frozenset(
    "people men women children teeth feet data staff employees mice dollars criteria".split()
)
_NO_PLURALS = frozenset(
    "this is was has does yes less plus thus us across always perhaps unless basis process access "
    "success business news gas bus class address focus loss mass pass press sometimes besides "
    "towards its his hers ours theirs yours analysis physics ethics bias bonus various previous "
    "serious obvious famous kids’ versus besides afterwards forwards upwards says gets goes wants "
    "needs takes makes comes means seems looks works happens thinks gives lets puts turns".split()
)
LONGEST_NOUN_PHRASE = 4  # words between a number and the noun that it counts


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its unit, at ``start:end`` with the words of both.

    ``low`` and ``high`` are in ``unit``: shares are 0 to 1, compute is in single operations.
    ``rule`` and ``words`` tell how the unit was found. ``slip`` notes what the speaker said amiss.
    """

    figure: Figure
    start: int
    end: int
    low: float
    high: float
    unit: str
    dimension: Dimension
    rule: str
    words: str
    slip: str | None = None


def measures(text: str, start: int, end: int) -> list[Measure]:
    """Everything that is counted or measured in the sentence ``text[start:end]``, in order."""
    found = [_measure(text, figure, end) for figure in figures(text, start, end)]
    taken = [(measure.start, measure.end) for measure in found]
    found += _article_durations(text, start, end, taken)
    found += _past_and_more(text, start, end)
    found += _decades(text, start, end, taken)
    found = _ratios(text, found)
    return _joined_durations(text, sorted(found, key=lambda measure: measure.start))


def _measure(text: str, figure: Figure, end: int) -> Measure:
    if figure.mark in ("USD", "EUR", "GBP"):
        return _money(text, figure, end)
    if figure.mark == "%":
        return _share(text, figure, end)
    if figure.mark == "x":
        return _plain(figure, "x", "multiple", "a factor", text)
    if figure.bare_year and _YEAR_BEFORE.search(text[max(0, figure.start - 8) : figure.start]):
        return _plain(figure, "year", "year", "a calendar year", text)
    for read in (_flop, _model_part, _devices, _duration, _unmarked_money, _physical):
        if measure := read(text, figure, end):
            return measure
    if figure.bare_year and not _counted(text, figure.end, end):
        return _plain(figure, "year", "year", "a calendar year", text)
    if noun := _counted(text, figure.end, end):
        word, stop = noun
        return Measure(
            figure, figure.start, stop, figure.low, figure.high, word, "count",
            "the noun that is counted", text[figure.end : stop].strip(),
        )  # fmt: skip
    if len(figure.numerals) > 1 and (noun := _counted(text, figure.numerals[0].end, figure.end)):
        return Measure(
            figure, figure.start, figure.end, figure.low, figure.high, noun[0], "count",
            "the noun that is counted", text[figure.numerals[0].end : noun[1]].strip(),
        )  # fmt: skip
    thing = _UNKNOWN_THING.match(text, figure.end, end)
    if figure.numerals[-1].vague and thing and thing["thing"].lower() not in _STOP:
        return Measure(
            figure, figure.start, thing.end(), figure.low, figure.high, thing["thing"].lower(),
            "count", "what follows “of”", thing.group().strip(),
        )  # fmt: skip
    return _plain(figure, "", "bare", "no unit", text)


def _plain(figure: Figure, unit: str, dimension: Dimension, rule: str, text: str) -> Measure:
    words = text[figure.start : figure.end]
    return Measure(
        figure, figure.start, figure.end, figure.low, figure.high, unit, dimension, rule, words
    )


def _money(text: str, figure: Figure, end: int) -> Measure:
    unit, stop = figure.mark, figure.end
    rate = _RATE.match(text, figure.end, end)
    if rate and (rate["yearly"] or rate["time"].lower() in ("year", "annum")):
        unit, stop = f"{unit}/year", rate.end()
    elif rate:
        unit, stop = f"{unit}/{rate['time'].lower()}", rate.end()
    words = text[figure.start : stop]
    return Measure(
        figure, figure.start, stop, figure.low, figure.high, unit, "money", "a currency", words
    )


_CAPITAL_WORD = re.compile(
    r"\s(?:of\s|in\s)?(?P<noun>(?:venture )?capital|funding|revenues?|profits?|debt|investment|"
    r"in the bank|valuation|market cap(?:italization)?|salary|salaries|of spending|in sales|dollars)\b",
    re.IGNORECASE,
)


def _unmarked_money(text: str, figure: Figure, end: int) -> Measure | None:
    """ "Tens of billions of capital", "hundreds of billions in revenue" (dollars, understood)."""
    match = _CAPITAL_WORD.match(text, figure.end, end)
    dollars = re.match(r"\s(?:of\s)?dollars\b", text[figure.end : min(end, figure.end + 14)], re.I)
    inside = re.search(r"\bdollars\b", text[figure.start : figure.end], re.IGNORECASE)
    if not (match or dollars or inside) or (figure.high < 1000 and not dollars):
        return None
    yearly = match and re.match("revenue|profit|salar|of spend|in sales", match["noun"], re.I)
    stop = match.end() if match else figure.end + (dollars.end() if dollars else 0)
    unit = "USD/year" if yearly else "USD"
    words = text[figure.start : stop]
    return Measure(
        figure, figure.start, stop, figure.low, figure.high, unit, "money", "money by name", words
    )


def _share(text: str, figure: Figure, end: int) -> Measure:
    of = _FRACTION_OF.match(text, figure.end, end)
    gdp = of and of["whole"] in ("GDP", "GNP")
    unit = f"fraction of {of['whole']}" if of and gdp else "fraction"
    stop = of.end() if of and gdp else figure.end
    return Measure(
        figure, figure.start, stop, figure.low / 100, figure.high / 100, unit, "share",
        "a percentage", text[figure.start : stop],
    )  # fmt: skip


def _flop(text: str, figure: Figure, end: int) -> Measure | None:
    match = _FLOP.match(text, figure.end, end)
    if not match or not text[figure.end : match.end()].strip():
        return None
    if match["operations"] and figure.high < 1e6:
        return None
    factor = _PREFIX.get((match["prefix"] or "").lower(), 1.0)
    low, high = figure.low * factor, figure.high * factor
    slip = None
    if match["days"]:
        unit, low, high = "FLOP", low * 86_400, high * 86_400
    elif match["second"] or match["rate"]:
        unit = "FLOP/s"
        if high >= 1e18 and _TOTAL.search(text, max(0, figure.start - 80), end):
            unit, slip = "FLOP", "Said “per second” of a total; counted as a total."
    elif match["prefix"] and (high < 1e21):
        unit = "FLOP/s"
    else:
        unit = "FLOP" if high >= 1e19 or match["operations"] else "FLOP/s"
    if match["rate"] and not match["prefix"] and high >= 1e19 and not match["second"]:
        unit = "FLOP"
    words = text[figure.start : match.end()]
    return Measure(
        figure, figure.start, match.end(), low, high, unit, "compute", "operations", words, slip
    )


_TOTAL = re.compile(
    r"\b(?:lifetime|in total|total|training run|to train|over the course|altogether|cumulative)\b",
    re.IGNORECASE,
)


def _model_part(text: str, figure: Figure, end: int) -> Measure | None:
    match = _MODEL_PART.match(text, figure.end, end)
    if not match:
        return None
    name = str(match.lastgroup)
    factor = 1.0
    if match["watts"]:
        name = "watts"
        factor = _PREFIX.get((match["power"] or "").lower(), 1.0)
    words = text[figure.start : match.end()]
    return Measure(
        figure, figure.start, match.end(), figure.low * factor, figure.high * factor, name,
        "compute", "parts of a model", words,
    )  # fmt: skip


def _devices(text: str, figure: Figure, end: int) -> Measure | None:
    match = _DEVICE_AFTER.match(text, figure.end, end)
    if not match:
        return None
    unit, stop = "GPUs", match.end()
    rate = re.match(r"[^.?!]{0,40}?\b(?:per|a|each|every) quarter\b", text[stop : min(end, stop + 60)])
    if rate:
        unit = "GPUs/quarter"
    words = text[figure.start : stop]
    return Measure(
        figure, figure.start, stop, figure.low, figure.high, unit, "compute", "devices", words
    )


def _duration(text: str, figure: Figure, end: int) -> Measure | None:
    match = _DURATION.match(text, figure.end, end)
    if not match or not text[figure.end : match.end()].strip() or figure.bare_year:
        return None
    if _IDIOM.fullmatch(text[figure.start : match.end()]):
        return None
    unit = _time_unit(match["time"])
    low, high = figure.low, figure.high
    if unit in ("decades", "centuries"):
        low, high = low * YEARS_EACH[unit], high * YEARS_EACH[unit]
        unit = "years"
    words = text[figure.start : match.end()]
    return Measure(
        figure, figure.start, match.end(), low, high, unit, "duration", "a unit of time", words
    )


def _physical(text: str, figure: Figure, end: int) -> Measure | None:
    match = _PHYSICAL_WORD.match(text, figure.end, end)
    if not match:
        return None
    words = text[figure.start : match.end()]
    return Measure(
        figure, figure.start, match.end(), figure.low, figure.high,
        _PHYSICAL[match["word"].lower()], "count", "a physical unit", words,
    )  # fmt: skip


def _decades(
    text: str, start: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[Measure]:
    """ "The '90s", "2030s": ten calendar years."""
    for match in _DECADE.finditer(text, start, end):
        if any(match.start() < stop and begin < match.end() for begin, stop in taken):
            continue
        century = match["century"]
        if century is None and not match.group().startswith("the"):
            continue
        first = 100 * (int(century) if century and century.isdigit() else 19) + int(match["tens"])
        numeral = Numeral(match.start(), match.end(), first, first + 9.0, 1.0, "a decade")
        figure = Figure(match.start(), match.end(), first, first + 9.0, "range", "", (numeral,))
        yield _plain(figure, "year", "year", "a decade", text)


def _ratios(text: str, found: list[Measure]) -> list[Measure]:
    """ "One in three" is a share."""
    result: list[Measure] = []
    for measure in sorted(found, key=lambda measure: measure.start):
        last = result[-1] if result else None
        if (
            last
            and last.low == last.high == 1
            and last.dimension == "bare"
            and measure.low == measure.high > 1
            and _RATIO.fullmatch(text[last.figure.end : measure.figure.start])
        ):
            share = 1 / measure.low
            figure = Figure(
                last.start, measure.figure.end, 100 * share, 100 * share, "=", "%",
                (*last.figure.numerals, *measure.figure.numerals),
            )  # fmt: skip
            words = text[last.start : measure.figure.end]
            result[-1] = Measure(
                figure, last.start, measure.figure.end, share, share, "fraction", "share",
                "one in so many", words,
            )  # fmt: skip
            continue
        result.append(measure)
    return result


def _time_unit(word: str) -> str:
    word = word.lower()
    return TIMES.get(word) or TIMES.get(word.removesuffix("s")) or "years"


def _article_durations(
    text: str, start: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[Measure]:
    """ "A year", "half a decade", where the article counts."""
    for match in _ARTICLE_DURATION.finditer(text, start, end):
        if any(match.start() < stop and begin < match.end() for begin, stop in taken):
            continue
        before = text[max(start, match.start() - 16) : match.start()]
        counts = match["half"] or match["half_more"] or match["one"].lower() == "another"
        genuine = _GENUINE_ARTICLE.search(before) or _AFTER_ARTICLE.match(text, match.end(), end)
        if not (counts or genuine) or _is_rate(text, start, match.start()):
            continue
        unit = _time_unit(match["time"])
        if unit in ("seconds", "minutes"):
            continue  # "a second chance", "give me a minute"
        value = (0.5 if match["half"] else 1.0) + (0.5 if match["half_more"] else 0.0)
        if unit in ("decades", "centuries"):
            value, unit = value * YEARS_EACH[unit], "years"
        numeral = Numeral(match.start(), match.end(), value, value, 1.0, "an article")
        figure = Figure(match.start(), match.end(), value, value, "=", "", (numeral,))
        yield Measure(
            figure, match.start(), match.end(), value, value, unit, "duration",
            "an article that counts", match.group(),
        )  # fmt: skip


def _past_and_more(text: str, start: int, end: int) -> Iterator[Measure]:
    """ "The past year and a bit": one and something."""
    shares = {"half": 0.5, "quarter": 0.25, "bit": 0.0}
    for match in _PAST_AND_MORE.finditer(text, start, end):
        begin, stop = match.span("figure")
        more = shares[match["more"].lower()]
        numeral = Numeral(begin, stop, 1.0 + more, 1.0 + more, 1.0, "one and something")
        figure = Figure(
            begin, stop, 1.0 + more, 1.0 + more, ">" if not more else "=", "", (numeral,)
        )
        yield Measure(
            figure, begin, stop, 1.0 + more, 1.0 + more, _time_unit(match["time"]), "duration",
            "a time and something more", match.group(),
        )  # fmt: skip


def _is_rate(text: str, start: int, position: int) -> bool:
    """Whether "a year" belongs to the figure before it, as in "a billion dollars a year"."""
    return bool(
        re.search(
            r"(?:[\d$€£%]\S*|\b(?:dollars|million|billion|thousand|hundred|times|once|twice))"
            r"(?:\s[a-z]+)?\s$",
            text[max(start, position - 24) : position],
        )
    )


def _joined_durations(text: str, found: list[Measure]) -> list[Measure]:
    """ "Six months … or maybe a year": two durations joined by "or" or "to" are a range."""
    result: list[Measure] = []
    for measure in found:
        last = result[-1] if result else None
        if last and last.dimension == measure.dimension == "duration":
            gap = text[last.end : measure.start]
            several = re.fullmatch(r"(?:\s\w+)?,?\s(?:or|to)\s(?:maybe |like |even |perhaps )?", gap)
            if several or (re.fullmatch(r",\s", gap) and last.unit == measure.unit):
                result[-1] = _both(text, last, measure)
                continue
        result.append(measure)
    return result


def _both(text: str, first: Measure, second: Measure) -> Measure:
    factor = YEARS_EACH[second.unit] / YEARS_EACH[first.unit]
    high = second.high * factor
    high = round(high, 6)
    numerals = (*first.figure.numerals, *second.figure.numerals)
    figure = Figure(
        first.figure.start, second.figure.end, first.low, high, "range", "", numerals
    )
    return Measure(
        figure, first.start, second.end, min(first.low, high), max(first.low, high), first.unit,
        "duration", "two durations joined", text[first.start : second.end],
    )  # fmt: skip


def _counted(text: str, position: int, end: int) -> tuple[str, int] | None:
    """The plural noun that is counted and where it ends, within a few words after ``position``."""
    if plus := re.compile(r"\+|\splus,?").match(text, position, end):
        position = plus.end()
    if whole := _OUT_OF.match(text, position, end):
        position = whole.end()
    elif of := _OF.match(text, position, end):
        position = of.end()
    best: tuple[str, int] | None = None
    for _ in range(LONGEST_NOUN_PHRASE):
        match = _WORD.match(text, position, end)
        if not match:
            break
        word = match["word"]
        plain = re.sub(r"[’']s?$", "", word).lower()
        if plain in _STOP:
            break
        if _is_plural(word) and not word.endswith(("'s", "’s")):
            best = word if word[1:2].isupper() else word.lower(), match.end()
        elif best:
            break
        position = match.end()
    return best


def _is_plural(word: str) -> bool:
    if re.fullmatch(r"[A-Z]{2,}s", word):  # "AIs"
        return True
    word = word.lower()
    return word in _IRREGULAR or (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in _NO_PLURALS
    )
