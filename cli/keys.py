"""``kb keys``: API keys that ``kb serve`` accepts."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, make_settings

keys = typer.Typer(
    help="Make, list and revoke API keys of the server.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Who or what uses the key.")]


@keys.command()
def add(
    context: typer.Context, name: Name, as_json: Json = False, data_dir: DataDir = None
) -> None:
    """Make a key and print it, this once: only its hash is kept."""
    from server.keys import add_key

    key = add_key(make_settings(context, data_dir).data_dir, name)
    if as_json:
        print_json({"name": name, "key": key})
    else:
        typer.echo(key)
        typer.echo("Keep it: it cannot be shown again.", err=True)


@keys.command("list")
def list_(context: typer.Context, as_json: Json = False, data_dir: DataDir = None) -> None:
    """List the names of the keys and when they were made."""
    from server.keys import read_keys

    rows = read_keys(make_settings(context, data_dir).data_dir)
    if as_json:
        print_json({"keys": [{"name": row.name, "created": row.created} for row in rows]})
    else:
        for row in rows:
            typer.echo(f"{row.name}  {row.created}")


@keys.command()
def remove(
    context: typer.Context, name: Name, as_json: Json = False, data_dir: DataDir = None
) -> None:
    """Revoke a key, also for a server that runs."""
    from server.keys import remove_key

    remove_key(make_settings(context, data_dir).data_dir, name)
    if as_json:
        print_json({"removed": name})
    else:
        typer.echo(f"Removed the key “{name}”.", err=True)
