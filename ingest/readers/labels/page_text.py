"""What the page around a talk says, in paragraphs that have no label: notices, notes, adverts.

Such a paragraph would be taken for words of whoever spoke last. It is only looked for where the
page can speak: below the last turn, and between the marks of an advert.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.headings import (
    is_closing_title,
    is_comments_heading,
    is_outline_title,
    is_transcript_title,
)
from ingest.readers.labels.conversation import Item
from ingest.readers.labels.header import fields_of
from ingest.readers.newsletter_lines import is_button
from ingest.readers.stage_directions import is_stage_direction

_END = re.compile(
    r"[\[(*—–-]\s?end(?: of [\w ]{1,30})?\s?[\])*—–-]|"
    r"end of (?:the )?(?:transcript(?:ion)?|recording|interview|audio|episode|tape)\.?",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:\d{1,3}\.?\s?)?[\^↑]")  # above a footnote
_OF_PAGE = re.compile(
    r"©|\(c\) \d{4}|copyright (?:©|\(c\)|\d{4})|"
    r"(?:the|this|our|an?|full)?(?: [\w-]{1,20}){0,2} ?transcript(?:ion)? (?:was|has been|may|"
    r"were|edited|produced|provided|created|generated|made|lightly|by|courtesy|from)\b|"
    r"transcribed (?:by|with|using)\b|transcript:? (?:by|courtesy)\b|"
    r"(?:thanks|thank you) for reading\b|"
    r"subscribe for free\b|page \d{1,4} of \d{1,4}$|\[\d{1,3}\]:?\s|\[[a-z]{1,2}\](?! )|"
    r"(?:written|posted|published) by (?-i:[^\W\d_a-z])|"
    r"[\d.,]{1,6}[KM]? (?:followers|subscribers|claps)$|pingback:|"
    r"(?:created|exported|generated|made|transcribed) (?:by|using|with) (?-i:[^\W\d_a-z])|"
    r"(?:this|the|all|our) (?:[\w-]{1,20} ){0,4}(?:is|are) "
    r"(?:licen[sc]ed|shared|released|available) under\b|"
    r"licen[sc]ed under\b|all rights reserved\b|"
    r"(?:return|go back|back) to (?:the )?[\w. ]{0,40}(?:home ?page|home|top|index|episodes)$|"
    r".{2,60} is a reader-supported (?:publication|podcast)\b|\[\^[^\]\s]{1,20}\]|"
    r"\^\s?(?:\[|\d)|(?:transcriber|translator|editor|producer)['’]?s?['’]? notes?\s?:",
    re.IGNORECASE,
)
_PERHAPS_OF_PAGE = re.compile(
    r"subscribe (?:to|on|via|here|now|and)\b|sign up (?:for|to)\b|follow us\b|"
    r"follow .{2,60} on (?:twitter|x|facebook|instagram|linkedin|bluesky|mastodon|threads)\b|"
    r"(?:listen|watch)(?: to [^.]{1,60})? (?:on|here|now)\b|leave (?:us )?a (?:review|comment)\b|"
    r"(?:a|the|this)(?: full)? transcript is\b|"
    r"(?:this|the) (?:episode|podcast|interview|conversation|show) (?:was|is|has been) "
    r"(?:produced|edited|recorded|mixed|transcribed|hosted|published|condensed|lightly)\b|"
    r"(?:produced|edited|recorded|mixed|hosted|music|photo(?:graph)?|image) by\b|https?://\S+$|"
    r"[^.?!,:]{2,60} is (?:a production of|(?:produced|edited|mixed|hosted) by) [^\W\d_]|"
    r"(?:our|the) (?:theme |intro )?music is by\b",
    re.IGNORECASE,
)
_IN_ITALICS = re.compile(r"\*[^*\s][^*]*\*|_[^_\s][^_]*_")
_DOES = re.compile(
    r"(?:is|was|hosts|works|writes|runs|leads|teaches|studies|serves|has been|holds|lives)\b"
)
_LONGEST_NAME = 4  # words
_LONGEST = 60  # words of a notice
_FEWEST_TURNS = 3
_FEWEST_PARTS = 2  # of a transcript
_REST_SHARE = 3  # one of so many words at most stands below a rule
_INNERMOST = 8  # level of a heading, beyond any
_ADVERT = r"(?:ads?|adverts?|advertisements?|commercials?|sponsor(?:ed)?|promo)"
_ADVERT_BEGINS = re.compile(
    rf"[\[(](?:begin(?: of)? |start(?: of)? )?{_ADVERT}"
    r"(?: (?:break|read|segment|message|content|begins?|starts?))?[\])]",
    re.IGNORECASE,
)
_ADVERT_ENDS = re.compile(
    rf"[\[(](?:end(?: of)? {_ADVERT}|{_ADVERT} (?:break )?(?:ends?|over))(?: [a-z]{{1,10}})?[\])]",
    re.IGNORECASE,
)
_SPONSORED = re.compile(
    r"(?:this|today['’]s) (?:episode|show|podcast|interview|conversation) (?:is|was) "
    r"(?:brought to you|sponsored|supported|made possible|presented) by\b|"
    r"(?:a word from |thanks to )?(?:our|today['’]s) sponsors?\b",
    re.IGNORECASE,
)
_LONGEST_ADVERT = 12  # paragraphs


def with_page_text(items: Sequence[Item]) -> list[Item]:
    """The items, those of them marked as the page's that are adverts or stand below the talk."""
    items = _between_transcripts(_with_credits(_with_adverts(list(items))))
    start = _begin_of_transcript(items)
    return [*_with_tail(items[:start]), *_with_tail(items[start:])]


