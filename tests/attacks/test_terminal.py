"""No word of a transcript, and no name of a file, controls a terminal, a log or a reader of it."""

from __future__ import annotations

import json
import logging
import os
import pty
import re
import select
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from cli.logs import set_up_logging
from cli.main import app
from ingest.pipeline import ingest_paths
from server.logs import JsonLines, TextLines

ESCAPES = (
    "\x1b[31m\x1b[2J\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil.example\x07\x9b1A"
    "\x1bP+q\x1b\\\x08\x0c\x0e\x7f\x85\u202e\u2066\u200b\u2060\ufeff\U000e0041\U000e0101"
)
TITLE = f"Kilns{ESCAPES} of the bay"
SPEAKER = f"Ines{ESCAPES} Park"
SAID = f"My median{ESCAPES} for AGI is 2034{ESCAPES} and there is a 30% chance{ESCAPES} of doom."
LATER = f"We fired 41{ESCAPES} pots."
IN_NAMES = ESCAPES.replace("/", "")
FILE_NAME = f"kilns{IN_NAMES}\nError: all is lost.json"
OURS = re.compile(r"\x1b\[[\d;]*m|\x1b\[\?25[hl]|\x1b\[[\d;]*[AKG]|\r")


def transcript() -> str:
    turns = [{"speaker": SPEAKER, "text": text, "start": 1.5} for text in (SAID, LATER)]
    turns.append({"speaker": "Tom Reed", "text": "I think AGI comes by 2051, for sure."})
    head = {"title": TITLE, "date": f"2024-03-11{ESCAPES}", "speakers": [{"name": SPEAKER}]}
    return json.dumps(head | {"segments": turns})


@pytest.fixture(scope="module")
def stored(tmp_path_factory, default_settings, embedder):
    """A data directory, and the folder it was read from."""
    folder = tmp_path_factory.mktemp("escapes")
    (folder / FILE_NAME).write_text(transcript(), encoding="utf-8")
    data_dir = tmp_path_factory.mktemp("store")
    settings = default_settings.model_copy(update={"data_dir": data_dir})
    report = ingest_paths(settings, [folder], embedder=embedder)
    assert 1 == len(report.outcomes)
    assert "\x1b" in report.outcomes[0].title
    return data_dir, folder


@pytest.fixture
def kb(stored, monkeypatch):
    monkeypatch.setenv("KB_DATA_DIR", str(stored[0]))
    monkeypatch.setenv("KB_LLM", "none")
    return lambda *arguments, **options: CliRunner().invoke(app, arguments, **options)


COMMANDS = [
    ("ask", "When does Ines Park expect AGI?"),
    ("ask", "What does nobody ever mention about lettuce?"),
    ("search", "pots"),
    ("documents",),
    ("show", "kilns"),
    ("show", "kilns", "--lines", "1-9"),
    ("speakers",),
    ("topics",),
    ("claims",),
    ("claims", "--kind", "timeline"),
    ("compare", "AGI"),
    ("verify", "We fired 41 pots."),
    ("verify", "We fired 42 pots."),
    ("verify", "We fired 41 pots.", "--speaker", "Tom"),
    ("ask", "pots", "--speaker", "Nobody"),
    ("ask", "pots", "--speaker", "n"),
    ("show", f"nothing{ESCAPES}"),
    ("delete", "kilns"),
    ("ingest", f"/nowhere/{ESCAPES}"),
    ("doctor",),
]


def name_of(command: tuple[str, ...]) -> str:
    return " ".join(command).split("\x1b")[0]


@pytest.mark.parametrize("command", COMMANDS, ids=name_of)
def test_what_a_command_prints_controls_nothing(kb, controls, command):
    """Neither what it prints nor what it complains of."""
    result = kb(*command)
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    assert result.output.strip()
    assert [] == controls.findall(result.output)


