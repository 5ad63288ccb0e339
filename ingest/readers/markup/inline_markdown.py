"""Markdown inside a paragraph, rendered to plain text by a CommonMark parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.superscripts import with_raised_numbers

_MAX_CHARACTERS = 20_000  # longer paragraphs keep their markup: inline parsing is not linear
_MARKUP = re.compile(r"[\\*_`\[\]<>&!~]")
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
    return "".join(_pieces(tokens[0].children or [])).strip()


def _pieces(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type == "html_inline":
            yield " " if token.content.lower().startswith("<br") else ""
        elif token.type != "image":
            yield token.content
