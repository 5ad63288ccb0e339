"""The gate: nothing generated is shown unless a quote carries it, and no quote unless it is exact.

Fuzzy matching accepts changed numbers and dropped negations (measured on real sentences with one
mutation each, well-known matchers still accept 99 %). So quotes are compared exactly, and a
generated sentence must be a compression of its quote: its telling words stand in the quote in the
same order, and nothing that turns a meaning (negations, bounds, modal verbs, hedges, signs and
currencies of numbers) was added or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.fusion import STOP_WORDS
from kb.lexical import stem
from kb.types import Document, Quote

_TOKEN = re.compile(
    r"(?<!\w)[-−]?[$€£¥]?\d[\d.,]*\d%?|(?<!\w)[-−]?[$€£¥]?\d%?|[^\W_]+(?:['’][^\W\d_]+)?"
)
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly barely".split()
)
_TURNING = _NEGATIONS | frozenset(
    "over under above below less more fewer least most before after until up down between within "
    "almost nearly only exactly will would shall should can could may might must maybe perhaps "
    "probably possibly likely unlikely roughly around about approximately if unless".split()
)
_UNSURE = frozenset(
    "think thinks thought guess believe believes suspect suspects seem seems expect expects".split()
)
_ATTRIBUTION = re.compile(
    r"^\s*(?P<verb>says|said|thinks|thought|believes|expects|estimates)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|me|us|(?i:we|our|ours|my|mine|myself|ourselves|you|your|yours))\b"
)
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a generated sentence may be shown, and what spoke against it."""

    passed: bool
    reason: str = ""


def is_verbatim(quote: Quote, document: Document) -> bool:
    """Whether a quote stands in the document exactly where it says, said by whom it says."""
    if quote.document_id != document.id or not quote.quote:
        return False
    if document.text[quote.char_start : quote.char_end] != quote.quote:
        return False
    return any(
        turn.char_start <= quote.char_start
        and quote.char_end <= turn.char_end
        and turn.speaker == quote.speaker
        for turn in document.turns
    )


def check_sentence(sentence: str, quotes: Sequence[Quote]) -> Verdict:
    """Judge a generated sentence against the quotes that it cites: one of them must carry it."""
    if not sentence.strip() or not quotes:
        return Verdict(False, "empty")
    if _FIRST_PERSON.search(sentence):
        return Verdict(False, "speaks as the speaker")
    verdicts = [_against(sentence, quote) for quote in quotes]
    return next((verdict for verdict in verdicts if verdict.passed), verdicts[0])


def _against(sentence: str, quote: Quote) -> Verdict:
    statement, verb = _without_attribution(sentence, quote.speaker)
    said, told = _tokens(quote.quote), _tokens(statement)
    unknown = [token for token in told if token not in said]
    if unknown:
        return Verdict(False, f"not in the quote: {', '.join(unknown[:5])}")
    for token in sorted(_TURNING & {*said, *told}):
        if said.count(token) != told.count(token):
            return Verdict(False, f"changed: {token}")
    unsure = _UNSURE & _words(quote.quote)
    if unsure and verb in ("", "says", "said") and not _UNSURE & _words(statement):
        return Verdict(False, "hedge dropped")
    if not _is_subsequence(told, said):
        return Verdict(False, "in another order")
    return Verdict(True)


def _without_attribution(sentence: str, speaker: str | None) -> tuple[str, str]:
    """What a sentence says without its leading "Ana Ruiz thinks that", and the verb of that."""
    for name in (speaker, speaker.split()[0]) if speaker else ():
        if sentence.startswith(name):
            match = _ATTRIBUTION.match(sentence[len(name) :])
            if match:
                return sentence[len(name) + match.end() :], match["verb"].lower()
    return sentence, ""


def _tokens(text: str) -> list[str]:
    """The telling words of a text in order: stems, figures, and the words that turn a meaning."""
    return [token for word in _TOKEN.findall(text) for token in _token(word.replace("’", "'"))]


def _token(word: str) -> list[str]:
    lower = word.lower()
    if any(char.isdigit() for char in lower):
        return [_figure(lower)]
    if lower in _NUMBER_WORDS:
        return [_NUMBER_WORDS[lower]]
    if lower.endswith("n't") or lower == "cannot":
        return ["not"]
    bare = lower.split("'")[0]
    if bare in _TURNING:
        return [bare]
    if bare in STOP_WORDS or bare in _UNSURE:
        return []
    return stem(bare) or [bare]


def _figure(word: str) -> str:
    """A number without thousands separators, its sign, currency and percent sign kept."""
    plain = word.replace("−", "-").replace(",", "")
    match = re.fullmatch(r"(-?[$€£¥]?)(\d+(?:\.\d+)?)(%?)", plain)
    return f"{match[1]}{float(match[2]):.15g}{match[3]}" if match else word


def _is_subsequence(part: Iterable[str], whole: Iterable[str]) -> bool:
    remaining = iter(whole)
    return all(token in remaining for token in part)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _TOKEN.findall(text)}
