"""Who the printed labels are: one canonical full name per person, and a role.

What the sidecar declares comes first, then what the file itself declares, then what title,
introduction and greetings let one work out. Roles that are worked out are marked as guesses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.names import (
    PARTICLES,
    TITLE_BEFORE_SURNAME,
    bare_name,
    explained_names,
    fold,
    full_names_ending,
    full_names_in,
    full_names_of,
    is_office,
    is_titled,
    untitled,
)
from ingest.readers.labels.header import role_of
from ingest.readers.prose import article, newsletter, paragraphs, quotes
from ingest.readers.stage_directions import is_stage_direction
from ingest.sources.sidecar import Entry
from ingest.speakers.misprints import misprints
from ingest.speakers.roles import guess_roles
from ingest.transcript import Reading
from kb.text.generic_labels import GENERIC_LABEL, is_generic
from kb.types import Speaker, Turn

AUTHORED_FORMATS = frozenset({article.FORMAT, newsletter.FORMAT, paragraphs.FORMAT})
_OTHERS_QUOTED_FORMATS = frozenset({article.FORMAT, paragraphs.FORMAT})
QUOTED_FORMATS = frozenset({quotes.FORMAT})
_MOST_PEOPLE = 100  # labels beyond these are not matched with mentions in the text
_INITIALS = re.compile(r"[A-Z]{2,4}")  # of people only where more than one has them
_BESIDE = re.compile(r"[(\[](?P<role>[^()\[\]]{2,40})[)\]]\s*$")
_HEAD = 4000  # characters in which people are introduced
_TITLED = re.compile(rf"{TITLE_BEFORE_SURNAME}\.? ", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,}")  # McVALE
_SEVERAL = re.compile(r"\s?[/+&,]\s?| and ")  # "Ada Vale and Bo Lind"
_FOR_SOMEBODY = re.compile(
    r"(?P<role>[^()\[\]]{1,30}?) ?[(\[](?:speaking |interpreting |translating )?for "
    r"(?P<name>[^\W\d_a-z][^()\[\]]{1,40})[)\]]"
)
_FOR_OTHERS = ("interpreter", "translator")  # behind the name of whom they speak for


@dataclass(frozen=True, slots=True)
class _People:
    """Full names that a label may stand for, the most trusted first."""

    declared: tuple[Speaker, ...]
    mentioned: tuple[str, ...]

    def find(self, label: str) -> str | None:
        """The canonical name of a label, or None when nobody or more than one fits."""
        key = fold(label)
        for speaker in self.declared:
            if key in {fold(speaker.name), *map(fold, speaker.aliases)}:
                return speaker.name
        by_role = [speaker.name for speaker in self.declared if speaker.role == key]
        if len(by_role) == 1:
            return by_role[0]
        if GENERIC_LABEL.fullmatch(label.strip()):
            return None
        for names in (tuple(speaker.name for speaker in self.declared), self.mentioned):
            fitting = {
                fold(name): name
                for name in reversed(names)
                if _fits(key, fold(name)) or _is_surname(key, name)
            }
            if len(fitting) == 1:
                return next(iter(fitting.values()))
            if fitting:
                return None
        return None

    def declares(self, label: str) -> bool:
        """Whether somebody is declared to be called so."""
        key = fold(label)
        return any(key in {fold(s.name), *map(fold, s.aliases)} for s in self.declared)


def resolve_speakers(reading: Reading, entry: Entry | None) -> tuple[Reading, tuple[Speaker, ...]]:
    """The reading with canonical names on its turns, and its speakers with roles.

    Adjacent turns that turn out to be of one speaker, kind and section become one turn; their
    offsets stay exact. Unlabelled speech keeps None, generic labels (``Speaker 1``) stay.
    """
    told = (replace(who, name=untitled(who.name)) for who in reading.speakers)
    declared = (*(entry.speakers if entry else ()), *told)
    names = _canonical_names(reading, declared)
    author = _author(reading, entry)
    turns = [
        _named(turn, names, _writer(turn, reading, author, entry), _quoted(turn, reading, entry))
        for turn in reading.turns
    ]
    merged = merge_turns(turns)
    resolved = replace(reading, turns=merged)
    return resolved, _speakers(resolved, declared, names, author, entry)


def merge_turns(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Joins adjacent turns of the same known speaker, kind and section, and numbers them."""
    merged: list[Turn] = []
    for turn in turns:
        last = merged[-1] if merged else None
        if last and turn.speaker and _side(last) == _side(turn):
            merged[-1] = replace(
                last,
                char_end=turn.char_end,
                line_end=turn.line_end,
                end_seconds=turn.end_seconds if turn.end_seconds is not None else last.end_seconds,
                speaker_confidence=min(last.speaker_confidence, turn.speaker_confidence),
            )
        else:
            merged.append(replace(turn, index=len(merged)))
    return tuple(merged)


def _side(turn: Turn) -> tuple[str | None, str, int | None]:
    return turn.speaker, turn.kind, turn.section


