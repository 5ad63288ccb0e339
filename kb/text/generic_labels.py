"""Labels that say what somebody is in one talk, and not who: "Guest", "Speaker 2"."""

from __future__ import annotations

import re

GENERIC_LABEL = re.compile(
    r"(?:(?:unknown |unidentified )?speaker|spk|voice|participant|person|interviewer|interviewee|"
    r"host|co-?host|guest|moderator|narrator|announcer|audience(?: member)?|questioner|"
    r"question|answer)(?:[ _#-]?(?:\d{1,3}|(?-i:[A-RT-Z]))|[ _#-][a-z])?|[qa](?:[ _#-]?\d{1,3})?"
    r"|(?:(?:fe)?male |several |another )?(?:voices?|speaker|someone|somebody|man|woman|question)"
    r" (?:from|in|off|on) (?:the )?(?:floor|audience|crowd|room|hall|back|stage|tape|phone)"
    r"|(?:fe)?male voice|several (?:voices|speakers)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:panell?ist|reader|commenter|anonymous|unknown|caller|listener|viewer|student|attendee|"
    r"interpreter|translator|producer|operator|man|woman)(?:[ _#-]?(?:\d{1,3}|[a-z]))?",
    re.IGNORECASE,
)


def is_generic(name: str) -> bool:
    """Whether a name is a label that other talks give to other people."""
    label = name.strip()
    return bool(GENERIC_LABEL.fullmatch(label) or _OTHERS.fullmatch(label))
