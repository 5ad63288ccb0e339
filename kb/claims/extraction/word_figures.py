"""Figures that words tell without a number: “doubled”, “two thirds of”, “a coin flip”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kb.claims.extraction.figures import Figure
from kb.claims.extraction.numerals import SCALES, Numeral, number_of
from kb.claims.extraction.units import POWER_UNIT, PREFIXES, Measure

BARE_FRACTION = "a fraction of what was asked"
NUMBER_OF_DIGITS = "a number of digits"
SIX_FIGURES = "a number of figures"
SUM_OF_HUNDRED = "two shares of a hundred"

_FACTORS = (("doubl", 2.0), ("twice", 2.0), ("tripl", 3.0), ("quadrupl", 4.0), ("halv", 0.5))
_FOLD = re.compile(
    r"\b(?P<count>(?a:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|"
    r"million))fold\b",
    re.IGNORECASE,
)
_FACTOR = re.compile(
    r"\b(?a:doubled|tripled|quadrupled|halved|(?:doubling|tripling|quadrupling|halving)"
    r"(?!\s(?:times?|rates?|slowly|quickly|rapidly|faster|slower|fast|all the time)\b)|"
    r"(?a:double|triple|quadruple|halve|twice)(?=\s(?:the|our|its|their|as|what|every|each)\b)|"
    r"(?:(?<=\bwill )|(?<=\bwould )|(?<=\bcould )|(?<=\bmight )|(?<=\bmay )|(?<=\bto )|"
    r"(?<=\bnearly )|(?<=\balmost )|(?<=’ll )|(?<='ll ))(?a:double|triple|quadruple|halve)"
    r"(?=\s(?:by|in|over|within|from|again|every|each|this|next|before|between|since)\b|[.,;]))",
    re.IGNORECASE,
)
_PARTS = {
    "half": 2.0, "halves": 2.0, "third": 3.0, "quarter": 4.0, "fifth": 5.0, "sixth": 6.0,
    "seventh": 7.0, "eighth": 8.0, "ninth": 9.0, "tenth": 10.0, "twentieth": 20.0,
    "fiftieth": 50.0, "hundredth": 100.0, "thousandth": 1000.0, "millionth": 1e6,
    "billionth": 1e9,
}  # fmt: skip
_BARE_PART = r"(?:(?:an?|one) )?half|(?:an?|one|two|three|four)[\s-](?:third|quarter|fifth|tenth)s?"
_FRACTION = re.compile(
    r"(?<![-\w])(?<!\bfirst )(?<!\bsecond )(?<!\bother )(?<!\blast )"
    r"(?<!\btop )(?<!\bbottom )(?<!\bupper )(?<!\blower )"
    r"(?:(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[\s-])?"
    rf"(?P<part>(?a:{'|'.join(_PARTS)}))s?(?=\sof\s(?!an?\s(?:million|billion|"
    r"trillion|percent)|one percent|me\b|the (?:story|battle|picture)\b)"
    r"|(?<=half)\s(?:the|my|our|your|his|her|their|its)\s(?!(?:time|battle|fun|story|point|reason|"
    r"problem|thing|way|trick|world|day|night|year|people|size)\b)(?=[a-z])"
    r"|\s(?:further|faster|slower|cheaper|higher|lower|longer|shorter|bigger|smaller|"
    r"(?:more|less|fewer)(?= than\b|[.,;])|"
    r"as (?!(?:an?|the|if|though|well|opposed|of|is|it|we|they|you|I)\b)[a-z]+)\b)",
    re.IGNORECASE,
)
_PART_OF_PERCENT = re.compile(
    rf"\b(?:(?P<half>half)|(?P<count>an?|one|two|three|four)[\s-]"
    rf"(?P<part>(?a:{'|'.join(_PARTS)}))s?\sof)\s(?:a|one)\s(?:percent|per cent|%)",
    re.IGNORECASE,
)
_OR_TWO = re.compile(
    r"\b(?:a|one)\s(?P<time>day|week|month|year|percentage point|percent)\sor\s"
    r"(?:(?P<two>two)|three)\b(?! years?\b| months?\b)",
    re.IGNORECASE,
)
_OF_THAT = re.compile(
    r"\b[Oo]f (?:that|those|these|them|it|which),?\s(?:(?:nearly|almost|about|around|over|roughly|"
    rf"maybe|perhaps|more than|less than|only|just|like)\s)*(?P<share>{_BARE_PART})"
    r"(?=\s(?:went|goes|go|came|comes|come|is|are|was|were|left|had|have|has|did|do|will|would|"
    r"stay(?:ed)?|end(?:ed)? up|fail(?:ed)?|answer(?:ed)?)\b)",
    re.IGNORECASE,
)
_BARE_FRACTION = re.compile(
    rf"(?<![-\w])(?P<low>{_BARE_PART})(?:\s(?:to|or|and)\s(?P<high>{_BARE_PART}))?"
    r"(?=\s?(?:[.,;!?…—]|$)|\s(?:chance|probability|likely|odds)\b|\son (?:it|that|this)\b)",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"\b(?:(?P<part>low|mid|high)[- ])?(?P<size>single|double)[- ]digits?(?:\s?%|\sper\s?cent)?\b"
    r"(?! (?:growth|inflation|number|increase))",
    re.IGNORECASE,
)
_DIGIT_RANGES = {
    ("single", ""): (1, 9), ("single", "low"): (1, 3), ("single", "mid"): (4, 6),
    ("single", "high"): (7, 9), ("double", ""): (10, 99), ("double", "low"): (10, 30),
    ("double", "mid"): (40, 60), ("double", "high"): (70, 99),
}  # fmt: skip
_ORDER = re.compile(
    r"(?<!within )\b(?P<half>half )?an order of magnitude\b"
    r"(?! (?:estimate|calculation|notion|sense|guess))",
    re.IGNORECASE,
)
_ONE_UNIT = re.compile(
    r"\b(?P<half>half )?an?\s(?:(?P<power>mega|giga|tera)watt(?:[\s-]hours?)?|"
    r"(?P<flop>tera|peta|exa|zetta)flops?)\b",
    re.IGNORECASE,
)
_COMPLEMENTS = re.compile(
    r"(?<![\w.:/])(?P<first>[1-9][05])[/-](?P<second>[1-9][05])(?![\w%:/-]|\.[0-9])"
)
_TENS = {
    "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_COMPLEMENTS_IN_WORDS = re.compile(
    rf"(?<![-\w])(?P<first>(?a:{'|'.join(_TENS)}))-"
    rf"(?P<second>(?a:{'|'.join(_TENS)}))(?![-\w])",
    re.IGNORECASE,
)
LATEST_OF_THIS_CENTURY = 45
"""“'45” is 2045, “'46” is 1946."""
_YEAR_OF_CENTURY = re.compile(
    r"\b(?:in|since|from|by|until|till|before|after|around|of|early|mid|late|and|or|to)[\s-]"
    r"(?P<year>[’'](?P<digits>[0-9]{2}))"
    r"(?![\w%’']|[.,][0-9]| (?:percent|per cent|years|months|days)\b)",
    re.IGNORECASE,
)
_SPLIT_OF = re.compile(r"\s(?:rule|split|mix|ratio)\b")
_COUNT = r"(?P<count>(?a:five|six|seven|eight|nine))"
_SUMS = (
    re.compile(rf"\b(?:(?:low|mid|high)[\s-])?{_COUNT}-figures?\b", re.IGNORECASE),
    re.compile(rf"\b(?:low|mid|high|in|into|in the|into the)\s{_COUNT}\sfigures\b", re.IGNORECASE),
)
_AND_A = re.compile(r"\band an?\s[a-z]+$", re.IGNORECASE)
_EVEN = re.compile(
    r"\b(?:fifty[- ]fifty|50[-/ ]50|coin[- ]?(?:flip|toss)|even (?:chance|odds|money)|"
    r"(?<=than )even(?!\s))\b",
    re.IGNORECASE,
)


# Letters without which nothing of a kind can stand in a sentence: most have none of them.
_OF_PARTS = ("hal", "third", "quarter", "fth", "xth", "nth", "hth", "ieth", "dth")
_OF_FACTORS = ("doubl", "tripl", "quadrupl", "halv", "twice")
_OF_UNITS = ("magnitude", "watt", "flop")
_OF_COMPLEMENTS = ("/", "-")
_OF_EVEN = ("fifty", "50", "coin", "even")
_OF_TWO = ("two", "three")
_OF_YEARS = ("'", "’")


def word_figures(text: str, start: int, end: int) -> Iterator[Measure]:
    """Factors, fractions of something, and even chances, with the words that tell them."""
    letters = text[start:end].lower()
    for parts, readers in _READERS:
        if _has(letters, parts):
            for read in readers:
                yield from read(text, start, end)


def _has(letters: str, parts: tuple[str, ...]) -> bool:
    return any(part in letters for part in parts)


def _even_odds(text: str, start: int, end: int) -> Iterator[Measure]:
    """“Fifty-fifty”, "a coin flip"."""
    for match in _EVEN.finditer(text, start, end):
        if not _SPLIT_OF.match(text, match.end(), end):
            yield _share(text, match, 50.0, "even odds")


def _numbers_of_digits(text: str, start: int, end: int) -> Iterator[Measure]:
    """“Single digits”, "high double digits": percentages."""
    for match in _DIGITS.finditer(text, start, end):
        low, high = _DIGIT_RANGES[match["size"].lower(), (match["part"] or "").lower()]
        yield _share(text, match, low, NUMBER_OF_DIGITS, high)


def _sums_by_figures(text: str, start: int, end: int) -> Iterator[Measure]:
    """“Six figures”: sums of money."""
    for match in chain.from_iterable(sums.finditer(text, start, end) for sums in _SUMS):
        least = 10.0 ** ((number_of(match["count"]) or 1.0) - 1)
        figure = _figure(match, least, "USD", SIX_FIGURES, 10 * least)
        yield Measure.of(text, figure, match.end(), "USD", "money", SIX_FIGURES)


def _one_or_two(text: str, start: int, end: int) -> Iterator[Measure]:
    """“A day or two”, "a percentage point or two"."""
    for match in _OR_TWO.finditer(text, start, end):
        if match["time"].lower().startswith("percent"):
            yield _share(text, match, 1.0, "one or two percent", 2.0 if match["two"] else 3.0)
            continue
        figure = _figure(match, 1.0, "", "one or two", high=2.0 if match["two"] else 3.0)
        unit = f"{match['time'].lower()}s"
        yield Measure.of(text, figure, match.end(), unit, "duration", "one or two of a time")


def _years_by_two_digits(text: str, start: int, end: int) -> Iterator[Measure]:
    """“In '09”."""
    for match in _YEAR_OF_CENTURY.finditer(text, start, end):
        begin, stop = match.span("year")
        year = int(match["digits"])
        value = float(year + (2000 if year <= LATEST_OF_THIS_CENTURY else 1900))
        numeral = Numeral(begin, stop, value, value, 1.0, "digits")
        figure = Figure(begin, stop, value, value, "=", "", (numeral,))
        yield Measure.of(text, figure, stop, "year", "year", "a calendar year")


