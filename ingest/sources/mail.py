"""Mails (.eml) and pages saved with their pictures (.mht): the part with the words."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from ingest.transcript import SourceFile
from kb.errors import UnreadableFile

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:(?:\s|$)")
_NEEDED = re.compile(
    r"^(?:mime-version:\s?1\.0|content-type:\s?(?:text/(?:plain|html)|multipart/\w+)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SENT = re.compile(r"^(?:from|subject|date|received|message-id):", re.IGNORECASE | re.MULTILINE)
_ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg)\s?:\s{0,3})+", re.IGNORECASE)
_QUOTED = re.compile(r"^>", re.MULTILINE)
_POSTMARK = re.compile(rb"^From \S+ .{8,60}\d{4}\r?\n(?=[A-Za-z-]{2,40}:)", re.MULTILINE)
_LONGEST_HEAD = 64_000  # characters
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """The words of a mail as a file, with what its head says."""

    source: SourceFile
    title: str | None
    date: str | None


def opened(source: SourceFile) -> Mail | None:
    """None for what is no mail. Raises UnreadableFile for one without words."""
    if source.document or not _is_mail(source.text):
        return None
    messages = [_parsed(data) for data in _messages(source.data)]
    texts = [_plain(_words(message)) for message in messages]
    if not any(text.strip() for text in texts):
        raise UnreadableFile(f"{source.name}: a mail without words")
    text = "\n\n".join(
        f"{_head(message)}\n\n{words}" if len(messages) > 1 or _QUOTED.search(words) else words
        for message, words in zip(messages, texts, strict=True)
    )
    note = "the words of a mail; lines count from their beginning"
    inner = replace(source, text=text, notes=(*source.notes, note))
    return Mail(inner, subject_of(_header(messages[0], "subject") or ""), _date(messages[0]))


def subject_of(printed: str) -> str | None:
    """Without ``Re:`` and the like."""
    return _ANSWER.sub("", printed, count=1) if _ANSWER.match(printed) else printed or None


def _messages(data: bytes) -> list[bytes]:
    """The mails of a mailbox; any other file is one."""
    if not data.startswith(b"From "):
        return [data]
    starts = [match.start() for match in _POSTMARK.finditer(data)] or [0]
    return [data[a:b] for a, b in zip(starts, [*starts[1:], len(data)], strict=True)]


def _parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _plain(text: str) -> str:
    return _without_signature(re.sub(r"\r\n?", "\n", text).replace("\0", "\ufffd"))


def _head(message: EmailMessage) -> str:
    """By whom, when and on what, as a mail that is quoted says it."""
    fields = (("From", _header(message, "from")), ("Date", _date(message)))
    subject = ("Subject", _header(message, "subject"))
    return "\n".join(f"{key}: {value}" for key, value in (*fields, subject) if value)


def _is_mail(text: str) -> bool:
    head = text[:_LONGEST_HEAD].lstrip("\n").split("\n\n", 1)[0]
    lines = head.split("\n")
    begins = lines[0].startswith("From ") or _HEADER.match(lines[0])
    rest = all(_HEADER.match(line) or line[:1] in " \t" for line in lines[1:])
    return bool(begins and rest and _NEEDED.search(head) and _SENT.search(head))


def _words(message: EmailMessage) -> str:
    """The page where there is one, whose names are in bold; else, or with quotes, plain text."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    plain = (_content(part) for part in parts if part.get_content_type() == "text/plain")
    kinds = ("text/html", "text/plain")
    for kind in kinds[::-1] if any(map(_QUOTED.search, plain)) else kinds:
        found = [p for p in parts if p.get_content_type() == kind and not _is_attached(p)]
        texts = [_content(part) for part in found]
        longest = max(texts, key=len, default="")
        if longest.strip():
            return longest
    return ""


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment"


def _content(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _without_signature(text: str) -> str:
    """Nobody says what mails have below two dashes."""
    found = _SIGNATURE.search(text, len(text) // 2)
    return text[: found.start()] if found else text


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message.get(name, "")).split()) or None
    except (ValueError, IndexError, AttributeError):
        return None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date().isoformat()
    except (ValueError, TypeError):
        return None
