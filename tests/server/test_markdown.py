"""Answers as Markdown: the words of transcripts stay words, and every link is ours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.text.plain_text import safe
from kb.types import Answer, Quote
from server.markdown import MarkdownWriter, annotations_of, markdown_of, plain_text_of

BASE = "http://127.0.0.1:8000"
QUOTE = Quote(
    1, "I'd say 2031.", "Abena Frimpong", "panel-1", "Closing panel", None, 10, 23, 4, 61.0,
    "/documents/panel-1#c=10-23",
)  # fmt: skip
LINK = f"[[1]]({BASE}{QUOTE.url})"
MARKUP = st.text(alphabet=list("ab1 .\n)(*_`#>+-=~|[]<>&;:/\\!@$\"'{}\u202e\x1bwht"), max_size=80)


def answered(text: str, *, abstained: bool = False) -> Answer:
    return Answer("When?", text, abstained, (), (QUOTE,), "extractive", None)


def rendered(markdown: str) -> tuple[str, list[str], set[str]]:
    """The words that a renderer shows, the addresses of its links, and the types of its tokens."""
    words, links, types = [], [], set()
    renderer = MarkdownIt("commonmark", {"linkify": False})
    for block in renderer.parse(markdown):
        types.add(block.type)
        for token in block.children or ():
            types.add(token.type)
            words.append(" " if token.type == "softbreak" else token.content)
            links += [str(token.attrs["href"])] if token.type == "link_open" else []
        words.append(" ")
    return "".join(words), links, types


def test_numbers_of_quotes_become_links_to_their_places():
    content, _ = markdown_of(answered("Abena Frimpong: “I'd say 2031.” [1]"), BASE)
    assert content.startswith(f"Abena Frimpong: “I'd say 2031.” {LINK}\n\n**Sources**\n\n")
    assert content.endswith(f"- {LINK} Abena Frimpong · Closing panel · line 4 · 01:01")


def test_annotations_cover_exactly_the_links():
    content, links = markdown_of(answered("Two: “I'd say 2031.” [1], also [1]"), BASE)
    cited = [annotation["url_citation"] for annotation in annotations_of(links, [QUOTE], BASE)]
    assert [LINK] * 3 == [content[each["start_index"] : each["end_index"]] for each in cited]
    assert {f"{BASE}{QUOTE.url}"} == {each["url"] for each in cited}


def test_a_number_that_is_no_quote_is_text():
    content, links = markdown_of(answered("See [7]."), BASE)
    assert content.startswith("See [7].")
    assert [1] == [link.number for link in links]


def test_what_the_answer_does_not_show_stands_with_its_source():
    content, _ = markdown_of(answered("The transcripts do not say.", abstained=True), BASE)
    assert "**Nearest passages, which do not answer the question**" in content
    assert content.endswith("line 4 · 01:01: “I'd say 2031.”")


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ("Abena Frimpong (speaker inferred)", {"speaker_confidence": 0.95}),
        ("Abena Frimpong, quoted", {"kind": "quotation"}),
        ("A reader's comment", {"kind": "comment", "speaker": None}),
        ("A speaker who is not known", {"speaker": None}),
    ],
)
def test_a_source_says_how_sure_it_is_whose_words_they_are(told, fields):
    quote = replace(QUOTE, **fields)
    content, _ = markdown_of(replace(answered("“I'd say 2031.” [1]"), citations=(quote,)), BASE)
    assert content.endswith(f"- {LINK} {told} · Closing panel · line 4 · 01:01")


def test_items_of_our_lists_stay_lists_and_others_become_none():
    ours, _ = markdown_of(answered("1. A: “x” [1]\n2. B: “y” [1]"), BASE)
    assert "ordered_list_open" in rendered(ours)[2]
    theirs, _ = markdown_of(answered("7. no list\n- nor this\n# nor a heading"), BASE)
    assert "7\\. no list\n\\- nor this\n\\# nor a heading" in theirs


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "![x](http://evil.example/x.png)", "[me](javascript:alert(1))",
        "<http://evil.example>", "https://evil.example", "www.evil.example", "a@evil.example",
        "&lt;b&gt;", "`code`", "**bold**", "    code", "| a |\n|---|", "Title\n===", "> quoted",
    ],
)  # fmt: skip
def test_markup_in_a_transcript_is_shown_as_it_was_written(hostile):
    content, _ = markdown_of(answered(f"Somebody: “{hostile}” [1]"), BASE)
    words, links, types = rendered(content)
    assert " ".join(f"Somebody: “{hostile}” [1]".split()) in " ".join(words.split())
    assert {f"{BASE}{QUOTE.url}"} == set(links)
    assert not types & {"html_inline", "html_block", "image", "code_inline", "fence", "em_open"}


@given(MARKUP)
def test_whatever_is_said_renders_as_its_words_and_our_links_only(said):
    content, _ = markdown_of(answered(f"Somebody: “{said}” [1]"), BASE)
    words, links, types = rendered(content)
    assert {f"{BASE}{QUOTE.url}"} == set(links)
    assert types <= {
        "paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak",
        "hardbreak", "link_open", "link_close", "strong_open", "strong_close", "bullet_list_open",
        "bullet_list_close", "list_item_open", "list_item_close", "ordered_list_open",
        "ordered_list_close",
    }  # fmt: skip
    if "ordered_list_open" not in types:
        shown = "".join(safe(f"Somebody: “{said}” [1]").split())
        assert "".join(words.split()).startswith(shown)


@given(MARKUP, st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_however_the_pieces_are_cut_the_whole_is_the_same(said, sizes):
    text = f"Somebody: “{said}” [1]"
    whole, links = markdown_of(answered(text), BASE)
    writer = MarkdownWriter(BASE)
    writer.cite(QUOTE)
    pieces, start = [], 0
    while start < len(text):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(writer.write(text[start : start + size]))
        start += size
    assert whole == "".join(pieces) + writer.finish(abstained=False)
    assert links == writer.links


def test_history_comes_back_as_the_words_that_were_said():
    said = "Abena Frimpong: “I'd say *2031*.” [1]\n\nShe says so. [1]"
    content, _ = markdown_of(answered(said), BASE)
    assert said == plain_text_of(content)
