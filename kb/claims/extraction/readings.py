"""From a measure in its sentence to a claim's kind, value and years; or to nothing.

Each reader knows one dimension. It gives None for figures that claim nothing: enumerations,
suppositions, idioms, and years that only frame the present.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kb.claims.extraction.stance import Stance
from kb.claims.extraction.statements import Statement
from kb.claims.extraction.times import Placed, placed
from kb.claims.extraction.units import DEVICE, Dimension, Measure
from kb.types import ClaimKind

MOST_ENUMERATED = 9
"""Numbers in words up to this one mostly enumerate ("three reasons"), unless something says more."""

_CHANCE = re.compile(
    r"\b(?:chances?|probab\w*|likel(?:y|ihood)|unlikely|odds|p\(?doom\)?|credence|confidence|"
    r"risk of|survival|percent on)\b",
    re.IGNORECASE,
)
_SURE = re.compile(r"\s(?:\w+\s)?(?:sure|certain|confident|convinced)\b", re.IGNORECASE)
_FORETOLD = ("AGI", "superintelligence", "AI catastrophe", "takeoff", "alignment solved")
_SHARE_OF = re.compile(
    r"\s(?:of|in) (?:the |our |their |your |its |all |us |my |what |people|every)?(?!this|that|it\b|\w+ing\b)[a-z]+",
    re.IGNORECASE,
)
_ON_IT = re.compile(
    r"\s(?:on (?:it|that|this|AGI|us)|by|for (?:[0-9]+|it|that)|toast|doom\w*|dead|extinct)\b",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"\s?(?:sure|certain\w*|obvious|agree\w*|true|right|correct|clear|there|honest|committed|focused|"
    r"behind|on board|[.!,]?$|yes|yeah|the same)",
    re.IGNORECASE,
)
_COMPUTING = re.compile(
    r"\b(?:compute|FLOPs?|flops|floating|operations|GPUs?|TPUs?|training runs?|H100s?|A100s?|hardware|"
    r"orders of magnitude|algorithm\w*|parameters?|chips?|graphics cards?|supercomputers?|Moore)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(r"\b(?:network|transformer|model|neural|architecture|deep)s?\b", re.IGNORECASE)
_FORECAST = re.compile(
    r"\b(?:predict\w*|forecast\w*|median|timelines?|expect\w*|by|before|until|projected|will|going to|"
    r"gonna|would have said|target\w*|planned)\b|[’']ll\b",
    re.IGNORECASE,
)
_FORECASTING = re.compile(
    r"\b(?:predict\w*|forecast\w*|median|timelines?|would have said)\b", re.IGNORECASE
)
_ENUMERATED = frozenset(
    "things ways reasons questions points parts kinds types sorts categories classes factors options "
    "explanations ideas steps issues problems arguments examples cases aspects components sides "
    "worlds hypotheses paths directions words sentences topics levels forms parties halves pieces "
    "fallacies responses approaches concepts notions claims answers comments thoughts scenarios "
    "possibilities properties features elements stages phases principles axes dimensions lines "
    "stories versions threads remarks perspectives views sub-questions minds hands eyes experiments "
    "conditions criteria buckets methods strategies tracks modes layers sets pairs areas conclusions "
    "mistakes strands senses respects counts fronts goals objectives key takeaways lessons "
    "proposals angles kids guys folks hunters".split()
)
_PEOPLE_AND_PLANS = re.compile(
    r"\b(?:other|different|separate|main|big|key|major|possible|distinct)\b", re.IGNORECASE
)
_OF_THEM = re.compile(
    r"\s(?:of (?:them|these|those|us|which)|went|were|are|have|did|left|joined|of whom)\b"
)
_SINCE = re.compile(r"\b(?:since|back in|ever since)\W+(?:like\W+)?$", re.IGNORECASE)
_HORIZON_YEAR = re.compile(
    r"\b(?:by|before|for|in|until|within|out to)\W+(?:(?:like|the year|about|around|end of)\W+)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure claims. ``low`` and ``high`` are None for a date without a figure."""

    kind: ClaimKind
    rule: str
    words: str
    unit: str
    low: float | None
    high: float | None
    year_low: int | None = None
    year_high: int | None = None
    event_year: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reader may look at besides the measure: its sentence, its stance, its neighbours."""

    statement: Statement
    stance: Stance
    others: Sequence[Measure]

    @property
    def text(self) -> str:
        return self.statement.document.text

    @property
    def span(self) -> tuple[int, int]:
        return self.statement.start, self.statement.end

    def before(self, measure: Measure, characters: int = 48) -> str:
        return self.text[max(self.statement.start, measure.start - characters) : measure.start]

    def after(self, measure: Measure, characters: int = 48) -> str:
        return self.text[measure.end : min(self.statement.end, measure.end + characters)]

    def near(self) -> str:
        """The sentence, those before it, and the heading."""
        return f"{self.statement.heading} {self.statement.before} {self.statement.text}"

    def is_forecast(self) -> bool:
        """Whether the sentence tells when something is expected of which forecasts are made."""
        return self.statement.topic is not None and (
            self.statement.answers_when or bool(_FORECASTING.search(self.near()))
        )


Reader = Callable[[Measure, Surroundings], Reading | None]


def read(measure: Measure, around: Surroundings) -> Reading | None:
    """The claim that a measure makes where it stands, or None."""
    if around.stance.supposed:
        return None
    reading = _READERS[measure.dimension](measure, around)
    if reading is None or (reading.kind in _NO_PREMISES and _made_up(reading, around)):
        return None
    if reading.kind in ("quantity", "compute") and reading.event_year is None:
        reading = replace(reading, event_year=_year_of(measure, around))
    return _within_years(reading, measure, around)


_NO_PREMISES = ("money", "quantity", "compute", "event")


def _made_up(reading: Reading, around: Surroundings) -> bool:
    """Whether the figure is the premise of an "if", or what somebody merely wants."""
    wished = around.stance.wished and reading.kind in ("money", "quantity")
    return around.stance.premise or wished


def _reading(kind: ClaimKind, rule: str, measure: Measure, **fields: object) -> Reading:
    plain = Reading(
        kind, rule, measure.words, measure.unit, measure.low, measure.high, note=measure.slip
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def _money(measure: Measure, around: Surroundings) -> Reading | None:
    return _reading("money", "a sum of money", measure, event_year=_year_of(measure, around))


_NOW = re.compile(
    r"\b(?:now|today|currently|these days|(?:has|have) (?:just |recently )?raised|raises|announced)\b",
    re.IGNORECASE,
)


def _year_of(measure: Measure, around: Surroundings) -> int | None:
    """The year that a sum is said to be of: "in 2019", "five years ago", "now"."""
    for other in around.others:
        near = measure.end <= other.start <= measure.end + 60
        if near and other.dimension == "year" and other.low == other.high:
            return int(other.low)
        if near and other.dimension == "duration":
            place = placed(around.text, around.span, other, around.statement.year)
            if place.relation == "ago":
                return place.event_year
    sums = measure.dimension == "money" and _NOW.search(around.statement.text)
    return around.statement.year if sums else None


def _share(measure: Measure, around: Surroundings) -> Reading | None:
    after, before = around.after(measure), around.before(measure, 120)
    chance = _CHANCE.search(around.statement.text)
    if measure.unit.startswith("fraction of"):
        return _reading("money", "a share of the economy", measure, unit=measure.unit)
    if measure.low == measure.high == 1 and _EMPHASIS.match(after) and not chance_of(around):
        return None
    called = re.match(r"\s(?:chance|probab|likel|odds|risk)", after, re.IGNORECASE)
    if called or _SURE.match(after):
        return _reading("probability", "a percentage called a chance", measure, unit="probability")
    if _SHARE_OF.match(after) and not re.search(r"probab|chance|odds", before[-40:]):
        return _reading("quantity", "a share of something", measure)
    by_year = _ON_IT.match(after) and around.statement.topic
    if chance or by_year:
        words = chance.group() if chance else after.split()[0]
        return _reading(
            "probability",
            "a percentage beside words of chance",
            measure,
            unit="probability",
            words=words,
        )
    earlier = f"{around.statement.asked} {around.statement.before}"
    if around.statement.topic in _FORETOLD and (
        _CHANCE.search(earlier) or "%" in earlier or _CHANCE.search(around.statement.heading)
    ):
        return _reading(
            "probability", "a percentage where chances are discussed", measure, unit="probability"
        )
    return _reading("quantity", "a percentage", measure)


def chance_of(around: Surroundings) -> bool:
    """Whether the talk is of the chance of something, in the sentence or just before it."""
    earlier = f"{around.statement.asked} {around.statement.before}"
    return bool("%" in earlier and around.statement.topic)


def _duration(measure: Measure, around: Surroundings) -> Reading | None:
    if devices := _device_time(measure, around):
        return devices
    place = placed(around.text, around.span, measure, around.statement.year)
    if measure.unit in _CLOCK and place.relation != "plain":
        return None  # "in ten minutes", "the last 20 minutes": about the talk itself
    if re.match(r"[\s-]old\b", around.after(measure)):
        return _reading("quantity", "an age", measure)
    said = {"words": place.words or measure.words}
    if place.relation in ("ago", "lasting", "later"):
        if (
            measure.low == measure.high == 1
            and measure.figure.numerals[0].form == "an article"
            and place.relation == "lasting"
        ):
            return None
        return _placed("event", f"time {place.relation}", measure, place, **said)
    if place.relation == "ahead":
        return _placed("timeline", "time ahead", measure, place, **said)
    if around.stance.premise and around.statement.topic is None:
        return None
    long = measure.unit in ("weeks", "months", "years")
    topical = around.statement.topic in ("takeoff", "alignment solved") and around.stance.hedge
    if long and (around.is_forecast() or topical):
        return _placed(
            "timeline", "a duration where forecasts are discussed", measure, place, **said
        )
    if around.stance.premise and around.statement.topic:
        return _placed("timeline", "a duration on which a forecast depends", measure, place, **said)
    return _reading("quantity", "a duration", measure)


def _placed(kind: ClaimKind, rule: str, measure: Measure, place: Placed, **said: str) -> Reading:
    return _reading(
        kind, rule, measure, year_low=place.year_low, year_high=place.year_high,
        event_year=place.event_year, **said,
    )  # fmt: skip


_CLOCK = ("seconds", "minutes")
_USES_DEVICE = re.compile(
    r"\b(?:for|in|over|takes?|took|within|of)\W+(?:\w+\W+){0,4}$", re.IGNORECASE
)
_THESE = re.compile(r"\b(?:of them|of these|of those|one of)\b", re.IGNORECASE)
_GPU_TIMES = {
    "hours": "GPU-hours",
    "days": "GPU-days",
    "months": "GPU-months",
    "years": "GPU-years",
    "weeks": "GPU-weeks",
}


def _device_time(measure: Measure, around: Surroundings) -> Reading | None:
    """ "One 4090 for three hours": the time that devices work."""
    unit = _GPU_TIMES.get(measure.unit)
    sentence = around.statement.text
    device = DEVICE.search(sentence) or re.search(r"\b[1-9]0[6-9]0s?\b", sentence)
    these = _THESE.search(sentence) and DEVICE.search(around.statement.recent)
    if not unit or not (device or these) or not _USES_DEVICE.search(around.before(measure)):
        return None
    if re.search(
        r"\b(?:next|past|last|ago)\b", around.before(measure, 16) + around.after(measure, 8)
    ):
        return None
    count = _device_count(measure, around)
    words = device.group() if device else "of them"
    return _reading(
        "compute", "time on devices", measure, unit=unit, words=words,
        low=measure.low * count, high=measure.high * count,
    )  # fmt: skip


def _device_count(measure: Measure, around: Surroundings) -> float:
    for other in around.others:
        if other.start < measure.start and other.low == other.high:
            of_them = re.match(
                r"\sof (?:them|these|those)\b", around.text[other.end : other.end + 12]
            )
            if other.unit == "GPUs" or (other.dimension == "bare" and of_them):
                return other.low
    return 1.0


def _year(measure: Measure, around: Surroundings) -> Reading | None:
    low, high = int(measure.low), int(measure.high)
    now = around.statement.year
    years = {"event_year": low} if low == high else {"year_low": low, "year_high": high}
    if around.stance.premise and not around.is_forecast():
        return None
    if _SINCE.search(around.before(measure, 16)):
        return _reading("event", "a year since which", measure, **years)
    ahead = now is not None and high > now
    if ahead or (
        now is None and _FORECAST.search(around.statement.text) and around.statement.topic
    ):
        return _reading("timeline", "a year to come", measure, **years)
    if around.is_forecast() and (
        _FORECASTING.search(around.statement.text) or len(around.statement.text.split()) <= 8
    ):
        return _reading("timeline", "a year where forecasts are discussed", measure, **years)
    if low == high == now:
        return None
    return _reading("event", "a year that is past", measure, **years)


def _compute(measure: Measure, around: Surroundings) -> Reading | None:
    if measure.unit == "layers" and not _MODEL.search(around.near()):
        return _reading("quantity", "things that are counted", measure)
    one_of_many = measure.high == 1 and measure.unit not in ("GPUs", "FLOP", "FLOP/s")
    return None if one_of_many else _reading("compute", "a unit of computing", measure)


def _multiple(measure: Measure, around: Surroundings) -> Reading | None:
    if around.stance.negation:
        return None
    recent = around.statement.text + around.statement.before * ("order" in measure.words)
    computing = _COMPUTING.search(recent)
    kind: ClaimKind = "compute" if computing and "FLOP" not in measure.unit else "quantity"
    return _reading(kind, "a factor", measure)


def _count(measure: Measure, around: Surroundings) -> Reading | None:
    if around.stance.negation and measure.figure.comparator in ("=", "~"):
        return None
    if measure.unit in _ENUMERATED and measure.low <= MOST_ENUMERATED:
        return None
    if re.search(r"\bout of\s(?:the\s)?$", around.before(measure)):
        return None
    if re.search(r"\blet[’']?s say\W*$", around.before(measure), re.IGNORECASE):
        return None
    in_words = measure.figure.numerals[0].form in ("number words", "a couple")
    if in_words and measure.high <= MOST_ENUMERATED and not _tells_more(measure, around):
        return None
    return _reading("quantity", "things that are counted", measure)


def _tells_more(measure: Measure, around: Surroundings) -> bool:
    """Whether a small number in words is told as a finding: bounded, of a whole, or a range."""
    before = around.before(measure, 12)
    bounds = ("<", ">") if measure.high == 1 else ("<", ">", "~", "range")
    return (
        measure.figure.comparator in bounds
        or "out of" in around.text[measure.figure.end : measure.end]
        or bool(re.search(r"\bof (?:the|those|these) $", before))
    )


def _bare(measure: Measure, around: Surroundings) -> Reading | None:
    figure = measure.figure
    statement = around.statement
    if figure.numerals[0].form in ("power of ten", "scientific") and _COMPUTING.search(
        around.near()
    ):
        unit = "FLOP" if measure.high >= 1e19 else "FLOP/s"
        note = (
            f"Said without a unit; its size is that of {'a total' if unit == 'FLOP' else 'a rate'}."
        )
        return _reading(
            "compute", "a power of ten where compute is discussed", measure, unit=unit, note=note
        )
    short = len(statement.text.split()) <= 9
    if short and "%" in statement.asked and 1 <= measure.high <= 100 and statement.topic:
        return _reading("probability", "a number that answers a percentage", measure, unit="probability",
                        low=measure.low / 100, high=measure.high / 100)  # fmt: skip
    if (
        short
        and around.is_forecast()
        and measure.low >= 2
        and measure.high <= 200
        and figure.comparator == "range"
    ):
        each = replace(measure, unit="years")
        place = placed(around.text, around.span, each, statement.year)
        if place.relation == "plain" and statement.year:
            place = replace(
                place,
                year_low=int(statement.year + measure.low),
                year_high=int(statement.year + measure.high),
            )
        return _placed("timeline", "a range that answers a question for a time", each, place)
    if last := _duration_just_before(measure, around):
        each = replace(measure, unit=last.unit, dimension="duration")
        return _duration(each, around)
    if _OF_THEM.match(around.text, measure.end) and (whole := _earlier_count(measure, around)):
        return _reading("quantity", "some of what was counted before", measure, unit=whole.unit)
    if measure.high >= 1000 and figure.numerals[0].scale > 1 and DEVICE.search(around.near()):
        return _reading("compute", "a number where devices are counted", measure, unit="GPUs")
    return None


def _duration_just_before(measure: Measure, around: Surroundings) -> Measure | None:
    """ "Three years, possibly five to 10": the unit is that of the duration before."""
    for other in around.others:
        gap = around.text[other.end : measure.start]
        if other.dimension == "duration" and re.fullmatch(
            r",?\s(?:(?:possibly|maybe|or|perhaps|even|more like|like|probably),?\s)+", gap
        ):
            return other
    return None


def _earlier_count(measure: Measure, around: Surroundings) -> Measure | None:
    counts = [m for m in around.others if m.dimension == "count" and m.end <= measure.start]
    return counts[-1] if counts and counts[-1].high >= measure.high else None


def _within_years(reading: Reading, measure: Measure, around: Surroundings) -> Reading:
    """A probability with the year, or the span of years, within which it holds."""
    if reading.kind != "probability":
        return reading
    for other in around.others:
        before = around.text[max(around.statement.start, other.start - 24) : other.start]
        if other.dimension == "year" and _HORIZON_YEAR.search(before):
            year = int(other.high)
            return replace(reading, event_year=year, year_high=year)
        if other.dimension == "duration":
            place = placed(around.text, around.span, other, around.statement.year)
            for_years = re.search(r"\bfor\s$", before) and other.unit in ("years", "months")
            if place.relation == "ahead" or for_years:
                year_high = place.year_high or place.event_year
                if year_high is None and around.statement.year and other.unit == "years":
                    year_high = around.statement.year + int(other.high)
                return replace(reading, year_high=year_high)
    return reading


_READERS: dict[Dimension, Reader] = {
    "money": _money,
    "share": _share,
    "duration": _duration,
    "year": _year,
    "compute": _compute,
    "multiple": _multiple,
    "count": _count,
    "bare": _bare,
}
