"""Figures as they stand in speech: numbers with their sign, joined to ranges, names left out.

"$5-6 billion", "20 to 80k", "18, or 15, or 13", "at least 15%", "one or $2,000"; never the 4 of
"GPT-4", the 100 of "H100" or the numbers of sections, versions and lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.claims.extraction.bounds import BOUND_REACH, FILLER_WORDS, bound_beside
from kb.claims.extraction.numerals import LARGEST_EXPONENT, Numeral, numerals
from kb.types import Comparator

YEARS = range(1900, 2200)

CURRENCIES = frozenset({"USD", "EUR", "GBP", "CAD", "AUD", "JPY", "CNY", "INR", "CHF"})
_CURRENCY = re.compile(
    r"(?:(?P<CAD>\bCA?\$|\bCAD \$?)|(?P<AUD>\bAU?\$|\bAUD \$?)|(?P<USD>(?:US|USD )?\$)|(?P<EUR>€)|"
    r"(?P<GBP>£)|(?P<JPY>¥)|(?P<INR>₹)|(?P<CHF>\bCHF))\s?$"
)
_CURRENCY_WORD = re.compile(
    r"[\s-](?:(?P<CAD>Canadian dollars?|CAD)|(?P<AUD>Australian dollars?|AUD)|"
    r"(?P<USD>(?:US )?dollars?|bucks|USD)|(?P<EUR>euros?|EUR)|"
    r"(?P<GBP>pounds? sterling|quid|GBP)|(?P<JPY>yen|JPY)|(?P<CNY>yuan|renminbi|RMB|CNY)|"
    r"(?P<INR>rupees?|INR)|(?P<CHF>(?:Swiss )?francs?|CHF))\b",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"-odd\b|ish\b", re.IGNORECASE)
_YEARS_LAST_DIGITS = re.compile(r"(?:1[3-9]|[2-9][0-9])(?![\w%])")
_POUNDS = re.compile(r"\spounds\b", re.IGNORECASE)  # thousands of them are money
_FACTOR_OF = re.compile(r"\bfactor of\s$", re.IGNORECASE)
_CENTS = re.compile(r"\scents\b(?! on\b)", re.IGNORECASE)
_SHARE = re.compile(
    r"(?:-?ish)?\s?%|(?:-?ish)?[\s-]per\s?cent(?:age(?: points?)?)?\b", re.IGNORECASE
)
_MULTIPLE = re.compile(
    r"\s?[x×](?![\w])|\s?X(?![\w])|-?\s?(?i:fold)\b|\s(?i:times)(?=,? (?:as|more|less|better|worse|"
    r"[a-z]+er|the|over|that|what|returns?|growth|improvement|increase|reduction|speedup)\b)"
    r"|\s(?P<orders>(?i:orders?(?: of magnitudes?)?(?! of [a-ln-z])|OOMs?))\b",
)
_TIMES = re.compile(r"\stimes(?=\s(?:a|per|every|each)\s(?:year|quarter|month)\b)", re.IGNORECASE)
_GROWS = re.compile(
    r"\b(?:gr(?:ow|ows|owing|ew|own)|(?:go|goes|going|gone|went) up|multipl(?:y|ies|ied)|"
    r"(?:trend|growth)\b[^.?!;]{0,48}?\b(?:been|was|is|at|of|from|to))\W+"
    r"(?:(?:by|about|around|roughly|like|maybe|something|almost|at|more|closer to)\W+)*$",
    re.IGNORECASE,
)
_JOINT = re.compile(
    rf"\s*(?P<joint>-|–|—|/|\bto\b|,?\s*\bor\b|\bthrough\b|\band\b|,|\bup "
    rf"to\b)(?:,?\s*{FILLER_WORDS})*,?\s*",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"[^.?!;]{0,48}?(?:\bmaybe|\bor\b|\beven|\beventually|\bif not|,)[^.?!;\w]*(?:[\w ]{0,20},\s)?",
    re.IGNORECASE,
)
_MAYBE = re.compile(r",? (?:maybe|perhaps|even) ", re.IGNORECASE)  # "ten, maybe fifteen years"
_CHANGED = re.compile(
    r"\b(?:w[ae]nt|go|going|gone|goes|rose|risen|rises|grew|grown|f[ae]ll|fallen|dropp?(?:ed|s)?|"
    r"jump(?:ed|s)?|increased?|decreased?|declined|came|come|moved?|updated?|revised?|shifted|"
    r"improved?|"
    r"raised|lowered|changed|cut)\b[^.?!;]{0,40}\bfrom\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_PHRASE_ENDS = re.compile(
    r"\s?(?:[.,;!?…—]|$)|\s(?:in|by|over|within|last|this|now|since|after|when|because|and)\b"
)
_SPREAD = re.compile(
    r"\b(?:people|answers|estimates|numbers|figures|opinions|they|everybody|everyone)\W+"
    r"(?:went|go|goes|came|come)\b[^.?!;]*$",
    re.IGNORECASE,
)  # "people went from two percent to eighty": each of them said another
_ACROSS = re.compile(
    r"\bover\s(?:the (?:next|last|past) )?$", re.IGNORECASE
)  # "over 5 to 10 sites"
_TIME_AFTER = re.compile(
    r"\s(?:minutes|hours|days|weeks|months|years|decades)\b(?! (?:later|before|after|ago|"
    r"earlier)\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from)\b[^.?!]{0,32}$", re.IGNORECASE)

_PREFIXES_OF_YEARS = re.compile(r"\b(?:mid|pre|post|early|late)-$", re.IGNORECASE)
_RANGE_OPENS = re.compile(
    r"(?:[0-9](?:k|m|bn?|tn?|x)|\b(?:hundred|thousand|million|billion|trillion|per\s?cent|dollars|"
    r"euros))[-–]$",
    re.IGNORECASE,
)  # "5k-6k", "2 million–4 million"; no other letters before a dash do
_LABELS = re.compile(
    r"(?:#|\b(?:no\.|number|numbers|section|chapter|figure|table|pages?|episode|part|step|version|"
    r"volume|issue|level|question|phase|type|line|room|option|rule|law|article|appendix|proposal|"
    r"track|tier|grade|top|gen|generation))\s?$",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"\bAI\s$|\b(?i:books?|novel|movie|film|called|titled|entitled)\s[\"“]?$"
)  # of scenarios, books and films that are years
_NAME_BEFORE = re.compile(
    r"(?<![.?!:…]\s)(?<!\n)(?<!^)\b(?P<name>[A-Z][\w’']*[A-Za-z]|[A-Z]{2,})\s$"
)
_MONTH = re.compile(
    r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter|Q[1-4])",
)
_ARTICLE_BEFORE = re.compile(r"\b(?:an?|one|the|single|each|per|RTX|GTX|your|my)\s$", re.IGNORECASE)
_UNIT_LETTERS = re.compile(
    r"(?:[xX]|h|hr|hrs|s|ms|kg|g|km|cm|mm|nm|[kMGT]?W|[kMGT]?Wh|[KMGT]B|[kMG]?Hz|ft|ish|ers|yr|yrs)"
    r"(?![A-Za-z])"
)
_SPLIT_BY_A_SPACE = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}\s$")  # 200 of "1 200", or "May 3 200"
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)

WIDEST_THOUSANDS = 3  # times, between the 200 and the 300 of "200 to 300,000"
MOST_ORDERS = 30  # of magnitude that somebody tells in a row
MOST_JOINED = 16
"""Numbers of one figure: more of them in a row are a list, of which the next figure goes on."""
LONGEST_PERIOD = 20  # years between two that are said in a row: "2014 2016"
POWERS = ("power of ten", "scientific")
WIDEST_FALL = 1e6  # times, from a power of ten to a smaller one that are one range
MOST_APART = 1.4  # times, between two numbers in a row that are one range
LONGEST_JOINT = 120  # characters between two numbers of one figure


@dataclass(frozen=True, slots=True)
class Figure:
    """One or several joined numbers at ``start:end`` of a text, their sign included.

    ``low`` and ``high`` are equal for a single value. ``mark`` is one of CURRENCIES, ``%`` or
    ``x``, or empty; percentages stay as said (90, not .9).
    """

    start: int
    end: int
    low: float
    high: float
    comparator: Comparator
    mark: str
    numerals: tuple[Numeral, ...]

    @property
    def single(self) -> bool:
        return self.low == self.high

    @property
    def bare_year(self) -> bool:
        """Whether every number could be a calendar year."""
        return not self.mark and all(
            n.form in ("digits", "spoken year", "number words")
            and n.value in YEARS
            and not (n.form == "number words" and n.value % 100 == 0)  # "two thousand"
            and n.scale == 1
            and n.end - n.start != 5  # "2,048"
            for n in self.numerals
        )


def figures(text: str, start: int, end: int) -> list[Figure]:
    """The figures in ``text[start:end]``, in order."""
    singles = [_marked(text, n, end) for n in numerals(text, start, end) if not _names(text, n)]
    return [compared(text, figure, start, end) for figure in _joined(text, singles)]


def _names(text: str, numeral: Numeral) -> bool:
    """Whether a number is (part of) a name, a label or a date of another form."""
    before, after = text[max(0, numeral.start - 24) : numeral.start], text[numeral.end :][:12]
    if numeral.form != "digits":
        return bool(
            _LABELS.search(before)
            or (numeral.form == "number words" and _follows_a_name(before) and not after.strip())
        )
    year = numeral.value in YEARS
    if re.match(r"[’']?s\b", after) and (year or before[-1:] in ("’", "'")):
        return True  # "the 2030s", "the '90s": decades are no single years
    if before[-1:] in "-–_.:/’'" and before[-1:]:
        joined = before[-2:-1]
        if (
            joined.isalpha()
            and before[-1] != "/"
            and not before.endswith(("in-", "of-"))
            and not _RANGE_OPENS.search(before)
        ):
            return not (year and _PREFIXES_OF_YEARS.search(before))
        if joined.isdigit() and before[-1] in ":.":
            return True
        if joined.isdigit() and before[-1] == "/" and numeral.end - numeral.start <= 2:
            return True  # "24/7"
    if re.match(r"[.:][0-9]|/[0-9]{1,2}(?![0-9])", after) or _ORDINAL.match(after):
        return True
    if after[:1].isalpha() and not _UNIT_LETTERS.match(after):
        return True
    part = numeral.end - numeral.start == 3 and _SPLIT_BY_A_SPACE.search(before)
    if part or (year and _TITLES.search(before)):
        return True
    if _LABELS.search(before) or (re.match(r"[.)] ", after) and not before.strip(" \n")):
        return True
    said = text[numeral.start : numeral.end]
    if re.fullmatch(r"[0-9]{4}", said) and not year:
        model = numeral.value % 100 != 0 or bool(_ARTICLE_BEFORE.search(before))
        return after[:1] == "s" or (model and not re.match(r"\s[A-Za-z-]+s\b", after))
    return after[:1] != "%" and not year and numeral.scale == 1 and _follows_a_name(before)


def _follows_a_name(before: str) -> bool:
    match = _NAME_BEFORE.search(before)
    return bool(match and not _MONTH.match(match["name"]) and match["name"] != "I")


def _marked(text: str, numeral: Numeral, end: int) -> Figure:
    """A single number with its sign."""
    begin, stop, mark = numeral.start, numeral.end, ""
    value, high = numeral.value, numeral.high
    if currency := _CURRENCY.search(text, max(0, begin - 5), begin):
        begin, mark = currency.start(), str(currency.lastgroup)
    elif cents := _CENTS.match(text, stop, end):
        stop, mark, value, high = cents.end(), "USD", value / 100, high / 100
    elif numeral.scale >= 1e3 and (pounds := _POUNDS.match(text, stop, end)):
        stop, mark = pounds.end(), "GBP"
    elif word := _CURRENCY_WORD.match(text, stop, end):
        stop, mark = word.end(), str(word.lastgroup)
    elif _FACTOR_OF.search(text, max(0, begin - 12), begin):
        mark = "x"
    elif share := _SHARE.match(text, stop, end):
        stop, mark = share.end(), "%"
    elif (grows := _TIMES.match(text, stop, end)) and _GROWS.search(
        text, max(0, begin - 48), begin
    ):
        stop, mark = grows.end(), "x"
    elif multiple := _MULTIPLE.match(text, stop, end):
        stop, mark = stop + len(multiple.group().rstrip()), "x"
        if multiple["orders"] and value <= 30:
            value, high = 10.0**value, 10.0 ** min(high, LARGEST_EXPONENT)
    return Figure(begin, stop, value, high, "range" if high > value else "=", mark, (numeral,))


def _joined(text: str, singles: Sequence[Figure]) -> Iterator[Figure]:
    """Numbers that are the ends of one range become one figure."""
    waiting: Figure | None = None
    for figure in singles:
        open_to_more = waiting and len(waiting.numerals) < MOST_JOINED
        if waiting and open_to_more and (joined := _range(text, waiting, figure)):
            waiting = joined
            continue
        following = figure
        if waiting and figure.mark and not waiting.mark and _changed(text, waiting, figure):
            waiting = replace(waiting, mark=figure.mark)
        if waiting and _shares_mark(text, waiting, figure):
            following = replace(figure, mark=waiting.mark)
        if waiting:
            yield waiting
        waiting = following
    if waiting:
        yield waiting


def _range(text: str, first: Figure, second: Figure) -> Figure | None:
    if second.start - first.end > LONGEST_JOINT:
        return None
    if first.mark != second.mark and first.mark and second.mark:
        return None
    if (first.numerals[-1].form in POWERS) != (second.numerals[0].form in POWERS):
        return None
    if first.numerals[-1].form in POWERS and first.low > WIDEST_FALL * second.low:
        return None  # "10 to the 30, or 10 to the 13": a slip, no range
    gap = text[first.end : second.start]
    if until := _last_year(text, first, second, gap):
        return replace(first, end=second.end, high=until, comparator="range")
    if first.bare_year != second.bare_year and not second.mark and not first.mark:
        return None
    if _spoken_range(text, first, second, gap):
        return _spanning(first, second, second.mark)
    vague = first.numerals[-1].vague and second.numerals[-1].vague
    if not (_joins(text, first, second, gap) or (vague and _CHAIN.fullmatch(gap))):
        return None
    return _spanning(first, second, first.mark or second.mark)


def _last_year(text: str, first: Figure, second: Figure, gap: str) -> float | None:
    """2035 of “2030-35”; twelve or less would be a month."""
    short = gap in ("-", "–") and _YEARS_LAST_DIGITS.fullmatch(text, second.start, second.end)
    if not short or not (first.bare_year and first.single):
        return None
    until = first.low // 100 * 100 + second.low
    return until if until > first.low else None


def _spoken_range(text: str, first: Figure, second: Figure, gap: str) -> bool:
    """“130, 140 people”, "60 70 percent": two like numbers in a row, the second a little larger."""
    if gap not in (" ", ", ") and (first.mark or not _MAYBE.fullmatch(gap)):
        return False
    if first.bare_year or second.bare_year:
        apart = second.low - first.high
        return first.bare_year and second.bare_year and 0 < apart <= LONGEST_PERIOD
    if first.mark and first.mark != second.mark:
        return False
    low, high = first.high, second.low
    if second.numerals[0].scale > first.numerals[0].scale == 1:
        low *= second.numerals[0].scale
    step = 5 if high >= 10 else 1
    round_numbers = low % step == 0 and high % step == 0
    close = gap == ", " and (
        (low >= 10 and high <= MOST_APART * low)  # "18, 24 months"
        or bool(_TIME_AFTER.match(text, second.end))  # "seven, ten years"
    )
    return 0 < low < high <= 2 * low and (round_numbers or close or high - low == 1)


def _spanning(first: Figure, second: Figure, mark: str) -> Figure:
    """One figure from the first to the second."""
    numbers = (*first.numerals, *second.numerals)
    values = [number.value for number in numbers]
    if second.mark != "x":
        values[: len(first.numerals)] = _scaled(first, second)
    elif first.mark == "x":
        values = [first.low, first.high, second.low, second.high]
    elif second.low == 10.0 ** min(
        second.numerals[0].value, LARGEST_EXPONENT
    ):  # "two or three orders of magnitude", "a thousand or three orders of magnitude"
        values = [10.0**value if value <= MOST_ORDERS else value for value in values]
    low, high = min(values), max(values)
    comparator: Comparator = "range" if high > low else "="
    return Figure(first.start, second.end, low, high, comparator, mark, numbers)


def _joins(text: str, first: Figure, second: Figure, gap: str) -> bool:
    match = _JOINT.fullmatch(gap)
    if not match:
        return False
    joint = match["joint"].strip(" ,").lower()
    if _tells_two_times(text, first, second):
        return False
    if joint == "and":
        return bool(_BETWEEN.search(text, max(0, first.start - 40), first.start))
    if joint == "":  # a mere comma
        powers = {first.numerals[-1].form, second.numerals[0].form} == {"power of ten"}
        return (first.bare_year and second.bare_year) or (powers and second.high > first.low)
    if joint == "to" and first.low > second.high and second.numerals[0].scale == 1:
        return False  # "it came down from 40 to 15 percent"
    return not (joint in "-–—/" and first.bare_year and not second.bare_year)


def _tells_two_times(text: str, first: Figure, second: Figure) -> bool:
    """“From 22 percent to 31”, told of one thing that changed, and not of many who differ."""
    spread = not second.mark and _SPREAD.search(text, max(0, first.start - 48), first.start)
    marked = first.mark or second.mark or first.numerals[-1].form in POWERS
    return bool(marked) and not spread and _changed(text, first, second)


def _shares_mark(text: str, first: Figure, second: Figure) -> bool:
    """Whether a number that ends its phrase, and to which something changed, has the same mark."""
    bare = first.mark and not second.mark and not second.bare_year
    ends = bare and _PHRASE_ENDS.match(text, second.end)
    return bool(ends) and _tells_two_times(text, first, second)


def _changed(text: str, first: Figure, second: Figure) -> bool:
    """“It went from 10 to 30 percent” tells two figures, of two times."""
    to = re.fullmatch(
        rf"\s(?:up |down |all the way )?to\s(?:{FILLER_WORDS}\s)*",
        text[first.end : second.start],
        re.IGNORECASE,
    )
    return bool(to) and changes_from(text, first.start)


def changes_from(text: str, start: int) -> bool:
    """Whether a figure at ``start`` is what something was before it changed: "went from 10"."""
    return bool(_CHANGED.search(text, max(0, start - 80), start))


def _scaled(first: Figure, second: Figure) -> list[float]:
    """The values of ``first`` in the scale of ``second``: the 20 of "20 to 80k" are thousands."""
    values = [number.value for number in first.numerals]
    scale = second.numerals[0].scale
    near = first.low >= 2 and second.high <= WIDEST_THOUSANDS * 1000 * first.high
    if scale == 1 and second.low >= 1000 and (second.mark in CURRENCIES or near):
        scale = 1000.0  # "one or $2,000", "200 to 300,000 wells"
    shares = all(number.scale == 1 and number.value < 1000 for number in first.numerals)
    # of "four hundred thousand" a three before it shares all, a fifty only the thousand
    for shared in (scale, scale / 100) if scale >= 1e5 else (scale,):
        if shares and shared > 1 and first.high * shared <= second.high:
            return [value * shared for value in values]
    return values


def compared(text: str, figure: Figure, start: int, end: int, *, is_year: bool = False) -> Figure:
    """The figure with the bound or the doubt that stands beside it.

    ``is_year`` tells that it names a year in words: "the end of this decade".
    """
    before = text[max(start, figure.start - BOUND_REACH) : figure.start]
    after = text[figure.end : min(end, figure.end + BOUND_REACH)]
    comparator = bound_beside(before, after, is_year=is_year or figure.bare_year)
    if comparator is None and figure.single and _ROUGHLY.search(text, figure.start, figure.end):
        comparator = "~"
    spread = comparator == "~" or figure.numerals[-1].vague or _ACROSS.search(before)
    kept = figure.comparator == "range" and bool(spread)
    return figure if comparator is None or kept else replace(figure, comparator=comparator)
