"""When a web page says it was published, in what it tells to machines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.dates import written_date

_READ = 500_000  # characters
_LONGEST_TAG = 1_000  # characters
_META = re.compile(rf"<meta\s[^<>]{{1,{_LONGEST_TAG}}}>", re.IGNORECASE)
_TIME = re.compile(rf"<time\s[^<>]{{1,{_LONGEST_TAG}}}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?P<key>[\w:.-]{1,40})\s{0,3}=\s{0,3}[\"'](?P<value>[^\"']{0,200})[\"']")
_NAMES = frozenset({"property", "name", "itemprop"})
_PUBLISHED = frozenset(
    "article:published_time og:article:published_time og:published_time datepublished "
    "publish_date publish-date publication_date date pubdate dc.date dc.date.issued "
    "dcterms.date dcterms.created citation_publication_date parsely-pub-date sailthru.date".split()
)
_LINKED_DATA = re.compile(r"\"datePublished\"\s{0,9}:\s{0,9}\"(?P<date>\d{4}-\d{2}-\d{2})")
_DAY = re.compile(r"\d{4}[-/]\d{2}[-/]\d{2}")


def published_date(text: str) -> str | None:
    """The date (YYYY-MM-DD) of ``<meta>``, of linked data, or of all ``<time>`` alike."""
    head = text[:_READ]
    stated = next(filter(None, (_of_meta(tag) for tag in _META.findall(head))), None)
    linked = _LINKED_DATA.search(head)
    return stated or (written_date(linked["date"]) if linked else None) or _of_times(head)


def _of_meta(tag: str) -> str | None:
    attributes = dict(_attributes(tag))
    is_such = any(attributes.get(key, "").lower() in _PUBLISHED for key in _NAMES)
    return _day(attributes.get("content", "")) if is_such else None


def _of_times(text: str) -> str | None:
    """Comments and related pages have dates, too: several different ones say nothing."""
    found = {_day(dict(_attributes(tag)).get("datetime", "")) for tag in _TIME.findall(text)}
    return found.pop() if len(found) == 1 else None


def _attributes(tag: str) -> Iterator[tuple[str, str]]:
    return ((found["key"].lower(), found["value"]) for found in _ATTRIBUTE.finditer(tag))


def _day(value: str) -> str | None:
    found = _DAY.match(value.strip())
    return written_date(found.group().replace("/", "-")) if found else written_date(value.strip())
