"""Whether a quote that somebody brings stands in the documents, word for word, and who said it.

A quote is verified if and only if, after ``kb.text.folding``, it is a contiguous stretch of whole
words of one turn, said by the speaker that is named. Nothing is compared by likeness: what is
merely near is shown as such, and never counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from kb.answers.voiced import is_voiced
from kb.errors import InputError, TooLarge
from kb.links import place_url
from kb.text.figures import in_digits
from kb.text.folding import fold
from kb.text.sentences import sentence_spans
from kb.types import Document, Quote, Turn

LONGEST_QUOTE = 5_000  # characters
LEAST_LIKENESS = 60.0  # rapidfuzz, 0 to 100; below it the nearest sentence is about something else

_NUMBER_WORD = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety)\b"
)
_MAGNITUDE = (
    r"(?:hundred|thousand|million|billion|trillion|quadrillion|dozen|percent|per\scent|[kKmM]|bn)"
    r"s?\b"
)
# A word with what belongs to it: "can't", "mis-aligned", "U.S."; a figure with its sign, currency,
# separators, range and percent sign: "-5", "$2,000.50", "3:30", "10–20", "10^24", "99 %".
_WORD = (
    r"(?:(?<!\w)[-−+±~≈<>≤≥]*[$€£¥#]?(?=\d))?"
    r"\w+(?:(?:(?<=\d)\s?[–—^×*⁄·/,:]\s?[-−]?(?=\d)|[.](?=[a-z\d])|(?<=\b[A-Z])[.](?=[A-Z]\b)"
    r"|['’‐‑/&@-](?=\w))\w+)*(?:\s?[%‰°])?"
)
_UNCUT = re.compile(
    rf"{_NUMBER_WORD}(?:[\s-]+(?:point\s+)?"
    rf"(?:{_NUMBER_WORD}|{_MAGNITUDE}(?:\s+and(?=\s+{_NUMBER_WORD}))?))+"
    rf"|{_WORD}(?:(?<=\d)\s?{_MAGNITUDE}(?:\s+{_MAGNITUDE})*)?",
    re.IGNORECASE,
)
# Signs that fold to letters or vanish between them; all but these leave plain words as they are.
_MAY_HIDE_LETTERS = re.compile(r"[^\x00-\x7f‘’“”–—…\u00a0]|&[#\w]")
_GOES_ON = re.compile(r"^(?:\[?(?:\.{3}|…)\]?\s*)+|(?:\s*\[?(?:\.{3}|…)\]?)+$")
_MARKS_AROUND = "'\" "


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text within one turn."""

    turn: Turn
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a quote that were not said so: ``quoted`` stands where ``said`` was said."""

    quoted: str
    said: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """The sentences most like a quote that is not verified, and all that differs."""

    quote: Quote
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a quote. Only ``matches`` may be shown as what was said.

    ``elsewhere`` holds the same words said by others, or in other documents, than those named.
    """

    verified: bool
    quote: str
    speaker: str | None
    matches: tuple[Quote, ...]
    reason: str
    elsewhere: tuple[Quote, ...] = ()


def find_quote(text: str, document: Document) -> list[Span]:
    """Every place where the words of ``text`` stand in one turn of the document, uncut.

    An ellipsis before or after them only says that the sentence goes on.
    """
    wanted = _GOES_ON.sub("", fold(text).text.strip(_MARKS_AROUND)).strip(_MARKS_AROUND)
    if not wanted:
        return []
    turns = _turns_that_may_hold(wanted, document)
    return [span for turn in turns for span in _in_turn(wanted, document, turn)]


def verify_quote(
    text: str,
    documents: Iterable[Document],
    *,
    speaker: str | None = None,
    document_ids: Collection[str] = (),
) -> Verification:
    """Judge a quote; ``speaker`` is a canonical name, None for anybody.

    Without ids every document may hold it. All documents are read, so that a wrong name can be
    told from words that nobody said.
    Raises InputError for a quote without words, TooLarge for one over ``LONGEST_QUOTE``.
    """
    if len(text) > LONGEST_QUOTE:
        raise TooLarge(f"The quote has more than {LONGEST_QUOTE} characters.", "Verify its parts.")
    if not re.search(r"\w", text):
        raise InputError("The quote has no words.", "Give the words that were said.")
    matches: list[Quote] = []
    elsewhere: list[Quote] = []
    for document in documents:
        asked = not document_ids or document.id in document_ids
        for span in find_quote(text, document):
            fits = asked and speaker in (None, span.turn.speaker)
            (matches if fits else elsewhere).append(_quote(document, span))
    reason = "" if matches else _reason(elsewhere, speaker)
    found = _numbered([*matches, *elsewhere])
    return Verification(
        bool(matches), text, speaker, found[: len(matches)], reason, found[len(matches) :]
    )


