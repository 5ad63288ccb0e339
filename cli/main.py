"""The command line. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from cli.claims import claims
from cli.comparing import compare
from cli.contents import delete, documents, show, speakers, topics
from cli.evaluation import evaluate
from cli.json_output import print_json
from cli.keys import keys
from cli.maintenance import backup, check, restore, vacuum
from cli.options import (
    DataDir,
    DateFrom,
    DateTo,
    Documents,
    GlobalDataDir,
    Json,
    Speakers,
    Topics,
    make_filters,
    make_settings,
    open_knowledge_base,
    read_history,
)
from cli.upgrading import upgrade
from cli.verifying import verify
from kb.errors import KnowledgeBaseError, OutOfMemory

DISTRIBUTION = "alignment-kb"
FAILED, PARTLY_DONE = 1, 3
_NO_ROOM = re.compile("failed to map|can't start new thread")


class Commands(TyperGroup):
    """The commands; an error of the tree ends them with what happened and what to do."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KnowledgeBaseError as error:
            from cli.text import safe_line

            typer.echo(f"Error: {safe_line(str(error))}\n{safe_line(error.hint)}", err=True)
            raise typer.Exit(FAILED) from error
        except (MemoryError, ImportError, RuntimeError) as error:
            # For want of memory no library can be imported, and no thread started.
            if not isinstance(error, MemoryError) and not _NO_ROOM.search(str(error)):
                raise
            typer.echo(f"Error: There is no memory left.\n{OutOfMemory.default_hint}", err=True)
            raise typer.Exit(FAILED) from error


app = typer.Typer(
    cls=Commands,
    help="Answers questions about transcripts with quotes that are provably in them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"kb {version(DISTRIBUTION)}")
        except PackageNotFoundError:
            typer.echo("kb (not installed)")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data_dir: GlobalDataDir = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    from cli.logs import set_up_logging

    set_up_logging()
    context.obj = data_dir


@app.command()
def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Transcript files or folders.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Read unchanged files again.")] = False,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray", metavar="ADDRESS", help="Spread the work over the Ray cluster at HOST:PORT."
        ),
    ] = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Read transcripts into the knowledge base."""
    from cli.progress import make_progress
    from cli.render import make_console, print_ingest
    from ingest.pipeline import ingest_paths

    settings = make_settings(context, data_dir)
    progress = make_progress(make_console(stderr=True))
    try:
        if ray:
            from ingest.cluster.run import ingest_on_ray

            report = ingest_on_ray(settings, ray, paths, progress=progress, force=force)
        else:
            report = ingest_paths(settings, paths, progress=progress, force=force)
    finally:
        progress.finish()
    if as_json:
        from cli.ingesting import ingest_shape
        from kb.knowledge_base import KnowledgeBase

        with KnowledgeBase(settings) as knowledge_base:
            print_json(ingest_shape(knowledge_base, report))
    else:
        print_ingest(make_console(), report)
    if report.refused:
        raise typer.Exit(PARTLY_DONE)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="Without it, lines of input are questions."),
    ] = None,
    speaker: Speakers = None,
    document: Documents = None,
    topic: Topics = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    extractive: Annotated[
        bool, typer.Option("--extractive", help="Answer in the speakers' own sentences only.")
    ] = False,
    llm: Annotated[bool, typer.Option("--llm", help="Let the language model write.")] = False,
    careful: Annotated[
        bool,
        typer.Option("--careful", help="Read the best passages with a model first; takes seconds."),
    ] = False,
    history: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Earlier exchanges as JSON, for follow-up questions."),
    ] = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Answer a question with quotes."""
    if extractive and llm:
        raise typer.BadParameter("--extractive and --llm exclude each other.")
    if question is None and as_json:
        raise typer.BadParameter("--json needs a QUESTION.")
    mode: Literal["auto", "extractive", "llm"] = (
        "extractive" if extractive else "llm" if llm else "auto"
    )
    exchanges = read_history(history)
    with open_knowledge_base(context, data_dir, careful=careful or None) as knowledge_base:
        filters = make_filters(knowledge_base, speaker, document, topic, date_from, date_to)
        if question is None:
            from cli.asking import converse

            converse(knowledge_base, exchanges, filters, mode)
        elif as_json:
            from kb.shapes import answer_shape

            answer = knowledge_base.answer(question, exchanges, filters, mode)
            print_json(answer_shape(answer))
        else:
            from cli.render import make_console, print_answer

            print_answer(make_console(), knowledge_base.ask(question, exchanges, filters, mode))


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=100, help="How many passages.")
    ] = 10,
    speaker: Speakers = None,
    document: Documents = None,
    topic: Topics = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Find passages."""
    with open_knowledge_base(context, data_dir) as knowledge_base:
        filters = make_filters(knowledge_base, speaker, document, topic, date_from, date_to)
        began = time.perf_counter()
        hits = knowledge_base.search(query, limit, filters)
        took_ms = 1000 * (time.perf_counter() - began)
    if as_json:
        from kb.shapes import search_shape

        print_json(search_shape(hits, took_ms))
    else:
        from cli.render import make_console, print_hits

        print_hits(make_console(), hits)


for content in (documents, show, delete, speakers, topics):
    app.command()(content)


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The address to listen on. [127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, max=65_535, help="0 takes a free one. [8000]"),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings in TOML. [env var: KB_CONFIG_FILE]"),
    ] = None,
    log_format: Annotated[
        Literal["auto", "text", "json"] | None,
        typer.Option(help="The log; auto is text on a terminal, else lines of JSON."),
    ] = None,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print the settings and where each is from.")
    ] = False,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Serve the API and the web page."""
    from cli.serving import run_server

    options = {"host": host, "port": port, "config_file": config, "log_format": log_format}
    settings = make_settings(context, data_dir, **options)
    if not show_config:
        raise typer.Exit(run_server(settings))
    from cli.configuration import print_configuration, source_shapes

    shapes = source_shapes(settings, options | {"data_dir": data_dir or context.obj})
    if as_json:
        print_json({"settings": shapes})
    else:
        print_configuration(shapes)


@app.command()
def mcp(context: typer.Context, data_dir: DataDir = None) -> None:
    """Serve assistants over standard input and output (Model Context Protocol)."""
    from cli.serving import run_mcp

    run_mcp(make_settings(context, data_dir))


app.add_typer(claims, name="claims")
app.add_typer(keys, name="keys")
for command in (compare, backup, restore, check, vacuum, upgrade):
    app.command()(command)
app.command("eval")(evaluate)
app.command()(verify)


@app.command()
def doctor(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """Check the installation and say how to mend it."""
    from dataclasses import asdict

    from cli.render import make_console, print_checks
    from kb.doctor import check as check_installation

    checks = check_installation(make_settings(context, data_dir))
    if as_json:
        print_json({"checks": [asdict(entry) for entry in checks]})
    else:
        print_checks(make_console(), checks)
    if any(entry.ok is False for entry in checks):
        raise typer.Exit(FAILED)


def main() -> None:
    """The entry point of ``kb``."""
    app(prog_name="kb")


if __name__ == "__main__":
    main()
