"""How results look in a terminal, and as plain text when there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.text import WordStream, clock, safe, safe_line
from kb.types import Answer, Document, DocumentSummary, Hit, Quote, Section, Turn

if TYPE_CHECKING:
    from ingest.flow.report import IngestReport, Outcome
    from kb.answers.answer import AnswerEvent
    from kb.doctor import Check
    from kb.storage.counts import SpeakerCount, TopicCount

WIDTH = 100
INDENT = 4
SPEAKER_COLOURS = ("cyan", "green", "magenta", "blue", "yellow", "bright_red")


def make_console(*, stderr: bool = False) -> Console:
    """A console of a comfortable width: that of the terminal, at most 100, and 100 without one."""
    file = sys.stderr if stderr else sys.stdout
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console


def speaker_text(name: str | None) -> Text:
    """A name in a colour of its own."""
    if name is None:
        return Text("unknown speaker", style="dim")
    colour = SPEAKER_COLOURS[crc32(name.encode()) % len(SPEAKER_COLOURS)]
    return Text(safe_line(name), style=f"bold {colour}")


def print_answer(console: Console, events: Iterable[AnswerEvent]) -> Answer:
    """Prints an answer as it comes, then its quotes; returns the whole answer."""
    stream = WordStream(console)
    answer: Answer | None = None
    written = False
    for event in events:
        if isinstance(event, str):
            stream.write(event)
            written = True
        elif isinstance(event, Answer):
            answer = event
    assert answer is not None, "an answer ends with the whole Answer"
    if not written:
        stream.write(answer.answer)
    stream.close()
    if answer.citations:
        heading = "Nearest passages:" if answer.abstained else "Quotes:"
        console.print(Text(f"\n{heading}", style="yellow" if answer.abstained else "bold"))
    for quote in answer.citations:
        console.print()
        print_quote(console, quote)
    console.print(Text(f"\n{_facts(answer)}", style="dim"))
    return answer


def print_quote(console: Console, quote: Quote) -> None:
    label = f"[{quote.number}]"
    style = "italic" if console.is_terminal else ""
    print_indented(console, Text(safe(quote.quote), style=style), first=label.ljust(INDENT))
    where = place(quote.title, quote.section, quote.line_start, quote.start_seconds)
    print_indented(console, Text.assemble(speaker_text(quote.speaker), (f" · {where}", "dim")))


def place(title: str, section: str | None, line: int, seconds: float | None) -> str:
    """Where a quote stands, in a line."""
    parts = [title, section, f"line {line}", None if seconds is None else clock(seconds)]
    return " · ".join(safe_line(part) for part in parts if part)


def _facts(answer: Answer) -> str:
    total = answer.timings_ms.get("total", sum(answer.timings_ms.values()))
    return " · ".join(part for part in (answer.mode, answer.model, f"{total / 1000:.2f} s") if part)


def print_indented(console: Console, text: Text, first: str = "") -> None:
    """Prints text wrapped and indented; ``first`` stands in the indentation of line one."""
    indent = max(INDENT, len(first))
    for number, line in enumerate(text.wrap(console, console.width - indent)):
        lead = first if number == 0 else ""
        whole = Text(lead.ljust(indent)) + line
        whole.rstrip()
        console.print(whole, soft_wrap=True)


def print_hits(console: Console, hits: Sequence[Hit]) -> None:
    """Prints search results, best first."""
    if not hits:
        console.print("Nothing found.")
    for hit in hits:
        passage = hit.passage
        where = place(hit.title, passage.section, passage.line_start, passage.start_seconds)
        head = Text.assemble(speaker_text(passage.speaker), (f" · {where}", "dim"))
        if hit.rank > 1:
            console.print()
        print_indented(console, head, first=f"{hit.rank}.".ljust(INDENT))
        print_indented(console, Text(safe(passage.text)))


def table(*headings: str, numbers: Sequence[str] = ()) -> Table:
    """A table without borders; columns named in ``numbers`` stand to the right."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        justify: Literal["left", "right"] = "right" if heading in numbers else "left"
        grid.add_column(heading, justify=justify, overflow="fold", no_wrap=heading == "id")
    return grid


def print_documents(console: Console, summaries: Sequence[DocumentSummary]) -> None:
    if not summaries:
        console.print("No documents yet. Add some with: kb ingest PATH")
        return
    grid = table("id", "title", "date", "format", "speakers", "turns", numbers=["turns"])
    for row in summaries:
        names = ", ".join(speaker.name for speaker, _ in row.speakers)
        grid.add_row(
            row.id,
            safe_line(row.title),
            safe_line(row.date or ""),
            row.format,
            safe_line(names),
            str(row.turns),
        )
    console.print(grid)


