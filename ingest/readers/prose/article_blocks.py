"""The paragraphs of an article in Markdown: which are quoted, and who signed them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.names import is_name
from ingest.readers.front_matter import FrontMatter
from ingest.readers.headings import is_comments_heading, is_possible_heading
from ingest.readers.labels.conversation import Item
from ingest.readers.lines import Line, numbered_lines, without_comments
from ingest.readers.markup.inline_markdown import plain_text
from ingest.readers.markup.markdown import markdown_items

_UNDERLINE = re.compile(r"={3,}|-{3,}")
_QUOTE_MARKS = re.compile(r"(?:>\s?){1,5}")
_MARKS = re.compile(r"#{1,6}(?=[ \t])")
_SIGNATURE = re.compile(r"[*_]{0,2}(?:—|―|–|--)\s?(?P<name>[^\W\d_].{1,120})")
_AFTER_NAME = re.compile(r"\s*(?:[,(|·*_]|\s(?:in|from|on|at)\s).*")
_MOST_NAME_WORDS = 4
_ENDS = frozenset(".!?…")
_SENTENCE_WORDS = 6  # of what is written above the comments
_LONGEST_NAME = 60  # characters
_EMPHASISED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<inner>[^\n]*\S)(?P=mark)")
_INNERMOST = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph, with its ``text`` without markup; ``quote`` numbers block quotes.

    ``signature`` is the name that a line such as ``— Ada Vale, Porto`` consists of, ``signed`` the
    one below a quoted paragraph.
    """

    item: Item
    text: str
    quote: int | None = None
    signature: str | None = None
    signed: str | None = None

    @property
    def quoted(self) -> bool:
        return self.quote is not None

    @property
    def is_heading(self) -> bool:
        return self.item.kind == "heading"


def article_lines(text: str, head: FrontMatter) -> list[Line]:
    """The lines below the front matter; underlined headings get ``#`` instead."""
    lines = numbered_lines(without_comments(text))[head.first_line - 1 :]
    for position in range(1, len(lines)):
        title, underline = lines[position - 1], lines[position]
        alone = position == 1 or not lines[position - 2].text
        if alone and _UNDERLINE.fullmatch(underline.text) and is_possible_heading(title.text):
            marks = "#" if underline.text.startswith("=") else "##"
            lines[position - 1] = replace(title, text=f"{marks} {title.text}")
            lines[position] = replace(underline, text="")
    return lines


def with_comments_marked(lines: Sequence[Line]) -> list[Line]:
    """A plain line ``Comments`` below what somebody wrote gets ``#``: it is a heading, too.

    Above the first sentence it is a button.
    """
    marked: list[Line] = []
    level, said = 1, False
    above = ""
    for line in lines:
        text = line.text
        if said and not above and is_comments_heading(text.strip("*_ ")):
            marked.append(replace(line, text=f"{'#' * (level + 1)} {text}"))
        else:
            marked.append(line)
        if found := _MARKS.match(text):
            level = min(len(found.group()), _INNERMOST - 1)
        elif len(text.split()) >= _SENTENCE_WORDS and text.rstrip('*_"”’)')[-1:] in _ENDS:
            said = True
        above = text
    return marked


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Headings and paragraphs in order; a block quote and a signature are never part of another.

    A bold line on its own is a heading one level below the last one with ``#``.
    """
    quoted = _quoted_lines(lines)
    parted = list(_parted(lines, quoted))
    marked = {line.number for line in lines if line.text.startswith("#")}
    blocks: list[Block] = []
    level = 2
    for item in markdown_items(parted, [None] * len(parted)):
        block = Block(item, plain_text(item.text), quoted.get(item.line))
        if not block.is_heading:
            block = replace(block, signature=_signature(item.text))
        elif block.quoted:
            block = replace(block, item=replace(item, kind="bare", level=0))
        elif item.line in marked:
            level = item.level
        else:
            block = replace(block, item=replace(item, level=min(level + 1, _INNERMOST)))
        blocks += [block] if block.text else []
    return _with_signers(blocks)


def is_emphasised(markdown: str) -> bool:
    """Whether a paragraph is in italics or bold from its first word to its last."""
    match = _EMPHASISED.fullmatch(markdown.strip())
    return match is not None and match["mark"] not in match["inner"]


def _quoted_lines(lines: Sequence[Line]) -> dict[int, int]:
    """The lines in block quotes, with those only wrapped in them, and the number of each quote."""
    quoted: dict[int, int] = {}
    above, count = False, 0
    for line in lines:
        inside = line.text.startswith(">") or (above and line.text[:1].islower())
        count += inside and not above
        above = inside
        if inside:
            quoted[line.number] = count
    return quoted


def _parted(lines: Sequence[Line], quoted: Mapping[int, int]) -> Iterator[Line]:
    """Lines without the marks of quotes, and empty ones where a quote or a signature begins."""
    before: int | None = None
    for line in lines:
        inside = quoted.get(line.number)
        text = _QUOTE_MARKS.sub("", line.text, count=1).lstrip("# ") if inside else line.text
        signed = _signature(text) is not None
        if inside != before or signed:
            yield Line(line.number, "")
        yield replace(line, text=text)
        if signed:
            yield Line(line.number, "")
        before = inside


def _signature(text: str) -> str | None:
    match = _SIGNATURE.fullmatch(text)
    name = _AFTER_NAME.sub("", match["name"]).rstrip("*_ ") if match else ""
    words = name.split()
    if not 1 <= len(words) <= _MOST_NAME_WORDS or len(name) > _LONGEST_NAME:
        return None
    if len(words[-1]) > len("R."):
        name = name.rstrip(".")
    return name if is_name(name) else None


def _with_signers(blocks: Sequence[Block]) -> list[Block]:
    """Quoted paragraphs with the name that stands below them."""
    signed: list[Block] = []
    signer: str | None = None
    quote: int | None = None
    for block in reversed(blocks):
        if block.signature:
            signer, quote = block.signature, block.quote
        elif not block.quoted or (quote and quote != block.quote):
            signer = None
        if block.quoted and not block.signature:
            quote = block.quote
            signed.append(replace(block, signed=signer))
        else:
            signed.append(block)
    return signed[::-1]
