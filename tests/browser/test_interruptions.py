"""What happens on the pages when something comes in between."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

QUESTION = "When will AI do half of today's office tasks?"
ASKED = f"/?q={quote(QUESTION)}"
QUOTE = "I'd say 2031 for half of the tasks."
ERROR = '{"error": {"code": "busy", "message": "Too many questions.", "hint": "Come back."}}'
HOSTILE = """---
title: "<img src=x onerror=alert(1)> beacons"
link: "javascript:alert(2)"
---

## <script>alert(3)</script> Beacons

**Mallory** (00:00:04): The beacon <img src=https://evil.example/x.png onerror=alert(4)> turns.

**Bo Lindqvist** (00:00:20): \u202eThe keeper of the beacon says [click](javascript:alert(5)).
"""


def asked(open_page, **options):
    page = open_page(ASKED, **options)
    expect(page.locator("article > .facts")).to_be_visible()
    return page


def answer_with(page, body: str) -> None:
    """Every question gets this event stream."""
    page.route(
        "**/api/ask",
        lambda route: route.fulfill(status=200, content_type="text/event-stream", body=body),
    )


@pytest.fixture
def hostile(site) -> Iterator[str]:
    """The id of a hostile Markdown transcript with times and a link that is a script."""
    files = [("file", ("beacons.md", HOSTILE.encode()))]
    reply = httpx.post(f"{site}/api/documents", files=files, timeout=60).json()
    document_id = reply["documents"][0]["id"]
    yield document_id
    httpx.delete(f"{site}/api/documents/{document_id}")


def test_an_answer_can_be_stopped_and_asked_again(open_page):
    """Answers are held back, so that there is something to stop."""
    page = open_page("/")
    page.route("**/api/ask", lambda route: None)
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("article")).to_contain_text("Stopped.")
    page.unroute("**/api/ask")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("article .quotes")).to_be_visible()
    expect(page.locator("article")).to_have_count(1)
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_a_question_that_displaces_another_can_be_stopped_too(open_page):
    page = open_page("/")
    page.route("**/api/ask", lambda route: None)
    for question in ("What is first?", "What is second?"):
        page.fill("#question", question)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Stopped.")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_have_count(2)


def test_an_error_of_the_server_is_told(open_page):
    page = open_page("/")
    answer_with(page, f"event: error\ndata: {ERROR}\n\n")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Too many questions. Come back.")


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one(open_page):
    page = open_page("/")
    answer_with(page, 'event: token\ndata: {"text": "Perhaps"}\n\n')
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Perhaps")
    expect(page.get_by_role("alert")).to_contain_text("ended before the answer did")


def test_a_transcript_that_comes_late_does_not_replace_the_one_opened_since(open_page):
    page = asked(open_page)
    held = []
    hrefs = page.locator(".mark").evaluate_all("marks => marks.map(mark => mark.href)")
    first = next(i for i, href in enumerate(hrefs) if "panel" in href)
    other = next(i for i, href in enumerate(hrefs) if "panel" not in href)
    page.route("**/documents/panel*", lambda route: held.append(route))  # noqa: PLW0108
    page.locator(".mark").nth(first).click()
    page.locator(".mark").nth(other).click()
    highlighted = page.locator("#reader mark")
    expect(highlighted).to_be_visible()
    words = highlighted.inner_text()
    with page.expect_response("**/documents/panel*"):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(highlighted).to_have_text(words)


def test_the_quote_of_a_number_stays_while_the_pointer_is_on_it(open_page):
    page = open_page("/")
    page.clock.install()
    page.goto(page.url.rstrip("/") + ASKED)
    page.locator(".mark").first.hover()
    tip = page.get_by_role("tooltip")
    tip.hover()
    page.clock.run_for(2_000)
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    page.clock.run_for(2_000)
    expect(tip).to_be_hidden()


def test_what_a_transcript_covers_on_a_phone_cannot_be_reached(open_page):
    page = asked(open_page, viewport={"width": 360, "height": 740})
    page.locator(".mark").first.click()
    expect(page.locator("#reader mark")).to_be_visible()
    assert page.locator("#view").evaluate("node => node.inert")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(".mark").first).to_be_focused()


def test_a_quote_is_copied_with_its_speaker_and_its_place(open_page, site):
    page = asked(open_page, permissions=["clipboard-read", "clipboard-write"])
    item = page.locator(".quotes > li").filter(has_text=QUOTE)
    item.get_by_role("button").click()
    expect(item.get_by_role("button")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"“{QUOTE}” — Abena Frimpong, Closing panel" in copied
    assert f"{site}/documents/panel" in copied


def test_a_dropped_file_is_read(open_page, site):
    page = open_page("/documents")
    files = page.evaluate_handle(
        """text => {
          const files = new DataTransfer();
          files.items.add(new File([text], "dropped.txt"));
          return files;
        }""",
        "Pia Gull: Puffins nest in burrows.\n\nOle Berg: They dig them with their feet.\n",
    )
    page.locator(".drop").dispatch_event("drop", {"dataTransfer": files})
    expect(page.locator(".upload li")).to_contain_text("Added", timeout=60_000)
    rows = httpx.get(f"{site}/api/documents").json()["documents"]
    (dropped,) = [row for row in rows if row["source"].endswith("dropped.txt")]
    httpx.delete(f"{site}/api/documents/{dropped['id']}")


def test_a_link_of_a_document_that_is_a_script_is_no_link(open_page, hostile):
    for path in ("/documents", f"/documents/{hostile}", f"/documents?open={hostile}.10-40"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        assert 0 == page.locator("[href^='javascript:' i], [onerror], [onclick]").count()
        assert 0 == page.locator("main :is(script, img), #reader :is(script, img)").count()


def test_a_mark_of_direction_ends_with_its_paragraph(open_page, hostile):
    page = open_page(f"/documents/{hostile}")
    paragraph = page.locator(".turn p", has_text="keeper of the beacon")
    assert "isolate" in paragraph.evaluate("node => getComputedStyle(node).unicodeBidi")
