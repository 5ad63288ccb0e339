"""Units of a figure: money, shares, computing, devices, factors, physical sizes.

Each reader looks at the words right after the figure and gives None when they are not its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self

from kb.claims.extraction.figures import CURRENCIES, Figure
from kb.claims.extraction.nouns import with_rate
from kb.claims.extraction.numerals import SCALES

Dimension = Literal["money", "share", "duration", "year", "compute", "multiple", "count", "bare"]

BODIES = frozenset(
    "people companies firms labs employees staff engineers researchers members students "
    "inspectors".split()
)
"""What an organisation has, or is made of."""

PARTS_PER = "parts per million"
ONE_THING_IN = "one thing in so many"
POWER_UNIT = "a unit of power"
A_PERCENTAGE = "a percentage"

PREFIXES = {
    "kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15, "exa": 1e18, "zetta": 1e21,
    "yotta": 1e24,
}  # fmt: skip
LEAST_TOTAL = 1e19
"""FLOP from which a number without "per second" is a total: no machine does so many a second."""
SECONDS_PER_DAY = 86_400

DEVICE = re.compile(
    r"\b(?:GPUs?|TPUs?|(?:H|A|V|B|GB|P|K)[12]00s?|H20s?|H800s?|A800s?|[345]0[6-9]0s?|"
    r"Hoppers?|Blackwells?|Trainiums?(?: [1-9])?|Inferentias?|Gaudis?|"
    r"MI[23][0-9]{2}X?s?|graphics cards?|accelerators|(?:AI )?chips)\b"
)

_RATE = re.compile(
    r"\s*(?:[\w-]+\s){0,3}?(?<!\bin )(?<!\bfor )(?<!\bof )(?<!\bon )"
    r"(?:per|an?|each|every|/)\s?(?P<time>year|month|day|hour|week|quarter|"
    r"annum|employee|person|query|token|million tokens)\b|\s(?P<yearly>annually|yearly|ARR|"
    r"(?:in |of )?(?:annual|yearly|annualized) (?:recurring )?(?:revenues?|sales|profits?|spending|"
    r"run[- ]rate))\b",
    re.IGNORECASE,
)
_RATE_OF_THINGS = re.compile(
    r"\s?(?:(?:per|/)\s?(?:GPU[- ])?(?P<per>hour|minute|unit|user|seat|student|task|paper)"
    r"|(?:\s?/\s?|\b(?:per|an?|each|every)\s)(?P<each>square foot|foot|acre|mile|gallon|"
    r"barrel|pound|kilo|ton|kilowatt[- ]hour|megawatt[- ]hour|kWh|MWh))\b",
    re.IGNORECASE,
)
EVERY_REACH = 100  # characters before a sum in which it is called yearly or monthly
_TIMES = {"ann": "year", "yea": "year", "mon": "month", "qua": "quarter", "wee": "week"}
_EVERY = re.compile(
    r"\b(?P<every>annual|annuali[sz]ed|yearly|monthly|quarterly|weekly) (?:[a-z-]+ ){0,2}?"
    r"(?:revenues?|sales|budgets?|incomes?|profits?|spend(?:ing)?|costs?|caps?|fees?|salar(?:y|ies)|"
    r"wages?|turnover|rates?|run[- ]rates?|payments?|bills?|rents?|burn|deficits?|limits?)"
    r"(?: [a-z-]+){0,8}? (?:of|at|is|was|were|be|to|from|by|reached|hit|exceeds?|than)"
    r"(?: (?:about|around|roughly|nearly|almost|over|like|maybe|just|only|some))*"
    r"(?: [$€£][0-9.,]+ ?[a-z]* to)? $",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\s(?:of\s|in\s)?(?P<noun>(?:venture |seed |total |annual )?"
    r"(?:capital|funding|revenues?|profits?|debt|investments?)|in the bank|valuation|market "
    r"cap(?:italization)?|salary|salaries|of spending|in sales|"
    r"dollars)\b",
    re.IGNORECASE,
)
_YEARLY_SUM = re.compile(r"revenue|profit|salar|of spend|in sales", re.IGNORECASE)
_PAID = re.compile(
    r"\b(?:rais(?:ed?|es|ing)|pa(?:id|ys?|ying)|costs?|spen(?:t|d|ds|ding)|invest(?:ed|s|ing)?|"
    r"valued at|valuation of|worth|revenue of|earned|earns?|made|donat(?:ed?|es|ing)|gave|"
    r"burn(?:ed|s|t|ing)?|budget of)\W+(?:(?:about|around|like|over|almost|nearly|"
    r"roughly|something|you|us|them|him|her|up to|more than|at least|maybe|on the order of|"
    r"close to)\W+)*$",
    re.IGNORECASE,
)
_SLANG = re.compile(r"dollars|\s(?:grand|mil)$", re.IGNORECASE)
_DOLLARS = re.compile(r"\s(?:of\s)?dollars\b", re.IGNORECASE)
_LEAST_UNMARKED_SUM = 1000
_PARTS_PER = re.compile(
    r"\s(?:parts per (?P<scale>(?a:thousand|million|billion|trillion))|ppm)\b", re.IGNORECASE
)
_ECONOMY = re.compile(
    r"\s(?:of|in)\s(?:[A-Za-z’']+\s){0,3}?"
    r"(?P<whole>GDP|GNP)\b",
    re.IGNORECASE,
)
_FLOP = re.compile(
    r"\s*-?(?:of\s)?(?:(?P<prefix>kilo|mega|giga|tera|peta|exa|zetta|yotta)-?)?"
    r"(?:(?P<rate>FLOPS|flop/s|flops?/s)\b|(?P<flop>flops?)\b"
    r"|(?P<operations>(?:floating[- ]point\s)?(?:[a-z]+\s)?(?:operations|ops|calculations|"
    r"computations)))(?P<days>[- ]days?\b)?(?P<second>\s?(?:/s\b|per second\b|a second\b))?",
    re.IGNORECASE,
)
_LEAST_OPERATIONS = 1e6  # fewer "operations" are surgery or business
_TOTAL = re.compile(
    r"\b(?:lifetime|in total|total|training run|to train|over the course|altogether|cumulative)\b",
    re.IGNORECASE,
)
_DEVICE_AFTER = re.compile(
    r"\s(?:of (?:the|those|these|our|their) )?"
    rf"(?:(?!(?:for|on|in|to|with|from|by|at|as|and|or|into|via|about|per)\b)[a-z-]+\s){{0,2}}?(?:{DEVICE.pattern[2:-2]})",
    re.IGNORECASE,
)
_DEVICE_TIME = re.compile(r"[\s-](?P<time>hours?|days?|weeks?|months?|years?)\b", re.IGNORECASE)
_PER_TIME = re.compile(
    r"(?:[^.?!]{0,40}?\b(?:per|a|each|every) (?P<far>quarter)|\s(?:per|an?|each|every) "
    r"(?P<time>year|month|week|day|hour)(?! (?:ago|later|earlier|before|after)\b))\b",
    re.IGNORECASE,
)
_MODEL_PART = re.compile(
    r"[\s-](?:(?P<parameters>(?:dense |active |total )?param(?:eter)?s?)"
    r"|(?P<tokens>(?:training |input |output )?tokens?)|(?P<layers>(?:[a-z-]+ )?layers)"
    r")\b",
    re.IGNORECASE,
)
_SIZED_MODEL = re.compile(
    r"[\s-](?:[a-z-]+\s){0,2}?(?:language |open |base )?models?\b", re.IGNORECASE
)
_SIZE = re.compile(r"(?:[0-9]\s?[Bb]|[bt]rillion|billion)$", re.IGNORECASE)
_CONTEXT = re.compile(r"[\s-](?:token )?context\b(?:[\s-](?:window|length)s?)?", re.IGNORECASE)
_LEAST_CONTEXT = 1000
_SYMBOLS = {
    "": "", "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "k": "k", "m": "M", "g": "G",
    "t": "T",
}  # fmt: skip
_POWER = re.compile(
    r"[\s-]?(?:(?P<prefix>(?:kilo|mega|giga|tera)?)watts?\b(?P<hours>[\s-]hours?\b)?"
    r"|(?P<letters>(?P<symbol>[kMGT])Wh?)\b)"
)
_PHYSICAL = {
    "foot": "feet", "feet": "feet", "inch": "inches", "inche": "inches", "mile": "miles",
    "meter": "meters", "metre": "meters", "kilometer": "kilometers", "kilogram": "kilograms",
    "kilo": "kilograms", "kg": "kilograms", "pound": "pounds", "ton": "tons", "tonne": "tons",
    "degree": "degrees", "acre": "acres", "gram": "grams", "liter": "liters", "volt": "volts",
}  # fmt: skip
_PHYSICAL_WORD = re.compile(
    rf"[\s-](?P<kind>square |cubic )?(?P<word>(?a:{'|'.join(_PHYSICAL)}))s?\b(?! of freedom)"
    rf"(?P<more>\s(?:per hour|an hour|per second|Fahrenheit|Celsius)\b)?",
    re.IGNORECASE,
)


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

    @classmethod
    def of(
        cls,
        text: str,
        figure: Figure,
        end: int,
        unit: str,
        dimension: Dimension,
        rule: str,
        factor: float = 1.0,
    ) -> Self:
        """The figure times ``factor`` in a unit whose words end at ``end``."""
        return cls(
            figure, figure.start, end, exact(figure.low * factor), exact(figure.high * factor),
            unit, dimension, rule, text[figure.start : end],
        )  # fmt: skip

    @property
    def single(self) -> bool:
        return self.low == self.high

    @property
    def form(self) -> str:
        """How its first number was said."""
        return self.figure.numerals[0].form


def exact(value: float) -> float:
    """Without the noise of binary fractions: 70 % is 0.7."""
    return float(f"{value:.12g}")


UnitReader = Callable[[str, Figure, int], Measure | None]
"""Reads the unit of a figure in ``text[:end]``."""


def money(text: str, figure: Figure, end: int) -> Measure | None:
    """A figure with the sign or the name of a currency, with the rate that follows."""
    if figure.mark not in CURRENCIES:
        return None
    unit, stop = figure.mark, figure.end
    every = _EVERY.search(text, max(0, figure.start - EVERY_REACH), figure.start)
    if rate := _RATE.match(text, figure.end, end):
        each = "year" if rate["yearly"] else rate["time"].lower().replace("annum", "year")
        unit, stop = f"{unit}/{each}", rate.end()
    elif rate := _RATE_OF_THINGS.match(text, figure.end, end):
        unit, stop = f"{unit}/{(rate['per'] or rate['each']).lower()}", rate.end()
    elif every:
        unit = f"{unit}/{_TIMES[every['every'].lower()[:3]]}"
    return Measure.of(text, figure, stop, unit, "money", "a currency")


def unmarked_money(text: str, figure: Figure, end: int) -> Measure | None:
    """“Tens of billions of capital”, "hundreds of billions in revenue": dollars, understood."""
    noun = _SUM.match(text, figure.end, end)
    dollars = _DOLLARS.match(text, figure.end, end)
    nothing_follows = not re.match(r"[\s-][A-Za-z]*(?:s|hours?)\b", text[figure.end : end][:24])
    paid = nothing_follows and _PAID.search(text, max(0, figure.start - 40), figure.start)
    inside = _SLANG.search(text, figure.start, figure.end)
    small = figure.high < _LEAST_UNMARKED_SUM and not dollars
    if small or figure.bare_year or not (noun or dollars or inside or paid):
        return None
    yearly = bool(noun and _YEARLY_SUM.match(noun["noun"]))
    found = noun or dollars
    stop = found.end() if found else figure.end
    rate = _RATE.match(text, stop, end)
    stop = rate.end() if rate else stop
    yearly = yearly or bool(rate and (rate["yearly"] or rate["time"].lower() == "year"))
    unit = "USD/year" if yearly else "USD"
    return Measure.of(text, figure, stop, unit, "money", "money by name")


def share(text: str, figure: Figure, end: int) -> Measure | None:
    """A percentage, as a fraction; of the economy, when that is said."""
    if parts := _PARTS_PER.match(text, figure.end, end):
        each = 1 / SCALES[(parts["scale"] or "million").lower()]
        return Measure.of(text, figure, parts.end(), "fraction", "share", PARTS_PER, each)
    if figure.mark != "%":
        return None
    economy = _ECONOMY.match(text, figure.end, end)
    unit = f"fraction of {economy['whole'].upper()}" if economy else "fraction"
    stop = economy.end() if economy else figure.end
    if not economy:
        unit, stop = with_rate(text, (unit, stop), end)
    return Measure.of(text, figure, stop, unit, "share", A_PERCENTAGE, 0.01)


def multiple(text: str, figure: Figure, end: int) -> Measure | None:
    """A factor: "100x", "ten times cheaper", "three orders of magnitude"."""
    del end
    if figure.mark != "x":
        return None
    return Measure.of(text, figure, figure.end, "x", "multiple", "a factor")


def flop(text: str, figure: Figure, end: int) -> Measure | None:
    """Operations, or operations per second. A total that is called "per second" gets a note."""
    match = _FLOP.match(text, figure.end, end)
    if not match or not match.group().strip():
        return None
    if match["operations"] and figure.high < _LEAST_OPERATIONS:
        return None
    factor = PREFIXES.get((match["prefix"] or "").lower(), 1.0)
    if match["days"]:
        return Measure.of(
            text, figure, match.end(), "FLOP", "compute", "operations", factor * SECONDS_PER_DAY
        )
    most = figure.high * factor
    rate = bool(match["second"] or (match["rate"] and (match["prefix"] or most < LEAST_TOTAL)))
    rate = rate or (most < LEAST_TOTAL and not match["operations"])
    total = rate and most >= LEAST_TOTAL / 10 and _near_total(text, figure, end)
    unit, stop = ("FLOP/s", match.end()) if rate and not total else ("FLOP", match.end())
    if unit == "FLOP" and not total:
        unit, stop = with_rate(text, (unit, stop), end)
    measure = Measure.of(text, figure, stop, unit, "compute", "operations", factor)
    if not total:
        return measure
    slip = "Said “per second” of a total; counted as a total."
    return Measure(
        figure, measure.start, measure.end, measure.low, measure.high, unit, "compute",
        "operations", measure.words, slip,
    )  # fmt: skip


def _near_total(text: str, figure: Figure, end: int) -> bool:
    start, stop = max(0, figure.start - 80), min(end, figure.end + 300)
    return bool(_TOTAL.search(text, start, stop))


def model_part(text: str, figure: Figure, end: int) -> Measure | None:
    """Parameters, tokens and layers."""
    rule = "parts of a model"
    if match := _MODEL_PART.match(text, figure.end, end):
        unit, stop = with_rate(text, (str(match.lastgroup), match.end()), end)
        return Measure.of(text, figure, stop, unit, "compute", rule)
    context = _CONTEXT.match(text, figure.end, end)
    if context and figure.low >= _LEAST_CONTEXT:
        return Measure.of(text, figure, context.end(), "tokens", "compute", rule)
    model = _SIZED_MODEL.match(text, figure.end, end)
    if model and not figure.mark and _SIZE.search(text, figure.start, figure.end):
        return Measure.of(text, figure, model.end(), "parameters", "compute", rule)
    return None


def devices(text: str, figure: Figure, end: int) -> Measure | None:
    """GPUs and their like, also by the name of a model."""
    match = _DEVICE_AFTER.match(text, figure.end, end)
    if not match:
        return None
    if time := _DEVICE_TIME.match(text, match.end(), end):
        unit = f"GPU-{time['time'].lower().removesuffix('s')}s"
        return Measure.of(text, figure, time.end(), unit, "compute", "time on devices")
    rate = _PER_TIME.match(text, match.end(), end)
    unit = f"GPUs/{(rate['far'] or rate['time']).lower()}" if rate else "GPUs"
    return Measure.of(text, figure, match.end(), unit, "compute", "devices")


def power(text: str, figure: Figure, end: int) -> Measure | None:
    """Electric power and energy, in the unit that is said: MW, GW, TWh."""
    match = _POWER.match(text, figure.end, end)
    if not match:
        return None
    prefix = _SYMBOLS[(match["prefix"] or match["symbol"] or "").lower()]
    hours = "h" if match["hours"] or (match["letters"] or "").endswith("h") else ""
    unit = f"{prefix}W{hours}"
    return Measure.of(text, figure, match.end(), unit, "count", POWER_UNIT)


def physical(text: str, figure: Figure, end: int) -> Measure | None:
    """Lengths, weights and the like, in the plural of their unit."""
    match = _PHYSICAL_WORD.match(text, figure.end, end)
    if not match:
        return None
    more = (match["more"] or "").replace(" an hour", " per hour")
    unit = f"{(match['kind'] or '').lower()}{_PHYSICAL[match['word'].lower()]}{more}"
    return Measure.of(text, figure, match.end(), unit, "count", "a physical unit")