def _between_transcripts(items: list[Item]) -> list[Item]:
    """Where several headings announce parts of a transcript, nobody speaks below other headings."""
    parts = [item.kind == "heading" and is_transcript_title(item.text) for item in items]
    if sum(parts) < _FEWEST_PARTS:
        return items
    found: list[Item] = []
    is_talk = False
    for item, begins in zip(items, parts, strict=True):
        is_talk = begins or (is_talk and item.kind != "heading")
        is_page = not is_talk and not _speaker(item)
        found.append(_of_page(item) if is_page else item)
    return found


def _begin_of_transcript(items: Sequence[Item]) -> int:
    """Where a line announces the transcript, below quotes from it; 0 if nowhere."""
    spoken = [i for i, item in enumerate(items) if _speaker(item)]
    found = (i for i, item in enumerate(items) if _is_line(item) and is_transcript_title(item.text))
    start = next(found, 0)
    is_below = spoken and spoken[0] < start and sum(1 for i in spoken if i > start) > 1
    return start if is_below else 0


def _with_adverts(items: list[Item]) -> list[Item]:
    """Unlabelled paragraphs between ``[AD BREAK]`` and ``[END AD]``."""
    begin = None
    for position, item in enumerate(items):
        if _speaker(item):
            begin = None
        elif _ADVERT_BEGINS.fullmatch(item.text):
            begin = position
        elif begin is not None and _ADVERT_ENDS.fullmatch(item.text):
            if position - begin <= _LONGEST_ADVERT:
                items[begin : position + 1] = [_of_page(i) for i in items[begin : position + 1]]
            begin = None
    return items


def _with_credits(items: list[Item]) -> list[Item]:
    """Paragraphs that say who pays for the episode, in italics between two turns or below a mark
    that an advert begins.
    """
    if not items:
        return items
    around = zip([items[0], *items[:-1]], items, [*items[1:], items[-1]], strict=True)
    return [
        _of_page(item) if _is_credit(above, item) and _speaker(below) else item
        for above, item, below in around
    ]


def _is_credit(above: Item, item: Item) -> bool:
    marked = _IN_ITALICS.fullmatch(item.text) or _ADVERT_BEGINS.fullmatch(above.text.strip("*_ "))
    return bool(marked and _SPONSORED.match(item.text.strip("*_ "))) and not item.label