def _parts_of_a_percent(text: str, start: int, end: int) -> Iterator[Measure]:
    """“A tenth of a percent”."""
    for match in _PART_OF_PERCENT.finditer(text, start, end):
        part = "half" if match["half"] else f"{match['count']} {match['part']}"
        yield _share(text, match, _percent(part) / 100, "part of a percent")


def _factors(text: str, start: int, end: int) -> Iterator[Measure]:
    for match in _FACTOR.finditer(text, start, end):
        value = next(size for stem, size in _FACTORS if match.group().lower().startswith(stem))
        figure = _figure(match, value, "x", "a word that multiplies")
        yield Measure.of(text, figure, match.end(), "x", "multiple", "a factor")


def _folds(text: str, start: int, end: int) -> Iterator[Measure]:
    """“Tenfold”, in one word."""
    for match in _FOLD.finditer(text, start, end):
        word = match["count"].lower()
        figure = _figure(match, SCALES.get(word) or number_of(word) or 1.0, "x", "so many fold")
        yield Measure.of(text, figure, match.end(), "x", "multiple", "a factor")


def _fractions(text: str, start: int, end: int) -> Iterator[Measure]:
    for match in _FRACTION.finditer(text, start, end):
        part, count = match["part"].lower(), (match["count"] or "").lower()
        if not count and part not in ("half", "halves"):
            continue  # "the third of May"
        if _AND_A.search(text, max(start, match.start() - 6), match.end()):
            continue  # "a year and a half of that"
        parts = 1.0 if count in ("", "a", "an") else (number_of(count) or 1.0)
        yield _share(text, match, 100 * parts / _PARTS[part], "a fraction")


