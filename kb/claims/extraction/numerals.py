"""Single numbers as people say and write them: "400,000", "1.5bn", "a couple hundred", "10^13"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from text_to_num import text2num

from kb.text.sentences import SPLIT_DECIMALS

LARGEST_EXPONENT = 150  # the product of two larger numbers does not fit a float

SCALES = {
    "ten": 1e1, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9,
    "trillion": 1e12, "quadrillion": 1e15, "quintillion": 1e18, "dozen": 12.0, "grand": 1e3,
    "k": 1e3, "mil": 1e6, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12,
    "tn": 1e12, "trn": 1e12,
}  # fmt: skip
# (?a:…): ignoring case would else take "ſ" for s and "ı" for i, of which no word is made
_ONES = "(?a:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = "(?a:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = "(?a:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[-\s](?:{_ONES})\b)?|{_TEENS}|{_ONES}|zero)"
_SCALE = r"(?a:hundred|thousand|million|billion|trillion|quadrillion|quintillion|dozen|grand)"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,50}(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LOW_SHARE = 3  # "low hundreds of billions" is up to three of them


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``start:end`` of a text.

    ``high`` is the value again; for orders of magnitude ("tens of thousands") it is the next one.
    ``scale`` is what the number was multiplied by (1000 in "20k"): in "10 to 20k" the 10 shares it.
    ``form`` names how it was said, and is the rule that ``kb claims explain`` tells.
    """

    start: int
    end: int
    value: float
    high: float
    scale: float
    form: str

    @property
    def vague(self) -> bool:
        """Whether only the order of magnitude is said."""
        return self.high > self.value


_INNER_SCALES = {"hundred": 1e2, "thousand": 1e3}
Parts = tuple[float, float, float]  # value, high, scale
_Form = tuple[str, str, Callable[[re.Match[str]], Parts | None]]


