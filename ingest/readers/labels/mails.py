"""Mails with the mails that they answer: who wrote a paragraph follows from its quote marks.

What has no mark is by whom ``From:`` names, what has one by whom ``On … Ada Vale wrote:`` names,
and so on inwards. A mail that is quoted below its answer and was read before is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.dates import day_of
from ingest.readers.lines import Line, numbered_lines
from ingest.sources.mail import subject_of
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "mails"

_SNIFFED = 200_000  # characters
_MARKS = re.compile(r"(?:>\s?){1,12}")
_FROM = re.compile(r"\*?From:\*? {1,4}(?P<name>.{1,200})")
_HEADER = re.compile(
    r"\*?(?P<key>From|Sent|To|Cc|Bcc|Date|Subject|Reply-To|Message-ID|In-Reply-To|References|"
    r"List-[A-Za-z]+|MIME-Version|Content-[A-Za-z-]+|X-[A-Za-z-]+):\*?(?: {1,4}(?P<value>.*))?"
)
_WROTE = re.compile(
    r"(?:On |Am |Le )?(?P<before>.{0,200}?)(?P<name>[^<>\d,:]{2,60}?)\s{0,2}"
    r"(?:[<\[(][^<>\s]{3,100}[>\])]\s{0,2})?,? (?:wrote|writes|schrieb|a écrit) ?:"
    r"|Am .{4,60} schrieb (?P<last>[^<>\d,:]{2,60}?)\s{0,2}(?:[<\[(][^<>\s]{3,100}[>\])])?:"
)
_WRITES = re.compile(r"\b(?:wrote|writes|schrieb|écrit)\b.{0,80}:$")
_LONGEST = 400  # characters of such a line
_SEPARATOR = re.compile(
    r"From \S+ .{10,40}\d{4}|[-_ ]{2,20}\s?(?:Original|Forwarded) [Mm]essage\s?[-_ ]{2,20}|"
    r"Begin forwarded message:|_{10,80}"
)
_ADDRESS = re.compile(r"\s*[<\[(][^<>\s]{3,100}[>\])]|\s*\[mailto:[^\]]*\]")
_SIGNATURE = re.compile(r"--|—")
_FEWEST_LETTERS = 15  # by which a repeated paragraph is known


@dataclass
class _Paragraph:
    """``mail`` numbers the mail that it stands in, ``depth`` counts its quote marks."""

    mail: int
    depth: int
    speaker: str | None
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def letters(self) -> str:
        return "".join(filter(str.isalnum, self.text.casefold()))


def sniff(source: SourceFile) -> bool:
    """Two heads of mails, or one answer with quote marks below a line that says whose words."""
    lines = [line.text for line in numbered_lines(source.text[:_SNIFFED])]
    heads = sum(1 for place in range(len(lines)) if _begins_mail(lines, place))
    answers = sum(1 for place in range(len(lines)) if _wrote(lines, place))
    quoted = sum(1 for text in lines if text.startswith(">"))
    return heads > 1 or (answers > 0 and (quoted > 1 or heads > 0))


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    paragraphs = list(_paragraphs(numbered_lines(source.text), builder))
    for paragraph in _without_repeated(paragraphs):
        first, last = paragraph.lines[0].number, paragraph.lines[-1].number
        builder.speech(paragraph.text, speaker=paragraph.speaker, line=first, line_end=last)
    return builder.build()


def _paragraphs(lines: Sequence[Line], builder: TranscriptBuilder) -> Iterator[_Paragraph]:
    names: dict[int, str | None] = {}
    mail = place = 0
    signed: int | None = None  # the depth of a signature
    running: _Paragraph | None = None
    texts = [line.text for line in lines]
    while place < len(lines):
        depth, text = _unquoted(texts[place])
        length = _read_head(texts, place, depth, names, builder)
        length = length or _read_wrote(texts, place, names)
        if length or not text or _SEPARATOR.fullmatch(text):
            mail += bool(length and not depth and _FROM.match(text))
            signed = signed if not length else None
            running = None
            place += length or 1
            continue
        signed = depth if _SIGNATURE.fullmatch(text) else signed if signed == depth else None
        if signed is None:
            if running is None or running.depth != depth:
                running = _Paragraph(mail, depth, names.get(depth))
                yield running
            running.lines.append(Line(lines[place].number, text))
        place += 1


def _unquoted(text: str) -> tuple[int, str]:
    marks = _MARKS.match(text)
    return (marks.group().count(">"), text[marks.end() :].strip()) if marks else (0, text)


def _begins_mail(texts: Sequence[str], place: int) -> bool:
    """``From:`` with another field right below it."""
    if not _FROM.fullmatch(_unquoted(texts[place])[1]):
        return False
    below = (_unquoted(text)[1] for text in texts[place + 1 : place + 3])
    return any(_HEADER.fullmatch(text) for text in below)


def _read_head(
    texts: Sequence[str],
    place: int,
    depth: int,
    names: dict[int, str | None],
    builder: TranscriptBuilder,
) -> int:
    """How many lines the head of a mail has; takes over whose it is, its title and its date."""
    if not _begins_mail(texts, place):
        return 0
    end = place
    while end < len(texts) and (found := _HEADER.fullmatch(_unquoted(texts[end])[1])):
        value = found["value"] or ""
        if found["key"] == "From":
            names[depth] = _name(value)
        elif found["key"] == "Subject":
            builder.title = builder.title or subject_of(value)
        elif found["key"] in {"Date", "Sent"}:
            builder.date = builder.date or day_of(value)
        end += 1
    return end - place


def _read_wrote(texts: Sequence[str], place: int, names: dict[int, str | None]) -> int:
    """How many lines ``On … Ada Vale wrote:`` takes, which names who is quoted below."""
    found = _wrote(texts, place)
    if not found:
        return 0
    name, depth, length = found
    names[depth + 1] = name
    return length


def _wrote(texts: Sequence[str], place: int) -> tuple[str, int, int] | None:
    """Name, depth and length; it may take two lines, and quotes, or nothing but a gap, follow."""
    depth, text = _unquoted(texts[place])
    length = 1
    if not text.endswith(":") and text.startswith(("On ", "Am ", "Le ")) and place + 1 < len(texts):
        text = f"{text} {_unquoted(texts[place + 1])[1]}"
        length = 2
    is_short = len(text) <= _LONGEST and _WRITES.search(text) is not None
    match = _WROTE.fullmatch(text) if is_short else None
    if match is None:
        return None
    below = (t for t in texts[place + length : place + length + 3] if t)
    is_quoted = _unquoted(next(below, ""))[0] > depth
    return (_name(match["name"] or match["last"]), depth, length) if is_quoted else None


def _name(printed: str) -> str:
    name = _ADDRESS.sub("", printed).strip(" \"'“”,")
    name = re.sub(r"^(?:(?:at|um|à)\s|[AP]M\s|[A-Z]{2,4}\s(?=[A-Z][a-z]))", "", name)
    return name or printed.strip(" <>\"'")


def _without_repeated(paragraphs: Sequence[_Paragraph]) -> Iterator[_Paragraph]:
    """Without quotes from mails read before; those that stand above an answer to them stay."""
    answered = {p.mail: place for place, p in enumerate(paragraphs) if not p.depth}
    said: dict[str, int] = {}
    for place, paragraph in enumerate(paragraphs):
        letters = paragraph.letters
        is_below = paragraph.depth and place > answered.get(paragraph.mail, -1)
        known = said.setdefault(letters, paragraph.mail)
        if is_below and known != paragraph.mail and len(letters) >= _FEWEST_LETTERS:
            continue
        yield paragraph