def nearest_words(
    text: str,
    documents: Iterable[Document],
    *,
    speaker: str | None = None,
    document_ids: Collection[str] = (),
) -> Nearest | None:
    """What was said that is most like a quote which was not, with all that differs.

    By likeness (rapidfuzz), so it is a hint where to look and never a verdict.
    """
    best: tuple[float, Nearest | None] = (0.0, None)
    for document in documents:
        if not document_ids or document.id in document_ids:
            best = max(best, _nearest(text, document, speaker), key=lambda pair: pair[0])
    return best[1]


def _in_turn(wanted: str, document: Document, turn: Turn) -> Iterator[Span]:
    folded = fold(document.text, turn.char_start, turn.char_end)
    position = folded.text.find(wanted)
    while position >= 0:
        end = position + len(wanted)
        if folded.is_boundary(position) and folded.is_boundary(end):
            char_start, char_end = folded.source_span(position, end)
            if not _cuts(document.text, turn, char_start, char_end):
                yield Span(turn, char_start, char_end)
        position = folded.text.find(wanted, position + 1)


def _turns_that_may_hold(wanted: str, document: Document) -> Iterator[Turn]:
    """Nearly all turns without the quote are passed over, at a hundredth of the cost of folding."""
    words = sorted(set(re.findall(r"[A-Za-z0-9]+", wanted)), key=len, reverse=True)
    hidden = bool(_MAY_HIDE_LETTERS.search(document.text))
    for turn in document.turns:
        text = document.text[turn.char_start : turn.char_end]
        if all(word in text for word in words) or (hidden and _MAY_HIDE_LETTERS.search(text)):
            yield turn


def _cuts(text: str, turn: Turn, char_start: int, char_end: int) -> bool:
    """Whether a stretch begins or ends inside a word or a number with its unit."""
    return any(
        word.start() < char_start < word.end() or word.start() < char_end < word.end()
        for word in _UNCUT.finditer(text, turn.char_start, turn.char_end)
    )


def _quote(document: Document, span: Span) -> Quote:
    turn = span.turn
    anchor = document.anchor_at(span.char_start)
    return Quote(
        number=1,
        quote=document.text[span.char_start : span.char_end],
        speaker=turn.speaker,
        document_id=document.id,
        title=document.title,
        section=None if turn.section is None else document.sections[turn.section].title,
        char_start=span.char_start,
        char_end=span.char_end,
        line_start=anchor.line if anchor else turn.line_start,
        start_seconds=anchor.seconds if anchor else turn.start_seconds,
        url=place_url(document.id, span.char_start, document.text[span.char_start : span.char_end]),
        kind=turn.kind,
        speaker_confidence=turn.speaker_confidence,
        voiced=is_voiced(document, turn, span.char_start, span.char_end),
    )


def _numbered(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    return tuple(replace(quote, number=number) for number, quote in enumerate(quotes, start=1))


def _reason(elsewhere: Sequence[Quote], speaker: str | None) -> str:
    if not elsewhere:
        said = f"{speaker} did not say" if speaker else "Nobody said"
        return f"{said} these words in one stretch."
    places = dict.fromkeys(
        f"{quote.speaker or 'an unknown speaker'} in “{quote.title}”" for quote in elsewhere
    )
    said = "These words were said by " + " and by ".join(list(places)[:3])
    others = speaker is not None and all(quote.speaker != speaker for quote in elsewhere)
    return f"{said}, not by {speaker}." if others else f"{said}, not in the document named."


def _nearest(text: str, document: Document, speaker: str | None) -> tuple[float, Nearest | None]:
    """The stretch of as many sentences most like the quote, with its likeness (0 to 100)."""
    wanted = fold(text).text.strip(_MARKS_AROUND)
    sentences = max(1, len(sentence_spans(wanted)))
    best, place = LEAST_LIKENESS, None
    asked = in_digits(wanted)
    plain = in_digits if any(map(str.isdigit, asked)) else str
    for turn in document.turns:
        if speaker not in (None, turn.speaker):
            continue
        spans = sentence_spans(document.text, turn.char_start, turn.char_end)
        for first in range(max(1, len(spans) - sentences + 1)):
            stretch = spans[first : first + sentences]
            if not stretch:
                continue
            candidate = plain(document.text[stretch[0][0] : stretch[-1][1]])
            compare = fuzz.partial_ratio if len(candidate) > len(asked) else fuzz.ratio
            likeness = compare(asked, candidate, score_cutoff=best)
            if likeness > best:
                best, place = likeness, Span(turn, stretch[0][0], stretch[-1][1])
    if place is None:
        return 0.0, None
    quote = _quote(document, place)
    return best, Nearest(quote, tuple(_differences(wanted, fold(quote.quote).text)))


def _differences(quoted: str, said: str) -> Iterator[Difference]:
    """All that differs, word by word; what was said before and after the quote does not."""
    ours, theirs = quoted.split(), said.split()
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for tag, start, end, other_start, other_end in steps:
        outside = start == end and (start == 0 or end == len(ours))
        if tag != "equal" and not outside:
            yield Difference(" ".join(ours[start:end]), " ".join(theirs[other_start:other_end]))
