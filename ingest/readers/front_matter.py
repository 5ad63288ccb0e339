"""YAML or TOML front matter of Markdown files: title, date, link, speakers with roles."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import frontmatter
import yaml

from ingest.readers.dates import date_in, day_of
from kb.types import Speaker

_YAML, _TOML = "---", "+++"
_MAX_CHARACTERS = 30_000
_LARGEST_NUMBER = 64  # bits
_LINK_KEYS = ("link", "url", "media", "video", "audio", "source", "canonical_url")
_ROLE_KEYS = {
    "host": "host",
    "hosts": "host",
    "interviewer": "host",
    "guest": "guest",
    "guests": "guest",
    "interviewee": "guest",
    "author": "author",
    "authors": "author",
    "speaker": None,
    "speakers": None,
    "participants": None,
}
_DATE_KEYS = (
    "date", "recorded", "recorded_at", "recordedAt", "published", "published_at", "publishedAt",
    "pubdate", "pubDate", "publish_date", "publishDate", "air_date", "release_date",
)  # fmt: skip
_PATH_KEYS = ("slug", "permalink", "name", "reference")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]")
_SLUG = re.compile(r"[^\W\d_A-Z]{2,20}(?:[_-]{1,2}[^\W\d_A-Z]{1,20}){1,3}")  # of a person's page
_ROLES = frozenset({"host", "guest", "author", "commenter"})


class PlainLoader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML ships no types
    """Plain data without references: a few lines of these can stand for more than fits in memory.

    It is written in Python on purpose: the one in C overflows its stack on deeply nested lists,
    which ends the process.
    """

    def compose_node(self, parent: object, index: object) -> object:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references are not read")
        return super().compose_node(parent, index)


class _Handler(frontmatter.YAMLHandler):
    def load(self, fm: str, **_: object) -> Any:
        return PlainLoader(fm).get_single_data()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file declares; ``first_line`` is where the text after it begins."""

    title: str | None = None
    date: str | None = None
    link: str | None = None
    speakers: tuple[Speaker, ...] = ()
    first_line: int = 1
    note: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a text; without one, an empty record that starts at line 1."""
    block = _block(text)
    if block is None:
        return FrontMatter()
    first_line = block.count("\n") + 2
    language = "TOML" if block.startswith(_TOML) else "YAML"
    try:
        fields = _toml(block) if language == "TOML" else _yaml(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        note = f"The front matter is not valid {language}."
        return FrontMatter(first_line=first_line, note=note)
    return FrontMatter(
        title=_text(fields.get("title")),
        date=next((date for key in _DATE_KEYS if (date := _date(fields.get(key)))), None)
        or next((date for key in _PATH_KEYS if (date := _date_in(fields.get(key)))), None),
        link=next((link for key in _LINK_KEYS if (link := _text(fields.get(key)))), None),
        speakers=tuple(_speakers(fields)),
        first_line=first_line,
    )


def _block(text: str) -> str | None:
    """The front matter with its delimiters, when the text starts with one."""
    mark = text[:3]
    if mark not in {_YAML, _TOML} or text[3:4] != "\n":
        return None
    end = text.find(f"\n{mark}\n", 3, _MAX_CHARACTERS)
    if end < 0 and text.rstrip().endswith(f"\n{mark}") and len(text) < _MAX_CHARACTERS:
        end = text.rstrip().rfind(f"\n{mark}")
    block = text[: end + 4] if end >= 0 else ""
    return block if ("=" if mark == _TOML else ":") in block else None


def _yaml(block: str) -> Mapping[str, object]:
    fields, _ = frontmatter.parse(block, handler=_Handler())
    return cast(Mapping[str, object], fields)


def _toml(block: str) -> Mapping[str, object]:
    """What Hugo sets between ``+++``; its own parameters may stand in a table."""
    fields = tomllib.loads(block[4:-4])
    inner = fields.get("params")
    return {**inner, **fields} if isinstance(inner, dict) else fields


def _text(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > _LARGEST_NUMBER:
        return None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split()) or None
    return None


def _date(value: object) -> str | None:
    """A date without the time that may follow it."""
    text = _text(value)
    return day_of(text) if text else None


def _date_in(value: object) -> str | None:
    """The day in the address of a post: ``/2021/05/03/kettles``, ``2021-05-03-kettles``."""
    text = _text(value)
    return date_in(text.replace("/", "-")) if text else None


def _speakers(fields: Mapping[str, object]) -> Iterator[Speaker]:
    for key, role in _ROLE_KEYS.items():
        value = fields.get(key)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict) and "name" not in entry:
                yield from _explained(entry, role)
            elif speaker := _speaker(entry, role):
                yield speaker


def _explained(labels: Mapping[object, object], role: str | None) -> Iterator[Speaker]:
    """``SPEAKER_00: Ada Vale``: whom the labels of the talk stand for."""
    for label, name in labels.items():
        alias, speaker = _text(label), _speaker(name, role)
        if alias and speaker:
            yield replace(speaker, aliases=(*speaker.aliases, alias))


def _speaker(entry: object, role: str | None) -> Speaker | None:
    if isinstance(entry, dict):
        name, given = _text(entry.get("name")), _text(entry.get("role"))
        aliases = entry.get("aliases")
        known = [_text(alias) for alias in aliases] if isinstance(aliases, list) else []
        role = given if given in _ROLES else role
        return Speaker(name, role, aliases=tuple(filter(None, known))) if name else None
    name = _text(entry)
    name = _WIKI_LINK.sub(r"\1", name) if name else None
    if name and _SLUG.fullmatch(name):
        return Speaker(re.sub(r"[_-]+", " ", name).title(), role, aliases=(name,))
    return Speaker(name, role) if name else None
