"""What readers wrote below an article, comment by comment, each by the name that stands with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.names import fold, is_name
from ingest.readers.markup.inline_markdown import plain_text
from ingest.readers.newsletter_lines import is_button, is_link_line, is_thanks, letters
from ingest.readers.prose.article_blocks import Block
from ingest.transcript import TranscriptBuilder
from kb.text.generic_labels import GENERIC_LABEL
from kb.types import Speaker

_LONGEST_NAME = 40  # characters
_MOST_WORDS = 5
_MOST_DECLARED = 100  # people: each label is compared with all of them
_MOST_COMPARED = 500  # quotes: each is looked for in the whole article
_LONGEST_CREDIT = 100  # characters
_VERB = re.compile(r"\s(?:writes|wrote|says|said|asks|asked|replies|replied|commented|comments)\b")
_ABOUT = re.compile(
    rf"\s*[(\[·•|,]|\s[–—-]\s|\s(?:from|in|of|on|at)\b|{_VERB.pattern}"
)  # place, time, or verb
_BRACKETS = r"[(\[][^()\[\]\n]{1,60}[)\]]"
_OPENING = re.compile(rf"(?P<name>[^:()\[\]*?!,\n]{{1,60}})(?P<time>{_BRACKETS})?:\s+(?=\S)")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<name>[^*\n]{1,100}?)(?P=mark)")
_AFTER_BOLD = re.compile(rf"\s*(?:{_BRACKETS})?(?P<about>[^:.!?\n]{{0,60}})(?::|$)\s*")
_BESIDE = re.compile(r"[^.!?:;]{0,60}")
_NO_NAMES = frozenset("edit update ps p.s note nb tl;dr tldr re".split())


@dataclass(frozen=True, slots=True)
class _Writer:
    """Who begins to write; ``told`` when the author says so in a sentence, ``Ada Vale writes:``."""

    name: str
    rest: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class _Comment:
    """A paragraph of a comment; ``first`` says that a comment begins with it."""

    text: str
    block: Block
    writer: _Writer | None
    first: bool


class Comments:
    """Writes the section of comments into a transcript; ``said`` holds the author's letters."""

    def __init__(self, builder: TranscriptBuilder, author: str | None, said: str) -> None:
        self._builder = builder
        self._author = author
        self._said = said
        self._repeated: set[int] = set()
        self._declared = {fold(speaker.name) for speaker in builder.speakers}

    def write(self, blocks: Sequence[Block]) -> None:
        """Comments by their writers; a block quote that repeats the article is its author's.

        Where the author introduces letters that stand in block quotes, what stands around these
        is the author's answer.
        """
        quotes = [block for block in blocks if block.quoted][:_MOST_COMPARED]
        self._repeated = {block.item.line for block in quotes if letters(block.text) in self._said}
        comments = _attributed(blocks)
        told = all(comment.writer is None or comment.writer.told for comment in comments)
        answered = told and any(self._is_letter(comment) for comment in comments)
        for comment in comments:
            if answered:
                self._write_answered(comment)
            else:
                self._write(comment)

    def _write(self, comment: _Comment) -> None:
        name = self._known(comment.writer.name if comment.writer else comment.block.signed)
        repeated = comment.block.quoted and not self._is_letter(comment)
        self._builder.speech(
            comment.text,
            speaker=self._author if repeated else name,
            line=comment.block.item.line,
            line_end=comment.block.item.line_end,
            kind="quotation" if repeated else "comment",
            new_turn=comment.first or name is None,
        )

    def _write_answered(self, comment: _Comment) -> None:
        letter = self._is_letter(comment)
        told = comment.writer.name if comment.writer else None
        self._builder.speech(
            comment.text,
            speaker=self._known(comment.block.signed or told) if letter else None,
            line=comment.block.item.line,
            line_end=comment.block.item.line_end,
            kind="comment" if letter else "speech",
        )

    def _is_letter(self, comment: _Comment) -> bool:
        return comment.block.quoted and comment.block.item.line not in self._repeated

    def _known(self, name: str | None) -> str | None:
        """The name, declared as one of a reader's; the author may answer below."""
        if name is None:
            return None
        if self._author and fold(name) in {fold(self._author), *fold(self._author).split()[:1]}:
            return self._author
        if fold(name) not in self._declared and len(self._declared) < _MOST_DECLARED:
            self._declared.add(fold(name))
            self._builder.speakers.append(Speaker(name, "commenter"))
        return name


