"""Speaker labels at the start of a line, in the notations that transcripts use.

``Name: text``, ``Name (00:12): text``, ``[00:12] Name: text``, ``Name: 00:12``, ``Name  00:12``,
each also with the name emphasised in Markdown, and bare stamps that continue a turn. Weaker
notations (``[Name] text``, ``Name — text``, ``**Name** text``, ``name: text``, ``Q. text``, a list
of turns) count where several names come back in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.names import GENERIC_LABEL, fold, initials, is_name, is_sound
from ingest.readers.headings import is_title_case
from ingest.readers.lines import Line, Stamp, take_stamp, without_bullet

_PREFIX = 160  # characters of a line in which a label can stand
_NAME = r"(?P<name>[^\W\d_][^:：\[\]<>\"“”?!;*\\]{0,58}?)"
_BEFORE_COLON = re.compile(_NAME + r"\s?(?::(?=\s|$)|：)")
_MARK = re.compile(r"\A(?:>>\s*|@(?=\d))")
# Beside a name it is no part of what is said: "(11:05 AM):".
_DAYTIME = re.compile(
    r"\A\s*[*_]{0,2}[\[(]\d{1,2}:\d{2}(?::\d{2})?\s?[AaPp]\.?[Mm]\.?[\])][*_]{0,2}:?"
)
_BEFORE_DASH = re.compile(_NAME + r"(?:\s[-–—]\s|—(?=\S))")
_BRACKETED = re.compile(r"\[(?P<name>[^\W\d_][^\[\]<>:]{0,58})\]:?(?=\s)")
_BRACKETED_STAMP = re.compile(
    r"\[(?P<name>[^\W\d_][^\[\]<>:]{0,58}?),?\s(?P<stamp>[\d:.]{4,12})\]:?(?=\s)"
)
_QUESTION = re.compile(r"(?P<name>[QA])[.)](?=\s)")
_SMALL = re.compile(r"(?P<name>[^\W\d_][\w'’-]{1,20}(?: [^\W\d_][\w'’-]{1,20})?):(?=\s)")
_TABBED_STAMP = re.compile(r"[\d:.,]{4,12}\t")
_LEGEND_LINES = 80  # at the head of a file, in which initials are explained
_LONE_SHARE = 6  # one of so many lines at least is a name where names stand alone
_WEAK_SHARE = 4  # one of so many lines at least has a weak label where these count
_BEFORE_STAMP = re.compile(
    _NAME + r"\s{0,8}[-–—|,•·]?\s{0,8}(?=[*_]{0,2}\\?[\[(]?\s?\d{1,3}:\d{2})"
)
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<inner>[^*\n]{1,100}?)(?P=mark)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,80}\]){1,120})\]\((?!#(?:_?f|note|cite|ref))[^()\s]{0,500}\)"
)  # but those that lead to notes
_OPENERS = frozenset(
    "i i'm i've i'd i'll yeah yes yep no nope so well and but right okay ok um uh hmm oh like "
    "exactly that that's it it's we we're you the there there's this what if because sure "
    "maybe actually absolutely great thanks thank hi hello these those one in my".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """Who starts to speak in a line. ``name`` is None for a stamp that continues the turn.

    ``certain`` when notation alone (a time or emphasis) shows that it is a label, ``weak`` when it
    is more often something else.
    """

    name: str | None
    seconds: float | None
    rest: str
    certain: bool
    weak: bool = False


def parse_label(text: str) -> Label | None:
    """The label that a line starts with, if it has the shape of one."""
    text = _MARK.sub("", _unlink(text)).lstrip()
    leading = take_stamp(text)
    if leading:
        named = _parse_name(leading.rest.lstrip("-–— "), leading.seconds) or _parted(leading)
        if named or not (leading.bracketed or not leading.rest):
            return named
        return Label(None, leading.seconds, _text_of(leading.rest), True)
    return _parse_name(text, None) or _parse_weak(text)


def find_labels(lines: Sequence[Line]) -> list[Label | None]:
    """The labels of all lines, without look-alikes such as ``Note: …``."""
    parsed = [parse_label(line.text) if line.text else None for line in lines]
    _drop_unproven(lines, parsed)
    _drop_legend(parsed)
    if not _add_names_below_stamps(lines, parsed):
        _add_names_above_stamps(lines, parsed)
    if not speaker_count(parsed):
        _add_lone_names(lines, parsed)
    names = _trusted_names(parsed, lines)
    labels = [
        label if label and (label.name is None or label.name in names) else None for label in parsed
    ]
    return [
        label or (_label_without_colon(line.text, names) if names else None)
        for line, label in zip(lines, labels, strict=True)
    ]


def speaker_count(labels: Sequence[Label | None]) -> int:
    """How many lines name a speaker."""
    return sum(1 for label in labels if label and label.name)


def _parse_name(text: str, seconds: float | None) -> Label | None:
    emphasis = _EMPHASIS.match(text[:_PREFIX])
    if emphasis:
        after = text[emphasis.end() :]
        return _parse_emphasised(emphasis["inner"].strip(), after, seconds)
    match = _BEFORE_COLON.match(text[:_PREFIX])
    if match and is_name(match["name"]):
        return _labelled(match["name"], seconds, text[match.end() :].lstrip())
    match = _BEFORE_STAMP.match(text[:_PREFIX])
    if match and is_name(match["name"]):
        stamp = take_stamp(text[match.end() :])
        if stamp and (not stamp.rest or stamp.bracketed or stamp.rest.startswith(":")):
            return Label(match["name"].strip(), stamp.seconds, _text_of(stamp.rest), True)
    if seconds is not None and is_name(text) and len(text.split()) > 1:
        return Label(text, seconds, "", True)
    return None


def _parted(stamp: Stamp) -> Label | None:
    """``0:05 | Name``."""
    name = stamp.rest.removeprefix("|").strip()
    return Label(name, stamp.seconds, "", True) if name != stamp.rest and is_name(name) else None


def _parse_emphasised(inner: str, after: str, seconds: float | None) -> Label | None:
    leading = take_stamp(inner)
    if leading:
        seconds, inner = leading.seconds, leading.rest
    if not inner.endswith(":"):
        stamped = _BEFORE_STAMP.match(inner)
        stamp = take_stamp(inner[stamped.end() :]) if stamped else None
        if stamped and stamp:
            inner, seconds = stamped["name"], stamp.seconds
    name = inner.rstrip(": ")
    if not is_name(name):
        return None
    if inner.endswith(":") or after.startswith(":"):
        return _labelled(name, seconds, after.removeprefix(":").lstrip(), certain=True)
    stamp = take_stamp(after.lstrip())
    if stamp:
        return Label(name, stamp.seconds, _text_of(stamp.rest), True)
    if seconds is not None or not after.strip():
        return Label(name, seconds, _text_of(after), bool(after.strip()))
    return Label(name, None, _text_of(after), False, weak=True) if after[0].isspace() else None


def _parse_weak(text: str) -> Label | None:
    """A notation that is also used for other things: lists, sounds, asides, settings."""
    inner = without_bullet(text)
    listed = _parse_name(inner, None) if inner else None
    if listed and (listed.certain or listed.weak):
        return replace(listed, certain=False, weak=True)
    match = _BRACKETED.match(text)
    if match and is_name(match["name"]) and not is_sound(match["name"]):
        rest = text[match.end() :].lstrip()
        stamp = take_stamp(rest)
        seconds, rest = (stamp.seconds, _text_of(stamp.rest)) if stamp else (None, rest)
        return Label(match["name"].strip(), seconds, rest, False, weak=True)
    match = _BRACKETED_STAMP.match(text)
    if match and is_name(match["name"]) and (inside := take_stamp(match["stamp"])):
        return Label(match["name"], inside.seconds, text[match.end() :].lstrip(), False, True)
    for pattern in (_BEFORE_DASH, _QUESTION, _SMALL):
        match = pattern.match(text[:_PREFIX])
        if match and is_name(match["name"].title()):
            return Label(match["name"].strip(), None, text[match.end() :].lstrip(), False, True)
    return None


def _labelled(name: str, seconds: float | None, rest: str, certain: bool = False) -> Label:
    """A label with a colon; a stamp may stand before the colon or begin the text."""
    inner = _BEFORE_STAMP.match(name)
    stamp = take_stamp(name[inner.end() :]) if inner else None
    if inner and stamp:
        return Label(inner["name"].strip(), stamp.seconds, rest, True)
    stamp = take_stamp(rest)
    if stamp and (stamp.bracketed or not stamp.rest or _TABBED_STAMP.match(rest)):
        return Label(name.strip(), stamp.seconds, _text_of(stamp.rest), True)
    return Label(name.strip(), seconds, rest, certain or seconds is not None)


def _text_of(rest: str) -> str:
    return _DAYTIME.sub("", rest).lstrip(" :-–—\t")


def _unlink(text: str) -> str:
    if "](" not in text[:_PREFIX]:
        return text
    head, tail = text[: 4 * _PREFIX], text[4 * _PREFIX :]
    return _LINK.sub(r"\1", head) + tail


def _drop_unproven(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """Weak labels of names that other labels have stay; others only together.

    Several names must come back in them, and they must be a good part of the lines. Where most
    lines have such labels, those of people who speak once are labels, too.
    """
    strong = {label.name for label in parsed if label and label.name and not label.weak}
    counts = Counter(label.name for label in parsed if label and label.weak)
    repeated = {name for name, count in counts.items() if count > 1}
    written = sum(1 for line in lines if line.text)
    weak = sum(counts[name] for name in repeated)
    proven = len(repeated) > 1 and _WEAK_SHARE * weak >= written
    dense = proven and 2 * weak >= written
    for position, label in enumerate(parsed):
        if label and label.weak and label.name not in strong:
            parsed[position] = label if dense or (proven and label.name in repeated) else None


def _drop_legend(parsed: list[Label | None]) -> None:
    """``AQ: Ada Quill`` at the head of a file says who AQ is; nobody speaks yet."""
    for position, label in enumerate(parsed[:_LEGEND_LINES]):
        if label and label.name and label.name.isupper() and is_name(label.rest):
            is_legend = initials(label.rest) == label.name.casefold()
            parsed[position] = None if is_legend else label


def _add_names_below_stamps(lines: Sequence[Line], parsed: list[Label | None]) -> bool:
    """A name between a line that is only a stamp and the text, if several come back there."""
    found = {
        position: Label(lines[position].text, stamp.seconds, "", True)
        for position, (stamp, name) in enumerate(pairwise(parsed), start=1)
        if stamp
        and name is None
        and (stamp.name, stamp.rest) == (None, "")
        and is_name(lines[position].text)
        and position + 1 < len(lines)
        and lines[position + 1].text
        and parsed[position + 1] is None
    }
    counts = Counter(label.name for label in found.values())
    kept = {place: label for place, label in found.items() if counts[label.name] > 1}
    if len({label.name for label in kept.values()}) < 2:
        return False
    stamps = sum(1 for label in parsed if label and (label.name, label.rest) == (None, ""))
    dense = 2 * len(kept) >= stamps
    for position, label in (found if dense else kept).items():
        parsed[position] = label
    return True


def _add_lone_names(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """Names on lines of their own above what they say, if several come back there."""
    found: dict[int, str] = {}
    below = ""
    for position in range(len(lines) - 1, -1, -1):
        text = lines[position].text
        above = lines[position - 1].text if position else ""
        full = len(text.split()) > 1 or text.isupper()
        if text and not above and below and full and is_name(text):
            found[position] = text
            below = ""
        else:
            below = text or below
    counts = Counter(found.values())
    kept = {place: name for place, name in found.items() if counts[name] > 1}
    written = sum(1 for line in lines if line.text)
    if len(set(kept.values())) > 1 and _LONE_SHARE * len(kept) >= written:
        for position, name in kept.items():
            parsed[position] = Label(name, None, "", False)


def _add_names_above_stamps(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """A name on a line of its own speaks when the next line starts with a stamp."""
    below: Label | None = None
    for position in range(len(lines) - 1, -1, -1):
        text, label = lines[position].text, parsed[position]
        if not text:
            continue
        if label is None and below and below.name is None and is_name(text):
            parsed[position] = Label(text, below.seconds, "", False)
        below = parsed[position]


def _trusted_names(parsed: Sequence[Label | None], lines: Sequence[Line]) -> frozenset[str]:
    """Names that are speakers: they come back, or look like those that do.

    In a short file where most paragraphs have a label, one occurrence is enough.
    """
    named = [
        (label.name, label, line.text)
        for label, line in zip(parsed, lines, strict=True)
        if label and label.name
    ]
    counts = Counter(name for name, _, _ in named)
    repeated = {name for name, count in counts.items() if count > 1}
    first_names = {fold(name).split()[0] for name in repeated}
    written = sum(1 for line in lines if line.text)
    dense = len(named) >= 2 and 2 * len(named) >= written
    return frozenset(
        name
        for name, label, text in named
        if name in repeated
        or label.certain
        or label.weak
        or GENERIC_LABEL.fullmatch(name)
        or fold(name).split()[0] in first_names
        or (dense and _is_single_use(label, text))
    )


def _is_single_use(label: Label, text: str) -> bool:
    """Whether a label that occurs once is one, and not a heading with a colon or in bold."""
    has_colon = bool(label.rest) or text.rstrip("*_ ").endswith(":")
    return has_colon and not (is_title_case(text) and len(text.split()) > 3)


def _label_without_colon(text: str, names: frozenset[str]) -> Label | None:
    """``Ada I think …``: a known label, then a word that opens a sentence, not a surname."""
    words = text[:_PREFIX].split(maxsplit=4)
    for count in (1, 2, 3):
        name = " ".join(words[:count])
        if len(words) > count and name in names:
            opener = words[count].rstrip(",.!?").replace("’", "'")
            if opener[:1].isupper() and opener.lower() in _OPENERS:
                rest = text[len(name) :].lstrip() if text.startswith(name) else ""
                long_enough = len(text.split(maxsplit=8)) > 6
                return Label(name, None, rest, False) if long_enough else None
    return None
