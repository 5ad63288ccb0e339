"""Who the labels of a talk stand for, where its head says so: ``Speaker 1: Ada Vale``, ``AV = …``.

An entry is a short label (initials, ``Q``, a numbered speaker) beside the full name that it stands
for, in either order. It counts where turns have that label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.names import initials, is_name, is_organisation, person_of
from ingest.readers.headings import is_transcript_title
from ingest.readers.labels.header import PEOPLE, fields_of, people_in, read_fields, role_of
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, without_bullet
from ingest.readers.masthead import read_credit
from ingest.transcript import TranscriptBuilder
from kb.text.generic_labels import GENERIC_LABEL
from kb.types import Speaker

_FEWEST_SPEAKERS = 2
_PEOPLE = re.compile(
    r"(?:about )?(?:the |our |today['’]s )?(?:speakers?|panel(?:l?ists?)?|participants?|guests?|"
    r"hosts?|moderators?|contributors?|people|bios?|featuring)(?: bios?)?",
    re.IGNORECASE,
)
_LINES = 80  # at the head of a file
_LONGEST = 500  # characters of a line
_ROLE_AND_KEY = re.compile(
    r"(?P<role>[^\W\d_][\w ]{2,20}?) \((?P<key>[^\W\d_a-z]\w{0,3})\): {1,4}"
    r"(?P<name>[^\W\d_].{1,120})"
)
_ONE = re.compile(r"moderator|interviewer|interviewee|chair", re.IGNORECASE)
_AND = re.compile(r"\band\b|[&;]")
_IN_BRACKETS = re.compile(r"\[[^\[\]]{1,400}\]|\([^()]{1,400}\)")
_HEADED = re.compile(rf"(?P<key>{PEOPLE})\s?:\s*", re.IGNORECASE)
_KEYED = re.compile(
    r"\[?(?P<key>[^\W\d_][\w .]{0,24}?)\]?(?:\s?[:=]|\s[-–—]|\s?(?:→|[=-]>))\s{1,4}"
    r"(?P<name>[^\W\d_].{1,120})"
)
_IN_FRONT = re.compile(
    r"(?P<key>[^\W\d_][\w ]{1,24}?\d) \((?P<name>[^(),–—]{2,58}?)"
    r"(?:(?:,| [-–—]) (?P<work>[^()]{2,60}))?\)"
)
_REMARKED = re.compile(r"(?P<name>[^\W\d_][^()\[\]:=]{2,58}?)\s?[(\[](?P<key>[\w .]{1,20})[)\]]")
_REMARK = re.compile(r"[(\[](?P<remark>[^()\[\]]{1,60})[)\]]")
_BETWEEN = re.compile(r"\s*[,;]\s*(?:and )?(?![^()\[\]]{0,80}[)\]])")
_HEAD = 8  # lines in which an interview says whose it is
_NAME = r"[^\W\d_a-z][\w.'’-]{0,30}"
_PERSON = rf"{_NAME}(?: (?:van |von |de |der |da |di )?{_NAME}){{1,3}}"
_INTERVIEW = re.compile(
    r"(?i:(?:an? |the )?(?:author |expert |podcast |exclusive )?"
    r"(?:(?:interview|conversation|q ?& ?a|talk) with(?: [a-z]{4,15})?|(?:interview|q ?& ?a):)"
    rf"|(?:[a-z]+|\d{{1,2}}) questions (?:for|to|with)) (?P<guest>{_PERSON})"
    rf"(?:(?i:,? (?:by|conducted by|interviewed by)) (?P<host>{_PERSON})"
    r"|(?i:,? (?:on|about)) .{1,150}|, [a-z][^.?!]{1,100}| [-–—|] .{1,150})?$"
)
_LECTURE = re.compile(
    r"(?i:(?:an? |the )?(?:[a-z]+ ){0,2}(?:lecture|talk|keynote|seminar|address|speech|"
    rf"presentation)(?: (?:given|delivered))? by) (?P<name>{_PERSON})(?:[,·(|] ?.{{1,80}})?"
)
_NAMED = (
    r"(?P<name>[^\W\d_a-z][\w'’-]{1,30}"
    r"(?: (?:(?:van|von|de|der|da|di) )?(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w'’-]{1,30})){1,3})"
)
_IN_SENTENCE = re.compile(
    r"\b(?P<key>[^\W\d_a-z]{1,3}) (?:is|stands for|refers to|denotes|means|for) "
    rf"(?:me|myself)?[\s(,]{{0,3}}{_NAMED}"
)
_HOST = re.compile(rf"\b(?:[Hh]ost|hosted by),? {_NAMED}")
_GUEST = re.compile(
    r"\b(?:[Gg]uest|interviews|(?:speaks|talks|chats|sits down|conversation|interview) (?:with|to))"
    rf",? {_NAMED}"
)
_LONGEST_HEAD = 4_000  # characters
_QUESTIONS: dict[str | None, tuple[str, str]] = {
    "host": ("Q", "Question"),
    "guest": ("A", "Answer"),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """``key`` is the label that stands for a person."""

    key: str
    name: str
    role: str | None


def mark_bios(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """``Ada Vale: makes kettles.`` below ``Speakers``, above ``Transcript``, is said by nobody."""
    titles = (i for i, line in enumerate(lines) if is_transcript_title(line.text.lstrip("# ")))
    end = next(titles, 0)
    texts = (line.text.strip("#*_: ") for line in lines[:end])
    begin = next((i for i, text in enumerate(texts) if _PEOPLE.fullmatch(text)), end)
    found = [i for i in range(begin, end) if (label := labels[i]) and label.name]
    names = Counter(label.name for i in found if (label := labels[i]))
    talk = {label.name for label in labels[end:] if label and label.name}
    if not found or max(names.values()) > 1 or len(talk) < _FEWEST_SPEAKERS:
        return
    for position in found:
        labels[position] = Label(None, None, lines[position].text, certain=True, page=True)


def mark_legend(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Lines around the talk that say who a label is are of the page; nobody speaks there.

    Nor does anybody else where the labels that they explain are not found.
    """
    places = range(len(lines))
    found = _legend(lines, labels, places[:_LINES])
    found |= _legend(lines, labels, places[::-1][:_LINES])
    talk = {
        label.name.casefold()
        for position, label in enumerate(labels)
        if label and label.name and position not in found
    }
    explained = {entry for entries in found.values() for entry in entries}
    speaking = {entry for entry in explained if _speaks(entry, talk)}
    used = {entry.key for entry in speaking}
    is_told = any(entry.role or (entry.key.isupper() and len(entry.key) > 1) for entry in speaking)
    are_all = not talk and all(label.rest for place in found if (label := labels[place]))
    if len(used) < 2 and not is_told and not are_all:
        return
    for position, entries in found.items():
        if are_all or any(entry.key in used for entry in entries):
            labels[position] = Label(None, None, lines[position].text, certain=True, page=True)


