"""Labels that say what somebody is in one talk, and not who: "Guest", "Speaker 2"."""

from __future__ import annotations

import re

_GENERIC = re.compile(
    r"(?:(?:unknown|unidentified|male|female|another) )?(?:speaker|spk|voice|participant|person|"
    r"man|woman|interviewer|interviewee|host|co-?host|guest|moderator|narrator|announcer|audience"
    r"(?: member)?|questioner|question|answer|panell?ist|reader|commenter|anonymous|unknown)"
    r"(?:[ _#-]?(?:\d{1,3}|[a-z]))?|[qa](?:[ _#-]?\d{1,3})?",
    re.IGNORECASE,
)


def is_generic(name: str) -> bool:
    """Whether a name is a label that other talks give to other people."""
    return _GENERIC.fullmatch(name.strip()) is not None