def _with_tail(items: list[Item]) -> list[Item]:
    """Everything from the first paragraph on below which there is nothing but the page."""
    comments = _comments(items)
    spoken = [i for i, item in enumerate(items[:comments]) if _speaker(item)]
    if not spoken:
        return items
    names = {name for item in items[:comments] if (name := _speaker(item)) and " " in name}
    throughout = len(spoken) >= _FEWEST_TURNS and all(
        item.kind != "bare" or is_stage_direction(item.text)
        for item in items[spoken[0] : spoken[-1]]
    )
    end = spoken[-1] + (1 if items[spoken[-1]].text else 2)  # a name alone stands above its words
    start = min(_opening(items, end, comments), _below_rule(items, spoken, end, comments))
    while start > end and _is_page(items[start - 1], names, throughout):
        start -= 1
        is_below_heading = start - 1 > end and items[start - 1].kind == "heading"
        if is_below_heading and _is_page(items[start - 2], names, throughout):
            start -= 1
    talk = [item if _is_sure(item) else _of_talk(item) for item in items[end:start]]
    tail = [_of_page(item) for item in items[start:comments]]
    return [*items[:end], *talk, *tail, *_below_comments(items[comments:])]


def _below_rule(items: Sequence[Item], spoken: Sequence[int], first: int, end: int) -> int:
    """Where the only rule from the first words on parts the talk from less; ``end`` if nowhere."""
    found = next((i for i in range(first, end) if items[i].parted), end)
    if len(spoken) < _FEWEST_TURNS or any(item.parted for item in items[spoken[0] + 1 : first]):
        return end
    said, rest = (
        sum(len(item.text.split()) for item in part)
        for part in (items[spoken[0] : found], items[found:end])
    )
    return found if _REST_SHARE * rest <= said else end


def _comments(items: Sequence[Item]) -> int:
    """Where a heading says that readers write, and nobody of the talk is named below it."""
    last = {name: position for position, item in enumerate(items) if (name := _speaker(item))}
    latest = -1
    for position, item in enumerate(items):
        if name := _speaker(item):
            latest = max(latest, last[name])
        elif -1 < latest < position and _is_line(item) and is_comments_heading(item.text):
            return position
    return len(items)


def _below_comments(items: Sequence[Item]) -> list[Item]:
    """Nothing there is a heading of the talk, whatever it looks like: names, dates, buttons."""
    if not items:
        return []
    heading, *others = items
    if heading.kind != "heading":
        heading = replace(heading, kind="heading", label=None, level=1)
    return [heading, *(replace(i, kind="bare") if i.kind == "heading" else i for i in others)]


def _opening(items: Sequence[Item], first: int, end: int) -> int:
    """Where footnotes, credits and the like begin; ``end`` if nowhere.

    No other section of the talk stands below.
    """
    found = end
    outermost = _INNERMOST
    for position in range(end - 1, first - 1, -1):
        item = items[position]
        if _is_section(item):
            if outermost > (item.level or _INNERMOST - 1):
                found = position
        elif _END.fullmatch(item.text) or _NOTE.fullmatch(item.text):
            found = position
        elif item.kind == "heading":
            outermost = min(outermost, item.level)
    return found


def _is_section(item: Item) -> bool:
    title = item.text.strip("*_ :[]")
    return _is_line(item) and (is_closing_title(title) or is_outline_title(title))


def _is_line(item: Item) -> bool:
    return item.kind == "heading" or (item.kind == "bare" and item.alone)


def _is_page(item: Item, names: set[str], throughout: bool) -> bool:
    """``throughout``: every paragraph of the talk has a label, so one without any is none of it."""
    if item.kind == "page":
        return True
    text = item.text.strip("*_ ")
    if item.kind == "heading" or len(text.split()) > _LONGEST:
        return False
    if _OF_PAGE.match(text) or is_stage_direction(text) or is_button(text):
        return True
    if not throughout or item.label:
        return False
    if _IN_ITALICS.fullmatch(item.text):
        return True
    return bool(_PERHAPS_OF_PAGE.match(text)) or _is_about(text, names)


def _is_about(text: str, names: set[str]) -> bool:
    """``Ada Vale hosts the show.``"""
    words = text.split(maxsplit=_LONGEST_NAME + 1)
    for count in range(2, len(words)):
        if " ".join(words[:count]) in names:
            return _DOES.match(" ".join(words[count:])) is not None
    return False


def _is_sure(item: Item) -> bool:
    """A line that names people is of the page, whatever stands below it."""
    return item.kind != "page" or any(field.people for field in fields_of(item.text))


def _of_page(item: Item) -> Item:
    return replace(item, kind="page", label=None) if item.kind != "heading" else item


def _of_talk(item: Item) -> Item:
    return replace(item, kind="bare")


def _speaker(item: Item) -> str | None:
    return item.label.name if item.label else None
