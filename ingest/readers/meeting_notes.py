"""What Teams and Meet write above a transcript: the recording's name, with when it began."""

from __future__ import annotations

import re

from ingest.readers.dates import title_without_date, written_date

_RECORDING = re.compile(
    r"(?P<title>\S.{0,250}?)-(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})_\d{6}(?:UTC)?"
    r"-Meeting (?:Recording|Transcript)"
)
_TRANSCRIPT = re.compile(r"(?P<title>\S.{0,250}?) - Transcript")


def recorded_title(text: str) -> str | None:
    """``A talk`` of ``A talk-20250220_100300-Meeting Recording`` or of ``A talk - Transcript``."""
    plain = title_without_date(text)
    found = _RECORDING.fullmatch(plain) or _TRANSCRIPT.fullmatch(plain)
    if found:
        return found["title"]
    return plain if plain != text else None


def recorded_date(text: str) -> str | None:
    """The date in the name of a recording."""
    found = _RECORDING.fullmatch(text)
    return written_date(f"{found['year']}-{found['month']}-{found['day']}") if found else None
