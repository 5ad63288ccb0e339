"""From a measure in its sentence to the claim that it makes, or to nothing.

Figures that claim nothing are enumerations, suppositions, wishes, idioms, and years that only
frame the present.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.claims.extraction.chances import read_bare_chance, read_share
from kb.claims.extraction.elliptic import read_elliptic
from kb.claims.extraction.eras import NEAR
from kb.claims.extraction.horizons import at_a_chance, within_years
from kb.claims.extraction.moments import read_bare_duration, read_duration, read_year
from kb.claims.extraction.nouns import rate_after
from kb.claims.extraction.parts import is_a_whole, read_part
from kb.claims.extraction.reading import Reader, Reading, Surroundings
from kb.claims.extraction.units import BODIES, DEVICE, LEAST_TOTAL, POWER_UNIT, Dimension, Measure
from kb.types import ClaimKind

MOST_ENUMERATED = 9
"""Numbers in words up to this one mostly enumerate ("three reasons"), unless more is said."""
MONEY_REACH = 250  # characters before a sentence in which sums of money are told
LEAST_MODEL = 1e6  # parameters
FEWEST_EACH = 10  # a smaller number a day is a dose or a habit
LEAST_MODEL_BILLIONS = 1e8  # parameters of a model that is called by its size
LEAST_TRAINING = 1e22  # FLOP; no other number of such a size is told where models are
LEAST_BARE_SUM = 1e5  # a smaller number without a unit is hardly a sum of dollars
YEAR_REACH = 60  # characters after a figure in which the year stands that it is of

_COMPUTING = re.compile(
    r"\b(?:compute|FLOPs?|flops|floating|operations|GPUs?|TPUs?|training runs?|H100s?|A100s?|"
    r"hardware|orders of magnitude|algorithm\w*|parameters?|chips?|graphics cards?|"
    r"supercomputers?|Moore)\b",
    re.IGNORECASE,
)
_WORD_FORMS = ("number words", "scale and more", "a and scale")
_EACH = re.compile(r"\s(?:an?|per|every|each)\s(?P<time>year|quarter|month)\b", re.IGNORECASE)
_AS_LONG = re.compile(r"\s(?:as (?:long|old|young|late)|longer|shorter|older|younger)\b")
_TRAINING = re.compile(
    r"\b(?:models?|train(?:ed|ing)?|GPT|generation|thresholds?|scal(?:e|ing))\b", re.IGNORECASE
)
_MODEL = re.compile(r"\b(?:networks?|transformers?|neural|attention|perceptrons?)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:now (?:costs?|is|are|sells?|goes)|today|currently|these days|(?:has|have) (?:just |"
    r"recently )?raised|raises|"
    r"announced)\b",
    re.IGNORECASE,
)
_ENUMERATED = frozenset(
    "things ways reasons questions points parts kinds types sorts categories classes factors "
    "options explanations ideas steps issues problems arguments examples cases aspects components "
    "sides worlds hypotheses paths directions words sentences topics levels forms parties halves "
    "pieces fallacies responses approaches concepts notions claims answers comments thoughts "
    "scenarios possibilities properties features elements stages phases principles axes "
    "dimensions lines stories versions threads remarks perspectives views sub-questions minds "
    "hands eyes experiments conditions criteria buckets methods strategies tracks modes layers "
    "sets pairs areas camps groups conclusions mistakes strands senses respects counts fronts "
    "goals objectives trends themes challenges barriers schools forces drivers pillars "
    "key routes avenues takeaways lessons proposals angles kids guys folks hunters".split()
)
_FIGURES_OF_SPEECH = frozenset(
    "ways things times options reasons possibilities questions examples".split()
)
_ANY_NUMBER_OF = frozenset("things reasons ways".split())
_STATED = re.compile(
    r"\b(?:(?:committee|team|group|board|crew)(?:[’']s| is| was| has)|there(?:[’']s| are| were)|"
    r"(?:we|they)(?:[’']ve got|[’']re| have| had| were| are)|"
    r"which(?:,? (?:at (?:that|this|the) (?:point|time)|back then|then),?)? (?:is|was))"
    r"\W+(?:(?:only|about|maybe|like|just|basically|exactly|now|still|um|uh|I want to say)\W+)*$",
    re.IGNORECASE,
)
_OWNS = re.compile(
    r"\b(?:we|they|he|she|it|you)(?:[’'](?:ve|s) got| (?:currently |now )?(?:have|has|had|own|owns|"
    r"run|runs|operate|operates))\W+(?:(?:about|like|just|only|now)\W+)*$",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(r"(?<=days|ings|ghts|imes)\sin a row\b")
_ONLY = re.compile(
    r"(?P<there>\bthere(?:[’']s| is| are| was| were) (?:\w+ )?)?(?<!not )\bonly\W+"
    r"(?:(?:like|about|maybe)\W+)?$",
    re.IGNORECASE,
)
_PROVERBIAL = re.compile(r"[\s-]questions?\b")  # "the million dollar question"
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|maybe|perhaps|probably|something like|some|"
    r"I want to say|let me count)\W+(?:\w+\W+){0,2}$|\bbasically\W+$",
    re.IGNORECASE,
)
_AT_PRESENT = re.compile(r"\s(?:right )?(?:now|today|currently|at the moment)\b(?! \w+ing\b)")
_NEXT_CLAUSE = re.compile(
    r"[,;:—]\s(?:so|but|then|and then|and (?:by|in)|which|because)\b|;\s|"
    r"\sand (?:I|you|he|she|it|we|they)\b"
)
_OUT_OF = re.compile(r"\bout of\s(?:the\s)?$")
_OPENS_OUT_OF = re.compile(
    r"(?:^|[,;:]\s|\b(?:that|so|and|but)\s)out of\s(?:the\s)?$", re.IGNORECASE
)
_LIKENED = re.compile(
    r"\b(?:they|you|we|it)(?:[’'](?:re|s)| are| is| were| was) like\s$", re.IGNORECASE
)
_OF_THE = re.compile(r"\bof (?:the|those|these) $")
_PARAMETERS = re.compile(r"\bparam(?:eter)?s?\b", re.IGNORECASE)
_SIZE = re.compile(r"[0-9][Bb]$")
_MODELS = re.compile(r"\b(?:models?|LLMs?|Llamas?|checkpoints?|open[- ]weights?)\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£][0-9]|\b(?:dollars|bucks|pounds|euros)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\s?(?:[.,;!?…—]|$)|\s(?:a year|per year|total|before|in|for|if|all|"
    r"(?:this|last|next) (?:year|quarter|month)|"
    r"on (?:it|that|this|compute|training|salaries|chips|rent|hardware))\b"
)
_SPENDING = re.compile(
    r"\b(?:budget|costs?|spen[dt]\w*|salar\w+|earn\w*|cheques?|interest|revenue|fund(?:ing|ed)|grants?|paid|pays?|worth)\b",
    re.IGNORECASE,
)
_UNEXPECTED = re.compile(
    r"\b(?:nobody|no one|none of (?:us|them|you)|hardly anybody|hardly anyone) (?:ever |really )?"
    r"(?:thought|expected|predicted|imagined|believed|guessed|dreamed|dreamt|foresaw)\b"
    r"[^.?!;,]{0,40}?(?:\b(?:would|could|might|was going to|to)\b|[’']d\b)[^.?!;,]{0,60}$",
    re.IGNORECASE,
)  # what nobody expected may well be so
_RULES = re.compile(
    r"\b(?:rules?|laws?|acts?|regulations?|bills?|treaty|treaties|directives?|statutes?|"
    r"legislation)\b(?:(?!\bI\b)[^?;])*\b(?:say|says|said|states?|provides?)\b"
    r"[^?;]{0,60}?\b(?:if|when|once)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:have to|has to|must|need to|needs to|(?:are|is) (?:obliged|required|allowed|forbidden)|"
    r"may not|shall)\b",
    re.IGNORECASE,
)
_IN_OR_BY = re.compile(r"(?:\b[Ii]n|\b[Bb]y|\b[Aa]s of)\W+(?:like\W+)?$")
_ILLUSTRATED = re.compile(r"\blet[’']?s say\W*$", re.IGNORECASE)
# "A million types of data" counts nothing, nor does "a hundred different tests".
_HYPERBOLE = re.compile(
    r"an? (?:hundred|thousand|million|billion) (?:(?:and one |different |other )|"
    r"(?:types?|kinds?|sorts?|ways|reasons|things)\b)",
    re.IGNORECASE,
)
_EIGHTY, _TWENTY = (rf"\b{word} ?(?:%|per ?cent\b)" for word in ("(?:80|eighty)", "(?:20|twenty)"))
_PARETO = re.compile(
    rf"{_EIGHTY}[^.?!]{{0,40}}\b(?:with|from|for|in|by) (?:the |only )*{_TWENTY}"
    rf"|{_TWENTY}[^.?!,]{{0,40}}{_EIGHTY}",
    re.IGNORECASE,
)
_OR_WHATEVER = re.compile(r"(?: \w+)? or whatever (?:the|it|that|number|amount)\b", re.IGNORECASE)
_NEVER_A_PREMISE = ("money", "quantity", "compute", "event")
"""Kinds that an "if" only supposes; forecasts and chances are told conditionally."""


def read(measure: Measure, around: Surroundings) -> Reading | None:
    """The claim that a measure makes where it stands, or None."""
    if around.stance.supposed:
        return None
    reading = _READERS[measure.dimension](measure, around)
    if reading is None or _is_made_up(reading, measure, around):
        return None
    if reading.kind == "quantity" and _is_said_for_effect(measure, around):
        return None
    if reading.kind == "probability":
        return within_years(reading, measure, around)
    if measure.dimension == "year" and reading.kind == "timeline":
        return at_a_chance(reading, around)
    if reading.kind in ("quantity", "compute", "money") and reading.event_year is None:
        return replace(reading, event_year=_year_of(measure, around))
    return reading


def _is_made_up(reading: Reading, measure: Measure, around: Surroundings) -> bool:
    """Whether the figure is a premise, of an invented scene, or what somebody merely wants."""
    wished = around.stance.wished and reading.kind in ("money", "quantity")
    if around.stance.premise and _is_a_threshold(measure, around):
        return False
    if reading.kind in _NEVER_A_PREMISE and _UNEXPECTED.search(around.before(measure, 160)):
        return True
    invented = around.stance.premise or around.stance.acted or around.is_in_a_scene(measure)
    return wished or (invented and reading.kind in _NEVER_A_PREMISE)


def _is_said_for_effect(measure: Measure, around: Surroundings) -> bool:
    """“A million types of data”, "80 percent with 20 percent of the work", "10 or whatever"."""
    if _HYPERBOLE.match(around.text, measure.start) or _OR_WHATEVER.match(around.text, measure.end):
        return True
    return measure.high in (0.2, 0.8, 20, 80) and bool(_PARETO.search(around.sentence))


def _is_a_threshold(measure: Measure, around: Surroundings) -> bool:
    """“The rules say that if you train with more than 10^26 FLOP you have to report it”."""
    bound = measure.figure.comparator in ("<", ">")
    after = around.text[measure.end : around.statement.end]
    before = around.text[around.statement.start : measure.start]
    return bool(bound and _RULES.search(before) and _DUTY.search(after))


def _year_of(measure: Measure, around: Surroundings) -> int | None:
    """The year that a figure is said to be of: "in 2019", "five years ago", "now"."""
    if _AT_PRESENT.match(around.text, measure.end):
        return around.year
    for other in around.others:
        after = measure.end <= other.start <= measure.end + YEAR_REACH
        if after and _NEXT_CLAUSE.search(around.text, measure.end, other.start):
            continue
        before = measure.start - YEAR_REACH <= other.start < measure.start
        told = other.form == NEAR or _IN_OR_BY.search(around.before(other, 16))
        if not (after or (before and told)):
            continue
        if other.dimension == "year" and other.single:
            return int(other.low)
        if other.dimension == "duration" and around.placed(other).relation == "ago":
            return around.placed(other).event_year
    present = measure.dimension == "money" and _NOW.search(around.sentence)
    return around.year if present else None


def _money(measure: Measure, around: Surroundings) -> Reading | None:
    if _PROVERBIAL.match(around.text, measure.end):
        return None
    return Reading.of(measure, "money", "a sum of money")


def _compute(measure: Measure, around: Surroundings) -> Reading | None:
    if measure.unit == "layers" and not _MODEL.search(around.near):
        return Reading.of(measure, "quantity", "things that are counted")
    if measure.high == 1 and measure.unit not in ("GPUs", "FLOP", "FLOP/s"):
        return None  # "one token"
    return Reading.of(measure, "compute", "a unit of computing")


def _multiple(measure: Measure, around: Surroundings) -> Reading | None:
    """A factor; of compute, where the sentence (for orders of magnitude, the talk) is of that."""
    if around.stance.negation:
        return None
    told = around.near if "order" in measure.words else around.sentence
    of_time = _AS_LONG.match(around.after(measure))
    kind: ClaimKind = "compute" if _COMPUTING.search(told) and not of_time else "quantity"
    plain = measure.unit == "x" and "order" not in measure.words
    rate = _EACH.match(around.after(measure)) if plain else None
    unit = f"x/{rate['time'].lower()}" if rate else None
    return Reading.of(measure, kind, "a factor", unit=unit)


def _count(measure: Measure, around: Surroundings) -> Reading | None:
    before = around.before(measure)
    if measure.high == 0 or _is_figure_of_speech(measure):
        return None  # "zero-shot prompts"
    if measure.form == "a and scale" and _IN_A_ROW.match(around.text, measure.end):
        return None
    denied = around.stance.negation and measure.figure.comparator in ("=", "~")
    enumerated = measure.unit in _ENUMERATED and measure.low <= MOST_ENUMERATED
    of_some = _OUT_OF.search(before) and not _OPENS_OUT_OF.search(before)
    if denied or enumerated or of_some or _ILLUSTRATED.search(before):
        return None
    if _simile(measure, before):
        return None
    in_words = measure.form in ("number words", "a couple") and measure.rule != POWER_UNIT
    if in_words and measure.high <= MOST_ENUMERATED and not _tells_more(measure, around):
        return None
    return Reading.of(measure, "quantity", "things that are counted")


def _simile(measure: Measure, before: str) -> bool:
    """“They're like three divorced uncles”; "it's like two hours" and "forty people" measure."""
    plain = measure.form == "number words" and measure.rule != POWER_UNIT
    small = plain and measure.high <= MOST_ENUMERATED and measure.unit not in BODIES
    return small and " " in measure.words.partition(" ")[2] and bool(_LIKENED.search(before))


