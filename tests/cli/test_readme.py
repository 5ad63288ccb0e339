"""The answers that the README shows are those that its commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app

README = Path(__file__).parents[2] / "README.md"
SHOWN = re.findall(
    r"^```console\n\$ kb (?P<command>.+)\n(?P<output>(?:.*\n)*?)```$",
    README.read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_of_the_readme_prints_what_it_shows(samples, monkeypatch, command, output):
    """But for the seconds that it took."""
    monkeypatch.setenv("KB_DATA_DIR", str(samples.data_dir))
    monkeypatch.setenv("COLUMNS", "100")

    printed = CliRunner().invoke(app, shlex.split(command)).stdout

    assert _lines(output) == _lines(printed)


def test_the_readme_shows_answers():
    assert len(SHOWN) >= 4


def _lines(output: str) -> list[str]:
    plain = re.sub(r"\d+\.\d+ s$", "… s", output.strip(), flags=re.MULTILINE)
    return [line.rstrip() for line in plain.split("\n")]
