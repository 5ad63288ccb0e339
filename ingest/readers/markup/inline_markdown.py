"""Markdown inside a paragraph, rendered to plain text by a CommonMark parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.superscripts import with_raised_numbers

_MAX_CHARACTERS = 20_000  # longer paragraphs keep their markup: inline parsing is not linear
_MARKUP = re.compile(r"[\\*_`\[\]<>&!~]")
_STRUCK = re.compile(r"<(?P<end>/)?(?:del|s|strike)\b", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"\[\^[^\]\s]{1,40}\]"
    r"|\[\\?\[\d{1,3}\\?\]\]\(#[^()\s]{0,80}\)"
    r"|<sup[^<>]{0,80}>\s?\[[^\[\]]{1,8}\]\(#[^()\s]{0,80}\)\s?</sup>"
    r"|\[<sup[^<>]{0,80}>[^<>\[\]]{1,8}</sup>\]\(#[^()\s]{0,80}\)"
)
_PARSER = MarkdownIt("commonmark", {"maxNesting": 20}).enable("strikethrough")


def plain_text(markdown: str) -> str:
    """The text of a paragraph without emphasis, escapes, entities, tags and link targets."""
    if not _MARKUP.search(markdown) or len(markdown) > _MAX_CHARACTERS:
        return markdown
    tokens = _PARSER.parseInline(with_raised_numbers(_FOOTNOTE.sub("", markdown)))
    spoken = list(_without_struck(tokens[0].children or []))
    text = "".join(_pieces(spoken)).strip()
    return text if len(spoken) == len(tokens[0].children or []) else re.sub(r" {2,}", " ", text)


def _without_struck(tokens: list[Token]) -> Iterator[Token]:
    """What is not struck out: who struck it out, took it back."""
    struck = 0
    for token in tokens:
        tag = _STRUCK.match(token.content) if token.type == "html_inline" else None
        if token.type == "s_open" or (tag and not tag["end"]):
            struck += 1
        elif token.type == "s_close" or tag:
            struck = max(0, struck - 1)
        elif not struck:
            yield token


def _pieces(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type == "html_inline":
            yield " " if token.content.lower().startswith("<br") else ""
        elif token.type != "image":
            yield token.content
