"""The JSON that ``--json`` prints."""

from __future__ import annotations

import json
from typing import Any

import typer

from kb.text.plain_text import CONTROLS


def json_line(value: Any) -> str:
    """One JSON value; control characters are escaped, so nothing is lost and nothing acts."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return CONTROLS.sub(lambda match: json.dumps(match[0])[1:-1], text)


def print_json(value: Any) -> None:
    """The one JSON value of a command."""
    typer.echo(json_line(value))
