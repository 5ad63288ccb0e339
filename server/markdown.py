"""An answer as Markdown, for clients that know nothing of citations but show links.

Words of transcripts are untrusted, so every character that could become markup is escaped: what a
renderer shows are the words themselves, and the only links are ours. It is written piece by piece,
and however the pieces are cut, the whole is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.answers.caveats import caveats
from kb.shapes import Json
from kb.text.plain_text import clock, safe
from kb.types import Answer, Quote

# `:` before `//`, `.` after `www` and `@` because many renderers make links of bare addresses; `$`
# because some set what stands between two of them as a formula, as they do with what stands between
# `\\[` and `\\]`: so of brackets only what would make a link or the target of one is escaped.
_SPECIAL = re.compile(r"[\\`*_<>&~|$@{}]|(?<=\])[(:]|!(?=\[)|(?<=www)\.|:(?=//)", re.IGNORECASE)
_LINE_MARKER = re.compile(r"^(?:(?P<number>\d{1,9})(?P<end>[.)])|[-+#=:])")
_CITATION = re.compile(r"\[(\d{1,3})\]")
_WORDS = re.compile(r"(\S+|\n|[^\S\n]+)")


HEADINGS = {False: "Sources", True: "Nearest passages, which do not answer the question"}
"""What stands above the list of quotes, by whether the answer abstains."""


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """Where a link to a quote stands in the Markdown: ``content[start:end]``, in characters."""

    start: int
    end: int
    number: int


class MarkdownWriter:
    """Turns the text of an answer into Markdown while it comes.

    ``base_url`` is what the paths of the quotes are appended to. ``quotes`` must be known before
    the text that cites them.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._quotes: dict[int, Quote] = {}
        self._waiting = ""
        self._plain = ""
        self._length = 0
        self._line_begins = True
        self._items = 0
        self.links: list[LinkSpan] = []

    def cite(self, quote: Quote) -> None:
        """Makes a quote known."""
        self._quotes[quote.number] = quote

    def write(self, piece: str) -> str:
        """The Markdown of all whole words up to now."""
        self._plain += piece
        text = self._waiting + piece
        cut = re.search(r"\S*\Z", text)
        assert cut is not None
        self._waiting = text[cut.start() :]
        return self._words(text[: cut.start()])

    def finish(self, *, abstained: bool) -> str:
        """The last word, and where the quotes stand."""
        rest = self._words(self._waiting)
        self._waiting = ""
        if not self._quotes:
            return rest
        return rest + "".join(self._sources(f"\n\n**{HEADINGS[abstained]}**\n\n"))

    def _words(self, text: str) -> str:
        return "".join(self._word(word) for word in _WORDS.findall(text))

    def _word(self, word: str) -> str:
        if word.isspace():
            indents = self._line_begins and word != "\n"
            self._line_begins = self._line_begins or word == "\n"
            return "" if indents else self._put(safe(word))
        marker = self._line_marker(word) if self._line_begins else ""
        self._line_begins = False
        return self._put(marker) + self._cited(word[len(marker.replace("\\", "")) :])

    def _line_marker(self, word: str) -> str:
        """What begins a line and could make it a list or a heading: ours stays, others do not."""
        match = _LINE_MARKER.match(word)
        if match is None:
            return ""
        if match["number"] is None:
            return f"\\{match[0]}"
        if match[0] == word and match["end"] == "." and int(match["number"]) == self._items + 1:
            self._items += 1
            return word
        return f"{match['number']}\\{match['end']}"

    def _cited(self, word: str) -> str:
        """A word with the numbers of quotes as links."""
        parts: list[str] = []
        done = 0
        for match in _CITATION.finditer(word):
            quote = self._quotes.get(int(match[1]))
            if quote is not None:
                before = escaped(word[done : match.start()])
                parts.append(self._put(re.sub(r"!\Z", r"\!", before)))  # or it is a picture
                parts.append(self._link(f"[{quote.number}]", quote))
                done = match.end()
        parts.append(self._put(escaped(word[done:])))
        return "".join(parts)

    def _link(self, text: str, quote: Quote) -> str:
        start = self._length
        link = self._put(f"[{text}]({self._base_url}{quote.url})")
        self.links.append(LinkSpan(start, self._length, quote.number))
        return link

    def _sources(self, heading: str) -> Iterator[str]:
        """A line per quote; its words stand there, too, unless the answer shows them already."""
        yield self._put(heading)
        for position, quote in enumerate(self._quotes.values()):
            if position:
                yield self._put("\n")
            yield self._put("- ")
            yield self._link(f"[{quote.number}]", quote)
            yield self._put(f" {one_line(whose(quote))} · {one_line(place(quote))}")
            if quote.quote.strip('"“”') not in self._plain:
                yield self._put(f": “{one_line(quote.quote)}”")

    def _put(self, text: str) -> str:
        self._length += len(text)
        return text


def escaped(text: str) -> str:
    """Text that a Markdown renderer shows as it is, except at the beginning of a line."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", safe(text))


def one_line(text: str) -> str:
    """Escaped text in one line."""
    return escaped(" ".join(text.split()))


def whose(quote: Quote) -> str:
    """Whose words a quote is, with what a reader must know of that, such as "speaker inferred"."""
    speaker = quote.speaker or "A speaker who is not known"
    told = {
        "comment": "A reader's comment",
        "quotation": f"{quote.speaker or 'Somebody'}, quoted",
        "editorial": f"Editorial text by {quote.speaker}" if quote.speaker else "Editorial text",
        "fiction": f"Fiction by {quote.speaker}" if quote.speaker else "Fiction",
    }
    marks = ", ".join(caveats(quote))
    return told.get(quote.kind, speaker) + (f" ({marks})" if marks else "")


def place(quote: Quote) -> str:
    """Where a quote stands, in words."""
    parts = [quote.title, quote.section, f"line {quote.line_start}"]
    if quote.start_seconds is not None:
        parts.append(clock(quote.start_seconds))
    return " · ".join(part for part in parts if part)


def markdown_of(answer: Answer, base_url: str) -> tuple[str, list[LinkSpan]]:
    """The whole answer as Markdown, and where its links stand."""
    writer = MarkdownWriter(base_url)
    for quote in answer.citations:
        writer.cite(quote)
    content = writer.write(answer.answer) + writer.finish(abstained=answer.abstained)
    return content, writer.links


def plain_text_of(markdown: str) -> str:
    """The words of an answer that a client sends back as history, without links and sources."""
    blocks: list[str] = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type != "inline":
            continue
        words = "".join(_words_of(child) for child in token.children or ())
        if words in HEADINGS.values():
            break
        blocks.append(words)
    return "\n\n".join(blocks)


def _words_of(token: Token) -> str:
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def annotations_of(links: Sequence[LinkSpan], quotes: Sequence[Quote], base_url: str) -> list[Json]:
    """The links as ``url_citation`` of the OpenAI API; offsets count characters of the content."""
    by_number = {quote.number: quote for quote in quotes}
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": link.start,
                "end_index": link.end,
                "title": f"{whose(by_number[link.number])} · {place(by_number[link.number])}",
                "url": base_url + by_number[link.number].url,
            },
        }
        for link in links
    ]
