"""Headings that are set apart only by standing alone: short, title-like, no final full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.lines import take_stamp, without_bullet

_MAX_CHARACTERS = 150
_MAX_WORDS = 22
_MAX_STRICT_WORDS = 9
_MAX_SENTENCE_CASE_WORDS = 8
_SENTENCE_WORDS = 4
_ENDINGS = ".,;…。，؛،।॥։።។။"
_WORD = re.compile(r"[^\W_][\w'’\-&/+.]*")
_FICTION = re.compile(
    r"(?:tech tales|(?:flash |short )?fiction|(?:(?:a|the) )?short stor(?:y|ies)|a story)"
    r"(?:\s*:.*|\s+(?:[–—-]|by)\s.*)?|"
    r"tales?\s*:.*|(?:a|the) short story\b.*|"
    r".*[(\[](?:a )?(?:short |flash )?(?:fiction|story)[)\]]:?|"
    r".*[:,–—-] (?:a short story|(?:short|flash) fiction|a work of fiction)",
    re.IGNORECASE,
)
_STORY_PART = re.compile(
    r"(?:part|chapter|act|scene) \w+|prologue|epilogue|interlude|the end", re.IGNORECASE
)
_COMMENTS = re.compile(
    r"(?:\d+ |readers?['’]?s? |your |all |top |latest )?(?:comments|replies|letters)(?: \(\d+\))?|"
    r"letters (?:from readers|to the editor)|(?:reader )?mail(?:bag)?|readers write|"
    r"(?:readers?['’]? )?responses|what readers (?:said|wrote)|"
    r"discussion about this (?:post|podcast|episode|video)|comments restacks|new comment|"
    r"\d+ comments?,? sorted by .{1,40}|join the (?:discussion|conversation)|"
    r"\d+ (?:thoughts?|responses?|comments?|replies) (?:on|to) .*|"
    r"from (?:the|my|our|your) (?:comments|inbox|mailbag|readers|letters)",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(
    r"(?:(?:the|full|complete|edited|episode|interview|podcast|video) ){0,3}transcript(?:ion)?",
    re.IGNORECASE,
)
_SYMBOLS = re.compile("^(?:[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\\s*)+")
_SHOW = r"(?:blog|conversation|episode|interview|podcast|series|show|site|talk|video)"
_MORE = r"[\w’' &-]{1,40}"
_CLOSING = re.compile(
    r"(?:foot|end)?notes|references|bibliography|sources|(?:further|recommended|more) reading|"
    r"(?:related|recommended|similar|more|other|latest|recent|previous|next) (?:articles?|content|"
    r"episodes?|interviews?|links|podcasts?|posts?|reading|stories|videos?|from\b.*|like\b.*)|"
    r"related|recommended(?: for you)?|you (?:might|may) also\b.*|credits|sponsors|"
    r"(?:show|episode) ?notes|(?:related |useful )?links(?: mentioned)?|resources(?: mentioned)?|"
    rf"(?:[\w,&’' -]{{1,60}} )?(?:mentioned|discussed|referenced|cited) (?:in|on|during) "
    rf"(?:this|the|our) {_SHOW}|acknowledge?ments|up next|"
    rf"about (?:us|(?:the|this|our) (?:{_SHOW}|(?:hosts?|guests?|authors?|speakers?|interviewer)))|"
    rf"(?:leave|post|write|add|submit) a (?:comment|reply)|share(?: (?:this|the|on) {_MORE})?|"
    rf"subscribe(?: {_MORE})?|newsletter|(?:ready|looking) for more\?|(?:read|learn) (?:more|next)|"
    rf"(?:keep|continue) reading|follow us(?: {_MORE})?|get in touch|sign up(?: {_MORE})?|"
    r"licen[cs]e|copyright|contributing|corrections|a ?p ?p ?e ?n ?d ?i ?x(?: [a-z0-9]{1,3})?|"
    r"(?:our |the )?(?:staff|team|crew)|music|affiliates|production(?: team)?",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from if in into is it of off on onto or over per so than that the "
    "then this to up via vs was we with are be its not no do does did can could has have had you "
    "your our their his her my i he she they how why what when where who which will would".split()
)
_CONVERSATIONAL = frozenset(
    "i i'm i've i'd i'll you you're it it's its that that's they they're we we're we've he she "
    "there there's so and but or because yeah yes yep no nope okay ok right exactly well um uh "
    "hmm like oh just maybe actually sure cool thanks thank hi hello hey absolutely totally "
    "definitely correct interesting wow".split()
)


def is_title_case(text: str) -> bool:
    """A heading beyond doubt: most of its longer words are capitalised."""
    if not _has_heading_shape(text):
        return False
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL_WORDS]
    capitalised = sum(1 for word in words if not word[0].islower())
    if not words or _opens_like_speech(text):
        return False
    return 3 * capitalised >= 2 * len(words) and (len(words) > 1 or len(text) > 3)


def is_possible_heading(text: str, *, strict: bool = False) -> bool:
    """Could be a heading in sentence case; its neighbours must decide.

    ``strict`` is for files whose speakers also have paragraphs without a label.
    """
    if not _has_heading_shape(text) or _opens_like_speech(text):
        return False
    if strict or text[-1] in "?!":
        short = text[-1] not in "?!" and len(text.split()) <= _MAX_STRICT_WORDS
        return short or is_title_case(text)
    return True


def is_sentence_case_heading(text: str) -> bool:
    """Could be a heading of few words in prose: it breaks off nowhere and asks nothing."""
    if not is_possible_heading(text, strict=True) or text[-1] in ":?!":
        return False
    words = text.split()
    return len(words) <= _MAX_SENTENCE_CASE_WORDS and words[-1].lower() not in _SMALL_WORDS


def is_fiction_heading(text: str) -> bool:
    """Says that what follows is made up: ``Fiction: The Night Clock``, ``A short story``."""
    return len(text) <= _MAX_CHARACTERS and _FICTION.fullmatch(text) is not None


def is_story_part(text: str) -> bool:
    """A heading inside a story, such as ``Part Two``."""
    return _STORY_PART.fullmatch(text) is not None


def is_outline_title(text: str) -> bool:
    """Whether a heading stands over a table of contents."""
    return text.casefold().strip(" :") in {
        "table of contents",
        "contents",
        "outline",
        "timestamps",
        "chapters",
        "index",
        "topics",
        "time stamps",
        "episode outline",
        "show outline",
        "jump to",
        "sections",
    }


def is_comments_heading(text: str) -> bool:
    """Stands above what readers wrote."""
    return len(text) <= _MAX_CHARACTERS and _COMMENTS.fullmatch(text.rstrip(": ")) is not None


def is_closing_title(text: str) -> bool:
    """Stands over what a page has below a talk: notes, links, credits, who made it."""
    title = text.strip("*_ :[]")
    title = title.removesuffix(".") if len(title.split()) < _SENTENCE_WORDS else title
    return len(title) <= _MAX_CHARACTERS and _CLOSING.fullmatch(title) is not None


def is_transcript_title(text: str) -> bool:
    """Announces the transcript: ``Full transcript``, ``Episode Transcript:``."""
    return len(text) <= _MAX_CHARACTERS and _TRANSCRIPT.fullmatch(_bare(text)) is not None


def _bare(title: str) -> str:
    return _SYMBOLS.sub("", title).strip("*_ :")


def heading_levels(marks: Sequence[bool]) -> list[int]:
    """Levels for a sequence of blocks of which the marked ones are headings; 0 for the others.

    A heading directly above another one is the outer of the two. Once there are two levels, a
    heading that stands alone is an inner one.
    """
    levels = [0] * len(marks)
    nested = False
    depth = 0
    for position, marked in enumerate(marks):
        if not marked:
            depth = 0
            continue
        above_another = position + 1 < len(marks) and marks[position + 1]
        if depth:
            depth = min(depth + 1, 3)
        elif above_another or not nested:
            depth = 1
        else:
            depth = 2
        nested = nested or depth > 1
        levels[position] = depth
    return levels


def _has_heading_shape(text: str) -> bool:
    if not text or len(text) > _MAX_CHARACTERS or len(text.split()) > _MAX_WORDS:
        return False
    if text[-1] in _ENDINGS or text[0] in "([{<>“\"'‘*_|" or without_bullet(text):
        return False
    if text[0].islower() or not any(character.isalpha() for character in text):
        return False
    return take_stamp(text) is None and "://" not in text


def _opens_like_speech(text: str) -> bool:
    first = text.split(maxsplit=1)[0].rstrip(",.!?…").replace("’", "'").lower()
    return first in _CONVERSATIONAL
