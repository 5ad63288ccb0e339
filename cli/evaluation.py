"""The command ``kb eval``: what may be said on the command line, and its exit status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, make_settings

FAILED = 1


def evaluate(
    context: typer.Context,
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUITE…]",
            help="samples, gold, claims, qmsum, audrow, talks, invented, invented_claims, or "
            "FILE.jsonl: questions about your own transcripts. Without one, all whose data is "
            "here.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", envvar="KB_EVAL_DATA", help="Where gold data lies."),
    ] = None,
    mode: Annotated[
        str, typer.Option(metavar="MODE", help="How to answer: extractive, auto or llm.")
    ] = "extractive",
    show_misses: Annotated[
        bool, typer.Option("--misses", help="List the questions and claims that failed.")
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fail when a figure is worse than in this file."),
    ] = None,
    tolerance: Annotated[
        float,
        typer.Option(metavar="X", min=0.0, max=1.0, help="By how much, with --check."),
    ] = 0.03,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures for --check.")
    ] = None,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Measure how well questions are answered and claims found."""
    from kb.answers.answer import AskMode

    chosen: AskMode | None = next((m for m in get_args(AskMode) if m == mode), None)
    if chosen is None:
        raise typer.BadParameter(f"{mode} is not one of {', '.join(get_args(AskMode))}.")
    from cli.evaluating import print_results, run_suites
    from cli.render import make_console
    from kb.evaluation.baseline import falls, read_baseline
    from kb.evaluation.baseline import write_baseline as write
    from kb.evaluation.figures import evaluation_shape

    expected = read_baseline(check) if check else None
    results = run_suites(suites or [], make_settings(context, data_dir), data, chosen)
    if as_json:
        print_json(evaluation_shape(results))
    else:
        print_results(make_console(), results, misses=show_misses)
    if write_baseline:
        write(write_baseline, results)
    if expected:
        for fall in (found := falls(expected, results, tolerance)):
            typer.echo(f"worse: {fall}", err=True)
        if found:
            raise typer.Exit(FAILED)
