"""Lays labelled paragraphs, headings and what stands before them down in a transcript builder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.names import fold
from ingest.readers.headings import (
    is_closing_title,
    is_comments_heading,
    is_outline_title,
    is_possible_heading,
    is_transcript_title,
)
from ingest.readers.labels.finding import Label
from ingest.readers.labels.inner_times import have_times, split_at_times
from ingest.readers.lines import Line, first_words, is_rule, split_stamp, without_bullet
from ingest.readers.stage_directions import is_stage_direction
from ingest.transcript import PARAGRAPH, TranscriptBuilder
from kb.types import SectionKind

_SERVICE_NOTE = re.compile(
    r"(?:transcribed by|transcript (?:created|generated) (?:by|with|using)) .{1,80}|"
    r"this (?:editable )?transcript was (?:computer|machine|automatically) generated.{0,200}|"
    r"(?:meeting|recording|call) ended after .{1,40}|"
    r"advertisement\.?|(?:article|story) continues (?:below|after)[\w ]{0,40}\.?|"
    r"(?:action item|screen sharing): .{1,200}|"
    r"[\[(]whereupon\b.{1,200}[\])]|"
    r"unsubscribe(?: here)?\.?|"
    r"(?:view|read) (?:this email |it )?(?:online|in (?:your )?browser)\.?|"
    r".{1,60} (?:started|stopped) (?:the )?(?:transcription|recording)",
    re.IGNORECASE,
)
_OF_RECORDING = re.compile(
    r"(?:started|stopped) (?:the )?(?:transcription|recording)\.?", re.IGNORECASE
)

_PARAGRAPH_WORDS = 12
_FEWEST_PARAGRAPHS = 3  # of a talk
_MOST_HEADINGS = 3  # in a row
_FEWEST_TIGHT = 4  # turns without a gap between them
_ENDED = 0.85  # of the lines
_POINTS = ".,;:!?()\"“”‘’'"
_OWN = re.compile(r"\bI(?:['’](?:m|d|ll|ve))?\b")
_INTRODUCING = re.compile(
    r"\b(?:our|today['’]s|tonight['’]s) (?:\w+ )?(?:speaker|guest|lecturer)\b"
    r"|\bplease (?:join|welcome)\b|\bwelcome (?:him|her|them)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")

_NO_LINE = Line(0, "")

ItemKind = Literal["heading", "bullet", "bare", "label", "page"]


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph with its role. ``alone`` when it is one line with blank lines around it,
    ``parted`` when a rule stands above it.

    Nobody says what stands on the ``page`` around a talk.
    """

    kind: ItemKind
    text: str
    line: int
    line_end: int
    label: Label | None = None
    alone: bool = False
    level: int = 0
    parted: bool = False

    @property
    def seconds(self) -> float | None:
        """The time stamp of the paragraph, if it has one."""
        return self.label.seconds if self.label else None


def paragraphs(lines: Sequence[Line], labels: Sequence[Label | None]) -> Iterator[Item]:
    """Paragraphs of a file: blocks between blank lines, cut where a speaker or bullet starts."""
    block: list[tuple[Line, Label | None]] = []
    parted = False
    for line, label in zip([*lines, _NO_LINE], [*labels, None], strict=True):
        if line.text and not is_rule(line.text):
            block.append((line, label))
            continue
        if block:
            first, *others = _items_of(block)
            yield replace(first, parted=parted)
            yield from others
            block, parted = [], False
        parted = parted or is_rule(line.text)


