"""Other markup becomes Markdown, line by line, and is read so; the numbers of lines stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ingest.names import is_name
from ingest.readers.markup import markdown
from ingest.transcript import Reading, SourceFile

SNIFFED = 200_000  # characters
_FEWEST = 2  # people, one of whom speaks again
_SHARE = 0.8  # of the labels are names


def read_as_markdown(
    source: SourceFile,
    text: str,
    form: str,
    *,
    title: str | None = None,
    date: str | None = None,
) -> Reading:
    """``text`` is ``source`` in Markdown; ``title`` and ``date`` go before what it says."""
    reading = markdown.read(replace(source, text=text))
    return replace(reading, format=form, title=title or reading.title, date=date or reading.date)


def label(name: str, rest: str = "", clock: str = "") -> str:
    """A turn's first line in Markdown."""
    time = f" ({clock.strip('[]() ')})" if clock else ""
    return f"**{name.strip().rstrip(':').strip()}**{time}: {rest}".rstrip()


def come_back(names: Iterable[str]) -> bool:
    """Whether these are the labels of a talk: two people at least, one of whom speaks again."""
    found = [name.strip().rstrip(": ") for name in names]
    counts = Counter(name for name in found if is_name(name))
    named = sum(counts.values())
    return len(counts) >= _FEWEST and named > len(counts) and named >= _SHARE * len(found)