def _bare_fractions(text: str, start: int, end: int) -> Iterator[Measure]:
    """“About two thirds”, "between a quarter and a half", that nothing follows."""
    for match in _BARE_FRACTION.finditer(text, start, end):
        ends = [_percent(match[name]) for name in ("low", "high") if match[name]]
        if not _AND_A.search(text, max(start, match.start() - 6), match.end("low")):
            yield _share(text, match, min(ends), BARE_FRACTION, max(ends))


def _of_that(text: str, start: int, end: int) -> Iterator[Measure]:
    """“Of that nearly half went on rent”: a share whose whole stands before it."""
    for match in _OF_THAT.finditer(text, start, end):
        begin, stop = match.span("share")
        percent = _percent(match["share"])
        numeral = Numeral(begin, stop, percent, percent, 1.0, "a fraction")
        figure = Figure(begin, stop, percent, percent, "=", "%", (numeral,))
        yield Measure.of(text, figure, stop, "fraction", "share", "a fraction", 0.01)


def _complements(text: str, start: int, end: int) -> Iterator[Measure]:
    """“60/40”, "seventy-thirty": the first of two shares that make a hundred."""
    for match in chain(
        _COMPLEMENTS.finditer(text, start, end), _COMPLEMENTS_IN_WORDS.finditer(text, start, end)
    ):
        first, second = (_tens(match[name]) for name in ("first", "second"))
        whole = first + second == 100 and first != 50
        if whole and not _SPLIT_OF.match(text, match.end(), end):
            yield _share(text, match, float(first), SUM_OF_HUNDRED)


