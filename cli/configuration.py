"""The settings as ``kb serve --show-config`` prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.settings import Settings, origin_of

SECRETS = ("api_key",)
ADDRESSES = ("store", "index", "llm")  # which may hold a password
CREDENTIALS = r"(?<=//)\S*(?=@)|(?<=password=)[^&\s]+"
MASK = "********"


def source_shapes(settings: Settings, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every setting with its value and where it is from; secrets are masked."""
    return [
        {"name": name, "value": _shown(name, value), "source": origin_of(name, dict(options))}
        for name, value in settings
    ]


def print_configuration(shapes: list[dict[str, Any]]) -> None:
    """A table of them."""
    from rich.table import Table

    from cli.render import make_console
    from cli.text import safe

    table = Table("setting", "value", "from", box=None, pad_edge=False)
    for shape in shapes:
        value = shape["value"]
        text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        table.add_row(shape["name"], safe(text), shape["source"])
    make_console().print(table)


def _shown(name: str, value: Any) -> Any:
    if name in SECRETS and value:
        return MASK
    if name in ADDRESSES:
        return re.sub(CREDENTIALS, MASK, value)
    if isinstance(value, Path):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
