"""Single numbers as people say and write them: "400,000", "1.5bn", "a couple hundred", "10^13"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import prod

from text_to_num import text2num

from kb.text.sentences import SPLIT_DECIMALS

LARGEST_EXPONENT = 150  # the product of two larger numbers does not fit a float

SCALES = {
    "ten": 1e1, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9,
    "trillion": 1e12, "quadrillion": 1e15, "quintillion": 1e18, "dozen": 12.0, "grand": 1e3,
    "k": 1e3, "mil": 1e6, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12,
    "tn": 1e12, "trn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
# (?a:…): ignoring case would else take "ſ" for s and "ı" for i, of which no word is made
_ONES = "(?a:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = "(?a:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = "(?a:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[-\s](?:{_ONES})\b)?|{_TEENS}|{_ONES}|zero)"
_SCALE = (
    r"(?a:hundred|thousand|million|billion|trillion|quadrillion|quintillion|dozen|grand|lakh|crore)"
)
_THIN = "[’'\u00a0\u2009\u202f]"  # between thousands, as in Switzerland and in print
_DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,50}(?![0-9])(?:\.[0-9]+)?"
    rf"|[0-9]{{1,3}}(?:{_THIN}[0-9]{{3}}){{1,50}}(?![0-9])"
    r"|[0-9]{1,3}(?:\s000){1,4}(?![0-9])|[0-9]{1,3}(?:\.[0-9]{3}){2}(?![.0-9])"
    r"|[1-9][0-9]{0,2}\.000(?![.0-9])"
    r"|(?<![0-9],)[0-9]{1,3},[0-9]{1,2}(?=\s?(?:%|(?:bn|mn|mio|million|billion|trillion|per\s?cent)\b))"
    r"|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_ORDINAL = rf"(?a:(?:(?:{_TENS})[-\s])?(?:{'|'.join(_ORDINALS)}))"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WIDEST_POWERS = 6  # exponents, from "ten to the 25" to "or 26"
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
_SAID_IN_PARTS = frozenset({"number words", "digits", "a and scale"})
Parts = tuple[float, float, float]  # value, high, scale
_Form = tuple[str, str, Callable[[re.Match[str]], Parts | None]]


def numerals(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """The numbers in ``text[start:end]``, in order. Linear in the length of the text."""
    waiting: Numeral | None = None
    for numeral in _singles(text, start, len(text) if end is None else end):
        whole = waiting and _continued(text, waiting, numeral)
        if waiting and not whole:
            yield waiting
        waiting = whole or numeral
    if waiting:
        yield waiting


def _continued(text: str, first: Numeral, rest: Numeral) -> Numeral | None:
    """“A million five hundred thousand”, "1 million 250 thousand": one number in two parts."""
    if text[first.end : rest.start] != " " or {first.form, rest.form} - _SAID_IN_PARTS:
        return None
    whole = first.scale >= 1e3 and not first.value % first.scale and not first.vague
    if not whole or not 100 <= rest.scale < first.scale or rest.value >= first.scale:
        return None
    value = first.value + rest.value
    return replace(first, end=rest.end, value=value, high=value, scale=1.0)


def _singles(text: str, start: int, end: int) -> Iterator[Numeral]:
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
    exponent = _exponent(match["exponent"])
    if exponent is None or exponent > LARGEST_EXPONENT:
        return None
    if match["minus"]:
        exponent = -exponent
    factor = number_of(match["factor"] or "1") or 1.0
    other = _exponent(match["other"] or "")
    if other is not None and exponent < other <= exponent + _WIDEST_POWERS:
        return factor * 10.0**exponent, factor * 10.0**other, 1.0
    return _plain(factor * 10.0**exponent)


def _exponent(words: str) -> float | None:
    """“26”, "²⁶", "26th", "twenty-six" and "twenty-sixth"."""
    *tens, last = words.lower().replace("-", " ").split() or [""]
    if last in _ORDINALS:
        return (number_of(" ".join(tens)) or 0.0) + _ORDINALS[last]
    return number_of(re.sub(r"(?<=[0-9])(?:st|nd|rd|th)$", "", words.translate(_SUPERSCRIPTS)))


def _scientific(match: re.Match[str]) -> Parts | None:
    if match["exponent"]:  # "five e 24", as it is read out
        factor, exponent = number_of(match["factor"]), number_of(match["exponent"])
        return None if factor is None or exponent is None else _plain(factor * 10.0**exponent)
    return _plain(float(match.group()))


def _nothing(match: re.Match[str]) -> None:
    """“4x8”, "8x7B", "1920x1080": sizes and names, of which no part is a number for itself."""


def _spoken_hundred(match: re.Match[str]) -> Parts | None:
    """“One-twenty-eight” is 128."""
    hundreds, rest = number_of(match["hundreds"]), number_of(match["rest"])
    if hundreds is None or rest is None:
        return None
    return _plain(100 * hundreds + rest, SCALES[match["scale"].lower()] if match["scale"] else 1.0)


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
        return _plain(1.25 if "quarter" in match["half"] else 1.5, scale)
    if match["more"]:  # "50 to a hundred thousand": the 50 shares the thousand
        more = SCALES[match["more"].lower()]
        return value * more, value * more, more
    return (value, value, 1.0) if match["rest"] else _plain(1.0, scale)


def _spoken_year(match: re.Match[str]) -> Parts | None:
    century, rest = match["century"].lower(), number_of(match["rest"])
    return _plain((1900 if century == "nineteen" else 2000) + rest) if rest else None


def _below_one(match: re.Match[str]) -> Parts | None:
    """“Point three percent.”"""
    said = match["decimals"]
    digits = said if said.isdecimal() else [f"{number_of(word) or 0:.0f}" for word in said.split()]
    return _plain(float(f"0.{''.join(digits)}"))


def _words(match: re.Match[str]) -> Parts | None:
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1.0
    extra = 0.0
    if match["fraction"]:
        said = match["fraction"].lower().replace("-", " ").split()
        digits = [number_of(word) or 0.0 for word in said[1:]]
        extra = 0.5 if said[0] == "and" else sum(d / 10**n for n, d in enumerate(digits, 1))
    value = number_of(match["words"])
    if match["after"]:  # "two million and a half"
        extra += 0.25 if "quarter" in match["after"] else 0.5
    parts = _plain(None if value is None else value + extra, scale)
    words = match["words"].lower().split()
    scales = [word for word in words if word in _INNER_SCALES]
    if parts and scales and not extra and scales == words[-len(scales) :]:
        # "four or five hundred", "three to four hundred thousand": the first shares all of it
        return parts[0], parts[1], scale * prod(_INNER_SCALES[word] for word in scales)
    return parts


def _digits(match: re.Match[str]) -> Parts | None:
    decimals = f".{match['decimals']}" if match["decimals"] else ""
    value = number_of(_in_english(match["digits"]) + decimals)
    if value is not None and match["part"]:
        value += _VULGAR[match["part"]]
    scale = 1000.0 ** match["split"].count("000")  # "50, 000", as recognisers of speech write
    for group in ("letter", "scale", "more"):
        if match[group]:
            scale *= SCALES[match[group].lower()]
    return _plain(value, scale)


def _in_english(digits: str) -> str:
    """Digits with a comma for a decimal point, or with other marks between thousands."""
    if re.fullmatch(r"[0-9]{1,3},[0-9]{1,2}", digits):
        return digits.replace(",", ".")
    if digits.count(".") > 1 or digits.endswith(".000"):
        digits = digits.replace(".", "")
    return re.sub(rf"{_THIN}|\s", "", digits)


_EXPONENT = rf"[0-9]{{1,3}}(?:st|nd|rd|th)?|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|{_ORDINAL}|{_BELOW_HUNDRED}"
_POWER = (
    rf"(?:(?P<factor>[0-9]+(?:\.[0-9]+)?|{_BELOW_HUNDRED})\s?(?:[x×*]|\stimes)\s?)?(?:10|ten)\s?"
    r"(?:\^\s?|\*\*\s?|(?=[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹])|to\sthe\s(?:power\s(?:of\s)?)?)"
    r"(?P<minus>[-−–⁻]|(?:minus|negative)\s)?⁺?"
    rf"(?P<exponent>{_EXPONENT})(?![\w^]|-[a-z])"
    rf"(?:\s(?:or|to)\s(?:even\s|maybe\s|perhaps\s)?(?:the\s)?(?P<other>{_EXPONENT})"
    r"(?=\s(?:flops?|floating|operations|parameters|tokens)\b))?"
)
_SCIENTIFIC = (
    r"(?:[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}(?![\w.]*[0-9])"
    rf"|(?P<factor>[0-9]{{1,2}}(?:\.[0-9]+)?|{_ONES})\se\s"
    rf"(?P<exponent>[12][0-9]|{_TEENS}|twenty(?:[-\s]{_ONES})?)\b)"
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
    rf"an?[\s-](?P<scale>{_SCALE})(?:-odd\b)?"
    rf"(?:(?P<half>(?<=illion)\sand\sa\s(?:half|quarter)\b{_NO_HALF_OF_IT})|"
    rf"(?:\sand\s|(?<=hundred)\s)(?P<rest>{_BELOW_HUNDRED})\b(?!-))?"
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
_SPOKEN_HUNDRED = (
    rf"(?P<hundreds>{_ONES})-(?P<rest>{_TENS}(?:-{_ONES})?)(?![-\w])"
    rf"(?:\s(?P<scale>{_SCALE})\b)?"
)
_BELOW_ONE = (
    r"(?<!\bthis\s)(?<!\bthat\s)(?<!\bthe\s)(?<!\bsome\s)(?<!\bone\s)(?<!\ba\s)(?<!\bwhich\s)"
    rf"point\s(?P<decimals>[0-9]{{1,4}}|(?:{_ONES}|zero)(?:\s(?:{_ONES}|zero)){{0,3}})"
    r"(?=\s?%|\sper\s?cent\b)"
)
_AND_SOME = rf"(?:-odd|-some(?:thing)?|\s(?:odd|some(?:thing)?|plus)(?=\s{_SCALE}\b))\b"
_NUMBER_WORDS = (
    rf"(?P<words>{_BELOW_HUNDRED}"
    rf"(?:\s(?:hundred|thousand)(?:\s(?:and\s)?{_BELOW_HUNDRED}\b)?){{0,2}})\b"
    rf"(?P<fraction>[\s-]and[\s-]a[\s-]half|\spoint(?:\s(?:{_ONES}|zero)\b){{1,4}})?"
    rf"(?:{_AND_SOME})?(?:[\s-](?P<scale>{_SCALE})\b"
    rf"(?P<after>(?<=illion)\sand\sa\s(?:half|quarter)\b{_NO_HALF_OF_IT})?)?"
)
_VULGAR = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_DIGITS_WITH_SCALE = (
    rf"(?P<digits>{_DIGITS})(?P<part>[{''.join(_VULGAR)}])?(?:(?:\spoint\s|\.\s(?={SPLIT_DECIMALS}))(?P<decimals>[0-9]{{1,4}})\b)?"
    r"(?P<split>(?:,\s000\b){0,4})"
    r"(?:(?P<letter>k|m|mm|mn|bn|b|t|tn|trn)(?![\w'’])"
    rf"|(?:{_AND_SOME})?[\s-](?P<scale>{_SCALE}|bn|mn|mil)\b(?:\s(?P<more>{_SCALE})\b)?)?"
)
_MORE_SCALE = rf"(?:\s(?P<more>{_SCALE})\b)?"
_COUPLE = (
    r"(?:a\scouple\b|(?<=next\s)couple\b(?=(?:\sof)?\s(?:years|decades)))"
    rf"(?:\s(?:of\s)?(?P<scale>{_SCALE})\b{_MORE_SCALE})?"
)
_TABLE: tuple[_Form, ...] = (
    ("power of ten", _POWER, _power),
    ("scientific", _SCIENTIFIC, _scientific),
    ("product", r"[0-9]{1,5}[x×][0-9]{1,5}", _nothing),
    ("order of magnitude", _MAGNITUDE, _magnitude),
    ("part of a scale", _PART_OF_SCALE, _part_of_scale),
    ("a couple", _COUPLE, _couple),
    ("a few of a scale", rf"(?:a\sfew|several)\s(?P<scale>{_SCALE})\b{_MORE_SCALE}", _few),
    ("a and scale", _ARTICLE, _article),
    ("scale and more", _SCALE_AND, _article),
    ("spoken year", _SPOKEN_YEAR, _spoken_year),
    ("spoken hundred", _SPOKEN_HUNDRED, _spoken_hundred),
    ("below one", _BELOW_ONE, _below_one),
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