def write_conversation(
    items: Sequence[Item],
    builder: TranscriptBuilder,
    plain: Callable[[str], str] = str,
    *,
    title: str = "",
) -> None:
    """Everything before the first label is introduction or outline; then somebody speaks.

    ``plain`` turns the markup of a paragraph into canonical text. Below a title or heading that
    says so, comments follow: the names in front of them are what somebody typed, and stay text.
    """
    items = [_as_notice(item) for item in items]
    named = first_speech(items)
    speaker = _lecturer(items[named:], builder)
    first = _begin_of_lecture(items, named, speaker)
    _write_preamble(items[:first], builder, plain)
    pending = clock = _time_above(items, first)
    said = [item for item in items[first:] if item.kind != "page"]
    timed = any(item.seconds is not None for item in said if item.label and item.label.name)
    if not timed and have_times((item.seconds, item.text) for item in said):
        clock = 0.0
    above = [plain(item.text) for item in items[:first] if item.kind == "heading"]
    comments = any(map(is_comments_heading, [title, *above[-1:]]))
    for item, below in zip(items[first:], _times_below(items[first:]), strict=True):
        if item.kind == "heading":
            heading = plain(item.text)
            comments = is_comments_heading(heading)
            kind: SectionKind = "comments" if comments else "section"
            builder.heading(
                heading, level=item.level, line=item.line, kind=kind, seconds=item.seconds
            )
            continue
        text = plain(item.text)
        if item.kind == "page":
            builder.editorial(text, line=item.line, line_end=item.line_end)
            continue
        if comments:
            _write_comment(item, text, builder)
            continue
        seconds = item.seconds
        if item.label and item.label.name:
            speaker = item.label.name
        elif (
            is_stage_direction(text)
            or is_stage_direction(item.text)
            or _SERVICE_NOTE.fullmatch(text)
        ):
            builder.editorial(text, line=item.line, line_end=item.line_end)
            continue
        if not text:
            pending = seconds if seconds is not None else pending
            continue
        seconds = seconds if seconds is not None else pending
        clock = seconds if seconds is not None else clock
        for part, time in split_at_times(text, clock, below):
            builder.speech(
                part,
                speaker=speaker,
                line=item.line,
                line_end=item.line_end,
                seconds=seconds if time is None else time,
                joiner=PARAGRAPH if time is None else " ",
            )
        pending = None


def _as_notice(item: Item) -> Item:
    """``Ada Quill started transcription``, where the name looks like a label, is nobody's."""
    name = item.label.name if item.label else None
    if name is None or item.seconds is not None or not _OF_RECORDING.fullmatch(item.text):
        return item
    return replace(item, kind="page", text=f"{name} {item.text}", label=None)


def _times_below(items: Sequence[Item]) -> list[float | None]:
    """For each item the next time that stands below it."""
    found: list[float | None] = []
    below: float | None = None
    for item in reversed(items):
        found.append(below)
        below = item.seconds if item.seconds is not None else below
    return found[::-1]


def _time_above(items: Sequence[Item], first: int) -> float | None:
    """The time on a line of its own directly above the first speaker."""
    above = items[first - 1] if first else None
    return above.seconds if above and not above.text else None


def _write_comment(item: Item, text: str, builder: TranscriptBuilder) -> None:
    name = item.label.name if item.label else None
    builder.speech(
        f"{name}: {text}" if name else text,
        speaker=None,
        line=item.line,
        line_end=item.line_end,
        kind="comment",
        new_turn=name is not None,
    )


def first_speech(items: Sequence[Item]) -> int:
    """Where the first named speaker begins; 0 in a file that names nobody."""
    return next((i for i, item in enumerate(items) if item.label and item.label.name), 0)


def _begin_of_lecture(items: Sequence[Item], first: int, lecturer: str | None) -> int:
    """The first paragraph of a talk that is longer than the labelled questions below it.

    One whose lecturer is known may be shorter, where it says ``I`` and does not tell of her.
    """
    said = [i for i in range(first) if _is_paragraph(items[i])]
    words = sum(len(items[i].text.split()) for i in said)
    labelled = sum(len(item.text.split()) for item in items[first:])
    if len(said) >= _FEWEST_PARAGRAPHS and words > labelled:
        return said[0]
    text = " ".join(items[i].text for i in said)
    own = lecturer and _OWN.search(text) and not _tells_of(text, lecturer)
    return said[0] if own else first


def _tells_of(text: str, name: str) -> bool:
    """Whether somebody else has the word, who names or introduces the lecturer."""
    if _INTRODUCING.search(text):
        return True
    words = {word.strip(_POINTS) for word in text.casefold().split()}
    return not words.isdisjoint(fold(name).split())


def _is_paragraph(item: Item) -> bool:
    long = len(item.text.split()) >= _PARAGRAPH_WORDS
    return item.kind == "bare" and long and item.text.rstrip('*_"”’)')[-1:] in ".?!…"


def _lecturer(labelled: Sequence[Item], builder: TranscriptBuilder) -> str | None:
    """Who gives the talk: the only one whom ``Speaker:`` names, if she answers below it, too."""
    people = [person for person in builder.speakers if person.role is None]
    if len(people) != 1 or len(builder.speakers) != 1:
        return None
    only = people[0]
    key = fold(only.name)
    known = {key, *key.split(), *map(fold, only.aliases)}
    answering = {fold(item.label.name) for item in labelled if item.label and item.label.name}
    return only.name if known & answering else None