@pytest.mark.parametrize(
    "command",
    [*(c for c in COMMANDS if c[0] in {"ask", "search", "claims", "compare", "verify"})],
    ids=name_of,
)
def test_json_keeps_what_was_said_and_prints_nothing_that_acts(kb, controls, command):
    result = kb(*command, "--json")
    assert [] == controls.findall(result.output)
    if command == ("search", "pots"):
        texts = [hit["text"] for hit in json.loads(result.stdout)["hits"]]
        assert any("We fired 41\x1b[31m\x1b[2J" in text for text in texts)


def test_a_claim_is_explained_without_controlling_anything(kb, controls):
    claim = json.loads(kb("claims", "--json").stdout)["claims"][0]["id"]
    assert [] == controls.findall(kb("claims", "explain", claim).output)


def test_a_document_is_deleted_by_a_name_that_controls_nothing(kb, stored, controls):
    result = kb("delete", "kilns", "--yes")
    assert "Deleted" in result.output
    assert [] == controls.findall(result.output)
    assert [] == controls.findall(kb("ingest", str(stored[1])).output)


def test_a_name_with_a_line_break_is_no_message_of_ours(tmp_path, kb):
    """Every line that a command prints begins with words of the command."""
    (tmp_path / "a\nError: the disk is on fire.txt").write_bytes(b"a\0b")
    result = kb("ingest", str(tmp_path))
    assert 3 == result.exit_code
    assert not any(line.startswith("Error:") for line in result.output.splitlines())


def test_a_terminal_gets_only_our_own_colours(stored, controls):
    """On a real terminal, where styles are printed as escape sequences, none is anybody else's."""
    data_dir, _ = stored
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "cli.main", "ask", "When does Ines Park expect AGI?"]
    environment = os.environ | {"KB_DATA_DIR": str(data_dir), "KB_LLM": "none", "TERM": "xterm"}
    with subprocess.Popen(
        command, stdout=child, stderr=child, stdin=child, env=environment
    ) as process:
        os.close(child)
        printed = _read_all(parent)
    os.close(parent)
    assert 0 == process.returncode
    assert "\x1b[" in printed
    assert [] == controls.findall(OURS.sub("", printed))


def _read_all(terminal: int) -> str:
    pieces: list[bytes] = []
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces).decode()


# --- logs -----------------------------------------------------------------------------------------


def record(message: str) -> logging.LogRecord:
    return logging.LogRecord("kb", logging.WARNING, "f.py", 1, "read %s", (message,), None)


@pytest.mark.parametrize("form", [TextLines({}), JsonLines({})], ids=["text", "json"])
def test_a_name_in_a_log_is_in_one_line_and_controls_nothing(form, controls):
    line = form.format(record(f"a{ESCAPES}\n12:00:00 error forged"))
    assert 1 == len(line.splitlines())
    assert [] == controls.findall(line)


def test_a_reader_that_fails_is_told_in_lines_without_a_traceback(
    tmp_path, kb, monkeypatch, controls, caplog
):
    """The real reader, made to fail: the file is refused, its name controls nothing."""

    def fail(*_: object) -> None:
        raise ValueError(f"bad{ESCAPES}")

    monkeypatch.setattr("ingest.documents.read", fail)
    (tmp_path / f"x{IN_NAMES}.txt").write_text("Ada: hi.", encoding="utf-8")
    result = kb("ingest", str(tmp_path))
    assert 3 == result.exit_code
    assert [] == controls.findall(result.output)
    assert "Traceback" not in result.output


def test_what_libraries_report_while_a_command_runs_is_one_safe_line(controls):
    program = (
        "import logging\n"
        f"from cli.logs import {set_up_logging.__name__} as set_up; set_up()\n"
        f"try: 1 / 0\nexcept ZeroDivisionError: logging.exception({ESCAPES + chr(10)!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert 1 == len(done.stderr.splitlines())
    assert [] == controls.findall(done.stderr.strip())
