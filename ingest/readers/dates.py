"""Dates as people write them in the head of a text, such as ``17 June 2025``."""

from __future__ import annotations

import datetime as dt
import re

from kb.text.iso_dates import is_date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_MONTH = "|".join([*(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS), "sept"])
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_WRITTEN = re.compile(
    rf"{_WEEKDAY}(?:"
    rf"{_DAY.format(1)} (?:of )?(?P<month1>{_MONTH})\.?,? (?P<year1>\d{{4}})|"
    rf"(?P<month2>{_MONTH})\.? {_DAY.format(2)},? (?P<year2>\d{{4}})|"
    r"(?P<year3>\d{4})(?P<mark>[-/])(?P<month3>\d{2})(?P=mark)(?P<day3>\d{2})|"
    r"(?P<day4>\d{1,2})\.(?P<month4>\d{1,2})\.(?P<year4>\d{4}))",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})")
_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_LONGEST = 40  # characters
_MONTH_OF_YEAR = re.compile(rf"(?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})", re.IGNORECASE)
_ANY = (
    rf"(?P<date>{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\.?,? \d{{4}}"
    rf"|(?:{_MONTH})\.? (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}))\b"
)
_RECORDED = (
    r"(?:(?:episode |show )?recorded|conducted|recording date|date of recording|interview date)"
)
_PUBLISHED = (
    r"(?:(?:first |originally )?(?:published|posted|released|aired)|air date|"
    r"(?:episode )?(?:publish(?:ed)?|release) date|(?:meeting )?date(?: ?(?:/|and|&) ?time)?)"
)
_TALK = r"(?:conversation|interview|discussion|dialogue|episode|podcast|call|talk|session|video)"
_CLOCK = (
    r"(?:,? (?:at |[-–—] )?\d{1,2}:\d{2}(?::\d{2})?"
    r"(?: ?[AP]\.?M\.?)?(?: [A-Z]{2,5}(?:[+-]\d{1,2})?)?)"
)
_LENGTH = (
    r"(?: [|·•–—-] \d{1,2}:\d{2}(?::\d{2})?"
    r"|(?: [|·•–—-])? \d{1,3} ?(?:h|m)\w{0,6}\.?(?: \d{1,2} ?[ms]\w{0,6}\.?)?)"
)
_ENDS = rf"{_CLOCK}?(?=\.?\s*$|\s*[|·•(])"
_OF_RECORDING = re.compile(rf"{_RECORDED}(?: live)?(?: on| in)?(?::\s?|\s){_ANY}", re.IGNORECASE)
_OF_THIS_TALK = re.compile(
    rf".{{0,300}}?\bthis {_TALK} (?:was |is )?"
    rf"{_RECORDED}(?: \w+){{0,4}}? (?:on|in) {_ANY}",
    re.IGNORECASE,
)
_OF_PUBLICATION = re.compile(rf"{_PUBLISHED}(?: on| in)?(?::\s?|\s){_ANY}{_ENDS}", re.IGNORECASE)
_ALONE = re.compile(
    rf"(?:(?:(?:episode|ep\.?|no\.|#)\s?\d+|{_TALK}|meeting|transcript)(?:,| [|·•–—-]) )?"
    rf"{_ANY}{_CLOCK}?{_LENGTH}?"
    r"(?: (?:[^\d.?!:,]{2,60} )?(?:Season \d{1,3},? )?Episode \d{1,5})?",
    re.IGNORECASE,
)
_OF_TRANSCRIPT = re.compile(
    rf"(?:read |here is )?(?:the )?full transcript of .{{5,600}}?, {_ANY}\.?$", re.IGNORECASE
)
_IN_BRACKETS = re.compile(rf".{{0,60}}?[\[(]{_RECORDED}(?: on)?(?::\s?|\s){_ANY}", re.IGNORECASE)
_NAMES = (
    r"(?:(?:(?:van|von|de|der|den|da|di|del|la|el|al|bin) ){0,2}"
    r"[^\W\d_a-z][\w.'’-]{0,30}(?: |(?= ?[,|·•–—-]))){2,4}"
)
_BYLINE = re.compile(
    rf"(?:(?i:(?:written |hosted )?by) {_NAMES}\s?[,|·•–—-]|{_NAMES}\s?[|·•]) "
    rf"(?i:(?:published |posted |updated )?(?:on )?{_ANY}{_LENGTH}?(?:, \d{{1,3}} min\w* read)?)"
)
_IN_TITLE = re.compile(
    r"(?P<title>.{1,300}?) \((?P<date>\d{4}[-/]\d{2}[-/]\d{2})(?: at|,)? \d{1,2}:\d{2}[^()]{0,20}"
    r"(?:\)(?: [-–—] .{1,40})?)?"
)
_SYMBOL = re.compile("\\A[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?")
_OF_EVENT = re.compile(
    r"(?:(?:an?|the) )?(?:[a-z]{1,12} )?(?:panel|debate|lecture|keynote|hearing|seminar|workshop|"
    rf"round ?table|fireside chat|q ?& ?a|{_TALK})(?: [^.?!:]{{1,150}}?)?"
    rf"(?:, | [|·•–—] | on |, on ){_ANY}{_CLOCK}?\.?",
    re.IGNORECASE,
)  # ``Panel at the Kettle Days, 5 October 2024``
_EDITED = re.compile(
    rf"{_ANY}[.;,·|–—-] ?(?:(?:lightly|slightly|this {_TALK}|transcript|has been|was|and) ){{0,3}}"
    r"(?:edited|condensed|abridged|shortened|transcribed|translated|recorded)\b.{0,300}",
    re.IGNORECASE,
)
_FIRST_YEAR = 1995  # before it a date is what a talk is about, unless it says that it was recorded
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ]\d)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MAIL_DAY = re.compile(r"(?:\w{3}, )?(\d{1,2} \w{3} \d{4}) \d{2}:\d{2}.*")