def _tens(words: str) -> int:
    return _TENS.get(words.lower()) or int(words)


def _percent(words: str) -> float:
    count, _, part = words.lower().replace("-", " ").rpartition(" ")
    parts = 1.0 if count in ("", "a", "an") else (number_of(count) or 1.0)
    return 100 * parts / _PARTS[part.removesuffix("s")]


def _single_units(text: str, start: int, end: int) -> Iterator[Measure]:
    """“An order of magnitude”, "a gigawatt": one of them, of which the article tells."""
    for match in _ORDER.finditer(text, start, end):
        figure = _figure(match, 10**0.5 if match["half"] else 10.0, "x", "an order of magnitude")
        yield Measure.of(text, figure, match.end(), "x", "multiple", "a factor")
    for match in _ONE_UNIT.finditer(text, start, end):
        figure = _figure(match, 0.5 if match["half"] else 1.0, "", "an article")
        if match["power"]:
            hours = "h" if "hour" in match.group().lower() else ""
            unit = f"{match['power'][0].upper()}W{hours}"
            yield Measure.of(text, figure, match.end(), unit, "count", POWER_UNIT)
        else:
            each = PREFIXES[match["flop"].lower()]
            yield Measure.of(text, figure, match.end(), "FLOP/s", "compute", "operations", each)


def _share(
    text: str, match: re.Match[str], percent: float, form: str, high: float | None = None
) -> Measure:
    figure = _figure(match, percent, "%", form, high)
    return Measure.of(text, figure, match.end(), "fraction", "share", form, 0.01)


def _figure(
    match: re.Match[str], value: float, mark: str, form: str, high: float | None = None
) -> Figure:
    start, end = match.span()
    high = value if high is None else high
    numeral = Numeral(start, end, value, value, 1.0, form)
    return Figure(start, end, value, high, "range" if high > value else "=", mark, (numeral,))


_READERS = (
    (_OF_FACTORS, (_factors,)),
    (("fold",), (_folds,)),
    (_OF_PARTS, (_fractions, _bare_fractions, _of_that, _parts_of_a_percent)),
    (_OF_UNITS, (_single_units,)),
    (("digit",), (_numbers_of_digits,)),
    (("figure",), (_sums_by_figures,)),
    (_OF_COMPLEMENTS, (_complements,)),
    (_OF_YEARS, (_years_by_two_digits,)),
    (_OF_TWO, (_one_or_two,)),
    (_OF_EVEN, (_even_odds,)),
)
"""The readers, each with the letters of which its sentence must have some."""