def _is_figure_of_speech(measure: Measure) -> bool:
    """“A hundred times”, “a million ways”, “10 other things”: very often, very many."""
    numbers = measure.figure.numerals
    large = numbers[-1].vague or numbers[0].scale >= 1e3 or measure.form == "a and scale"
    round_number = measure.unit in _ANY_NUMBER_OF and measure.high in (10, 20, 50, 100)
    return (measure.unit in _FIGURES_OF_SPEECH and large) or round_number


def _tells_more(measure: Measure, around: Surroundings) -> bool:
    """Whether a small number in words is told as a finding: bounded, of a whole, or a range."""
    bounds = ("<", ">") if measure.high == 1 else ("<", ">", "range")
    guessed = measure.high > 1 and _ABOUT.search(around.before(measure, 32))
    of_a_whole = "out of" in measure.words or (
        _OF_THE.search(around.before(measure, 12)) and not is_a_whole(measure, around)
    )
    ends = _ENDS.match(around.text, measure.end) and around.stance.hedge and measure.high > 1
    if measure.high > 1 and _is_only(measure, around):
        return True
    if measure.high > 2 and _OWNS.search(around.before(measure, 24)):
        return True
    if measure.unit in BODIES and measure.high > 2 and _STATED.search(around.before(measure, 40)):
        return True
    return measure.figure.comparator in bounds or bool(of_a_whole or guessed or ends)