def _legend(
    lines: Sequence[Line], labels: Sequence[Label | None], places: Iterable[int]
) -> dict[int, list[_Entry]]:
    """The entries up to the first line that is a turn."""
    found: dict[int, list[_Entry]] = {}
    for position in places:
        entries = _entries(lines[position].text)
        label = labels[position]
        if entries:
            found[position] = entries
        elif label and label.name and not any(fields_of(lines[position].text)):
            break
    return found


def _speaks(entry: _Entry, talk: set[str]) -> bool:
    """Whether turns have the label, or the name that a numbered label stands for."""
    is_named = GENERIC_LABEL.fullmatch(entry.key) and entry.name.casefold() in talk
    return entry.key.casefold() in talk or bool(is_named)


def read_page(
    lines: Sequence[Line], labels: Sequence[Label | None], builder: TranscriptBuilder
) -> None:
    """Takes over what the lines of the page say: title, date, link, people and their labels."""
    read_fields(lines, labels, builder)
    builder.speakers += _explained(lines, labels)
    builder.speakers += _interviewed(lines, labels, builder.title or "")
    builder.speakers += [] if builder.speakers else _lecturing(lines, labels)
    builder.speakers = _with_questions(_merged(builder.speakers), labels)


def _explained(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Speaker]:
    talk = {label.name.casefold() for label in labels if label and label.name}
    return [
        Speaker(entry.name, entry.role, aliases=(entry.key,))
        for line, label in zip(lines, labels, strict=True)
        if label and label.page
        for entry in _entries(line.text)
        if entry.key.casefold() in talk
    ]


def _merged(people: Sequence[Speaker]) -> list[Speaker]:
    """One record of each person, with the first role that is given and all labels."""
    found: dict[str, Speaker] = {}
    for person in people:
        known = found.get(person.name)
        found[person.name] = (
            replace(known, role=known.role or person.role, aliases=known.aliases + person.aliases)
            if known
            else person
        )
    return list(found.values())


def _with_questions(people: Sequence[Speaker], labels: Sequence[Label | None]) -> list[Speaker]:
    """Host and guest of a talk in which only ``Q`` and ``A`` speak have these as aliases.

    The only one whom the head names, ``Speaker: Ada Vale``, answers.
    """
    roles = [person.role for person in people]
    if not _is_questions_and_answers(labels):
        return list(people)
    if roles == [None]:
        return [replace(people[0], aliases=(*people[0].aliases, *_QUESTIONS["guest"]))]
    return [
        replace(person, aliases=(*person.aliases, *_QUESTIONS[person.role]))
        if person.role in _QUESTIONS and roles.count(person.role) == 1
        else person
        for person in people
    ]


def _is_questions_and_answers(labels: Sequence[Label | None]) -> bool:
    names = {label.name for label in labels if label and label.name}
    return len(names) == 2 and all(names & set(pair) for pair in _QUESTIONS.values())


