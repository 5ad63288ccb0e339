"""``kb documents``, ``show``, ``delete``, ``speakers`` and ``topics``: what is stored."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, line_range, open_knowledge_base
from kb.errors import InputError
from kb.matching import choose, match_document


def documents(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """List what is stored."""
    with open_knowledge_base(context, data_dir) as knowledge_base:
        summaries = knowledge_base.documents()
    if as_json:
        from kb.shapes import summary_shape

        print_json({"documents": [summary_shape(summary) for summary in summaries]})
    else:
        from cli.render import make_console, print_documents

        print_documents(make_console(), summaries)


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id, title or file name.")],
    section: Annotated[str | None, typer.Option(metavar="TITLE", help="Only this section.")] = None,
    lines: Annotated[
        str | None, typer.Option(metavar="A-B", help="Only these lines of the file: 10-40.")
    ] = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Print a transcript with its speakers, headings and times."""
    wanted = line_range(lines)
    with open_knowledge_base(context, data_dir) as knowledge_base:
        identifier = match_document(knowledge_base, document)
        whole = knowledge_base.document(identifier)
        summary = knowledge_base.summary(identifier)
    if as_json:
        from kb.shapes import document_shape

        print_json(document_shape(summary, whole))
        return
    from cli.render import make_console, print_transcript
    from cli.text import safe_line

    start, end = 0, len(whole.text)
    if section is not None:
        title = choose("section", section, [entry.title for entry in whole.sections])
        chosen = next(entry for entry in whole.sections if entry.title == title)
        start, end = chosen.char_start, chosen.char_end
    console = make_console()
    console.print(safe_line(whole.title), style="bold")
    print_transcript(console, whole, start=start, end=end, lines=wanted)


def delete(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id, title or file name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Remove a document from the store and every index."""
    from cli.text import safe_line

    with open_knowledge_base(context, data_dir) as knowledge_base:
        summary = knowledge_base.summary(match_document(knowledge_base, document))
        title = safe_line(summary.title)
        if not yes:
            if not sys.stdin.isatty():
                raise InputError("Nothing was deleted: nobody is there to confirm.", "Add --yes.")
            typer.confirm(f"Delete “{title}”?", abort=True, err=True)
        knowledge_base.delete(summary.id)
    if as_json:
        print_json({"deleted": summary.id})
    else:
        typer.echo(f"Deleted “{title}”.", err=True)


def speakers(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """List who speaks, where and how much."""
    with open_knowledge_base(context, data_dir) as knowledge_base:
        rows = knowledge_base.speakers()
    if as_json:
        from kb.shapes import speaker_shape

        print_json({"speakers": [speaker_shape(row) for row in rows]})
    else:
        from cli.render import make_console, print_speakers

        print_speakers(make_console(), rows)


def topics(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """List topics with how many passages each has."""
    with open_knowledge_base(context, data_dir) as knowledge_base:
        rows = knowledge_base.topics()
    if as_json:
        from kb.shapes import topic_shape

        print_json({"topics": [topic_shape(row) for row in rows]})
    else:
        from cli.render import make_console, print_topics

        print_topics(make_console(), rows)