def print_speakers(console: Console, rows: Sequence[SpeakerCount]) -> None:
    if not rows:
        console.print("No speakers yet.")
        return
    grid = table(
        "speaker", "roles", "documents", "turns", "words", numbers=["documents", "turns", "words"]
    )
    for row in rows:
        counts = (str(row.documents), str(row.turns), f"{row.words:,}")
        grid.add_row(speaker_text(row.name), ", ".join(row.roles), *counts)
    console.print(grid)


def print_topics(console: Console, rows: Sequence[TopicCount]) -> None:
    if not rows:
        console.print("No topics yet.")
        return
    grid = table("topic", "passages", "documents", numbers=["passages", "documents"])
    for row in rows:
        grid.add_row(safe(row.name), str(row.passages), str(row.documents))
    console.print(grid)


def print_transcript(
    console: Console, document: Document, *, start: int, end: int, lines: range | None
) -> None:
    """Prints the headings and turns that begin in ``[start, end)`` or touch ``lines``."""
    for block in _blocks(document):
        if isinstance(block, Section):
            last = block.line
            first, chosen = block.line, start <= block.char_start < end
        else:
            first, last = block.line_start, block.line_end
            chosen = block.char_start < end and block.char_end > start
        if not chosen or (lines is not None and (last < lines.start or first >= lines.stop)):
            continue
        if isinstance(block, Section):
            console.print(Text(f"\n{'#' * block.level} {safe_line(block.title)}", style="bold"))
        else:
            _print_turn(console, document, block)


def _blocks(document: Document) -> Iterator[Section | Turn]:
    """Headings and turns in reading order; a heading stands before the turn it opens."""
    blocks: list[Section | Turn] = [s for s in document.sections if s.kind != "title"]
    blocks.extend(document.turns)
    yield from sorted(blocks, key=lambda block: block.char_start)


def _print_turn(console: Console, document: Document, turn: Turn) -> None:
    time = "" if turn.start_seconds is None else f" {clock(turn.start_seconds)}"
    label = speaker_text(turn.speaker) if turn.speaker else Text(turn.kind, style="dim")
    console.print()
    console.print(Text.assemble(label, (f"{time} · line {turn.line_start}", "dim")))
    for paragraph in document.text[turn.char_start : turn.char_end].split("\n\n"):
        print_indented(console, Text(safe(paragraph)))


def print_ingest(console: Console, report: IngestReport) -> None:
    """Prints what became of every file, and a summary."""
    new = [outcome for outcome in report.outcomes if outcome.status != "unchanged"]
    if new:
        grid = table(
            "file", "", "format", "turns", "passages", "notes", numbers=["turns", "passages"]
        )
        for outcome in new:
            grid.add_row(*_outcome_row(outcome))
        console.print(grid)
    for refusal in report.refused:
        console.print(
            Text.assemble(("refused ", "red"), safe_line(f"{refusal.source}: {refusal.reason}"))
        )
        console.print(Text(f"        {safe_line(refusal.hint)}", style="dim"))
    if report.without_file:
        gone = ", ".join(report.without_file)
        console.print(f"Still stored, though their files are gone: {safe_line(gone)}")
        console.print(Text("        `kb delete` removes them.", style="dim"))
    for entry in report.idle_entries:
        console.print(f"No file fits an entry of {safe_line(entry)}")
        console.print(Text("        Correct its `file`, or remove the entry.", style="dim"))
    console.print(_ingest_summary(report))


def _outcome_row(outcome: Outcome) -> tuple[str, ...]:
    notes = safe_line("; ".join(outcome.notes))
    counts = (str(outcome.turns), str(outcome.passages))
    return safe_line(_near(outcome.source)), outcome.status, outcome.format, *counts, notes


def _near(source: str) -> str:
    """A path relative to the working directory when it lies below it."""
    path, here = Path(source), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else source


def _ingest_summary(report: IngestReport) -> str:
    if not report.outcomes and not report.refused:
        return "Nothing to do: no transcript files found."
    counts = dict.fromkeys(("added", "changed", "unchanged"), 0)
    for outcome in report.outcomes:
        counts[outcome.status] += 1
    if counts["unchanged"] == len(report.outcomes) and not report.refused:
        return f"Nothing to do: {counts['unchanged']} unchanged."
    counts["refused"] = len(report.refused)
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    return f"{told} in {report.took:.1f} s."


def print_checks(console: Console, checks: Sequence[Check]) -> None:
    """Prints what was checked, and how to mend what is wrong."""
    marks = {True: "ok", False: "FAIL", None: "note"}
    for entry in checks:
        text = Text.assemble((entry.name, "bold"), f": {safe(entry.detail)}")
        if entry.ok is False:
            text.stylize("red")
        print_indented(console, text, first=marks[entry.ok].ljust(6))
        if entry.hint:
            print_indented(console, Text(safe(entry.hint), style="dim"), first=" " * 6)
