"""/api/openapi.json is true: schemathesis finds no reply that it does not describe."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from server.app import create_app

KEY = "correct-horse"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.mark.slow
@pytest.mark.parametrize("api_key", [None, KEY], ids=["without a key", "with a key"])
def test_every_reply_is_as_described(settings, serve, tmp_path, api_key):
    data_dir = Path(shutil.copytree(settings.data_dir, tmp_path / "data"))
    app = create_app(settings.model_copy(update={"data_dir": data_dir, "api_key": api_key}))
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    with serve(app) as address:
        while httpx.get(f"{address}/health/ready").status_code != 200:
            pass
        command = [
            str(SCHEMATHESIS),
            "run",
            f"{address}/api/openapi.json",
            "--checks=all",
            "--seed=7",
            "--max-examples=3",
            "--continue-on-failure",
            "--warnings=off",
            "--request-timeout=30",
            "--no-color",
            *(f"--header={name}: {value}" for name, value in headers.items()),
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert 0 == result.returncode, result.stdout