def _is_only(measure: Measure, around: Surroundings) -> bool:
    """“There are only two mills”, "only four people": so few, and no more."""
    told = _ONLY.search(around.before(measure, 40))
    return bool(told and (told["there"] or measure.unit in BODIES))


def _bare(measure: Measure, around: Surroundings) -> Reading | None:
    """A number without a unit, where what was said before gives it one."""
    talk = f"{around.statement.asked} {around.near}"
    total = measure.high >= LEAST_TOTAL and _TRAINING.search(talk)
    huge = measure.high >= LEAST_TRAINING and _is_of_training(around.statement.recent)
    power = measure.form in ("power of ten", "scientific")
    if power and (total or huge or _COMPUTING.search(around.near)):
        return _bare_power(measure)
    if chance := read_bare_chance(measure, around):
        return chance
    if duration := read_bare_duration(measure, around):
        return duration
    if part := read_part(measure, around):
        return part
    if (
        measure.high >= LEAST_MODEL_BILLIONS
        and _SIZE.search(measure.words)
        and _MODELS.search(around.sentence)
    ):
        return Reading.of(measure, "compute", "the size of a model", unit="parameters")
    told = around.statement.recent[-MONEY_REACH:] + around.before(measure, 200)
    if measure.high >= LEAST_MODEL and _PARAMETERS.search(told):
        rule = "a number where parameters are counted"
        return Reading.of(measure, "compute", rule, unit="parameters")
    large = (
        "B" not in measure.words
        and measure.high >= LEAST_BARE_SUM
        and (measure.figure.numerals[0].scale > 1 or measure.form == "number words")
    )
    if large and _MONEY.search(told) and _ENDS.match(around.text, measure.end):
        return Reading.of(measure, "money", "a number where money is discussed", unit="USD")
    if elliptic := read_elliptic(measure, around, _READERS):
        return elliptic
    if rate := _rate(measure, around):
        return rate
    numeral = measure.figure.numerals[0]
    scaled = measure.high >= 1000 and (numeral.scale > 1 or numeral.form in _WORD_FORMS)
    if scaled and DEVICE.search(around.near) and not _SPENDING.search(around.sentence):
        return Reading.of(measure, "compute", "a number where devices are counted", unit="GPUs")
    return None


