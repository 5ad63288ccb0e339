"""Titles with a colon that look like the first turn: ``Ada Vale: why kettles sing``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.headings import is_possible_heading, is_title_case
from ingest.readers.labels.header import fields_of
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, is_rule
from ingest.readers.masthead import read_credit
from kb.text.generic_labels import GENERIC_LABEL

_EVENT = re.compile(
    r"(?:(?:the|live|our) )?(?:panel|interview|podcast|episode|transcript|debate|lecture|talk|"
    r"keynote|discussion|conversation|dialogue|roundtable|seminar|webinar|workshop|q ?& ?a)"
    r"(?: (?:discussion|transcript|session|\d{1,4}))?",
    re.IGNORECASE,
)
_STYLE = 0.9  # of the turns begin with a capital, or end like sentences
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 150  # characters
_ENDS = tuple('.!…,;:-–—)]"”’')
_SENTENCE_ENDS = tuple('.!?…"”’)]-–—。？！')


def is_event_title(text: str) -> bool:
    """``Panel: Did it help?``"""
    event, colon, rest = text.partition(": ")
    return bool(colon and rest[:1].isupper()) and _EVENT.fullmatch(event) is not None


def drop_title(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """A first line that stands alone and is set like a title, unlike the turns, is no turn."""
    first = next((i for i, line in enumerate(lines) if line.text), None)
    label = labels[first] if first is not None else None
    if first is None or label is None or label.name is None:
        return
    if label.weak and not any(other and other.weak for other in labels[first + 1 :]):
        labels[first] = None
    if label.certain or label.weak:
        return
    below = lines[first + 1].text if first + 1 < len(lines) else ""
    if below and not (is_rule(below) or any(fields_of(below)) or read_credit(below)):
        return
    turns = [found for found in labels[first + 1 :] if found and found.name]
    if len(turns) > 1 and _is_title(lines[first].text, label, turns):
        labels[first] = None


def _speaks_among(name: str | None, turns: Sequence[Label]) -> bool:
    """Whether a name is before words among those of others, not only above them as a field is."""
    counts = Counter(turn.name for turn in turns)
    begin = next((i for i, t in enumerate(turns) if t.name != name and counts[t.name] > 1), 0)
    return any(turn.name == name for turn in turns[begin:])


def _is_title(text: str, label: Label, turns: Sequence[Label]) -> bool:
    """What follows the colon begins small, or has no end, where turns do not.

    Behind the name of somebody who speaks later more words are asked for than behind another,
    and that they begin with a letter.
    """
    rest = label.rest
    if _EVENT.fullmatch(label.name or "") and len(text) <= _LONGEST:
        return not _speaks_among(label.name, turns)
    if len(text) > _LONGEST or rest.endswith(_ENDS) or GENERIC_LABEL.fullmatch(label.name or ""):
        return False
    spoken = [turn.rest for turn in turns if turn.rest]
    large = sum(1 for words in spoken if words[0].isupper()) >= _STYLE * len(spoken)
    begins_small = rest[:1].islower() and large
    asks = rest.endswith("?")
    ended = sum(1 for words in spoken if words.endswith(_SENTENCE_ENDS)) >= _STYLE * len(spoken)
    unended = not asks and ended and is_possible_heading(rest)
    if any(turn.name == label.name for turn in turns):
        large_title = unended and rest[:1].isupper()
        return len(_WORD.findall(rest)) > 2 and (begins_small or large_title)
    is_title = begins_small or unended or is_title_case(rest.rstrip("?"))
    return len(_WORD.findall(rest)) > 1 and is_title
