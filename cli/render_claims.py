"""How claims look in a terminal: a table of who believes what, and why a claim is what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from rich.console import Console
from rich.text import Text

from cli.render import place, print_indented, speaker_text, table
from cli.text import safe
from kb.answers.caveats import SURE
from kb.types import Claim, Reason

NARROW = 90  # columns of a terminal below which names and figures get less room
SHORTEST_ID = 8
HASH = re.compile(r"[0-9a-f]{12,}")
SIGNS = {"~": "~", "<": "<", ">": ">"}
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
LARGEST_IN_WORDS = 1e15


def print_claims(console: Console, claims: Sequence[Claim], total: int) -> None:
    """A table of claims; a later view stands before the earlier one that it supersedes."""
    if not claims:
        console.print("No claims.")
        return
    length = id_length(claims)
    grid = table("claim", "who", "figure", "quote")
    grid.leading, grid.collapse_padding = 1, True
    grid.columns[0].no_wrap = True
    for column, widths in zip(grid.columns[1:3], ((14, 18), (16, 22)), strict=True):
        column.max_width = widths[console.width >= NARROW]
    for claim in later_first(claims):
        grid.add_row(
            Text(f"{claim.kind}\n") + Text(claim.id[:length], style="dim"),
            speaker_text(claim.holder),
            _figure(claim),
            _quote(claim, length),
            style="dim" if claim.superseded_by else "",
        )
    console.print(grid)
    console.print(Text(f"{len(claims)} of {total}", style="dim"))


def print_explanation(console: Console, claim: Claim, reasons: Sequence[Reason]) -> None:
    """A claim with its quote, then each field with its value, the rule and the words."""
    head = Text.assemble(speaker_text(claim.holder), f" · {claim.kind}: {safe(claim.subject)}")
    print_indented(console, head)
    print_indented(console, _quote(claim, len(claim.id)))
    if not reasons:
        console.print("\nNo rule is recorded for this claim.")
        return
    grid = table("field", "value", "rule", "words")
    grid.columns[0].no_wrap = True
    for reason in reasons:
        grid.add_row(reason.field, safe(reason.value), safe(reason.rule), safe(reason.words))
    console.print(grid)


def later_first(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in their order, but each after all that supersede it."""
    known = {claim.id: claim for claim in claims}
    ordered: dict[str, Claim] = {}
    for claim in claims:
        chain = [claim]
        while (later := known.get(chain[-1].superseded_by or "")) and later not in chain:
            chain.append(later)
        for entry in reversed(chain):
            ordered.setdefault(entry.id, entry)
    return list(ordered.values())


def id_length(claims: Sequence[Claim]) -> int:
    """How many characters of the ids to print: as few as tell those on the page apart.

    Ids that are no hashes have telling ends, so they are printed whole.
    """
    ids = {identifier for claim in claims for identifier in (claim.id, *_linked(claim))}
    if not all(HASH.fullmatch(identifier) for identifier in ids):
        return max(map(len, ids))
    return next(n for n in count(SHORTEST_ID) if len({each[:n] for each in ids}) == len(ids))


def _linked(claim: Claim) -> Iterator[str]:
    yield from claim.supersedes
    yield from filter(None, (claim.superseded_by, claim.restates))


def _figure(claim: Claim) -> Text:
    """The figure with its unit, the years it speaks of unless they are the figure, the subject."""
    figure, years = figure_text(claim), years_text(claim)
    cell = Text(figure, style="bold")
    if years and years not in figure:
        cell.append(f"\n{'years' if '–' in years else 'year'} {years}", style="not bold")
    if claim.subject:
        cell.append(f"\n{safe(claim.subject)}", style="not bold dim")
    return cell


def figure_text(claim: Claim) -> str:
    """The figure as a person would write it: ``~2034``, ``10–20%``, ``1.5 billion USD``.

    A claim without a number shows the words that were said.
    """
    sign = SIGNS.get(claim.comparator, "")
    if claim.value is not None:
        return sign + _with_unit(_number(claim.value, claim.unit), claim.unit)
    if claim.low is None and claim.high is None:
        return f"“{safe(claim.figure)}”"
    low, high = (
        None if bound is None else _number(bound, claim.unit) for bound in (claim.low, claim.high)
    )
    return _with_unit(_span(low, high), claim.unit)


def years_text(claim: Claim) -> str:
    """The years that a claim speaks of; empty when it names none."""
    if claim.year_low is None and claim.year_high is None:
        return "" if claim.event_year is None else str(claim.event_year)
    if claim.year_low == claim.year_high:
        return str(claim.year_low)
    low, high = (None if year is None else str(year) for year in (claim.year_low, claim.year_high))
    return _span(low, high)


def _span(low: str | None, high: str | None) -> str:
    if low is None:
        return f"up to {high}"
    return f"from {low}" if high is None else f"{low}–{high}"


def _with_unit(number: str, unit: str | None) -> str:
    if unit == "probability":
        return f"{number}%"
    return number if unit in (None, "year") else f"{number} {unit}"


def _number(value: float, unit: str | None) -> str:
    if unit == "year":
        return f"{value:.0f}"
    if unit == "probability":
        value *= 100
    if abs(value) < LARGEST_IN_WORDS:
        for scale, word in SCALES:
            if abs(value) >= scale:
                return f"{value / scale:.10g} {word}"
        if abs(value) >= 1e-3 or not value:
            return f"{value:,.10g}"
    return f"{value:.10g}".replace("e+", "e")


def _quote(claim: Claim, length: int) -> Text:
    where = place(claim.title, None, claim.line_start, claim.start_seconds)
    if claim.as_of:
        where += f" · as of {safe(claim.as_of)}"
    quote = Text.assemble(safe(claim.quote), (f"\n{where}", "dim"))
    if told := marks(claim, length):
        quote.append("\n" + safe(" · ".join(told)), style="yellow")
    return quote


def marks(claim: Claim, id_characters: int) -> list[str]:
    """What a reader must know before relying on a claim, each a short phrase."""
    told = []
    if claim.claimant and claim.claimant != claim.speaker:
        told.append(f"reported by {claim.speaker or 'an unknown speaker'}")
    if claim.superseded_by:
        told.append(f"superseded by {claim.superseded_by[:id_characters]}")
    told += [f"supersedes {earlier[:id_characters]}" for earlier in claim.supersedes]
    if claim.restates:
        told.append(f"restates {claim.restates[:id_characters]}")
    if claim.negated:
        told.append("negated")
    if claim.conditional:
        told.append(f"hypothetical: {claim.condition}" if claim.condition else "hypothetical")
    told += [word for word in ("asked", "fiction") if getattr(claim, word)]
    if claim.speaker and claim.speaker_confidence < 1:
        sure = claim.speaker_confidence >= SURE
        told.append("speaker inferred" if sure else "speaker uncertain")
    if claim.note:
        told.append(claim.note)
    return told
