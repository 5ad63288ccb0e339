"""Text of transcripts made safe to show where something may act on it, and times as clocks."""

from __future__ import annotations

import re

# What may make a screen show something else than what is written, or hide words from its reader:
# C0 and C1 controls (escape sequences, cursor movement), bidirectional overrides, characters of no
# width, tags, and the variation selectors in which bytes can be hidden. Line feed and tab stay, and
# so do the joiners and selectors that scripts and emoji are composed with.
CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def safe(text: str) -> str:
    """Text of a transcript without characters that control a terminal or cannot be seen."""
    return CONTROLS.sub("", text)


def safe_line(text: str) -> str:
    """The same in one line: a name with a line break in it could pass for a message of ours."""
    return " ".join(safe(text).split())


def clock(seconds: float) -> str:
    """Seconds as ``mm:ss``, or ``h:mm:ss`` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def whole_characters(text: str) -> str:
    """A text in which what is no character is replaced: halves of surrogate pairs.

    JSON can hold them, and so do arguments of a command that are not UTF-8.
    """
    return text.encode(errors="replace").decode()
