"""Results as text to read, with verbatim quotes, speakers and places; safe for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kb.answers.caveats import caveats
from kb.claims.spans import figure_text
from kb.links import place_url
from kb.shapes import Json
from kb.text.plain_text import clock, safe
from kb.types import Answer, Claim, Quote

if TYPE_CHECKING:
    from kb.claims.compare import Comparison

MOST_DIFFERENCES = 12  # the data have all
UNKNOWN = "unknown speaker"


def of_search(data: Json, base: str) -> str:
    """Passages, best first; with links when there is the address of a server."""
    blocks = [_hit(hit, base) for hit in data["hits"]]
    return safe("\n\n".join(blocks) or "Nothing found. Try other words or fewer filters.")


def of_answer(answer: Answer, base: str) -> str:
    """The answer, then its quotes by number."""
    label = "Nearest passages, which do not answer it:" if answer.abstained else "Quotes:"
    quotes = [_numbered(quote, base) for quote in answer.citations]
    listed = [label, *quotes] if quotes else []
    return safe("\n\n".join([answer.answer, *listed, f"({answer.mode})"]))


def of_claims(claims: Sequence[Claim], total: int, offset: int, base: str) -> str:
    """Claims with their quotes, and how to get the others."""
    if not claims:
        return "No claims fit." if not total else f"There are only {total} claims."
    end = offset + len(claims)
    more = f" For more, set offset to {end}." if end < total else ""
    head = f"Claims {offset + 1} to {end} of {total}.{more}"
    return safe("\n\n".join([head, *(_claim(claim, base) for claim in claims)]))


def of_comparison(comparison: Comparison) -> str:
    """The views of each event by person, then where they do not meet."""
    return safe("\n".join(_comparison(comparison)))


def how_to_go_on(data: Json) -> str:
    """Which characters a page holds, and the call for the next one."""
    here = f"Characters {data['char_start']} to {data['char_end']}"
    if data["next_offset"] is None:
        return f"[{here}; this is the end of the part.]"
    rest = data["characters"] - data["next_offset"]
    return f"[{here}; {rest} more. Go on with offset {data['next_offset']}.]"


def _hit(hit: Json, base: str) -> str:
    head = f"{hit['rank']}. {hit['speaker'] or UNKNOWN} · {_place(hit)}"
    return f"{head}\n“{hit['text']}”{_link(base, hit['url'])}"


def _numbered(quote: Quote, base: str) -> str:
    who = " · ".join((quote.speaker or UNKNOWN, *caveats(quote)))
    place = _where(quote.title, quote.section, quote.line_start, quote.start_seconds)
    return f"[{quote.number}] “{quote.quote}”\n    {who} · {place}{_link(base, quote.url)}"


def _claim(claim: Claim, base: str = "") -> str:
    marks = (
        claim.hedge and f"hedged: {claim.hedge}",
        claim.condition and f"if: {claim.condition}",
        claim.superseded_by and "earlier view, superseded",
        claim.fiction and "in fiction",
        claim.asked and "asked",
        claim.as_of and f"as of {claim.as_of}",
    )
    told = "".join(f" · {mark}" for mark in marks if mark)
    head = f"{claim.holder or UNKNOWN} · {claim.kind} · {claim.subject}: {figure_text(claim)}{told}"
    url = place_url(claim.document_id, claim.char_start, claim.quote)
    return f"{head}\n{_quoted(claim)}{_link(base, url)}"


def _quoted(claim: Claim) -> str:
    teller = f"told by {claim.speaker} · " if claim.speaker not in (None, claim.holder) else ""
    place = _where(claim.title, None, claim.line_start, claim.start_seconds)
    return f"“{claim.quote}”\n    {teller}{place}"


def _comparison(comparison: Comparison) -> Iterator[str]:
    if not comparison.total:
        yield f"There is no claim on “{comparison.subject}”."
        for suggestion in comparison.available:
            yield f"There is on: {suggestion.subject} ({suggestion.claims})"
        return
    yield f"{comparison.subject}: {comparison.total} claims"
    if comparison.unmatched:
        yield f"None of these claims has the words: {', '.join(comparison.unmatched)}"
    for group in comparison.groups:
        yield f"\n{group.event} · {group.measure}"
        for person in group.people:
            for view in person.views:
                yield _claim(view.claim)
    for difference in comparison.differences[:MOST_DIFFERENCES]:
        holders = dict.fromkeys(claim.holder or UNKNOWN for claim in difference.claims)
        yield f"\n{difference.kind.capitalize()}: {' and '.join(holders)} · {difference.event}"
        yield from difference.explanations


def _link(base: str, url: str) -> str:
    return f"\n    {base}{url}" if base else ""


def _place(hit: Json) -> str:
    return _where(hit["title"], hit["section"], hit["line_start"], hit["start_seconds"])


def _where(title: str, section: str | None, line: int, seconds: float | None) -> str:
    parts = (title, section, f"line {line}", None if seconds is None else clock(seconds))
    return " · ".join(part for part in parts if part)