def _attributed(blocks: Sequence[Block]) -> list[_Comment]:
    """The paragraphs of all comments, with the names above them or, in letters, below them."""
    comments: list[_Comment] = []
    writer: _Writer | None = None
    first = True
    below = _are_below(blocks)
    for block in blocks:
        signature = _lone_name(block) if below else block.signature
        if signature:
            comments = comments if block.quoted else _signed(comments, signature)
            writer, first = None, True
            continue
        found = _writer(block)
        writer, first = found or writer, first or found is not None
        text = found.rest if found else block.text
        if text and not (is_button(text) or is_link_line(text) or is_thanks(text)):
            comments.append(_Comment(text, block, writer, first))
            first = False
    return comments


def _are_below(blocks: Sequence[Block]) -> bool:
    """Whether names end the comments and do not begin them."""
    if not blocks or _writer(blocks[0]) or _lone_name(blocks[0]):
        return False
    return _lone_name(blocks[-1]) is not None


def _lone_name(block: Block) -> str | None:
    """A name in bold with no more than a place or a date beside it."""
    if block.is_heading:
        writer = _credited(block.text)
        return writer.name if writer else None
    bold = _BOLD.match(block.item.text)
    if bold is None or not _is_nickname(bold["name"]):
        return block.signature
    return bold["name"].strip() if _BESIDE.fullmatch(block.item.text, bold.end()) else None


def _signed(comments: list[_Comment], name: str) -> list[_Comment]:
    """The letter that ends here bears the name below it, unless one stands above it."""
    start = len(comments)
    while start and comments[start - 1].writer is None and not comments[start - 1].block.quoted:
        start -= 1
        if comments[start].first:
            break
    signer = _Writer(name, "")
    return comments[:start] + [replace(comment, writer=signer) for comment in comments[start:]]


def _writer(block: Block) -> _Writer | None:
    """Whom a paragraph or heading names at its beginning, and the rest of it."""
    if block.quoted:
        return None
    if block.is_heading:
        return _credited(block.text)
    bold = _BOLD.match(block.item.text)
    if bold:
        return _in_bold(bold["name"], block.item.text[bold.end() :])
    if block.item.alone and block.text.endswith(":"):
        return _credited(block.text)
    return _opening(block.text)


def _in_bold(name: str, rest: str) -> _Writer | None:
    """``**Ada Vale** (3 June): …``, ``**Ada Vale:** …``, ``**Ada Vale writes:** …``."""
    writer = _credited(name)
    if writer is None:
        return None
    if name.endswith(":"):
        return replace(writer, rest=plain_text(rest), told=False)
    after = _AFTER_BOLD.match(rest)
    about = after["about"] if after else ""
    if after is None or (about and not _ABOUT.match(f" {about}")):
        return None
    return replace(writer, rest=plain_text(rest[after.end() :]))


def _opening(text: str) -> _Writer | None:
    """``Ada Vale: …`` in full, and any name with a date, ``ada (3 June): …``."""
    match = _OPENING.match(text)
    name = match["name"].strip() if match else ""
    if match is None or not _is_nickname(name):
        return None
    is_full = is_name(name) and len(name.split()) > 1
    return _Writer(name, text[match.end() :]) if is_full or match["time"] else None


def _credited(text: str) -> _Writer | None:
    """The name before a place, a time and a verb, if any: ``Ada from Porto writes:``."""
    text = text.strip().rstrip(":").rstrip()
    about = _ABOUT.search(text) if len(text) <= _LONGEST_CREDIT else None
    name = text[: about.start()] if about else text
    if not _is_nickname(name):
        return None
    return _Writer(name.strip(), "", told=bool(about and _VERB.search(text, about.start())))


def _is_nickname(text: str) -> bool:
    """Short enough for whatever name a reader chose."""
    name = text.strip()
    if not name or len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return False
    if name.casefold().rstrip(".") in _NO_NAMES or GENERIC_LABEL.fullmatch(name):
        return False
    return any(character.isalpha() for character in name) and name[-1] not in ",;!?"