def _fits(label: str, name: str) -> bool:
    """Whether a folded label can stand for a folded full name.

    It may be the first name, the surname, or have some or all of the names cut to their initials.
    """
    if label == name:
        return True
    words, parts = label.split(), name.split()
    if len(words) == 1:
        initials = "".join(part[0] for part in parts)
        return len(parts) > 1 and (label in {parts[0], parts[-1]} or label == initials)
    if words == parts[: len(words)]:
        return parts[len(words)] not in _FOR_OTHERS
    if len(words) == 2 and len(words[0]) == 1 and words[1] == parts[-1]:
        return parts[0].startswith(words[0])
    if len(words) != len(parts) or words[0] != parts[0]:
        return False
    pairs = zip(words[1:], parts[1:], strict=True)
    return all(len(word) == 1 and part.startswith(word) for word, part in pairs)


def _canonical_names(reading: Reading, declared: Sequence[Speaker]) -> dict[str, str]:
    """Label as printed -> canonical name."""
    counts = Counter(turn.speaker for turn in reading.turns if turn.speaker)
    labels = [label for label, _ in counts.most_common()]
    people = _People(tuple(declared), tuple(_mentioned(reading, labels[:_MOST_PEOPLE])))
    names: dict[str, str] = {}
    chosen: dict[str, str] = {}
    explained = explained_names(counts)
    answering = _answering(reading)
    apart = _told_apart(labels)
    meant = misprints(dict(counts.most_common()), reading.text)
    for label in sorted(labels, key=lambda label: label in meant):
        found = apart.get(label) or names.get(meant.get(label, "")) or people.find(label)
        name = found or explained.get(label) or _printed_name(label)
        if fold(name) in answering.get(label, ()) and not people.declares(label):
            name = _printed_name(label)
        names[label] = chosen.setdefault(fold(name), name)
    return names


def _told_apart(labels: Sequence[str]) -> dict[str, str]:
    """``Interpreter (for Ms. Vale)`` and ``Interpreter (for Mr. Lind)`` are two people."""
    remarked = {label: found for label in labels if (found := _FOR_SOMEBODY.fullmatch(label))}
    roles = Counter(found["role"].casefold() for found in remarked.values())
    return {
        label: f"{found['role']} for {found['name']}"
        for label, found in remarked.items()
        if roles[found["role"].casefold()] > 1 and is_generic(found["role"])
    }


def _answering(reading: Reading) -> dict[str, set[str]]:
    """By label, the names of those who answer it: no label is short for one of them.

    ``Ana Ruiz`` and ``Ana Ruiz Ochoa`` who speak right behind each other, in both orders, are two.
    """
    spoken = [turn.speaker or "" for turn in reading.turns if turn.kind == "speech"]
    follows = set(pairwise(spoken))
    answering: dict[str, set[str]] = {}
    for first, second in follows:
        if first and first != second and (second, first) in follows:
            answering.setdefault(first, set()).add(fold(_printed_name(second)))
    return answering


def _mentioned(reading: Reading, labels: Sequence[str]) -> list[str]:
    """Full names among the labels themselves, in the title, and where people are introduced."""
    alone = (label for label in labels if not _is_joint(label, labels))
    printed = [_printed_name(label) for label in alone if _is_full(fold(label))]
    editorial = "\n".join(
        reading.text[turn.char_start : turn.char_end]
        for turn in reading.turns[:20]
        if turn.kind == "editorial"
    )
    spoken = next((t.char_start for t in reading.turns if t.kind == "speech"), 0)
    head = reading.text[: min(spoken, _HEAD)]
    names = _unabridged([name for name in printed if not GENERIC_LABEL.fullmatch(name)])
    initials = [label for label in labels if _INITIALS.fullmatch(label)]
    for label in initials if len(initials) > 1 else []:
        names += full_names_of(reading.title or "", label) or full_names_of(head, label)
    for label in labels:
        words = fold(label).split()
        if not is_titled(label) and (len(words) == 1 or (len(words) == 2 and len(words[1]) == 1)):
            first = label.split()[0] if len(words) > 1 else label
            found = (
                full_names_in(reading.title or "", first)
                or full_names_in(editorial[:_HEAD], first)
                or full_names_in(reading.text[:_HEAD], first, only_introduced=True)
            )
            names += [name for name in found if len(words) == 1 or _fits(fold(label), fold(name))]
        if len(words) == 1 and not GENERIC_LABEL.fullmatch(label):
            names += full_names_ending(reading.title or "", words[0])
            names += full_names_ending(reading.text[:_HEAD], words[0])
    return names


def _is_joint(label: str, labels: Sequence[str]) -> bool:
    """Whether a label names several people who have labels of their own."""
    people = [fold(part) for part in _SEVERAL.split(label)]
    known = {
        part
        for other in labels
        if other != label
        for part in (fold(other), fold(other).split(" ")[0])
    }
    return len(people) > 1 and all(person in known for person in people)


