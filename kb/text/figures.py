"""Figures of a text as digits: "thirty-eight percent" and "38 %" are one."""

from __future__ import annotations

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_WORD = rf"(?:{'|'.join([*_UNITS, *_TENS, 'hundred'])})"
_NUMBERS = frozenset((*_UNITS, *_TENS, "hundred"))
_LETTERS = re.compile(r"[a-z]+")
_RUN = re.compile(rf"\b{_WORD}\b(?:(?:\s|-|(?<=hundred)\sand\s){_WORD}\b)*", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%|\sper\scent\b", re.IGNORECASE)


def in_digits(text: str) -> str:
    """The text with numbers below a thousand in digits, and the percent sign as a word."""
    if not _NUMBERS.isdisjoint(_LETTERS.findall(text.lower())):  # a tenth of the time
        text = _RUN.sub(lambda match: _digits(match[0]), text)
    return _PERCENT.sub(" percent", text)


def _digits(words: str) -> str:
    """Of "two hundred and six" 206; words that make no one number stay several: "nine ten"."""
    found: list[int] = []
    last = ""
    for word in re.split(r"\s|-", words.lower()):
        if word == "and":
            continue
        if word == "hundred":
            found[-1:] = [100 * (found[-1] if found else 1)]
        elif found and _adds(last, word):
            found[-1] += _UNITS.get(word, 0) or _TENS.get(word, 0)
        else:
            found.append(_UNITS.get(word, 0) or _TENS.get(word, 0))
        last = word
    return " ".join(map(str, found))


def _adds(last: str, word: str) -> bool:
    """Whether a word goes on with the number before it: "forty two", "hundred six"."""
    return last == "hundred" or (last in _TENS and 0 < _UNITS.get(word, 0) < 10)