def _write_preamble(
    items: Sequence[Item], builder: TranscriptBuilder, plain: Callable[[str], str]
) -> None:
    inside: SectionKind = "section"
    for item in items:
        text = plain(item.text)
        if item.kind == "heading":
            inside = "outline" if is_outline_title(text) else "section"
            builder.heading(text, level=item.level, line=item.line, kind=inside)
        elif item.kind == "page":
            builder.editorial(text, line=item.line, line_end=item.line_end)
        elif item.kind == "bullet" or (item.label and inside == "outline"):
            if inside != "outline":
                inside = "outline"
                builder.section("Outline", level=1, line=item.line, kind=inside)
            builder.editorial(text, line=item.line, line_end=item.line_end)
        elif text:
            inside = "intro"
            builder.section(first_words(text), level=1, line=item.line, kind=inside)
            builder.editorial(text, line=item.line, line_end=item.line_end)


def _items_of(block: Sequence[tuple[Line, Label | None]]) -> Iterator[Item]:
    """Cuts a block at labels, bullets and notices; other lines are hard wraps of what is above.

    A list below a line of the page (``Guests:``) is of the page, too.
    """
    start = 0
    page = False
    head = _headings_above(block)
    titles = _headings_within(block)
    for position in range(1, len(block) + 1):
        if position < len(block):
            line, label = block[position]
            is_apart = position < head or bool({position, position - 1} & titles)
            is_apart = is_apart or any(map(_is_apart, (line, block[position - 1][0])))
            if label is None and without_bullet(line.text) is None and not is_apart:
                continue
        if position > start:
            alone = position <= head or start in titles or _is_apart(block[start][0])
            alone = alone and position - start == 1
            item = _item(block[start:position], alone=alone or len(block) == 1)
            is_page = item.kind == "page" or (page and item.kind == "bullet")
            page = is_page and (item.kind != "page" or item.text.rstrip("*_ ").endswith(":"))
            yield replace(item, kind="page") if is_page else item
        start = position


def _headings_above(block: Sequence[tuple[Line, Label | None]]) -> int:
    """How many lines of a block, directly above the first label, are headings."""
    count = next((i for i, (_, label) in enumerate(block) if label), 0)
    if not 0 < count <= _MOST_HEADINGS or not (label := block[count][1]) or not label.name:
        return 0
    titles = (split_stamp(line.text)[0] for line, _ in block[:count])
    return count if all(is_possible_heading(title, strict=True) for title in titles) else 0


def _headings_within(block: Sequence[tuple[Line, Label | None]]) -> frozenset[int]:
    """Headings right above labels, where turns are no more parted than these are from them.

    There lines are paragraphs: nearly all of them end like sentences.
    """
    if sum(1 for _, label in block if label and label.name) < _FEWEST_TIGHT:
        return frozenset()
    found = frozenset(
        position
        for position in range(1, len(block) - 1)
        if block[position][1] is None
        and (label := block[position + 1][1])
        and label.name
        and _SENTENCE_END.search(block[position - 1][0].text)
        and is_possible_heading(split_stamp(block[position][0].text)[0], strict=True)
    )
    ended = sum(1 for line, _ in block if _SENTENCE_END.search(line.text))
    return found if ended >= _ENDED * (len(block) - len(found)) else frozenset()


def _is_apart(line: Line) -> bool:
    """A whole line that a program wrote, or that stands over what follows a talk."""
    text = line.text
    if text[:1].islower() or len(text) >= 250:
        return False
    shapes = (is_closing_title, is_comments_heading, is_transcript_title)
    return bool(_SERVICE_NOTE.fullmatch(text)) or any(is_such(text) for is_such in shapes)


def _item(part: Sequence[tuple[Line, Label | None]], alone: bool) -> Item:
    line, label = part[0]
    bullet = without_bullet(line.text) if label is None else None
    opening = label.rest if label else (bullet if bullet is not None else line.text)
    text = " ".join([opening, *(below.text for below, _ in part[1:])]).strip()
    kind: ItemKind = "label" if label else ("bullet" if bullet is not None else "bare")
    if label and label.page:
        kind, label = "page", None
    return Item(kind, text, line.number, part[-1][0].number, label, alone)
