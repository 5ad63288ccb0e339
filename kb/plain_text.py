"""Text of transcripts made safe to show where something may act on it, and times as clocks."""

from __future__ import annotations

import re

# C0 and C1 controls (escape sequences, cursor movement) and bidirectional overrides, which can
# make a terminal show something else than what is written. Line feed and tab stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Text of a transcript without characters that control a terminal."""
    return CONTROLS.sub("", text)


def clock(seconds: float) -> str:
    """Seconds as ``mm:ss``, or ``h:mm:ss`` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"
