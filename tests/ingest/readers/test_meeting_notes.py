"""What Teams, Meet and Otter write around a transcript."""

from __future__ import annotations

import pytest
from readings import read, said, spoken

from ingest.readers.meeting_notes import recorded_date, recorded_title

TALK = "<p><b>Ada Quill</b> 0:02<br>Ready?</p><p><b>Bo Lind</b> 0:03<br>Quite.</p>"


def page(body: str) -> str:
    return f"<!doctype html><html><body>{body}</body></html>"


def test_the_recording_has_a_name_and_a_date() -> None:
    """And nobody says that somebody started or stopped it."""
    reading = read(
        page(
            "<p>On meters-20250220_100300-Meeting Recording</p><p>February 20, 2025, 10:03AM</p>"
            f"<p><b>Ada Quill</b> started transcription</p>{TALK}{TALK}"
            "<p><b>Ada Quill</b> stopped transcription</p>"
        )
    )
    assert ("On meters", "2025-02-20") == (reading.title, reading.date)
    assert [("Ada Quill", "Ready?"), ("Bo Lind", "Quite.")] * 2 == spoken(reading)
    assert (None, "Ada Quill stopped transcription") == said(reading)[-1]


def test_a_date_above_the_title() -> None:
    """As Meet has them; the title is that of the talk, not of its transcript."""
    head = "<p>May 3, 2024</p><h2>On meters - Transcript</h2><h3>00:00:00</h3>"
    reading = read(page(head + TALK * 2))
    assert ("On meters", "2024-05-03") == (reading.title, reading.date)
    assert (None, "May 3, 2024") == said(reading)[0]
    assert "title" in [section.kind for section in reading.sections]


def test_somebody_may_speak_of_a_transcription() -> None:
    """With a time, or in more words, it is said."""
    said_so = "<p><b>Ada Quill</b> 0:04<br>Stopped recording.</p>"
    assert ("Ada Quill", "Stopped recording.") == spoken(read(page(TALK * 2 + said_so)))[-1]


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("On meters-20250220_100300UTC-Meeting Recording", "On meters", "2025-02-20"),
        ("On meters (2025-02-20 at 10:03 GMT-7) - Transcript", "On meters", None),
        ("On meters - Transcript", "On meters", None),
        ("On meters-20259920_100300-Meeting Recording", "On meters", None),
        ("We met on February 20, 2025, 10:03AM", None, None),
        ("February 20, 2025", None, None),
    ],
)
def test_names_and_dates_of_recordings(text: str, title: str | None, date: str | None) -> None:
    assert (title, date) == (recorded_title(text), recorded_date(text))
