"""``kb upgrade``: another embedding model for a shared store, while it serves."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, make_settings


def upgrade(
    context: typer.Context,
    model: Annotated[
        str | None,
        typer.Argument(metavar="[MODEL]", help="A sentence-transformers model, by name or path."),
    ] = None,
    remove_old: Annotated[
        bool,
        typer.Option("--remove-old", help="Remove the vectors and indexes of all other models."),
    ] = False,
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Change the embedding model of a shared store while it serves.

    Vectors and an index of MODEL are built beside the old ones; then the store names it, and
    servers change to it. When all have, `kb upgrade --remove-old` gives the space back.
    """
    from ingest.cluster.upgrade import remove_other_models, upgrade_model
    from kb.errors import InputError

    settings = make_settings(context, data_dir)
    if (model is None) != remove_old:
        raise InputError("Name either a model or --remove-old.", "See kb upgrade --help.")
    if model is None:
        removed = [other.model_id for other in remove_other_models(settings)]
        told = f"Removed {', '.join(removed)}." if removed else "There is no other model."
        result: dict[str, object] = {"removed": removed}
    else:
        changed = upgrade_model(settings, model, _tell)
        told = f"The store's model is {changed.model_id} now."
        result = {"model": changed.model_id, "dimension": changed.dimension}
    if as_json:
        print_json(result)
    else:
        typer.echo(told, err=True)


def _tell(done: int, total: int) -> None:
    typer.echo(f"{done} of {total} passages", err=True)
