"""The head of a prose text: its title, its byline and its date line, above the first paragraph.

A byline names who wrote every paragraph below it, so only a line that is a byline and nothing
else counts: ``by Ada Vale``, ``Written by Ada Vale``, ``Author: Ada Vale``,
``Ada Vale | 17 June 2025``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.names import ORGANISATION_WORDS, PARTICLES, is_name
from ingest.readers.dates import written_date
from ingest.readers.lines import Line, is_rule

_LINES = 8  # lines, empty ones not counted, in which a byline can stand
_OTHERS = 3  # of them that are title or subtitle
_LONGEST_SUBTITLE = 30  # words
_LONGEST_TITLE = 30  # words
_LONGEST_CREDIT = 150  # characters
_MOST_CREDIT_WORDS = 12

_CREDIT = re.compile(
    r"(?P<how>(?:(?:written|posted|words) )?by:?|authors?:)\s+(?P<names>\S.*)", re.IGNORECASE
)
_PUBLISHED = re.compile(r"(?:published|posted|updated|last updated|date|sent):?", re.IGNORECASE)
_READING_TIME = re.compile(r"\d{1,3}[ -]min(?:ute)?s?(?: read)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")
_AND = re.compile(r"\s*(?:[,;&]|\band\b|\bwith\b)\s*")
_WORK = re.compile(
    r"(?:[\w'’-]+ ){0,4}(?:editor|correspondent|reporter|writer|columnist|contributor)|"
    r"phd|md|jr\.?",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"(?:(?:dr|prof|mr|mrs|ms)\.?|professor) ", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-](?=[^\W\d_]|$))*")
_NO_NAMES = ORGANISATION_WORDS | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july september october november december today tomorrow yesterday "
    "newsletter weekly daily monthly news magazine gazette tribune staff editors editor editorial "
    "board desk admin guest author writer writers reader readers contributor contributors "
    "anonymous issue volume number edition gmbh llc plc letter letters digest bulletin brief "
    "briefing dispatch report notes media blog podcast show radio "
    "and through over under into lake mount popular demand royal appointment invitation any all "
    "means design accident default definition nature mistake way numbers alone".split()
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a line of a masthead says: who wrote the text, and when (YYYY-MM-DD).

    ``how`` tells a name after ``by``, one that is ``written by`` or ``Author:``, and one that only
    stands beside a date; ``rest`` is what else the line holds, such as the number of the issue.
    """

    names: tuple[str, ...] = ()
    date: str | None = None
    how: Literal["by", "written", "beside"] | None = None
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Masthead:
    """The lines above the text; ``length`` counts them, and is 0 where no byline or date stands.

    ``author`` is None when several people are named.
    """

    length: int = 0
    title: Line | None = None
    author: str | None = None
    date: str | None = None


def find_masthead(lines: Sequence[Line]) -> Masthead:
    """Everything down to the last byline or date line among the first lines of a text."""
    found = list(_credits(lines))
    if not found:
        return Masthead()
    first = next(line for line in lines if line.text and not is_rule(line.text))
    above = [line for line, _ in found]
    return Masthead(
        length=lines.index(above[-1]) + 1,
        title=None if first in above else first,
        author=single_author([credit for _, credit in found], lines),
        date=next((credit.date for _, credit in found if credit.date), None),
    )


def single_author(found: Iterable[Credit], lines: Sequence[Line]) -> str | None:
    """The one person whom the credits of a text name; None for nobody and for several."""
    named = [credit for credit in found if not _is_publication(credit, lines)]
    names = {name for credit in named for name in credit.names}
    return names.pop() if len(names) == 1 else None


def read_credit(text: str) -> Credit | None:
    """A line that is a byline, a date line, or both; None for any other line."""
    text = text.strip("*_ ").removesuffix(".")
    if len(text) > _LONGEST_CREDIT or len(text.split()) > _MOST_CREDIT_WORDS:
        return None
    parts = [_part(part) for part in _BETWEEN.split(text) if part]
    date = next((part.date for part in parts if part.date), None)
    names = tuple(name for part in parts for name in part.names)
    how = next((part.how for part in parts if part.how), None)
    rest = tuple(other for part in parts for other in part.rest)
    if not (date or names) or (rest and len(parts) == 1):
        return None
    if date and not names and len(rest) == 1 and (name := _person(rest[0])):
        return Credit((name,), date, "beside")
    return Credit(names, date, how, rest)


