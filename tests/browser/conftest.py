"""A real Chromium over a real server with all samples; no page may complain or call elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kb.settings import Settings
from server.app import create_app

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
PATIENCE_MS = 30_000
HOSTILE = (
    "A talk about markup\n\n"
    "Ada Quill: <script>document.title='owned'</script> scripts are what zebras worry about.\n\n"
    "Bo Lindqvist: <img src=x onerror=\"document.title='owned'\"> pictures worry zebras more.\n\n"
    "Ada Quill: See [zebras](javascript:alert(1)) or javascript:alert(2) about zebras, "
    "\u202eesrever\u202c and " + "long" * 200 + ".\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright's loop runs in this thread, and no other can beside it: it ends with the file."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory, samples: Settings, serve, wait_until_ready) -> Iterator[str]:
    """The address of a server over a copy of all samples and a hostile transcript."""
    data_dir = shutil.copytree(samples.data_dir, tmp_path_factory.mktemp("site") / "data")
    settings = samples.model_copy(update={"data_dir": data_dir, "api_key": None})
    with serve(create_app(settings)) as address, httpx.Client(base_url=address) as client:
        wait_until_ready(client)
        files = [("file", ("hostile.txt", HOSTILE.encode()))]
        assert client.post("/api/documents", files=files, timeout=60).json()["refused"] == []
        yield address


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens an address in a browser of its own; options are those of a Playwright context."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str, **options) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: told.type == "error" and complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: _is_foreign(sent.url, site) and complaints.append(sent.url))
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_foreign(url: str, site: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"} and not url.startswith(site)
