"""``kb claims``: who believes what figure; listed, exported, explained and drawn."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, open_knowledge_base
from kb.errors import InputError
from kb.matching import match_claim_filters
from kb.types import ClaimFilters, ClaimKind

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

PictureKind = Literal["timeline", "probability", "compute"]
PictureFormat = Literal["svg", "png", "html"]
Theme = Literal["light", "dark", "auto"]

PAGE = 100  # claims shown when no limit is given
ALL = sys.maxsize

Topic = Annotated[
    str | None, typer.Option(metavar="TOPIC", help="What it is about: AGI, AI catastrophe…")
]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who believes it, in whosever words.")
]
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Whose words they are.")]
Claimant = Annotated[
    str | None, typer.Option(metavar="NAME", help="Whose belief somebody else reports.")
]
InDocument = Annotated[
    str | None, typer.Option("--document", metavar="DOCUMENT", help="Id, title or file name.")
]
YearFrom = Annotated[
    int | None,
    typer.Option("--from", metavar="YEAR", min=1, max=9999, help="Speaks of this year or later."),
]
YearTo = Annotated[
    int | None,
    typer.Option("--to", metavar="YEAR", min=1, max=9999, help="Speaks of this year or earlier."),
]
Query = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Words of the subject or the quote.")
]

claims = typer.Typer(rich_markup_mode=None)


@claims.callback(invoke_without_command=True, subcommand_metavar="[COMMAND [ARGS]...]")
def list_claims(
    context: typer.Context,
    kind: Annotated[
        ClaimKind | None,
        typer.Option(metavar="KIND", help=f"{', '.join(get_args(ClaimKind))}."),
    ] = None,
    topic: Topic = None,
    by: By = None,
    speaker: Speaker = None,
    claimant: Claimant = None,
    document: InDocument = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    query: Query = None,
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=ALL, help=f"How many; {PAGE}, or all with --csv and --parquet."
        ),
    ] = None,
    offset: Annotated[
        int, typer.Option(metavar="N", min=0, max=ALL, help="Leave out the first N.")
    ] = 0,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV to standard output.")] = False,
    parquet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a Parquet file.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """List figures and forecasts with their quotes.

    A later view stands before the earlier one that it supersedes. `kb claims COMMAND --help`
    tells how to have a claim explained, and claims drawn.
    """
    if context.invoked_subcommand:
        _hand_on(context, data_dir)
        return
    if sum((as_json, as_csv, parquet is not None)) > 1:
        raise typer.BadParameter("--json, --csv and --parquet exclude each other.")
    default = ALL if as_csv or parquet else PAGE
    with open_knowledge_base(context, data_dir) as knowledge_base:
        filters = claim_filters(
            knowledge_base,
            ClaimFilters(
                kind=kind,
                topic=topic,
                speaker=speaker,
                claimant=claimant,
                holder=by,
                document=document,
                query=query,
                year_from=year_from,
                year_to=year_to,
            ),
        )
        found, total = knowledge_base.claims(filters, limit or default, offset)
    if as_json:
        from kb.shapes import claim_shape

        shape = {"claims": [claim_shape(claim) for claim in found], "total": total}
        print_json(shape)
    elif as_csv:
        from kb.claims.export import to_csv

        typer.echo(to_csv(found), nl=False)
    elif parquet:
        from kb.claims.export import to_parquet

        write_file(parquet, to_parquet(found))
    else:
        from cli.render import make_console
        from cli.render_claims import print_claims

        print_claims(make_console(), found, total)


@claims.command()
def explain(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how the id begins.")],
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Show which rule and which words gave each field of a claim."""
    with open_knowledge_base(context, data_dir) as knowledge_base:
        found, reasons = knowledge_base.explain_claim(claim)
    if as_json:
        from kb.shapes import explanation_shape

        print_json(explanation_shape(found, reasons))
    else:
        from cli.render import make_console
        from cli.render_claims import print_explanation

        print_explanation(make_console(), found, reasons)


@claims.command()
def plot(
    context: typer.Context,
    kind: Annotated[
        PictureKind, typer.Option(metavar="KIND", help=f"{', '.join(get_args(PictureKind))}.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Its suffix tells how: .svg, .png or .html."
        ),
    ],
    theme: Annotated[
        Theme, typer.Option(metavar="THEME", help="light, dark, or auto: as the reader prefers.")
    ] = "auto",
    server: Annotated[
        str,
        typer.Option(metavar="URL", help="Where `kb serve` runs; links to the quotes lead there."),
    ] = "http://127.0.0.1:8000",
    topic: Topic = None,
    by: By = None,
    speaker: Speaker = None,
    claimant: Claimant = None,
    document: InDocument = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    query: Query = None,
    data_dir: DataDir = None,
) -> None:
    """Draw claims: forecasts over the years, probabilities, or compute."""
    file_format = picture_format(output)
    if not server.startswith(("http://", "https://")):
        raise InputError(f"“{server}” is not the address of a server.", "Write http://HOST:PORT.")
    with open_knowledge_base(context, data_dir) as knowledge_base:
        filters = claim_filters(
            knowledge_base,
            ClaimFilters(
                topic=topic,
                speaker=speaker,
                claimant=claimant,
                holder=by,
                document=document,
                query=query,
                year_from=year_from,
                year_to=year_to,
            ),
        )
        found, _ = knowledge_base.claims(filters, ALL)
    from kb.claims.plot import plot_claims

    write_file(output, plot_claims(found, kind, file_format, theme, base_url=server))


def claim_filters(knowledge_base: KnowledgeBase, typed: ClaimFilters) -> ClaimFilters:
    """Filters with the names that are meant instead of those that were typed.

    Raises NotFound for a name that fits nothing, and InputError for one that fits several, or
    years that are the wrong way round.
    """
    if typed.year_from and typed.year_to and typed.year_from > typed.year_to:
        raise InputError(
            f"--from {typed.year_from} is later than --to {typed.year_to}.", "Swap the two years."
        )
    return match_claim_filters(knowledge_base, typed)


def picture_format(path: Path) -> PictureFormat:
    """The format that a file's suffix names. Raises InputError for another suffix."""
    suffix = path.suffix.lower().removeprefix(".")
    chosen: PictureFormat | None = next((f for f in get_args(PictureFormat) if f == suffix), None)
    if chosen is None:
        raise InputError(
            f"“{path.name}” does not end in .svg, .png or .html.", "The suffix chooses the format."
        )
    return chosen


def write_file(path: Path, content: bytes) -> None:
    """Write a file, over an older one too. Raises InputError when that cannot be done."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}.", "Check the path.") from error
    typer.echo(f"Wrote {path}.", err=True)


def _hand_on(context: typer.Context, data_dir: Path | None) -> None:
    """Let a command below take the data directory; refuse options that it would not heed."""
    context.obj = data_dir or context.obj
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name != "data_dir" and source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(
                f"Write {parameter.opts[0]} after `{context.invoked_subcommand}`."
            )
