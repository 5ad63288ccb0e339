"""axe-core finds nothing serious on any page, in light, in dark and on a phone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import axe_playwright_python
import pytest

pytestmark = pytest.mark.slow

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
ANSWER = f"/?q={quote('When will AI do half of today?')}"
ABSTENTION = f"/?q={quote('What is the capital of Mongolia?')}"
PAGES = (
    "/", ANSWER, ABSTENTION, "/search?q=compute", "/claims?kind=timeline", "/claims?compare=AGI",
    "/documents", "transcript",
)  # fmt: skip
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_shut_out(open_page, path, look):
    if path == "transcript":
        page = open_page("/documents", **LOOKS[look])
        page.locator("article.document h2 a").first.click()
        page.wait_for_selector("main.transcript")
    else:
        page = open_page(path, **LOOKS[look])
    page.wait_for_load_state("networkidle")
    if path == ANSWER:
        page.locator(".mark").first.click()
        page.wait_for_selector("#reader mark")
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    told = [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert told == []