def _interviewed(
    lines: Sequence[Line], labels: Sequence[Label | None], title: str
) -> list[Speaker]:
    """Guest and host, where ``An interview with Ada Vale by Bo Lind`` stands above Q and A, or
    ``Host Bo Lind talks to Ada Vale`` above Host and Guest.
    """
    first = next((i for i, label in enumerate(labels) if label and label.name), 0)
    head = [title, *(line.text for line in lines[:first] if line.text)]
    if _is_questions_and_answers(labels):
        return interviewed(head)
    names = {label.name.casefold() for label in labels if label and label.name}
    if not names >= {"host", "guest"}:
        return []
    text = "\n".join(head)[:_LONGEST_HEAD]
    found = [
        {m["name"] for m in shape.finditer(text) if not is_organisation(m["name"])}
        for shape in (_HOST, _GUEST)
    ]
    if any(len(people) != 1 for people in found):
        return []
    host, guest = (people.pop() for people in found)
    return [Speaker(host, "host"), Speaker(guest, "guest")]


def _lecturing(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Speaker]:
    """Whoever gives ``A lecture by Ada Vale``, as the lines above the first label say."""
    first = next((i for i, label in enumerate(labels) if label and label.name), 0)
    texts = (line.text.strip("#*_. ") for line in lines[: min(first, _LINES)])
    return [Speaker(m["name"], None) for text in texts if (m := _LECTURE.fullmatch(text))]


def interviewed(head: Sequence[str]) -> list[Speaker]:
    """Guest and host whom the lines above an interview name."""
    found: list[Speaker] = []
    for text in (line.strip("#*_ ") for line in head[:_HEAD]):
        match = _INTERVIEW.match(text)
        if match:
            found.append(Speaker(match["guest"].strip(), "guest"))
        if match and match["host"]:
            found.append(Speaker(match["host"].strip(), "host"))
        credit = None if match else read_credit(text)
        if credit and credit.how in {"by", "written"}:
            found += [Speaker(name, "host") for name in credit.names]
    return found


def explained_people(text: str) -> list[str]:
    """Those whom a line of a legend names."""
    return [entry.name for entry in _entries(text)]


def _entries(text: str) -> list[_Entry]:
    """The entries of a line that holds nothing else."""
    if len(text) > _LONGEST:
        return []
    inner = without_bullet(text)
    text = re.sub(r"\*|__|`", "", inner if inner is not None else text).strip()
    text = text[1:-1] if _IN_BRACKETS.fullmatch(text) else text
    head = _HEADED.match(text)
    whole = _keyed(text)
    if whole:
        return [whole]
    text = text[head.end() :] if head else text
    parts = [_entry(part) for part in _BETWEEN.split(text)]
    role = role_of(head["key"]) if head else None
    entries = [replace(part, role=part.role or role) for part in parts if part]
    return entries if len(entries) == len(parts) else _told(text)


def _told(text: str) -> list[_Entry]:
    """``AV is me (Ada Vale), and B stands for Bo Lind.``"""
    found = [(match["key"], match["name"]) for match in _IN_SENTENCE.finditer(text)]
    entries = [_Entry(key, name, None) for key, name in found if _stands_for(key, name)]
    return entries if len(entries) == len(found) > 1 else []


def _entry(text: str) -> _Entry | None:
    match = _REMARKED.fullmatch(text)
    if match and is_name(match["name"]) and _stands_for(match["key"], match["name"]):
        return _Entry(match["key"], match["name"], None)
    return _keyed(text)


def _keyed(text: str) -> _Entry | None:
    """``AV: Ada Vale (host)``, ``AV = Ada Vale, Kettle Lab``."""
    told = _ROLE_AND_KEY.fullmatch(text)
    people = _people(told["name"]) if told else []
    if told and len(people) == 1 and GENERIC_LABEL.fullmatch(told["role"]):
        return _Entry(told["key"], people[0], role_of(told["role"]))
    front = _IN_FRONT.fullmatch(text)
    if front and GENERIC_LABEL.fullmatch(front["key"]) and is_name(front["name"]):
        return _Entry(front["key"], front["name"], role_of(front["work"] or ""))
    match = _KEYED.fullmatch(text)
    names = _people(match["name"]) if match else []
    if match is None or not names or not _stands_for(match["key"], names[0]):
        return None
    if len(names) > 1 and (not _ONE.fullmatch(match["key"]) or _AND.search(match["name"])):
        return None
    remark = _REMARK.search(match["name"])
    return _Entry(match["key"], names[0], role_of(remark["remark"]) if remark else None)


def _people(value: str) -> list[str]:
    """Also one with where the person works, ``Ada Vale, Third Kettle``."""
    person = person_of(_REMARK.sub("", value).strip())
    return people_in(value) or ([person] if person else [])


def _stands_for(key: str, name: str) -> bool:
    if GENERIC_LABEL.fullmatch(key):
        return True
    key = key.replace(".", "").replace(" ", "") if "." in key else key
    words = [word for word in name.split() if word[0].isalpha()]
    hyphenated = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if not word[0].islower())
    letters = {
        initials(name),
        large.casefold(),
        hyphenated.casefold(),
        *(w[0].casefold() for w in (words[0], words[-1])),
    }
    return key.isupper() and key.casefold() in letters
