"""What people do on the pages, done in a real browser."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect

from kb.knowledge_base import KnowledgeBase
from kb.links import place_url
from server.app import create_app

pytestmark = pytest.mark.slow

QUESTION = "When will AI do half of today's office tasks?"
OFF_TOPIC = "What is the capital of Mongolia?"
ASKED = f"/?q={quote(QUESTION)}"
PAGES = (
    "/",
    ASKED,
    "/search?q=compute",
    "/claims?kind=timeline",
    "/claims?compare=AGI",
    "/documents",
)
IS_VISIBLE = """node => {
  const box = node.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


def answered(page):
    """Waits until the answer is complete."""
    expect(page.locator("article > .facts").last).to_be_visible()
    expect(page.locator("article .quotes").first).to_be_visible()
    return page


def test_an_answer_comes_with_numbered_quotes_and_says_how_it_was_made(open_page):
    page = open_page("/")
    page.fill("#question", QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    answered(page)
    assert "2042" in page.locator(".answer").inner_text()
    assert "extractive" in page.locator("article > .facts").inner_text()
    assert page.locator(".quotes > li").count() >= 2


def test_a_number_shows_its_quote_and_opens_its_place_in_the_transcript(open_page):
    page = answered(open_page(ASKED))
    mark = page.locator(".mark").first
    mark.hover()
    words = page.locator(".quotes blockquote").first.inner_text()
    assert words in page.locator("#tip").inner_text()
    mark.click()
    highlighted = page.locator("#reader mark")
    expect(highlighted).to_have_text(words)
    assert highlighted.evaluate(IS_VISIBLE)
    assert "open=" in page.url


@pytest.fixture
def said(site):
    """A passage of a stored transcript, as the search gives it."""
    found = httpx.post(f"{site}/api/search", json={"query": "compute", "limit": 1}).json()
    return found["hits"][0]


@pytest.mark.parametrize("moved_by", [0, -40, 40])
def test_a_link_finds_its_words_where_they_stand_now(open_page, said, moved_by):
    """A link made before something above its words was put in or taken out."""
    words, start = said["text"], said["char_start"] + moved_by
    page = open_page(place_url(said["document_id"], start, words))
    marks = page.locator("mark")
    expect(marks.first).to_be_visible()
    assert words.split() == " ".join(marks.all_inner_texts()).split()


def test_a_link_whose_words_are_gone_says_so(open_page, said):
    """Other words in their place would pass for what was quoted."""
    link = place_url(said["document_id"], said["char_start"], "Nobody said this in any talk.")
    page = open_page(link)
    expect(page.locator(".gone")).to_contain_text("not here any more")
    assert page.locator("mark").count() == 0
    place = link.removeprefix("/documents/").replace("#c=", ".")
    page = open_page(f"/documents?open={place}")
    expect(page.locator("#reader .gone")).to_contain_text("not here any more")


def test_back_closes_the_transcript_and_then_leaves_the_answer(open_page):
    page = open_page("/documents")
    page.get_by_role("link", name="Ask", exact=True).click()
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    answered(page).locator(".mark").first.click()
    expect(page.locator("#reader mark")).to_be_visible()
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("article")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#view h1")).to_have_text("Documents")
    page.go_forward()
    expect(page.locator("#question")).to_be_visible()


def test_a_link_to_an_open_place_shows_it_again(open_page):
    page = answered(open_page(ASKED))
    page.locator(".mark").first.click()
    words = page.locator("#reader mark").inner_text()
    again = open_page(page.url.removeprefix(page.evaluate("location.origin")))
    expect(again.locator("#reader mark")).to_have_text(words)


def test_a_transcript_page_highlights_the_place_of_its_address(open_page, site):
    reply = httpx.post(f"{site}/api/ask", json={"question": QUESTION}, timeout=60).json()
    citation = reply["citations"][0]
    page = open_page(citation["url"])
    expect(page.locator("mark")).to_have_text(citation["quote"])
    assert page.locator("mark").evaluate(IS_VISIBLE)


def test_an_abstention_looks_different(open_page):
    page = answered(open_page(f"/?q={quote(OFF_TOPIC)}"))
    expect(page.locator("article.abstained .answer")).to_contain_text("The transcripts do not say.")
    assert "Nearest passages" in page.locator("article h3").inner_text()


def test_a_follow_up_continues_and_a_new_conversation_begins_anew(open_page):
    page = answered(open_page(ASKED))
    page.fill("#question", "And why?")
    with page.expect_request("**/api/ask") as sent:
        page.keyboard.press("Enter")
    assert QUESTION == sent.value.post_data_json["history"][0]["question"]
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("article")).to_have_count(0)
    assert page.url.endswith("/")


def test_examples_are_questions_that_get_an_answer(open_page):
    page = open_page("/")
    page.locator(".examples button").first.click()
    answered(page)
    expect(page.locator("article.abstained")).to_have_count(0)


def test_filters_restrict_a_search_and_stand_in_the_address(open_page):
    page = open_page("/search?q=jobs")
    expect(page.locator(".quotes > li").first).to_be_visible()
    page.select_option("select[name=speaker]", "Abena Frimpong")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url(re.compile("speaker=Abena"))
    expect(page.locator(".quotes > li").first).to_be_visible()
    assert {"Abena Frimpong"} == set(page.locator(".quotes .speaker").all_inner_texts())


def test_claims_are_a_table_and_a_picture_and_tell_their_reasons(open_page):
    page = open_page("/claims?kind=timeline")
    expect(page.locator("#range")).to_contain_text("1 to 25 of")
    page.get_by_role("link", name="Next →").click()
    expect(page.locator("#range")).to_contain_text("26 to")
    page.locator(".picture summary").click()
    image = page.locator(".picture img")
    expect(image).to_have_js_property("complete", value=True)
    page.wait_for_function("document.querySelector('.picture img').naturalWidth > 100")
    page.locator(".why summary").first.click()
    expect(page.locator(".why dt").first).to_be_visible()
    page.locator("td a.place").first.click()
    expect(page.locator("#reader mark").first).to_be_visible()


def test_claims_are_saved_as_csv(open_page):
    page = open_page("/claims?kind=probability")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    assert saved.value.path().read_text(encoding="utf-8").startswith("id,kind,")


def test_claims_on_one_subject_stand_side_by_side(open_page):
    page = open_page("/claims")
    page.fill("input[name=compare]", "AGI")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".comparison .views").first).to_be_visible()
    assert page.locator(".comparison h4").count() >= 2


