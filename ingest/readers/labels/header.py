"""``Key: value`` lines around a transcript: title, date, link, people, and what is on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from ingest.names import ORGANISATION_WORDS, is_name
from ingest.readers.dates import date_of_recording, written_date
from ingest.readers.labels.label_shapes import Label
from ingest.readers.lines import Line, without_bullet
from ingest.transcript import TranscriptBuilder
from kb.types import Speaker

_ROLES = {
    **dict.fromkeys(
        ("host", "hosts", "hosted by", "co-host", "co-hosts", "interviewer", "interviewers"), "host"
    ),
    **dict.fromkeys(("moderator", "moderators", "moderated by", "interview by"), "host"),
    **dict.fromkeys(("guest", "guests", "guest speaker", "interviewee", "interviewees"), "guest"),
    **dict.fromkeys(("panelist", "panelists", "panellist", "panellists", "panel"), "guest"),
    **dict.fromkeys(("witness", "witnesses"), "guest"),
    "author": "author",
    **dict.fromkeys(("speaker", "speakers", "participants", "attendees", "present"), None),
    **dict.fromkeys(("lecturer", "lecture by", "talk by", "keynote", "keynote by"), None),
    **dict.fromkeys(("people", "cast", "featuring", "legend", "key"), None),
}
_STAFF = (
    r"(?:executive )?producers?|transcribers?|editors?|translators?|engineers?|audio engineer|"
    r"organi[sz]er|(?:produced|transcribed|edited|translated|recorded|mixed|created|uploaded) by"
)
_OF_PAGE = (
    r"(?:episode )?title|dates?|(?:episode )?(?:publish(?:ed)?|release) date|"
    r"recorded|published|aired|released|posted|updated|show|podcast|channel|series|"
    r"season|episode|duration|length|runtime|language|topics?|subject|keywords?|key words|tags?|"
    r"categor(?:y|ies)|location|place|venue|description|summary|abstract|synopsis|overview|"
    r"about(?: this episode)?|show ?notes|notes?|disclaimer|files?|file ?names?|format|views|likes|"
    r"sponsors?|sponsored by|follow(?: us)?|chapters|time ?stamps|outline|agenda|links?|"
    r"links mentioned|mentioned|url|website|e-?mail|twitter|contact|listen|watch|video|audio|"
    r"youtube|spotify|apple podcasts|download|subscribe|sources?|references|resources|credits|"
    r"event|conference|workshop|meeting(?: (?:id|title|date|name|topic))?|passcode|time|"
    r"read(?:ing)? time|license|copyright|"
    r"music(?: by)?|theme music|sound(?: design)?|mixing|artwork|photo(?:graphy)?|cover art"
)
PEOPLE = "|".join(re.escape(key) for key in sorted(_ROLES, key=len, reverse=True))
_KEY = rf"(?P<key>{PEOPLE}|{_STAFF}|{_OF_PAGE})"
_FIELD = re.compile(
    rf"[*_]{{0,2}}{_KEY}[*_]{{0,2}}\s{{0,3}}[:：][*_]{{0,2}}\s{{0,8}}(?P<value>.{{0,400}})",
    re.IGNORECASE,
)
_NEXT_FIELD = re.compile(
    rf"\s{{0,3}}[.,;|·]\s{{0,3}}(?=[*_]{{0,2}}(?:{PEOPLE}|{_STAFF})[*_]{{0,2}}\s?:)"
    r"|\s{0,3}[|·]\s{0,3}(?=[*_]{0,2}(?:date|recorded|published|episode|duration|title)"
    r"[*_]{0,2}\s?:)",
    re.IGNORECASE,
)
_SYMBOL = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\\s+")
_STAFF_KEY = re.compile(_STAFF, re.IGNORECASE)
_OPENING = frozenset(
    "title date recorded published show podcast episode duration topic topics link url source "
    "video audio".split()
)  # may be all that stands above a talk
_LONGEST = 500  # characters of a line with fields
_LINKS = frozenset({"link", "url", "source", "video", "audio"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATA = re.compile(
    r"\d{1,4}[-/.:]\d{1,2}[-/.:]\d{1,4}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?"
    r"|(?=\S{0,60}[\d_@])[\w@./-]{3,60}|\[[^\[\]]{1,200}\]\([^()\s]{1,400}\)|https?://\S{1,400}"
)
_REMARK = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_OCCUPATION = re.compile(
    r"(?:[a-z]{1,20} ){0,3}(?:at|of|for|from|with)(?: (?:[^\W\d_a-z][\w.&'’-]{0,30}|the|of)){1,6}|"
    r"[^\W\d_A-Z]{1,20}(?: [^\W\d_A-Z]{1,20})?"
)
_WORK = re.compile(r"\s[—–]\s[^\W\d_a-z][^.?!]{2,120}$")  # behind the last name
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|&|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """A line ``key: value``; ``people`` where its values are names or stand on the lines below."""

    key: str
    value: str
    people: bool


def fields_of(text: str) -> Iterator[Field]:
    """The fields of a line, such as ``Host: Ada Vale, guest: Bo Lind``; none where it has words."""
    if len(text) > _LONGEST:
        return iter(())
    text = _SYMBOL.sub("", text, count=1) if _SYMBOL.match(text) else text
    inner = without_bullet(text)
    parts = _NEXT_FIELD.split(inner if inner is not None else text)
    found = [field for part in parts if (field := _field(part))]
    return iter(found if len(found) == len(parts) else [])


def mark_fields(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Fields above the first words of anybody, and below the last ones, are of the page."""
    counts = Counter(label.name for label in labels if label)
    fields = [
        (any(fields_of(line.text)) or (_is_of_program(label, below) and counts[label.name] == 1))
        and not (label and label.name and not label.rest and counts[label.name] > 1)
        for line, label, below in zip(lines, labels, _next_written(lines), strict=True)
    ]
    named = [
        position
        for position, label in enumerate(labels)
        if label and label.name and not fields[position]
    ]
    if not named:
        for position, label in enumerate(labels):
            if _is_data(label):
                labels[position] = Label(None, None, lines[position].text, certain=True, page=True)
        _mark_people(lines, labels)
        return
    first, last = named[0], named[-1]
    top = next(position for position, line in enumerate(lines) if line.text)
    for position in range(len(lines)):
        text = lines[position].text
        if not text or first <= position <= last or not fields[position]:
            continue
        if position < first:
            is_page = position != top or not _is_only_title(lines, position)
        else:
            above = labels[position - 1]
            is_page = not lines[position - 1].text or bool(above and above.page)
        if is_page:
            labels[position] = Label(None, None, text, certain=True, page=True)