def numerals(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """The numbers in ``text[start:end]``, in order. Linear in the length of the text."""
    end = len(text) if end is None else end
    for found in _ANY.finditer(text, start, end):
        form = str(found.lastgroup).replace("_", " ")
        pattern, read = _FORMS[form]
        match = pattern.match(text, found.start(), end)
        parts = read(match) if match else None
        if match and parts:
            yield Numeral(match.start(), match.end(), *parts, form=form)


def number_of(words: str) -> float | None:
    """The value of digits ("1,500.5") or number words ("twenty five"); None for anything else."""
    try:
        return float(words.replace(",", ""))
    except ValueError:
        pass
    try:
        return float(text2num(words.lower().replace("-", " "), "en"))
    except ValueError:
        return None


def _plain(value: float | None, scale: float = 1.0) -> Parts | None:
    if value is None:
        return None
    result = value * scale
    return (result, result, scale) if result < 10**LARGEST_EXPONENT else None


def _power(match: re.Match[str]) -> Parts | None:
    exponent = number_of(match["exponent"].translate(_SUPERSCRIPTS))
    if exponent is None or exponent > LARGEST_EXPONENT:
        return None
    if match["minus"]:
        exponent = -exponent
    factor = number_of(match["factor"] or "1") or 1.0
    return _plain(factor * 10.0**exponent)


def _scientific(match: re.Match[str]) -> Parts | None:
    return _plain(float(match.group()))


def _magnitude(match: re.Match[str]) -> Parts | None:
    """“Tens of thousands”: from ten thousand to a hundred thousand."""
    scale = 1.0
    for word in re.findall(r"[a-z]+", match["words"].lower()):
        scale *= SCALES.get(word.removesuffix("s"), 1.0)
    most = _LOW_SHARE if (match["share"] or "").lower().strip() == "low" else 10
    return scale, scale * most, scale


def _part_of_scale(match: re.Match[str]) -> Parts | None:
    share = {"half": 0.5, "quarter": 0.25, "tenth": 0.1}
    part = next(size for word, size in share.items() if word in match["part"].lower())
    return _plain(part, SCALES[match["scale"].lower()])


def _couple(match: re.Match[str]) -> Parts | None:
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1.0
    return _plain(2.0, scale * (SCALES[match["more"].lower()] if match["more"] else 1.0))


def _few(match: re.Match[str]) -> Parts | None:
    scale = SCALES[match["scale"].lower()] * (SCALES[match["more"].lower()] if match["more"] else 1)
    return 2 * scale, 9 * scale, scale  # "a few hundred" is not a thousand


def _article(match: re.Match[str]) -> Parts | None:
    scale = SCALES[match["scale"].lower()]
    value = scale + ((number_of(match["rest"]) or 0.0) if match["rest"] else 0.0)
    if match["half"]:  # "a million and a half"
        return _plain(1.5, scale)
    if match["more"]:  # "50 to a hundred thousand": the 50 shares the thousand
        more = SCALES[match["more"].lower()]
        return value * more, value * more, more
    return (value, value, 1.0) if match["rest"] else _plain(1.0, scale)


def _spoken_year(match: re.Match[str]) -> Parts | None:
    century, rest = match["century"].lower(), number_of(match["rest"])
    return _plain((1900 if century == "nineteen" else 2000) + rest) if rest else None


def _words(match: re.Match[str]) -> Parts | None:
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1.0
    extra = 0.0
    if match["fraction"]:
        said = match["fraction"].lower().split()
        digits = [number_of(word) or 0.0 for word in said[1:]]
        extra = 0.5 if said[0] == "and" else sum(d / 10**n for n, d in enumerate(digits, 1))
    value = number_of(match["words"])
    if match["after"]:  # "two million and a half"
        extra += 0.5
    parts = _plain(None if value is None else value + extra, scale)
    scales = [word for word in match["words"].lower().split() if word in _INNER_SCALES]
    ends = scales == match["words"].lower().split()[-1:]
    if parts and scale == 1 and not extra and ends:  # "four or five hundred"
        return parts[0], parts[1], _INNER_SCALES[scales[0]]
    return parts


def _digits(match: re.Match[str]) -> Parts | None:
    decimals = f".{match['decimals']}" if match["decimals"] else ""
    value = number_of(match["digits"] + decimals)
    scale = 1000.0 ** match["split"].count("000")  # "50, 000", as recognisers of speech write
    for group in ("letter", "scale", "more"):
        if match[group]:
            scale *= SCALES[match[group].lower()]
    return _plain(value, scale)


_POWER = (
    rf"(?:(?P<factor>[0-9]+(?:\.[0-9]+)?|{_BELOW_HUNDRED})\s?(?:[x×*]|\stimes)\s?)?(?:10|ten)\s?"
    r"(?:\^\s?|\*\*\s?|(?=[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹])|to\sthe\s(?:power\s(?:of\s)?)?)"
    r"(?P<minus>[-−–⁻]|(?:minus|negative)\s)?⁺?"
    rf"(?P<exponent>[0-9]{{1,3}}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|{_BELOW_HUNDRED})(?:th)?(?![\w^])"
)
_MAGNITUDE = (
    r"(?P<share>low\s|high\s|many\s)?(?P<words>(?a:(?:tens|hundreds|thousands|dozens)\sof\s)?"
    r"(?a:hundreds|thousands|millions|billions|trillions|quadrillions|dozens)"
    r"|(?a:(?:tens|hundreds|thousands)\sof\s(?:thousand|million|billion|trillion)))\b"
)
_PART_OF_SCALE = (
    r"(?P<part>half\san?|a\shalf|a\squarter\s(?:of\s)?a|a\stenth\s(?:of\s)?a)\s"
    rf"(?P<scale>{_SCALE})\b"
)
_NO_HALF_OF_IT = r"(?!\s(?:of|is|are|was|were|went|goes|got|has|had)\b)"
_ARTICLE = (
    rf"an?[\s-](?P<scale>{_SCALE})"
    rf"(?:(?P<half>(?<=illion)\sand\sa\shalf\b{_NO_HALF_OF_IT})|"
    rf"\sand\s(?P<rest>{_BELOW_HUNDRED})\b)?"
    rf"(?:\s(?P<more>{_SCALE}))?\b"
)
_SCALE_AND = (
    rf"(?P<scale>hundred|thousand)(?P<half>(?!))?\sand\s(?P<rest>{_BELOW_HUNDRED})\b"
    rf"(?:\s(?P<more>{_SCALE}))?\b"
)
_SPOKEN_YEAR = (
    r"(?P<century>(?a:nineteen|twenty))[\s-]"
    rf"(?P<rest>(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_TEENS})\b"
)
_NUMBER_WORDS = (
    rf"(?P<words>{_BELOW_HUNDRED}"
    rf"(?:\s(?:hundred|thousand)(?:\s(?:and\s)?{_BELOW_HUNDRED}\b)?){{0,2}})\b"
    rf"(?P<fraction>\sand\sa\shalf|\spoint(?:\s(?:{_ONES}|zero)\b){{1,4}})?"
    rf"(?:[\s-](?P<scale>{_SCALE})\b(?P<after>(?<=illion)\sand\sa\shalf\b{_NO_HALF_OF_IT})?)?"
)
_DIGITS_WITH_SCALE = (
    rf"(?P<digits>{_DIGITS})(?:(?:\spoint\s|\.\s(?={SPLIT_DECIMALS}))(?P<decimals>[0-9]{{1,4}})\b)?"
    r"(?P<split>(?:,\s000\b){0,4})"
    r"(?:(?P<letter>k|m|mm|mn|bn|b|t|tn|trn)(?![\w'’])"
    rf"|[\s-](?P<scale>{_SCALE}|bn|mn|mil)\b(?:\s(?P<more>{_SCALE})\b)?)?"
)
_MORE_SCALE = rf"(?:\s(?P<more>{_SCALE})\b)?"
_COUPLE = (
    r"(?:a\scouple\b|(?<=next\s)couple\b(?=(?:\sof)?\s(?:years|decades)))"
    rf"(?:\s(?:of\s)?(?P<scale>{_SCALE})\b{_MORE_SCALE})?"
)
_TABLE: tuple[_Form, ...] = (
    ("power of ten", _POWER, _power),
    ("scientific", r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}(?![\w.]*[0-9])", _scientific),
    ("order of magnitude", _MAGNITUDE, _magnitude),
    ("part of a scale", _PART_OF_SCALE, _part_of_scale),
    ("a couple", _COUPLE, _couple),
    ("a few of a scale", rf"(?:a\sfew|several)\s(?P<scale>{_SCALE})\b{_MORE_SCALE}", _few),
    ("a and scale", _ARTICLE, _article),
    ("scale and more", _SCALE_AND, _article),
    ("spoken year", _SPOKEN_YEAR, _spoken_year),
    ("number words", _NUMBER_WORDS, _words),
    ("digits", _DIGITS_WITH_SCALE, _digits),
)
_FORMS = {name: (re.compile(pattern, re.IGNORECASE), read) for name, pattern, read in _TABLE}


def _one_pattern() -> re.Pattern[str]:
    """The alternatives in one pattern, each in a group of the form's name."""
    groups = (
        f"(?P<{name.replace(' ', '_')}>{re.sub(r'[(][?]P<[a-z]+>', '(?:', pattern)})"
        for name, pattern, _ in _TABLE
    )
    return re.compile(rf"(?<![\w.])(?:{'|'.join(groups)})", re.IGNORECASE)


_ANY = _one_pattern()
