"""The labels of a text: which of its lines say who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import normalize

from ingest.names import capitalised_name, fold, is_name, is_sound, person_of
from ingest.readers.dates import date_of_recording
from ingest.readers.headings import is_outline_title
from ingest.readers.labels.answers import add_answers, add_askers
from ingest.readers.labels.colon_titles import drop_title
from ingest.readers.labels.court import name_questioners
from ingest.readers.labels.header import fields_of, mark_fields
from ingest.readers.labels.initial_labels import add_initials
from ingest.readers.labels.joint_labels import add_joint_labels
from ingest.readers.labels.label_shapes import PREFIX, Label, parse_label
from ingest.readers.labels.label_times import (
    drop_times_behind,
    take_dotted_times,
    take_keys,
    take_names,
    take_numbered_questions,
    take_times,
)
from ingest.readers.labels.label_trust import drop_unproven, trusted_names
from ingest.readers.labels.label_work import add_names_above_work, drop_directions, drop_work_below
from ingest.readers.labels.learned_notations import add_learned_notations
from ingest.readers.labels.legends import mark_bios, mark_legend
from ingest.readers.labels.names_behind_times import add_names_behind_times
from ingest.readers.labels.other_voices import add_other_voices
from ingest.readers.labels.show_names import find_with_shows
from ingest.readers.lines import Line, without_bullet
from kb.text.generic_labels import GENERIC_LABEL, is_generic

__all__ = ["Label", "find_labels", "parse_label", "speaker_count"]

_BOLD = re.compile(r"(\*\*|__)(?P<said>[^*_]+)\1")
_SLIP = re.compile(r"(?P<name>[^\W\d_][^:;]{0,58}?)\s?(?:;|::|:;|;:)\s+(?=\S)")
_LISTED_SHARE = 0.8  # of the lines are turns where these stand in a list
_SHORT = 3  # characters of labels that are letters: P, IP, P12
_FEWEST_ASKED = 3  # turns of each
_LONE_SHARE = 6  # one of so many lines at least is a name where names stand alone
_MORE = 3  # times as many lone names as other labels
_UNKNOWN = "Unknown Speaker"
_NUMBERED = re.compile(
    r"(?:\*\*|__)?(?P<kind>[QA])(?P<number>\d{1,3})[.)](?:\*\*|__)?\s{1,4}(?P<rest>\S.*)"
)
_QUESTION = re.compile(r"Q\s{1,4}(?P<rest>[(\[“\"'…-]{0,2}[^\W\d_a-z].*)")
_ENDS = '.?!…:)”"'
_POINTS = ".,;:!?()[]\"'“”‘’"
_NICK = re.compile(r"[^\W\d_][\w-]{2,24}")
_OPENERS = frozenset(
    "i i'm i've i'd i'll yeah yes yep no nope so well and but right okay ok um uh hmm oh like "
    "exactly that that's it it's we we're you the there there's this what if because sure "
    "maybe actually absolutely great thanks thank hi hello these those one in my".split()
)


def find_labels(lines: Sequence[Line]) -> list[Label | None]:
    """The labels of all lines, without look-alikes such as ``Note: …``."""
    composed = [replace(line, text=normalize("NFC", line.text)) for line in lines]
    labels = find_with_shows(composed, _find_labels)
    return [
        _as_written(label, line.text) if label and line != other else label
        for label, line, other in zip(labels, lines, composed, strict=True)
    ]


def _as_written(label: Label, text: str) -> Label:
    """The label with its words as they stand in a line whose accents are letters of their own."""
    ends = (text[start:] for start in range(min(len(text), 2 * PREFIX)))
    found = (end for end in ends if label.rest and normalize("NFC", end) == label.rest)
    rest = next(found, label.rest)
    return replace(label, rest=rest)


def _find_labels(lines: Sequence[Line]) -> list[Label | None]:
    parsed = [parse_label(line.text) if line.text else None for line in lines]
    _add_listed_turns(lines, parsed)
    _add_bold_turns(lines, parsed)
    add_initials(lines, parsed)
    _add_interviewer(lines, parsed)
    _add_questions(lines, parsed)
    _add_numbered_questions(lines, parsed)
    _add_changes(lines, parsed)
    drop_unproven(lines, parsed)
    if not (_add_names_below_stamps(lines, parsed) or add_names_above_work(lines, parsed)):
        _add_names_above_stamps(lines, parsed)
    for shape in (_full_name, _small_name, _any_name, _nick):
        _add_lone_names(lines, parsed, shape)
    add_learned_notations(lines, parsed)
    add_names_behind_times(lines, parsed)
    names = trusted_names(parsed, lines)
    labels = [
        label if label and (label.name is None or label.name in names) else None for label in parsed
    ]
    labels = [
        label or (_label_without_colon(line.text, names) if names and line.text else None)
        for line, label in zip(lines, labels, strict=True)
    ]
    add_joint_labels(lines, labels)
    add_other_voices(lines, labels)
    add_answers(lines, labels)
    add_askers(lines, labels)
    take_times(labels)
    drop_times_behind(labels)
    drop_work_below(lines, labels)
    drop_directions(lines, labels)
    take_names(labels)
    take_numbered_questions(labels)
    take_dotted_times(lines, labels)
    name_questioners(lines, labels)
    drop_title(lines, labels)
    mark_bios(lines, labels)
    mark_legend(lines, labels)
    take_keys(labels)
    mark_fields(lines, labels)
    return labels


def speaker_count(labels: Sequence[Label | None]) -> int:
    """How many lines name a speaker."""
    return sum(1 for label in labels if label and label.name)


def _names_speakers(lines: Sequence[Line], parsed: Sequence[Label | None]) -> bool:
    """Whether somebody is named beyond doubt, or more than one line has a label.

    ``Today: …`` stands also above turns of another shape, and so does ``Guest: Ada Vale``.
    """
    named = [
        label
        for line, label in zip(lines, parsed, strict=True)
        if label and label.name and not any(field.people for field in fields_of(line.text))
    ]
    counts = Counter(label.name for label in named)
    come_back = any(count > 1 for count in counts.values())
    return come_back or any(label.certain for label in named) or len(named) > 1


def _add_listed_turns(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """``* Ada Vale: text``, where nearly all lines are such and full names come back.

    Others are lists of terms, or of what each is to do.
    """
    inner = [without_bullet(line.text) for line in lines]
    said = [(text or "").partition(":")[2] for text in inner]
    found = [parse_label(text) if text else None for text in inner]
    counts = Counter(label.name for label in found if label and label.name)
    turns = sum(counts.values())
    above = ["", *(line.text for line in lines)]
    written = sum(
        1
        for line, before, item in zip(lines, above, inner, strict=False)
        if line.text and (item or not before)
    )
    names = {place: label.name for place, label in enumerate(found) if label and label.name}
    are_people = all(
        GENERIC_LABEL.fullmatch(name) or " " in name or name.endswith(".")
        for name in counts
        if name
    )
    are_people = are_people or _are_mentioned(names, said)
    tasks = sum(1 for label in found if label and label.name and label.rest[:1].islower())
    are_people = are_people and 2 * tasks < turns
    if len(counts) < 2 or turns < max(2 * len(counts), _LISTED_SHARE * written) or not are_people:
        return
    for position, label in enumerate(found):
        parsed[position] = label if label and label.name else None


def _add_interviewer(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """``I: text`` of who interviews, where somebody else with one or two letters answers."""
    asks = [i for i, line in enumerate(lines) if parsed[i] is None and line.text.startswith("I: ")]
    short = (label.name for label in parsed if label and label.name and not label.weak)
    answers = Counter(name for name in short if len(name) <= _SHORT and name.isupper())
    if min(len(asks), max(answers.values(), default=0)) < _FEWEST_ASKED:
        return
    for place in asks:
        parsed[place] = Label("I", None, lines[place].text[3:].lstrip(), False)


def _add_questions(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """``Q  Is it loud?`` of the press, where others have their names before a colon."""
    asked = {
        place: found
        for place, line in enumerate(lines)
        if parsed[place] is None and (found := _QUESTION.match(line.text))
    }
    named = Counter(la.name for la in parsed if la and la.name and la.rest and not la.weak)
    if len(asked) < 2 or max(named.values(), default=0) < 2:
        return
    for place, found in asked.items():
        parsed[place] = Label("Q", None, found["rest"], True)


def _add_numbered_questions(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """``Q2. Is it loud?`` and ``A2. It is.``, where each number stands once."""
    found = {
        place: match
        for place, line in enumerate(lines)
        if (match := _NUMBERED.fullmatch(line.text))
    }
    asked = [match["number"] for match in found.values() if match["kind"] == "Q"]
    if len(asked) < 2 or len({*asked}) < len(asked):
        return
    for place, match in found.items():
        parsed[place] = Label(match["kind"], None, match["rest"], True)


def _add_changes(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """``>> Is it?`` is said by somebody else, where ``>> Ada Vale:`` says who speaks."""
    begun = [place for place, line in enumerate(lines) if line.text.startswith(">>")]
    named = sum(1 for place in begun if (label := parsed[place]) and label.name)
    for place in begun if named > 1 else ():
        if parsed[place] is None:
            parsed[place] = Label(_UNKNOWN, None, lines[place].text.lstrip("> "), True)


def _add_bold_turns(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """``**Ada Vale: text**``, where the name comes back so, and others' names have a colon, too."""
    found = {
        position: label
        for position, line in enumerate(lines)
        if (bold := _BOLD.fullmatch(line.text)) and (label := _said_in_bold(bold["said"]))
    }
    counts = Counter(label.name for label in found.values())
    others = Counter(
        label.name
        for position, label in enumerate(parsed)
        if label and label.name and not label.weak and position not in found
    )
    repeated = {name for name, count in (counts + others).items() if count > 1}
    if len(repeated) < 2:
        return
    for position, label in found.items():
        if label.name in repeated:
            parsed[position] = label


