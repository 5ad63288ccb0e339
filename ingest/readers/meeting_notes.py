"""What Teams, Meet and Otter write above a transcript: the recording's name and when it began."""

from __future__ import annotations

import re

from ingest.readers.dates import written_date

_RECORDING = re.compile(
    r"(?P<title>\S.{0,250}?)-(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})_\d{6}(?:UTC)?"
    r"-Meeting (?:Recording|Transcript)"
)
_TRANSCRIPT = re.compile(
    r"(?P<title>\S.{0,250}?)(?: \(20\d{2}-\d{2}-\d{2} at \d{2}:\d{2} [^()]{1,20}\))? - Transcript"
)
_TIME_OF_DAY = re.compile(
    r",? \d{1,2}:\d{2}(?::\d{2})?\s?[AaPp]\.?[Mm]\.?(?: [•·|] (?:\d{1,2}:){1,2}\d{2})?$"
)


def recorded_title(text: str) -> str | None:
    """``A talk`` of ``A talk-20250220_100300-Meeting Recording`` or of ``A talk - Transcript``."""
    found = _RECORDING.fullmatch(text) or _TRANSCRIPT.fullmatch(text)
    return found["title"] if found else None


def recorded_date(text: str) -> str | None:
    """The date in the name of a recording, or of a line ``February 20, 2025, 10:03AM • 1:17``."""
    found = _RECORDING.fullmatch(text)
    if found:
        return written_date(f"{found['year']}-{found['month']}-{found['day']}")
    return written_date(_TIME_OF_DAY.sub("", text)) if _TIME_OF_DAY.search(text) else None