def name_above_date(lines: Sequence[Line]) -> str | None:
    """The person whose name is a line of its own below the title and above a date."""
    head = [line for line in lines if line.text and not is_rule(line.text)][1:_LINES]
    for above, below in pairwise(head):
        credit, name = read_credit(below.text), _person(above.text)
        if credit and name and credit.date and not credit.names:
            return single_author([Credit((name,), credit.date, "beside")], lines)
    return None


def _credits(lines: Sequence[Line]) -> Iterator[tuple[Line, Credit]]:
    """The bylines and date lines of the head, as long as nothing else interrupts them."""
    head = [i for i, line in enumerate(lines) if line.text and not is_rule(line.text)][:_LINES]
    others = words = 0
    dated = interrupted = False
    for place, position in enumerate(head):
        line = lines[position]
        credit = read_credit(line.text)
        if credit and place == 0 and not _can_be_first(credit, lines, head):
            credit = None
        if credit and not _inside_paragraph(lines, position, others):
            if credit.date and dated and interrupted:
                return
            dated, interrupted = dated or credit.date is not None, False
            yield line, credit
            continue
        others, interrupted = others + 1, True
        words += len(line.text.split())
        if others > _OTHERS or words > (_LONGEST_SUBTITLE if place else _LONGEST_TITLE):
            return
        words = words if place else 0


def _is_publication(credit: Credit, lines: Sequence[Line]) -> bool:
    """Whether the name beside a date is made of words that the text uses otherwise too."""
    if credit.how != "beside":
        return False
    words = {word.lower() for word in credit.names[0].split() if len(word) > 3}
    return any(words & set(line.text.split()) for line in lines)


def _can_be_first(credit: Credit, lines: Sequence[Line], head: Sequence[int]) -> bool:
    """A first line is the title (``By Southern Lights``) unless more shows that it is none."""
    if credit.rest:
        return False
    if credit.how != "by":
        return credit.how != "beside"
    below = read_credit(lines[head[1]].text) if len(head) > 1 else None
    is_small = lines[head[0]].text.startswith("by")
    return is_small or bool(credit.date or (below and below.date))


def _inside_paragraph(lines: Sequence[Line], position: int, others: int) -> bool:
    """Whether a line belongs to a sentence that goes on below it, or began above it."""
    text = lines[position].text
    below = lines[position + 1].text if position + 1 < len(lines) else ""
    above = lines[position - 1].text if position else ""
    goes_on = below[:1].islower() and read_credit(below) is None
    return goes_on or (bool(above) and others > 1 and text.endswith("."))


def _part(text: str) -> Credit:
    """A name that is credited, a date, or both; what is neither is the rest."""
    rest, date = _split_date(text)
    if not rest or _PUBLISHED.fullmatch(rest) or _READING_TIME.fullmatch(rest):
        return Credit(date=date)
    credited = _CREDIT.fullmatch(rest)
    names = credited_people(credited["names"]) if credited else ()
    if credited is None or not names:
        return Credit(date=date, rest=(rest,))
    return Credit(names, date, "by" if credited["how"].casefold() == "by" else "written")


def _split_date(text: str) -> tuple[str, str | None]:
    """What stands before a date at the end of a text, and the date."""
    words = text.split()
    for position in range(len(words)):
        date = written_date(" ".join(words[position:]))
        if date:
            return " ".join(words[:position]).rstrip(",:").removesuffix(" on").rstrip(","), date
    return text, None


def credited_people(text: str) -> tuple[str, ...]:
    """The people of a byline; none when it also holds anything else than what they do."""
    parts = [part for part in _AND.split(text) if part]
    people = tuple(name for part in parts if (name := _person(part)))
    others = [part for part in parts if _person(part) is None]
    if not people or not all(_WORK.fullmatch(part) or _is_first_name(part) for part in others):
        return ()
    return people + tuple(part for part in others if not _WORK.fullmatch(part))


def _person(text: str) -> str | None:
    """The name when a text is one of two to four capitalised words, and of a person."""
    name = " ".join(_FORMAL.sub("", text, count=1).split())
    words = name.split()
    if not 2 <= len(words) <= 4 or not is_name(name):
        return None
    if words[-1].casefold() in PARTICLES or any(w.casefold() in _NO_NAMES for w in words):
        return None
    if not all(_NAME_WORD.fullmatch(word) for word in words) or len(words[-1].rstrip(".")) < 2:
        return None
    return name.title() if name.isupper() else name


def _is_first_name(text: str) -> bool:
    """``Ada`` of ``Ada and Wren Vale``."""
    return text[:1].isupper() and _NAME_WORD.fullmatch(text) is not None
