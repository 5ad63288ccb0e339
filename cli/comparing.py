"""``kb compare``: what people say on one subject, and where they do not agree."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.json_output import print_json
from cli.options import DataDir, Json, open_knowledge_base


def compare(
    context: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="As in “AGI timelines” or “cost of GPT-2”.")
    ],
    as_json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Set the claims on one subject side by side, with what contradicts what."""
    with open_knowledge_base(context, data_dir) as knowledge_base:
        comparison = knowledge_base.compare_claims(subject)
    if as_json:
        from kb.claims.compare import comparison_shape

        print_json(comparison_shape(comparison))
    else:
        from cli.render import make_console
        from cli.render_comparison import print_comparison

        print_comparison(make_console(), comparison)