def written_date(text: str) -> str | None:
    """A text that is a date and nothing else, as YYYY-MM-DD.

    It reads ``Tuesday, 17 June 2025``, ``June 17th, 2025``, ``2025-06-17`` and ``17.6.2025``, but
    no date in figures that is read differently in different countries, such as ``6/7/2025``.
    """
    match = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    parts = match.groupdict()
    number = next(number for number in "1234" if parts[f"year{number}"])
    year, month, day = (parts[f"{part}{number}"] for part in ("year", "month", "day"))
    return _day(int(year), _month(month), int(day))


def date_in(name: str) -> str | None:
    """The first date (YYYY-MM-DD) in the name of a file."""
    return next(filter(None, (written_date(found) for found in _IN_NAME.findall(name))), None)


def date_of_recording(head: str) -> str | None:
    """What the text above a conversation says of its date, as YYYY-MM-DD, YYYY-MM or YYYY.

    ``Recorded on May 3, 2021``, ``Published: 2021-05-03``, ``May 2021`` on a line of its own. A
    recording's date goes first, and within a sentence it is the only one that counts: what was
    published may be a paper.
    """
    lines = _bare_lines(head)
    shapes = (
        _OF_RECORDING.match,
        _OF_THIS_TALK.match,
        _OF_PUBLICATION.match,
        _ALONE.fullmatch,
        _BYLINE.fullmatch,
        _IN_TITLE.fullmatch,
        _IN_BRACKETS.match,
        _OF_TRANSCRIPT.match,
        _OF_EVENT.fullmatch,
        _EDITED.fullmatch,
    )
    (
        recorded,
        of_talk,
        published,
        alone,
        byline,
        in_title,
        bracketed,
        of_transcript,
        event,
        edited,
    ) = ([_date_of(match) for line in lines if (match := shape(line))] for shape in shapes)
    late = [
        date
        for date in (*in_title, *published, *of_transcript, *alone, *byline, *event, *edited)
        if date and int(date[:4]) >= _FIRST_YEAR
    ]
    return next(filter(None, (*recorded, *bracketed, *of_talk, *late)), None)


def day_of(value: str) -> str | None:
    """A date, perhaps with a time, as YYYY-MM-DD; YYYY-MM or YYYY where no more is certain."""
    text = value.strip()
    if is_date(text):
        return text
    if month := _MONTH_OF_YEAR.fullmatch(text):
        return _in_figures(month)
    if found := _ISO_DAY.match(text):
        return written_date(found.group())
    if digits := _DIGITS.fullmatch(text):
        return written_date("-".join(digits.groups()))
    mail = _MAIL_DAY.fullmatch(text[:60])
    return written_date(mail[1] if mail else text) or _slashed_date(text.split(" ")[0].rstrip(","))


def stated_date(tail: str) -> str | None:
    """What the text below a conversation says of its date, in so many words: ``Published …``."""
    lines = _bare_lines(tail)
    found = (shape.match(line) for shape in (_OF_RECORDING, _OF_PUBLICATION) for line in lines)
    return next((date for match in found if match and (date := _date_of(match))), None)


def title_without_date(title: str) -> str:
    """The title of a meeting without the time that the service adds, and what it calls the file."""
    match = _IN_TITLE.fullmatch(title)
    return match["title"] if match else title


def _bare_lines(text: str) -> list[str]:
    lines = (_SYMBOL.sub("", line) for line in text.split("\n"))
    return [" ".join(line.split()).strip("*_()[]# ") for line in lines]


def _date_of(match: re.Match[str]) -> str | None:
    """A date, or a month of a year, or a year."""
    text = match["date"]
    month = _MONTH_OF_YEAR.fullmatch(text)
    if month:
        return _in_figures(month)
    return written_date(text) or _slashed_date(text)


def _in_figures(month: re.Match[str]) -> str:
    return f"{month['year']}-{_month(month['month']):02}"


def _slashed_date(text: str) -> str | None:
    """``3/25/2021`` and ``25/3/2021`` as YYYY-MM-DD; of ``3/5/2021`` only the year is certain."""
    match = _SLASHED.fullmatch(text)
    if match is None:
        return None
    year, first, second = (int(match[part]) for part in ("year", "first", "second"))
    ways = {day for pair in ((first, second), (second, first)) if (day := _day(year, *pair))}
    return ways.pop() if len(ways) == 1 else str(year) if ways else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    start = printed.casefold()[:3]
    return 1 + next(n for n, month in enumerate(_MONTHS) if month.startswith(start))
