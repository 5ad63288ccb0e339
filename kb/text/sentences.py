"""Sentences of a text as character spans, for transcripts of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

LONGEST_WORD = 300  # characters; nobody speaks longer ones, and few addresses are
CHARACTERS_PER_WORD = 12  # as many count as a word at least, where there are no spaces

# Not ends of sentences: titles, Latin shorthand, single initials ("J. Smith"), "U.S.".
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|etc|e\.g|i\.e|cf|approx|no|fig|inc|ltd|co|al)"
    r"|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"'”’)\]]*)(\s+)(?=[\"'“‘(\[]*[^\W_a-zß-ÿ])|(\n\n+)")
_ENDS = frozenset(".!?…\"”’')]")
_WALL = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")
SPLIT_DECIMALS = (
    r"[0-9]{1,2}\s?(?:%|(?:percent|per cent|thousand|million|billion|trillion)\b)"
    r"(?!\s(?:of|said|say|are|is|were|was|have|had|think|thought|want|people)\b)"
)
"""What follows "17. " where a recogniser of speech cut a number in two: "7 million", not the new
sentence "7 million people left"."""
_WHOLE_PART = re.compile(r"(?<![0-9.,])[0-9]{1,3}\.$")
_DECIMALS = re.compile(SPLIT_DECIMALS)
_INITIAL = re.compile(r"(?<!\.)\b[A-Z]\.$")
_CLAUSE = re.compile(r"(?<=[,;:—–])\s+|(?<!\s)\s+(?=(?:and|but|so|because|or|which|then|like)\b)")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of ``text[start:end]``, in order, without surrounding white space.

    A paragraph break always ends a sentence, and a word of more than ``LONGEST_WORD`` characters
    is cut and stands apart. Offsets are those of ``text``.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        gap = 1 if match.group(1) is not None else 2
        stop = match.start(gap)
        within = gap == 1 and "\n\n" not in match.group(gap)
        if within and _is_abbreviation(text[max(begin, stop - 12) : stop]):
            continue
        tail = text[max(begin, stop - 5) : stop]
        if within and _splits_number(tail, text, match.end(gap), end):
            continue
        _append(spans, text, begin, stop)
        begin = match.end(gap)
    _append(spans, text, begin, end)
    return spans


def cut_ends(text: str, span: Span, within: Span) -> tuple[bool, bool]:
    """Whether a span begins, and whether it ends, in the middle of a sentence of ``within``."""
    before, after = text[within[0] : span[0]], text[span[1] : within[1]]
    said = text[span[0] : span[1]]
    return (
        not _stands_alone(before, before[len(before.rstrip()) :]),
        not _stands_alone(said if after.strip() else "", after[: -len(after.lstrip()) or None]),
    )


def _stands_alone(before: str, gap: str) -> bool:
    """Whether a sentence is over, or a paragraph, where ``before`` ends and ``gap`` follows."""
    ended = before.rstrip()
    return not ended or ended[-1] in _ENDS or "\n\n" in gap


def length_in_words(text: str) -> int:
    """How long a text is to read: its words, or what so many characters would hold."""
    return max(len(text.split()), len(text) // CHARACTERS_PER_WORD)


def clause_spans(text: str, span: Span, max_words: int) -> Iterator[Span]:
    """Cuts an overlong sentence at clause ends into parts of at most ``max_words`` words.

    Where a part has no clause end, it is cut between words.
    """
    start, end = span
    words = list(re.finditer(r"\S+", text[start:end]))
    position = 0
    while position < len(words):
        limit = _limit(words, position, max_words)
        if limit < len(words):
            limit = _last_clause_end(text, start, words, position, limit)
        yield start + words[position].start(), start + words[limit - 1].end()
        position = limit


def _limit(words: list[re.Match[str]], position: int, max_words: int) -> int:
    """Where ``max_words`` words from ``position`` end, or the characters of so many."""
    limit = min(position + max_words, len(words))
    longest = words[position].start() + max_words * CHARACTERS_PER_WORD
    while limit > position + 1 and words[limit - 1].end() > longest:
        limit -= 1
    return limit


def _last_clause_end(
    text: str, start: int, words: list[re.Match[str]], position: int, limit: int
) -> int:
    floor = position + max(1, (limit - position) // 2)
    for candidate in range(limit, floor, -1):
        gap = text[start + words[candidate - 1].start() : start + words[candidate].end()]
        if _CLAUSE.search(gap):
            return candidate
    return limit


def _splits_number(tail: str, text: str, resumes: int, end: int) -> bool:
    """Whether white space cuts a decimal fraction rather than ends a sentence."""
    return bool(_WHOLE_PART.search(tail) and _DECIMALS.match(text, resumes, end))


def _is_abbreviation(tail: str) -> bool:
    if not tail.endswith("."):
        return False
    if _INITIAL.search(tail):
        # "GPT-J." or "plan B." ends a sentence; the "J." of "J. Smith" does not.
        return bool(re.search(r"(?:^|\s)[A-HJ-Z]\.$", tail)) and not re.search(
            r"(?:plan|option|type|figure|case|part|step|vitamin|class)\s[A-Z]\.$",
            tail,
            re.IGNORECASE,
        )
    return bool(_ABBREVIATION.search(tail))


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > LONGEST_WORD:
        for wall in _WALL.finditer(text, start, end):
            _append(spans, text, start, wall.start())
            spans.extend(
                (cut, min(cut + LONGEST_WORD, wall.end()))
                for cut in range(wall.start(), wall.end(), LONGEST_WORD)
            )
            start = wall.end()
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