def _said_in_bold(text: str) -> Label | None:
    label = parse_label(text)
    is_said = label and label.name and not label.weak and label.rest and ":" in text
    return label if is_said else None


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
    stamps = sum(1 for label in parsed if label and (label.name, label.rest) == (None, ""))
    are_all = len(found) >= stamps and all(" " in (label.name or "") for label in found.values())
    if len({label.name for label in kept.values()}) < (1 if are_all and len(counts) > 1 else 2):
        return False
    dense = are_all or 2 * len(kept) >= stamps
    for position, label in (found if dense else kept).items():
        parsed[position] = label
    return True


def _full_name(text: str) -> str | None:
    is_one = len(text.split()) > 1 or text.isupper() or is_generic(text)
    return person_of(text) if is_one else None


def _any_name(text: str) -> str | None:
    return person_of(text) if not is_sound(text) else None


def _small_name(text: str) -> str | None:
    """In small letters, which a page shows otherwise."""
    return _full_name(capitalised_name(text))


def _nick(text: str) -> str | None:
    """``ada_vale``, ``Ada_Vale``, ``vale``: what nobody takes for a heading."""
    is_nick = _NICK.fullmatch(text) is not None and is_name(text.title()) and not is_sound(text)
    return text if is_nick and (text[0].islower() or "_" in text) else None