def _unabridged(names: Sequence[str]) -> list[str]:
    """Names without those that begin another one, are its surname, or it with an initial."""
    full = [fold(name) for name in names]
    return [
        name
        for name, key in zip(names, full, strict=True)
        if not any(_is_surname(key, other) for other in names)
        and not any(other.startswith(f"{key} ") and _fits(key, other) for other in full)
        and (len(key.split()[0]) > 1 or not any(_fits(key, o) for o in full if o != key))
    ]


def _is_surname(label: str, name: str) -> bool:
    """Whether a folded label is a surname of several words: ``van Loon``, ``Vale-Lind``."""
    _, *rest = name.split()
    several = rest and (rest[0].casefold() in PARTICLES or "-" in rest[0])
    return bool(several) and label == fold(" ".join(rest)) != fold(name)


def _is_full(folded: str) -> bool:
    """First name and surname, none of them cut to an initial at the end."""
    words = folded.split()
    return len(words) > 1 and len(words[-1]) > 1


def _printed_name(label: str) -> str:
    """A label as a name: without bracketed remarks, and capitals only where names have them.

    Who is Dr. in one talk may be none in another: a full name stands without. What a program
    printed (``SPEAKER_00``) stays as it is.
    """
    name = untitled(bare_name(label))
    if "_" not in name and name.isupper() and any(len(word) > 3 for word in name.split()):
        return name.title()
    if _TITLED.match(name) or is_office(name):
        return _CAPITALS.sub(lambda found: found.group().capitalize(), name)
    return name


def _printed_role(label: str) -> str | None:
    """The role that is printed beside a name: ``Ada Vale (Host)``, ``Guest Bo Lind``."""
    beside = _BESIDE.search(label)
    before, _, name = label.partition(" ")
    return role_of(beside["role"]) if beside else role_of(before) if " " in name else None


def _author(reading: Reading, entry: Entry | None) -> str | None:
    if entry and entry.author:
        return entry.author
    return next((s.name for s in reading.speakers if s.role == "author"), None)


def _quoted(turn: Turn, reading: Reading, entry: Entry | None) -> str | None:
    """Whose words a quote of a collection is, when the sidecar says so."""
    if entry and reading.format in QUOTED_FORMATS and turn.kind == "speech":
        return entry.quoted
    return None


def _writer(turn: Turn, reading: Reading, author: str | None, entry: Entry | None) -> str | None:
    """Who wrote an unlabelled turn: the author, but not of outlines and stage directions."""
    if turn.kind == "editorial":
        section = reading.sections[turn.section] if turn.section is not None else None
        outline = section is not None and section.kind == "outline"
        text = reading.text[turn.char_start : turn.char_end]
        return None if outline or is_stage_direction(text) else author
    if turn.kind == "speech":
        return author if _is_authored(reading, entry) else None
    if turn.kind == "quotation" and reading.format in _OTHERS_QUOTED_FORMATS:
        return None
    return author if turn.kind in {"fiction", "quotation"} else None


def _is_authored(reading: Reading, entry: Entry | None) -> bool:
    """Whether unlabelled text is the author's: not where others are known to speak."""
    others = entry and (entry.quoted or any(s.role in {"host", "guest"} for s in entry.speaker))
    return reading.format in AUTHORED_FORMATS and not others


def _named(turn: Turn, names: dict[str, str], writer: str | None, quoted: str | None) -> Turn:
    if turn.speaker is None:
        speaker = quoted or writer
        return replace(turn, speaker=speaker, speaker_confidence=1.0) if speaker else turn
    return replace(turn, speaker=quoted or names[turn.speaker])


def _speakers(
    reading: Reading,
    declared: Sequence[Speaker],
    names: dict[str, str],
    author: str | None,
    entry: Entry | None,
) -> tuple[Speaker, ...]:
    """Declared people, then everybody who speaks, in order of appearance."""
    known = {fold(speaker.name): speaker for speaker in reversed(declared)}
    ordered = [known[fold(speaker.name)] for speaker in declared]
    speaking = list(dict.fromkeys(turn.speaker for turn in reading.turns if turn.speaker))
    ordered += [known.get(fold(name), Speaker(name)) for name in speaking]
    printed: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    for label, name in names.items():
        printed.setdefault(name, []).append(label)
        if role := _printed_role(label):
            roles.setdefault(name, role)
    ordered = [replace(who, role=who.role or roles.get(who.name)) for who in ordered]
    guesses = guess_roles(reading, {s.name: s.role for s in ordered if s.role}, speaking)
    result: dict[str, Speaker] = {}
    for speaker in ordered:
        aliases = [*speaker.aliases, *printed.get(speaker.name, ())]
        role, guessed = speaker.role, speaker.role_guessed
        if role is None and speaker.name == author and reading.format in AUTHORED_FORMATS:
            role, guessed = "author", entry is None or entry.author is None
        elif role is None and not (entry and entry.speaker) and speaker.name in guesses:
            role, guessed = guesses[speaker.name], True
        unique = tuple(dict.fromkeys(alias for alias in aliases if alias != speaker.name))
        result.setdefault(
            fold(speaker.name), replace(speaker, role=role, role_guessed=guessed, aliases=unique)
        )
    return tuple(result.values())