def test_transcripts_are_uploaded_refused_with_a_reason_and_deleted(open_page):
    page = open_page("/documents")
    talk = "Nia Abara: Cormorants dive deep.\n\nOle Berg: They do, and they dry their wings.\n"
    page.set_input_files(
        "#files",
        [
            {"name": "birds.txt", "mimeType": "text/plain", "buffer": talk.encode()},
            {"name": "noise.txt", "mimeType": "text/plain", "buffer": b"\x00\x01\x02" * 50},
        ],
    )
    expect(page.locator(".upload li")).to_have_count(2, timeout=60_000)
    expect(page.locator(".upload li.error")).to_contain_text("noise.txt")
    card = page.locator("article.document").filter(has_text="Nia Abara")
    card.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Keep").click()
    expect(card).to_have_count(1)
    card.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(card).to_have_count(0)


def test_everything_can_be_done_with_the_keys_alone(open_page):
    page = open_page("/search")
    expect(page.locator("#view input").first).to_be_visible()
    page.locator("#view").focus()
    page.keyboard.press("/")
    expect(page.locator("#view input").first).to_be_focused()
    page.keyboard.type("jobs")
    page.keyboard.press("Enter")
    expect(page.locator(".quotes > li").first).to_be_visible()
    page.locator("#view").focus()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    words = page.locator(".quotes blockquote").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark").first).to_be_visible()
    assert words.startswith(page.locator("#reader mark").first.inner_text()[:20])
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(open_page, path):
    page = open_page(path, viewport={"width": 360, "height": 740})
    page.wait_for_load_state("networkidle")
    spare = "document.documentElement.clientWidth - document.documentElement.scrollWidth"
    assert page.evaluate(spare) >= 0


def test_on_a_phone_the_transcript_covers_the_page_and_can_be_closed(open_page):
    page = answered(open_page(ASKED, viewport={"width": 360, "height": 740}))
    page.locator(".mark").first.click()
    expect(page.locator("#reader mark")).to_be_visible()
    assert page.locator("#reader mark").evaluate(IS_VISIBLE)
    page.get_by_role("button", name="Close the transcript").click()
    expect(page.locator("#reader")).to_be_hidden()


def brightness(page) -> int:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(map(int, re.findall(r"\d+", colour)[:3]))


def test_the_theme_follows_the_system_until_one_is_chosen(open_page):
    page = open_page("/", color_scheme="dark")
    assert brightness(page) < 150
    page.get_by_role("button", name="Dark or light").click()
    assert brightness(page) > 600
    page.reload()
    assert brightness(page) > 600


def test_a_hostile_transcript_is_shown_and_does_nothing(open_page, site):
    rows = httpx.get(f"{site}/api/documents").json()["documents"]
    hostile = next(row for row in rows if row["source"].endswith("hostile.txt"))
    page = open_page(f"/documents/{hostile['id']}")
    assert "<script>" in page.locator("main").inner_text()
    assert page.locator("main script, main img, main a[href^=javascript]").count() == 0
    asked = answered(open_page(f"/?q={quote('What do zebras worry about?')}"))
    asked.locator(".mark").first.click()
    expect(asked.locator("#reader mark").first).to_be_visible()
    assert asked.locator("#view script, #view img, #reader script, #reader img").count() == 0
    assert asked.locator("a[href^=javascript]").count() == 0
    assert "owned" not in (page.title(), asked.title())
    narrow = open_page(f"/documents/{hostile['id']}", viewport={"width": 360, "height": 740})
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 360


def test_with_a_key_the_browser_asks_for_it_and_the_pages_work(browser, samples, serve):
    """The key is the password; any name goes with it."""
    with KnowledgeBase(samples) as knowledge_base:
        app = create_app(samples.model_copy(update={"api_key": "right"}), knowledge_base)
        app.state.service.load()
        with serve(app) as address:
            credentials = {"username": "any", "password": "right"}
            context = browser.new_context(http_credentials=credentials)
            page = context.new_page()
            page.goto(address + ASKED)
            answered(page).locator(".mark").first.click()
            expect(page.locator("#reader mark")).to_be_visible()
            context.close()