def _add_lone_names(
    lines: Sequence[Line],
    parsed: list[Label | None],
    shape: Callable[[str], str | None],
) -> None:
    """Names on lines of their own above what they say, if several come back there.

    Above a date it is a byline.
    """
    found: dict[int, str] = {}
    below = ""
    for position in range(len(lines) - 1, -1, -1):
        text = lines[position].text
        above = lines[position - 1].text if position else ""
        begins = not above or (shape is _full_name and above[-1] in _ENDS)
        name = shape(text) if text and begins and below else None
        if name:
            if date_of_recording(below) is None:
                found[position] = name
            below = ""
        else:
            below = text or below
    counts = Counter(map(fold, found.values()))
    again = {name for name, count in counts.items() if count > 1}
    parts = {part for name in again for part in (name.split()[0], name.split()[-1])}
    kept = {
        place: name
        for place, name in found.items()
        if fold(name) in again
        or fold(name) in parts
        or set(fold(name).split()) & again
        or (len(again) > 1 and is_generic(name))
    }
    written = sum(1 for line in lines if line.text)
    if len({fold(name) for name in kept.values()}) < 2 or _LONE_SHARE * len(kept) < written:
        return
    if _names_speakers(lines, parsed) and len(kept) < _MORE * speaker_count(parsed):
        return
    others = [line.text for place, line in enumerate(lines) if place not in kept]
    is_told = any(map(is_generic, kept.values())) or _are_mentioned(kept, others)
    if shape is _any_name and not is_told:
        return
    for position, name in kept.items():
        parsed[position] = Label(name, None, "", False)


def _are_mentioned(found: Mapping[int, str], others: Iterable[str]) -> bool:
    """Whether somebody says one of these names, or the head of the file has it."""
    words = {word for name in found.values() for word in name.split()}
    return any(words & {word.strip(_POINTS) for word in text.split()} for text in others)


def _add_names_above_stamps(lines: Sequence[Line], parsed: list[Label | None]) -> None:
    """A name on a line of its own speaks when the next line starts with a stamp.

    Where most times have a name above them, and one comes back, full names are certain.
    """
    found: dict[int, Label] = {}
    below: Label | None = None
    for position in range(len(lines) - 1, -1, -1):
        text, label = lines[position].text, parsed[position]
        if not text:
            continue
        is_above = below is not None and below.name is None and not is_outline_title(text)
        if below and is_above and label and label.name and not (label.rest or label.certain):
            found[position] = parsed[position] = replace(label, seconds=below.seconds)
        if label is None and below and is_above and is_name(text):
            found[position] = parsed[position] = Label(text, below.seconds, "", False)
        below = parsed[position]
    counts = Counter(label.name for label in found.values())
    stamps = sum(1 for label in parsed if label and label.name is None)
    if len(counts) == len(found) or 2 * len(found) < stamps:
        return
    for position, label in found.items():
        if label.name and " " in label.name:
            parsed[position] = replace(label, certain=True)


def _label_without_colon(text: str, names: frozenset[str]) -> Label | None:
    """``Ada I think …``: a known label, then a word that opens a sentence, not a surname.

    A slip of the hand may stand in place of the colon: ``Ada;``, ``Ada::``.
    """
    slip = _SLIP.match(text[:PREFIX])
    if slip and slip["name"] in names:
        return Label(slip["name"], None, text[slip.end() :], False)
    words = text[:PREFIX].split(maxsplit=4)
    for count in (1, 2, 3):
        name = " ".join(words[:count])
        if len(words) > count and name in names:
            opener = words[count].rstrip(",.!?").replace("’", "'")
            if opener[:1].isupper() and opener.lower() in _OPENERS:
                rest = text[len(name) :].lstrip() if text.startswith(name) else ""
                long_enough = len(text.split(maxsplit=8)) > 6
                return Label(name, None, rest, False) if long_enough else None
    return None
