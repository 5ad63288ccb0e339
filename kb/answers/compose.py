"""From selected evidence to numbered quotes and sentences that say whose words they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count, groupby

from kb.answers.caveats import caveats
from kb.answers.evidence import Evidence
from kb.answers.verify import is_verbatim
from kb.answers.voiced import is_voiced
from kb.errors import StoreDamaged
from kb.links import place_url
from kb.text.sentences import cut_ends
from kb.types import AnswerSentence, Document, Quote

_TITLE_BREAK = re.compile(r"\s+[–—|-]\s+|:\s+")

ABSTENTION = "The transcripts do not say."
NO_TRANSCRIPTS = "There are no transcripts yet. Add some with: kb ingest PATH"
_OPENING, _CLOSING = "“", "”"
_QUOTE_MARKS = '"“”'


def quotes_of(evidence: Sequence[Evidence], first: int = 1) -> list[Quote]:
    """Quotes numbered from ``first``, each verified against its document.

    Restatements follow all others.

    Raises StoreDamaged when one is not exactly what its speaker said there: it is never shown.
    """
    items = [*evidence, *(again for item in evidence for again in item.restatements)]
    quotes = [_quote(number, item) for number, item in enumerate(items, start=first)]
    for quote, item in zip(quotes, items, strict=True):
        if not is_verbatim(quote, item.document):
            raise StoreDamaged(f"A quote from {item.document.title} is not in its text.")
    return quotes


def restated_in(evidence: Sequence[Evidence], first: int = 1) -> dict[int, tuple[int, ...]]:
    """For the number of each quote those of its restatements, as ``quotes_of`` numbers them."""
    following = count(first + len(evidence))
    return {
        number: tuple(next(following) for _ in item.restatements)
        for number, item in enumerate(evidence, start=first)
    }


def _quote(number: int, evidence: Evidence) -> Quote:
    document, passage = evidence.document, evidence.passage
    turn = document.turns[passage.turn]
    anchor = document.anchor_at(evidence.start)
    return Quote(
        number=number,
        quote=evidence.text,
        speaker=turn.speaker,
        document_id=document.id,
        title=document.title,
        section=passage.section,
        char_start=evidence.start,
        char_end=evidence.end,
        line_start=anchor.line if anchor else turn.line_start,
        start_seconds=anchor.seconds if anchor else turn.start_seconds,
        url=place_url(document.id, evidence.start, evidence.text),
        kind=turn.kind,
        speaker_confidence=turn.speaker_confidence,
        voiced=is_voiced(document, turn, evidence.start, evidence.end),
    )


def sentences_of(
    evidence: Sequence[Evidence], quotes: Sequence[Quote], *, itemized: bool = False
) -> list[AnswerSentence]:
    """One attributed sentence per run of quotes of the same person, or per quote when itemized."""
    again = restated_in(evidence, quotes[0].number if quotes else 1)
    attributed = [
        (_marked(attributed_to(quote, item.document), quote, item), quote, item)
        for item, quote in zip(evidence, quotes, strict=False)
    ]
    sentences: list[AnswerSentence] = []
    for attribution, run in groupby(attributed, key=lambda row: row[0]):
        members = list(run)
        cited = [quote for _, quote, _ in members]
        parts = [_cited(item, quote, again[quote.number]) for _, quote, item in members]
        numbers = [(quote.number, *again[quote.number]) for quote in cited]
        if itemized:
            named = [f"{attribution}: {part}" for part in parts]
            sentences += [AnswerSentence(*pair) for pair in zip(named, numbers, strict=True)]
        else:
            parts[0] = f"{attribution}: {parts[0]}"
            flat = tuple(number for group in numbers for number in group)
            sentences.append(AnswerSentence(" ".join(parts), flat))
    return sentences


def text_of(sentences: Sequence[AnswerSentence], *, itemized: bool = False) -> str:
    """The sentences as paragraphs, or as a numbered list when there are several items."""
    if itemized and len(sentences) > 1:
        lines = (f"{number}. {item.text}" for number, item in enumerate(sentences, start=1))
        return "\n".join(lines)
    return "\n\n".join(sentence.text for sentence in sentences)


def _marked(attribution: str, quote: Quote, evidence: Evidence) -> str:
    marks = [*caveats(quote), *(["corrected by what precedes"] if evidence.corrected else [])]
    return f"{attribution} ({', '.join(marks)})" if marks else attribution


def _cited(evidence: Evidence, quote: Quote, again: Sequence[int]) -> str:
    also = f", also {', '.join(f'[{number}]' for number in again)}" if again else ""
    return f"{_OPENING}{_with_cuts(evidence, _inner(quote.quote))}{_CLOSING} [{quote.number}]{also}"


def _with_cuts(evidence: Evidence, words: str) -> str:
    """The words, with an ellipsis where their sentence goes on: its end may turn its meaning."""
    turn = evidence.document.turns[evidence.passage.turn]
    place, within = (evidence.start, evidence.end), (turn.char_start, turn.char_end)
    begins_cut, ends_cut = cut_ends(evidence.document.text, place, within)
    return f"{'… ' if begins_cut else ''}{words}{' …' if ends_cut else ''}"


def attributed_to(quote: Quote, document: Document) -> str:
    """Whose words a quote is, said so that nobody is credited with another's."""
    title = short_title(document.title)
    if quote.kind == "fiction":
        author = f" by {quote.speaker}" if quote.speaker else ""
        return f"In a fictional story{author} (“{title}”)"
    if quote.kind == "comment":
        return f"A reader's comment on “{title}”"
    if quote.kind == "quotation":
        return f"{quote.speaker or 'Somebody'}, quoted in “{title}”"
    if quote.kind == "editorial":
        return f"The editorial text of “{title}”"
    return quote.speaker or f"A speaker in “{title}”"


def short_title(title: str) -> str:
    """A title up to its first dash, colon or bar, where two words or more stand before it."""
    first = _TITLE_BREAK.split(title, maxsplit=1)[0]
    return f"{first}…" if first != title and len(first.split()) > 1 else title


def _inner(quote: str) -> str:
    """The quote without one printed pair of marks around all of it."""
    whole = len(quote) > 1 and quote[0] in _QUOTE_MARKS and quote[-1] in _QUOTE_MARKS
    return quote[1:-1] if whole and not set(quote[1:-1]) & set(_QUOTE_MARKS) else quote
