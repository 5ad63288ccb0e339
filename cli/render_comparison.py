"""How a comparison of claims looks in a terminal, and as plain text when there is none."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from cli.render import place, speaker_text
from cli.text import safe
from kb.claims.compare import Comparison, Group
from kb.claims.contradictions import Difference, View
from kb.claims.identity import identity_of
from kb.claims.spans import figure_text
from kb.types import Claim

MOST_SHOWN = 12  # differences; --json has more
STYLES = {"contradiction": "bold red", "changed view": "bold yellow", "difference": "bold"}
PERSON, SAID = 2, 4  # indents


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Prints the claims by event and person, then the differences with both quotes."""
    if not comparison.total:
        _print_nothing(console, comparison)
        return
    _print_counts(console, comparison)
    for group in comparison.groups:
        _print_group(console, group)
    shown = comparison.differences[:MOST_SHOWN]
    for difference in shown:
        _print_difference(console, difference)
    hidden = comparison.difference_total - len(shown)
    if hidden:
        console.print(Text(f"\n{hidden} more differences; --json lists them.", style="dim"))
    elif not shown:
        console.print(Text("\nNo contradictions found.", style="dim"))


def _print_nothing(console: Console, comparison: Comparison) -> None:
    _print(console, Text(f"There is no claim on “{safe(comparison.subject)}”."))
    if not comparison.available:
        _print(console, Text("There are no claims at all. Add transcripts with: kb ingest PATH"))
        return
    _print(console, Text("There are claims on:"))
    for suggestion in comparison.available:
        _print(console, Text(f"{safe(suggestion.subject)} ({suggestion.claims})"), PERSON)


def _print_counts(console: Console, comparison: Comparison) -> None:
    holders = {person.holder for group in comparison.groups for person in group.people} - {None}
    claims = "1 claim" if comparison.total == 1 else f"{comparison.total} claims"
    people = "1 person" if len(holders) == 1 else f"{len(holders)} people"
    subject = (safe(comparison.subject), "bold")
    _print(console, Text.assemble(subject, f": {claims} by {people}"))
    if comparison.unmatched:
        words = safe(", ".join(comparison.unmatched))
        _print(console, Text(f"None of these claims has the words: {words}", style="yellow"))


def _print_group(console: Console, group: Group) -> None:
    console.print()
    _print(console, _event(group.event, group.measure))
    for person in group.people:
        _print(console, speaker_text(person.holder), PERSON)
        for view in person.views:
            _print_view(console, view)


def _print_view(console: Console, view: View) -> None:
    claim = view.claim
    marks = (
        "earlier view" if claim.superseded_by else "",
        f"said {view.times} times" if view.times > 1 else "",
        "asked" if claim.asked else "",
        "in fiction" if claim.fiction else "",
        f"condition: {view.condition}" if view.condition else "",
        f"as of {view.as_of}" if view.as_of else "",
    )
    figure = (safe(figure_text(claim)), "" if claim.superseded_by else "bold")
    told = "".join(f" · {safe(mark)}" for mark in marks if mark)
    _print(console, Text.assemble(figure, (told, "dim")), SAID)
    _print_quote(console, claim)


def _print_difference(console: Console, difference: Difference) -> None:
    holders = {identity_of(claim): claim.holder for claim in difference.claims}
    names = Text(" and ").join(speaker_text(holder) for holder in holders.values())
    console.print()
    heading = (f"{_heading(difference)}: ", STYLES[difference.kind])
    _print(console, Text.assemble(heading, names))
    _print(console, _event(difference.event, difference.measure), PERSON)
    for told in difference.explanations:
        _print(console, Text(safe(told)), PERSON)
    first, second = difference.claims
    for claim in (first,) if _same_place(first, second) else (first, second):
        if len(holders) > 1:
            _print(console, speaker_text(claim.holder), PERSON)
        _print_quote(console, claim)


def _heading(difference: Difference) -> str:
    if difference.kind != "difference":
        return difference.kind.capitalize()
    causes = [aspect for aspect in difference.aspects if aspect in {"definition", "condition"}]
    return f"Differs in {' and '.join(causes)}"


def _same_place(one: Claim, other: Claim) -> bool:
    """Whether one quote states both: "it was 2027 and is 2028"."""
    same_holder = one.holder == other.holder
    return same_holder and (one.document_id, one.quote) == (other.document_id, other.quote)


def _print_quote(console: Console, claim: Claim) -> None:
    """The quote with its place, and with who tells it when that is not who believes it."""
    told_by = claim.speaker if claim.speaker != claim.holder else None
    where = place(claim.title, None, claim.line_start, claim.start_seconds)
    lead = f"told by {safe(told_by)} · " if told_by else ""
    _print(console, Text(f"“{safe(claim.quote)}”"), SAID)
    _print(console, Text(f"{lead}{where}", style="dim"), SAID)


def _event(event: str, measure: str) -> Text:
    return Text.assemble((safe(event), "bold"), (f" · {measure}", "dim"))


def _print(console: Console, text: Text, indent: int = 0) -> None:
    """Prints text wrapped and indented."""
    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)