def _is_data(label: Label | None) -> TypeGuard[Label]:
    """``Account: vale77``, ``Processed: 2021-05-03 10:12``: nobody says this."""
    if label is None or not label.name or label.seconds is not None:
        return False
    return _DATA.fullmatch(label.rest) is not None or written_date(label.rest) is not None


def _is_of_program(label: Label | None, below: str) -> TypeGuard[Label]:
    """A field that only a program wrote, perhaps left empty above a heading."""
    is_empty = label is not None and label.name and (label.seconds, label.rest) == (None, "")
    return _is_data(label) or bool(is_empty and below[:1] == "#")


def _next_written(lines: Sequence[Line]) -> list[str]:
    """What stands below each line."""
    found = [""]
    for line in reversed(lines[1:]):
        found.append(line.text or found[-1])
    return found[::-1][: len(lines)]


def _mark_people(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Where nobody else is named, who is announced says nothing of what follows."""
    for position, line in enumerate(lines):
        if line.text and any(field.people and field.value for field in fields_of(line.text)):
            labels[position] = Label(None, None, line.text, certain=True, page=True)


def with_dates_apart(lines: list[Line], labels: Sequence[Label | None]) -> list[Line]:
    """Lines above the talk that are a date, which stand in a row with others, as paragraphs."""
    first = next((i for i, label in enumerate(labels) if label and label.name), 0)
    dated = {i for i in range(first) if lines[i].text and date_of_recording(lines[i].text)}
    if not dated:
        return lines
    head = [
        part
        for i, line in enumerate(lines[:first])
        for part in ((_empty(line), line, _empty(line)) if i in dated else (line,))
    ]
    return [*head, *lines[first:]]


def _empty(line: Line) -> Line:
    return Line(line.number, "")


def read_fields(
    lines: Sequence[Line], labels: Sequence[Label | None], builder: TranscriptBuilder
) -> None:
    """Takes over what the lines of the page say: title, date, link and people."""
    for position, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None or not label.page:
            continue
        for field in fields_of(line.text):
            _take_over(field, builder)
            if field.people and not field.value:
                names = _names_below(lines, position)
                builder.speakers += [Speaker(n, _ROLES[field.key]) for n in names]


def read_field(text: str, builder: TranscriptBuilder) -> bool:
    """Takes over what a line says; whether it is a field."""
    found = [field for field in fields_of(text) if field.value]
    for field in found:
        _take_over(field, builder)
    return bool(found)


def people_in(value: str) -> list[str]:
    """The people of a value; none for ``Host: Welcome.``

    What else stands there must be where they work or what they do.
    """
    parts = [
        part
        for part in _BETWEEN_NAMES.split(_REMARK.sub("", _WORK.sub("", value).removesuffix(".")))
        if part
    ]
    if not parts or not _is_person(parts[0]):
        return []
    if not all(is_name(part) or _OCCUPATION.fullmatch(part) for part in parts):
        return []
    return [part for part in parts if _is_person(part)]


def role_of(key: str) -> str | None:
    """The role of those who stand behind ``Host:`` or beside ``(host)``."""
    return _ROLES.get(key.casefold().strip())


def _field(text: str) -> Field | None:
    match = _FIELD.fullmatch(text)
    if match is None:
        return None
    key, value = match["key"].lower(), match["value"].strip("*_ ")
    people = key in _ROLES
    value = value.removesuffix(".") if people else value
    if (people or _STAFF_KEY.fullmatch(key)) and value and not any(people_in(value)):
        return None
    return Field(key, value, people)


def _take_over(field: Field, builder: TranscriptBuilder) -> None:
    key, value = field.key, field.value
    if key in {"title", "episode title"}:
        builder.title = value
    elif key in {"date", "recorded", "published"} or key.endswith(" date"):
        builder.date = _date(value) or builder.date
    elif key in _LINKS and "://" in value:
        builder.link = value
    elif field.people:
        builder.speakers += [Speaker(name, _ROLES[key]) for name in people_in(value)]


def _date(value: str) -> str | None:
    return value[:10] if _DATE.match(value) else written_date(value)


def _is_only_title(lines: Sequence[Line], position: int) -> bool:
    """A first line ``Language: how models learn it`` is the title where no other field follows."""
    first = next(fields_of(lines[position].text))
    if first.people or first.key in _OPENING or not first.value:
        return False
    below = next((line.text for line in lines[position + 1 :] if line.text), "")
    return not any(fields_of(below))


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        is_name(name)
        and len(words) > 1
        and not any(word.casefold() in ORGANISATION_WORDS for word in words)
    )


def _names_below(lines: Sequence[Line], position: int) -> Iterator[str]:
    """Names on the lines below ``Guests:``, down to the next empty line."""
    for line in lines[position + 1 :]:
        inner = without_bullet(line.text)
        names = people_in(inner if inner is not None else line.text)
        if not names:
            return
        yield names[0]
