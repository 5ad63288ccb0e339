"""Notations that only the whole file shows: whatever stands around names that come back.

``**[Ada Vale]** text``, ``[0:12] Ada Vale | text``, ``Ada Vale (0:12) — text``, ``— Ada —``: each
line of a talk may begin with a name in some frame. Where two or more names come back in the same
frame, and in a good part of the lines, these are the turns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.names import capitalised_name, fold, is_sound, person_of
from ingest.readers.labels.header import fields_of
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, Stamp, take_stamp
from kb.text.generic_labels import is_generic

_LABEL = r"(?P<name>[^\W\d_][^:：\[\]()<>{}|\t\"“”?!;*\\]{0,58}?(?: ?\([^()\d]{2,60}\))?)"
_INNER = r"(?P<name>[^\W\d_][^:\[\]<>{}|\t\"“”?!;*\\]{0,58}?)"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2}){0,2}(?:[.,]\d{1,3})?"
_TO = rf"(?: ?(?:-{{1,2}}>?|–|→) ?{_CLOCK})?"
_TIME = rf"(?: {{0,4}}[,·•|@–—-]? {{0,2}}[\[(]?(?P<time>{_CLOCK}){_TO}[\])]?)?"
_ALONE = re.compile(_LABEL + _TIME + r" ?:?$")  # on a line that has a time
_ROUND = re.compile(rf"\({_INNER}\){_TIME}:?(?:\s|$)")  # sounds and sources stand so, too
_CAPITALS = (
    r"(?P<name>(?:(?:MR|MRS|MS|DR|PROF)\.? )?"
    r"[^\W\d_a-z]{2,20}(?:[ '’-][^\W\d_a-z]{2,20}){0,3})(?P<time>)\. "
)
_FRAMES = tuple(
    re.compile(frame)
    for frame in (
        _LABEL + _TIME + r" ?: ",
        rf"\[{_INNER}\]{_TIME}:?(?:\s|$)",
        _ROUND.pattern,
        rf"<{_INNER}>{_TIME}:?(?:\s|$)",
        rf"\{{{_INNER}\}}{_TIME}:?(?:\s|$)",
        _LABEL + _TIME + r" ?\| ",
        _LABEL + _TIME + r"(?: — |—(?=\S))",
        _LABEL + _TIME + r" – ",
        _LABEL + _TIME + r" -{1,2} ",
        _LABEL + _TIME + r"(?:\t| {2,20})(?=\S)",
        _LABEL + _TIME + r" ?>{1,2} ",
        _CAPITALS,
        _ALONE.pattern,
        rf"[-–—=~•·*]{{1,6}} {_LABEL}{_TIME} [-–—=~•·*]{{1,6}}$",
    )
)
_MARKUP = re.compile(r"(\*{1,3}|_{1,3}|`)(?=[^\s*_`])(?P<inner>[^*`]{1,120}?)(?<=\S)\1")
_SECONDS = re.compile(r"[\[(]?(?P<seconds>\d{1,5}\.\d{1,3})s?[\])]?\s{1,4}")
_BRACKETED = re.compile(r"\((?P<name>[^()]{1,60})\) ")
_LONE = re.compile(r"(?P<name>@?[^\W\d_][\w .'’-]{1,40}[^\W_]):?$")
_OFTEN = 3  # turns
_PREFIX = 200  # characters of a line in which a label can stand
_SHARE = 6  # one of so many lines at least
_MORE = 3  # times as many turns as another reading finds
_AGAIN = 0.8  # of those in a frame have names that come back

Found = dict[int, Label]


def add_learned_notations(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """Labels of the frame that has the most turns, where other notations find hardly any."""
    others = {
        place
        for place, (line, label) in enumerate(zip(lines, parsed, strict=True))
        if label and label.name and not any(fields_of(line.text))
    }
    known = len(others)
    written = sum(1 for line in lines if line.text)
    heads = [_head(line.text) if line.text else None for line in lines]
    found = max((_turns_in(frame, heads) for frame in _FRAMES), key=len)
    turns = {place for place in found if not any(fields_of(lines[place].text))}
    is_more = len(turns) >= _MORE * max(known, 1) or (known and others < turns)
    if not is_more or _SHARE * len(found) < written:
        return
    for position, label in enumerate(parsed):
        if position in found or (label and label.name):
            parsed[position] = found.get(position)


def seems_labelled(lines: Sequence[Line]) -> bool:
    """Whether the same few words come back before others, or on lines of their own.

    They may have no shape of names; but one author wrote no such text.
    """
    heads = [head for line in lines if line.text and (head := _head(line.text))]
    for frame in (*_FRAMES, _BRACKETED, _LONE):
        found = [match["name"] for _, text in heads if (match := frame.match(text[:_PREFIX]))]
        counts = Counter(found)
        often = [count for count in counts.values() if count >= _OFTEN]
        if len(often) > 1 and _SHARE * sum(often) >= len(heads):
            return True
    return False


def _head(text: str) -> tuple[float | None, str]:
    """The time that a line begins with, and the line without its emphasis behind that."""
    plain = _MARKUP.sub(r"\g<inner>", text[:_PREFIX], count=2) + text[_PREFIX:]
    stamp = take_stamp(plain) or _seconds(plain)
    if stamp is None or not stamp.rest:
        return None, plain
    return stamp.seconds, stamp.rest.lstrip("-–—|· ")


def _seconds(text: str) -> Stamp | None:
    match = _SECONDS.match(text)
    return Stamp(float(match["seconds"]), text[match.end() :], True) if match else None


def _turns_in(frame: re.Pattern[str], heads: Sequence[tuple[float | None, str] | None]) -> Found:
    """The labels in one frame; none where too few names come back."""
    found: Found = {}
    for position, head in enumerate(heads):
        match = frame.match(head[1][:_PREFIX]) if head else None
        name = _name(match["name"].strip()) if match else None
        if head is None or match is None or name is None:
            continue
        if frame == _ROUND and " " not in name and not is_generic(name):
            continue
        seconds, text = head
        stamp = take_stamp(match["time"]) if match["time"] else None
        seconds = stamp.seconds if stamp else seconds
        if frame == _ALONE and seconds is None:
            continue
        rest = text[match.end() :].lstrip()
        behind = take_stamp(rest)
        if behind and behind.bracketed and seconds is None:
            seconds, rest = behind.seconds, behind.rest
        found[position] = Label(name, seconds, rest, certain=True)
    counts = Counter(fold(label.name or "") for label in found.values())
    again = {name for name, count in counts.items() if count > 1}
    kept = {
        place: label
        for place, label in found.items()
        if fold(label.name or "") in again or set(fold(label.name or "").split()) & again
    }
    return kept if len(again) > 1 and len(kept) >= _AGAIN * len(found) else {}


def _name(printed: str) -> str | None:
    """The person of a label; words that open sentences are none."""
    if is_sound(printed):
        return None
    return person_of(capitalised_name(printed))
