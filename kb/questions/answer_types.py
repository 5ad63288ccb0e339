"""Things of the type that a question asks for, as words hold them: figures, dates, forecasts."""

from __future__ import annotations

import re

from kb.questions.query import Query, Wanted
from kb.text.words import content_words

NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|trillion|half|dozen|couple|few|several|third|quarter)"
)
_UNIT_OF_TIME = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_TYPE_PATTERNS = {
    # A year counts nothing, and neither does "one of the …".
    Wanted.NUMBER: re.compile(
        rf"(?!\b(?:19|20)\d\d\b)(?<![\d.,])\d|(?<!no )\b(?!one (?:of|another)\b){NUMBER_WORD}\b",
        re.IGNORECASE,
    ),
    Wanted.MONEY: re.compile(
        r"[$€£]|\b(?:dollars?|euros?|bucks|pounds|\d+(?:\.\d+)?\s?(?:k|bn|m)|[mb]illion)\b",
        re.IGNORECASE,
    ),
    Wanted.PERCENTAGE: re.compile(
        rf"%|\bper ?cent\b|\b(?:{NUMBER_WORD}|\d+)(?: chances?)? (?:in|out of) "
        rf"(?:an? )?(?:{NUMBER_WORD}|\d+)\b"
        r"|(?<![\d.])0?\.\d+\b|\b(?:half|a third|a quarter|certainly)\b",
        re.IGNORECASE,
    ),
    Wanted.DATE: re.compile(
        rf"\b(?:1[89]|20|21)\d\d\b|\b(?:january|february|march|april|june|july|august|september|"
        rf"october|november|december)\b|\b(?:{NUMBER_WORD}|\d+) {_UNIT_OF_TIME}\b",
        re.IGNORECASE,
    ),
    Wanted.FORECAST: re.compile(
        rf"\b(?P<year>2[01]\d\d)\b|\b(?:{NUMBER_WORD}|\d+) (?:weeks?|months?|years?|decades?)\b",
        re.IGNORECASE,
    ),
    Wanted.DURATION: re.compile(rf"\b{_UNIT_OF_TIME}\b", re.IGNORECASE),
    Wanted.PERSON: re.compile(r"(?<=[a-z,] )[A-Z][a-z]+"),
}


# What is raised is neither spent nor earned: sums answer only who asks for their kind.
_KINDS_OF_SUMS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\b(?:costs?|spen[dt]\w*|prices?d?|pa(?:y|ys|id|ying)|budget|bill|expens\w+|cheap\w*)\b",
        r"\b(?:rais(?:e|ed|es|ing)|fund(?:ed|ing|raising)|valuation|valued|invest(?:ed|ment|or)\w*)\b",
        r"\b(?:revenues?|earn(?:s|ed|ing|ings)?|profits?|sales|turnover)\b",
    )
)
_COUNTING = re.compile(
    r"\bhow many\b(?!\s+(?:\w+\s+){0,2}?(?:dollars|euros|pounds|kroner|millions|billions)\b)|"
    r"\bhow much (?:compute|computation|computing|power|electricity|energy)\b|"
    r"\bcompute\b.*\b(?:compare[ds]?|versus|vs|differ\w*|against)\b|\bcompute of\b",
    re.IGNORECASE,
)
_OF_A_UNIT = re.compile(
    r"\bhow much (?:(?P<compute>comput\w+)|power|electricity|energy)\b|"
    r"(?P<computed>\bcompute\b.*\b(?:compare[ds]?|versus|vs|differ\w*|against)\b|\bcompute of\b)",
    re.IGNORECASE,
)
_UNITS = {
    "compute": re.compile(
        r"flops?\b|\b(?:operations|GPUs?|TPUs?|[HAB]\d00s?|chips?|cards?|accelerators?)\b|"
        r"\b\d+e\d+\b|\b10 ?\^ ?\d|\bten to the\b|\b10 to the\b|\bcompute\b",
        re.IGNORECASE,
    ),
    "power": re.compile(r"watts?\b|\b[kMGT]?Wh?\b|\bhours?\b"),
}
_SUM = re.compile(
    r"[$€£]\s?\d[\d.,]*(?:\s?(?:thousand|[mb]illion|trillion|k|m|bn)\b)?|"
    rf"\b(?:\d[\d.,]*|{NUMBER_WORD})(?:[ -](?:and |a )?(?:\d[\d.,]*|{NUMBER_WORD})){{0,4}} "
    r"(?:dollars|euros|pounds|kroner|bucks)\b",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"\b(?:made|makes|created?|builds?|built|wrote|writes?|invented?|designed|developed|founded|"
    r"started|launched|runs|leads|heads)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!^)\b[A-Z][^\W_]+")
_I_MADE = re.compile(
    r"\b(?:I|we)(?:[’']ve| have| had)?(?: \w+ly| also| then| just)? (?:made|created|built|wrote|"
    r"written|invented|designed|developed|founded|co-?founded|started|launched|run|lead)\b"
    r"|\bI(?:[’']m| am| was) (?:\w+ ){0,3}(?:founder|co-?founder|ceo|author|head|creator)\b",
    re.IGNORECASE,
)


def is_other_sum(question: str, text: str) -> bool:
    """Whether a question asks for what something cost, say, and a text tells what was raised."""
    asked = [kind.search(question) is not None for kind in _KINDS_OF_SUMS]
    told = [kind.search(text) is not None for kind in _KINDS_OF_SUMS]
    return any(asked) and any(told) and not any(a and t for a, t in zip(asked, told, strict=True))


def is_other_quantity(question: str, text: str) -> bool:
    """Whether a question counts things, or computation, and a text tells sums of money, say."""
    if not _COUNTING.search(question):
        return False
    rest = _SUM.sub(" ", text)
    if asked := _OF_A_UNIT.search(question):
        units = _UNITS["compute" if asked["compute"] or asked["computed"] else "power"]
        return not (units.search(rest) and carries(Wanted.NUMBER, rest))
    return carries(Wanted.NUMBER, text) and not carries(Wanted.NUMBER, rest)


def asks_for_compute(question: str) -> bool:
    """Whether an amount of computation is asked for, which has units of its own."""
    asked = _OF_A_UNIT.search(question)
    return bool(asked and (asked["compute"] or asked["computed"]))


def asks_for_maker(query: Query) -> bool:
    """Whether it is asked who made, or leads, something."""
    return query.wanted is Wanted.PERSON and bool(_MAKES.search(query.question))


def tells_of_making(query: Query, text: str) -> bool:
    """Whether the speaker says that they made, or lead, what the question names: "I wrote it"."""
    words = set(content_words(text))
    named = {word.lower() for word in _NAMED.findall(query.question)}
    return bool(named & words and _I_MADE.search(text))


def carries(wanted: Wanted, text: str, said: str | None = None) -> bool:
    """Whether a text contains a thing of the type asked for.

    ``said`` is the date (ISO 8601, or its beginning) at which it was said: no forecast is of a year
    before it.
    """
    pattern = _TYPE_PATTERNS.get(wanted)
    if pattern is None:
        return True
    if wanted is not Wanted.FORECAST:
        return bool(pattern.search(text))
    return any(
        not (match["year"] and said and match["year"] < said[:4])
        for match in pattern.finditer(text)
    )