def _rate(measure: Measure, around: Surroundings) -> Reading | None:
    """“40,000 a day”, of whatever; a million a year only of devices, else it may be money."""
    rate = rate_after(around.text, measure.end, around.statement.end)
    if not rate or measure.low < FEWEST_EACH or _SPENDING.search(around.near):
        return None
    if DEVICE.search(around.sentence):
        rule = "so many devices in a time"
        return Reading.of(measure, "compute", rule, unit=f"GPUs/{rate[0]}")
    if measure.high >= LEAST_MODEL or _MONEY.search(around.near):
        return None
    return Reading.of(measure, "quantity", "so many in a time", unit=f"per {rate[0]}")


def _is_of_training(talk: str) -> bool:
    return bool(_TRAINING.search(talk) or _COMPUTING.search(talk))


def _bare_power(measure: Measure) -> Reading:
    total = measure.high >= LEAST_TOTAL
    note = f"Said without a unit; its size is that of a {'total' if total else 'rate'}."
    rule = "a power of ten where compute is discussed"
    return Reading.of(measure, "compute", rule, unit="FLOP" if total else "FLOP/s", note=note)


_READERS: dict[Dimension, Reader] = {
    "money": _money,
    "share": read_share,
    "duration": read_duration,
    "year": read_year,
    "compute": _compute,
    "multiple": _multiple,
    "count": _count,
    "bare": _bare,
}
