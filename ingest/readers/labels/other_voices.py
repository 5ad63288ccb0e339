"""Voices that no other rule knows: who speaks once among people who speak all the time.

``Audience Member #2:``, ``Second caller:``, ``Torvald's iPhone:`` and ``A student:`` say of
themselves that somebody else speaks. Any other name does where each paragraph has a label: left
where it stands, its words would be those of the speaker before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.names import PARTICLES, is_sound
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, take_stamp
from kb.text.generic_labels import GENERIC_LABEL
from kb.text.words import STOP_WORDS

_FEWEST = 6  # labels of others
_EXCLUSIVE = 0.85  # of the paragraphs have a label, and so have all
_DENSE = 0.5  # the same, where the label itself says that it is one
_LONGEST = 48  # characters
_MOST_WORDS = 5
_BEFORE_COLON = re.compile(
    r"(?P<mark>\*\*|__)?\s?[\[@]?(?P<name>\+?[^\W_][^:*\[\]\n]{0,60}?)\]?"
    r"(?:\s?[\[(](?P<remark>[^()\[\]\n]{1,40})[\])])?\s?:(?(mark)(?:(?P=mark))?)(?:\s+|$)(?P<rest>.*)"
)
_ALONE = re.compile(
    r"(?P<mark>\*\*|__|\*|_)?[\[@]?(?P<name>\+?[^\W_][^:!?*\[\]\n]{0,60}?)\]?(?(mark)(?P=mark))"
    r"(?:\s?[\[(](?P<remark>[^()\[\]\n]{1,40})[\])])?\s?:?(?P<rest>)"
)
_QUOTED_NICK = re.compile(r"\s[\"“'‘(][^\W\d_a-z][\w ]{1,15}[\"”'’)](?=\s)")
_SENTENCE_END = re.compile(r"[^\W\d_]{2,}(?<!\b[JS]r)[.,;]$")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
# Before a colon in what somebody says; a long talk has most of them in small letters, too.
_REMARKS = STOP_WORDS | frozenset(
    "first second third fourth last next note notes answer question plan step point debate pros "
    "cons result results again rule example scenario option case idea claim fact title topic "
    "summary conclusion correction update edit reminder warning disclaimer bonus part chapter "
    "section episode intro outro music break ad sponsor thing view number problem reason lesson "
    "quote transcript date time place guest host speakers recorded published yes no yeah yep nope "
    "okay ok right sure exactly correct absolutely thanks hmm wow great indeed agreed true false "
    "never always maybe perhaps hello hi welcome good fine cool interesting".split()
)


def add_other_voices(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Labels for paragraphs that begin with a voice of their own, in a talk that has labels."""
    known = [label for label in labels if label and label.name]
    if len(known) < _FEWEST:
        return
    alone = sum(1 for label in known if not label.rest) > len(known) / 2
    first = next(place for place, label in enumerate(labels) if label and label.name)
    begins = [place for place in _beginnings(lines, labels) if place > first]
    candidates = dict(_candidates(lines, labels, begins, alone=alone))
    if not candidates:
        return
    named, paragraphs = len(known) + len(candidates), len(known) + len(begins)
    if alone and _stand_apart(lines, labels):
        paragraphs = len(begins)  # of the words: the names are paragraphs of their own
    words = (word for line in lines for word in re.findall(r"\w+", line.text))
    small = Counter(word for word in words if word.islower())
    names = Counter(label.name for label in candidates.values())
    for place, label in candidates.items():
        name = label.name or ""
        is_voice = GENERIC_LABEL.fullmatch(name) and name.casefold() not in _REMARKS
        framed = lines[place].text.lstrip("*_ ")[:1] in "[@"
        is_name = not label.rest[:1].islower() and (
            framed or _is_like_a_name(name, small, names[name])
        )
        share = _DENSE if is_voice else _EXCLUSIVE
        if (is_voice or is_name) and named >= share * paragraphs:
            labels[place] = label


def _is_like_a_name(name: str, small: Counter[str], times: int) -> bool:
    """Whether words may be a name: none of them opens what people say, or stands in the talk in
    small letters; ``small`` counts those that do. The name itself stands there several ``times``.
    """
    words = _WORD.findall(name.replace(",", " ").replace("/", " "))
    if not words or len(words) > _MOST_WORDS or is_sound(name):
        return False
    plain = [word for word in words if word.casefold() not in PARTICLES]
    if not plain or any(word.casefold() in _REMARKS for word in plain):
        return False
    if all(word.islower() for word in plain):
        return len(plain) > 1 and all(small[word] <= times for word in plain)
    return not any(word[0].islower() or small[word.casefold()] for word in plain)


def _beginnings(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[int]:
    """Places of lines without a label that begin a paragraph: below an empty line, where labels
    stand so; else all.
    """
    named = [place for place, label in enumerate(labels) if label and label.name]
    spaced = sum(1 for place in named if not _above(lines, place)) > len(named) / 2
    return [
        place
        for place, line in enumerate(lines)
        if line.text and not labels[place] and not (spaced and _above(lines, place))
    ]


def _stand_apart(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether an empty line parts most names from what they say."""
    named = [place for place, label in enumerate(labels) if label and label.name]
    apart = sum(1 for place in named if place + 1 < len(lines) and not lines[place + 1].text)
    return apart > len(named) / 2


def _candidates(
    lines: Sequence[Line],
    labels: Sequence[Label | None],
    begins: Sequence[int],
    *,
    alone: bool,
) -> Iterator[tuple[int, Label]]:
    """What stands there as the labels of this talk do: before a colon, or alone above words."""
    apart = alone and _stand_apart(lines, labels)
    for place in begins:
        match = (_ALONE if alone else _BEFORE_COLON).fullmatch(lines[place].text)
        below = place + (2 if apart else 1)
        has_words = below < len(lines) and lines[below].text and labels[below] is None
        if match is None or (alone and (not has_words or _SENTENCE_END.search(match["name"]))):
            continue
        name = _QUOTED_NICK.sub("", match["name"]).strip()
        if len(name) <= _LONGEST and (match["rest"] or alone):
            stamp = take_stamp(f"[{match['remark']}]") if match["remark"] else None
            yield place, Label(name, stamp.seconds if stamp else None, match["rest"], False)


def _above(lines: Sequence[Line], place: int) -> str:
    return lines[place - 1].text if place else ""
